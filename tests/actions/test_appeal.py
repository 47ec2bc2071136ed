"""A case for a review of aid: what is asked, what a first message tells, and what the school gets."""

from __future__ import annotations

import random
from typing import Any

import pytest

from actions.appeal import NAMES, Appeal
from actions.appeal_opening import opening_answers
from actions.flow.model import Heard
from actions.flow.words import flow_wished_for
from knowledge.special_circumstances import REASONS, special_circumstances
from tests.actions.talk import TODAY, Talk

MARCO: dict[str, Any] = {
    "appeal_reason": "job_loss", "appeal_who": "parent", "appeal_date": "june 2026", "award_year": "2026-27",
    "income_before": 52_000, "income_now": 18_000, "proof": "the termination letter", "school_name": "Ohio State",
    "appeal_story": "The plant closed.", "contact_name": "Marco Ruiz", "contact_method": "text",
    "contact_phone": "505-555-0123",
}  # fmt: skip
NOT_SURE = {"en": "not sure", "es": "no sé"}


def case_of(said: dict[str, Any], language: str = "en", opening: str = "appeal my aid") -> tuple[list[str], Talk]:
    talk = Talk(Appeal(), language)
    talk.open(opening)
    return talk.answer_all(said), talk


def says(talk: Talk, response: str) -> Any:
    return next(say for say in talk.last.says if say.response == response)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_case_ends_with_a_reference_and_every_answer_as_the_school_needs_it(language: str) -> None:
    said = MARCO if language == "en" else {**MARCO, "appeal_date": "junio de 2026"}
    asked, talk = case_of(said, language)
    assert asked == [*NAMES[:3], "award_year", *NAMES[3:], "contact_name", "contact_method", "contact_phone",
                     "confirm_summary"]  # fmt: skip
    values = talk.result["values"]
    assert talk.result["end"] == "appeal_recorded"
    assert values == {
        "reference": values["reference"], "appeal_reason": "job_loss", "appeal_who": "parent", "appeal_date": "2026-06",
        "income_before": 52_000, "income_now": 18_000, "school_name": "Ohio State",
    }  # fmt: skip
    assert values["reference"].startswith("AID-")


def test_staff_get_the_case_line_by_line() -> None:
    _asked, talk = case_of(MARCO)
    request = talk.last.says[-1].custom["handoff"]
    lines = {row["label"]: row["value"] for row in request["case"]}
    assert request["kind"] == "appeal"
    assert request["contact_phone"] == "+15055550123"
    assert lines["Income this year"] == "$18,000"
    assert lines["When it happened"] == "June 2026"


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_each_reason_names_its_papers_and_who_decides(reason: str, language: str) -> None:
    _asked, talk = case_of({**MARCO, "appeal_reason": reason}, language)
    assert talk.result["values"]["appeal_reason"] == reason
    stated = special_circumstances()
    assert stated.statements["school_decides"].in_language(language) in says(talk, "utter_appeal_rules").params["rules"]
    papers = says(talk, "utter_appeal_next").params["papers"]
    assert papers == ", ".join(stated.papers.listed(reason, language))
    sources = says(talk, "utter_appeal_rules").custom["sources"]
    assert all(source["url"].startswith("https://") and source["as_of"] for source in sources)


@pytest.mark.parametrize(
    ("reason", "asked"), [("death", "utter_q_appeal_date_death"), ("pay_cut", "utter_q_appeal_date")]
)
def test_a_death_is_asked_about_in_words_of_its_own(reason: str, asked: str) -> None:
    talk = Talk(Appeal())
    talk.open("appeal my aid")
    talk.answer_until("appeal_date", {**MARCO, "appeal_reason": reason})
    assert talk.responses[-1] == asked


@pytest.mark.parametrize("text", ["a death", "murió mi papá", "he passed away"])
def test_sympathy_comes_before_the_next_question(text: str) -> None:
    talk = Talk(Appeal())
    talk.open("appeal my aid")
    talk.say(text)
    assert talk.responses[0] == "utter_appeal_word_death"


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("my dad lost his job in june, what now", "en",
         {"appeal_reason": "job_loss", "appeal_who": "parent", "appeal_date": "2026-06"}),
        ("mi mamá falleció en marzo de 2026 y la fafsa 26-27 tiene su sueldo", "es",
         {"appeal_reason": "death", "appeal_who": "parent", "appeal_date": "2026-03", "award_year": "2026-27"}),
        ("they cut my hours at work", "en", {"appeal_reason": "pay_cut"}),
        ("my daughter says my parents lost their job", "en", {"appeal_reason": "job_loss"}),
        ("we divorced and i lost my job", "en", {}),
        ("can i get more aid, may i appeal?", "en", {}),
        ("my mom is sick of the bills", "en", {}),
    ],
)  # fmt: skip
def test_a_first_message_tells_only_what_is_certain(text: str, language: str, found: dict[str, str]) -> None:
    assert opening_answers(Heard(text, language, TODAY)) == found


def test_what_the_first_message_told_is_not_asked_again() -> None:
    asked, talk = case_of(MARCO, opening="my dad lost his job in june")
    assert not {"appeal_reason", "appeal_who", "appeal_date"} & set(asked)
    assert talk.result["values"]["appeal_date"] == "2026-06"


@pytest.mark.parametrize(
    ("year", "tax_year"), [("2024-25", "2022"), ("2025-26", "2023"), ("2026-27", "2024"), ("2027-28", "2025")]
)
def test_the_income_asked_for_is_that_of_the_tax_year_the_fafsa_looks_at(year: str, tax_year: str) -> None:
    talk = Talk(Appeal())
    talk.open("appeal my aid")
    talk.answer_until("income_before", {**MARCO, "award_year": year})
    assert talk.last.says[-1].params["tax_year"] == tax_year


@pytest.mark.parametrize(
    ("who", "words"), [("student", "did you make"), ("parent", "did your parents make together"),
                       ("spouse", "did you and your spouse make together")],
)  # fmt: skip
def test_the_income_asked_for_is_that_of_whom_it_happened_to(who: str, words: str) -> None:
    talk = Talk(Appeal())
    talk.open("appeal my aid")
    talk.answer_until("income_before", {**MARCO, "appeal_who": who})
    assert talk.last.says[-1].params["household"] == words


def test_an_income_by_the_month_is_confirmed_for_the_year() -> None:
    talk = Talk(Appeal(), "es")
    talk.open("apelar mi ayuda")
    talk.answer_until("income_now", {**MARCO, "appeal_date": "agosto"})
    talk.say("como 1,500 al mes")
    assert (talk.asked, talk.asks["about"], talk.asks["value"]) == ("confirm_value", "income_now", 18_000)
    talk.say("sí")
    assert talk.answers["income_now"] == 18_000


@pytest.mark.parametrize("language", ["en", "es"])
def test_who_is_sure_of_nothing_still_gets_a_case_to_take_along(language: str) -> None:
    talk = Talk(Appeal(), language)
    talk.open("appeal my aid")
    for _ in range(40):
        if talk.last.status != "asking":
            break
        talk.say("yes" if talk.asked == "confirm_summary" else NOT_SURE[language])
    assert talk.result["end"] == "appeal_recorded"
    assert talk.result["values"]["income_now"] is None
    assert talk.result["values"]["appeal_reason"] == "other"
    assert "utter_appeal_no_contact" in talk.responses


def test_not_sure_what_changed_is_helped_first() -> None:
    talk = Talk(Appeal())
    talk.open("appeal my aid")
    talk.say("not sure")
    assert talk.responses[0] == "utter_notsure_appeal_reason"
    assert talk.asked == "appeal_reason"


@pytest.mark.parametrize("text", ["no", "no thanks", "skip", "i'd rather not"])
def test_being_contacted_can_be_declined(text: str) -> None:
    talk = Talk(Appeal())
    talk.open("appeal my aid")
    talk.answer_until("contact_method", MARCO)
    talk.say(text)
    assert talk.asked == "confirm_summary"
    assert talk.answers.get("contact_method") is None


def test_a_correction_after_the_result_changes_the_same_case() -> None:
    _asked, talk = case_of(MARCO)
    reference = talk.result["values"]["reference"]
    talk.come_back("change income before to 54,000")
    talk.say("yes")
    assert "utter_appeal_updated" in talk.responses
    assert (talk.result["values"]["reference"], talk.result["values"]["income_before"]) == (reference, 54_000)


def test_back_asks_the_question_before_again() -> None:
    talk = Talk(Appeal())
    talk.open("appeal my aid")
    talk.answer_until("income_now", MARCO)
    talk.say("back")
    assert talk.asked == "income_before"
    assert "income_before" not in talk.answers


@pytest.mark.parametrize("at", ["income_before", "proof", "appeal_story"])
def test_a_question_in_the_middle_is_answered_and_the_form_waits(at: str) -> None:
    talk = Talk(Appeal())
    talk.open("appeal my aid")
    talk.answer_until(at, MARCO)
    before = dict(talk.answers)
    talk.say("what is professional judgment?")
    assert talk.last.says[0].custom["explain"]
    assert (talk.asked, talk.answers) == (at, before)


def test_the_answers_that_staff_pages_leave_out_are_marked_line_by_line() -> None:
    _asked, talk = case_of(MARCO)
    rows = says(talk, "utter_appeal_done").custom["rows"]
    assert {row["label"] for row in rows if not row["private"]} == {"Award year", "School"}


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_said_the_form_asks_on_or_ends(seed: int) -> None:
    chance = random.Random(seed)
    said = ["yes", "no", "not sure", "no sé", "skip", "back", "why", "52k", "1,500 a month", "asdf qwer", "???", "2",
            "my dad", "june", "Ohio State", "change the school to Kent State", "what is a FAFSA?", "0"]  # fmt: skip
    talk = Talk(Appeal(), chance.choice(["en", "es"]))
    talk.open("appeal my aid")
    for _ in range(60):
        if talk.last.status != "asking":
            break
        assert talk.asks
        talk.say(chance.choice(said))


@pytest.mark.parametrize(
    ("text", "asking_as", "who"),
    [("me, I am the parent", None, "parent"), ("me, I'm her mom", None, "parent"), ("me", "parent", "parent"),
     ("my husband", "parent", "parent"), ("my daughter", "parent", "student"), ("me", "student", "student"),
     ("my husband", None, "spouse"), ("soy la mamá, a mí", None, "parent")],
)  # fmt: skip
def test_a_parent_who_says_me_means_a_parent(text: str, asking_as: str | None, who: str) -> None:
    talk = Talk(Appeal(), answers={"asking_as": asking_as} if asking_as else {})
    talk.open("appeal my aid")
    talk.answer_until("appeal_who", MARCO)
    talk.say(text)
    assert talk.answers["appeal_who"] == who


def test_nobody_is_asked_whether_the_student_died() -> None:
    talk = Talk(Appeal())
    talk.open("appeal my aid")
    talk.say("a death")
    assert [choice["value"] for choice in talk.asks["choices"]] == ["parent", "spouse"]


@pytest.mark.parametrize("reason", ["death", "divorce_or_separation"])
def test_after_a_loss_the_income_of_today_is_that_of_the_household(reason: str) -> None:
    talk = Talk(Appeal())
    talk.open("appeal my aid")
    talk.answer_until("income_now", {**MARCO, "appeal_reason": reason})
    assert talk.last.says[-1].params["household_now"] == "will your household make"


@pytest.mark.parametrize(
    "text",
    ["My mom passed away in March 2026 and her income is on my FAFSA.", "quiero apelar mi ayuda, me bajaron las horas",
     "Mis papás se divorciaron en febrero y la FAFSA tiene los dos ingresos", "can they review my aid"],
)  # fmt: skip
def test_a_wish_for_a_review_is_heard_in_so_many_words(text: str) -> None:
    assert flow_wished_for(text) == "appeal"
