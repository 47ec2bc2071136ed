"""Amounts said in pieces, as figures are read out: "sixty one five" (61,500), "73 fifty" (7,350)."""

from __future__ import annotations

import re
from decimal import Decimal

from actions.answers.figures import Figure

__all__ = ["in_pieces"]

_TOGETHER = re.compile(r"[\s,]*")
_TENS, _HUNDRED, _THOUSAND = Decimal(10), Decimal(100), Decimal(1000)


def in_pieces(folded: str, figures: tuple[Figure, ...]) -> Decimal | None:
    """Give the amount that two figures come to with nothing said between them, or None.

    A likely reading, to be confirmed: a figure below ten after one of two digits stands for its hundreds.
    """
    if len(figures) != 2:
        return None
    first, second = figures
    odd = any(one.marked or one.percent or one.negative or one.foreign or one.guessed for one in figures)
    if odd or second.scaled or not _TOGETHER.fullmatch(folded[first.end : second.start]):
        return None
    if any(one.value != int(one.value) or one.value <= 0 for one in figures) or second.value >= _THOUSAND:
        return None
    return _thousands_and_rest(first, second) if first.value >= _THOUSAND else _small(first, second)


def _thousands_and_rest(first: Figure, second: Figure) -> Decimal | None:
    """ "twenty three thousand, four hundred" and "siete mil tres noventa y cinco"."""
    rest = first.value % _THOUSAND
    if not rest:
        return first.value + second.value if second.spelled or second.value >= _HUNDRED else None
    said = first.spelled and second.spelled and rest < _TENS <= second.value < _HUNDRED
    return first.value + rest * (_HUNDRED - 1) + second.value if said else None


def _small(first: Figure, second: Figure) -> Decimal | None:
    if second.value >= _HUNDRED:
        return first.value * _THOUSAND + second.value
    if second.value < _TENS:
        return first.value * _THOUSAND + second.value * _HUNDRED if _TENS <= first.value < _HUNDRED else None
    return first.value * _HUNDRED + second.value if second.spelled and first.value < _HUNDRED else None
