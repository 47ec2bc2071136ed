"""The federal formula at the command line: official records compared, and one family's worksheet."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from aidline.clock import SystemClock
from aidline.errors import InputError

if TYPE_CHECKING:
    from knowledge.sai.vectors import Agreement, Report

__all__ = ["answers_from", "check_as_text", "check_report", "estimate_as_text", "estimate_report"]

_COMPARED = (
    ("reproducible records that agree on every line and the index", "reproducible_agreeing", "reproducible"),
    ("records that agree on both Pell indicators", "indicators_agreeing", "indicators_reproducible"),
    ("records with the index of the published formula", "correct_sai_met", "correct_sai"),
)


def check_report(files: Sequence[Path]) -> dict[str, Any]:
    """The formula against the records of `files`, ready for JSON: counts, agreement, every difference, goals.

    Raises VectorFileError naming the file, line and column that cannot be read.
    """
    from knowledge.sai.vectors import check

    started = perf_counter()
    report = check(*files)
    counts = report.counts()
    return {
        "report": "sai check",
        "files": [str(path) for path in files],
        **report.as_dict(),
        "goals": [
            {
                "name": name,
                "value": counts[met],
                "limit": counts[of],
                "unit": "records",
                "holds": counts[met] == counts[of],
            }
            for name, met, of in _COMPARED
        ],
        "versions": {"aidline": version("aidline")},
        "seconds": round(perf_counter() - started, 3),
    }


def check_as_text(files: Sequence[Path]) -> tuple[str, bool]:
    """The comparison for reading, and whether everything that can be reproduced is."""
    from knowledge.sai.vectors import check

    report = check(*files)
    blocks = [
        _agreement(key, list(lines)) for key, lines in groupby(report.agreement(), lambda a: (a.award_year, a.formula))
    ]
    return "\n\n".join([*blocks, _differences(report), _totals(report)]), report.holds


def _agreement(key: tuple[str, str], lines: Sequence[Agreement]) -> str:
    year, formula = key
    rows = [f"  {one.line:<44} {one.agreeing:>4} of {one.compared}{_mark(one)}" for one in lines]
    return "\n".join([f"{year}, formula {formula}: records that agree, by line", *rows])


def _mark(one: Agreement) -> str:
    return "" if one.agreeing == one.compared else "  ✗"


def _differences(report: Report) -> str:
    """Each record with a value that differs: the line, ours and theirs."""
    told = []
    for row in report.rows:
        found = [*row.lines, *row.indicators]
        if found or not row.correct:
            note = f": {row.note}" if row.note else ""
            told.append(f"  {row.case_id}{'' if row.reproducible else ' (defective record)'}{note}")
        told += [f"    {one.line}: ours {one.computed}, theirs {one.official}" for one in found]
        if not row.correct:
            told.append(f"    index: ours {row.sai}, the published formula gives {row.correct_sai}")
    return "\n".join(["Differences", *(told or ["  none"])])


def _totals(report: Report) -> str:
    counts = report.counts()
    sums = [f"  {counts[met]} of {counts[of]} {name}" for name, met, of in _COMPARED]
    ending = "✓ Everything that can be reproduced is." if report.holds else "✗ The formula and the records disagree."
    return "\n".join([f"{counts['rows']} records, {counts['values_compared']} values compared", *sums, ending])


def answers_from(given: Sequence[str]) -> dict[str, Any]:
    """Canonical answers from the command line: NAME=VALUE, a JSON file, or `-` for JSON from standard input.

    Later ones win. Without any, standard input is read. Raises InputError for what is none of these.
    """
    answers: dict[str, Any] = {}
    for one in given or ("-",):
        name, is_pair, value = one.partition("=")
        answers |= {name: value} if is_pair and not Path(one).exists() else _from_json(one)
    return answers


def _from_json(source: str) -> dict[str, Any]:
    remedy = 'Give an object of canonical answers such as {"family_size": 3, "parent_agi": 41850}.'
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
        found = json.loads(text)
    except (OSError, ValueError) as error:
        raise InputError(f"{source} cannot be read as JSON ({error}).", remedy=remedy) from error
    if not isinstance(found, dict):
        raise InputError(f"{source} holds no object.", remedy=remedy)
    return found


def estimate_report(answers: Mapping[str, Any]) -> dict[str, Any]:
    """One family's estimate, ready for JSON: the values, every line of the worksheet, and what was taken for granted.

    With `depth` "quick", what a quick estimate does not ask is assumed as the chat does it. Raises AnswerError naming
    the answer that is missing, not allowed, unknown, or at odds with another.
    """
    from knowledge.award_years import load
    from knowledge.sai import award_year_of, estimate, from_answers, only_known
    from knowledge.sai.completeness import taken_for_granted
    from knowledge.sai.quick import assume

    started = perf_counter()
    only_known(answers)
    today = SystemClock().now().date()
    complete = assume(answers, today).answers if answers.get("depth") == "quick" else dict(answers)
    inputs = from_answers(complete, today)
    found = estimate(inputs, load(award_year_of(complete, today)))
    assumed = {name: complete[name] for name in complete if name not in answers} | taken_for_granted(complete, inputs)
    return {
        "report": "sai estimate",
        "answers": dict(answers),
        "assumed": assumed,
        "values": found.values(),
        "notes": list(found.notes),
        "worksheet": [line.as_dict() for line in found.worksheet.lines],
        "versions": {"aidline": version("aidline")},
        "seconds": round(perf_counter() - started, 4),
    }


def estimate_as_text(report: Mapping[str, Any], language: str) -> str:
    """The estimate for reading: each line of the worksheet with its rule, then what was taken for granted."""
    lines = [
        f"{line[f'name_{language}']}: {line['amount']}\n    {line[f'rule_{language}']}" for line in report["worksheet"]
    ]
    assumed = ", ".join(f"{name}={value}" for name, value in report["assumed"].items())
    heading = {"en": "Taken for granted", "es": "Se dio por hecho"}[language]
    return "\n".join([*lines, *([f"{heading}: {assumed}"] if assumed else [])])
