"""Whether a message crosses a boundary, and what is left of one that carries planted orders."""

import re

from knowledge.boundaries.model import Boundary
from knowledge.boundaries.shelf import Marked, aid_words, marks, question_words
from knowledge.notes import LANGUAGES, Language
from knowledge.search.text import fold

_SPEAKING: tuple[Language | None, ...] = (*LANGUAGES, None)
# What a message may be dressed in and still be that message: punctuation and pictures, but not what sums are made of.
_DRESS = re.compile(r"[^\w\s'+*/-]")
# Stands for what `unless` took out, so that what follows it is not mistaken for the start of the message.
_TAKEN_OUT = " _ "
_BRACKETED = re.compile(
    r"\[\[.*?(?:\]\]|\Z)|<\|.*?(?:\|>|\Z)|<(?P<tag>system|sys|admin|assistant|instructions?|sistema|instrucciones)>.*?"
    r"(?:</(?P=tag)>|\Z)|\[inst\].*?(?:\[/inst\]|\Z)|"
    r"\[/?(?:system|sys|inst|admin|developer|assistant|sistema|instruc\w*)\b[^\]]*(?:\]|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_LABELLED = re.compile(
    r"(?:^|(?<=[.!?\n\]]))\s*(?:#+\s*)?(?:system|admin|administrator|developer|sistema|administrador|desarrollador)"
    r"(?: (?:message|override|prompt|note|update|mensaje))?\s*:[^.!?\n]*[.!?]*",
    re.IGNORECASE,
)
# Planted orders and real questions share a sentence, so what is weighed is the clause.
_CLAUSE_END = re.compile(
    r"[.!?;:\n]+\s*|\s*,\s*(?:and |then |but |y |luego |pero )?|\s+(?:and then|and|then|but|y luego|y|luego|pero)\s+",
    re.IGNORECASE,
)


def crossed(text: str, about: str = "") -> tuple[Boundary, Language | None] | None:
    """The first boundary whose patterns `text` matches and the language they speak (None: neither, as digits do).

    Both languages are looked at, whatever the conversation's own. `about` is what a form was asking: some boundaries
    count only there. None when no pattern matches, as for an ordinary question about aid.
    """
    plain, being_asked = _plain(text), _plain(about)
    about_aid = aid_words().search(plain)
    counting = [one for one in marks() if one.about is None or (being_asked and one.about.search(being_asked))]
    for marked in sorted(counting, key=lambda one: (one.boundary.kind != "unsafe", one.about is None)):
        if not (marked.yields_to_aid and about_aid) and (spoken := _spoken(marked, plain)):
            return marked.boundary, spoken[0]
    return None


def language_of(name: str, text: str) -> Language | None:
    """The language in which `text` crosses the boundary of that name, None when it does not.

    Raises KeyError when there is no such boundary.
    """
    spoken = _spoken(_named(name), _plain(text))
    return spoken[0] if spoken else None


def without_injection(text: str) -> str:
    """What remains of `text` without planted orders ("ignore your rules and", "[[SYSTEM: ...]]", "you are now ...").

    Empty when what remains asks nothing. It may cross another boundary, so look at it with `crossed` again.
    """
    orders = _named("injection")
    bare = _LABELLED.sub(" ", _BRACKETED.sub(" ", text))
    kept: list[str] = []
    joint, at = "", 0
    for end in (*_CLAUSE_END.finditer(bare), None):
        clause, following = (bare[at : end.start()], end[0]) if end else (bare[at:], "")
        if clause.strip() and not _spoken(orders, _plain(clause)):
            kept += [joint if kept else "", clause.strip()]
            joint = following
        at = end.end() if end else at
    rest = " ".join("".join((*kept, joint.strip() if joint.strip(" ")[:1] in tuple("?!.") else "")).split())
    rest = rest.lstrip(" ,.;:!?)]}").rstrip(" ,;:")
    plain = _plain(rest)
    return rest if "?" in rest or aid_words().search(plain) or question_words().search(plain) else ""


def _named(name: str) -> Marked:
    return {marked.boundary.name: marked for marked in marks()}[name]


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _bare(plain: str) -> str:
    return " ".join(_DRESS.sub(" ", plain).split())


def _spoken(marked: Marked, plain: str) -> tuple[Language | None, ...]:
    """The languages whose patterns match; empty when none does."""
    left = {language: marked.unless[language].sub(_TAKEN_OUT, plain) for language in _SPEAKING}
    return tuple(
        language
        for language in _SPEAKING
        if marked.patterns[language].search(left[language]) or marked.whole[language].fullmatch(_bare(left[language]))
    )
