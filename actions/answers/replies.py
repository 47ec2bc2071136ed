"""Replies that mean "I don't know" or "none", whatever was asked."""

from __future__ import annotations

from typing import Literal

from actions.answers.tables import phrases
from actions.answers.text import compose, has_phrase, squeeze, starts_with, strip_leading, words

# "no tengo ahorros" is none; "no tengo el papel" is about something else.
_A_CERTAIN_THING = tuple(
    (word,) for word in ("el", "la", "los", "las", "mi", "mis", "eso", "ese", "esa", "como", "the")
)


def core_words(text: str) -> tuple[str, ...]:
    """Give the folded words of `text` without the "um", "well", "creo que" people begin with."""
    tokens = words(text)
    stripped = strip_leading(tokens, phrases("replies", "lead_ins"))
    return stripped or tokens


def says_not_sure(text: str) -> bool:
    """Say whether the person says they do not know, anywhere in `text`."""
    tokens = words(text)
    if has_phrase(tokens, phrases("replies", "not_sure")) or has_phrase(
        tuple(squeeze(token) for token in tokens), (("idk",), ("no", "clue"), ("no", "idea"))
    ):
        return True
    if not tokens:
        return "?" in text or "\N{SHRUG}" in text
    return _says_no_se(text, tokens)


def _says_no_se(text: str, tokens: tuple[str, ...]) -> bool:
    if "no s\u00e9" in compose(text).lower():
        return True
    followers = {phrase[0] for phrase in phrases("replies", "no_se_followers")}
    for at in range(len(tokens) - 1):
        if tokens[at : at + 2] == ("no", "se"):
            after = tokens[at + 2 : at + 3]
            if not after or after[0] in followers:
                return True
    return False


def says_none(text: str) -> bool:
    """Say whether the person has none to give, or gives none ("no", "I don't have one", "no thanks")."""
    tokens = core_words(text)
    return bool(starts_with(tokens, phrases("replies", "declines"))) or says_zero(text) != "no"


def says_zero(text: str) -> Literal["yes", "perhaps", "no"]:
    """Say whether `text` means none at all: surely, perhaps (a bare "no"), or not."""
    tokens = core_words(text)
    if not tokens or has_phrase(tokens, phrases("replies", "zero_blockers")):
        return "no"
    squeezed = tuple(squeeze(token) for token in tokens)
    if tokens in phrases("replies", "maybe_zero") or squeezed in phrases("replies", "maybe_zero"):
        return "perhaps"
    zero = phrases("replies", "zero")
    opening = starts_with(tokens, zero) or starts_with(squeezed, zero)
    if opening:
        return "no" if opening[0] == "no" and tokens[len(opening) : len(opening) + 1] in _A_CERTAIN_THING else "yes"
    after_no = strip_leading(tokens, (("no",), ("nope",), ("nah",), ("i",), ("we",), ("she",), ("he",), ("they",)))
    if starts_with(after_no, zero):
        return "yes"
    if has_phrase(tokens, zero):
        return "yes" if len(tokens) <= 6 else "perhaps"
    return "no"
