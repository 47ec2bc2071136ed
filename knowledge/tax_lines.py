"""Where each amount of an estimate stands on the federal tax return of a tax year, in words for people.

The lines and their sources are data: `tax_lines.yml`.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from knowledge.award_years.model import Section
from knowledge.errors import FigureError
from knowledge.tables import read_table

__all__ = ["TaxLines", "line_of", "tax_lines", "where"]

_FILE = Path(__file__).parent / "tax_lines.yml"


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str
    es: str


class Place(Section, _Words):
    """Where one amount stands. `by_tax_year` holds the line where it has one of its own in each year's form."""

    as_of: date
    confidence_detail: str = ""
    by_tax_year: dict[int, str] = {}


class Group(_Words):
    """Where the amounts of one merged question stand, in one sentence; `of` names them."""

    of: tuple[str, ...]


class TaxLines(BaseModel):
    """What `tax_lines.yml` holds, by the field's name without the person ("agi")."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lines: dict[str, Place]
    groups: dict[str, Group]


@cache
def tax_lines() -> TaxLines:
    """Every line. Raises FigureError naming the first place of the file that is wrong."""
    return read_table(_FILE, TaxLines, FigureError)


def line_of(field: str, tax_year: int) -> str:
    """The line of `field` on that year's Form 1040 ("11a"); the latest known one for a year not listed."""
    known = tax_lines().lines[field].by_tax_year
    return known.get(tax_year, known[max(known)])


def where(field: str, tax_year: int, language: Literal["en", "es"]) -> str:
    """A sentence that tells where `field`, or a group of fields, is found; "" when it is on no tax return."""
    data = tax_lines()
    found: Place | Group | None = data.lines.get(field) or data.groups.get(field)
    if found is None:
        return ""
    line = line_of(field, tax_year) if isinstance(found, Place) and found.by_tax_year else ""
    return (found.es if language == "es" else found.en).format_map({"line": line})
