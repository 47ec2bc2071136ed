"""The list of what Aidline can do, as people pick from it: every flow there is, and the menu of everything else."""

from __future__ import annotations

from actions.answers.choice import Choice, parse_choice
from actions.answers.question import looks_like_question
from actions.answers.text import squash
from actions.flow.intents import FLOW_OF_INTENT
from actions.flow.model import Heard
from actions.flow.words import choice_labels, choices
from actions.flows import FLOWS

__all__ = ["flow_labels", "form_or_menu", "picked_flow"]

MENU = "menu"


def _there(value: str) -> bool:
    return value == MENU or any(flow.name == value for flow in FLOWS)


def _listed() -> tuple[Choice, ...]:
    return tuple(choice for choice in choices("flow") if _there(choice.value))


def flow_labels(language: str) -> list[dict[str, str]]:
    """The list as a page or a text shows it, in its order."""
    return [entry for entry in choice_labels("flow", language) if _there(entry["value"])]


def picked_flow(heard: Heard) -> str | None:
    """The flow picked from the list by value, label, number or near miss; None when it was not offered or picked.

    A question picks nothing, unless it surely asks for a flow: "what is a deadline?" is for the notes.
    """
    if heard.offered != "flow":
        return None
    said, listed = squash(heard.text.replace("_", " ")), _listed()
    for choice in listed:
        if said and said in {squash(form.replace("_", " ")) for form in (choice.value, *choice.labels)}:
            return choice.value
    if looks_like_question(heard.text, heard.language) and heard.intent not in FLOW_OF_INTENT:
        return None
    picked = parse_choice(heard.text, listed)
    return str(picked.value) if picked.status in {"ok", "needs_confirmation"} and picked.value else None


def form_or_menu(picked: str) -> str:
    """What Rasa does next for a flow that was picked."""
    return "action_menu" if picked == MENU else f"{picked}_form"
