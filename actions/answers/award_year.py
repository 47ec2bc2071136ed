"""The award year a person means ("26-27", "next fall", "el que viene"). Award year 2026-27 starts on July
1, 2026.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from actions.answers.calendar_words import full_year, month_of
from actions.answers.parsed import Parsed, confirm, invalid, not_sure, ok
from actions.answers.replies import core_words, says_not_sure
from actions.answers.spelled_years import years_in_figures
from actions.answers.starting import (
    already_studies,
    fall_after_high_school,
    month_of_start,
    months_in,
    not_yet_last_year,
    semester_starts,
    start_lies,
)
from actions.answers.tables import Phrase, phrases
from actions.answers.text import fold, has_phrase, words

FIRST_MONTH = 7
"""An award year runs from July 1 to June 30 (34 CFR 600.2, "award year")."""

SPAN = 10
"""A lone number further than this from the present year is no year of study."""

_SHORT_ANSWER = 4

_PAIR = re.compile(
    r"(?<!\d)(20\d{2}|'?\d{2})\s?(?:-|/|to|a|al|thru|through|and|y|\s)\s?(20\d{2}|'?\d{2})(?!\d)", re.ASCII
)
_LATELY = 5
"""Months back to which "this August" may point; "this January", said in November, is the next one."""
_LONE = re.compile(r"(?<![\d$,.-])(20\d{2})(?![\d,.]\d|\d)", re.ASCII)
_SHORT = re.compile(
    r"'(\d{2})\b|\b(?:of|in|en|de|del|fall|spring|summer|otono|primavera|verano)\s(\d{2})(?!\d)", re.ASCII
)


_TERM = re.compile(
    r"\b(fall|autumn|spring|otono|primavera)\s(?:(?:semester|sem|term|of|del?|the|ano)\s){0,3}(20\d{2}|'?\d{2})(?!\d)",
    re.ASCII,
)


def award_year_of(day: date) -> str:
    """Give the award year running on `day`, like "2026-27"."""
    return _named(day.year if day.month >= FIRST_MONTH else day.year - 1)


def parse_award_year(text: str, *, today: date, available: Sequence[str] = ()) -> Parsed[str]:
    """Give the award year in `text` in the form "2026-27".

    "This year" is the one running `today`, "next year" the one after; a season or month goes by when it
    falls. A last year of high school means the fall after it. A lone year ("2027"), a summer and a lone fall said in
    one are confirmed (`fall_or_spring`, `summer`, `which_fall`). Problems: `empty`,
    `ambiguous`, `not_consecutive`, `not_available` (not among `available`, when given; alternatives: the
    year meant), `unknown`.
    """
    if not text.strip():
        return invalid("empty")
    parsed = _parse(years_in_figures(text), today)
    if available and parsed.value is not None and parsed.value not in available:
        return invalid("not_available", (parsed.value,))
    return parsed


def award_year_named(text: str, *, today: date, available: Sequence[str] = (), relative: bool = True) -> str | None:
    """Give the award year that a longer message names beyond doubt ("26-27", "fall 2027", "next year"), or None.

    A month is more likely the day something happened or is due. Without `relative`, "this year" and "next year" don't
    count either.
    """
    parsed = parse_award_year(text, today=today, available=available)
    if parsed.status != "ok":
        return None
    tokens = words(text)
    if _PAIR.search(fold(text)):
        return parsed.value
    if any(month_of(token) for token in tokens):
        return None
    return parsed.value if relative or _season(tokens) else None


def _named(start: int) -> str:
    return f"{start}-{(start + 1) % 100:02d}"


def _parse(text: str, today: date) -> Parsed[str]:
    folded = fold(text)
    pairs = [
        (full_year(a, today, future_years=50), full_year(b, today, future_years=50)) for a, b in _PAIR.findall(folded)
    ]
    good = tuple(dict.fromkeys(_named(first) for first, second in pairs if second == first + 1))
    if good:
        return ok(good[0]) if len(good) == 1 else invalid("ambiguous", good)
    if any(2000 <= first < second <= 2100 for first, second in pairs):
        return invalid("not_consecutive")
    tokens = words(text)
    if len(terms := _terms(folded, today)) > 1:
        return invalid("ambiguous", terms)
    if terms and len(_LONE.findall(folded)) > 1:
        return ok(terms[0])
    season, year = _season(tokens), _year(folded, today)
    if season and year:
        return _by_season(season, year)
    month = _month_beside(tokens, year) or next(months_in(tokens), None)
    if year and month:
        return ok(_named(year if month >= FIRST_MONTH else year - 1))
    if year:
        return confirm(_named(year), "fall_or_spring", (_named(year - 1),))
    if not_yet_last_year(tokens):
        return invalid("unknown")
    if falls := fall_after_high_school(tokens, today):
        likely, others = _named(falls[-1]), tuple(_named(fall) for fall in falls[:-1])
        return confirm(likely, "which_fall", others) if others or says_not_sure(text) else ok(likely)
    if season:
        return _by_relative_season(season, tokens, today)
    return _relative(text, tokens, today)


def _month_beside(tokens: Phrase, year: int | None) -> int | None:
    """The month told with the year ("i graduate in june so aug 2027")."""
    spelt = {str(year), f"{(year or 0) % 100:02d}"}
    parted = [token for token in tokens if token not in {"of", "de", "del"}]
    pairs = pairwise(parted)
    return next((month for before, token in pairs if token in spelt and (month := month_of(before))), None)


def _season(tokens: Phrase) -> str | None:
    return next(
        (name for name in ("fall", "spring", "summer", "winter") if has_phrase(tokens, phrases("calendar", name))),
        None,
    )


def _terms(folded: str, today: date) -> tuple[str, ...]:
    """Give the award years of the falls and springs named with their years ("fall 2026 and spring 2027" are one)."""
    found = [
        _named(year if season in {"fall", "autumn", "otono"} else year - 1)
        for season, said in _TERM.findall(folded)
        if abs((year := full_year(said, today, future_years=50)) - today.year) <= SPAN
    ]
    return tuple(dict.fromkeys(found))


def _year(folded: str, today: date) -> int | None:
    long_years = {int(year) for year in _LONE.findall(folded) if abs(int(year) - today.year) <= SPAN}
    if len(long_years) == 1:
        return long_years.pop()
    short = _SHORT.search(folded)
    return full_year(short.group(1) or short.group(2), today, future_years=50) if short and not long_years else None


def _by_season(season: str, year: int) -> Parsed[str]:
    if season == "fall":
        return ok(_named(year))
    if season == "summer":
        return confirm(_named(year), "summer", (_named(year - 1),))
    return ok(_named(year - 1))


def _by_relative_season(season: str, tokens: Phrase, today: date) -> Parsed[str]:
    is_next, is_last = (bool(has_phrase(tokens, phrases("calendar", key))) for key in ("next", "last"))
    if season == "fall":
        if is_last:
            return ok(_named(today.year if today.month >= 12 else today.year - 1))
        if not is_next:
            return _fall(tokens, today)
        # From July until the fall term is under way, "next fall" may mean this one or the one after.
        if FIRST_MONTH <= today.month <= 9:
            return confirm(_named(today.year), "which_fall", (_named(today.year + 1),))
        return ok(_named(today.year + 1 if today.month > 9 else today.year))
    coming = today.year + 1 if today.month >= FIRST_MONTH else today.year
    if season == "summer":
        return _by_season("summer", coming)
    if is_last:
        return ok(_named(coming - 2))
    if is_next and today.month < FIRST_MONTH:
        return confirm(_named(today.year), "which_spring", (_named(today.year - 1),))
    return ok(_named(coming - 1))


def _fall(tokens: Phrase, today: date) -> Parsed[str]:
    """A fall that is neither last nor next; late in the year "in the fall" is the one to come."""
    this = has_phrase(tokens, phrases("calendar", "this")) is not None
    if this or today.month <= 9:
        return ok(_named(today.year))
    lies = start_lies(tokens)
    if lies is None:
        return confirm(_named(today.year + 1), "which_fall", (_named(today.year),))
    return ok(_named(today.year + (lies == "ahead")))


def _by_month(month: int, tokens: Phrase, today: date) -> Parsed[str]:
    """A month in which study starts. "This August", said in November, is mostly the one that is over: it is asked."""

    def starting(year: int) -> str:
        return _named(year if month >= FIRST_MONTH else year - 1)

    coming = today.year if month >= today.month else today.year + 1
    behind = today.year if month <= today.month else today.year - 1
    lies = start_lies(tokens)
    if lies == "behind" or has_phrase(tokens, phrases("calendar", "last")):
        return ok(starting(behind))
    this = has_phrase(tokens, phrases("calendar", "this")) is not None
    if this and lies is None and 0 < today.month - month <= _LATELY and starting(behind) != starting(coming):
        return confirm(starting(behind), "which_fall", (starting(coming),))
    return ok(starting(coming))


def _only_now(text: str) -> bool:
    """ "Now", with little else said: in a longer message the same words mostly don't mean a year."""
    tokens = core_words(text) or words(text)
    if has_phrase(tokens, phrases("calendar", "not_now")):
        return False
    return len(tokens) <= _SHORT_ANSWER and has_phrase(tokens, phrases("calendar", "now")) is not None


def _relative(text: str, tokens: Phrase, today: date) -> Parsed[str]:
    running = today.year if today.month >= FIRST_MONTH else today.year - 1
    if (semester := semester_starts(tokens, today)) is not None:
        return ok(_named(semester))
    found: dict[int, int] = {}
    for key, step in (("this_year", 0), ("next_year", 1), ("last_year", -1)):
        if said := has_phrase(tokens, phrases("calendar", key)):
            found[step] = len(said)
    if len(found) > 1 and {"o", "or", "and", "y"} & set(tokens):
        return invalid("ambiguous", tuple(_named(running + step) for step in sorted(found)))
    if found:
        longest = [step for step, size in found.items() if size == max(found.values())]
        years = tuple(_named(running + step) for step in longest)
        return ok(years[0]) if len(years) == 1 else invalid("ambiguous", years)
    if (month := month_of_start(tokens)) is not None:
        return _by_month(month, tokens, today)
    if already_studies(tokens) or _only_now(text):
        return ok(_named(running))
    return not_sure() if says_not_sure(text) else invalid("unknown")
