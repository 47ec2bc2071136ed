"""The menu: every flow can be picked in any way, and a person's data can be seen and deleted."""

from __future__ import annotations

from typing import Any

import pytest

from actions.flow.intents import FLOW_OF_INTENT
from actions.flow.words import choice_labels
from actions.flow_choices import ask_for_flow
from actions.flows import FLOWS
from actions.free import Explain, OfferAnswer
from actions.menu import DeleteData, Language, Menu, ShowData, StartOver
from tests.actions.dialogue import ESTIMATE, Dialogue, asked, at_agi, finished, said

LANGUAGES = ("en", "es")


def listed(language: str, *only: str) -> list[dict[str, str]]:
    shown: list[dict[str, str]] = ask_for_flow(language, only)["asks"]["choices"]
    return shown


def result(messages: list[dict[str, Any]]) -> dict[str, Any]:
    [found] = [message["custom"]["result"] for message in messages if message["custom"].get("result")]
    return dict(found)


def test_the_list_has_words_for_every_flow_in_both_languages() -> None:
    found = {language: {one["value"] for one in choice_labels("flow", language)} for language in LANGUAGES}
    assert found["en"] == found["es"] == {*FLOW_OF_INTENT.values(), "menu"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_there_is_can_be_picked(language: str) -> None:
    assert {one["value"] for one in listed(language)} == {*(flow.name for flow in FLOWS), "menu"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_labels_of_all_flows_fit_one_text(language: str) -> None:
    lines = [f"{n}) {one['label']}" for n, one in enumerate(choice_labels("flow", language), 1)]
    assert len("\n".join(lines)) < 380


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_flow_is_picked_by_value_label_or_number(language: str) -> None:
    for number, entry in enumerate(listed(language), 1):
        wanted = "action_menu" if entry["value"] == "menu" else f"{entry['value']}_form"
        for text in (entry["value"], entry["label"], str(number), f"{number})", entry["label"].upper()):
            dialogue = Dialogue(language=language)
            dialogue.turn(Explain(), text, offered="flow")
            assert dialogue.followup == wanted, text


@pytest.mark.parametrize(
    ("text", "form"),
    [("estimte my aid", "estimate_aid_form"), ("apelar", "appeal_form"), ("a human pls", "handoff_form"),
     ("the first one", "estimate_aid_form"), ("calculr mi ayuda", "estimate_aid_form")],
)  # fmt: skip
def test_a_flow_is_picked_in_words_and_with_slips(text: str, form: str) -> None:
    dialogue = Dialogue()
    dialogue.turn(Explain(), text, offered="flow")
    assert dialogue.followup == form


def test_a_question_after_the_list_is_answered_and_picks_nothing() -> None:
    dialogue = Dialogue()
    messages = dialogue.turn(Explain(), "what is a deadline?", offered="flow")
    assert dialogue.followup is None
    assert "explain" in messages[0]["custom"]


def test_a_number_that_is_not_on_the_list_shows_the_list_again() -> None:
    dialogue = Dialogue()
    dialogue.turn(Explain(), "99", offered="flow")
    assert dialogue.followup == "action_menu"


SHORT = "flow borrowing deadlines menu"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("1", "borrowing_form"), ("2)", "deadlines_form"), ("3", "action_menu"), ("4", "action_menu"),
     ("Check a deadline", "deadlines_form"), ("something else", "action_menu"), ("otra cosa", "action_menu"),
     ("appeal", "appeal_form"), ("Talk to a person", "handoff_form")],
)  # fmt: skip
def test_a_number_after_a_short_list_means_that_list_and_a_name_any_flow(text: str, wanted: str) -> None:
    dialogue = Dialogue()
    dialogue.turn(Explain(), text, offered=SHORT)
    assert dialogue.followup == wanted


@pytest.mark.parametrize("text", ["what about loans for my mom", "thanks that helps a lot", "is it late"])
def test_whoever_goes_on_talking_after_an_answer_picks_nothing(text: str) -> None:
    dialogue = Dialogue()
    messages = dialogue.turn(Explain(), text, offered=SHORT)
    assert dialogue.followup is None
    assert "explain" in messages[0]["custom"]


def test_something_else_shows_the_whole_list() -> None:
    messages = Dialogue().turn(Menu(), "3", offered=SHORT)
    assert said(messages) == ["utter_menu"]
    assert messages[-1]["custom"]["asks"]["choices"] == listed("en")


@pytest.mark.parametrize(
    ("text", "offered", "wanted"),
    [("yes", "flow borrowing menu", "borrowing_form"), ("sure", "flow deadlines menu", "deadlines_form")],
)
def test_a_yes_to_the_only_flow_listed_starts_it(text: str, offered: str, wanted: str) -> None:
    dialogue = Dialogue()
    dialogue.turn(OfferAnswer(), text, intent="affirm", offered=offered)
    assert dialogue.followup == wanted


def test_a_yes_to_two_flows_asks_which_and_a_no_is_taken() -> None:
    assert asked(Dialogue().turn(OfferAnswer(), "yes", intent="affirm", offered=SHORT)) == "flow"
    declined = Dialogue().turn(OfferAnswer(), "no thanks", intent="deny", offered=SHORT)
    assert (said(declined), asked(declined)) == (["utter_offer_declined"], "flow")


def test_what_was_picked_wins_over_what_the_words_were_taken_for() -> None:
    dialogue = Dialogue()
    dialogue.turn(ESTIMATE, "appeal my aid", offered="flow")
    assert dialogue.followup == "appeal_form"


def test_picking_the_menu_shows_what_else_can_be_said() -> None:
    number = str(len(listed("en")))
    messages = Dialogue().turn(Menu(), number, offered="flow")
    assert said(messages) == ["utter_menu_more"]
    assert result(messages)["end"] == "menu_shown"


def test_what_was_not_understood_can_be_picked_from_the_list() -> None:
    assert asked(Dialogue().turn(OfferAnswer(), "yes", intent="affirm")) == "flow"


@pytest.mark.parametrize(
    ("text", "language"), [("english", "en"), ("2", "es"), ("español", "es"), ("en inglés por favor", "en")]
)
def test_the_language_is_set_by_name_or_number(text: str, language: str) -> None:
    dialogue = Dialogue(language="en" if language == "es" else "es")
    offered: dict[str, Any] = {"offered": "language"} if text == "2" else {}
    messages = dialogue.turn(Language(), text, **offered)
    assert (messages, dialogue.slots["language"], dialogue.followup) == ([], language, "action_language")
    messages = dialogue.turn(Language(), text, **offered)
    assert result(messages)["values"] == {"language": language}
    assert messages[0]["custom"]["language"] == language


def test_another_language_without_a_name_is_asked_for() -> None:
    assert asked(Dialogue().turn(Language(), "change the language")) == "language"


def test_the_data_shown_are_all_answers_as_people_read_them_and_no_whole_phone_number() -> None:
    dialogue = at_agi()
    dialogue.slots["contact_phone"] = "+15055550147"
    messages = dialogue.turn(ShowData(), "show my data")
    rows = {row["label"]: row["value"].strip("\ue000\ue001") for row in messages[0]["custom"]["rows"]}
    assert result(messages)["end"] == "data_shown"
    assert rows["Family size"] == "4"
    assert rows["Your parent's marital status"] == "Married"
    assert rows["Your phone number"].endswith("0147")
    assert "505555" not in str(rows)


def test_data_can_be_seen_inside_a_form_and_the_question_comes_again() -> None:
    dialogue = at_agi()
    messages = dialogue.turn(ESTIMATE, "what do you know about me")
    assert result(messages)["end"] == "data_shown"
    assert messages[0]["custom"]["rows"]
    assert asked(messages) == "parent_agi"


def test_without_answers_the_data_shown_say_so() -> None:
    assert said(Dialogue().turn(ShowData(), "mis datos")) == ["utter_data_none"]


@pytest.mark.parametrize(("yes", "language"), [("yes", "en"), ("sí, bórrelo", "es")])
def test_data_are_deleted_after_a_yes_and_the_gateway_is_told(yes: str, language: str) -> None:
    dialogue = finished()
    dialogue.slots["language"] = language
    assert asked(dialogue.turn(DeleteData(), "delete my data")) == "confirm_delete"
    messages = dialogue.turn(DeleteData(), yes, offered="confirm_delete")
    assert result(messages)["end"] == "data_deleted"
    assert messages[0]["custom"]["forget"]
    kept = {name for name, value in dialogue.slots.items() if value is not None}
    assert kept == {"language", "dialogue_deleted"}


@pytest.mark.parametrize("action", [StartOver(), DeleteData()])
def test_a_no_keeps_everything_and_offers_the_list(action: Any) -> None:
    dialogue = finished()
    before = dict(dialogue.slots)
    offered = "confirm_restart" if isinstance(action, StartOver) else "confirm_delete"
    messages = dialogue.turn(action, "no", offered=offered)
    assert (said(messages), asked(messages)) == (["utter_kept"], "flow")
    assert dialogue.slots == before


@pytest.mark.parametrize(
    ("text", "offered", "action"),
    [("yes", "confirm_restart", "action_start_over"), ("sí", "confirm_delete", "action_delete_data"),
     ("no", "confirm_delete", "action_delete_data"), ("delete my data", None, "action_delete_data"),
     ("mis datos", None, "action_show_data"), ("start over", None, "action_start_over")],
)  # fmt: skip
def test_whatever_a_short_message_was_taken_for_its_words_decide(text: str, offered: str | None, action: str) -> None:
    for taken in (Explain(), OfferAnswer(), Menu()):
        dialogue = Dialogue()
        dialogue.turn(taken, text, offered=offered)
        assert dialogue.followup == action


def test_from_inside_a_form_a_yes_deletes_too() -> None:
    dialogue = at_agi()
    assert asked(dialogue.turn(ESTIMATE, "delete my data")) == "confirm_delete"
    dialogue.turn(ESTIMATE, "yes", offered="confirm_delete")
    assert dialogue.followup == "action_delete_data"
    assert dialogue.slots["requested_slot"] is None
