"""Slips of the keyboard put right word by word, by the words that are at home in a question."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from actions.answers.real_words import real_words
from actions.answers.tables import Phrase, phrases

SHORTEST = 5
"""Letters of a known word that a slip is looked for in."""
LONG = 8
"""From so many letters on two slips may be in a word."""
_SOUND_ALIKE = ({"b", "v"}, {"s", "c", "z"}, {"c", "k", "q"}, {"g", "j", "h"}, {"i", "y", "e"})


def mend(tokens: Iterable[str], known: frozenset[str]) -> Phrase:
    """Give `tokens` with each misspelt word of `known` (folded; a star at its end leaves the ending open) put right.

    A word that is known, or a real one, stays, as does one that differs only in its ending ("divorce").
    """
    return tuple(_mended(token, known) for token in tokens)


@lru_cache(maxsize=4096)
def _mended(token: str, known: frozenset[str]) -> str:
    starts = tuple(word[:-1] for word in known if word.endswith("*"))
    if (
        len(token) < SHORTEST - 1
        or token in known
        or token in _everyday()
        or token in real_words()
        or token.startswith(starts)
    ):
        return token
    found = []
    for word in known:
        stem = word.removesuffix("*")
        said = token[: len(stem)] if word.endswith("*") else token
        off = _slips(said, stem)
        if off:
            found.append((off, -len(stem), stem, stem + token[len(stem) :] if word.endswith("*") else stem))
    found.sort()
    if not found:
        return token
    rivals = [entry for entry in found if entry[0] == found[0][0] and entry[2][:SHORTEST] != found[0][2][:SHORTEST]]
    return token if rivals else found[0][3]


def _slips(said: str, word: str) -> int:
    """Give how many letters are off, 0 where it is another word."""
    if len(word) < SHORTEST or said.startswith(word) or word.startswith(said) or not _begins_alike(said, word):
        return 0
    most = 2 if len(word) >= LONG else 1
    off = int(OSA.distance(said, word, score_cutoff=most))
    return off if off <= most else 0


def _begins_alike(said: str, word: str) -> bool:
    return said[0] == word[0] or any({said[0], word[0]} <= sounds for sounds in _SOUND_ALIKE)


@cache
def _everyday() -> frozenset[str]:
    return frozenset(phrase[0] for phrase in phrases("negations", "everyday"))
