"""Dates of birth and of events in both languages."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answers import parse_birth_date, parse_birth_year, parse_date

TODAY = date(2026, 11, 21)
ES_MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("february 14 2009", date(2009, 2, 14)),
        ("febuary 14, 2009", date(2009, 2, 14)),
        ("14 de febrero de 2009", date(2009, 2, 14)),
        ("2/14/2009", date(2009, 2, 14)),
        ("2-14-09", date(2009, 2, 14)),
        ("14/2/2009", date(2009, 2, 14)),
        ("02142009", date(2009, 2, 14)),
        ("2009-02-14", date(2009, 2, 14)),
        ("feb 14 '09", date(2009, 2, 14)),
        ("feb 14 09", date(2009, 2, 14)),
        ("july 30 2009", date(2009, 7, 30)),
        ("Dec. 1st, 2008", date(2008, 12, 1)),
        ("primero de mayo de 1994", date(1994, 5, 1)),
        ("1ro de enero del 2009", date(2009, 1, 1)),
        ("quince de junio de 2008", date(2008, 6, 15)),
        ("i was born on 4 april 2007", date(2007, 4, 4)),
        ("june 5th of 2001", date(2001, 6, 5)),
        ("3 de octubre de 2008", date(2008, 10, 3)),
        ("may 4 2007", date(2007, 5, 4)),
    ],
)
def test_a_date_of_birth_is_read_in_the_usual_ways(typed: str, day: date) -> None:
    parsed = parse_birth_date(typed, today=TODAY)
    assert (parsed.value, parsed.status) == (day, "ok")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("2009", "only_year"),
        ("february 2009", "no_day"),
        ("birthday is march 3rd", "no_year"),
        ("im 17", "only_age"),
        ("feb 30 2009", "no_such_day"),
        ("13/13/2009", "no_such_day"),
        ("02/14/2030", "in_future"),
        ("3/4/2020", "too_recent"),
        ("2/14/1850", "too_long_ago"),
        ("banana", "not_a_date"),
        ("", "empty"),
    ],
)
def test_what_is_missing_or_wrong_in_a_date_is_named(typed: str, problem: str) -> None:
    assert parse_birth_date(typed, today=TODAY).problem == problem


def test_day_or_month_first_is_asked_in_spanish_where_both_are_dates() -> None:
    parsed = parse_birth_date("2/3/2009", today=TODAY, language="es")
    assert (parsed.value, parsed.status, parsed.alternatives) == (
        date(2009, 2, 3),
        "needs_confirmation",
        (date(2009, 3, 2),),
    )


@pytest.mark.parametrize(
    ("typed", "year"), [("2009", 2009), ("born in 1994", 1994), ("nací en 1994", 1994), ("'09", 2009), ("09", 2009)]
)
def test_a_birth_year_is_read(typed: str, year: int) -> None:
    assert parse_birth_year(typed, today=TODAY).value == year


def test_an_age_gives_two_possible_years_to_confirm() -> None:
    parsed = parse_birth_year("im 17", today=TODAY)
    assert (parsed.value, parsed.status, parsed.alternatives) == (2009, "needs_confirmation", (2008,))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("2031", "in_future"), ("2020", "too_recent"), ("2008 or 2009", "ambiguous"), ("x", "not_a_year")],
)
def test_an_impossible_birth_year_is_refused(typed: str, problem: str) -> None:
    assert parse_birth_year(typed, today=TODAY).problem == problem


@pytest.mark.parametrize(
    ("typed", "lean", "iso"),
    [
        ("oct 10 i did my part", "past", "2026-10-10"),
        ("en agosto de 2026", "past", "2026-08"),
        ("august", "past", "2026-08"),
        ("15 de diciembre", "future", "2026-12-15"),
        ("15 de diciembre", "past", "2025-12-15"),
        ("march 1", "future", "2027-03-01"),
        ("yesterday", "past", "2026-11-20"),
        ("ayer", "past", "2026-11-20"),
        ("last month", "past", "2026-10"),
        ("el mes pasado", "past", "2026-10"),
        ("10/10", "past", "2026-10-10"),
        ("8/2026", "past", "2026-08"),
    ],
)
def test_when_something_happened_or_is_due_takes_the_nearest_year(
    typed: str, lean: Literal["past", "future"], iso: str
) -> None:
    parsed = parse_date(typed, today=TODAY, lean=lean)
    assert parsed.value is not None
    assert parsed.value.iso == iso


@pytest.mark.parametrize("typed", ["idk", "no sé"])
def test_not_knowing_a_date_is_accepted(typed: str) -> None:
    assert parse_birth_date(typed, today=TODAY).status == "not_sure"
    assert parse_birth_year(typed, today=TODAY).status == "not_sure"
    assert parse_date(typed, today=TODAY).status == "not_sure"


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2015, 12, 31)))
def test_every_birthday_reads_back_in_every_form(day: date) -> None:
    spanish = f"{day.day} de {ES_MONTHS.split()[day.month - 1]} de {day.year}"
    for typed in (
        day.isoformat(),
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%m/%d/%Y}",
        f"{day:%b} {day.day} {day.year}",
    ):
        assert parse_birth_date(typed, today=TODAY).value == day
    assert parse_birth_date(spanish, today=TODAY, language="es").value == day


@given(st.text(max_size=40))
def test_no_text_is_too_odd(typed: str) -> None:
    day = parse_birth_date(typed, today=TODAY).value
    year = parse_birth_year(typed, today=TODAY).value
    when = parse_date(typed, today=TODAY).value
    assert day is None or day <= TODAY
    assert year is None or 1916 <= year <= 2016
    assert when is None or 1 <= when.month <= 12


@given(st.from_regex(r"[0-9a-z /'\-]{1,20}", fullmatch=True), st.sampled_from(["en", "es"]))
def test_no_heap_of_figures_is_too_odd(typed: str, language: str) -> None:
    when = parse_date(typed, today=TODAY, language=language).value
    assert when is None or 1 <= when.month <= 12
    day = parse_birth_date(typed, today=TODAY, language=language).value
    assert day is None or day <= TODAY


@pytest.mark.parametrize(
    ("typed", "month"),
    [("october of last year", "2025-10"), ("en octubre del año pasado", "2025-10"), ("this october", "2026-10")],
)
def test_a_year_told_by_how_far_it_is_counts(typed: str, month: str) -> None:
    read = parse_date(typed, today=date(2026, 11, 21))
    assert read.value is not None
    assert read.value.iso == month
