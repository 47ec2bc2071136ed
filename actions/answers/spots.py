"""Where the phrases of a choice stand in a text, also those whose parts may stand apart ("divorced+apart")."""

from __future__ import annotations

from functools import cache

from actions.answers.tables import Phrase, phrases
from actions.answers.text import words


@cache
def single(key: str) -> frozenset[str]:
    """Give the single words of a list of turning words."""
    return frozenset(phrase[0] for phrase in phrases("negations", key))


def form_of(said: str) -> tuple[Phrase, ...]:
    """Give the parts of a phrase, each as its words."""
    return tuple(_pattern(part) for part in said.split("+"))


def _pattern(part: str) -> Phrase:
    marked = words(part.replace("*", " starstar "))
    joined: list[str] = []
    for word in marked:
        if word == "starstar" and joined:
            joined[-1] += "*"
        elif word != "starstar":
            joined.append(word)
    return tuple(joined)


def find_spots(tokens: Phrase, form: tuple[Phrase, ...]) -> list[frozenset[int]]:
    """Give where a phrase stands; of one in parts, each part once, and not after a word that turns it around."""
    placed: list[list[int]] = []
    for part in form:
        starts = [at for at in range(len(tokens) - len(part) + 1) if _fits(tokens[at : at + len(part)], part)]
        if placed:
            starts = [at for at in starts if not _denied(tokens, at, part)]
        if not starts:
            return []
        placed.append(starts)
    if len(form) == 1:
        return [frozenset(range(at, at + len(form[0]))) for at in placed[0]]
    return [
        frozenset(
            at + step
            for starts, part in zip(placed, form, strict=True)
            for at in starts[:1]
            for step in range(len(part))
        )
    ]


def _fits(said: Phrase, part: Phrase) -> bool:
    return all(
        word.startswith(want[:-1]) if want.endswith("*") else word == want
        for word, want in zip(said, part, strict=True)
    )


def _denied(tokens: Phrase, at: int, part: Phrase) -> bool:
    """Tell "divorced, they don't live together" from "divorced but together"."""
    turning = single("negators") | {"no"}
    before = set(tokens[max(at - 2, 0) : at])
    return part[0] not in turning and bool(turning & before) and not single("doubts") & before
