"""Amounts told by the term or the month, with or without what they come to over a year."""

from __future__ import annotations

import pytest

from actions.answers import parse_money


@pytest.mark.parametrize(
    ("typed", "language", "amount"),
    [
        ("2,100 in fall and the same for spring, 4,200 total", "en", 4200),
        ("13k per semester, 26k per year", "en", 26000),
        ("1800 each semester, 3600 for the year", "en", 3600),
        ("400 a month, 4800 a year", "en", 4800),
        ("2k a semester so 4000", "en", 4000),
        ("700 al mes, 8400 al año", "es", 8400),
        ("en total 7,200", "es", 7200),
    ],
)
def test_the_year_told_beside_its_parts_counts(typed: str, language: str, amount: int) -> None:
    parsed = parse_money(typed, language=language)
    assert (parsed.status, parsed.value) == ("ok", amount)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("2100 fall 2100 spring", "en"),
        ("2,100 for the fall and the same amount for the spring", "en"),
        ("2100 en otoño y lo mismo en primavera", "es"),
        ("2000 in the fall, 2200 in the spring", "en"),
    ],
)
def test_two_terms_are_added_up_and_confirmed(typed: str, language: str) -> None:
    parsed = parse_money(typed, language=language)
    assert (parsed.status, parsed.value, parsed.problem) == ("needs_confirmation", 4200, "sum")


def test_amounts_that_do_not_come_to_each_other_are_asked_about() -> None:
    assert parse_money("400 a month, 9000 a year").problem == "ambiguous"
