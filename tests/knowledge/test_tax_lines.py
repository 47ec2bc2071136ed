"""Where an amount stands on the tax return: the right line for the year, in both languages, with its source."""

from __future__ import annotations

import pytest

from knowledge.award_years import available, load
from knowledge.sai.inputs import MONEY_OF_A_PERSON
from knowledge.tax_lines import line_of, tax_lines, where


@pytest.mark.parametrize(("award_year", "line"), [("2024-25", "11"), ("2026-27", "11"), ("2027-28", "11a")])
def test_the_line_of_the_agi_is_that_of_the_tax_year_the_award_year_looks_at(award_year: str, line: str) -> None:
    assert line_of("agi", load(award_year).income_tax_year) == line
    assert where("agi", load(award_year).income_tax_year, "en") == f"AGI is on Form 1040, line {line}."


def test_every_amount_of_a_return_can_be_found_in_both_languages() -> None:
    for year in available():
        for field in (*MONEY_OF_A_PERSON, "additions", "offsets"):
            english, spanish = (where(field, load(year).income_tax_year, language) for language in ("en", "es"))
            assert english
            assert english != spanish


def test_what_is_on_no_return_has_no_line() -> None:
    assert where("cash_savings", 2024, "en") == ""


def test_every_line_has_a_page_and_the_day_it_was_checked() -> None:
    for place in tax_lines().lines.values():
        assert all(source.url for source in place.source)
        assert place.as_of.year >= 2025


def test_a_merged_question_names_only_lines_there_are() -> None:
    data = tax_lines()
    assert {name for group in data.groups.values() for name in group.of} <= set(data.lines)
