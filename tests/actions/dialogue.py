"""A dialogue with the actions as Rasa calls them: what they say, and what they leave in the slots."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dependency import Dependency
from actions.estimate_aid import EstimateAid
from actions.forms import FlowForm
from actions.handoff import Handoff
from tests.actions.people import ALEX
from tests.actions.talk import Talk

__all__ = [
    "ESTIMATE", "HANDOFF", "Dialogue", "Events", "Messages", "asked", "at", "at_agi", "dependent", "finished",
    "finished_quickly", "said",
]  # fmt: skip

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


def finished_quickly() -> Dialogue:
    """A dialogue that has just come to a quick estimate."""
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("confirm_summary", {**ALEX, "depth": "quick"})
    states = {"estimate_aid": talk.state.dump()}
    dialogue = Dialogue(requested_slot="confirm_summary", flow_states=states, **talk.answers)
    assert asked(dialogue.turn(ESTIMATE, "yes")) == "offer_full"
    return dialogue


def dependent() -> Dialogue:
    """A dialogue that has just told a student that they are dependent, and offered to find their parent."""
    talk = Talk(Dependency())
    talk.open("am i dependent")
    talk.answer_until("parents_refuse", {**ALEX, "any_dependency_reason": "no"})
    dialogue = Dialogue(requested_slot="parents_refuse", flow_states={"dependency": talk.state.dump()}, **talk.answers)
    assert asked(dialogue.turn(FlowForm(Dependency()), "no")) == "offer_next"
    return dialogue
