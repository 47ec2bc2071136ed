"""The statutory tables, one YAML file an award year.

`load("2026-27")` gives the tables, `available()` the years there are, and `year_to_file_for(today)` the year
that a person who names none is taken to be filing for.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from knowledge.award_years.model import AwardYear, Source
from knowledge.errors import AwardYearDataError, UnknownAwardYearError
from knowledge.tables import read_table

__all__ = ["AwardYear", "Source", "available", "load", "read", "year_to_file_for"]

_FOLDER = Path(__file__).parent


class _ExactLoader(yaml.SafeLoader):
    """Reads 0.0145 as the decimal it is written as: a binary float would shift results by a dollar."""


def _exact_decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node))


_ExactLoader.add_constructor("tag:yaml.org,2002:float", _exact_decimal)


def read(path: Path) -> AwardYear:
    """The tables in one file. Raises AwardYearDataError naming the first place that is wrong."""
    return read_table(path, AwardYear, AwardYearDataError, _ExactLoader)


@cache
def available() -> tuple[str, ...]:
    """The award years there are tables for, oldest first, e.g. ("2024-25", ...)."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yml")))


@cache
def load(year: str) -> AwardYear:
    """The tables of an award year such as "2026-27". Raises UnknownAwardYearError or AwardYearDataError."""
    if year not in available():
        raise UnknownAwardYearError(year, available())
    return read(_FOLDER / f"{year}.yml")


def year_to_file_for(today: date) -> str:
    """The award year a person would file for on `today`: the latest whose form is the default by then.

    Before the first form the earliest year is given, so that there is always an answer.
    """
    open_by_then = [year for year in available() if load(year).fafsa_form.default_from <= today]
    return open_by_then[-1] if open_by_then else available()[0]
