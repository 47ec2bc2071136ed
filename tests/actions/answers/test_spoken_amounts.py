"""Amounts said in pieces, as figures are read out, or around a round figure: understood, and asked back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answers import parse_money


@pytest.mark.parametrize(
    ("typed", "dollars"),
    [
        ("sixty one five", 61_500),
        ("forty two eight", 42_800),
        ("38 5", 38_500),
        ("82 fifty from wages", 8_250),
        ("fifty four, three hundred", 54_300),
        ("sixty one two fifty", 61_250),
        ("twelve thousand, four hundred and five", 12_405),
        ("treinta y dos cinco", 32_500),
        ("cuarenta y siete quinientos", 47_500),
        ("nueve mil dos cuarenta y seis", 9_246),
    ],
)
def test_an_amount_read_out_in_pieces_is_put_together_and_asked_back(typed: str, dollars: int) -> None:
    parsed = parse_money(typed, language="es" if " y " in typed or "mil" in typed else "en")
    assert (parsed.value, parsed.status) == (dollars, "needs_confirmation")


@pytest.mark.parametrize("typed", ["mom 30 dad 5", "30 or 5", "2 jobs 5 kids", "30k 5"])
def test_figures_with_something_between_them_are_not_pieces_of_one(typed: str) -> None:
    assert parse_money(typed).status == "invalid"


@given(st.integers(10, 99), st.integers(1, 9))
def test_hundreds_said_after_thousands_read_back(thousands: int, hundreds: int) -> None:
    parsed = parse_money(f"{thousands} {hundreds}", usual_least=1_000)
    assert (parsed.value, parsed.status) == (thousands * 1_000 + hundreds * 100, "needs_confirmation")


@pytest.mark.parametrize(
    ("typed", "dollars"), [("45-50", 47_500), ("between 30 and 40", 35_000), ("just under 40", 40_000)]
)
def test_a_years_income_around_a_bare_figure_is_told_in_thousands(typed: str, dollars: int) -> None:
    assert parse_money(typed, usual_least=1_000).value == dollars


def test_a_few_hundred_stays_a_few_hundred() -> None:
    assert parse_money("a couple hundred", usual_least=1_000).value == 200
    assert parse_money("6 figures", usual_least=1_000).value is None


@pytest.mark.parametrize(
    "typed",
    ["didn't take any out", "no rollovers", "nunca fui a trabajar fuera", "ellas no son estudiantes", "está en blanco"],
)
def test_a_denial_is_likely_none_where_none_is_usual(typed: str) -> None:
    parsed = parse_money(typed, none="usual")
    assert (parsed.value, parsed.status) == (0, "needs_confirmation")


@pytest.mark.parametrize(
    "typed",
    [
        "not much",
        "no sé",
        "i dont have the paper",
        "no me acuerdo bien",
        "not more than my brother",
        "no c",
        "no entendi",
        "not following",
        "no comment",
        "i dont feel comfortable saying",
        "not doing that",
    ],
)
def test_a_denial_of_something_else_is_not_offered_as_none(typed: str) -> None:
    assert parse_money(typed, none="usual").value is None


@pytest.mark.parametrize("typed", ["i turned 24 in march", "cumplí 19 en mayo"])
def test_an_age_is_no_amount(typed: str) -> None:
    assert parse_money(typed).value is None


@pytest.mark.parametrize(
    ("typed", "dollars"),
    [
        ("nineteen thousand four hundred n change, 19,432", 19_432),
        ("cuarenta y siete mil y cachito, 47,310 dice", 47_310),
        ("about 45 thousand... 45,210 exactly", 45_210),
        ("it was 31.5k sorry not 29", 31_500),
    ],
)
def test_an_amount_told_twice_counts_once(typed: str, dollars: int) -> None:
    parsed = parse_money(typed, language="es" if "mil" in typed else "en")
    assert (parsed.value, parsed.status) == (dollars, "ok")
