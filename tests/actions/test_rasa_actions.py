"""The actions as Rasa calls them: what they say, and what they leave in the slots."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dependency import Dependency
from actions.estimate_aid import EstimateAid
from actions.flow.model import FlowState, Heard
from actions.forms import FlowForm, answers_of
from actions.free import Explain, OfferAnswer, Stop, Worksheet
from actions.handoff import Handoff, reference_for
from actions.menu import Language, Menu, StartOver
from actions.server import executor
from actions.who_is_parent import WhoIsParent
from tests.actions.people import ALEX
from tests.actions.talk import Talk

Events = list[dict[str, Any]]
Messages = list[dict[str, Any]]


class Dialogue:
    """What Rasa would keep between turns: slots, and what it is told to do next."""

    def __init__(self, **slots: Any) -> None:
        self.slots: dict[str, Any] = {"language": "en", "requested_slot": None, **slots}
        self.followup: str | None = None

    def turn(
        self,
        action: Action,
        text: str,
        *,
        intent: str = "",
        sure: float = 0.5,
        likely: tuple[tuple[str, float], ...] = (),
        **metadata: Any,
    ) -> Messages:
        message = {
            "text": text,
            "intent": {"name": intent, "confidence": sure},
            "intent_ranking": [{"name": name, "confidence": share} for name, share in likely],
            "metadata": {"language": self.slots["language"], "today": "2026-11-21", "message_id": "m7", **metadata},
        }
        tracker = Tracker.from_dict(
            {"sender_id": "c1", "slots": self.slots, "latest_message": message, "events": [], "paused": False,
             "followup_action": None, "active_loop": {}, "latest_action_name": None, "latest_input_channel": "aidline"}
        )  # fmt: skip
        dispatcher = CollectingDispatcher()
        self._keep(asyncio.run(action.run(dispatcher, tracker, {})))
        messages: Messages = dispatcher.messages
        return messages

    def _keep(self, events: Events) -> None:
        self.followup = None
        for event in events:
            if event["event"] == "reset_slots":
                self.slots = dict.fromkeys(self.slots)
            elif event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            elif event["event"] == "followup":
                self.followup = event["name"]


ESTIMATE, HANDOFF = FlowForm(EstimateAid()), FlowForm(Handoff())


def asked(messages: Messages) -> str | None:
    return next((m["custom"]["asks"].get("name") for m in reversed(messages) if m["custom"].get("asks")), None)


def said(messages: Messages) -> list[str | None]:
    return [message["response"] for message in messages]


def at(name: str) -> Dialogue:
    """A dialogue in which the form has just asked for `name`."""
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until(name, ALEX)
    return Dialogue(requested_slot=name, flow_states={"estimate_aid": talk.state.dump()}, **talk.answers)


def at_agi() -> Dialogue:
    return at("parent_agi")


def finished() -> Dialogue:
    """A dialogue that has just come to its estimate."""
    dialogue = at("confirm_summary")
    assert dialogue.turn(ESTIMATE, "yes")[-1]["custom"]["result"]["end"] == "estimate_shown"
    return dialogue


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


def test_a_free_question_is_handed_on_in_its_own_words() -> None:
    messages = Dialogue().turn(Explain(), "when is the FAFSA due?")
    assert messages[0]["custom"]["explain"]["question"] == "when is the FAFSA due?"


@pytest.mark.parametrize(
    ("text", "action"),
    [("talk to a person", "handoff_form"), ("start over", "action_start_over"), ("menu", "action_menu"),
     ("stop", "action_stop"), ("español", "action_language"), ("show my answers", "action_worksheet")],
)  # fmt: skip
def test_a_wish_that_no_rule_took_is_still_done(text: str, action: str) -> None:
    dialogue = Dialogue()
    assert dialogue.turn(Explain(), text) == []
    assert dialogue.followup == action


def test_a_message_that_cannot_be_taken_gets_a_reason_and_the_menu() -> None:
    assert said(Dialogue().turn(Explain(), "x" * 50, problem="too_long")) == ["utter_problem_too_long", "utter_menu"]


def test_a_greeting_gets_a_greeting_before_the_list_of_what_can_be_done() -> None:
    messages = Dialogue().turn(Menu(), "hi", intent="greet")
    assert said(messages) == ["utter_greet", "utter_menu"]
    assert messages[-1]["custom"]["result"]["end"] == "menu_shown"


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


def finished_quickly() -> Dialogue:
    """A dialogue that has just come to a quick estimate."""
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("confirm_summary", {**ALEX, "depth": "quick"})
    states = {"estimate_aid": talk.state.dump()}
    dialogue = Dialogue(requested_slot="confirm_summary", flow_states=states, **talk.answers)
    assert asked(dialogue.turn(ESTIMATE, "yes")) == "offer_full"
    return dialogue


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


def dependent() -> Dialogue:
    """A dialogue that has just told a student that they are dependent, and offered to find their parent."""
    talk = Talk(Dependency())
    talk.open("am i dependent")
    talk.answer_until("parents_refuse", {**ALEX, "any_dependency_reason": "no"})
    dialogue = Dialogue(requested_slot="parents_refuse", flow_states={"dependency": talk.state.dump()}, **talk.answers)
    assert asked(dialogue.turn(FlowForm(Dependency()), "no")) == "offer_next"
    return dialogue


@pytest.mark.parametrize(("action", "text"), [(OfferAnswer(), "yes"), (Explain(), "sure, let's do that")])
def test_a_yes_to_finding_the_parent_starts_that_and_asks_nothing_twice(action: Action, text: str) -> None:
    dialogue = dependent()
    assert dialogue.turn(action, text, intent="affirm", offered="offer_next") == []
    assert dialogue.followup == "who_is_parent_form"
    assert asked(dialogue.turn(FlowForm(WhoIsParent()), text)) == "lives_with"


def test_a_no_to_finding_the_parent_is_taken_kindly() -> None:
    messages = dependent().turn(OfferAnswer(), "no", intent="deny", offered="offer_next")
    assert said(messages) == ["utter_offer_declined"]


@pytest.mark.parametrize("action", [Explain(), Worksheet()])
def test_why_after_dependency_gives_its_rule_wherever_it_was_taken_to(action: Action) -> None:
    assert said(dependent().turn(action, "why?")) == ["utter_quoted"]


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
