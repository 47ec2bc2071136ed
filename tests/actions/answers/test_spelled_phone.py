"""Phone numbers told digit by digit."""

from __future__ import annotations

import pytest

from actions.answers import parse_phone


@pytest.mark.parametrize(
    "typed",
    [
        "five oh five, triple five, oh one four seven",
        "505 five five five 0147",
        "five-zero-five five-five-five zero-one-four-seven",
        "one five zero five 555 01 forty seven",
        "its 5 0 5 5 5 5 0 1 4 7",
        "area code 505 then 555 0147",
        "5O5-555-O147",
        "cinco cero cinco cinco cinco cinco cero uno cuatro siete",
        "mi cel es cinco cero cinco, cinco cincuenta y cinco, cero uno 47",
    ],
)
def test_a_number_told_in_words_is_the_number(typed: str) -> None:
    parsed = parse_phone(typed)
    assert (parsed.status, parsed.value) == ("ok", "+15055550147")


@pytest.mark.parametrize("typed", ["five oh five five five five", "i have two phones", "one or two", "zero zero zero"])
def test_other_numbers_in_words_are_no_phone(typed: str) -> None:
    assert parse_phone(typed).status == "invalid"
