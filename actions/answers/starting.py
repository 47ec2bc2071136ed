"""When study starts, told without a year: by a last year of high school, a graduation, a semester, a start that lies
behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from actions.answers.calendar_words import exact_month_of, month_of
from actions.answers.tables import Phrase, phrases
from actions.answers.text import has_phrase

_TERM_STARTS = 8
"""From August to December "next semester" is the spring; before that, the fall."""
_SHORT_ANSWER = 5
_SCHOOL_YEAR_ENDS = 6
_SUMMER = (7, 8)
"""Months in which a last year of high school may lie behind or ahead."""


def _says(tokens: Phrase, key: str) -> Phrase | None:
    return has_phrase(tokens, phrases("calendar", key))


def fall_after_high_school(tokens: Phrase, today: date) -> tuple[int, ...]:
    """Give the years in whose fall a student still in the last year of high school can start college, likeliest first;
    empty when `tokens` tell of none.
    """
    high_school = _says(tokens, "high_school")
    if _says(tokens, "college_years") and not high_school:
        return ()
    last_year = _says(tokens, "last_year_of_high_school") or (high_school and _says(tokens, "last_grade"))
    graduates = any(token.startswith("grad") for token in tokens) and _months(tokens) & {5, 6}
    finishing = graduates or (high_school and _says(tokens, "finishing"))
    if not last_year and not (finishing and _says(tokens, "once")):
        return ()
    if _months(tokens) & {1, 2, 11, 12}:
        # Whoever finishes in winter need not wait for the fall.
        return ()
    coming = today.year if today.month <= _SCHOOL_YEAR_ENDS else today.year + 1
    return (coming - 1, coming) if today.month in _SUMMER else (coming,)


def not_yet_last_year(tokens: Phrase) -> bool:
    """Say whether the last year of high school is still to come, or over ("I'll be a senior next year")."""
    return bool(_says(tokens, "not_yet_last_year") and _says(tokens, "high_school"))


def _months(tokens: Phrase) -> set[int]:
    return set(months_in(tokens, may=True))


def months_in(tokens: Phrase, *, may: bool = False) -> Iterator[int]:
    """Give the months named, first the surely spelt ones; "may" and "mar" are mostly other words."""
    for read in (exact_month_of, month_of):
        yield from (found for token in tokens if (found := read(token)) and (may or token not in {"may", "mar"}))


def month_of_start(tokens: Phrase) -> int | None:
    """Give the month in which study starts or started; in a longer message only one that is told as that."""
    month = next(months_in(tokens), None)
    if (
        month is None
        or len(tokens) <= _SHORT_ANSWER
        or _says(tokens, "starts_studying")
        or start_lies(tokens) == "behind"
    ):
        return month
    leads = phrases("calendar", "before_a_start_month")
    told = any(
        tokens[at - 1 : at] in leads
        for at, token in enumerate(tokens)
        if at and token not in {"may", "mar"} and month_of(token) == month
    )
    return month if told else None


def semester_starts(tokens: Phrase, today: date) -> int | None:
    """Give the year in which the award year of "this semester" or "next semester" starts, or None."""
    running = today.year if today.month > _SCHOOL_YEAR_ENDS else today.year - 1
    if _says(tokens, "next_semester"):
        return running if today.month >= _TERM_STARTS else today.year
    return running if _says(tokens, "this_semester") else None


def already_studies(tokens: Phrase) -> bool:
    """Say whether the person has begun ("I already started")."""
    return _says(tokens, "already_started") is not None


def start_lies(tokens: Phrase) -> Literal["behind", "ahead"] | None:
    """Say whether a start is told as past ("I started in the fall") or to come ("wants to go in the fall")."""
    will, started = _says(tokens, "will_start"), _says(tokens, "started") or _somebody_entered(tokens)
    # "Entré al college" holds the "al" of "al terminar": what tells the start is no "once".
    other = tokens if not isinstance(started, tuple) else tuple(word for word in tokens if word not in started)
    if started and not _says(other, "once"):
        return None if will else "behind"
    return "ahead" if will or _says(tokens, "in_the_fall") else None


def _somebody_entered(tokens: Phrase) -> bool:
    """ "El entro en agosto": of somebody else it can only be the past ("entró")."""
    return "entro" in tokens and _says(tokens, "somebody_else") is not None
