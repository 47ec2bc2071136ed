"""What simulated people stumbled over: each promise here was once broken in a conversation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from actions.estimate_aid import EstimateAid
from tests.actions.people import ALEX, DANA, LUZ
from tests.actions.talk import Talk

MASTERS: dict[str, Any] = {
    **DANA, "born_before_cutoff": "no", "any_dependency_reason": "yes", "graduate_student": "yes",
    "student_agi": 33_900, "student_earned_income": 33_900, "student_income_tax_paid": 2_080,
    "cost_of_attendance": 41_200,
}  # fmt: skip
"""Twenty-three, in a master's program."""


def at(name: str, said: dict[str, Any] = ALEX, language: str = "en") -> Talk:
    talk = Talk(EstimateAid(), language)
    talk.open("estimate my aid")
    talk.answer_until(name, said)
    return talk


@pytest.mark.parametrize("depth", ["quick", "full"])
def test_a_masters_student_is_never_shown_a_pell_grant(depth: str) -> None:
    talk = Talk(EstimateAid())
    talk.open("estimate my aid")
    asked = talk.answer_all({**MASTERS, "depth": depth})
    assert talk.result["values"]["pell"] == 0
    assert "utter_estimate_result_grad" in talk.responses
    assert "grade_level" not in asked


@pytest.mark.parametrize(
    "said", [MASTERS, {**DANA, "grade_level": "graduate"}, {**DANA, "grade_level": "professional"}]
)
def test_what_a_graduate_student_still_needs_is_worked_out_from_the_cost(said: dict[str, Any]) -> None:
    talk = Talk(EstimateAid())
    talk.open("estimate my aid")
    asked = talk.answer_all(said)
    assert {"cost_of_attendance", "other_grants"} <= set(asked)
    values = talk.result["values"]
    assert values["need"] == said["cost_of_attendance"] - max(0, values["sai"])


@pytest.mark.parametrize(
    ("typed", "meant"), [("1", "yes"), ("2", "no"), ("#1", "yes"), ("2)", "no"), ("opción 2", "no")]
)
def test_yes_and_no_can_be_picked_by_their_places(typed: str, meant: str) -> None:
    talk = at("means_tested_benefit")
    talk.say(typed)
    assert talk.answers["means_tested_benefit"] == meant


def test_a_figure_is_a_figure_where_an_amount_or_a_count_is_asked() -> None:
    talk = at("family_size", LUZ)
    talk.say("2")
    assert talk.answers["family_size"] == 2
    talk.answer_until("parent_taxable_grants", LUZ)
    talk.say("2")
    assert "parent_taxable_grants" not in talk.answers, "2 dollars are not a no to all of these"


def test_two_at_a_question_about_children_is_not_silently_a_no() -> None:
    talk = at("supports_children", {**LUZ, "any_dependency_reason": "yes"})
    talk.say("2")
    assert talk.asked == "confirm_value"
    talk.say("no, i have two kids")
    assert talk.answers.get("supports_children") != "no"


@pytest.mark.parametrize(("typed", "kept"), [("1", True), ("2", False)])
def test_a_confirmation_can_be_answered_by_place(typed: str, kept: bool) -> None:
    talk = at("parent_agi")
    talk.say("1,200 a month")
    assert talk.asked == "confirm_value"
    talk.say(typed)
    assert talk.answers.get("parent_agi") == (14_400 if kept else None)
    assert talk.asked == ("parent_earned_income" if kept else "parent_agi")


@pytest.mark.parametrize("typed", ["hi", "hola", "hey", "buenas tardes"])
def test_a_greeting_in_the_middle_is_no_answer(typed: str) -> None:
    talk = at("state_for_poverty")
    talk.say(typed)
    assert talk.responses[0] == "utter_resume"
    assert talk.asked == "state_for_poverty"
    talk.say("HI")
    assert talk.answers["state_for_poverty"] == "HI"


def test_a_state_that_may_be_an_everyday_word_is_confirmed() -> None:
    talk = at("state_for_poverty")
    talk.say("oh")
    assert talk.asked == "confirm_value"
    talk.say("purple")
    assert "state_for_poverty" not in talk.answers
    talk.say("oh")
    talk.say("yes")
    assert talk.answers["state_for_poverty"] == "OH"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("si, planilla en puerto rico", "us_territory_filer"),
        ("yes, they filed in Puerto Rico", "us_territory_filer"),
        ("declaran en hacienda", "us_territory_filer"),
        ("yes, he files in Mexico", "foreign_filer"),
        ("yea he does", "us_filer"),
        ("yes she does", "us_filer"),
        ("yep they do", "us_filer"),
        ("claro que sí", "us_filer"),
        ("sí, con itin", "us_filer"),
        ("both of them did", "us_filer"),
        ("yes they file their taxes together", "us_filer"),
        ("naw", "nonfiler"),
        ("no she doesn't", "nonfiler"),
        ("nunca", "nonfiler"),
    ],
)
def test_whether_a_parent_filed_is_understood_as_people_say_it(typed: str, meant: str) -> None:
    talk = at("parent_filer_class", LUZ)
    talk.say(typed)
    assert talk.answers.get("parent_filer_class") == meant


@pytest.mark.parametrize("typed", ["no se", "i dont know", "yes and no"])
def test_an_unsure_reply_on_filing_settles_nothing(typed: str) -> None:
    talk = at("parent_filer_class", LUZ)
    talk.say(typed)
    assert "parent_filer_class" not in talk.answers


@pytest.mark.parametrize(
    "typed",
    [
        "espere, le paso el teléfono a mi mamá. en español por favor",
        "wait, here's my mom. spanish please",
        "hold on im giving the phone to my dad, in spanish please",
    ],
)
def test_who_hands_the_phone_over_gets_the_language_and_the_question_again(typed: str) -> None:
    talk = at("parent_marital_status")
    talk.say(typed)
    assert talk.responses[0] == "utter_language_set"
    assert talk.asked == "parent_marital_status"
    assert "parent_marital_status" not in talk.answers


@pytest.mark.parametrize("typed", ["¿y esto para qué lo quieren saber?", "para que es esto", "why do yall need that"])
def test_asking_what_an_answer_is_for_is_told_why(typed: str) -> None:
    talk = at("means_tested_benefit", language="es" if "para" in typed else "en")
    talk.say(typed)
    assert talk.responses[0] == "utter_why_benefits"
    assert talk.asked == "means_tested_benefit"


@pytest.mark.parametrize("typed", ["I'm back, where were we?", "donde nos quedamos", "ok im back"])
def test_whoever_comes_back_is_asked_where_they_left_off(typed: str) -> None:
    talk = at("parent_agi")
    talk.say(typed)
    assert talk.responses == ["utter_resume", "utter_q_agi"]


@pytest.mark.parametrize("typed", ["continue", "adelante", "go ahead"])
def test_going_on_at_the_review_shows_the_estimate(typed: str) -> None:
    talk = at("confirm_summary")
    talk.say(typed)
    assert talk.result["end"] == "estimate_shown"


def test_an_empty_list_of_assumptions_is_not_told() -> None:
    talk = Talk(EstimateAid())
    talk.open("estimate my aid")
    talk.answer_until("cost_of_attendance", ALEX)
    talk.say("not sure")
    talk.answer_all(ALEX)
    lists = [say.params["list"] for say in talk.last.says if "list" in say.params]
    assert all(lists)
    assert "utter_estimate_assumed" not in talk.responses


@pytest.mark.parametrize(("language", "text"), [("en", "estimate my aid"), ("es", "calcular mi ayuda")])
def test_asking_for_the_same_estimate_again_shows_the_answers_first(language: str, text: str) -> None:
    talk = Talk(EstimateAid(), language)
    talk.open(text)
    talk.answer_all(ALEX)
    talk.state = replace(talk.state, asked=None)  # as the form leaves it
    talk.open(text)
    assert talk.responses[0] == "utter_known_already"
    assert talk.asked == "confirm_summary"
    assert talk.last.says[-1].custom["rows"]
    talk.say(talk.written("yes"))
    assert talk.result["end"] == "estimate_shown"


@pytest.mark.parametrize("name", ["student_marital_status", "born_before_cutoff", "parent_agi", "state_for_poverty"])
@pytest.mark.parametrize(
    "typed", ["what is the pell grant?", "why do you ask?", "purple monkeys dance", "hola", "skip it?"]
)
def test_a_question_that_comes_a_third_time_shows_a_way_out(name: str, typed: str) -> None:
    talk = at(name)
    for _ in range(2):
        talk.say(typed)
        if talk.asked != name:
            return
    assert {"utter_way_out", "utter_bad_again"} & set(talk.responses), talk.responses


def test_the_way_out_is_not_carried_to_the_next_question() -> None:
    talk = at("born_before_cutoff")
    talk.say("why?")
    talk.say("why?")
    assert "utter_way_out" in talk.responses
    talk.say("no")
    talk.say("why?")
    assert "utter_way_out" not in talk.responses


@pytest.mark.parametrize(
    "typed",
    ["y con esos mismos números for 2025-26?", "same numbers for 25-26?", "what about 25-26 with the same numbers"],
)
def test_the_same_numbers_for_another_award_year_are_worked_out(typed: str) -> None:
    talk = Talk(EstimateAid())
    talk.open("estimate my aid")
    talk.answer_all(ALEX)
    tried = EstimateAid().reconsider(talk._heard(typed), talk.answers, talk.state)
    assert tried is not None
    assert tried.says[-1].custom["result"]["values"]["award_year"] == "2025-26"
