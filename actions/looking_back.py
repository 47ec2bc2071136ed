"""What becomes of a message after a result: it tries the result out, asks about it, or has nothing to do with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk.events import SlotSet

from actions.flow.model import Answers, FlowState, Heard, Say
from actions.flows import flow_named

__all__ = ["look_back"]


def look_back(
    heard: Heard, answers: Answers, states: Mapping[str, Any]
) -> tuple[tuple[Say, ...], list[dict[str, Any]]] | None:
    """What to say to a message that tries out a result shown before, with Rasa's events; None for any other.

    The result shown last comes first; no flow may be open.
    """
    for name in reversed(list(states)):
        flow, state = flow_named(name), FlowState.load(states[name])
        if flow is None or not state.reviewed or state.asked is not None:
            continue
        outcome = flow.reconsider(heard, answers, state)
        if outcome is not None:
            others = {other: kept for other, kept in states.items() if other != name}
            sets = [SlotSet(key, value) for key, value in outcome.sets.items()]
            return outcome.says, [*sets, SlotSet("flow_states", {**others, name: outcome.state.dump()})]
    return None
