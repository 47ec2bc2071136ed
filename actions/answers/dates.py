"""Dates as people type them: a date of birth, or when something happened or is due."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from actions.answers.away import Day, day_from_today, nearest_weekday
from actions.answers.calendar_words import DateParts, find_date, full_year
from actions.answers.figures import find_figures
from actions.answers.parsed import Parsed, confirm, invalid, not_sure, ok
from actions.answers.replies import says_not_sure
from actions.answers.tables import Phrase, numbers, phrases
from actions.answers.text import fold, has_phrase, words

__all__ = ["OLDEST", "YOUNGEST", "Day", "parse_birth_date", "parse_birth_year", "parse_date"]

YOUNGEST = 10
OLDEST = 110
_AGO = re.compile(r"\bago\b")


_YEARS: dict[Phrase, int] = {
    ("last", "year"): -1, ("ano", "pasado"): -1, ("this", "year"): 0, ("este", "ano"): 0, ("next", "year"): 1,
    ("proximo", "ano"): 1, ("ano", "que", "viene"): 1,
}  # fmt: skip
"""Years that are told beside a month by how far they are from this one."""


def parse_birth_date(text: str, *, today: date, language: str = "en") -> Parsed[date]:
    """Give the date of birth in `text`, figures in US order.

    Problems: `empty`, `only_year`, `only_age`, `no_day`, `no_year`, `no_such_day`, `in_future`,
    `too_recent` (under 10), `too_long_ago` (over 110), `day_or_month_first` (to confirm), `not_a_date`.
    """
    if not text.strip():
        return invalid("empty")
    parts = find_date(text, today=today, language=language, future_years=0)
    if parts.month is None:
        if parts.year is not None:
            return invalid("only_year")
        return not_sure() if says_not_sure(text) else invalid("only_age" if _age(text) else "not_a_date")
    if parts.day is None or parts.year is None:
        return invalid("no_day" if parts.day is None else "no_year")
    day = _real(parts.year, parts.month, parts.day)
    if day is None:
        return invalid("no_such_day")
    if problem := _birth_problem(day.year, day > today, today):
        return invalid(problem)
    other = _real(parts.year, parts.day, parts.month) if parts.swappable else None
    return confirm(day, "day_or_month_first", (other,)) if other else ok(day)


def parse_birth_year(text: str, *, today: date, language: str = "en") -> Parsed[int]:
    """Give the year of birth. An age ("im 17") gives the likelier year to confirm (`from_age`), then the
    other.

    Problems: `empty`, `ambiguous`, `in_future`, `too_recent`, `too_long_ago`, `not_a_year`.
    """
    if not text.strip():
        return invalid("empty")
    year = find_date(text, today=today, language=language, future_years=0).year
    if year is None:
        short = re.fullmatch(r"\W*(?:in |en |born in |naci en )?'?(\d{2})\W*", fold(text), re.ASCII)
        # Two bare figures between 14 and 59 are as likely an age.
        if short and ("'" in fold(text) or int(short.group(1)) not in range(14, 60)):
            year = full_year(short.group(1), today, future_years=0)
    years = set(re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", fold(text)))
    if len(years) > 1:
        return invalid("ambiguous", tuple(sorted(int(each) for each in years)))
    if year is not None:
        problem = _birth_problem(year, year > today.year, today)
        return invalid(problem) if problem else ok(year)
    if age := _age(text, language):
        return confirm(today.year - age, "from_age", (today.year - age - 1,))
    return not_sure() if says_not_sure(text) else invalid("not_a_year")


def parse_date(
    text: str, *, today: date, language: str = "en", lean: Literal["past", "future"] = "past"
) -> Parsed[Day]:
    """Give when something happened (`lean="past"`) or is due (`lean="future"`); a month is enough.

    A missing year is the nearest one on that side of `today`. Problems: `empty`, `only_year`, `no_such_day`,
    `day_or_month_first`, `from_today` ("in about two weeks") and `weekday` (to confirm), `not_a_date`.
    """
    if not text.strip():
        return invalid("empty")
    parts = find_date(text, today=today, language=language)
    if parts.month is None:
        return _relative(text, parts, today, lean)
    # "Ago" is also how August is cut short in Spanish.
    if find_date(_AGO.sub(" ", fold(text)), today=today, language=language).month is None and (
        away := day_from_today(text, today=today, lean=lean)
    ):
        return confirm(away, "from_today")
    said = has_phrase(words(text), _YEARS) if parts.year is None else None
    month, parts = parts.month, replace(parts, year=today.year + _YEARS[said]) if said else parts
    dated = _with_year(parts, today, lean)
    if not 1 <= month <= 12 or (parts.day is not None and _real(dated.year, dated.month, parts.day) is None):
        return invalid("no_such_day")
    if parts.swappable and parts.day is not None:
        turned = _with_year(DateParts(parts.year, parts.day, month), today, lean)
        return confirm(dated, "day_or_month_first", (turned,))
    return ok(dated)


def _relative(text: str, parts: DateParts, today: date, lean: Literal["past", "future"]) -> Parsed[Day]:
    tokens = words(text)
    days: dict[Phrase, int] = {tuple(said.split()): step for said, step in numbers("calendar", "days").items()}
    if said := has_phrase(tokens, days):
        when = today + timedelta(days=days[said])
        return ok(Day(when.year, when.month, when.day))
    for key, step in (("last_month", -1), ("this_month", 0), ("next_month", 1)):
        if has_phrase(tokens, phrases("calendar", key)):
            months = today.year * 12 + today.month - 1 + step
            return ok(Day(months // 12, months % 12 + 1))
    if (away := day_from_today(text, today=today, lean=lean)) is not None:
        return confirm(away, "from_today")
    if parts.year is not None:
        return invalid("only_year")
    if (weekday := nearest_weekday(text, today=today, lean=lean)) is not None:
        return confirm(weekday, "weekday")
    return not_sure() if says_not_sure(text) else invalid("not_a_date")


def _with_year(parts: DateParts, today: date, lean: Literal["past", "future"]) -> Day:
    month, day = parts.month or 1, parts.day
    if parts.year is not None:
        return Day(parts.year, month, day)
    here = (month, day or today.day)
    now = (today.month, today.day)
    step = -1 if lean == "past" and here > now else 1 if lean == "future" and here < now else 0
    return Day(today.year + step, month, day)


def _age(text: str, language: str = "en") -> int | None:
    figures = [figure for figure in find_figures(text, language) if not figure.article]
    if len(figures) != 1 or not YOUNGEST <= figures[0].value <= OLDEST:
        return None
    return int(figures[0].value)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _birth_problem(year: int, future: bool, today: date) -> str | None:
    if future:
        return "in_future"
    if year > today.year - YOUNGEST:
        return "too_recent"
    return "too_long_ago" if year < today.year - OLDEST else None
