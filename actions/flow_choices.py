"""The list of what Aidline can do, as people pick from it: every flow there is, and the menu of everything else.

After an answer only the few flows that the person may be after are listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.answers.choice import Choice, parse_choice
from actions.answers.question import looks_like_question
from actions.answers.text import squash
from actions.flow.intents import FLOW_OF_INTENT
from actions.flow.model import Heard
from actions.flow.words import choice_labels, choices
from actions.flows import FLOWS

__all__ = ["ask_for_flow", "form_or_menu", "had_short_list", "likely_flows", "picked_flow", "the_one_listed"]

MENU = "menu"
_MOST_LIKELY = 2


def _there(value: str) -> bool:
    return value == MENU or any(flow.name == value for flow in FLOWS)


def _listed() -> tuple[Choice, ...]:
    return tuple(choice for choice in choices("flow") if _there(choice.value))


def ask_for_flow(language: str, only: Sequence[str] = ()) -> dict[str, Any]:
    """What a message carries that shows the list, in its order, or a short list of the flows in `only`."""
    labels = [entry for entry in choice_labels("flow", language) if _there(entry["value"])]
    if only:
        known = {entry["value"]: entry for entry in labels}
        labels = [*(known[value] for value in only if value != MENU), *choice_labels("flow_else", language)]
    return {"asks": {"name": "flow", "kind": "choice", "choices": labels}}


def likely_flows(heard: Heard, least: float) -> tuple[str, ...]:
    """The flows that the words ask for with a probability of `least` or more, at most two."""
    return tuple(flow for flow, share in heard.wishes if share >= least and _there(flow))[:_MOST_LIKELY]


def had_short_list(heard: Heard) -> bool:
    """Whether only a few flows were listed before this message."""
    return heard.offered == "flow" and 0 < len(heard.listed) < len(_listed())


def the_one_listed(heard: Heard) -> str | None:
    """The flow of a short list that had only one: what a yes to it means."""
    flows = [value for value in heard.listed if value != MENU]
    return flows[0] if had_short_list(heard) and len(flows) == 1 else None


def picked_flow(heard: Heard) -> str | None:
    """The flow picked from the list by value, label, number or near miss; None when it was not offered or picked.

    A question picks nothing, unless it surely asks for a flow: "what is a deadline?" is for the notes. From a short
    list only its numbers, and names said exactly, pick anything: whoever has an answer says more than that.
    """
    if heard.offered != "flow":
        return None
    said = squash(heard.text.replace("_", " "))
    for choice in (*_listed(), *choices("flow_else")):
        if said and said in {squash(form.replace("_", " ")) for form in (choice.value, *choice.labels)}:
            return choice.value
    if had_short_list(heard):
        number = heard.text.strip(" .)#")
        known = number.isdecimal() and 1 <= int(number) <= len(heard.listed)
        return heard.listed[int(number) - 1] if known else None
    if looks_like_question(heard.text, heard.language) and heard.intent not in FLOW_OF_INTENT:
        return None
    picked = parse_choice(heard.text, _listed())
    return str(picked.value) if picked.status in {"ok", "needs_confirmation"} and picked.value else None


def form_or_menu(picked: str) -> str:
    """What Rasa does next for a flow that was picked."""
    return "action_menu" if picked == MENU else f"{picked}_form"
