"""Whether a message sounds like what is asked elsewhere rather than like what the notes are about.

Two questions can share their only telling word ("sent to collections over 300 bucks", "my loan went to collections");
the words around it tell them apart. Naive Bayes over words and pairs of words: the log of how much more usual each is
in the examples of boundaries than in the notes (Manning, Raghavan, Schütze, Introduction to Information Retrieval,
chapter 13), the same for every message, so nothing is learned while people write.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from math import log, sqrt

from knowledge.search.text import fold

__all__ = ["OutsideSense"]

_SMOOTHING = 0.3
_MOST = 4.0


class OutsideSense:
    """Learns from lines `inside` and `outside` what the notes are about."""

    def __init__(self, inside: Iterable[str], outside: Iterable[str]) -> None:
        within, without = _counted(inside), _counted(outside)
        known = within.keys() | without.keys()
        all_within = within.total() + _SMOOTHING * len(known)
        all_without = without.total() + _SMOOTHING * len(known)
        # A word seen on neither side speaks for the smaller one: the notes use most words there are about aid.
        self._unseen = log(all_within / all_without)
        self._leanings = {
            sign: log((without[sign] + _SMOOTHING) / (within[sign] + _SMOOTHING)) + self._unseen for sign in known
        }

    def of(self, message: str) -> float:
        """From -4 (surely what the notes are about) to 4 (surely something else); 0 when nothing tells."""
        signs = _signs(message)
        if not signs:
            return 0.0
        # Signs of one message repeat each other, so their sum is divided by the root of its length.
        told = sum(self._leanings.get(sign, self._unseen) for sign in signs) / sqrt(len(message.split()) or 1)
        return max(-_MOST, min(_MOST, told))


def _counted(lines: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(_signs(line))
    return counts


def _signs(line: str) -> set[str]:
    found = re.findall(r"\w+", fold(line))
    return {*found, *(f"{one} {other}" for one, other in pairwise(found))}
