"""A part of a date in place of another: what a date that was told wrong becomes."""

from __future__ import annotations

from datetime import date

import pytest

from actions.answers.date_change import Lean, changed_date, names_month, tells_of

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("held", "old", "new", "becomes"),
    [
        ("2026-02", "en febrero", "en marzo", "2026-03"),
        ("2008-03-03", "the 3rd", "the 13th", "2008-03-13"),
        ("2008-03-03", "the 3rd", "the 13th of march", "2008-03-13"),
        ("2009-05-07", "may 7", "july 5", "2009-07-05"),
        ("2026-12-10", "dec 10", "el 5 de enero de 2027", "2027-01-05"),
        ("2008-02-14", "2008", "2007", "2007-02-14"),
        ("2008-02-14", "el 14", "el 24", "2008-02-24"),
    ],
)
def test_what_is_told_anew_takes_the_place_of_what_was_wrong(held: str, old: str, new: str, becomes: str) -> None:
    assert tells_of(held, old, today=TODAY)
    assert changed_date(held, new, today=TODAY) == becomes


@pytest.mark.parametrize(
    ("held", "new", "lean", "becomes"),
    [
        ("2025-12", "en enero", "past", "2026-01"),
        ("2025-02", "en marzo", "past", "2025-03"),
        ("2026-10", "december", "past", "2025-12"),
        ("2027-01-15", "december 15", "future", "2026-12-15"),
        ("2026-12-15", "february 1", "future", "2027-02-01"),
        ("2008-12-30", "january 30", None, "2008-01-30"),
    ],
)
def test_a_month_without_its_year_is_the_nearest_one_that_can_be_meant(
    held: str, new: str, lean: Lean, becomes: str
) -> None:
    assert changed_date(held, new, today=TODAY, lean=lean) == becomes


@pytest.mark.parametrize("said", ["in march", "the 4th", "2007", "60", "64k", "my mom"])
def test_words_about_another_date_or_none_are_not_of_this_one(said: str) -> None:
    assert not tells_of("2008-02-14", said, today=TODAY)


@pytest.mark.parametrize("said", ["el 31", "64k", "my birthday"])
def test_what_makes_no_date_changes_none(said: str) -> None:
    assert changed_date("2008-02-14", said, today=TODAY) is None


def test_a_month_is_known_by_its_name_alone() -> None:
    assert names_month("en febrero")
    assert not names_month("2026-27")
