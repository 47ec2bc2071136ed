"""The span an amount covers ("a month", "cada quincena"), and how often it comes in a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from actions.answers.tables import table
from actions.answers.text import squash


@dataclass(frozen=True, slots=True)
class Period:
    """`times`: how many such spans in a year, None when that cannot be told ("an hour")."""

    name: str
    times: int | None


@cache
def _phrases() -> tuple[tuple[str, Period], ...]:
    found: list[tuple[str, Period]] = []
    named: dict[str, dict[str, Any]] = table("periods")["periods"]
    for name, entry in named.items():
        times = entry["times"]
        period = Period(name, None if times is None else int(times))
        found.extend((squash(says), period) for says in entry["says"])
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


_LASTING = re.compile(r"\b(?:for|por|durante|x) (\d{1,2}) (months?|meses|mes|weeks?|semanas?)\b")

_TIMES_A_YEAR = re.compile(
    r"\b(\d{1,2}) (?:pay ?checks?|checks?|payments?|pay ?days?|pagos?|cheques?|quincenas?) "
    r"(?:a|per|each|every|al|por|x|en el|cada) (?:year|yr|ano)\b"
)


def find_period(around: str) -> Period | None:
    """Give the span named in the words around an amount, or None. "for 9 months" shortens the year to
    nine, "24 checks a year" tells how many there are.
    """
    text = squash(around)
    for phrase, period in _phrases():
        if re.search(rf"(?:^|\s){re.escape(phrase)}(?:$|\s)", text):
            return _lasting(text, period)
    return None


def _lasting(text: str, period: Period) -> Period:
    if (told := _TIMES_A_YEAR.search(text)) and period.name in {"half_month", "two_weeks"}:
        return Period(period.name, int(told.group(1)))
    spans = _LASTING.search(text)
    if spans is None or period.name not in {"month", "week"}:
        return period
    unit = "week" if spans.group(2).startswith(("week", "semana")) else "month"
    return Period(period.name, int(spans.group(1))) if unit == period.name else period
