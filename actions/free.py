"""What happens outside a form: free questions, the worksheet, a yes or no (the menu is in `actions.menu`).

A free question is only handed on: `explain` leaves Rasa at once and is answered from the notes, so that no turn waits
for the language model.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.answers.command import command
from actions.answers.correction import correction
from actions.answers.question import looks_like_question
from actions.answers.yes_no import parse_shown_yes_no, yes_no_by_place
from actions.estimate_result import compute, result, worksheet_rows
from actions.explaining import answer, answer_or_ask, declined, declined_to_do
from actions.flow import asking
from actions.flow.model import Answers, FlowState, Heard, Say
from actions.flow.words import depth_in_opening, flow_wished_for, name_words, wants_an_estimate
from actions.flow_choices import had_short_list, the_one_listed
from actions.flows import flow_named
from actions.forms import answers_of, finished_last, heard_in, say, states_of
from actions.household import income_open
from actions.looking_back import look_back
from actions.menu import instead, menu
from actions.why import explanation

__all__ = ["ACTIONS"]

Events = list[dict[str, Any]]
_LONGEST_YES_OR_NO = 3
_LONGEST_WISH = 6
_OFFERS = {
    "offer_person": "handoff_form",
    "offer_full": "estimate_aid_form",
    "offer_worksheet": "action_worksheet",
}
"""What a yes to an offer starts."""
_DECLINED = frozenset({*_OFFERS, "offer_next"})


def _tried(dispatcher: CollectingDispatcher, heard: Heard, answers: Answers, states: dict[str, Any]) -> Events | None:
    """What a message that tries out a result leads to, said and done; None for any other message."""
    if (found := look_back(heard, answers, states)) is None:
        return None
    for message in found[0]:
        say(dispatcher, message)
    return found[1]


def _told_of_another_result(heard: Heard, answers: Answers, states: dict[str, Any]) -> tuple[Say, ...]:
    """What the flow whose result was shown last says to "why?"; empty when that was the estimate."""
    flow = flow_named(finished_last(states))
    if flow is None or flow.name == "estimate_aid" or command(heard.text) != "why":
        return ()
    return flow.afterwards(heard, answers, FlowState.load(states[flow.name]))


def _wants_the_rest(heard: Heard, answers: Answers, states: dict[str, Any]) -> bool:
    """Whether someone with a quick estimate asks for the full one in a few words ("yes, the full one")."""
    quick = finished_last(states) == "estimate_aid" and answers.get("depth") == "quick"
    return quick and depth_in_opening(heard.text) == "full" and len(heard.text.split()) <= _LONGEST_WISH


class Explain(Action):  # type: ignore[misc]
    """Whatever no form and no rule took: a wish in plain words, a correction, or a question for the notes."""

    def name(self) -> str:
        """The name Rasa calls it by."""
        return "action_explain"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Answers with what is known, or hands the question on."""
        heard = heard_in(tracker)
        if at_once := _of_problem(heard) if heard.problem else _of_another_device(heard):
            for message in at_once:
                say(dispatcher, message)
            return []
        if elsewhere := instead(heard, self.name()):
            return elsewhere
        if (events := _taken_by_place(dispatcher, heard, tracker)) is not None:
            return events
        answers, states = answers_of(tracker), states_of(tracker)
        if (tried := _tried(dispatcher, heard, answers, states)) is not None:
            return tried
        flow = flow_named(finished_last(states))
        if flow is not None:
            state = FlowState.load(states[flow.name])
            changes = correction(heard.text, name_words((*answers, *state.assumed))) is not None
            if changes or flow.amends(heard, answers):
                return [FollowupAction(f"{flow.name}_form")]
            if told := flow.afterwards(heard, answers, state):
                for message in told:
                    say(dispatcher, message)
                return []
        if wants_an_estimate(heard.text) or _wants_the_rest(heard, answers, states):
            return [FollowupAction("estimate_aid_form")]
        wished = flow_wished_for(heard.text)
        if wished is not None and wished != finished_last(states):
            return [FollowupAction(f"{wished}_form")]
        for message in answer_or_ask(heard, finished_last(states)):
            say(dispatcher, message)
        return []


def _of_problem(heard: Heard) -> tuple[Say, ...]:
    """What there is to say of a message that could not be taken as it was written."""
    if heard.problem == "sensitive":
        # What kind of secret it was decides what to say of it, and there may be a question beside it.
        return Say("utter_sensitive_removed"), *answer(heard)
    return declined_to_do(heard) if heard.problem == "unsafe" else (asking.problem(heard), menu(heard))


def _of_another_device(heard: Heard) -> tuple[Say, ...]:
    """Where to go on in a browser, for whoever asks for that and nothing else."""
    return (asking.other_device(),) if command(heard.text) == "other_device" else ()


class Stop(Action):  # type: ignore[misc]
    """A stop with nothing under way."""

    def name(self) -> str:
        """The name Rasa calls it by."""
        return "action_stop"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Confirms."""
        if elsewhere := instead(heard_in(tracker), self.name()):
            return elsewhere
        say(dispatcher, asking.stopped("menu"))
        return []


class Worksheet(Action):  # type: ignore[misc]
    """Each line of the last estimate, or why it came out as it did."""

    def name(self) -> str:
        """The name Rasa calls it by."""
        return "action_worksheet"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """The lines, or that there is no estimate yet."""
        heard, answers = heard_in(tracker), answers_of(tracker)
        if elsewhere := instead(heard, self.name()):
            return elsewhere
        states = states_of(tracker)
        if (tried := _tried(dispatcher, heard, answers, states)) is not None:
            return tried
        if of_another := _told_of_another_result(heard, answers, states):
            for message in of_another:
                say(dispatcher, message)
            return []
        state = FlowState.load(states.get("estimate_aid"))
        if not state.reviewed or income_open(answers, state):
            say(dispatcher, Say("utter_no_worksheet_yet"))
            return []
        found, _complete, _assumed = compute(answers, state)
        shown = {"result": result(answers, state)}
        if (told := explanation(heard.text, heard.language, found)) is not None:
            say(dispatcher, replace(told, custom=shown))
            return []
        # The lines repeat what was answered, and add it up.
        rows = [{**row, "private": True} for row in worksheet_rows(found, heard.language)]
        say(dispatcher, Say("utter_worksheet_intro", {"award_year": found.award_year}, {"rows": rows, **shown}))
        return []


class OfferAnswer(Action):  # type: ignore[misc]
    """A yes or no that answers nothing we asked."""

    def name(self) -> str:
        """The name Rasa calls it by."""
        return "action_offer_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Starts what was offered, or says what can be done."""
        heard = heard_in(tracker)
        if elsewhere := instead(heard, self.name()):
            return elsewhere
        if _wants_the_rest(heard, answers_of(tracker), states_of(tracker)):
            return [FollowupAction("estimate_aid_form")]
        if heard.offered in _OFFERS and heard.intent == "affirm":
            return [FollowupAction(_OFFERS[heard.offered])]
        if (taken := _next_flow(heard, tracker)) is not None:
            return [FollowupAction(f"{taken}_form")]
        if heard.intent == "affirm" and (only := the_one_listed(heard)) is not None:
            return [FollowupAction(f"{only}_form")]
        if (
            (heard.offered in _DECLINED or had_short_list(heard))
            and heard.intent == "deny"
            and len(heard.text.split()) <= _LONGEST_YES_OR_NO
        ):
            say(dispatcher, declined(heard))
            return []
        if (tried := _tried(dispatcher, heard, answers_of(tracker), states_of(tracker))) is not None:
            return tried
        if len(heard.text.split()) > _LONGEST_YES_OR_NO:
            return [FollowupAction("action_explain")]
        say(dispatcher, menu(heard, "utter_dont_understand"))
        return []


def _next_flow(heard: Heard, tracker: Tracker) -> str | None:
    """The flow that the last result offered, when the person says yes to it."""
    if heard.offered != "offer_next" or looks_like_question(heard.text, heard.language):
        return None
    if parse_shown_yes_no(heard.text).value != "yes":
        return None
    states = states_of(tracker)
    flow = flow_named(finished_last(states))
    return flow.offers(answers_of(tracker), FlowState.load(states[flow.name])) if flow is not None else None


def _taken_by_place(dispatcher: CollectingDispatcher, heard: Heard, tracker: Tracker) -> Events | None:
    """What comes of an offer that is taken in words, or taken or left by the place of its answer; None for the rest."""
    if (taken := _next_flow(heard, tracker)) is not None:
        return [FollowupAction(f"{taken}_form")]
    place = yes_no_by_place(heard.text)
    if place is None or heard.offered not in _DECLINED:
        return None
    if place == "yes" and heard.offered in _OFFERS:
        return [FollowupAction(_OFFERS[heard.offered])]
    say(dispatcher, declined(heard))
    return []


ACTIONS: tuple[type[Action], ...] = (Explain, Stop, Worksheet, OfferAnswer)
"""The actions outside the forms and the menu."""
