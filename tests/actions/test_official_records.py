"""The Department's own test people, answering Aidline's questions: the form must bring them to the official index."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.dependency_questions import REASONS
from actions.estimate_aid import EstimateAid
from knowledge.award_years import load
from tests.actions.talk import Talk

VECTORS = Path(__file__).parents[1] / "knowledge" / "sai" / "vectors"
EVERY = 8
"""Each record takes about forty turns, so every eighth is walked."""


_PAIRS = {"parent": "other_parent", "student": "student_spouse"}
_EACH_OWN = ("filer_class", "filing_status", "income_source", "earned_income", "work_study")
_TWO = {"married", "remarried", "unmarried_both_parents_together"}


def could_be_said(row: dict[str, str]) -> bool:
    """Whether a person could give these answers: nothing missing, and a joint return has one set of amounts."""
    who = "parent" if row["dependency"] == "dependent" else "student"
    needed = [row["family_size"], row["state_for_poverty"], row[f"{who}_filer_class"]]
    needed.append(row["student_filer_class"])
    if row[f"{who}_marital_status"] in _TWO and row[f"{who}_filing_status"] != "married_joint":
        needed.append(row[f"{_PAIRS[who]}_filer_class"])
    second = {name.removeprefix(_PAIRS[who] + "_"): v for name, v in row.items() if name.startswith(_PAIRS[who])}
    twice = row[f"{who}_filing_status"] == "married_joint" and any(
        value not in {"", "0", "no"} for name, value in second.items() if name not in _EACH_OWN
    )
    inside = load(row["award_year"]).asset_reporting_exemption.states_and_territories
    # Whether parents abroad let the IRS share their data decides about assets; the form takes it that filers do.
    withheld = row["state_for_poverty"] not in inside and row[f"{who}_income_source"] == "self_reported"
    return all(needed) and not twice and not withheld and not row[f"{who}_foreign_income_exclusion"].startswith("-")


def records() -> Iterator[dict[str, str]]:
    for path in sorted(VECTORS.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if row["reproducible"] != "false" and could_be_said(row)]
        yield from rows[::EVERY]


def said_about(row: dict[str, str]) -> dict[str, str]:
    """What this person says when asked about dependency."""
    married = row["student_marital_status"] in {"married", "remarried"}
    provisional = row["dependency"] == "provisional"
    return {
        **dict.fromkeys(REASONS, "no"),
        "depth": "full",
        "born_before_cutoff": "yes" if row["dependency"] == "independent" and not married else "no",
        "student_marital_status": row["student_marital_status"] or "never_married",
        "any_dependency_reason": "yes" if provisional else "no",
        "unusual_circumstances": "yes" if provisional else "no",
        "enrollment": "full_time",
        "grade_level": "first_year",
    }


def walked(row: dict[str, str]) -> Talk:
    talk = Talk(EstimateAid())
    talk.open()
    said = said_about(row)
    while talk.last.status == "asking":
        asks = talk.asks
        if "names" in asks and asks["kind"] == "choice":
            talk.say(talk.written(talk.usual(said)))
        elif "names" in asks:
            talk.say("yes" if any(int(row.get(name) or 0) for name in asks["names"]) else "none")
        elif asks["name"] in {"confirm_summary", "confirm_value"}:
            talk.say("yes")
        else:
            usual = {"money": "0", "yes_no": "no", "choice": "single"}.get(asks["kind"], "")
            value = said.get(asks["name"]) or row.get(asks["name"]) or usual
            talk.say(talk.written(int(value) if asks["kind"] == "money" else value))
        assert len(talk.history) < 120, f"the form never ends: {talk.asked}"
    return talk


@pytest.mark.parametrize("row", [pytest.param(row, id=row["case_id"]) for row in records()])
def test_answering_the_questions_gives_the_official_index(row: dict[str, str]) -> None:
    expected = row["correct_sai"] or row["official_sai"] or row["official_provisional_sai"]
    assert str(walked(row).result["values"]["sai"]) == expected
