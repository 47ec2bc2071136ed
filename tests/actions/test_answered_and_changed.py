"""One message that answers what is asked and puts an earlier answer right: both are recorded, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from actions.appeal import Appeal
from actions.borrowing import Borrowing
from actions.compare_offers import CompareOffers
from actions.dependency import Dependency
from actions.flow.model import Flow
from actions.verification import Verification
from tests.actions.people import ALEX
from tests.actions.talk import Talk
from tests.actions.test_appeal import MARCO
from tests.actions.test_corrections_in_passing import at, changed
from tests.actions.test_retelling import LETTERS, talk_to
from tests.actions.test_volunteered import BORROWS, CHECKED


def told(talk: Talk, text: str) -> dict[str, Any]:
    """What a message records; what is asked back is said to be right."""
    before = dict(talk.answers)
    talk.say(text)
    if talk.asked == "confirm_value":
        talk.say({"en": "yes", "es": "sí"}[talk.language])
    return {name: value for name, value in talk.answers.items() if before.get(name) != value}


@pytest.mark.parametrize(
    ("flow", "said", "pending", "language", "text", "records"),
    [
        (Borrowing(), {**BORROWS, "grade_level": "second_year"}, "parent_plus_denied", "en",
         "no she didnt apply. im a junior by credits so not sophomore",
         {"parent_plus_denied": "no", "grade_level": "third_year_or_later"}),
        (Appeal(), {**MARCO, "appeal_who": "student"}, "appeal_date", "es",
         "fue en octubre de 2026. ay pero no fue a mi, fue a mi esposo al que le cortaron las horas",
         {"appeal_date": "2026-10", "appeal_who": "spouse"}),
    ],
)  # fmt: skip
def test_both_are_recorded(
    flow: Flow, said: dict[str, Any], pending: str, language: str, text: str, records: dict[str, Any]
) -> None:
    talk = talk_to(flow, pending, said, language)
    assert records.items() <= told(talk, text).items()
    assert talk.asked != pending


def test_none_of_these_and_an_amount_with_a_zero_too_many() -> None:
    talk = at("parent_income_tax_paid", language="es")
    records = told(talk, "7 mil. y los 60 mil del AGI no son 60 mil, son 64 mil, lo leí mal")
    assert records == {"parent_income_tax_paid": 7_000, "parent_agi": 64_000}


def test_an_answer_and_a_birthday_put_right() -> None:
    talk = talk_to(Dependency(), "born_before_cutoff", {"award_year": "2026-27"}, "es")
    talk.say("7 de mayo de 2009")
    assert told(talk, "soltero. y mi cumple es july 5 not may 7") == {
        "student_marital_status": "never_married", "birth_date": "2009-07-05",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "becomes"),
    [
        ("es", "perdon fue en abril no en junio", "2026-04"),
        ("en", "it was april not june", "2026-04"),
        ("en", "wait april 12, not june", "2026-04-12"),
    ],
)
def test_a_month_put_right_changes_the_date_and_not_the_school_year(language: str, text: str, becomes: str) -> None:
    said = MARCO if language == "en" else {**MARCO, "appeal_date": "junio de 2026"}
    talk = talk_to(Appeal(), "income_now", said, language)
    assert changed(talk, text) == {"appeal_date": becomes}


@pytest.mark.parametrize(
    "text", ["it's january 5 2027, not dec 10", "they moved it, ahora es el 5 de enero de 2027, ya no dec 10"]
)
def test_a_deadline_that_moved_is_the_new_one(text: str) -> None:
    talk = talk_to(Verification(), "school_deadline", CHECKED)
    talk.say("December 10")
    talk.come_back(text)
    assert talk.answers["school_deadline"] == "2027-01-05"


@pytest.mark.parametrize(
    "text",
    ["no wait. it's the 13th", "yes. my mom says hi", "no. is that bad?", "sorry. i had to go feed the baby"],
)
def test_what_does_not_hold_both_is_left_as_it_was(text: str) -> None:
    talk = at("parent_agi")
    before = dict(talk.answers)
    talk.say(text)
    assert {name: value for name, value in talk.answers.items() if name in before} == before


def test_a_question_is_explained_and_the_change_beside_it_recorded() -> None:
    talk = at("parent_income_tax_paid")
    before = dict(talk.answers)
    talk.say("what counts as tax paid? oh wait the family size is 5 not 4")
    explained = [say.custom["explain"]["question"] for say in talk.last.says if "explain" in say.custom]
    assert explained == ["what counts as tax paid?"]
    assert {name: value for name, value in talk.answers.items() if before.get(name) != value} == {"family_size": 5}
    assert talk.asked == "parent_income_tax_paid"


def test_a_question_that_ends_in_the_change_of_a_yes_or_no() -> None:
    talk = at("parent_child_support_received")
    assert talk.answers["means_tested_benefit"] == "no"
    assert told(talk, "hold on does wic count? my baby cousin here gets it. so thats a yes not a no") == {
        "means_tested_benefit": "yes"
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "scrap the 2k scholarship at kent state, im not keeping the gpa for it so zero. and the cost is 31 "
               "thousand total not 29"),
        ("es", "quita la beca de 2 mil de kent state, y el costo es 31 mil no 29"),
    ],
)  # fmt: skip
def test_an_amount_taken_out_and_another_put_right(language: str, text: str) -> None:
    talk = talk_to(CompareOffers(), "offer_more", LETTERS, language)
    turns = len(talk.history)
    assert told(talk, text) == {"offer_scholarships_1": 0, "offer_cost_1": 31_000}
    assert [sum("asks" in say.custom for say in turn.says) for turn in talk.history[turns:]] in ([1], [1, 1])


@pytest.mark.parametrize(
    ("language", "text", "records"),
    [
        ("en", "wait i found my w2. income before is 58,900", {"income_before": 58_900}),
        ("en", "income before is 58,900", {"income_before": 58_900}),
        ("es", "espere, encontré mi w2. lo de antes es 58,900", {"income_before": 58_900}),
        ("en", "wait i found my w2", {}),
    ],
)
def test_the_income_named_is_the_one_that_changes(language: str, text: str, records: dict[str, Any]) -> None:
    talk = talk_to(Appeal(), "income_now", {**MARCO, "appeal_who": "parent"}, language)
    assert told(talk, text) == records
    assert talk.asked == "income_now"


@pytest.mark.parametrize(
    ("language", "text", "income"),
    [
        ("es", "perdon ya los conte bien son 2,350 al mes", 28_200),
        ("en", "sorry i added them up right this time its 2,350 a month", 28_200),
        ("en", "sorry it took me a sec i have 3 stubs of 2,350", None),
        ("es", "perdon la carta dice 2,350 al mes", None),
    ],
)
def test_an_amount_told_again_is_no_paper(language: str, text: str, income: int | None) -> None:
    talk = talk_to(Appeal(), "proof", {**MARCO, "income_now": 26_400}, language)
    assert told(talk, text) == ({"proof": text} if income is None else {"income_now": income})


def test_what_a_friend_says_is_no_answer() -> None:
    talk = talk_to(Verification(), "identity_way", {**CHECKED, "verification_group": "V4"}, "es")
    assert told(talk, "Un primo me dijo que hay que ir con un notario. ¿Es verdad?") == {}
    assert talk.asked == "identity_way"


def test_a_question_asked_after_a_detour_is_not_taken_for_an_answer() -> None:
    talk = talk_to(Dependency(), "any_dependency_reason", {"award_year": "2026-27"})
    talk.say("can u send me a link so i can finish on my laptop")
    talk.say("i did basic training for 5 months doesnt that count as active duty")
    assert (talk.asked, talk.answers.get("any_dependency_reason")) == ("any_dependency_reason", None)


def test_an_income_that_went_down_again_is_changed_where_a_name_is_asked() -> None:
    talk = talk_to(Appeal(), "school_name", {**MARCO, "income_now": 24_000}, "es")
    text = "espere, lo de ahorita ya no son 2 mil al mes, le bajaron a 1,200 mensuales"
    assert told(talk, text) == {"income_now": 14_400}


def test_what_follows_a_question_about_it_changes_nothing() -> None:
    talk = at("parent_income_tax_paid")
    before = dict(talk.answers)
    talk.say("do you need my dads income too? he makes 30k")
    assert talk.answers == before


@pytest.mark.parametrize(
    ("language", "depth", "text", "becomes"),
    [
        ("en", "full", "can we just do the short one", "quick"),
        ("en", "full", "omg how many of these are there.. can we just do the short one", "quick"),
        ("es", "quick", "podemos mejor hacer la completa", "full"),
    ],
)
def test_a_wish_for_another_way_is_asked_back(language: str, depth: str, text: str, becomes: str) -> None:
    assert changed(at("family_size", {**ALEX, "depth": depth}, language), text) == {"depth": becomes}


@pytest.mark.parametrize("typed", ["...", "\U0001f44d", "?!"])
def test_marks_alone_are_no_story(typed: str) -> None:
    talk = talk_to(Appeal(), "appeal_story", MARCO)
    talk.say(typed)
    assert "appeal_story" not in talk.answers
    assert talk.asked == "appeal_story"
