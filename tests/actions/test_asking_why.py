""" "Why?" after a result is answered with the result itself."""

from __future__ import annotations

import pytest
from rasa_sdk import Action

from actions.free import Explain, Worksheet
from actions.verification import Verification
from tests.actions.dialogue import (
    Dialogue,
    dependent,
    finished,
    said,
)
from tests.actions.talk import Talk


@pytest.mark.parametrize("action", [Explain(), Worksheet()])
def test_why_after_dependency_gives_its_rule_wherever_it_was_taken_to(action: Action) -> None:
    assert said(dependent().turn(action, "why?")) == ["utter_quoted"]


@pytest.mark.parametrize("text", ["why?", "why is my SAI that number", "how did you get that number", "why so high?"])
def test_why_after_an_estimate_tells_how_it_came_about(text: str) -> None:
    for action in (Explain(), Worksheet()):
        [message] = finished().turn(action, text)
        assert message["response"] == "utter_estimate_why"
        assert message["story"].startswith("The formula starts with your parents' total income of $95,000.")


def test_why_about_one_line_tells_what_it_means_with_its_rule_and_source() -> None:
    [message] = finished().turn(Explain(), "Why is the income protection allowance so low?")
    assert message["response"] == "utter_estimate_line"
    assert message["name"] == "Parents' income protection allowance"
    assert "$44,880 was set aside for living costs" in message["explain"]
    assert message["rule"]
    assert message["source"]


@pytest.mark.parametrize("text", ["what is the income protection allowance?", "what does available income mean"])
def test_a_term_of_the_worksheet_is_explained_with_the_person_s_own_amount(text: str) -> None:
    [message] = finished().turn(Explain(), text)
    assert message["response"] == "utter_estimate_line"
    assert "$" in message["explain"]


def test_a_line_of_the_student_s_own_can_be_asked_about_too() -> None:
    [message] = finished().turn(Explain(), "why is the student's income protection allowance that number")
    assert "$11,770 of the student's own income" in message["explain"]


def test_por_que_is_answered_in_spanish() -> None:
    dialogue = finished()
    dialogue.slots["language"] = "es"
    [story] = dialogue.turn(Explain(), "¿por qué me salió ese número?")
    assert story["story"].startswith("La fórmula empieza con el ingreso total de sus padres: $95,000.")
    [line] = dialogue.turn(Explain(), "¿de dónde sale el descuento de protección?")
    assert line["name"] == "Descuento de protección del ingreso de los padres"


@pytest.mark.parametrize(
    "text",
    [
        "why does the FAFSA use taxes from two years ago?",
        "what is a Pell Grant?",
        "what is AGI",
        "when do I get my money?",
    ],
)
def test_other_questions_after_an_estimate_still_go_to_the_notes(text: str) -> None:
    message = finished().turn(Explain(), text)[0]
    assert message["custom"]["explain"]["question"] == text


def test_why_before_any_estimate_goes_to_the_notes() -> None:
    message = Dialogue().turn(Explain(), "why is my SAI so high?")[0]
    assert message["custom"]["explain"]["question"] == "why is my SAI so high?"


@pytest.mark.parametrize(
    ("language", "text"), [("en", "wait what's the difference between those?"), ("es", "no entiendo la pregunta")]
)
def test_whoever_asks_what_was_asked_has_the_question_explained(language: str, text: str) -> None:
    talk = Talk(Verification(), language)
    talk.open("verification")
    talk.say("2026-27")
    talk.say(text)
    assert talk.responses == ["utter_notsure_verification_group", "utter_q_verification_group"]


@pytest.mark.parametrize(("language", "text"), [("en", "what if i don't know?"), ("es", "¿y si no sé?")])
def test_whoever_asks_what_if_they_do_not_know_gets_the_help_of_the_question(language: str, text: str) -> None:
    talk = Talk(Verification(), language)
    talk.open("verification")
    talk.say("2026-27")
    talk.say(text)
    assert talk.responses == ["utter_notsure_verification_group", "utter_q_verification_group"]
