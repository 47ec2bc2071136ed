"""Changes told in people's own words while something else is asked: found, asked back, and nothing else is touched."""

from __future__ import annotations

from typing import Any

import pytest

from actions.appeal import Appeal
from actions.borrowing import Borrowing
from actions.compare_offers import CompareOffers
from actions.deadlines import DeadlinesFlow
from actions.dependency import Dependency
from actions.flow.model import Flow
from actions.handoff import Handoff
from actions.verification import Verification
from actions.who_is_parent import WhoIsParent
from tests.actions.talk import Talk
from tests.actions.test_corrections_in_passing import at, changed
from tests.actions.test_retelling import LETTERS, LOST_JOB, ROSA, talk_to

CHECKED: dict[str, Any] = {"verification_group": "V1", "data_from_irs": "yes", "parent_data_from_irs": "yes"}
BORROWS: dict[str, Any] = {
    "borrow_topic": "limits", "dependency": "dependent", "grade_level": "first_year", "parent_plus_denied": "no",
    "total_borrowed": 5_500, "subsidized_borrowed": 3_500,
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "pending", "text", "told"),
    [
        ("en", "parent_agi", "thinking about it they split up in june so separated not married", "separated"),
        ("es", "parent_agi", "perdón, te puse casados pero se divorciaron el año pasado", "divorced"),
        ("es", "parent_income_tax_paid", "oye no, mis papás ya están divorciados, lo puse mal", "divorced"),
    ],
)
def test_a_marriage_told_otherwise_is_changed(language: str, pending: str, text: str, told: str) -> None:
    assert changed(at(pending, language=language), text) == {"parent_marital_status": told}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my cousin moved in with his girlfriend so 3 of us in the house"),
        ("es", "mi abuelita ya se fue a vivir con mi tía, entonces somos 3 en la familia"),
    ],
)
def test_a_family_counted_where_an_amount_is_asked_is_no_amount(language: str, text: str) -> None:
    assert changed(at("parent_income_tax_paid", language=language), text) == {"family_size": 3}


@pytest.mark.parametrize(
    ("flow", "said", "pending", "language", "text", "told"),
    [
        (Handoff(), {**ROSA, "contact_method": "phone", "urgency": "whenever"}, "best_time", "en",
         "changed my mind, this is kinda urgent, today if u can", {"urgency": "today"}),
        (DeadlinesFlow(), {"state": "TX", "award_year": "2026-27", "offer_reminder": "yes"},
         "reminder_consent", "es",
         "ya no vivo en Texas, mi residencia legal es Nuevo México", {"state": "NM"}),
        (Borrowing(), BORROWS, "total_borrowed", "en",
         "oh wait my dad says the plus loan did get turned down, they denied him", {"parent_plus_denied": "yes"}),
        (CompareOffers(), LETTERS, "offer_work_1", "en", "scrap the scholarship there, i wont keep the grades for it",
         {"offer_scholarships_1": 0}),
        (CompareOffers(), LETTERS, "offer_scholarships_1", "en", "grants were 9,750 sorry", {"offer_grants_1": 9_750}),
        (Appeal(), LOST_JOB, "appeal_date", "en", "now that i think of it they only cut his hours, job loss was wrong",
         {"appeal_reason": "pay_cut"}),
        (CompareOffers(), LETTERS, "offer_work_1", "en", "they said no to the parent plus loan, make that 1500",
         {"offer_parent_loans_1": 1_500}),
        (CompareOffers(), LETTERS, "offer_work_1", "es", "la beca de Kent State me la subieron, cámbiala a 3 mil",
         {"offer_scholarships_1": 3_000}),
    ],
)  # fmt: skip
def test_a_change_in_whatever_words_reaches_the_answer_it_is_about(
    flow: Flow, said: dict[str, Any], pending: str, language: str, text: str, told: dict[str, Any]
) -> None:
    assert changed(talk_to(flow, pending, said, language), text) == told


@pytest.mark.parametrize("pending", ["parent_filer_class", "parent_agi", "means_tested_benefit"])
def test_a_move_told_beside_any_question_is_the_state(pending: str) -> None:
    text = "fíjese que ya no vivimos en Ohio, nos mudamos a Oklahoma en agosto por el trabajo de mi papá"
    assert changed(at(pending, language="es"), text) == {"state_for_poverty": "OK"}


def test_who_says_so_does_not_hide_what_is_wrong() -> None:
    text = "dice mi mamá que no eran 60 sino 56 mil lo del ingreso bruto ajustado"
    assert changed(at("parent_income_tax_paid", language="es"), text) == {"parent_agi": 56_000}


def test_what_was_sent_already_is_no_consent() -> None:
    said = {"state": "TX", "award_year": "2026-27", "offer_reminder": "yes"}
    talk = talk_to(DeadlinesFlow(), "reminder_consent", said, "es")
    talk.say("no espere, la de este año ya la mandé")
    assert talk.answers.get("reminder_consent") != "yes"


def test_a_story_with_an_amount_is_no_school() -> None:
    talk = talk_to(Appeal(), "school_name", LOST_JOB, "es")
    talk.say("espéreme, lo de ahora ya no son 2 mil al mes, le bajaron a 1,200 mensuales")
    assert "school_name" not in talk.answers


def test_the_other_half_asked_for_as_well_makes_both() -> None:
    talk = talk_to(Borrowing(), "grade_level", BORROWS)
    talk.say("actually i want the monthly payment as well")
    talk.say("yes")
    assert talk.answers["borrow_topic"] == "both"


def test_two_answers_put_right_at_once_both_change() -> None:
    text = "two things: the agi is 62,500 and we are 5 in the family"
    assert changed(at("student_filer_class"), text) == {"parent_agi": 62_500, "family_size": 5}


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "my dad says the AGI is 61 thousand i heard sixty", 61_000),
        ("en", "their agi is 61,000. i had the wrong year, that one said 60", 61_000),
        ("es", "el agi es 61 mil, puse 60 por error", 61_000),
        ("en", "61000!! not 60000. my parents agi", 61_000),
        ("en", "mom found the return, agi on line 11 says 61,000", 61_000),
    ],
)
def test_the_amount_that_was_heard_or_typed_wrong_is_not_the_new_one(language: str, text: str, told: int) -> None:
    assert changed(at("student_filer_class", language=language), text) == {"parent_agi": told}


def test_an_amount_a_month_put_in_place_of_another_is_told_for_the_year() -> None:
    talk = talk_to(Appeal(), "proof", LOST_JOB, "es")
    assert changed(talk, "ahora son 1,500 al mes, no dos mil, corrígelo") == {"income_now": 18_000}


@pytest.mark.parametrize(
    ("pending", "text", "answer"),
    [
        ("state_for_poverty", "ohio, and nine people work at our shop", "OH"),
        ("parent_filing_status", "married but they file apart because of his loans", "married_separate"),
        ("enrollment", "full time since my mom says so", "full_time"),
    ],
)
def test_an_answer_with_its_reason_changes_nothing_else(pending: str, text: str, answer: str) -> None:
    talk = at(pending)
    before = dict(talk.answers)
    talk.say(text)
    assert talk.answers[pending] == answer
    assert {name: talk.answers[name] for name in before} == before


@pytest.mark.parametrize(
    ("pending", "text"),
    [
        ("parent_agi", "sorry 25-26"),
        ("parent_income_tax_paid", "in our household dad paid 30"),
        ("parent_agi", "our household makes 45k"),
    ],
)
def test_a_figure_that_is_asked_for_is_no_year_and_no_family(pending: str, text: str) -> None:
    talk = at(pending)
    before = dict(talk.answers)
    talk.say(text)
    assert {name: talk.answers[name] for name in before} == before


@pytest.mark.parametrize("text", ["i had to take out my loans for 3,500", "i take out 3,500 of my loans a year"])
def test_a_loan_taken_out_is_not_an_amount_taken_back(text: str) -> None:
    talk = talk_to(Borrowing(), "subsidized_borrowed", BORROWS)
    talk.say(text)
    assert talk.answers["total_borrowed"] == BORROWS["total_borrowed"]
    assert talk.state.confirm is None or talk.state.confirm["key"] != "total_borrowed"


def test_people_who_work_somewhere_are_not_the_family() -> None:
    talk = at("parent_business_farm")
    talk.say("90000")
    talk.answer_until("business_family_owned_small", {})
    before = talk.answers["family_size"]
    talk.say("yes it is ours, twelve people work there")
    assert talk.answers["business_family_owned_small"] == "yes"
    assert talk.answers["family_size"] == before


@pytest.mark.parametrize(
    ("language", "text", "group"),
    [("en", "read it again, its V5 not V1", "V5"), ("es", "leí mal la carta, es V4 y no V1", "V4")],
)
def test_another_group_is_not_taken_for_the_deadline(language: str, text: str, group: str) -> None:
    talk = talk_to(Verification(), "school_deadline", CHECKED, language)
    talk.say(text)
    if talk.asked == "confirm_value":
        talk.say({"en": "yes", "es": "sí"}[language])
    assert talk.answers["verification_group"] == group
    assert "school_deadline" not in talk.answers


def test_a_change_that_is_not_meant_changes_nothing() -> None:
    talk = talk_to(Handoff(), "best_time", {**ROSA, "contact_method": "phone", "urgency": "whenever"})
    talk.say("thinking about it, kinda urgent, maybe today")
    assert talk.asked == "confirm_value"
    talk.say("no")
    assert talk.answers["urgency"] == "whenever"
    assert talk.asked == "best_time"


def test_who_is_left_of_two_parents_is_not_taken_for_dead() -> None:
    talk = talk_to(WhoIsParent(), "parents_alive", {})
    talk.say("my mom died when i was 9. i still have my dad")
    assert talk.answers["parents_alive"] == "father_only"


def test_nobody_who_remarried_makes_no_stepparent() -> None:
    said = {"parents_relationship": "divorced_apart", "more_support_parent": "father"}
    talk = talk_to(WhoIsParent(), "support_parent_remarried", said)
    talk.say("no, neither of us has remarried")
    assert talk.answers["support_parent_remarried"] == "no"


def test_no_contact_is_a_reason_and_no_denial() -> None:
    talk = talk_to(Dependency(), "any_dependency_reason", {})
    talk.say("no contact w my parents, they left")
    assert talk.answers.get("unusual_circumstances") == "yes" or talk.answers["any_dependency_reason"] == "yes"


def test_whose_parent_was_denied_borrows_for_oneself() -> None:
    talk = Talk(Borrowing())
    talk.open("um my mom got denied for the parent plus loan and I want to know how much I can borrow this year")
    assert talk.answers["borrow_topic"] == "limits"
    assert talk.answers.get("borrower", "student") == "student"


def test_nobody_has_a_parent_they_do_not_have() -> None:
    talk = talk_to(WhoIsParent(), "parents_alive", {})
    talk.say("i have no dad and my mom is alive")
    assert talk.answers.get("parents_alive") not in {"both", "father_only", "neither"}


def test_a_parent_who_is_not_any_more_is_not_alive() -> None:
    talk = talk_to(WhoIsParent(), "parents_alive", {}, "es")
    talk.say("mi papá sí vive, mi mamá ya no")
    assert talk.answers["parents_alive"] == "father_only"
