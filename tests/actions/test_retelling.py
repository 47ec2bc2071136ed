"""Earlier answers told anew: by their name, several at once, or by words that can be about nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from actions.appeal import Appeal
from actions.compare_offers import CompareOffers
from actions.deadlines import DeadlinesFlow
from actions.flow.model import Flow
from actions.handoff import Handoff
from tests.actions.talk import Talk
from tests.actions.test_corrections_in_passing import at, changed

LETTERS: dict[str, Any] = {
    "offer_school_1": "Kent State", "offer_cost_1": 29_000, "offer_grants_1": 9_000, "offer_scholarships_1": 2_000,
    "offer_loans_1": 5_500, "offer_parent_loans_1": 0, "offer_work_1": 0, "offer_more": "yes",
    "offer_school_2": "Ohio University",
}  # fmt: skip
LOST_JOB: dict[str, Any] = {
    "appeal_reason": "job_loss", "appeal_who": "parent", "appeal_date": "March 2026", "income_before": 61_000,
    "income_now": 24_000, "award_year": "2026-27", "proof": "a letter from the plant", "school_name": "Fresno State",
}  # fmt: skip
ROSA: dict[str, Any] = {
    "handoff_reason": "my letter", "contact_name": "Rosa Lara", "contact_method": "email",
    "contact_email": "rosa.lara@example.com",
}  # fmt: skip


def talk_to(flow: Flow, name: str, said: dict[str, Any], language: str = "en") -> Talk:
    talk = Talk(flow, language)
    talk.open("hello" if language == "en" else "hola")
    talk.answer_until(name, said)
    return talk


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "no, theres 6 of us and the income is 62,300", {"family_size": 6, "parent_agi": 62_300}),
        ("en", "almost. state should be michigan and family size is 5", {"state_for_poverty": "MI", "family_size": 5}),
        ("es", "no, somos 5 y el ingreso es 68 mil", {"family_size": 5, "parent_agi": 68_000}),
        ("es", "casi. vivimos en Indiana, el ingreso es 71 mil", {"state_for_poverty": "IN", "parent_agi": 71_000}),
        ("en", "a couple things, theres 6 of us with my uncle and its michigan. ohio is the old address",
         {"family_size": 6, "state_for_poverty": "MI"}),
    ],
)  # fmt: skip
def test_several_answers_are_changed_by_one_message(language: str, text: str, told: dict[str, Any]) -> None:
    assert changed(at("confirm_summary", language=language), text) == told


@pytest.mark.parametrize(
    ("language", "pending", "text", "told"),
    [
        ("en", "enrollment", "i just looked, the income on the return is 68,750", {"parent_agi": 68_750}),
        ("en", "parent_income_tax_paid", "count my baby brother too so 5", {"family_size": 5}),
        ("en", "parent_income_tax_paid", "sorry found the paper, its 31,400", {"other_parent_earned_income": 31_400}),
        ("en", "student_filer_class", "i was wrong about the food stamps. yes", {"means_tested_benefit": "yes"}),
        ("es", "enrollment", "ya encontré el papel, el ingreso era de 68,750", {"parent_agi": 68_750}),
        ("es", "grade_level", "se me olvidó contar a mi abuela, somos 5", {"family_size": 5}),
        ("es", "enrollment", "ponle 6, se me olvidó mi tía que vive con nosotros", {"family_size": 6}),
        ("en", "enrollment", "make it 6, i forgot my aunt", {"family_size": 6}),
        ("es", "enrollment", "perdón, ya busqué la hoja, vivimos en Nevada", {"state_for_poverty": "NV"}),
    ],
)  # fmt: skip
def test_an_answer_told_anew_in_passing_is_changed(
    language: str, pending: str, text: str, told: dict[str, Any]
) -> None:
    assert changed(at(pending, language=language), text) == told


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "Kent State's grant went up, it is 11,200 now i was wrong", {"offer_grants_1": 11_200}),
        ("en", "i mixed up the letters, kent state cost is 31,000", {"offer_cost_1": 31_000}),
        ("es", "me equivoqué, la beca de Kent State es de 3,500", {"offer_scholarships_1": 3_500}),
    ],
)
def test_an_amount_goes_to_the_letter_of_the_school_that_is_named(
    language: str, text: str, told: dict[str, Any]
) -> None:
    talk = talk_to(CompareOffers(), "offer_loans_2", {**LETTERS, "offer_cost_2": 30_000, "offer_grants_2": 8_000,
                                                      "offer_scholarships_2": 1_000}, language)  # fmt: skip
    assert changed(talk, text) == told


@pytest.mark.parametrize(
    ("language", "pending", "text", "told"),
    [
        ("en", "appeal_story", "sorry, the college is Fresno City College, not Fresno State",
         {"school_name": "Fresno City College"}),
        ("es", "appeal_story", "perdón, es Fresno City College, no Fresno State",
         {"school_name": "Fresno City College"}),
        ("en", "school_name", "their income this year is closer to 31,000", {"income_now": 31_000}),
    ],
)  # fmt: skip
def test_a_correction_is_not_taken_for_the_story(language: str, pending: str, text: str, told: dict[str, Any]) -> None:
    assert changed(talk_to(Appeal(), pending, LOST_JOB, language), text) == told


def test_a_monthly_income_among_several_changes_is_asked_back() -> None:
    talk = at("confirm_summary")
    talk.say("no, theres 6 of us and the income is 6,000 a month")
    assert talk.answers["family_size"] == 6
    assert talk.answers["parent_agi"] == 60_000
    assert talk.asked == "confirm_value"
    assert talk.asks["value"] == 72_000
    talk.say("yes")
    assert talk.answers["parent_agi"] == 72_000


def test_a_story_that_names_an_amount_stays_a_story() -> None:
    talk = talk_to(Appeal(), "appeal_story", LOST_JOB)
    talk.say("The plant closed in March and my dad has looked for work since. We live on what my mom makes.")
    assert talk.answers["appeal_story"].startswith("The plant closed")
    assert talk.answers["income_now"] == LOST_JOB["income_now"]


def test_an_address_told_later_replaces_the_one_on_record() -> None:
    talk = talk_to(Handoff(), "urgency", ROSA)
    assert changed(talk, "oh typo, it is rosa_lara@example.com") == {"contact_email": "rosa_lara@example.com"}


@pytest.mark.parametrize(
    ("language", "pending", "text"),
    [
        ("en", "parent_income_tax_paid", "7,000, my mom said thats the tax and the income i gave is right"),
        ("en", "student_filer_class", "no my parents do the taxes, i never worked"),
        ("en", "enrollment", "full time, i live in ohio with my parents"),
        ("es", "parent_income_tax_paid", "7 mil de impuestos, somos cuatro en la casa"),
    ],
)
def test_an_answer_with_more_around_it_stays_an_answer(language: str, pending: str, text: str) -> None:
    talk = at(pending, language=language)
    before = dict(talk.answers)
    talk.say(text)
    assert talk.answers.get(pending) is not None
    assert {name: value for name, value in talk.answers.items() if name in before} == before


def test_a_question_about_an_amount_changes_nothing() -> None:
    talk = at("enrollment")
    before = dict(talk.answers)
    talk.say("wait does the income of 68,000 count my stepdad too?")
    assert talk.answers == before


def test_a_whole_letter_told_at_the_second_school_leaves_the_first_alone() -> None:
    talk = talk_to(CompareOffers(), "offer_grants_2", {**LETTERS, "offer_cost_2": 30_000})
    talk.say("grants 4,000, scholarships 2,500, loans 3,500, work study 2,000")
    assert talk.answers["offer_scholarships_1"] == LETTERS["offer_scholarships_1"]
    assert talk.answers["offer_scholarships_2"] == 2_500
    assert talk.answers["offer_work_2"] == 2_000


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "perdón, me confundí, fue en mayo de 2026"), ("en", "oh sorry, that was in may of 2026")],
)
def test_another_month_goes_to_the_date_and_not_to_an_amount(language: str, text: str) -> None:
    assert changed(talk_to(Appeal(), "income_before", LOST_JOB, language), text) == {"appeal_date": "2026-05"}


def test_a_school_year_told_in_short_after_the_result_is_taken() -> None:
    talk = talk_to(DeadlinesFlow(), "offer_reminder", {"award_year": "2027-28", "state": "GA"})
    talk.say("no")
    talk.state = replace(talk.state, asked=None)
    talk.open("no my bad, i mean 26-27, the one for the classes im in now")
    assert talk.answers["award_year"] == "2026-27"
    assert talk.last.status == "done"


def test_a_doubtful_change_after_the_result_waits_for_its_answer() -> None:
    talk = talk_to(DeadlinesFlow(), "offer_reminder", {"award_year": "2027-28", "state": "GA"})
    talk.say("no")
    assert talk.last.status == "done"
    talk.state = replace(talk.state, asked=None)
    talk.open("sorry i meant fall 2026")
    assert talk.state.asked is not None  # else the yes would reach no form
    talk.say("yes")
    assert talk.answers["award_year"] == "2026-27"
    assert talk.last.status == "done"
