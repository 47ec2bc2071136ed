"""A part of a date in place of another: "the 13th, not the 3rd", "en marzo, no en febrero", "July 5, not May 7"."""

from __future__ import annotations

import re
from datetime import date

from actions.answers.calendar_words import DateParts, exact_month_of, find_date
from actions.answers.text import fold, words

__all__ = ["changed_date", "names_month", "tells_of"]

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


def changed_date(held: str, new: str, *, today: date) -> str | None:
    """Give `held` with what `new` tells of a date in place of its own; None when that tells nothing or is no date."""
    parts = _parts(new, today)
    if parts is None:
        return None
    year, month, day = (own if told is None else told for told, own in zip(_three(parts), _held(held), strict=True))
    if year is None or month is None:
        return None
    try:
        whole = date(year, month, day or 1)
    except ValueError:
        return None
    return whole.isoformat() if day else f"{year:04d}-{month:02d}"


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
