"""Several amounts of an aid letter in one message: "cost 30k, grants 12k, loans 5500"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from actions.answers.figures import Figure, find_figures
from actions.answers.periods import find_period
from actions.answers.school import school_in
from actions.answers.text import compose, fold, words
from actions.flow.words import result_words

__all__ = ["Letter", "amounts_beside", "read_letter"]


@dataclass(frozen=True, slots=True)
class Letter:
    """What one message tells of a letter: whole dollars a year by field ("cost", "grants", ...), at least two of them.

    `before` is what stands before the first of them: the name of the school, when that was asked for.
    """

    amounts: Mapping[str, int]
    before: str


@dataclass(frozen=True, slots=True)
class _Label:
    field: str
    start: int
    end: int
    total: bool = False
    """Only "total": whose total, another name beside it says."""


def read_letter(text: str, language: str) -> Letter | None:
    """Every amount under its name, or None unless two or more amounts each stand beside a name of their own.

    Names come all before their amounts or all after them. The same name twice ("subsidized 3,500, unsubsidized
    2,000") is added up. Amounts of a semester or a month are left to be asked one by one, where they are confirmed.
    """
    pairs = _pairs(text, language, result_words("offers")["amounts"])
    if pairs is None:
        return None
    amounts = _summed(pairs)
    others = sum(amount for field, amount in amounts.items() if field != "cost")
    if any(label.total for label, _figure in pairs) and amounts["cost"] <= others:
        return None  # the total of what is given, and no cost
    first = min(min(label.start, figure.start) for label, figure in pairs)
    return Letter(amounts, school_in(compose(text)[:first].strip(" $:-,;(")))


def amounts_beside(text: str, language: str, named: Mapping[str, list[str]]) -> Mapping[str, int] | None:
    """Whole dollars by field, where two or more amounts each stand beside one of the names in `named`; else None.

    As in `read_letter`: the same name twice is added up, amounts of a semester or a month are none of these.
    """
    pairs = _pairs(text, language, named)
    return None if pairs is None else _summed(pairs)


def _pairs(text: str, language: str, named: Mapping[str, list[str]]) -> list[tuple[_Label, Figure]] | None:
    folded, figures = fold(text), find_figures(text, language)
    if len(figures) < 2 or any(f.negative or f.percent or f.guessed or f.article for f in figures):
        return None
    period = find_period(folded)
    if period is not None and period.name != "year":
        return None
    labels = _labels(folded, named)
    return _paired(folded, figures, labels, after=False) or _paired(folded, figures, labels, after=True)


def _summed(pairs: list[tuple[_Label, Figure]]) -> dict[str, int]:
    amounts: dict[str, int] = {}
    for label, figure in pairs:
        amounts[label.field] = amounts.get(label.field, 0) + _dollars(figure.value)
    return amounts


def _paired(
    folded: str, figures: tuple[Figure, ...], labels: tuple[_Label, ...], *, after: bool
) -> list[tuple[_Label, Figure]] | None:
    """Each figure with the nearest label on one side of it and no other figure between; None when one has none."""
    pairs = []
    for index, figure in enumerate(figures):
        if after:
            until = figures[index + 1].start if index + 1 < len(figures) else len(folded)
            beside = [label for label in labels if figure.end <= label.start and label.end <= until]
        else:
            since = figures[index - 1].end if index else 0
            beside = [label for label in labels if since <= label.start and label.end <= figure.start][::-1]
        if not beside:
            return None
        pairs.append((next((label for label in beside if not label.total), beside[0]), figure))
    return pairs


def _labels(folded: str, named: Mapping[str, list[str]]) -> tuple[_Label, ...]:
    """The names in the text, left to right, the longest where several begin together."""
    found: list[_Label] = []
    for field, shape in _shapes(tuple((field, tuple(said)) for field, said in named.items())):
        for hit in shape.finditer(folded):
            if not any(one.start < hit.end() and hit.start() < one.end for one in found):
                found.append(_Label(field, hit.start(), hit.end(), hit.group() == "total"))
    return tuple(sorted(found, key=lambda label: label.start))


@cache
def _shapes(named: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every name with its field, longest first."""
    said = [(field, words(phrase)) for field, phrases in named for phrase in phrases]
    said.sort(key=lambda pair: -len(" ".join(pair[1])))
    return tuple(
        (field, re.compile(r"(?<![a-z0-9])" + r"[\s-]+".join(map(re.escape, phrase)) + r"(?![a-z0-9])"))
        for field, phrase in said
    )


def _dollars(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
