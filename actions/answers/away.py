"""Days told by how far they are from today: "in about two weeks", "hace 3 días", "by friday"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from actions.answers.tables import numbers, phrases, table
from actions.answers.text import fold, has_phrase, words

__all__ = ["Day", "day_from_today", "nearest_weekday"]

_MOST = 400
"""More of a unit is no date anybody means."""
_DAYS = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or a month when nothing more was said (`day` is None)."""

    year: int
    month: int
    day: int | None = None

    @property
    def iso(self) -> str:
        """`2026-08-15`, or `2026-08` for a month."""
        return f"{self.year:04d}-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")


def day_from_today(text: str, *, today: date, lean: Literal["past", "future"]) -> Day | None:
    """Give the day that lies so many days or weeks from `today`, or the month, when months are told.

    Without "ago" or "in" it lies on the side of `lean`. None when no span is told, or several.
    """
    tokens = words(text)
    spans = _span().findall(" ".join(tokens))
    if len(spans) != 1:
        return None
    said, word = spans[0]
    many = int(said) if said.isdigit() else numbers("calendar", "span_numbers")[said]
    behind = bool(has_phrase(tokens, phrases("calendar", "span_behind")))
    ahead = bool(has_phrase(tokens, phrases("calendar", "span_ahead")))
    if many > _MOST or (behind and ahead):
        return None
    steps = -many if behind or (not ahead and lean == "past") else many
    unit = table("calendar")["spans"][word]
    if unit == "month":
        months = today.year * 12 + today.month - 1 + steps
        return Day(months // 12, months % 12 + 1)
    when = today + timedelta(days=steps * _DAYS[unit])
    return Day(when.year, when.month, when.day)


def nearest_weekday(text: str, *, today: date, lean: Literal["past", "future"]) -> Day | None:
    """Give the nearest day of the week that `text` names on the side of `lean`; None for none, or several."""
    days = numbers("calendar", "weekdays")
    named = {days[word] for word in words(fold(text)) if word in days}
    if len(named) != 1:
        return None
    apart = (named.pop() - today.weekday()) % 7
    when = today + timedelta(days=(apart or 7) if lean == "future" else (apart - 7))
    return Day(when.year, when.month, when.day)


@cache
def _span() -> re.Pattern[str]:
    many = sorted(numbers("calendar", "span_numbers"), key=len, reverse=True)
    units = sorted(table("calendar")["spans"], key=len, reverse=True)
    return re.compile(rf"\b(\d{{1,3}}|{'|'.join(many)}) ?({'|'.join(units)})\b")
