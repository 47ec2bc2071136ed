"""The actions as Rasa calls them: forms that open, end and give way, and what is said outside them."""

from __future__ import annotations

import pytest
from rasa_sdk import Action, Tracker

from actions.dependency import Dependency
from actions.flow.model import FlowState
from actions.forms import FlowForm, answers_of
from actions.free import Explain, OfferAnswer, Stop, Worksheet
from actions.handoff import reference_for
from actions.menu import Language, Menu, StartOver
from actions.server import executor
from actions.who_is_parent import WhoIsParent
from tests.actions.dialogue import (
    ESTIMATE,
    HANDOFF,
    Dialogue,
    asked,
    at_agi,
    dependent,
    finished,
    finished_quickly,
    said,
)
from tests.actions.people import ALEX
from tests.actions.talk import Talk


def test_a_form_that_opens_asks_its_first_question_and_waits_for_it() -> None:
    dialogue = Dialogue()
    messages = dialogue.turn(ESTIMATE, "estimate my aid")
    assert said(messages) == ["utter_estimate_intro", "utter_q_award_year"]
    assert dialogue.slots["requested_slot"] == asked(messages) == "award_year"


def test_an_answer_fills_its_slot_and_the_next_question_comes() -> None:
    dialogue = at_agi()
    messages = dialogue.turn(ESTIMATE, "95k")
    assert dialogue.slots["parent_agi"] == 95_000
    assert dialogue.slots["requested_slot"] == asked(messages) == "parent_earned_income"


def test_a_question_in_the_form_fills_no_slot() -> None:
    dialogue = at_agi()
    before = dict(dialogue.slots)
    messages = dialogue.turn(ESTIMATE, "what is AGI?")
    assert messages[0]["custom"]["explain"]["question"] == "what is AGI?"
    assert asked(messages) == "parent_agi"
    known = {name: value for name, value in dialogue.slots.items() if name != "flow_states"}
    assert known == {name: value for name, value in before.items() if name != "flow_states"}


def test_the_words_of_a_message_are_left_to_rasa_with_their_blanks_filled() -> None:
    messages = at_agi().turn(ESTIMATE, "95k")
    assert messages[0]["response"] == "utter_q_earned_income"
    assert messages[0]["whose"]
    assert messages[0]["tax_year"] == "2024"


def test_a_person_can_be_asked_for_in_the_form_and_the_form_goes_on_afterwards() -> None:
    dialogue = at_agi()
    dialogue.turn(ESTIMATE, "talk to a person")
    assert dialogue.followup == "handoff_form"
    assert dialogue.slots["requested_slot"] is None
    dialogue.turn(HANDOFF, "talk to a person")
    for text in ("my aid was cut", "Rosa Díaz", "text", "505-555-0123", "today", "english"):
        dialogue.turn(HANDOFF, text)
    messages = dialogue.turn(HANDOFF, "evenings")
    assert said(messages) == ["utter_handoff_done", "utter_handoff_today", "utter_handoff_next"]
    assert messages[-1]["custom"]["handoff"]["reference"] == reference_for("c1", "m7")
    assert dialogue.followup == "estimate_aid_form"
    messages = dialogue.turn(ESTIMATE, "evenings")
    assert said(messages)[0] == "utter_resume"
    assert asked(messages) == "parent_agi"


def test_the_next_request_for_a_person_is_asked_for_afresh() -> None:
    dialogue = Dialogue()
    dialogue.turn(HANDOFF, "talk to a person")
    for text in ("my aid was cut", "Rosa Díaz", "text", "505-555-0123", "today", "english", "evenings"):
        dialogue.turn(HANDOFF, text)
    messages = dialogue.turn(HANDOFF, "i need a person again")
    assert asked(messages) == "handoff_reason"
    assert dialogue.slots["contact_name"] is None


def test_stopping_the_request_for_a_person_goes_back_to_the_estimate_too() -> None:
    dialogue = at_agi()
    dialogue.turn(ESTIMATE, "talk to a person")
    dialogue.turn(HANDOFF, "talk to a person")
    dialogue.turn(HANDOFF, "stop")
    assert dialogue.followup == "estimate_aid_form"
    assert asked(dialogue.turn(ESTIMATE, "stop")) == "parent_agi"


def test_starting_over_clears_every_answer_and_keeps_the_language() -> None:
    dialogue = at_agi()
    dialogue.slots["language"] = "es"
    assert asked(dialogue.turn(ESTIMATE, "empezar de nuevo")) == "confirm_restart"
    messages = dialogue.turn(ESTIMATE, "sí", offered="confirm_restart")
    assert said(messages) == ["utter_restarted"]
    assert {name for name, value in dialogue.slots.items() if value is not None} == {"language"}
    assert dialogue.slots["language"] == "es"


def test_stopping_leaves_the_form() -> None:
    dialogue = at_agi()
    messages = dialogue.turn(ESTIMATE, "stop")
    assert messages[-1]["custom"]["result"]["end"] == "stopped"
    assert dialogue.slots["requested_slot"] is None
    assert dialogue.followup is None


def test_a_yes_to_a_person_offered_in_the_middle_of_a_form_brings_the_person() -> None:
    dialogue = Dialogue()
    dialogue.turn(ESTIMATE, "full estimate for 2026-27")
    assert dialogue.slots["requested_slot"] == "born_before_cutoff"
    dialogue.turn(ESTIMATE, "yes", intent="affirm", sure=0.99, offered="offer_person")
    assert dialogue.slots.get("born_before_cutoff") is None
    assert dialogue.followup == "handoff_form"


def test_after_the_result_a_correction_opens_the_form_again() -> None:
    dialogue = finished()
    assert dialogue.turn(Explain(), "change family size to 5") == []
    assert dialogue.followup == "estimate_aid_form"
    messages = dialogue.turn(ESTIMATE, "change family size to 5")
    assert said(messages)[0] == "utter_changed"
    assert dialogue.slots["family_size"] == 5


@pytest.mark.parametrize(
    ("text", "action"),
    [("talk to a person", "handoff_form"), ("start over", "action_start_over"), ("menu", "action_menu"),
     ("stop", "action_stop"), ("español", "action_language"), ("show my answers", "action_worksheet")],
)  # fmt: skip
def test_a_wish_that_no_rule_took_is_still_done(text: str, action: str) -> None:
    dialogue = Dialogue()
    assert dialogue.turn(Explain(), text) == []
    assert dialogue.followup == action


@pytest.mark.parametrize("hello", ["hi", "heyy good morning", "buenas", "hola buenas tardes"])
def test_a_greeting_gets_a_greeting_before_the_list_and_ends_nothing(hello: str) -> None:
    messages = Dialogue().turn(Menu(), hello, intent="greet")
    assert said(messages) == ["utter_greet", "utter_menu"]
    assert messages[-1]["custom"]["asks"]["name"] == "flow"
    assert "result" not in messages[-1]["custom"]


@pytest.mark.parametrize("asked", ["hi, what can you help with?", "hola, en qué me puede ayudar", "hey whats this for"])
def test_a_greeting_that_asks_what_there_is_has_the_list_as_its_result(asked: str) -> None:
    messages = Dialogue().turn(Menu(), asked, intent="greet")
    assert messages[-1]["custom"]["result"]["end"] == "menu_shown"


@pytest.mark.parametrize("asked", ["send me the link", "me manda el link para seguir en la compu?"])
def test_who_wants_to_go_on_in_a_browser_gets_a_link(asked: str) -> None:
    [message] = Dialogue().turn(Explain(), asked)
    assert message["response"] == "utter_other_device"
    assert message["custom"]["hand_over"]


def test_the_menu_asked_for_comes_alone() -> None:
    messages = Dialogue().turn(Menu(), "what can you do?", intent="what_can_you_do")
    assert said(messages) == ["utter_menu"]
    assert messages[0]["custom"]["result"]["end"] == "menu_shown"


def test_a_language_is_confirmed_with_its_name_in_the_result() -> None:
    messages = Dialogue(language="es").turn(Language(), "español")
    assert messages[0]["custom"]["result"]["values"] == {"language": "es"}


def test_starting_over_outside_a_form_forgets_the_estimate() -> None:
    dialogue = finished()
    assert asked(dialogue.turn(StartOver(), "start over")) == "confirm_restart"
    messages = dialogue.turn(StartOver(), "yes", offered="confirm_restart")
    assert messages[0]["custom"]["result"]["end"] == "restarted"
    assert {name for name, value in dialogue.slots.items() if value is not None} == {"language"}


def test_a_stop_with_nothing_under_way_is_confirmed() -> None:
    assert said(Dialogue().turn(Stop(), "stop")) == ["utter_stopped"]


def test_the_worksheet_comes_after_an_estimate_and_not_before() -> None:
    assert said(Dialogue().turn(Worksheet(), "worksheet")) == ["utter_no_worksheet_yet"]
    messages = finished().turn(Worksheet(), "worksheet")
    assert said(messages) == ["utter_worksheet_intro"]
    assert len(messages[0]["custom"]["rows"]) > 10


def test_a_yes_starts_what_was_offered_and_nothing_else() -> None:
    dialogue = Dialogue()
    assert dialogue.turn(OfferAnswer(), "yes", intent="affirm", offered="offer_person") == []
    assert dialogue.followup == "handoff_form"
    assert said(Dialogue().turn(OfferAnswer(), "yes", intent="affirm")) == ["utter_dont_understand"]
    assert dialogue.turn(OfferAnswer(), "no", intent="deny", offered="offer_person")
    assert dialogue.followup is None


@pytest.mark.parametrize("text", ["yes", "yes, the full one"])
def test_a_yes_to_the_full_estimate_asks_only_what_is_missing(text: str) -> None:
    dialogue = finished_quickly()
    known = {name for name, value in dialogue.slots.items() if value is not None}
    assert dialogue.turn(OfferAnswer(), text, intent="affirm", offered="offer_full") == []
    assert dialogue.followup == "estimate_aid_form"
    messages = dialogue.turn(ESTIMATE, text, intent="affirm", offered="offer_full")
    assert dialogue.slots["depth"] == "full"
    assert asked(messages) == "parent_filing_status"
    assert asked(messages) not in known


def test_a_full_estimate_offers_its_worksheet_and_a_yes_shows_it() -> None:
    dialogue = finished()
    assert dialogue.turn(OfferAnswer(), "yes", intent="affirm", offered="offer_worksheet") == []
    assert dialogue.followup == "action_worksheet"
    assert said(dialogue.turn(Worksheet(), "yes")) == ["utter_worksheet_intro"]


def test_a_no_to_an_offer_is_taken_kindly() -> None:
    messages = finished_quickly().turn(OfferAnswer(), "no", intent="deny", offered="offer_full")
    assert said(messages) == ["utter_offer_declined"]


@pytest.mark.parametrize(("action", "text"), [(OfferAnswer(), "yes"), (Explain(), "sure, let's do that")])
def test_a_yes_to_finding_the_parent_starts_that_and_asks_nothing_twice(action: Action, text: str) -> None:
    dialogue = dependent()
    assert dialogue.turn(action, text, intent="affirm", offered="offer_next") == []
    assert dialogue.followup == "who_is_parent_form"
    assert asked(dialogue.turn(FlowForm(WhoIsParent()), text)) == "lives_with"


def test_a_no_to_finding_the_parent_is_taken_kindly() -> None:
    messages = dependent().turn(OfferAnswer(), "no", intent="deny", offered="offer_next")
    assert said(messages) == ["utter_offer_declined"]


def test_no_blank_of_a_response_bears_a_name_that_rasa_uses_itself() -> None:
    """A parameter called `text` would replace the words of the response."""
    talk = Talk(Dependency())
    talk.open("am i dependent for 2026-27")
    talk.answer_all({**ALEX, "born_before_cutoff": "yes"})
    messages = [say for turn in talk.history for say in turn.says]
    reserved = {"text", "image", "buttons", "attachment", "elements", "response", "template", "json_message"}
    assert [say.response for say in messages if reserved & say.params.keys()] == []


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("soy dependiente o que", "dependency_form"),
        ("so am i independent now that i work", "dependency_form"),
        ("ok which of my parents do i invite", "who_is_parent_form"),
        ("what makes a student independent?", None),
        ("how much is pell", None),
    ],
)
def test_a_wish_for_another_flow_is_heard_where_no_rule_took_it(text: str, form: str | None) -> None:
    dialogue = Dialogue()
    dialogue.turn(Explain(), text)
    assert dialogue.followup == form


@pytest.mark.parametrize("action", [Explain(), ESTIMATE, HANDOFF, Worksheet(), OfferAnswer()])
def test_a_what_if_is_answered_wherever_it_was_taken_to(action: Action) -> None:
    dialogue = finished()
    messages = dialogue.turn(action, "what if my mom earned 20k less?")
    assert messages[-1]["custom"]["result"]["values"]["sai"] < 7201
    assert dialogue.slots["parent_agi"] == 95_000
    assert dialogue.slots["requested_slot"] is None
    dialogue.turn(Explain(), "keep that")
    assert dialogue.slots["parent_agi"] == 75_000


def test_an_income_left_open_can_be_told_later() -> None:
    dialogue = at_agi()
    for text in ("not sure", "no idea"):
        dialogue.turn(ESTIMATE, text)
    for _ in range(9):
        if dialogue.slots["requested_slot"] is None:
            break
        dialogue.turn(ESTIMATE, "yes")
    assert dialogue.turn(Explain(), "change the AGI to 52,000") == []
    assert dialogue.followup == "estimate_aid_form"
    dialogue.turn(ESTIMATE, "change the AGI to 52,000")
    assert dialogue.slots["parent_agi"] == 52_000


def test_what_rasa_keeps_beside_answers_is_no_answer() -> None:
    dialogue = finished()
    dialogue.slots["session_started_metadata"] = {"x": 1}
    tracker = Tracker("c1", dialogue.slots, {}, [], False, None, {}, None)
    assert "session_started_metadata" not in answers_of(tracker)
    assert "flow_states" not in answers_of(tracker)
    assert answers_of(tracker)["family_size"] == 4


def test_an_old_session_with_unknown_parts_still_opens() -> None:
    assert FlowState.load({"asked": "parent_agi", "from_the_future": 1}).asked == "parent_agi"
    assert FlowState.load(None) == FlowState()


def test_every_action_is_served_under_the_name_rasa_calls() -> None:
    assert set(executor().actions) >= {"validate_estimate_aid_form", "validate_handoff_form", "action_explain"}
