"""The "Yes." or "No." that a note's short answer begins with, and whether it answers this question too.

A note that is near may still answer another yes-or-no question ("Yes. A veteran is independent" to someone of twenty
who lives alone). What the note says stays true without its verdict; the verdict alone could be false. A verdict answers
the note's title and nothing else: the phrasings a note is found by may ask the opposite ("is there a cap", "is it still
without limit"), so only a question that is the title in other words gets it.
"""

from __future__ import annotations

import re

from knowledge.notes import Language, Note
from knowledge.search.text import fold, terms, weak_terms

__all__ = ["fits", "without_verdict"]

_VERDICT = re.compile(r"(?:yes|no|sí)(?:, [^.,;]{1,24}\.|[.,])\s+(?=\S)", re.I)
_ASKS_FOR_MORE = re.compile(
    r"\b(?:whats?|hows?|which|wheres?|whose|why|cual(?:es)?|cuant[oa]s?|como|donde)\b|"
    r"\bque (?:hago|hacer|puedo|pasa|sigue)\b|"
    r"(?:^|[.!?;:,]\s*|\b(?:and|but|so|y|pero|entonces)\s+)¿?(?:whens?|whos?|que|cuando|quien(?:es)?)\b"
)
_WHAT_IF = re.compile(r"\b(?:what if|how about|what about|que tal si|y que (?:si|tal))\b")
# A question's tail that turns nothing round: "can I file late or not".
_TAIL = re.compile(r"[,\s]+(?:or not|or no|or what|right|yes or no|o no|verdad|no|si o no)[\s?!.]*$")
# Words that turn an answer round. Two questions that differ in one of them are not the same question.
_TURNS: dict[Language, dict[str, re.Pattern[str]]] = {
    "en": {
        "not": re.compile(
            r"\b(?:no|not|never|none|nobody|nothing|without|cannot|(?:ca|do|does|did|wo|would|is|are|was|has|have)n'?t|"
            r"refus\w+|den(?:y|ied|ies)|unable|un(?:til|less)|stop(?:s|ped)?|los(?:e|es|t|ing)|instead|except)\b"
        ),
        "only": re.compile(r"\b(?:only|just|alone|either|both)\b"),
        "must": re.compile(
            r"\b(?:ha(?:ve|s) to|gotta|got to|needs?|must|required?|should|supposed|oblig\w+|mandatory)\b"
        ),
        "can": re.compile(r"\b(?:can|could|able|allowed|may|ok(?:ay)?)\b"),
        "more": re.compile(r"\b(?:more|higher|raise[sd]?|increase[sd]?|extra)\b"),
        "less": re.compile(r"\b(?:less|lower|fewer|reduce[sd]?|cut)\b"),
    },
    "es": {
        "not": re.compile(
            r"\b(?:no|nunca|jamas|sin|nadie|nada|ningun[oa]?|tampoco|ni|neg(?:ar|aron|o)|nieg(?:a|an|ue)|rechaz\w+|"
            r"pierd\w+|perd\w+|quit(?:a|an|ar|aron)|menos que|excepto|en vez|hasta que)\b"
        ),
        "only": re.compile(r"\b(?:solo|solamente|nomas|unicamente|ambos|los dos|las dos)\b"),
        "must": re.compile(
            r"\b(?:teng(?:o|a)|tiene[sn]?|tenemos|hay) que\b|\b(?:deb(?:o|e|en|es|emos|eria)|necesit\w+|obligad?\w*|"
            r"hace falta|requier\w+|requisito)\b"
        ),
        "can": re.compile(r"\b(?:pued(?:o|e|en|es|a|an)|podemos|podria|podre|se vale)\b"),
        "more": re.compile(r"\b(?:mas|aument\w+|sub(?:e|en|ir)|mayor)\b"),
        "less": re.compile(r"\b(?:menos|baj(?:a|an|ar)|reduc\w+|menor)\b"),
    },
}
# Where it is asked, not what is asked: "on the FAFSA" may be left out.
_FRAME: dict[Language, str] = {
    "en": "fafsa federal student financial aid financialaid college form",
    "es": "fafsa federal estudiante ayudaeconomica universidad formulario",
}
# Of the words of both questions together, more than this part must be in both (the Dice measure, 0 to 1).
_SAME = 0.8


def without_verdict(text: str) -> str:
    """The statement without the yes or no before it, if it begins with one."""
    rest = _VERDICT.sub("", text, count=1) if _VERDICT.match(text) else text
    return rest[:1].upper() + rest[1:]


def fits(question: str, note: Note) -> bool:
    """Whether the verdict of `note` may be said to `question`: it asks what the note's title asks, the same way round.

    Every word that tells the title from other questions must be in the question, and little else.
    """
    language = note.language
    if _asks_for_more(question) or _asks_for_more(note.title):
        return False
    if _turns(question, language) != _turns(note.title, language):
        return False
    wanted, asked = _told(note.title, language), _told(question, language)
    return bool(wanted) and wanted <= asked and 2 * len(wanted) > _SAME * (len(wanted) + len(asked))


def _asks_for_more(text: str) -> bool:
    return _ASKS_FOR_MORE.search(_WHAT_IF.sub(" ", fold(text).strip())) is not None


def _turns(text: str, language: Language) -> frozenset[str]:
    plain = _TAIL.sub("", fold(text).strip())
    return frozenset(name for name, shape in _TURNS[language].items() if shape.search(plain))


def _told(text: str, language: Language) -> frozenset[str]:
    return frozenset(terms(text, language)) - weak_terms(language) - frozenset(terms(_FRAME[language], language))
