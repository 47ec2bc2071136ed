"""Award years told in words, by a semester, or by how the year lies to today."""

from __future__ import annotations

from datetime import date

import pytest

from actions.answers import parse_award_year

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("fall of twenty seven", "2027-28"),
        ("spring twenty seven", "2026-27"),
        ("twenty-six twenty-seven", "2026-27"),
        ("fall of twenty twenty seven", "2027-28"),
        ("otoño del veintisiete", "2027-28"),
        ("primavera de dos mil veintisiete", "2026-27"),
        ("veintisiete veintiocho", "2027-28"),
        ("spring sem of 2027", "2026-27"),
        ("fall 2026 and spring 2027", "2026-27"),
        ("otoño 2027 y primavera 2028", "2027-28"),
        ("the year we're in now", "2026-27"),
        ("este mismo ciclo", "2026-27"),
        ("whichever is next", "2027-28"),
        ("im twenty two and start next fall", "2027-28"),
        ("tengo veintidós años, empiezo el próximo otoño", "2027-28"),
    ],
)
def test_a_year_in_words_is_the_year_meant(typed: str, year: str) -> None:
    parsed = parse_award_year(typed, today=TODAY)
    assert (parsed.status, parsed.value) == ("ok", year)


def test_terms_of_two_years_are_asked_about() -> None:
    parsed = parse_award_year("fall 2026 or fall 2027", today=TODAY)
    assert (parsed.problem, parsed.alternatives) == ("ambiguous", ("2026-27", "2027-28"))


@pytest.mark.parametrize("typed", ["2 years from now", "tengo veintiséis años", "twenty six credits"])
def test_other_numbers_and_spans_name_no_year(typed: str) -> None:
    assert parse_award_year(typed, today=TODAY).status == "invalid"
