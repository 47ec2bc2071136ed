"""The guide to a FAFSA's status promises: everybody gets a next step, in both languages, with its page."""

from datetime import date
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
import yaml

from knowledge.errors import AnswerError, GuideError
from knowledge.fafsa_status import FormStatus, explain, guide, is_late
from knowledge.fafsa_status.guide import Guide, NextStep, Reason, Status, Who
from knowledge.tables import read_table

TODAY = date(2026, 11, 21)
FILE = Path(__file__).parents[2] / "knowledge/fafsa_status/guide.yml"
EVERY_FORM = [
    FormStatus(status, reason, who, submitted)
    for status, reason, who, submitted in product(
        (None, *get_args(Status)), (None, *get_args(Reason)), (None, *get_args(Who)), (None, "2026-10")
    )
]


@pytest.mark.parametrize("language", ["en", "es"])
def test_everybody_gets_two_to_four_steps_without_a_blank(language: str) -> None:
    for form in EVERY_FORM:
        found = explain(form, TODAY, language)
        assert 2 <= len(found.steps) <= 4
        assert "{" not in " ".join((found.meaning, *found.steps))
        assert found.citations


def test_every_next_step_is_somebodys() -> None:
    assert {explain(form, TODAY, "en").next_step for form in EVERY_FORM} == set(get_args(NextStep))


def test_every_sentence_and_case_of_the_guide_is_said_to_somebody() -> None:
    said = {step for case in guide().cases for step in case.steps}
    assert set(guide().steps) == said


@pytest.mark.parametrize(
    ("sent", "late"),
    [("2026-11-20", False), ("2026-11-11", False), ("2026-11-10", True), ("2026-10", True), ("2026-11", False),
     (None, False), ("2026-12-01", False)],
)  # fmt: skip
def test_a_form_is_late_when_it_took_longer_than_any_kind_takes(sent: str | None, late: bool) -> None:
    assert is_late(sent, TODAY) is late


def test_the_days_that_are_said_are_those_of_the_table() -> None:
    meaning = explain(FormStatus("in_review"), TODAY, "en").meaning
    assert f"{guide().processing.online_least} to {guide().processing.online_most} days" in meaning


@pytest.mark.parametrize("day", ["soon", "2026-13", "2026-02-30"])
def test_a_date_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(AnswerError, match="submitted_date"):
        explain(FormStatus("in_review", submitted=day), TODAY, "en")


@pytest.mark.parametrize(
    ("part", "name", "says"),
    [("steps", "open_form", "there is no step open_form"), ("pages", "contact", "there is no page contact")],
)
def test_a_guide_that_names_what_it_does_not_have_is_refused(tmp_path: Path, part: str, name: str, says: str) -> None:
    held = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    del held[part][name]
    broken = tmp_path / "guide.yml"
    broken.write_text(yaml.safe_dump(held, allow_unicode=True), encoding="utf-8")
    with pytest.raises(GuideError, match=says):
        read_table(broken, Guide, GuideError)
