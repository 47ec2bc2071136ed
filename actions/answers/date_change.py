"""A part of a date in place of another: "the 13th, not the 3rd", "en marzo, no en febrero", "July 5, not May 7"."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from actions.answers.calendar_words import DateParts, exact_month_of, find_date
from actions.answers.text import fold, words

__all__ = ["Lean", "changed_date", "names_month", "tells_of"]

Lean = Literal["past", "future"] | None

_LONE_DAY = re.compile(
    r"\b(?:the|el|dia)\s+(?:dia\s+)?(\d{1,2})(?:st|nd|rd|th|ro|do|er)?(?![\d:,.]\d|\d)"
    r"|(?<!\d)(\d{1,2})(?:st|nd|rd|th|ro|er)\b",
    re.ASCII,
)


def names_month(text: str) -> bool:
    """Whether a month is named in a known spelling."""
    return any(exact_month_of(word) for word in words(text))


def tells_of(held: str, said: str, *, today: date) -> bool:
    """Whether all that `said` tells of a date is so of `held` (an ISO date, or a month of a year)."""
    parts = _parts(said, today)
    if parts is None:
        return False
    return all(told is None or told == own for told, own in zip(_three(parts), _held(held), strict=True))


def changed_date(held: str, new: str, *, today: date, lean: Lean = None) -> str | None:
    """Give `held` with what `new` tells of a date in place of its own; None when that tells nothing or is no date.

    A month told without its year is the nearest one to `held`, up to `today` (`lean` past) or from it on (future);
    without `lean`, as for a birthday, it is of the year held.
    """
    parts = _parts(new, today)
    if parts is None:
        return None
    year, month, day = (own if told is None else told for told, own in zip(_three(parts), _held(held), strict=True))
    if year is None or month is None:
        return None
    any_year = lean is not None and parts.year is None and parts.month is not None
    found = [_real(each, month, day) for each in ((year, year - 1, year + 1) if any_year else (year,))]
    fits = [one for one in found if one is not None and (not any_year or _leans(one, today, lean))] or found[:1]
    whole = min((one for one in fits if one is not None), key=lambda one: abs(one - _first(held)), default=None)
    if whole is None:
        return None
    return whole.isoformat() if day else f"{whole:%Y-%m}"


def _real(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day or 1)
    except ValueError:
        return None


def _first(held: str) -> date:
    year, month, day = _held(held)
    return date(year or 1, month or 1, day or 1)


def _leans(day: date, today: date, lean: Lean) -> bool:
    return day <= today if lean == "past" else day >= today.replace(day=1)


def _three(parts: DateParts) -> tuple[int | None, int | None, int | None]:
    return parts.year, parts.month, parts.day


def _held(iso: str) -> tuple[int | None, int | None, int | None]:
    year, month, day = (*(int(part) for part in iso.split("-")), None, None)[:3]
    return year, month, day


def _parts(said: str, today: date) -> DateParts | None:
    """What is told of a date; a lone number counts as a day only as one is told ("the 3rd", "el 3")."""
    parts = find_date(said, today=today, future_years=0)
    if parts.month is not None:
        return parts
    folded = fold(said)
    day = _LONE_DAY.search(folded)
    if day is not None:
        return DateParts(parts.year, None, int(day.group(1) or day.group(2)))
    return parts if parts.year is not None else None
