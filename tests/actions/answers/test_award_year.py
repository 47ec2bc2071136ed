"""The award year meant, seen from the day it is said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answers import award_year_of, parse_award_year
from actions.answers.award_year import award_year_named

NOVEMBER = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("2027-28", "2027-28"),
        ("2027-2028", "2027-28"),
        ("2027/28", "2027-28"),
        ("2026 to 2027", "2026-27"),
        ("26-27", "2026-27"),
        ("for 26-27. im 25", "2026-27"),
        ("pa la fafsa 2027-28", "2027-28"),
        ("este año, 2026-27", "2026-27"),
        ("fall 2027", "2027-28"),
        ("fall of 27", "2027-28"),
        ("otoño 2027", "2027-28"),
        ("otoño del 27", "2027-28"),
        ("nxt fall like 2027", "2027-28"),
        ("spring 2027", "2026-27"),
        ("january 2027", "2026-27"),
        ("empiezo en enero", "2026-27"),
        ("august 2027", "2027-28"),
        ("i finish school this june, so september 2027", "2027-28"),
        ("termino en junio, sería para agosto de 2027", "2027-28"),
        ("this year", "2026-27"),
        ("este año", "2026-27"),
        ("este otoño", "2026-27"),
        ("now", "2026-27"),
        ("next year", "2027-28"),
        ("next fall", "2027-28"),
        ("el próximo año", "2027-28"),
        ("el que viene", "2027-28"),
        ("next spring", "2026-27"),
        ("last year", "2025-26"),
        ("el año pasado", "2025-26"),
    ],
)
def test_in_november_2026_the_year_meant_is_found(typed: str, year: str) -> None:
    parsed = parse_award_year(typed, today=NOVEMBER)
    assert (parsed.value, parsed.status) == (year, "ok")


@pytest.mark.parametrize(
    ("today", "typed", "year"),
    [
        (date(2027, 3, 1), "this year", "2026-27"),
        (date(2027, 3, 1), "next fall", "2027-28"),
        (date(2027, 3, 1), "this fall", "2027-28"),
        (date(2027, 6, 30), "this year", "2026-27"),
        (date(2027, 7, 1), "this year", "2027-28"),
        (date(2027, 10, 2), "next fall", "2028-29"),
        (date(2027, 10, 2), "next year", "2028-29"),
    ],
)
def test_the_same_words_move_with_the_day(today: date, typed: str, year: str) -> None:
    assert parse_award_year(typed, today=today).value == year


@pytest.mark.parametrize(
    ("typed", "year", "why", "other"),
    [
        ("2027", "2027-28", "fall_or_spring", "2026-27"),
        ("summer 2027", "2027-28", "summer", "2026-27"),
    ],
)
def test_what_could_be_two_award_years_is_confirmed(typed: str, year: str, why: str, other: str) -> None:
    parsed = parse_award_year(typed, today=NOVEMBER)
    assert (parsed.value, parsed.status, parsed.problem, parsed.alternatives) == (
        year,
        "needs_confirmation",
        why,
        (other,),
    )


def test_next_fall_said_in_july_is_confirmed() -> None:
    parsed = parse_award_year("next fall", today=date(2027, 7, 15))
    assert (parsed.status, parsed.alternatives) == ("needs_confirmation", ("2028-29",))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("2024-26", "not_consecutive"),
        ("2026-27 or 2027-28", "ambiguous"),
        ("este año o el que viene", "ambiguous"),
        ("i make 2000", "unknown"),
        ("banana", "unknown"),
        ("", "empty"),
    ],
)
def test_what_names_no_single_year_is_refused(typed: str, problem: str) -> None:
    assert parse_award_year(typed, today=NOVEMBER).problem == problem


def test_a_year_that_is_not_covered_is_named_back() -> None:
    parsed = parse_award_year("2030-31", today=NOVEMBER, available=("2026-27", "2027-28"))
    assert (parsed.status, parsed.problem, parsed.alternatives) == ("invalid", "not_available", ("2030-31",))


def test_not_knowing_is_accepted() -> None:
    assert parse_award_year("no sé", today=NOVEMBER).status == "not_sure"


@given(st.integers(min_value=2015, max_value=2060))
def test_every_form_of_a_pair_reads_back(start: int) -> None:
    name = f"{start}-{(start + 1) % 100:02d}"
    for typed in (name, f"{start}-{start + 1}", f"{start}/{(start + 1) % 100:02d}", f"for {name} please"):
        assert parse_award_year(typed, today=NOVEMBER).value == name


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31)))
def test_this_year_is_always_the_one_running(today: date) -> None:
    assert parse_award_year("this year", today=today).value == award_year_of(today)


@given(st.text(max_size=40), st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31)))
def test_no_text_is_too_odd(typed: str, today: date) -> None:
    value = parse_award_year(typed, today=today).value
    assert value is None or int(value[-2:]) == (int(value[:4]) + 1) % 100


@pytest.mark.parametrize(
    ("typed", "year", "outright"),
    [
        ("deadline for texas 26-27?", "2026-27", "2026-27"), ("fechas para otoño 2027", "2027-28", "2027-28"),
        ("deadline for next year", "2027-28", None), ("it says in progress since like october", None, None),
        ("california march 2 2027", None, None), ("my deadlines", None, None),
    ],
)  # fmt: skip
def test_a_longer_message_names_an_award_year_only_beyond_doubt(
    typed: str, year: str | None, outright: str | None
) -> None:
    assert award_year_named(typed, today=date(2026, 11, 21)) == year
    assert award_year_named(typed, today=date(2026, 11, 21), relative=False) == outright


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        # A month with a year; "entro" is a letter away from "enero" and no month.
        ("entro en agosto del 2027", "2027-28"),
        ("entro en agosto del 27", "2027-28"),
        ("entro en agosto", "2027-28"),
        ("cuando entre en agosto", "2027-28"),
        ("next august so 2027", "2027-28"),
        ("my boy got into OSU for next august whats he gonna get", "2027-28"),
        ("entra el año que entra, en septiembre", "2027-28"),
        # The last year of high school ends before the fall meant.
        ("my daughters a senior n wants to go to UNM in the fall", "2027-28"),
        ("senior year of hs rn", "2027-28"),
        ("im a senior in high school right now", "2027-28"),
        ("12th grade", "2027-28"),
        ("estoy en el último año de la prepa", "2027-28"),
        ("tercero de prepa", "2027-28"),
        ("after i graduate high school in may", "2027-28"),
        ("when i graduate in may", "2027-28"),
        ("cuando termine la prepa en mayo", "2027-28"),
        ("despues de que salga de la prepa", "2027-28"),
        ("cuando me gradúe de la prepa", "2027-28"),
        # "In the fall", said when the fall is nearly over.
        ("in the fall", "2027-28"),
        ("this coming fall", "2027-28"),
        ("voy a entrar en otoño", "2027-28"),
        ("this fall i started college", "2026-27"),
        # What has begun, and the half of the school year that comes next.
        ("i already started", "2026-27"),
        ("alredy started in august", "2026-27"),
        ("i started in the fall", "2026-27"),
        ("ya empecé", "2026-27"),
        ("empece en agosto", "2026-27"),
        ("im in college rn", "2026-27"),
        ("el semestre que entra", "2026-27"),
        ("next semester", "2026-27"),
        ("this semester", "2026-27"),
        ("el de ahorita", "2026-27"),
        ("ya", "2026-27"),
        ("right now", "2026-27"),
    ],
)
def test_a_start_told_without_a_year_is_found(typed: str, year: str) -> None:
    parsed = parse_award_year(typed, today=NOVEMBER)
    assert (parsed.value, parsed.status) == (year, "ok")


@pytest.mark.parametrize(
    "typed",
    [
        "im a junior in high school",
        "ill be a senior next year in hs",
        "im a senior in college",
        "im a junior",
        "me acabo de casar en septiembre y sigo estudiando, cuanto pell me toca ahora",
        "my dad died in july and he was the one working, how much am i going to get",
        "se nos inundo el taller en septiembre y ya no hay trabajo",
        "lo pagamos junto con mi papa",
        "ya me aceptaron en la universidad",
        "ahora quiero saber cuanto me darian si voy a la universidad",
        "i want to know right now how much i would get",
    ],
)
def test_words_that_leave_the_year_open_are_asked_about(typed: str) -> None:
    assert parse_award_year(typed, today=NOVEMBER).problem == "unknown"


@pytest.mark.parametrize("typed", ["this august", "entro este agosto", "este septiembre"])
def test_this_august_said_after_it_is_confirmed(typed: str) -> None:
    parsed = parse_award_year(typed, today=NOVEMBER)
    assert (parsed.value, parsed.status, parsed.alternatives) == ("2026-27", "needs_confirmation", ("2027-28",))


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("el agosto pasado", "2026-27"),
        ("soy su papá, el entro en agosto a la universidad", "2026-27"),
        ("in august", "2027-28"),
        ("Entré a la universidad en agosto", "2026-27"),
        ("this december", "2026-27"),
    ],
)
def test_a_month_told_as_past_or_to_come_is_taken(typed: str, year: str) -> None:
    parsed = parse_award_year(typed, today=NOVEMBER)
    assert (parsed.value, parsed.status) == (year, "ok")


@pytest.mark.parametrize("typed", ["fall", "otoño"])
def test_a_lone_fall_said_when_one_is_nearly_over_is_confirmed(typed: str) -> None:
    parsed = parse_award_year(typed, today=NOVEMBER)
    assert (parsed.value, parsed.status, parsed.alternatives) == ("2027-28", "needs_confirmation", ("2026-27",))


@pytest.mark.parametrize(
    ("today", "typed", "year", "status"),
    [
        (date(2027, 5, 20), "im a senior in high school", "2027-28", "ok"),
        (date(2027, 7, 20), "im a senior in high school", "2028-29", "needs_confirmation"),
        (date(2027, 9, 20), "im a senior in high school", "2028-29", "ok"),
        (date(2027, 3, 1), "in the fall", "2027-28", "ok"),
        (date(2027, 3, 1), "next semester", "2027-28", "ok"),
        (date(2027, 3, 1), "this semester", "2026-27", "ok"),
        (date(2027, 3, 1), "empecé en agosto", "2026-27", "ok"),
        (NOVEMBER, "not sure im a senior in hs", "2027-28", "needs_confirmation"),
        (NOVEMBER, "i graduate high school in december", "2026-27", "ok"),
    ],
)
def test_a_start_told_without_a_year_moves_with_the_day(today: date, typed: str, year: str, status: str) -> None:
    parsed = parse_award_year(typed, today=today)
    assert (parsed.value, parsed.status) == (year, status)
