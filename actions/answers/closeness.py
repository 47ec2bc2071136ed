"""Near misses: the known phrase that a misspelt one is closest to, if it is clearly closest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

MARGIN = 6.0
SHORTEST = 4
_SMALL_WORD = 4
"""Letters of a word that says little by itself, and that people shorten ("w my mom")."""
_SAME_WORD = 50
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
    wanted = form.split()
    spans = (tokens[at : at + size] for at in range(len(tokens) - size + 1))
    windows = [" ".join(span) for span in spans if all(map(_may_be, span, wanted))]
    # A longer phrase that fits as well as a shorter one inside it says more, hence the small bonus per word.
    return max(likeness(window, form) + (size - 1) * 4 for window in windows) if windows else 0.0


def _may_be(said: str, wanted: str) -> bool:
    """Whether a word may be a slip for another: "mi mama vive" is near "mi mama murio" by the words around alone."""
    return len(wanted) <= _SMALL_WORD or float(fuzz.ratio(said, wanted)) >= _SAME_WORD


def likeness(said: str, form: str) -> float:
    """Give how alike two phrases are, 0 to 100; 0 when one has a prefix that turns its meaning around."""
    if len(said) < SHORTEST - 1 or bool(_TURNS_AROUND.match(said)) != bool(_TURNS_AROUND.match(form)):
        return 0.0
    if said[0] != form[0] and len(form) < 7:
        return 0.0
    return max(float(fuzz.ratio(said, form)), 100 * OSA.normalized_similarity(said, form))
