"""The figures that notes and answers quote, each in one place with its source: amounts, rates, fees, dates, phones.

A note writes `{{pell-max}}` and reads "$7,395". `*.yml` beside this module holds them by subject; a figure that the
formula or the loan calculator needs too is named there by its place in their table, so the two cannot differ.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.errors import FigureError
from knowledge.tables import read_table

__all__ = ["PLACEHOLDER", "Figure", "FigureSource", "Figures", "figures", "say_date"]

Kind = Literal["money", "percent", "date", "phone"]
Confidence = Literal["confirmed", "single_source", "general_knowledge"]

PLACEHOLDER = re.compile(r"\{\{\s*(?P<name>[a-z0-9-]+)\s*\}\}")
_HERE = Path(__file__).parent
_MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    ),
}  # fmt: skip


class _Page(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    value: str | date | None = None
    table: str | None = None
    at: str | None = None
    award_year: str | None = None
    source: _Page | None = None
    as_of: date | None = None
    confidence: Confidence | None = None

    @model_validator(mode="after")
    def _sourced(self) -> "_Entry":
        own = self.value is not None and self.source and self.as_of and self.confidence
        if not own and not (self.table and self.at):
            raise ValueError("a figure has a value with source, as_of and confidence, or a table and a place in it")
        return self


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: dict[str, _Page] = {}
    figures: dict[str, _Entry]


@dataclass(frozen=True)
class FigureSource:
    """Where a figure was read, the day it was last checked there, and how sure it is."""

    title: str
    url: str
    as_of: date
    confidence: Confidence


@dataclass(frozen=True)
class Figure:
    """One figure: whole US dollars, percent, a day, or a phone number as it is dialled.

    `award_year` is the one it holds for, None for all. `source` is None where a table has the figure and its source.
    """

    name: str
    kind: Kind
    value: int | Decimal | date | str
    award_year: str | None = None
    source: FigureSource | None = None

    def said(self, language: str) -> str:
        """The figure as people of that language (en, es; US usage) read it."""
        if isinstance(self.value, date):
            return say_date(self.value, language)
        if self.kind == "money":
            return f"${self.value:,}"
        return f"{self.value}%" if self.kind == "percent" else str(self.value)


def say_date(day: date, language: str) -> str:
    """A day as people of that language (en, es; US usage) write it: June 30, 2027."""
    month = _MONTHS[language][day.month - 1]
    return f"{day.day} de {month} de {day.year}" if language == "es" else f"{month} {day.day}, {day.year}"


class Figures(Mapping[str, Figure]):
    """All figures by name."""

    def __init__(self, by_name: Mapping[str, Figure]) -> None:
        self._by_name = dict(by_name)

    def __getitem__(self, name: str) -> Figure:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def fill(self, text: str, language: str) -> str:
        """`text` with every `{{name}}` in it replaced. Raises KeyError with the name of one that does not exist."""
        return PLACEHOLDER.sub(lambda found: self[found["name"]].said(language), text)


@cache
def figures() -> Figures:
    """The figures as the files hold them. Raises `FigureError` for one that is not sourced or not in its table."""
    found: dict[str, Figure] = {}
    for path in sorted(_HERE.glob("*.yml")):
        for name, entry in read_table(path, _File, FigureError).figures.items():
            if name in found:
                raise FigureError(path, f"{name} is there twice; give one of them another name")
            found[name] = Figure(name, entry.kind, _value(path, name, entry), entry.award_year, _source(entry))
    return Figures(found)


def _source(entry: _Entry) -> FigureSource | None:
    if entry.source is None or entry.as_of is None or entry.confidence is None:
        return None
    return FigureSource(entry.source.title, entry.source.url, entry.as_of, entry.confidence)


def _value(path: Path, name: str, entry: _Entry) -> int | Decimal | date | str:
    value: Any = entry.value
    if entry.table and entry.at:
        value = _table(entry.table)
        for part in entry.at.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if value is None:
            raise FigureError(path, f"{name}: {entry.table} holds nothing at {entry.at}")
    if entry.kind == "percent" and isinstance(value, str):
        return Decimal(value)
    if entry.kind == "money" and isinstance(value, int):
        return value
    if entry.kind == "date" and isinstance(value, date):
        return value
    if entry.kind == "phone" and isinstance(value, str):
        return value
    raise FigureError(path, f"{name}: {value!r} is no {entry.kind}")


@cache
def _table(name: str) -> Any:
    return yaml.safe_load((_HERE.parent / name).read_text(encoding="utf-8"))
