"""The table of state deadlines, `deadlines.yml`, in typed form."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.errors import FigureError
from knowledge.tables import read_table

__all__ = ["DeadlineTable", "Page", "Remark", "StateDate", "StateDeadline", "state_deadlines"]

DateKind = Literal["deadline", "priority", "recommended", "postmark", "processed"]
_Confidence = Literal["confirmed", "single_source", "general_knowledge"]
_FILE = Path(__file__).parent / "deadlines.yml"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Page(_Part):
    """An official page, with its title in both languages."""

    title: str
    title_es: str
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]


class StateDate(_Part):
    """A day, what kind of deadline it is, and the program it is for where the state has several."""

    day: date
    kind: DateKind
    program: str | None = Field(None, alias="for")
    program_es: str | None = Field(None, alias="for_es")


class StateDeadline(_Part):
    """One state's row. `basis` says what the table knows; see the head of the file."""

    name: str
    name_es: str | None = None
    basis: Literal["date", "as_soon_as_possible", "ask_school", "sources_disagree"]
    dates: tuple[StateDate, ...] = ()
    day_of_term: int | None = None
    program: str | None = None
    until_funds_run_out: bool = False
    first_come: bool = False

    @model_validator(mode="after")
    def _dated(self) -> "StateDeadline":
        if self.basis in {"date", "sources_disagree"} and not self.dates and not self.day_of_term:
            raise ValueError("a state with a date basis has dates or a day of term")
        return self

    def called(self, language: str) -> str:
        """The state's name in that language."""
        return self.name_es or self.name if language == "es" else self.name


class Remark(_Part):
    """A sentence more about a state, in both languages, with its source; `award_year` is None when it holds for all."""

    en: str
    es: str
    source: Page
    as_of: date
    confidence: _Confidence
    award_year: str | None = None


class DeadlineTable(_Part):
    """All states by postal code, for one award year, and what is known of the next."""

    award_year: str
    opened: date
    next_award_year: str
    next_opened: date
    source: Page
    as_of: date
    confidence: _Confidence
    states: dict[str, StateDeadline]
    more: dict[str, tuple[Remark, ...]] = {}


@cache
def state_deadlines() -> DeadlineTable:
    """The table. Raises `FigureError` when the file breaks its format."""
    return read_table(_FILE, DeadlineTable, FigureError)
