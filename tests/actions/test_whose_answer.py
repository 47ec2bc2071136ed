"""Whose answer a correction is about: the student's, the parents', or that of one of several schools."""

from __future__ import annotations

from typing import Any

import pytest

from actions.answers.relation import parent_meant
from actions.borrowing import Borrowing
from actions.compare_offers import CompareOffers
from actions.estimate_aid import EstimateAid
from tests.actions.people import ALEX, DANA, LUZ
from tests.actions.talk import Talk

LETTERS: dict[str, Any] = {
    "award_year": "2026-27",
    "offer_school_1": "Marietta College", "offer_cost_1": 52_000, "offer_grants_1": 20_000,
    "offer_scholarships_1": 9_000, "offer_loans_1": 5_500, "offer_parent_loans_1": 0, "offer_work_1": 0,
    "offer_more": "yes", "offer_school_2": "Shawnee State University", "offer_cost_2": 24_000,
}  # fmt: skip


def at_summary(person: dict[str, Any], **told: Any) -> Talk:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("confirm_summary", person)
    talk.answers |= told
    return talk


def changed(talk: Talk, text: str) -> dict[str, Any]:
    before = dict(talk.answers)
    talk.say(text)
    return {name: value for name, value in talk.answers.items() if before.get(name) != value}


@pytest.mark.parametrize("text", ["please change our savings to 13,000", "nuestros ahorros son 13,000, perdón"])
def test_ours_is_the_parents(text: str) -> None:
    assert changed(at_summary(ALEX), text) == {"parent_cash_savings": 13_000}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("change my savings to 4,000", "parent_cash_savings"),
        ("change her savings to 4,000", "student_cash_savings"),
        ("sorry, my daughter's savings are 4,000", "student_cash_savings"),
        ("perdón, los ahorros de mi hija son 4,000", "student_cash_savings"),
        ("sorry, my husband's savings are 4,000", "parent_cash_savings"),
    ],
)
def test_a_parent_who_says_my_means_the_parents(text: str, name: str) -> None:
    assert changed(at_summary(ALEX, asking_as="parent"), text) == {name: 4_000}


def test_a_student_who_says_my_means_the_students() -> None:
    assert changed(at_summary(ALEX), "change my savings to 400") == {"student_cash_savings": 400}


@pytest.mark.parametrize(
    "text", ["oh wait, what she made working was 39,000", "perdón, lo que ganó de trabajo fueron 39,000"]
)
def test_what_somebody_earned_is_money_from_work(text: str) -> None:
    assert changed(at_summary(LUZ), text) == {"parent_earned_income": 39_000}
    assert changed(at_summary(DANA), text) == {"student_earned_income": 39_000}


@pytest.mark.parametrize(
    "text",
    [
        "could we go back? i typed the agi wrong, it's 51,300",
        "can you fix the AGI? it was 51,300",
        "¿puedo corregir el ingreso bruto? es 51,300",
        "I misread the agi, it's 51,300",
    ],
)
def test_asking_to_put_it_right_puts_it_right(text: str) -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("means_tested_benefit", ALEX)
    assert changed(talk, text) == {"parent_agi": 51_300}


@pytest.mark.parametrize("text", ["does an agi of 51,300 count as high?", "can i change it later on?"])
def test_asking_anything_else_changes_nothing(text: str) -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("means_tested_benefit", ALEX)
    assert changed(talk, text) == {}


@pytest.mark.parametrize(
    "text", ["i misread it, the Marietta scholarship is 11,000", "sorry the scholarship from marietta is 11,000"]
)
def test_a_school_is_known_by_what_sets_its_name_apart(text: str) -> None:
    talk = Talk(CompareOffers())
    talk.open("compare my letters")
    talk.answer_until("offer_grants_2", LETTERS)
    assert changed(talk, text) == {"offer_scholarships_1": 11_000}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hang on, the agi is 51,300 not 95,000, i looked", {"parent_agi": 51_300}),
        ("perate, el agi estaba mal, mi papa dice q son 51,300", {"parent_agi": 51_300}),
    ],
)
def test_a_figure_in_place_of_another_is_read_to_its_end(text: str, told: dict[str, Any]) -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("means_tested_benefit", ALEX)
    assert changed(talk, text) == told


def test_a_family_counted_once_more_with_the_state_is_not_asked_about() -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("state_for_poverty", ALEX)
    talk.say("ohio, there's 4 of us")
    assert talk.answers["state_for_poverty"] == "OH"


def test_a_state_told_with_another_family_size_is_not_asked_again() -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("state_for_poverty", ALEX)
    talk.say("michigan, there's 6 of us")
    assert talk.asked == "confirm_value"
    talk.say("yes")
    assert (talk.answers["state_for_poverty"], talk.answers["family_size"]) == ("MI", 6)
    assert talk.asked != "state_for_poverty"


@pytest.mark.parametrize(
    ("opening", "typed", "meant"),
    [
        ("my daughter starts college, what could we borrow", "me", "parent"),
        ("my son got in, how much can be borrowed", "it would be us", "parent"),
        ("mi hija va a la universidad, cuánto se puede pedir prestado", "yo", "parent"),
        ("my son got in, how much can be borrowed", "my son", "student"),
        ("my daughter starts college, what could we borrow", "my daughter", "student"),
        ("how much can be borrowed for college", "me", "student"),
    ],
)
def test_me_is_the_parent_where_a_parent_writes(opening: str, typed: str, meant: str) -> None:
    talk = Talk(Borrowing(), language="es" if opening.startswith("mi ") else "en")
    talk.open(opening)
    for _ in range(4):
        if talk.asked == "borrower":
            break
        talk.say("both" if talk.asked == "borrow_topic" else "2026-27")
    talk.say(typed)
    assert talk.answers["borrower"] == meant


@pytest.mark.parametrize(
    "opening",
    [
        "im a mom of 2 going back to school, how much can i borrow",
        "soy mamá y voy a volver a estudiar, cuánto me prestan",
    ],
)
def test_a_mother_who_studies_herself_is_not_taken_for_the_parent_who_borrows(opening: str) -> None:
    talk = Talk(Borrowing(), language="es" if opening.startswith("soy") else "en")
    talk.open(opening)
    assert "borrower" not in talk.answers


@pytest.mark.parametrize("typed", ["i dont know", "no sé", "i'm not sure, me maybe"])
def test_a_parent_who_does_not_know_has_named_nobody(typed: str) -> None:
    assert parent_meant(typed, by_parent=True) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("divorced but they still share a house", "unmarried_both_parents_together"),
        ("separados pero en la misma casa", "unmarried_both_parents_together"),
        ("divorced, she lives together with her boyfriend", "divorced"),
        ("divorced", "divorced"),
        ("divorced, shes a single mom", "divorced"),
        ("mamá soltera, es viuda", "widowed"),
        ("single mom", "never_married"),
    ],
)
def test_two_parents_under_one_roof_both_count(typed: str, meant: str) -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("parent_marital_status", ALEX)
    talk.say(typed)
    assert talk.answers["parent_marital_status"] == meant
