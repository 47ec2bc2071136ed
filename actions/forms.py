"""Connects flows to Rasa's forms: one validation action for each form does the whole turn.

Rasa calls `validate_<flow>_form` when a form opens and after each message while it is open. The flow engine decides;
here its outcome becomes Rasa's events. Slots are filled by nothing else, so a question can't end up in one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers.question import looks_like_question
from actions.explaining import answer
from actions.flow.asking import explain
from actions.flow.engine import corrects, open_flow, take_turn
from actions.flow.intents import FLOW_OF_INTENT
from actions.flow.model import Answers, Flow, FlowState, Heard, Outcome, Say
from actions.flow.putting_right import puts_right
from actions.flow_choices import form_or_menu, picked_flow
from actions.flows import flow_named
from actions.looking_back import look_back
from actions.session_data import data_shown
from aidline.private_answers import is_private, marked

__all__ = ["FlowForm", "answers_of", "finished_last", "fresh_start", "heard_in", "say", "states_of"]

_NEAR, _VERY_NEAR = 0.5, 0.7
_LONG = 8
_NOT_ANSWERS = frozenset({"language", "flow_states", "requested_slot", "session_started_metadata", "dialogue_deleted"})


def heard_in(tracker: Tracker) -> Heard:
    """What the person said in this turn, with what the gateway knows about it."""
    message: Mapping[str, Any] = tracker.latest_message or {}
    told: Mapping[str, Any] = message.get("metadata") or {}
    intent: Mapping[str, Any] = message.get("intent") or {}
    ranking = [(str(entry["name"]), float(entry["confidence"])) for entry in message.get("intent_ranking") or ()]
    offered, _, listed = str(told.get("offered") or "").partition(" ")
    return Heard(
        text=str(message.get("text") or ""),
        language=str(told.get("language") or tracker.get_slot("language") or "en"),
        today=date.fromisoformat(told["today"]) if told.get("today") else date.today(),  # noqa: DTZ011
        intent=str(intent.get("name") or ""),
        confidence=float(intent.get("confidence") or 0.0),
        problem=told.get("problem"),
        channel=str(told.get("channel") or "web"),
        conversation_id=tracker.sender_id,
        message_id=str(told.get("message_id") or message.get("message_id") or ""),
        phone=told.get("phone"),
        offered=offered or None,
        near=float(told.get("near") or 0.0),
        wishes=tuple((FLOW_OF_INTENT[name], share) for name, share in ranking if name in FLOW_OF_INTENT),
        listed=tuple(listed.split()),
    )


def answers_of(tracker: Tracker) -> dict[str, Any]:
    """Every answer on record, by canonical name."""
    return {n: v for n, v in tracker.current_slot_values().items() if v is not None and n not in _NOT_ANSWERS}


def states_of(tracker: Tracker) -> dict[str, Any]:
    """What each flow remembers, by flow."""
    return dict(tracker.get_slot("flow_states") or {})


def finished_last(states: Mapping[str, Any]) -> str | None:
    """The flow whose result was shown last, None before the first."""
    done = [name for name, kept in states.items() if (state := FlowState.load(kept)).reviewed and state.asked is None]
    return done[-1] if done else None


def say(dispatcher: CollectingDispatcher, message: Say) -> None:
    """Hands one message to Rasa, which puts in the words. What repeats a private answer gets its marks here."""
    params = {
        name: marked(str(value)) if name in message.private else value
        for name, value in message.params.items()
        if value is not None
    }
    custom = dict(message.custom)
    if rows := custom.get("rows"):
        custom["rows"] = [_row(row) for row in rows]
    dispatcher.utter_message(response=message.response, json_message=custom, **params)


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it is handed on: `private` says that its value repeats an answer that transcripts leave out."""
    value = marked(str(row["value"])) if row.get("private") else row["value"]
    return {name: value if name == "value" else told for name, told in row.items() if name != "private"}


def fresh_start(language: str) -> list[dict[str, Any]]:
    """Forgets every answer; the language stays."""
    return [AllSlotsReset(), SlotSet("language", language)]


class FlowForm(Action):  # type: ignore[misc]
    """The validation action of one flow's form."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow

    def name(self) -> str:
        """The name Rasa calls it by."""
        return f"validate_{self._flow.name}_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """One turn of the form."""
        heard, answers, states = heard_in(tracker), answers_of(tracker), states_of(tracker)
        state = FlowState.load(states.get(self._flow.name))
        opening = tracker.get_slot("requested_slot") is None
        if opening and self._flow.misheard(heard):
            for message in answer(heard):
                say(dispatcher, message)
            return [SlotSet("requested_slot", None), ActiveLoop(None)]
        if opening and (other := self._picked_instead(heard)) is not None:
            return [SlotSet("requested_slot", None), ActiveLoop(None), FollowupAction(other)]
        if (
            opening
            and state.asked is None
            and (mended := self._put_right_elsewhere(heard, answers, states)) is not None
        ):
            return [SlotSet("requested_slot", None), ActiveLoop(None), FollowupAction(f"{mended}_form")]
        if opening and state.asked is None and (tried := look_back(heard, answers, states)) is not None:
            for message in tried[0]:
                say(dispatcher, message)
            return [*tried[1], SlotSet("requested_slot", None), ActiveLoop(None)]
        ended = opening and state.reviewed and state.asked is None
        forgotten = () if not ended or self._changes(heard, answers, state) else self._flow.forgets
        if forgotten:
            answers, state = {n: v for n, v in answers.items() if n not in forgotten}, FlowState()
        outcome = (open_flow if opening else take_turn)(self._flow, answers, state, heard)
        first = (explain(heard),) if opening and state.asked is None and self._asks_first(heard) else ()
        outcome = replace(outcome, sets={**dict.fromkeys(forgotten), **outcome.sets}, says=(*first, *outcome.says))
        taken = self._taken_as(outcome, {**answers, **outcome.sets}, heard, opening=opening)
        for number, message in enumerate(outcome.says):
            told = data_shown(answers, heard) if message.custom.get("session_data") else message
            say(dispatcher, replace(told, custom={**told.custom, "heard": taken}) if number == 0 else told)
        if outcome.next_flow == "restart":
            return [*fresh_start(heard.language), SlotSet("requested_slot", None), ActiveLoop(None)]
        if outcome.next_flow == "delete":
            return [SlotSet("requested_slot", None), ActiveLoop(None), FollowupAction("action_delete_data")]
        return self._events(outcome, states)

    def _asks_first(self, heard: Heard) -> bool:
        """Whether a note answers the words that opened the form: as a question, or as a case told at length."""
        wished = FLOW_OF_INTENT.get(heard.intent) == self._flow.name and picked_flow(heard) is None
        if not wished or self._flow.name == "handoff":
            return False
        told_at_length = len(heard.text.split()) >= _LONG and heard.near >= _VERY_NEAR
        return told_at_length or (heard.near >= _NEAR and looks_like_question(heard.text, heard.language))

    def _picked_instead(self, heard: Heard) -> str | None:
        """The form of another flow, picked from the list of flows in words that were taken for this one."""
        picked = picked_flow(heard)
        return form_or_menu(picked) if picked not in {None, self._flow.name, "menu"} else None

    def _put_right_elsewhere(self, heard: Heard, answers: Answers, states: Mapping[str, Any]) -> str | None:
        """The flow that ended last, where the words put right what it rests on ("actually I'm separated")."""
        last = flow_named(finished_last(states))
        if last is None or last.name == self._flow.name or picked_flow(heard) is not None or not puts_right(heard.text):
            return None
        return last.name if corrects(last, answers, FlowState.load(states[last.name]), heard) else None

    def _changes(self, heard: Heard, answers: Answers, state: FlowState) -> bool:
        """Whether the message changes what the flow ended with, rather than begin it again."""
        return corrects(self._flow, answers, state, heard) or bool(self._flow.amends(heard, answers))

    def _taken_as(self, outcome: Outcome, answers: Answers, heard: Heard, *, opening: bool) -> dict[str, Any]:
        """What the message was, for the transcript: with the private answers that were found in it."""
        plan = self._flow.plan(answers, outcome.state, heard)
        kinds = {name: question.kind for question in plan for name in question.settles}
        found = [n for n, value in outcome.sets.items() if value is not None and is_private(n, kinds.get(n, ""))]
        corrected = opening and any(message.response == "utter_changed" for message in outcome.says)
        return {"as": "opening" if opening and not corrected else outcome.taken_as, "names": found}

    def _events(self, outcome: Outcome, states: dict[str, Any]) -> list[dict[str, Any]]:
        sets = [SlotSet(name, value) for name, value in outcome.sets.items()]
        if outcome.status == "asking":
            states[self._flow.name] = outcome.state.dump()
            return [*sets, SlotSet("flow_states", states), SlotSet("requested_slot", outcome.state.asked)]
        return [*sets, *self._closing(outcome, states)]

    def _closing(self, outcome: Outcome, states: dict[str, Any]) -> list[dict[str, Any]]:
        name, follow = self._flow.name, outcome.next_flow
        states.pop(name, None)
        if outcome.status == "done":
            follow = outcome.state.suspended
            # Put last: the order says which result a person means who wants to change or understand one.
            states[name] = replace(outcome.state, asked=None, suspended=None).dump()
        elif follow and outcome.state.asked is not None:
            back = outcome.state.suspended
            states[name] = replace(outcome.state, suspended=None if back == follow else back).dump()
            if back != follow:
                states[follow] = replace(FlowState.load(states.get(follow)), suspended=name).dump()
        events = [
            SlotSet("flow_states", states),
            SlotSet("requested_slot", None),
            ActiveLoop(None),
        ]
        return [*events, FollowupAction(f"{follow}_form")] if follow else events
