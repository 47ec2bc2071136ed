"""What a free question gets: the answer from the notes, and what the person may want next."""

from __future__ import annotations

from actions.flow import asking
from actions.flow.model import Heard, Say
from actions.flow_choices import ask_for_flow, likely_flows

__all__ = ["answer", "answer_or_ask", "declined", "declined_to_do"]

_LIKELY, _MEANT = 0.05, 0.15
"""How probable a flow must be to be shown after an answer, and to be asked for instead of one when no note is near.

From the folds of benchmarks/understanding.py: four in five of the wishes that were not understood get their flow shown.
Of those that no note answers, half are asked for, nine in ten of them rightly; of other subjects one in twenty.
"""


def answer(heard: Heard, just_done: str | None = None) -> tuple[Say, ...]:
    """The answer from the notes, and the flows that may come next; not the one that has `just_done` its work."""
    likely = [flow for flow in likely_flows(heard, _LIKELY) if flow != just_done]
    return asking.explain(heard), Say("utter_what_next", {}, ask_for_flow(heard.language, likely or ["handoff"]))


def declined_to_do(heard: Heard) -> tuple[Say, ...]:
    """What there is to say of something that must not be done; a list of flows that was open stays open."""
    said = asking.problem(heard)
    if heard.offered != "flow":
        return (said,)
    return said, Say("utter_what_next", {}, ask_for_flow(heard.language, heard.listed))


def declined(heard: Heard) -> Say:
    """What follows a no to an offer; whoever wants no person either needs to see what else there is."""
    only = () if heard.offered == "offer_person" else ("handoff",)
    return Say("utter_offer_declined", {}, ask_for_flow(heard.language, only))


def answer_or_ask(heard: Heard, just_done: str | None) -> tuple[Say, ...]:
    """The answer; where no note is near, whether a flow was meant that the words may ask for."""
    meant = [flow for flow in likely_flows(heard, _MEANT) if flow != just_done]
    if meant and not heard.near:
        return (Say("utter_did_you_mean", {}, ask_for_flow(heard.language, meant)),)
    return answer(heard, just_done)
