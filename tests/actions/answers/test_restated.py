"""Amounts that are set right, added up or told over a span in one answer come to what the person meant."""

from __future__ import annotations

import pytest

from actions.answers import parse_money


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("13k per semester so 26k", "en", 26000),
        ("9k tuition and 5k rent so 14k", "en", 14000),
        ("9k and 5k, 14k total", "en", 14000),
        ("1,100 a month, that's like 13k", "en", 13000),
        ("500 al mes, o sea 6000", "es", 6000),
        ("ocho mil por semestre, osea 16 mil", "es", 16000),
        ("vale 90 mil pero debemos 40, o sea 50 mil", "es", 50000),
        ("not 3000, 3,150", "en", 3150),
        ("no 3000 sino 3150", "es", 3150),
        ("entre los dos ganamos 64 mil", "es", 64000),
        ("the two of us made 64k", "en", 64000),
        ("más o menos 18 mil", "es", 18000),
        ("two fifty", "en", 250),
        ("nine twenty five", "en", 925),
    ],
)
def test_a_total_told_after_its_parts_is_the_amount(text: str, language: str, value: int) -> None:
    parsed = parse_money(text, language=language)
    assert (parsed.status, parsed.value) == ("ok", value)


@pytest.mark.parametrize(
    ("text", "language", "value", "problem"),
    [
        ("250/mo for me and 250/mo for my brother", "en", 6000, "per_month"),
        ("100 por mi hermana y 150 por mi al mes", "es", 3000, "per_month"),
        ("two fifty a month", "en", 3000, "per_month"),
        ("1200 each check, 24 checks a year", "en", 28800, "per_two_weeks"),
        ("900 a la quincena, 24 quincenas al año", "es", 21600, "per_half_month"),
        ("2000 in checking 6000 in savings", "en", 8000, "sum"),
        ("mom has 3 thousand and dad has 400", "en", 3400, "sum"),
        ("por lo menos 3000", "es", 3000, "bound"),
    ],
)
def test_amounts_added_up_or_turned_into_a_year_are_confirmed(
    text: str, language: str, value: int, problem: str
) -> None:
    parsed = parse_money(text, language=language, together=True)
    assert (parsed.status, parsed.value, parsed.problem) == ("needs_confirmation", value, problem)


@pytest.mark.parametrize("text", ["9k so 12k", "9000 from my job and 400 a month from gigs", "5k, 7k total"])
def test_what_does_not_add_up_is_asked_again(text: str) -> None:
    assert parse_money(text, language="en").value is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("no, my dad just has a regular job", "en"),
        ("nah we rent", "en"),
        ("they're still married so no", "en"),
        ("not anymore, he closed it", "en"),
        ("just the house we live in", "en"),
        ("no, mi papá es empleado", "es"),
        ("nel, rentamos", "es"),
        ("siguen casados, así que no", "es"),
        ("ya no, lo vendieron", "es"),
        ("nomás la casa", "es"),
    ],
)
def test_a_no_with_its_reason_may_mean_none(text: str, language: str) -> None:
    parsed = parse_money(text, language=language, none="usual")
    assert (parsed.status, parsed.value) == ("needs_confirmation", 0)


@pytest.mark.parametrize(
    "text", ["no, i can't find the form", "no, prefiero no decir", "nah i don't wanna say", "no but"]
)
def test_a_no_to_the_asking_is_not_none(text: str) -> None:
    assert parse_money(text, none="usual").value is None


@pytest.mark.parametrize(
    "text", ["5,500 (3,500 sub and 2,000 unsub)", "6,500: 4,500 subsidized, 2,000 not", "9 mil en total, 6 mil y 3 mil"]
)
def test_a_total_told_before_its_parts_is_the_amount(text: str) -> None:
    read = parse_money(text, language="es" if "mil" in text else "en")
    assert (read.status, read.value) == ("ok", {"5": 5_500, "6": 6_500, "9": 9_000}[text[0]])


def test_parts_that_do_not_come_to_the_first_amount_are_asked_about() -> None:
    assert parse_money("5,500, 3,500 sub and 1,500 unsub").status != "ok"


@pytest.mark.parametrize(
    "text",
    [
        "none lol im 18 i dont even have an ira",
        "nothing, he's been on disability since 2018",
        "i'm 20, no pension, 0",
        "nada, tengo 19 años",
    ],
)
def test_an_age_or_a_year_beside_none_is_no_amount(text: str) -> None:
    read = parse_money(text, language="es" if text.startswith("nada") else "en", none="usual")
    assert (read.status, read.value) == ("ok", 0)


@pytest.mark.parametrize(
    "text",
    ["nothing in checking, 2000 in savings", "none in savings but 2020 in checking", "nada en el banco, 2000 en casa"],
)
def test_an_amount_that_looks_like_a_year_is_not_lost_behind_none(text: str) -> None:
    assert parse_money(text, none="usual").value in {2_000, 2_020}


@pytest.mark.parametrize("text", ["dad wont tell me, says its none of my business", "mi papá no me quiere decir"])
def test_an_amount_that_is_kept_from_them_is_not_zero(text: str) -> None:
    assert parse_money(text, none="usual").status == "not_sure"


def test_an_account_called_by_a_number_is_no_amount() -> None:
    assert parse_money("6k moved from an old 403b to a new 401k").value == 6_000
