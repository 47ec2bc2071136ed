"""Who is dependent, who is independent, and why."""

import pytest

from knowledge.award_years import available, load
from knowledge.dependency import YES_NO_QUESTIONS, Dependency, status
from knowledge.errors import AnswerError

YOUNG = {"birth_date": "2006-04-02", "student_marital_status": "never_married", "any_dependency_reason": "no"}
YEAR = load("2026-27")


def test_living_alone_and_parents_who_refuse_make_nobody_independent() -> None:
    answers = {**YOUNG, "lives_with": "alone", "parents_refuse": "yes"}
    assert status(answers, YEAR) == Dependency("dependent", "none")


@pytest.mark.parametrize("question", YES_NO_QUESTIONS)
def test_one_yes_on_the_list_makes_a_student_independent_for_that_reason(question: str) -> None:
    assert status({**YOUNG, question: "yes"}, YEAR) == Dependency("independent", question)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"birth_date": "2002-12-31"}, "born_before_cutoff"),
        ({"birth_date": "2003-01-01"}, "none"),
        ({"birth_year": 2002}, "born_before_cutoff"),
        ({"birth_year": "2003"}, "none"),
        ({"born_before_cutoff": "yes"}, "born_before_cutoff"),
        ({"born_before_cutoff": "no"}, "none"),
    ],
)
def test_age_is_decided_by_date_year_or_plain_answer(answer: dict[str, object], reason: str) -> None:
    assert status(answer, YEAR).reason == reason


def test_the_same_birthday_can_be_too_young_one_year_and_old_enough_the_next() -> None:
    answers = {**YOUNG, "birth_date": "2003-06-01"}
    found = {year: status(answers, load(year)).status for year in available()}
    assert found == {
        "2024-25": "dependent",
        "2025-26": "dependent",
        "2026-27": "dependent",
        "2027-28": "independent",
    }


@pytest.mark.parametrize(
    ("marital", "expected"),
    [
        ("married", "independent"),
        ("remarried", "independent"),
        ("separated", "dependent"),
        ("divorced", "dependent"),
    ],
)
def test_being_married_today_counts_and_having_been_married_does_not(marital: str, expected: str) -> None:
    assert status({**YOUNG, "student_marital_status": marital}, YEAR).status == expected


def test_someone_who_cannot_reach_their_parents_safely_is_provisionally_independent() -> None:
    answers = {**YOUNG, "unusual_circumstances": "yes"}
    assert status(answers, YEAR) == Dependency("provisional", "unusual_circumstances")


def test_a_firm_reason_wins_over_unusual_circumstances() -> None:
    answers = {**YOUNG, "unusual_circumstances": "yes", "foster_care": "yes"}
    assert status(answers, YEAR) == Dependency("independent", "foster_care")


def test_a_master_s_student_is_independent_without_being_asked_twice() -> None:
    assert status({**YOUNG, "grade_level": "graduate"}, YEAR).reason == "graduate_student"
    assert status({**YOUNG, "grade_level": "graduate", "graduate_student": "no"}, YEAR).reason == "none"


def test_what_is_still_to_be_asked_is_named() -> None:
    found = status({"birth_date": "2006-04-02", "veteran": "no"}, YEAR)
    assert found.status == "dependent"
    assert "veteran" not in found.unanswered
    assert {"student_marital_status", "foster_care", "unusual_circumstances"} <= set(found.unanswered)


def test_a_yes_to_the_whole_list_leaves_the_reason_to_be_asked() -> None:
    found = status({**YOUNG, "any_dependency_reason": "yes"}, YEAR)
    assert (found.status, found.reason) == ("independent", "any_dependency_reason")
    assert "homeless_or_at_risk" in found.unanswered


def test_an_answer_that_is_not_yes_or_no_is_named() -> None:
    with pytest.raises(AnswerError, match=r"veteran is 'sort of'; allowed: one of yes, no\."):
        status({**YOUNG, "veteran": "sort of"}, YEAR)
