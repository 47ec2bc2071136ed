"""Figures promise one value in one place, with a source, said as people write it."""

from datetime import date

import pytest

from knowledge.award_years import load
from knowledge.figures import figures, say_date


@pytest.mark.parametrize(
    ("written", "language", "read"),
    [
        ("The most is {{pell-max}}.", "en", "The most is $7,395."),
        ("{{ rate-undergraduate }} now", "es", "6.52% now"),
        ("by {{fafsa-deadline-2026}}", "en", "by June 30, 2027"),
        ("hasta el {{fafsa-deadline-2026}}", "es", "hasta el 30 de junio de 2027"),
        ("call {{phone-fsa}}", "en", "call 1-800-433-3243"),
    ],
)
def test_a_placeholder_reads_as_people_write_it(written: str, language: str, read: str) -> None:
    assert figures().fill(written, language) == read


def test_a_figure_that_does_not_exist_is_named() -> None:
    with pytest.raises(KeyError, match="pell-most"):
        figures().fill("{{pell-most}}", "en")


def test_what_the_formula_needs_too_is_the_same_there() -> None:
    assert figures()["pell-max"].value == load("2026-27").pell.award_amounts.maximum


def test_every_deadline_is_the_last_of_june_after_its_year_begins() -> None:
    for year in (2024, 2025, 2026, 2027):
        assert figures()[f"fafsa-deadline-{year}"].value == date(year + 1, 6, 30)


def test_a_day_is_said_in_both_languages() -> None:
    assert say_date(date(2026, 9, 1), "es") == "1 de septiembre de 2026"
    assert say_date(date(2026, 9, 1), "en") == "September 1, 2026"
