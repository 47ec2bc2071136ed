"""Near misses: the known phrase that a misspelt one is closest to, if it is clearly closest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

MARGIN = 6.0
SHORTEST = 4
_TURNS_AROUND = re.compile(r"^(?:un|in|im|non|no|des|dis|anti)")


@dataclass(frozen=True, slots=True)
class Closest:
    """The closest value, the form that fits, its score (0 to 100) and the values too close to it to tell
    apart.
    """

    value: str
    form: str
    score: float
    rivals: tuple[str, ...]


def closest(tokens: tuple[str, ...], forms: Mapping[str, tuple[str, ...]], *, least: float) -> Closest | None:
    """Give the value with the form most like some run of `tokens`, or None when none scores `least`."""
    scores = {
        value: max(((_best_window(tokens, form), form) for form in said), default=(0.0, ""))
        for value, said in forms.items()
    }
    ranked = sorted(scores.items(), key=lambda item: -item[1][0])
    if not ranked or ranked[0][1][0] < least:
        return None
    value, (score, form) = ranked[0]
    rivals = (other for other, (close, _) in ranked[1:] if close > score - MARGIN and close >= least)
    return Closest(value, form, score, tuple(rivals))


def _best_window(tokens: tuple[str, ...], form: str) -> float:
    size = len(form.split())
    if len(form) < SHORTEST or size > len(tokens):
        return 0.0
    windows = (" ".join(tokens[at : at + size]) for at in range(len(tokens) - size + 1))
    # A longer phrase that fits as well as a shorter one inside it says more, hence the small bonus per word.
    return max(likeness(window, form) + (size - 1) * 4 for window in windows)


def likeness(said: str, form: str) -> float:
    """Give how alike two phrases are, 0 to 100; 0 when one has a prefix that turns its meaning around."""
    if len(said) < SHORTEST - 1 or bool(_TURNS_AROUND.match(said)) != bool(_TURNS_AROUND.match(form)):
        return 0.0
    if said[0] != form[0] and len(form) < 7:
        return 0.0
    return max(float(fuzz.ratio(said, form)), 100 * OSA.normalized_similarity(said, form))
