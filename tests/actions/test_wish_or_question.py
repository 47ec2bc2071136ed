"""A message that may be a wish, a question, or neither."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rasa_sdk import Action

from actions.estimate_aid import EstimateAid
from actions.flow.model import Heard
from actions.forms import FlowForm
from actions.free import Explain, OfferAnswer, Stop, Worksheet
from actions.menu import Menu
from actions.verification import Verification
from actions.who_is_parent import WhoIsParent
from tests.actions.dialogue import (
    ESTIMATE,
    HANDOFF,
    Dialogue,
    asked,
    at,
    said,
)
from tests.actions.people import ALEX
from tests.actions.talk import Talk


def test_a_free_question_is_handed_on_in_its_own_words() -> None:
    messages = Dialogue().turn(Explain(), "when is the FAFSA due?")
    assert messages[0]["custom"]["explain"]["question"] == "when is the FAFSA due?"


def test_a_message_that_cannot_be_taken_gets_a_reason_and_the_menu() -> None:
    assert said(Dialogue().turn(Explain(), "x" * 50, problem="too_long")) == ["utter_problem_too_long", "utter_menu"]


@pytest.mark.parametrize(
    ("text", "asks_for_an_estimate"),
    [
        ("why would an sai be negative", False),
        ("what is the maximum pell grant", False),
        ("cuándo me dan el dinero", False),
        ("how much aid could I get?", True),
        ("cuánta ayuda me darían", True),
    ],
)
def test_a_question_about_aid_that_was_taken_for_a_wish_to_estimate_it_opens_no_form(
    text: str, asks_for_an_estimate: bool
) -> None:
    heard = Heard(text, "en", date(2026, 11, 21), intent="start_estimate_aid", confidence=0.9)
    assert EstimateAid().misheard(heard) is not asks_for_an_estimate


def test_a_secret_typed_outside_a_form_is_taken_out_and_what_it_is_about_is_answered() -> None:
    messages = Dialogue().turn(Explain(), "my password is [removed password] log in for me", problem="sensitive")
    assert said(messages) == ["utter_sensitive_removed", None, "utter_what_next"]
    assert messages[1]["custom"]["explain"]["question"] == "my password is [removed password] log in for me"


@pytest.mark.parametrize("action", [Menu(), OfferAnswer(), Worksheet(), Stop()])
def test_a_message_with_a_problem_is_spoken_of_whatever_it_was_taken_for(action: Action) -> None:
    dialogue = Dialogue()
    assert dialogue.turn(action, "[removed SSN]", problem="sensitive") == []
    assert dialogue.followup == "action_explain"


def test_what_must_not_be_done_is_refused_in_the_notes_words_and_the_form_goes_on() -> None:
    [refused] = Dialogue().turn(Explain(), "how do i hide my savings", problem="unsafe")
    assert refused["custom"]["explain"]["question"] == "how do i hide my savings"
    messages = at("family_size").turn(ESTIMATE, "how do i hide my savings", problem="unsafe")
    assert messages[0]["custom"]["explain"]["question"] == "how do i hide my savings"
    assert asked(messages) == "family_size"


RANKING = (("ask_question", 0.5), ("start_borrowing", 0.3), ("start_appeal", 0.02))


def test_after_an_answer_the_flow_that_may_have_been_meant_is_shown() -> None:
    answer, after = Dialogue().turn(Explain(), "what loans are there", likely=RANKING, near=0.7)
    assert "explain" in answer["custom"]
    assert [one["value"] for one in after["custom"]["asks"]["choices"]] == ["borrowing", "menu"]


def test_after_an_answer_to_anything_else_a_person_can_be_asked_for() -> None:
    _answer, after = Dialogue().turn(Explain(), "what is a Pell Grant?", near=0.9)
    assert [one["value"] for one in after["custom"]["asks"]["choices"]] == ["handoff", "menu"]


def test_what_no_note_answers_is_asked_about_when_it_may_be_a_wish() -> None:
    [asking] = Dialogue().turn(Explain(), "ya pedi 45 mil hasta ahi llegue", likely=RANKING)
    assert asking["response"] == "utter_did_you_mean"
    assert [one["value"] for one in asking["custom"]["asks"]["choices"]] == ["borrowing", "menu"]


def test_a_question_that_opens_a_form_is_answered_before_the_form_asks() -> None:
    messages = Dialogue().turn(ESTIMATE, "how much is the most pell gives?", intent="start_estimate_aid", near=0.8)
    assert messages[0]["custom"]["explain"]["question"] == "how much is the most pell gives?"
    assert asked(messages)


def test_a_case_told_at_length_that_a_note_answers_is_answered_before_the_form_asks() -> None:
    story = "mis papas estan divorciados a quien de los dos pongo"
    messages = Dialogue().turn(FlowForm(WhoIsParent()), story, intent="start_who_is_parent", near=0.75)
    assert "explain" in messages[0]["custom"]
    assert asked(messages)


def test_a_wish_for_a_person_elsewhere_is_told_where_that_is() -> None:
    dialogue = Dialogue()
    messages = dialogue.turn(HANDOFF, "i need to talk to an advisor about my classes", intent="talk_to_person")
    assert "explain" in messages[0]["custom"]
    assert dialogue.slots["requested_slot"] is None


@pytest.mark.parametrize(
    ("text", "metadata"),
    [("estimate my aid", {"near": 0.9}), ("how much aid would i get?", {"near": 0.3}),
     ("1", {"near": 0.9, "offered": "flow"}), ("Estimate my aid", {"near": 0.9, "offered": "flow"})],
)  # fmt: skip
def test_a_plain_wish_and_a_pick_are_not_taken_for_a_question(text: str, metadata: dict[str, Any]) -> None:
    messages = Dialogue().turn(ESTIMATE, text, intent="start_estimate_aid", **metadata)
    assert not [message for message in messages if "explain" in message["custom"]]


def verifying(asked: str) -> Talk:
    talk = Talk(Verification())
    talk.open("verification")
    talk.answer_until(asked, {"verification_group": "V5", "award_year": "2026-27"})
    return talk


def test_an_answer_put_as_a_question_is_explained_once_and_then_confirmed() -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("parent_agi", ALEX)
    talk.say("isnt it like 95k?")
    assert "explain" in talk.last.says[0].custom
    assert talk.asked == "parent_agi"
    talk.say("isnt it like 95k?")
    assert talk.asks["name"] == "confirm_value"
    talk.say("yes")
    assert talk.answers["parent_agi"] == 95_000


def test_words_that_only_lie_near_a_note_are_not_answered_with_it_twice() -> None:
    talk = verifying("identity_way")
    talk.say("my tio has the papers", near=0.9)
    assert "explain" in talk.last.says[0].custom
    talk.say("my tio has the papers", near=0.9)
    assert not [say for say in talk.last.says if "explain" in say.custom]
    assert talk.asked == "identity_way"


def test_a_list_that_was_open_stays_open_after_what_must_not_be_done() -> None:
    listed = "flow verification handoff menu"
    messages = Dialogue().turn(Explain(), "can i text you my passport", problem="unsafe", offered=listed)
    assert [c["value"] for c in messages[-1]["custom"]["asks"]["choices"]][:2] == ["verification", "handoff"]


def test_whoever_wants_no_person_sees_all_there_is() -> None:
    messages = Dialogue().turn(OfferAnswer(), "no thanks", intent="deny", offered="offer_person")
    assert {"estimate_aid", "verification"} <= {c["value"] for c in messages[-1]["custom"]["asks"]["choices"]}


@pytest.mark.parametrize(
    "text", ["jus a rough number for aug 27 pls", "can u run my numbers", "cuánta ayuda me tocaría a mí"]
)
def test_a_wish_for_an_estimate_in_a_crowd_of_words_is_heard(text: str) -> None:
    dialogue = Dialogue()
    dialogue.turn(Explain(), text)
    assert dialogue.followup == "estimate_aid_form"
