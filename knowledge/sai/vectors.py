"""Compares the formula with official test records, line by line. `vector_file` says what a file holds."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.award_years import load
from knowledge.sai.estimate import Estimate, estimate
from knowledge.sai.inputs import Assets, Formula
from knowledge.sai.vector_file import Record, read

_INDICATORS = ("max_pell_indicator", "min_pell_indicator")
# How the Department came to an index is told by the indicators too.
_NOT_COMPARED = frozenset({"sai_computation_type", *_INDICATORS})


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
    show it then. `compared` names every value looked at.
    """

    case_id: str
    award_year: str
    formula: Formula
    reproducible: bool
    compared: tuple[str, ...]
    lines: tuple[Difference, ...]
    without_effect: tuple[Difference, ...]
    indicators_reproducible: bool
    indicators: tuple[Difference, ...]
    sai: int
    correct_sai: int | None
    note: str

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

    def as_dict(self) -> dict[str, object]:
        """Plain data for a JSON report."""
        return {
            "case_id": self.case_id,
            "award_year": self.award_year,
            "formula": self.formula,
            "holds": self.holds,
            "reproducible": self.reproducible,
            "indicators_reproducible": self.indicators_reproducible,
            "values_compared": len(self.compared),
            "differing": [_plain(one) for one in (*self.lines, *self.indicators)],
            "without_effect": [_plain(one) for one in self.without_effect],
            "sai": self.sai,
            "correct_sai": self.correct_sai,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many reproducible records agree on one line: a worksheet line, "formula" or "assets_counted"."""

    award_year: str
    formula: Formula
    line: str
    agreeing: int
    compared: int


@dataclass(frozen=True, slots=True)
class Report:
    """All records of the files. `holds` is what a conformance run asks for."""

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
            "values_compared": sum(len(row.compared) for row in self.rows),
            "values_differing": sum(len(row.lines) + len(row.indicators) for row in self.rows),
            "differing_without_effect": sum(len(row.without_effect) for row in self.rows),
            "reproducible": len(reproducible),
            "reproducible_agreeing": sum(not row.lines for row in reproducible),
            "indicators_reproducible": len(with_indicators),
            "indicators_agreeing": sum(not row.indicators for row in with_indicators),
            "correct_sai": sum(row.correct_sai is not None for row in self.rows),
            "correct_sai_met": sum(row.correct_sai is not None and row.correct for row in self.rows),
        }

    def agreement(self) -> tuple[Agreement, ...]:
        """The agreement of reproducible records by award year, formula and line, lines in worksheet order."""
        compared: Counter[tuple[str, Formula, str]] = Counter()
        differing: Counter[tuple[str, Formula, str]] = Counter()
        for row in self.rows:
            lines, indicators = row.reproducible, row.indicators_reproducible
            counted = {line for line in row.compared if (indicators if line in _INDICATORS else lines)}
            compared.update((row.award_year, row.formula, line) for line in row.compared if line in counted)
            found = (*row.lines, *row.indicators)
            differing.update((row.award_year, row.formula, one.line) for one in found if one.line in counted)
        ordered = sorted(compared, key=lambda key: key[:2])
        return tuple(Agreement(*key, compared[key] - differing[key], compared[key]) for key in ordered)

    def as_dict(self) -> dict[str, object]:
        """Plain data for a JSON report: whether it holds, the counts, each record with its differences."""
        return {
            "holds": self.holds,
            "counts": self.counts(),
            "agreement": [
                {"award_year": a.award_year, "formula": a.formula, "line": a.line,
                 "agreeing": a.agreeing, "compared": a.compared}
                for a in self.agreement()
            ],
            "rows": [row.as_dict() for row in self.rows],
        }  # fmt: skip


def check(*paths: Path) -> Report:
    """Works out every record of the files. Raises VectorFileError naming the unreadable line and column."""
    return Report(tuple(check_record(record) for path in paths for record in read(path)))


def check_record(record: Record) -> RowReport:
    """Works out one record and compares every value the Department gives."""
    result = estimate(record.inputs, load(record.award_year))
    official = {key: value for key, value in record.official.items() if key not in _NOT_COMPARED}
    if record.formula_expected:
        official.setdefault("formula", record.formula_expected)
    differing = _differing(official, _computed(official, result))
    nothing_to_count = record.inputs.student_assets == record.inputs.parent_assets == Assets()
    without_effect = tuple(d for d in differing if nothing_to_count and d.line == "assets_counted")
    return RowReport(
        case_id=record.case_id,
        award_year=record.award_year,
        formula=result.formula,
        reproducible=record.reproducible,
        compared=(*official, *_INDICATORS),
        lines=tuple(d for d in differing if d not in without_effect),
        without_effect=without_effect,
        indicators_reproducible=record.indicators_reproducible,
        indicators=_differing({name: record.official.get(name, "") for name in _INDICATORS}, _indicators(result)),
        sai=result.sai,
        correct_sai=record.correct_sai,
        note=record.note,
    )


def _computed(official: Iterable[str], result: Estimate) -> dict[str, str]:
    flags = {
        "assets_counted": "yes" if result.assets_counted else "no",
        "formula": result.formula,
        "provisional_sai": str(result.sai),
    }
    # The records write 0 for a line that does not apply, such as the net worth of a family excused from assets.
    return {key: flags.get(key, str(result.worksheet.value(key) or 0)) for key in official}


def _indicators(result: Estimate) -> dict[str, str]:
    minimum = result.min_pell_indicator
    return {
        "max_pell_indicator": result.max_pell_indicator,
        "min_pell_indicator": "not published" if minimum is None else minimum,
    }


def _differing(official: Mapping[str, str], computed: Mapping[str, str]) -> tuple[Difference, ...]:
    return tuple(Difference(line, value, computed[line]) for line, value in official.items() if value != computed[line])


def _plain(difference: Difference) -> dict[str, str]:
    return {"line": difference.line, "official": difference.official, "computed": difference.computed}
