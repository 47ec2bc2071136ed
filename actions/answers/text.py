"""Typed text made comparable: case, accents, quotes and dashes folded, one character for one character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_ODD = {
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "\u00b4": "'",
    "`": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2015": "-",
    "\u2212": "-",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\u200b": " ",
    "\u200d": " ",
    "\ufeff": " ",
    "\u2026": ".",
    "\u00ba": "o",
    "\u00aa": "a",
}


def _fold_char(char: str) -> str:
    if char in _ODD:
        return _ODD[char]
    if char < "\x80":
        return " " if char < " " else char.lower()
    if (digit := unicodedata.decimal(char, None)) is not None:
        return str(digit)
    if unicodedata.category(char) == "No":
        # A fraction or a raised digit must not turn into the whole number it begins with.
        return char
    base = unicodedata.normalize("NFKD", char)[:1] or char
    lowered = base.lower()
    return lowered if len(lowered) == 1 else base


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Give `text` in lower case without accents, as long as the composed (NFC) text, so positions can be
    shared.
    """
    return "".join(_fold_char(char) for char in compose(text))


def compose(text: str) -> str:
    """Give `text` in composed form (NFC), the form whose positions `fold` keeps."""
    return unicodedata.normalize("NFC", text)


_TOKEN = re.compile(r"[a-z0-9]+")
_INNER_APOSTROPHE = re.compile(r"(?<=[a-z])'(?=[a-z])")


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Give the folded words of `text`, without punctuation ("Don't know!" -> ("dont", "know"))."""
    return tuple(_TOKEN.findall(_INNER_APOSTROPHE.sub("", fold(text))))


def squash(text: str) -> str:
    """Give the folded words of `text` joined by single spaces."""
    return " ".join(words(text))


def squeeze(word: str) -> str:
    """Shorten stretched letters ("yesss" -> "yes", "siii" -> "si")."""
    return re.sub(r"([a-z])\1+", r"\1", word)


def has_phrase(tokens: tuple[str, ...], phrases: Iterable[tuple[str, ...]]) -> tuple[str, ...] | None:
    """Give the longest of `phrases` found as whole words in `tokens`, or None."""
    best: tuple[str, ...] | None = None
    for phrase in phrases:
        if best is not None and len(phrase) <= len(best):
            continue
        size = len(phrase)
        if any(tokens[at : at + size] == phrase for at in range(len(tokens) - size + 1)):
            best = phrase
    return best


def starts_with(tokens: tuple[str, ...], phrases: Iterable[tuple[str, ...]]) -> tuple[str, ...] | None:
    """Give the longest of `phrases` that opens `tokens`, or None."""
    fits = [phrase for phrase in phrases if phrase and tokens[: len(phrase)] == phrase]
    return max(fits, key=len, default=None)


def strip_leading(tokens: tuple[str, ...], phrases: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Drop every one of `phrases` from the start of `tokens`, as often as they come."""
    known = tuple(phrases)
    while found := starts_with(tokens, known):
        tokens = tokens[len(found) :]
    return tokens


def strip_trailing(tokens: tuple[str, ...], phrases: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Drop every one of `phrases` from the end of `tokens`, as often as they come."""
    known = tuple(tuple(reversed(phrase)) for phrase in phrases)
    return tuple(reversed(strip_leading(tuple(reversed(tokens)), known)))


_NEAR = 60


def just_before(folded: str, at: int) -> str:
    """Give the words that lead up to a place, no further back than they could matter."""
    return folded[max(0, at - _NEAR) : at]


def just_after(folded: str, at: int) -> str:
    """Give the words that follow a place, no further on than they could matter."""
    return folded[at : at + _NEAR]
