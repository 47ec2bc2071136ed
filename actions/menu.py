"""The flow `menu`: what Aidline can do, another language, starting over, and what is held of a person."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers.choice import parse_choice
from actions.answers.command import Command, command
from actions.answers.question import looks_like_question
from actions.answers.yes_no import parse_shown_yes_no
from actions.flow import asking
from actions.flow.model import Heard, Say
from actions.flow.words import choice_labels, choices
from actions.flow_choices import ask_for_flow, form_or_menu, had_short_list, picked_flow
from actions.forms import answers_of, fresh_start, heard_in, say
from actions.session_data import data_shown
from aidline.language import asked_for

__all__ = ["MENU_ACTIONS", "instead", "menu"]

Events = list[dict[str, Any]]
_ACTION_OF = {
    Command.PERSON: "handoff_form",
    Command.START_OVER: "action_start_over",
    Command.MENU: "action_menu",
    Command.STOP: "action_stop",
    Command.LANGUAGE_EN: "action_language",
    Command.LANGUAGE_ES: "action_language",
    Command.REVIEW: "action_worksheet",
    Command.RESUME: "action_menu",
    Command.SHOW_DATA: "action_show_data",
    Command.DELETE_DATA: "action_delete_data",
    Command.OTHER_DEVICE: "action_explain",
}
_ANSWERED_BY = {"confirm_restart": "action_start_over", "confirm_delete": "action_delete_data"}


def instead(heard: Heard, own: str) -> Events:
    """What to do instead of the action `own` when the words are an order, or the answer to what was offered last.

    Which intent a short message was taken for says little; its words, and what they answer, say more.
    """
    wanted: str | None = None
    if heard.problem:
        wanted = "action_explain"
    elif heard.offered in _ANSWERED_BY and parse_shown_yes_no(heard.text).value is not None:
        wanted = _ANSWERED_BY[heard.offered]
    elif heard.offered == "language" and parse_choice(heard.text, choices("language")).status == "ok":
        wanted = "action_language"
    elif (order := command(heard.text)) in _ACTION_OF:
        wanted = _ACTION_OF[order]
    elif (picked := picked_flow(heard)) is not None:
        wanted = form_or_menu(picked)
    elif heard.offered == "flow" and heard.text.strip(" .)").isdecimal():
        wanted = "action_menu"  # a number that is not on the list
    return [FollowupAction(wanted)] if wanted not in {None, own} else []


def menu(heard: Heard, response: str = "utter_menu") -> Say:
    """`response` with the list of flows to pick from."""
    return Say(response, {}, ask_for_flow(heard.language))


class Menu(Action):  # type: ignore[misc]
    """What Aidline can do."""

    def name(self) -> str:
        """The name Rasa calls it by."""
        return "action_menu"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The greeting or the list; picked from the list itself, what else there is."""
        heard = heard_in(tracker)
        if elsewhere := instead(heard, self.name()):
            return elsewhere
        if heard.intent == "greet":
            say(dispatcher, Say("utter_greet"))
        more = picked_flow(heard) == "menu" and not had_short_list(heard)
        told = menu(heard, "utter_menu_more" if more else "utter_menu")
        result = asking.menu_result("menu_shown", heard.language) if _asks_for_the_menu(heard) else {}
        say(dispatcher, Say(told.response, {}, {**told.custom, **result}))
        return []


def _asks_for_the_menu(heard: Heard) -> bool:
    """Whether the list is what was wanted. After a hello, or a number that is not on it, a wish is still to come."""
    if picked_flow(heard) == "menu" or (order := command(heard.text)) == "menu":
        return True
    if order == "resume" or not any(char.isalpha() for char in heard.text):
        return False
    return heard.intent != "greet" or looks_like_question(heard.text, heard.language)


class Language(Action):  # type: ignore[misc]
    """Goes on in the language that is asked for, or asks which."""

    def name(self) -> str:
        """The name Rasa calls it by."""
        return "action_language"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Confirms in the language now spoken. Rasa words a message before it sets slots, so that takes two steps."""
        heard = heard_in(tracker)
        wanted: str | None = asked_for(heard.text)
        if wanted is None:
            picked = parse_choice(heard.text, choices("language"))
            wanted = picked.value if picked.status == "ok" else None
        if wanted is None:
            if elsewhere := instead(heard, self.name()):
                return elsewhere
            asks = {"name": "language", "kind": "choice", "choices": choice_labels("language", heard.language)}
            say(dispatcher, Say("utter_q_language", {}, {"asks": asks}))
            return []
        if tracker.get_slot("language") != wanted:
            return [SlotSet("language", wanted), FollowupAction(self.name())]
        data = {**asking.menu_result("language_set", wanted), "language": wanted}
        say(dispatcher, Say("utter_language_set", {}, data))
        return []


class StartOver(Action):  # type: ignore[misc]
    """Forgets the answers of this session, once the person says so."""

    def name(self) -> str:
        """The name Rasa calls it by."""
        return "action_start_over"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """A clean slate; where answers would be lost, the question whether they may be."""
        heard = heard_in(tracker)
        if elsewhere := instead(heard, self.name()):
            return elsewhere
        taken = parse_shown_yes_no(heard.text).value if heard.offered == "confirm_restart" else None
        if taken == "no":
            say(dispatcher, menu(heard, "utter_kept"))
            return []
        if taken is None and answers_of(tracker):
            say(dispatcher, asking.confirm_restart(heard.language))
            return []
        say(dispatcher, asking.restarted(heard.language))
        return fresh_start(heard.language)


class ShowData(Action):  # type: ignore[misc]
    """Shows what is held of this session."""

    def name(self) -> str:
        """The name Rasa calls it by."""
        return "action_show_data"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Every answer, and what is kept how long."""
        heard = heard_in(tracker)
        if elsewhere := instead(heard, self.name()):
            return elsewhere
        say(dispatcher, data_shown(answers_of(tracker), heard))
        return []


class DeleteData(Action):  # type: ignore[misc]
    """Deletes what was said, once the person says so. What stands outside Rasa is deleted by the gateway."""

    def name(self) -> str:
        """The name Rasa calls it by."""
        return "action_delete_data"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The question whether it may go, or that it is gone."""
        heard = heard_in(tracker)
        if elsewhere := instead(heard, self.name()):
            return elsewhere
        if heard.offered != "confirm_delete" or (taken := parse_shown_yes_no(heard.text).value) is None:
            say(dispatcher, asking.confirm_delete(heard.language))
            return []
        if taken == "no":
            say(dispatcher, menu(heard, "utter_kept"))
            return []
        data = {**asking.menu_result("data_deleted", heard.language), "forget": {"everything": True}}
        say(dispatcher, Say("utter_data_deleted", {}, data))
        # Tells the dialogue store to keep nothing of what was said before this turn.
        return [*fresh_start(heard.language), SlotSet("dialogue_deleted", heard.message_id)]


MENU_ACTIONS: tuple[type[Action], ...] = (Menu, Language, StartOver, ShowData, DeleteData)
"""The actions of the menu."""
