"""Yes and no, as people say them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from actions.answers.parsed import Parsed, invalid, not_sure, ok
from actions.answers.replies import core_words, says_not_sure
from actions.answers.tables import Phrase, phrases
from actions.answers.text import fold, has_phrase, squeeze, starts_with, words

type YesNo = Literal["yes", "no"]

_SIGNS: dict[str, YesNo] = {"\U0001f44d": "yes", "\u2705": "yes", "\U0001f44e": "no", "\u274c": "no"}
_LINKS = frozenset({"and", "or", "but", "y", "o", "pero", "n"})
_SUBJECTS = frozenset({"i", "we", "they", "she", "he", "it", "my", "the", "y", "n"})
_DENY = frozenset({"no", "not", "ni", "nor", "sin"})
_PLACE = re.compile(r"\W*(?:(?:option|opcion|number|numero|answer|respuesta)\W*)?([12])\W*")
_PLACES: dict[str, YesNo] = {"1": "yes", "2": "no"}
_ENDING = re.compile(
    r"\b(?:but|so|pero|asi que|entonces)\s+"
    r"(?:(?:im |id |i )?(?:pretty sure|say|guess|think)\s+|digo que\s+|creo que\s+)?"
    r"(nope|nah|no|yes|yeah|yep|si)\W*$"
)
_STRONG_YES = frozenset({"yes", "yeah", "yep", "yup", "yea", "yess", "sip"})


def parse_yes_no(text: str, *, yes: Sequence[str] = (), no: Sequence[str] = ()) -> Parsed[YesNo]:
    """Give "yes" or "no".

    A yes or no that leads the text decides. `yes` and `no` are further words of this question's own
    ("medicaid" for a question on benefits); a negated statement ("she doesn't file") is a no. Problems:
    `empty`, `ambiguous` (both), `depends` (as not_sure), `unknown`.
    """
    tokens = core_words(text)
    signs: set[YesNo] = {meaning for sign, meaning in _SIGNS.items() if sign in text}
    if not tokens:
        return ok(signs.pop()) if len(signs) == 1 else not_sure() if says_not_sure(text) else invalid("empty")
    if (ending := _ending(text)) is not None:
        return ok(ending)
    if yes and _one_of_several(tokens, tuple(words(entry) for entry in yes)):
        return ok("yes")
    if leading := _leading(tokens):
        meaning, rest = leading
        if _opens_not_sure(text, tokens):
            return not_sure()
        return invalid("ambiguous", ("yes", "no")) if _contradicts(meaning, rest) else ok(meaning)
    if says_not_sure(text):
        return not_sure()
    own = _own_words(tokens, yes, no)
    if own is not None:
        return own
    if has_phrase(tokens, phrases("replies", "maybe")):
        return not_sure("depends")
    if len(signs) == 1:
        return ok(signs.pop())
    return _inside(tokens)


def ends_with_an_answer(text: str) -> bool:
    """Say whether `text` answers in its last word though it did not get all of it ("idk what that is but no")."""
    return _ending(text) is not None


def _ending(text: str) -> YesNo | None:
    found = _ENDING.search(fold(text)) if says_not_sure(text) else None
    return None if found is None else "no" if found.group(1).startswith("n") else "yes"


def yes_no_by_place(text: str) -> YesNo | None:
    """Give the answer that `text` picks by its place alone ("1", "#2", "1)"), None when it does not.

    Yes is always shown first. Only for what is asked as yes or no: elsewhere a figure is a figure.
    """
    found = _PLACE.fullmatch(fold(text))
    return _PLACES[found.group(1)] if found else None


def parse_shown_yes_no(text: str, *, yes: Sequence[str] = (), no: Sequence[str] = ()) -> Parsed[YesNo]:
    """Give "yes" or "no" as `parse_yes_no` does, or by its place where both are shown."""
    place = yes_no_by_place(text)
    return ok(place) if place else parse_yes_no(text, yes=yes, no=no)


def _leading(tokens: Phrase) -> tuple[YesNo, Phrase] | None:
    short = (squeeze(tokens[0]), *tokens[1:])
    found: list[tuple[int, YesNo]] = []
    for meaning, key in (("yes", "yes"), ("no", "no")):
        phrase = starts_with(tokens, phrases("replies", key)) or starts_with(short, phrases("replies", key))
        if phrase:
            found.append((len(phrase), "yes" if meaning == "yes" else "no"))
    if tokens[0] == "ya" and tokens[1:2] in (("mero",), ("casi",), ("merito",)):
        return None
    lone_letter = tokens[0] in {"y", "n"} and len(tokens) > 1 and tokens[1] not in _SUBJECTS
    if not found or lone_letter:
        # "y" opens many a Spanish question ("y si...?") and "n" stands for "and".
        return None
    length, meaning_found = max(found)
    if length > 1 and tokens[length + 1 : length + 2] in (("clue",), ("idea",)):
        return None
    if meaning_found == "yes" and length > 1 and tokens[length : length + 1] in (("never",), ("not",), ("no",)):
        # "I have never had it"
        return "no", tokens[length + 1 :]
    if meaning_found == "yes" and length > 1 and has_phrase(tokens[length:], (("but", "no"), ("pero", "no"))):
        # "He has a girlfriend but no, they aren't married"
        return "no", ()
    return meaning_found, tokens[length:]


def _opens_not_sure(text: str, tokens: Phrase) -> bool:
    """Tell "no idea" and "no sé" from a no; a plain yes or no before "I don't know" still decides."""
    unsure = starts_with(tokens, phrases("replies", "not_sure"))
    return unsure is not None or (tokens[:2] == ("no", "se") and says_not_sure(text))


def _contradicts(meaning: YesNo, rest: Phrase) -> bool:
    after = rest[1:] if rest and rest[0] in _LINKS else rest
    if not after:
        return False
    other = _leading(after)
    if other is None or other[0] == meaning:
        return False
    # "yes, no problem" and "no, si hablo con ella" go on; "yes and no" and "si pero no" end there.
    return not other[1]


def _one_of_several(tokens: Phrase, yes: Sequence[Phrase]) -> bool:
    """Tell "snap, not wic" and "no snap but medicaid": one of the question's own is denied and another is not."""
    left: Phrase = ()
    at = 0
    while at < len(tokens):
        denied = starts_with(tokens[at + 1 :], sorted(yes, key=len, reverse=True)) if tokens[at] in _DENY else None
        if denied is None:
            left += tokens[at : at + 1]
        at += 1 + len(denied or ())
    return len(left) < len(tokens) and has_phrase(left, yes) is not None and not _negated(left)


def _own_words(tokens: Phrase, yes: Sequence[str], no: Sequence[str]) -> Parsed[YesNo] | None:
    said_yes = has_phrase(tokens, tuple(words(entry) for entry in yes))
    said_no = has_phrase(tokens, tuple(words(entry) for entry in no))
    if said_yes and said_no and len(said_yes) == len(said_no):
        return invalid("ambiguous", ("yes", "no"))
    if said_no and len(said_no) > len(said_yes or ()):
        return ok("no")
    if said_yes:
        # A phrase of the question's own may hold its no ("never typed").
        rest = " ".join(tokens).replace(" ".join(said_yes), " ", 1).split()
        return ok("no") if _negated(tuple(rest)) else ok("yes")
    return None


def _negated(tokens: Phrase) -> bool:
    return bool(has_phrase(tokens, phrases("replies", "negated"))) or "no" in tokens


def _inside(tokens: Phrase) -> Parsed[YesNo]:
    says_yes = bool(_STRONG_YES & set(tokens)) or "si" in tokens
    says_no = _negated(tokens) or "nope" in tokens or "nah" in tokens
    if says_yes and says_no:
        return invalid("ambiguous", ("yes", "no"))
    if says_yes or says_no:
        return ok("yes") if says_yes else ok("no")
    return invalid("unknown")
