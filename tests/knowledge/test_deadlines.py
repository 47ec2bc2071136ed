"""Deadlines promise: one federal day a year, and never a state's day for a year it was not given for."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge.award_years import available, load
from knowledge.deadlines import deadlines, terms
from knowledge.errors import GuideError, UnknownAwardYearError
from knowledge.states import state_deadlines
from knowledge.tables import read_table

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("year", available())
def test_the_federal_day_is_the_one_of_the_years_tables_and_counts_down_to_it(year: str) -> None:
    last = load(year).fafsa_form.federal_deadline
    on_the_day, after = deadlines(year, None, last), deadlines(year, None, last + timedelta(days=1))
    assert (on_the_day.closed, on_the_day.days_left) == (False, 0)
    assert (after.closed, after.days_left) == (True, 0)
    assert deadlines(year, None, last - timedelta(days=30)).days_left == 30


def test_every_state_has_an_answer_for_every_year() -> None:
    table = state_deadlines()
    for year in available():
        for code, row in table.states.items():
            found = deadlines(year, code, TODAY)
            in_table = year in {table.award_year, table.next_award_year}
            assert (found.row is not None) == in_table
            if found.basis == "this_cycle":
                assert year == table.award_year
                assert found.state_date == row.dates[0].day
            elif found.basis == "last_cycle":
                assert year == table.next_award_year
                assert found.listed_year == table.award_year
            else:
                assert found.state_date is None
                assert in_table is False or found.basis in terms().glance


def test_a_year_before_the_table_is_not_answered_from_it() -> None:
    assert deadlines("2025-26", "TX", TODAY).basis == "ask_school"
    assert deadlines("2025-26", "TX", TODAY).remarks == ()


def test_a_day_is_missed_only_when_all_the_states_days_lie_behind() -> None:
    assert deadlines("2026-27", "TX", TODAY).missed
    assert not deadlines("2026-27", "NY", TODAY).missed
    assert not deadlines("2026-27", "NJ", date(2026, 5, 1)).missed
    assert not deadlines("2027-28", "TX", TODAY).missed


@pytest.mark.parametrize("place", ["PR", "OT", None])
def test_a_place_without_a_row_is_sent_to_the_school(place: str | None) -> None:
    assert deadlines("2026-27", place, TODAY).basis == "ask_school"


def test_the_pages_are_named_once_with_the_earliest_day_they_were_checked() -> None:
    [page] = deadlines("2026-27", "NY", TODAY).citations("es")
    assert page.title == "Fechas límite de la FAFSA"
    assert page.as_of == date(2026, 6, 1)


def test_an_award_year_without_tables_is_refused() -> None:
    with pytest.raises(UnknownAwardYearError):
        deadlines("2031-32", "TX", TODAY)


def test_a_broken_file_is_named_with_its_place(tmp_path: Path) -> None:
    broken = tmp_path / "deadlines.yml"
    broken.write_text("reminder: {most_texts: 0}\n", encoding="utf-8")
    with pytest.raises(GuideError, match=r"deadlines\.yml"):
        read_table(broken, type(terms()), GuideError)
