"""Days told by how far they are from today."""

from datetime import date
from typing import Literal

import pytest

from actions.answers.dates import parse_date

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("said", "lean", "day"),
    [
        ("in about two weeks", "future", "2026-12-06"),
        ("like 10 days from now", "future", "2026-12-02"),
        ("2 wks", "future", "2026-12-06"),
        ("a couple weeks", "future", "2026-12-06"),
        ("como en 3 semanas", "future", "2026-12-13"),
        ("me quedan quince días", "future", "2026-12-07"),
        ("en una semana", "future", "2026-11-29"),
        ("two weeks ago", "future", "2026-11-08"),
        ("hace dos semanas", "past", "2026-11-08"),
        ("3 days", "past", "2026-11-19"),
        ("en tres meses", "future", "2027-02"),
        ("by friday", "future", "2026-11-27"),
        ("el miércoles", "past", "2026-11-18"),
        ("sunday", "future", "2026-11-29"),
    ],
)
def test_a_day_told_from_today_is_worked_out_and_confirmed(
    said: str, lean: Literal["past", "future"], day: str
) -> None:
    parsed = parse_date(said, today=TODAY, lean=lean)
    assert parsed.status == "needs_confirmation"
    assert parsed.value is not None
    assert parsed.value.iso == day


@pytest.mark.parametrize(
    ("said", "day"), [("15 ago", "2027-08-15"), ("dec 5, in two weeks", "2026-12-05"), ("ago 2027", "2027-08")]
)
def test_a_date_that_is_named_counts_more_than_how_far_it_is(said: str, day: str) -> None:
    parsed = parse_date(said, today=TODAY, language="es", lean="future")
    assert parsed.value is not None
    assert parsed.value.iso == day


@pytest.mark.parametrize("said", ["monday or tuesday", "in 2 weeks or 3 weeks", "soon", "9999 weeks"])
def test_a_day_that_is_not_certain_is_asked_again(said: str) -> None:
    assert parse_date(said, today=TODAY, lean="future").value is None
