"""When the FAFSA is due: the federal day, and what is known of a state's date, for one award year on one day. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.award_years import load
from knowledge.cited import Citation, CitedPage, Sentence, cite
from knowledge.errors import GuideError
from knowledge.states.deadlines import Remark, StateDeadline, state_deadlines
from knowledge.tables import read_table

__all__ = ["Basis", "Deadlines", "Terms", "deadlines", "terms"]

Basis = Literal["this_cycle", "last_cycle", "as_soon_as_possible", "ask_school", "sources_disagree"]
_FILE = Path(__file__).parent / "deadlines.yml"


class _Reminder(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    most_texts: int = Field(ge=1)


class Terms(BaseModel):
    """What all deadlines share: the page, the hour of the federal day, how often a reminder may be sent.

    `glance` holds the words of a table of dates: "federal", "open_until", and one entry for each basis but this_cycle.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    page: CitedPage
    closes_at: Sentence
    reminder: _Reminder
    glance: dict[str, Sentence]


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The deadlines of one award year.

    `days_left` counts whole days to the federal day, 0 once it has passed. `state` is a postal code or None; `row` is
    what the table holds for it. `state_date` is the first date of that row: of this award year, or with the basis
    last_cycle of `listed_year`; None where no day is known. `opened` is the day from which states that name none
    count. `missed` says that every day of the row lies behind.
    """

    award_year: str
    federal: date
    closed: bool
    days_left: int
    state: str | None
    row: StateDeadline | None
    basis: Basis
    state_date: date | None
    listed_year: str
    opened: date | None
    missed: bool
    remarks: tuple[Remark, ...]

    def citations(self, language: str) -> tuple[Citation, ...]:
        """Where all of this stands."""
        return cite(self._pages(), language)

    def _pages(self) -> Iterator[CitedPage]:
        yield terms().page
        table = state_deadlines()
        if self.row is not None:
            page = table.source
            yield CitedPage(**page.model_dump(), as_of=table.as_of, confidence=table.confidence)
        for remark in self.remarks:
            yield CitedPage(**remark.source.model_dump(), as_of=remark.as_of, confidence=remark.confidence)


def deadlines(award_year: str, state: str | None, today: date) -> Deadlines:
    """The deadlines of `award_year` ("2026-27") for someone who lives in `state`, None when that is not known.

    A place that the table does not hold (a territory, another country) is answered like a state without a date.
    Raises UnknownAwardYearError.
    """
    federal = load(award_year).fafsa_form.federal_deadline
    table = state_deadlines()
    cycle = {table.award_year: 0, table.next_award_year: 1}.get(award_year)
    row = table.states.get(state or "") if cycle is not None else None
    basis = _basis(row, cycle)
    dated = row is not None and basis in {"this_cycle", "last_cycle"}
    days = tuple(one.day for one in row.dates) if row is not None and dated else ()
    remarks = table.more.get(state or "", ()) if cycle is not None else ()
    return Deadlines(
        award_year=award_year,
        federal=federal,
        closed=today > federal,
        days_left=max((federal - today).days, 0),
        state=state,
        row=row,
        basis=basis,
        state_date=days[0] if days else None,
        listed_year=table.award_year,
        opened=None if cycle is None else (table.opened, table.next_opened)[cycle],
        missed=basis == "this_cycle" and max(days) < today,
        remarks=tuple(one for one in remarks if one.award_year in {None, award_year}),
    )


def _basis(row: StateDeadline | None, cycle: int | None) -> Basis:
    """What the table knows for that cycle: 0 for the one it was made for, 1 for the next."""
    if row is None or row.day_of_term:
        return "ask_school"
    if row.basis == "date":
        return "last_cycle" if cycle else "this_cycle"
    return row.basis


@cache
def terms() -> Terms:
    """What all deadlines share. Raises GuideError when `deadlines.yml` breaks its format."""
    return read_table(_FILE, Terms, GuideError)
