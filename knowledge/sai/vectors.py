"""Compares the formula with official test records, line by line.

A vectors file is a CSV with one record a row: the worksheet inputs under their canonical names, every
official value under `official_<line>`, then `reproducible`, `pell_indicators_reproducible` and `correct_sai`
(blank or absent: true, true, the official index). Blank amounts are 0; blank official values are not
compared.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast, get_args

from knowledge.award_years import load
from knowledge.errors import AwardYearError, VectorFileError
from knowledge.sai.estimate import Estimate, estimate
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

# Records call a way of filing that is not known "unknown"; here that is "".
_NOT_KNOWN = {"unknown": ""}
_NOT_WORKSHEET_LINES = frozenset({"sai_computation_type", "max_pell_indicator", "min_pell_indicator"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is not the official one."""

    line: str
    official: str
    computed: str


@dataclass(frozen=True, slots=True)
class RowReport:
    """One record. `lines` are the lines, index, formula and whether assets counted, where they differ.

    `without_effect` is whether assets counted, where it differs but the family reports none: no line can
    show it then. `compared` counts the values looked at.
    """

    case_id: str
    award_year: str
    reproducible: bool
    compared: int
    lines: tuple[Difference, ...]
    without_effect: tuple[Difference, ...]
    indicators_reproducible: bool
    indicators: tuple[Difference, ...]
    sai: int
    correct_sai: int | None

    @property
    def correct(self) -> bool:
        """Whether the index is what the published formula gives."""
        return self.correct_sai is None or self.sai == self.correct_sai

    @property
    def holds(self) -> bool:
        """Whether everything that can be reproduced in this record is."""
        lines_hold = not self.lines or not self.reproducible
        indicators_hold = not self.indicators or not self.indicators_reproducible
        return lines_hold and indicators_hold and self.correct


@dataclass(frozen=True, slots=True)
class Report:
    """All records of a file. `holds` is what a conformance run asks for."""

    rows: tuple[RowReport, ...]

    @property
    def holds(self) -> bool:
        return bool(self.rows) and all(row.holds for row in self.rows)

    def counts(self) -> dict[str, int]:
        """How many records and values there are, and how many agree."""
        reproducible = [row for row in self.rows if row.reproducible]
        with_indicators = [row for row in self.rows if row.indicators_reproducible]
        return {
            "rows": len(self.rows),
            "values_compared": sum(row.compared for row in self.rows),
            "values_differing": sum(len(row.lines) + len(row.indicators) for row in self.rows),
            "differing_without_effect": sum(len(row.without_effect) for row in self.rows),
            "reproducible": len(reproducible),
            "reproducible_agreeing": sum(not row.lines for row in reproducible),
            "indicators_reproducible": len(with_indicators),
            "indicators_agreeing": sum(not row.indicators for row in with_indicators),
            "correct_sai": sum(row.correct_sai is not None for row in self.rows),
            "correct_sai_met": sum(row.correct_sai is not None and row.correct for row in self.rows),
        }

    def as_dict(self) -> dict[str, object]:
        """Plain data for a JSON report: whether it holds, the counts, each record with its differences."""
        rows = [{**asdict(row), "holds": row.holds} for row in self.rows]
        return {"holds": self.holds, "counts": self.counts(), "rows": rows}


def check(path: Path) -> Report:
    """Works out every record of a vectors file. Raises VectorFileError naming the unreadable line."""
    return Report(tuple(_check_row(row, path, line) for line, row in _rows(path)))


def inputs_of(row: Mapping[str, str]) -> EstimateInputs:
    """The formula's inputs in one record. Raises ValueError or KeyError for what is not in the format."""
    return EstimateInputs(
        family=Family(
            dependency=cast(DependencyStatus, _code(row, "dependency", DependencyStatus)),
            student_marital_status=cast(
                StudentMaritalStatus, _code(row, "student_marital_status", StudentMaritalStatus)
            ),
            parent_marital_status=cast(ParentMaritalStatus, _code(row, "parent_marital_status", ParentMaritalStatus)),
            family_size=int(row["family_size"]) if row["family_size"] else None,
            state_for_poverty=row["state_for_poverty"],
            means_tested_benefit=row["means_tested_benefit"] == "yes",
            eitc_received=row["eitc_received"] == "yes",
        ),
        student=_person(row, "student") or Person(),
        student_spouse=_person(row, "student_spouse"),
        parent=_person(row, "parent"),
        other_parent=_person(row, "other_parent"),
        student_assets=_assets(row, "student"),
        parent_assets=_assets(row, "parent"),
    )


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            reader = csv.DictReader(file)
            for row in reader:
                yield reader.line_num, row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise VectorFileError(path, None, f"cannot be read as CSV ({error})") from error


def _code(row: Mapping[str, str], column: str, literal: Any) -> str:
    code = _NOT_KNOWN.get(row[column], row[column])
    if code not in get_args(literal):
        raise ValueError(f"{column} is {code!r}")
    return code


def _person(row: Mapping[str, str], who: str) -> Person | None:
    money: dict[str, Any] = {name: int(row[f"{who}_{name}"] or 0) for name in MONEY_OF_A_PERSON}
    if not row[f"{who}_filer_class"] and not any(money.values()):
        return None
    return Person(
        filer_class=cast(FilerClass, _code(row, f"{who}_filer_class", FilerClass)),
        filing_status=cast(FilingStatus, _code(row, f"{who}_filing_status", FilingStatus)),
        income_source=row[f"{who}_income_source"] or "self_reported",
        files_schedule_abdefh=row[f"{who}_files_schedule_abdefh"] == "yes",
        **money,
    )


def _assets(row: Mapping[str, str], who: str) -> Assets:
    amounts: dict[str, Any] = {name: int(row[f"{who}_{name}"] or 0) for name in MONEY_OF_ASSETS}
    return Assets(**amounts)


def _check_row(row: Mapping[str, str], path: Path, line: int) -> RowReport:
    try:
        inputs = inputs_of(row)
        result = estimate(inputs, load(row["award_year"]))
        official = {
            column.removeprefix("official_"): value
            for column, value in row.items()
            if column.startswith("official_") and value
        }
        differing, compared = _line_differences(official, result)
        nothing_to_count = inputs.student_assets == inputs.parent_assets == Assets()
        without_effect = tuple(d for d in differing if nothing_to_count and d.line == "assets_counted")
        indicators = _indicator_differences(official, result)
        correct = row.get("correct_sai") or official.get("sai") or official.get("provisional_sai")
        return RowReport(
            case_id=row["case_id"],
            award_year=row["award_year"],
            reproducible=row.get("reproducible") != "false",
            compared=compared + 2,
            lines=tuple(d for d in differing if d not in without_effect),
            without_effect=without_effect,
            indicators_reproducible=row.get("pell_indicators_reproducible") != "false",
            indicators=indicators,
            sai=result.sai,
            correct_sai=int(correct) if correct else None,
        )
    except AwardYearError as error:
        raise VectorFileError(path, line, str(error)) from error
    except KeyError as error:
        raise VectorFileError(path, line, f"has no column {error}") from error
    except (TypeError, ValueError) as error:
        raise VectorFileError(path, line, f"is not in the format ({error})") from error


def _line_differences(official: Mapping[str, str], result: Estimate) -> tuple[tuple[Difference, ...], int]:
    flags = {
        "assets_counted": "yes" if result.assets_counted else "no",
        "formula": result.formula,
        "provisional_sai": str(result.sai),
        "sai": str(result.sai),
    }
    pairs = [
        (key, value, flags.get(key, str(result.worksheet.value(key) or 0)))
        for key, value in official.items()
        if key not in _NOT_WORKSHEET_LINES
    ]
    differing = tuple(Difference(key, value, ours) for key, value, ours in pairs if value != ours)
    return differing, len(pairs)


def _indicator_differences(official: Mapping[str, str], result: Estimate) -> tuple[Difference, ...]:
    not_published = result.min_pell_indicator is None
    computed = {
        "max_pell_indicator": result.max_pell_indicator,
        "min_pell_indicator": "not published" if not_published else str(result.min_pell_indicator),
    }
    return tuple(
        Difference(name, official.get(name, ""), ours)
        for name, ours in computed.items()
        if ours != official.get(name, "")
    )
