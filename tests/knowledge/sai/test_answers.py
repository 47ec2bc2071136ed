"""From what people answered to an estimate."""

from datetime import date
from typing import Any

import pytest

from knowledge.award_years import load
from knowledge.errors import AnswerError, ContradictionError, MissingAnswerError
from knowledge.sai import award_year_of, estimate, from_answers
from knowledge.sai.quick import assume

TODAY = date(2026, 11, 21)
FAMILY_OF_FOUR: dict[str, Any] = {
    "award_year": "2026-27",
    "birth_date": "2007-09-12",
    "student_marital_status": "never_married",
    "any_dependency_reason": "no",
    "parent_marital_status": "married",
    "state_for_poverty": "AZ",
    "family_size": 4,
    "parent_filer_class": "us_filer",
    "parent_filing_status": "married_joint",
    "parent_agi": 68_000,
    "parent_earned_income": 39_000,
    "other_parent_earned_income": 29_000,
    "parent_income_tax_paid": 2_710,
    "parent_cash_savings": 5_000,
    "student_filer_class": "us_filer",
    "student_filing_status": "single",
    "student_agi": 9_600,
    "student_earned_income": 9_600,
    "student_cash_savings": 800,
}


def index(answers: dict[str, Any]) -> int:
    return estimate(from_answers(answers, TODAY), load(award_year_of(answers, TODAY))).sai


def test_a_family_of_four_gets_the_index_its_answers_give() -> None:
    assert index(FAMILY_OF_FOUR) == 2_538


def test_the_same_answers_can_be_used_for_another_year() -> None:
    assert index({**FAMILY_OF_FOUR, "award_year": "2025-26"}) == 2_784


def test_a_joint_return_is_counted_once_even_if_both_parents_give_it() -> None:
    twice = {**FAMILY_OF_FOUR, "other_parent_agi": 68_000, "other_parent_income_tax_paid": 2_710}
    assert index(twice) == index(FAMILY_OF_FOUR)


def test_answers_about_a_parent_who_no_longer_counts_are_left_aside() -> None:
    divorced = {**FAMILY_OF_FOUR, "parent_marital_status": "divorced"}
    without = {name: value for name, value in divorced.items() if not name.startswith("other_parent")}
    assert index(divorced) == index(without)


def test_how_many_are_in_college_never_changes_the_index() -> None:
    assert index({**FAMILY_OF_FOUR, "number_in_college": 4}) == index(FAMILY_OF_FOUR)


def test_a_veteran_is_estimated_without_parents() -> None:
    inputs = from_answers({**FAMILY_OF_FOUR, "veteran": "yes", "family_size": 1}, TODAY)
    assert inputs.formula == "B"
    assert inputs.parents == ()


def test_a_married_student_s_spouse_counts_and_a_divorced_one_s_does_not() -> None:
    couple = {
        "award_year": "2024-25",
        "birth_date": "1996-03-22",
        "student_marital_status": "married",
        "state_for_poverty": "PA",
        "family_size": 2,
        "student_filer_class": "us_filer",
        "student_filing_status": "married_separate",
        "student_agi": 40_000,
        "student_spouse_filer_class": "us_filer",
        "student_spouse_filing_status": "married_separate",
        "student_spouse_agi": 50_000,
    }
    alone = {**couple, "student_marital_status": "divorced", "family_size": 1}
    # Half of what is left of 90,000 for a couple, of 40,000 alone; nobody reports earnings or tax.
    assert index(couple) == (90_000 - 27_750) // 2
    assert index(alone) == (40_000 - 17_310) // 2


def test_someone_unsafe_at_home_is_estimated_as_provisionally_independent() -> None:
    answers = {
        "birth_year": 2007,
        "unusual_circumstances": "yes",
        "student_marital_status": "never_married",
        "family_size": 1,
        "student_filer_class": "nonfiler",
    }
    inputs = from_answers(answers, TODAY)
    result = estimate(inputs, load("2026-27"))
    assert (result.values()["dependency"], result.formula) == ("provisional", "B")
    assert "provisional" in result.notes


def test_not_saying_how_one_files_never_gives_the_maximum_grant_of_nonfilers() -> None:
    answers = {
        "born_before_cutoff": "yes",
        "student_marital_status": "divorced",
        "family_size": 1,
        "student_agi": 0,
    }
    inputs = from_answers(answers, TODAY)
    assert estimate(inputs, load("2026-27")).max_pell_indicator == ""


def test_a_missing_family_size_is_the_smallest_that_fits_and_said_so() -> None:
    answers = {name: value for name, value in FAMILY_OF_FOUR.items() if name != "family_size"}
    inputs = from_answers(answers, TODAY)
    assert inputs.family_size == 3
    assert "family_size_assumed" in estimate(inputs, load("2026-27")).notes


def test_nobody_who_names_no_year_is_given_a_year_that_is_over() -> None:
    assert award_year_of({}, TODAY) == "2027-28"


@pytest.mark.parametrize(
    ("name", "given", "allowed"),
    [
        ("parent_agi", "a lot", "a whole number from -999999999 to 999999999"),
        ("parent_cash_savings", -5, "a whole number from 0 to 999999999"),
        ("parent_agi", True, "a whole number"),
        ("family_size", 0, "a whole number from 1 to 99"),
        ("parent_marital_status", "it's complicated", "one of never_married, married"),
        ("means_tested_benefit", "maybe", "one of yes, no"),
        ("state_for_poverty", "Ohio", "a two-letter state such as OH"),
        ("award_year", "2031-32", "one of 2024-25, 2025-26, 2026-27, 2027-28"),
        ("birth_date", "yesterday", "a date such as 2004-05-17"),
        ("parent_agi", 41_850.5, "a whole number"),
        ("parent_agi", 10**12, "a whole number from -999999999 to 999999999"),
    ],
)
def test_an_answer_that_is_not_allowed_is_named_with_what_is(name: str, given: object, allowed: str) -> None:
    with pytest.raises(AnswerError) as raised:
        from_answers({**FAMILY_OF_FOUR, name: given}, TODAY)
    assert (raised.value.field, raised.value.given) == (name, given)
    assert raised.value.allowed.startswith(allowed)


def test_a_quick_estimate_says_what_it_assumed_and_never_changes_an_answer() -> None:
    answers = {
        "award_year": "2027-28",
        "birth_date": "2009-07-30",
        "student_marital_status": "never_married",
        "any_dependency_reason": "no",
        "parent_marital_status": "married",
        "state_for_poverty": "TX",
        "family_size": 4,
        "parent_filer_class": "us_filer",
        "parent_agi": 72_000,
        "parent_income_tax_paid": 3_000,
    }
    quick = assume(answers, TODAY)
    assert answers.items() <= quick.answers.items()
    assert quick.answers["parent_filing_status"] == "married_joint"
    assert quick.answers["parent_earned_income"] == 72_000
    assert {"parent_filing_status", "parent_earned_income", "parent_investments"} <= set(quick.assumed)
    assert "parent_income_tax_paid" not in quick.assumed
    assert 2_270 <= index(quick.answers) <= 3_287


def test_a_quick_estimate_of_parents_who_file_nothing_is_the_lowest_index() -> None:
    answers = {"dependency": "dependent", "parent_marital_status": "married", "parent_filer_class": "nonfiler"}
    assert index(assume(answers, TODAY).answers) == -1_500


def test_a_quick_estimate_keeps_the_income_a_dependent_student_gives() -> None:
    working = {**FAMILY_OF_FOUR, "student_agi": 30_000}
    del working["student_filer_class"]
    assert index(assume(working, TODAY).answers) > index(FAMILY_OF_FOUR)


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in FAMILY_OF_FOUR.items() if name not in names}


@pytest.mark.parametrize(
    ("answers", "field", "message"),
    [
        (without("any_dependency_reason"), "dependency", "still open: graduate_student, active_duty"),
        (without("parent_marital_status"), "parent_marital_status", "a dependent student's parents"),
        (without("parent_agi"), "parent_agi", "or parent_filer_class nonfiler if there is no return"),
        (FAMILY_OF_FOUR | {"veteran": "yes", "family_size": 1, "student_marital_status": None},
         "student_marital_status", "an independent student"),
        (FAMILY_OF_FOUR | {"parent_filing_status": "married_separate"}, "other_parent_agi", "whole dollars"),
        (FAMILY_OF_FOUR | {"parent_filer_class": "nonfiler"}, "other_parent_agi", "whole dollars"),
        (FAMILY_OF_FOUR | {"credits_enrolled": 9}, "credits_full_time", "since credits_enrolled is given"),
    ],
)  # fmt: skip
def test_what_an_index_needs_and_was_not_said_is_asked_for_by_name(
    answers: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(MissingAnswerError, match=f"^{field} is missing; needed: .*{message}") as raised:
        from_answers(answers, TODAY)
    assert raised.value.field == field


@pytest.mark.parametrize(
    ("changes", "field", "given", "allowed"),
    [
        ({"family_size": 2}, "family_size", 2, "a whole number from 3 to 99"),
        ({"supports_children": "yes", "family_size": 1}, "family_size", 1, "a whole number from 2 to 99"),
        ({"dependency": "independent"}, "dependency", "independent", "dependent"),
        ({"dependency": "dependent", "veteran": "yes"}, "dependency", "dependent", "independent"),
    ],
)
def test_answers_that_cannot_be_true_together_are_told_apart(
    changes: dict[str, Any], field: str, given: object, allowed: str
) -> None:
    with pytest.raises(ContradictionError) as raised:
        from_answers({**FAMILY_OF_FOUR, **changes}, TODAY)
    assert (raised.value.field, raised.value.given, raised.value.allowed) == (field, given, allowed)


def test_a_quick_estimate_never_makes_up_an_income() -> None:
    with pytest.raises(MissingAnswerError, match="parent_agi"):
        from_answers(assume(without("parent_agi", "parent_filer_class"), TODAY).answers, TODAY)


def test_a_loss_in_self_employment_is_an_answer_like_any_other() -> None:
    loss = from_answers({**FAMILY_OF_FOUR, "parent_earned_income": -4_000}, TODAY)
    none = from_answers({**FAMILY_OF_FOUR, "parent_earned_income": 0}, TODAY)
    year = load("2026-27")
    assert estimate(loss, year).sai >= estimate(none, year).sai
