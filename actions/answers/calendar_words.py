"""Parts of a date found in typed text: day, month, year, in English or Spanish, words or figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from rapidfuzz.distance import OSA

from actions.answers.figures import find_figures
from actions.answers.tables import numbers, phrases
from actions.answers.text import fold

_ISO = re.compile(r"\b(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?\b", re.ASCII)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4}|'?\d{2})(?!\d)", re.ASCII)
_EIGHT = re.compile(r"(?<!\d)(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)", re.ASCII)
_MONTH_YEAR = re.compile(r"(?<![\d/])(\d{1,2})[-/](\d{4})(?!\d)", re.ASCII)
_MONTH_DAY = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])", re.ASCII)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)", re.ASCII)
_SHORT_YEAR = re.compile(r"(?:'|\b(?:of|del?|in|en)\s)(\d{2})(?!\d)", re.ASCII)
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|ro|do|er|o)?(?![\d:])", re.ASCII)


@dataclass(frozen=True, slots=True)
class DateParts:
    """What was said of a date. `swappable`: day and month could also be the other way round."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    swappable: bool = False


@cache
def _month_names() -> dict[str, int]:
    return numbers("calendar", "months")


def exact_month_of(word: str) -> int | None:
    """Give the month a word names in a known spelling, or None."""
    return _month_names().get(word)


def month_of(word: str) -> int | None:
    """Give the month a word names, also slightly misspelt ("febuary", "setiembre"), or None."""
    known = _month_names()
    if word in known:
        return known[word]
    if len(word) < 5 or (word,) in phrases("calendar", "not_months"):
        return None
    near = {number for name, number in known.items() if len(name) > 4 and OSA.distance(word, name) <= 1}
    return near.pop() if len(near) == 1 else None


def full_year(said: str, today: date, *, future_years: int = 5) -> int:
    """Give the four-digit year; two digits mean the latest year not more than `future_years` ahead of
    `today`.
    """
    digits = int(said.strip("'"))
    if len(said.strip("'")) > 2:
        return digits
    year = today.year // 100 * 100 + digits
    return year if year <= today.year + future_years else year - 100


def find_date(text: str, *, today: date, language: str = "en", future_years: int = 5) -> DateParts:
    """Give the parts of the first date in `text`; figures are read in US order unless only the other order
    is a date.
    """
    folded = fold(text)
    if iso := _ISO.search(folded):
        return DateParts(int(iso.group(1)), int(iso.group(2)), int(iso.group(3)) if iso.group(3) else None)
    if numeric := _NUMERIC.search(folded) or _EIGHT.search(folded):
        year = full_year(numeric.group(3), today, future_years=future_years)
        return _us_order(int(numeric.group(1)), int(numeric.group(2)), year, language)
    worded = _worded(folded, today, language, future_years)
    if worded is not None:
        return worded
    if pair := _MONTH_YEAR.search(folded):
        return DateParts(int(pair.group(2)), int(pair.group(1)))
    if pair := _MONTH_DAY.search(folded):
        return _us_order(int(pair.group(1)), int(pair.group(2)), None, language)
    year_said = _YEAR.search(folded)
    return DateParts(int(year_said.group(1)) if year_said else None)


def _us_order(first: int, second: int, year: int | None, language: str) -> DateParts:
    if first > 12 >= second:
        return DateParts(year, second, first)
    return DateParts(year, first, second, language == "es" and second <= 12 and first != second)


def _worded(folded: str, today: date, language: str, future_years: int) -> DateParts | None:
    for word in re.finditer(r"[a-z]+", folded):
        month = month_of(word.group())
        if month is None or (word.group() in {"may", "mar"} and not re.search(r"\d", folded)):
            continue
        rest = f"{folded[: word.start()]} | {folded[word.end() :]}"
        year, rest = _year_in(rest, today, future_years)
        return DateParts(year, month, _day_in(rest, language))
    return None


def _year_in(rest: str, today: date, future_years: int) -> tuple[int | None, str]:
    if long_year := _YEAR.search(rest):
        return int(long_year.group(1)), rest[: long_year.start()] + " ; " + rest[long_year.end() :]
    days = list(re.finditer(r"(?<!\d)\d{1,2}(?!\d)", rest, re.ASCII))
    short = _SHORT_YEAR.search(rest)
    if short is None and len(days) == 2:
        # Two small figures beside a month name: the later one is the year ("feb 14 09").
        last = days[-1]
        return full_year(last.group(), today, future_years=future_years), rest[: last.start()] + " ; "
    if short and (len(days) == 2 or "'" in short.group()):
        return full_year(short.group(1), today, future_years=future_years), rest[: short.start()] + " ; "
    return None, rest


def _day_in(rest: str, language: str) -> int | None:
    before, _, after = rest.partition("|")
    nearest = [match.group(1) for match in _DAY.finditer(before)][-1:] or [
        match.group(1) for match in _DAY.finditer(after)
    ][:1]
    if nearest:
        return int(nearest[0])
    if "primero" in before:
        return 1
    spelled = [
        figure
        for figure in find_figures(before[-30:] + " ; " + after[:30], language)
        if figure.spelled and figure.value <= 31 and not figure.article
    ]
    return int(spelled[0].value) if spelled else None
