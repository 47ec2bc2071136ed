"""Nobody is asked for more than their formula needs, nor for less."""

from __future__ import annotations

from typing import Any

import pytest

from actions.estimate_aid import EstimateAid
from tests.actions.people import ALEX, DANA, LUZ, NOAH
from tests.actions.talk import Talk

ASSETS = {"parent_cash_savings", "parent_investments", "parent_business_farm", "student_cash_savings"}


def walk(said: dict[str, Any], language: str = "en") -> tuple[list[str], Talk]:
    talk = Talk(EstimateAid(), language)
    talk.open()
    return talk.answer_all(said), talk


def test_parents_who_file_no_return_are_asked_for_no_amount() -> None:
    asked, talk = walk(NOAH)
    assert not [name for name in asked if name.endswith(("agi", "earned_income", "tax_paid", "filing_status"))]
    assert not ASSETS & set(asked)
    assert talk.result["values"]["max_pell_indicator"] == "1"


def test_one_parent_who_files_and_one_who_does_not_are_told_apart() -> None:
    asked, talk = walk({**NOAH, "other_parent_filer_class": "us_filer", "other_parent_filing_status": "single",
                        "other_parent_agi": 50_000})  # fmt: skip
    assert "parent_agi" not in asked
    assert {"other_parent_filer_class", "other_parent_agi", "other_parent_earned_income"} <= set(asked)
    assert talk.result["answers"]["other_parent_agi"] == 50_000


def test_a_family_with_benefits_is_not_asked_about_savings() -> None:
    asked, talk = walk({**ALEX, "means_tested_benefit": "yes"})
    assert not ASSETS & set(asked)
    assert talk.result["values"]["assets_counted"] == "no"


def test_a_family_without_benefits_is_asked_about_savings_once() -> None:
    asked, talk = walk(ALEX)
    assert [name for name in asked if name in ASSETS] == [
        "parent_cash_savings", "parent_investments", "parent_business_farm", "student_cash_savings",
    ]  # fmt: skip
    assert talk.result["values"]["assets_counted"] == "yes"


def test_a_small_income_on_a_simple_return_leaves_savings_out() -> None:
    asked, talk = walk(LUZ)
    assert "parent_schedule_c" in asked
    assert not ASSETS & set(asked)
    assert talk.result["values"]["assets_counted"] == "no"


@pytest.mark.parametrize(
    "more", [{"parent_files_schedule_abdefh": "yes"}, {"parent_schedule_c": 10_001}, {"parent_schedule_c": -10_001}]
)
def test_a_small_income_on_a_return_with_schedules_does_not(more: dict[str, Any]) -> None:
    asked, _talk = walk({**LUZ, **more})
    assert set(asked) >= ASSETS


def test_parents_who_file_apart_are_asked_one_by_one() -> None:
    apart = {**ALEX, "parent_filing_status": "married_separate", "other_parent_filing_status": "married_separate",
             "other_parent_agi": 35_000}  # fmt: skip
    asked, talk = walk(apart)
    first, second = asked.index("parent_agi"), asked.index("other_parent_agi")
    assert first < asked.index("other_parent_filer_class") < second
    assert asked.count("parent_earned_income") == asked.count("other_parent_earned_income") == 1
    assert talk.result["answers"]["other_parent_agi"] == 35_000


def test_parents_on_one_return_give_its_amounts_once_and_their_pay_each() -> None:
    asked, _talk = walk(ALEX)
    assert "other_parent_agi" not in asked
    assert "other_parent_income_tax_paid" not in asked
    assert {"parent_earned_income", "other_parent_earned_income"} <= set(asked)


@pytest.mark.parametrize("year", ["2024-25", "2025-26"])
def test_before_2026_27_nobody_is_asked_whether_they_live_on_the_farm(year: str) -> None:
    asked, _talk = walk({**ALEX, "award_year": year, "parent_business_farm": 400_000})
    assert not {"farm_lived_on", "business_family_owned_small"} & set(asked)


@pytest.mark.parametrize("year", ["2026-27", "2027-28"])
def test_from_2026_27_on_a_farm_lived_on_or_a_small_business_lowers_the_index(year: str) -> None:
    farm = {**ALEX, "award_year": year, "parent_business_farm": 400_000}
    asked, counted = walk(farm)
    assert {"farm_lived_on", "business_family_owned_small"} <= set(asked)
    asked, left_out = walk({**farm, "farm_lived_on": "yes"})
    assert "business_family_owned_small" not in asked
    assert left_out.result["values"]["sai"] < counted.result["values"]["sai"]


def test_nobody_without_a_farm_is_asked_about_one() -> None:
    asked, _talk = walk(ALEX)
    assert "farm_lived_on" not in asked


def test_an_independent_student_is_asked_nothing_about_parents() -> None:
    asked, talk = walk(DANA)
    assert not [name for name in asked if "parent" in name]
    assert talk.result["values"]["dependency"] == "independent"
    assert talk.result["values"]["formula"] == "B"


def test_a_married_student_is_asked_about_the_spouse_and_not_about_reasons() -> None:
    asked, talk = walk({**DANA, "born_before_cutoff": "no", "student_marital_status": "married", "family_size": 2,
                        "student_filing_status": "married_joint", "student_spouse_earned_income": 20_000})  # fmt: skip
    assert "any_dependency_reason" not in asked
    assert "student_spouse_earned_income" in asked
    assert talk.result["values"]["dependency"] == "independent"


def test_a_reason_is_picked_from_the_list_and_no_other_is_asked() -> None:
    asked, talk = walk({**DANA, "born_before_cutoff": "no", "any_dependency_reason": "yes", "veteran": "yes"})
    between = asked[asked.index("any_dependency_reason") + 1 : asked.index("family_size")]
    assert len(between) == 1
    assert talk.result["values"]["dependency"] == "independent"
    assert talk.result["answers"]["veteran"] == "yes"


def test_who_cannot_name_the_reason_is_asked_one_by_one_until_the_first_yes() -> None:
    talk = Talk(EstimateAid())
    talk.open()
    said = {**DANA, "born_before_cutoff": "no", "any_dependency_reason": "yes"}
    talk.answer_until("graduate_student", said)
    talk.say("not sure")
    asked = talk.answer_all({**said, "veteran": "yes"})
    assert asked[: asked.index("family_size")] == ["graduate_student", "active_duty", "veteran"]
    assert talk.result["values"]["dependency"] == "independent"


def test_who_keeps_the_reason_private_is_not_given_two_formulas_at_once() -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("graduate_student", {**ALEX, "any_dependency_reason": "yes"})
    talk.say("skip")
    asked = talk.answer_all({**DANA, **ALEX, "any_dependency_reason": "yes"})
    about_parents = any(name.startswith("parent_") for name in asked)
    assert about_parents == (talk.result["values"]["dependency"] == "dependent")


def test_no_contact_with_parents_gives_a_provisional_estimate_and_says_so() -> None:
    _asked, talk = walk({**DANA, "born_before_cutoff": "no", "any_dependency_reason": "yes",
                         "unusual_circumstances": "yes"})  # fmt: skip
    assert talk.result["values"]["dependency"] == "provisional"
    assert "utter_estimate_provisional" in talk.responses


def test_a_yes_to_the_list_and_a_no_to_each_reason_leaves_a_student_dependent() -> None:
    asked, talk = walk({**ALEX, "any_dependency_reason": "yes"})
    assert "unusual_circumstances" in asked
    assert talk.result["values"]["dependency"] == "dependent"


def test_a_first_year_student_is_not_asked_about_a_degree() -> None:
    assert "has_bachelors_degree" not in walk(ALEX)[0]
    assert "has_bachelors_degree" in walk({**ALEX, "grade_level": "second_year"})[0]


def test_a_quick_estimate_takes_about_ten_questions() -> None:
    for person in (ALEX, LUZ, DANA, NOAH):
        asked, talk = walk({**person, "depth": "quick"})
        assert len(asked) <= 12
        assert talk.result["values"]["depth"] == "quick"


@pytest.mark.parametrize("said", [ALEX, LUZ, DANA, NOAH])
@pytest.mark.parametrize("depth", ["quick", "full"])
def test_progress_never_goes_back_and_never_passes_its_end(said: dict[str, Any], depth: str) -> None:
    talk = Talk(EstimateAid())
    talk.open()
    steps = []
    while talk.asked != "confirm_summary":
        asks = talk.asks
        steps.append((asks["step"], asks["steps"]))
        talk.say(talk.written(talk.usual({**said, "depth": depth})))
    assert all(1 <= step <= total for step, total in steps)
    assert [step for step, _total in steps] == sorted(step for step, _total in steps)


@pytest.mark.parametrize("said", [ALEX, LUZ, DANA, NOAH])
def test_nothing_is_asked_twice(said: dict[str, Any]) -> None:
    asked, _talk = walk(said)
    assert len(asked) == len(set(asked))
