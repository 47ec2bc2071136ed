"""Interest rates."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answers import parse_rate


@pytest.mark.parametrize(
    ("typed", "rate"),
    [("6.52%", "6.52"), ("6.525", "6.525"), ("5", "5"), ("about 6.5 percent", "6.5"), ("8,94 por ciento", "8.94")],
)
def test_a_rate_is_read_as_a_percentage(typed: str, rate: str) -> None:
    parsed = parse_rate(typed)
    assert (parsed.value, parsed.status) == (Decimal(rate), "ok")


def test_a_fraction_is_confirmed_as_a_percentage() -> None:
    parsed = parse_rate("0.0652")
    assert (parsed.value, parsed.status) == (Decimal("6.52"), "needs_confirmation")


@pytest.mark.parametrize(("typed", "problem"), [("45", "too_large"), ("-3%", "negative"), ("low", "not_a_number")])
def test_an_impossible_rate_is_refused(typed: str, problem: str) -> None:
    assert parse_rate(typed).problem == problem


@given(st.text(max_size=40))
def test_no_text_is_too_odd(typed: str) -> None:
    value = parse_rate(typed).value
    assert value is None or 0 <= value <= 30
