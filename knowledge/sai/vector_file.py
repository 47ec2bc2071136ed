"""Reading a file of official test records: a CSV with one record a row.

The worksheet inputs stand under their canonical names, every official value under `official_<line>`, then
`reproducible`, `pell_indicators_reproducible` and `correct_sai` (blank or absent: true, true, the official index).
Blank amounts are 0; blank official values are not compared.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from knowledge.award_years import available
from knowledge.canonical import codes_of
from knowledge.errors import VectorFileError
from knowledge.sai.inputs import (
    MONEY_OF_A_PERSON,
    MONEY_OF_ASSETS,
    Assets,
    DependencyStatus,
    EstimateInputs,
    Family,
    FilerClass,
    FilingStatus,
    ParentMaritalStatus,
    Person,
    StudentMaritalStatus,
)

_PEOPLE = ("student", "student_spouse", "parent", "other_parent")
_YES_NO = ("yes", "no")
_TRUE_FALSE = ("true", "false")
_CODES = {
    "student_marital_status": codes_of(StudentMaritalStatus),
    "parent_marital_status": codes_of(ParentMaritalStatus),
    "means_tested_benefit": _YES_NO,
    "eitc_received": _YES_NO,
    **{f"{who}_filer_class": codes_of(FilerClass) for who in _PEOPLE},
    **{f"{who}_filing_status": codes_of(FilingStatus) for who in _PEOPLE},
    **{f"{who}_income_source": ("fti", "self_reported", "mixed") for who in _PEOPLE},
    **{f"{who}_files_schedule_abdefh": _YES_NO for who in _PEOPLE},
}
_NOT_KNOWN = ("", "unknown")
_WHOLE_NUMBERS = (
    *(f"{who}_{name}" for who in _PEOPLE for name in MONEY_OF_A_PERSON),
    *(f"{who}_{name}" for who in ("student", "parent") for name in MONEY_OF_ASSETS),
)
_REQUIRED = ("case_id", "award_year", "dependency", *_CODES, "family_size", "state_for_poverty", *_WHOLE_NUMBERS)


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `official` holds what the Department worked out, as written, by line; `line` is that of the file."""

    case_id: str
    award_year: str
    line: int
    inputs: EstimateInputs
    official: Mapping[str, str]
    formula_expected: str
    reproducible: bool
    indicators_reproducible: bool
    correct_sai: int | None
    note: str


def read(path: Path) -> tuple[Record, ...]:
    """Every record of a file. Raises VectorFileError naming the line and column that cannot be read."""
    try:
        # Spreadsheets put a mark before the first column's name.
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = csv.reader(file, strict=True)
            header = next(rows, None)
            if not header:
                raise VectorFileError(path, 1, "has no header; expected the columns of the vector format")
            _check_header(header, path)
            return tuple(_records(rows, header, path))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise VectorFileError(path, None, f"cannot be read as CSV ({error})") from error


def _check_header(header: list[str], path: Path) -> None:
    missing = next((name for name in _REQUIRED if name not in header), None)
    if missing:
        raise VectorFileError(path, 1, "this column is missing", missing)
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice:
        raise VectorFileError(path, 1, "this column stands twice", twice)


def _records(rows: Any, header: list[str], path: Path) -> Iterator[Record]:
    for cells in rows:
        line = rows.line_num
        if not cells:
            continue
        if len(cells) != len(header):
            raise VectorFileError(path, line, f"has {len(cells)} cells, the header has {len(header)}")
        yield _record(_Row(dict(zip(header, cells, strict=True)), path, line))


class _Row:
    """The cells of a row, each read as what its column must hold."""

    def __init__(self, cells: dict[str, str], path: Path, line: int) -> None:
        self.cells = cells
        self.path = path
        self.line = line

    def wrong(self, column: str, allowed: str) -> VectorFileError:
        return VectorFileError(self.path, self.line, f"{self.cells[column]!r} is not {allowed}", column)

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def code(self, column: str, allowed: tuple[str, ...] | None = None) -> str:
        """One of the codes of the column, "" when it is not known. `allowed` leaves no way out of the codes."""
        value = self.text(column)
        if allowed is None and value in _NOT_KNOWN:
            return ""
        codes = allowed or _CODES[column]
        if value not in codes:
            raise self.wrong(column, "one of " + ", ".join(codes))
        return value

    def is_true(self, column: str) -> bool:
        """Whether the column says so; a blank or absent one does."""
        return not self.text(column) or self.code(column, _TRUE_FALSE) == "true"

    def number(self, column: str) -> int | None:
        """A whole number, None for a blank cell."""
        value = self.cells.get(column, "")
        if value == "":
            return None
        try:
            return int(value)
        except ValueError as error:
            raise self.wrong(column, "a whole number") from error

    def yes(self, column: str) -> bool:
        return self.code(column) == "yes"


def _record(row: _Row) -> Record:
    if row.text("award_year") not in available():
        raise row.wrong("award_year", "one of " + ", ".join(available()))
    official = {
        column.removeprefix("official_"): value
        for column, value in row.cells.items()
        if column.startswith("official_") and value
    }
    correct = row.number("correct_sai")
    if correct is None:
        stands_in = "official_sai" if official.get("sai") else "official_provisional_sai"
        correct = row.number(stands_in)
    return Record(
        case_id=row.text("case_id"),
        award_year=row.text("award_year"),
        line=row.line,
        inputs=_inputs(row),
        official=official,
        formula_expected=row.text("formula_expected"),
        reproducible=row.is_true("reproducible"),
        indicators_reproducible=row.is_true("pell_indicators_reproducible"),
        correct_sai=correct,
        note=row.text("note"),
    )


def _inputs(row: _Row) -> EstimateInputs:
    size = row.number("family_size")
    if size is not None and size < 1:
        raise row.wrong("family_size", "a whole number from 1")
    return EstimateInputs(
        family=Family(
            dependency=cast(DependencyStatus, row.code("dependency", codes_of(DependencyStatus))),
            student_marital_status=cast(StudentMaritalStatus, row.code("student_marital_status")),
            parent_marital_status=cast(ParentMaritalStatus, row.code("parent_marital_status")),
            family_size=size,
            state_for_poverty=row.text("state_for_poverty"),
            means_tested_benefit=row.yes("means_tested_benefit"),
            eitc_received=row.yes("eitc_received"),
        ),
        student=_person(row, "student") or Person(),
        student_spouse=_person(row, "student_spouse"),
        parent=_person(row, "parent"),
        other_parent=_person(row, "other_parent"),
        student_assets=_assets(row, "student"),
        parent_assets=_assets(row, "parent"),
    )


def _person(row: _Row, who: str) -> Person | None:
    money: dict[str, Any] = {name: row.number(f"{who}_{name}") or 0 for name in MONEY_OF_A_PERSON}
    if not row.text(f"{who}_filer_class") and not any(money.values()):
        return None
    return Person(
        filer_class=cast(FilerClass, row.code(f"{who}_filer_class")),
        filing_status=cast(FilingStatus, row.code(f"{who}_filing_status")),
        income_source=row.code(f"{who}_income_source") or "self_reported",
        files_schedule_abdefh=row.yes(f"{who}_files_schedule_abdefh"),
        **money,
    )


def _assets(row: _Row, who: str) -> Assets:
    amounts: dict[str, Any] = {name: row.number(f"{who}_{name}") or 0 for name in MONEY_OF_ASSETS}
    return Assets(**amounts)
