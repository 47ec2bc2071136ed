"""The end of an estimate: its shape, its figures, and that everything assumed is said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from actions.estimate_aid import EstimateAid
from actions.estimate_result import compute, worksheet_rows
from knowledge.award_years import available, load
from knowledge.sai import estimate, from_answers
from tests.actions.people import ALEX, DANA, LUZ, NOAH
from tests.actions.talk import Talk

VALUES = {
    "depth", "award_year", "dependency", "formula", "sai", "assets_counted", "max_pell_indicator",
    "min_pell_indicator", "pell_scheduled", "pell", "need",
}  # fmt: skip


def finished(said: dict[str, Any], language: str = "en") -> Talk:
    talk = Talk(EstimateAid(), language)
    talk.open("estimate my aid" if language == "en" else "calcular mi ayuda")
    talk.answer_all(said)
    return talk


@pytest.mark.parametrize("said", [ALEX, LUZ, DANA, NOAH])
@pytest.mark.parametrize("year", available())
def test_the_index_is_the_formulas_for_exactly_these_answers(said: dict[str, Any], year: str) -> None:
    result = finished({**said, "award_year": year}).result
    found = estimate(from_answers(result["answers"], date(2026, 11, 21)), load(year))
    assert result["values"]["sai"] == found.sai
    assert result["values"]["award_year"] == year


@pytest.mark.parametrize("said", [ALEX, LUZ, DANA, NOAH])
@pytest.mark.parametrize("depth", ["quick", "full"])
def test_spanish_leads_to_the_same_figures_as_english(said: dict[str, Any], depth: str) -> None:
    english, spanish = (finished({**said, "depth": depth}, language).result for language in ("en", "es"))
    assert english == spanish


def test_the_result_names_its_flow_its_end_and_every_value() -> None:
    result = finished(ALEX).result
    assert set(result) == {"flow", "end", "values", "answers", "assumed"}
    assert (result["flow"], result["end"]) == ("estimate_aid", "estimate_shown")
    assert set(result["values"]) == VALUES
    assert result["answers"]["parent_agi"] == 95_000
    assert result["assumed"] == []


def test_need_is_the_cost_less_the_index_and_never_more_than_the_cost() -> None:
    values = finished(ALEX).result["values"]
    assert values["need"] == 30_000 - values["sai"]
    assert finished(NOAH).result["values"]["need"] == 30_000


def test_without_a_cost_there_is_no_need() -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("cost_of_attendance", ALEX)
    talk.say("not sure")
    talk.answer_all(ALEX)
    assert talk.result["values"]["need"] is None
    assert "utter_estimate_need" not in talk.responses


def test_part_time_gives_less_pell_than_full_time() -> None:
    poor = {**DANA, "student_agi": 12_000, "student_earned_income": 12_000, "student_income_tax_paid": 0}
    half, full = finished(poor).result["values"], finished({**poor, "enrollment": "full_time"}).result["values"]
    assert 0 < half["pell"] < full["pell"] == full["pell_scheduled"]


def test_a_year_without_a_payment_schedule_names_no_pell_amount() -> None:
    values = finished({**LUZ, "award_year": "2027-28"}).result["values"]
    assert values["pell"] is None
    assert isinstance(values["sai"], int)


def test_a_quick_estimate_lists_everything_it_assumed_and_nothing_that_was_said() -> None:
    talk = finished({**ALEX, "depth": "quick"})
    result = talk.result
    assert {"parent_filing_status", "parent_cash_savings", "enrollment", "means_tested_benefit"} <= set(
        result["assumed"]
    )
    assert not set(result["assumed"]) & set(result["answers"])
    assert "utter_estimate_assumed_dependent" in talk.responses


def test_what_was_skipped_in_a_full_estimate_is_said_with_its_value() -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("means_tested_benefit", ALEX)
    talk.say("skip")
    talk.answer_all(ALEX)
    assert talk.result["assumed"] == ["means_tested_benefit"]
    [said] = [say for say in talk.last.says if say.response == "utter_estimate_assumed"]
    assert said.params["list"].endswith(": No")


def test_every_estimate_says_what_it_is_not() -> None:
    for person in (ALEX, LUZ, DANA, NOAH):
        assert "utter_estimate_not" in finished(person).responses


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_worksheet_shows_each_line_with_its_rule(language: str) -> None:
    talk = finished(ALEX, language)
    found, _complete, _assumed = compute(talk.answers, talk.state)
    rows = worksheet_rows(found, language)
    assert len(rows) > 10
    assert all(row["label"] and row["value"] and row["note"] for row in rows)
    assert f"{talk.result['values']['sai']:,}" in {row["value"] for row in rows}


def test_the_spanish_worksheet_is_in_spanish() -> None:
    talk = finished(ALEX)
    found, _complete, _assumed = compute(talk.answers, talk.state)
    english, spanish = worksheet_rows(found, "en"), worksheet_rows(found, "es")
    assert [row["value"] for row in english] == [row["value"] for row in spanish]
    assert all(one["label"] != other["label"] for one, other in zip(english, spanish, strict=True))


@pytest.mark.parametrize("told_elsewhere", ["dependent", "independent"])
@pytest.mark.parametrize("person", [LUZ, DANA])
@pytest.mark.parametrize("depth", ["quick", "full"])
def test_a_word_on_dependency_from_another_flow_never_stands_in_the_way_of_the_questions(
    told_elsewhere: str, person: dict[str, Any], depth: str
) -> None:
    alone = Talk(EstimateAid())
    alone.open()
    alone.answer_all({**person, "depth": depth})
    after_another_flow = Talk(EstimateAid(), answers={"dependency": told_elsewhere})
    after_another_flow.open()
    after_another_flow.answer_all({**person, "depth": depth})
    assert after_another_flow.result["values"] == alone.result["values"]
