"""Yes or no, told as it is: "my aunt never adopted me", "she passed in 2019", "estuve en la marina cuatro años".

Each question has patterns of its own in `words/statements`; what they have in common is one list of parts.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from actions.answers.text import fold, words
from actions.flow.words import result_words

__all__ = ["about_somebody_else", "only_somebody_else", "stated", "tells_both", "wonders"]

_PART = re.compile(r"<(\w+)>")
_PLAIN = re.compile(r"\W*(yes|yeah|yep|yup|si|sip|no|nope|nah|nel)\s*(?:[,.;!]|$)")
"""A yes or no set off from what follows: it stands, whatever the rest seems to say."""
_WONDERS = re.compile(
    r"\b(?:not (?:really )?sure|unsure|dont know|havent decided|no se|no estoy segur[oa]|no he decidido|no entiendo)"
    r"(?: (?:yet|bien|exactly|todavia|aun|really|muy))? (?:if|whether|what|wat|si|que|q)\b"
)
_DENIAL = (
    r"\b(?:not|no|nor|never|nunca|jamas|ni|sin|without|tampoco|"
    r"(?:do|does|did|was|were|is|are|have|has|had|wo|ca|could|would|ai)nt)"
)
_DENIES = re.compile(rf"{_DENIAL}\b")
_NOT = re.compile(rf"{_DENIAL}(?: (?!(?:i|we|yo|so|and|y|but|pero)\b)\w+){{0,2}} ?$")
"""A denial shortly before, with no other clause between."""
_SOMEBODY_ELSE = (
    r"\b(?:my|mi|mis|a|un|una) (?:(?:best|ex|step|older|younger|big|little|mejor|ex) ?)*(?:<kin>|<friend>)\b"
    r"(?!.*\b(?:i|im|ive|me|yo|conmigo|my|mi|mis|soy|estuve|fui)\b)"
)
_NOT_ME = re.compile(
    r"\b(?:yo no|no yo|not me|not i|im not|i (?:wasnt|didnt|dont|havent|am not|never|was not|do not))\b"
)
_SPEAKS = re.compile(r"\b(?:i|im|ive|i m|me|yo|soy|estuve|fui|estoy|tengo)\b")
_OF_ONESELF = frozenset(
    {"active_duty", "veteran", "foster_care", "ward_of_court", "emancipated_minor", "graduate_student"}
)
"""What is told of a relative in these is no answer about the student ("my dad served in the army")."""
_EITHER_OR = frozenset({"data_from_irs", "parent_data_from_irs"})
"""Asked as one thing or the other: "yes, we typed it in" tells which."""
_MAY_TELL_BOTH = _EITHER_OR | {"parent_plus_denied"}
_OPENS = re.compile(r"^(?:no|nope|nah)\b")
_YES = frozenset({"yes", "yeah", "yep", "yup", "si", "sip"})


def stated(name: str, text: str) -> Literal["yes", "no"] | None:
    """What the words come to as an answer to the question `name`; None when they don't tell, or tell both."""
    if name not in result_words("statements") or "?" in text or wonders(text):
        return None
    said = " ".join(words(text))
    found = [value for value in ("yes", "no") if _tells(said, name, value)]
    if len(found) != 1:
        return None
    plain = _PLAIN.match(fold(text)) if name not in _EITHER_OR else None
    if plain and (plain.group(1) in _YES) != (found[0] == "yes"):
        return None
    return "yes" if found[0] == "yes" else "no"


def tells_both(name: str, text: str) -> bool:
    """Whether the words tell both sides of a question where either may come first ("bad credit but hasn't applied")."""
    said = " ".join(words(text))
    return name in _MAY_TELL_BOTH and all(_tells(said, name, value) for value in ("yes", "no"))


def wonders(text: str) -> bool:
    """Whether the person says that they don't know if something is so, or what it is."""
    return _WONDERS.search(" ".join(words(text))) is not None


def _tells(said: str, name: str, value: str) -> bool:
    if value == "yes" and name in _OF_ONESELF and _relative().search(said):
        return False
    start = found.end() if value == "no" and (found := _OPENS.match(said)) else 0
    for pattern in _patterns(name, value):
        for told in pattern.finditer(said):
            # A pattern that has no denial of its own is turned around by one ("but not foster", "no la mantengo").
            before, within = said[start : told.start()], told.group().rpartition(" ")[0]
            if _DENIES.search(_plain(pattern)) or not (_NOT.search(before) or _NOT.search(within)):
                return True
    return False


def about_somebody_else(text: str) -> bool:
    """Whether the words tell of a relative or a friend and not of whoever speaks ("my cousin was in foster care")."""
    said = " ".join(words(text))
    return _relative().search(said) is not None and not _SPEAKS.search(said)


def only_somebody_else(text: str) -> bool:
    """Whether the words tell of a relative or a friend and that the speaker is not meant ("my cousin but not me")."""
    said = " ".join(words(text))
    mine = _NOT_ME.search(said)
    return mine is not None and _relative().search(said[: mine.start()]) is not None


@cache
def _relative() -> re.Pattern[str]:
    parts: dict[str, str] = result_words("statements")["parts"]
    return re.compile(_PART.sub(lambda part: parts[part.group(1)], _SOMEBODY_ELSE))


def _plain(pattern: re.Pattern[str]) -> str:
    """The words of a pattern, without what it looks ahead or back for."""
    return re.sub(r"\(\?<?!.*?\)\)?|\\b", " ", pattern.pattern)


@cache
def _patterns(name: str, value: str) -> tuple[re.Pattern[str], ...]:
    known = result_words("statements")
    parts: dict[str, str] = known["parts"]
    return tuple(re.compile(_PART.sub(lambda part: parts[part.group(1)], one)) for one in known[name][value])
