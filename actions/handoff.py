"""The flow that leaves a request for a person: why, who, how and when to reach them."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from actions.flow.model import Answers, FlowState, Heard, Question, Say
from actions.flow.simple import SimpleFlow

__all__ = ["NAMES", "Handoff", "reference_for"]

NAMES = (
    "handoff_reason", "contact_name", "contact_method", "contact_phone", "contact_email", "contact_language",
    "urgency", "best_time",
)  # fmt: skip
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def reference_for(conversation_id: str, message_id: str) -> str:
    """A reference people can read out, such as "AID-7KQ2MX". The same message always gives the same one."""
    number = int.from_bytes(sha256(f"{conversation_id}|{message_id}".encode()).digest()[:8])
    letters = ""
    for _ in range(6):
        number, index = divmod(number, len(_ALPHABET))
        letters += _ALPHABET[index]
    return f"AID-{letters}"


class Handoff(SimpleFlow):
    """The flow `handoff`."""

    name = "handoff"
    forgets = NAMES
    reviewed = False

    def intro(self, heard: Heard) -> tuple[Say, ...]:
        """What happens with a request."""
        return (Say("utter_handoff_intro"),)

    def plan(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Question, ...]:
        """The questions; only the way to reach the person that they chose is asked for."""
        return tuple(self._questions(answers, heard))

    def _questions(self, answers: Answers, heard: Heard) -> Iterator[Question]:
        yield Question("handoff_reason", "text", "utter_q_handoff_reason", "handoff")
        yield Question("contact_name", "name", "utter_q_contact_name", "handoff")
        yield Question("contact_method", "choice", "utter_q_contact_method", "handoff", choices="contact_method")
        if answers.get("contact_method") == "email":
            yield Question("contact_email", "email", "utter_q_contact_email", "handoff")
        else:
            yield Question("contact_phone", "phone", "utter_q_contact_phone", "handoff")
        yield Question("urgency", "choice", "utter_q_urgency", "handoff", choices="urgency", assume="whenever")
        yield Question(
            "contact_language", "choice", "utter_q_contact_language", "handoff",
            choices="contact_language", assume=heard.language,
        )  # fmt: skip
        yield Question("best_time", "text", "utter_q_best_time", "handoff", optional=True)

    def finish(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
        """The reference, and the request itself for the gateway to record with the turn."""
        reference = reference_for(heard.conversation_id, heard.message_id)
        said = {name: answers.get(name) for name in NAMES}
        values = {
            "reference": reference,
            **{n: said[n] for n in NAMES if n not in {"handoff_reason", "best_time"}},
        }
        result = {
            "flow": "handoff", "end": "handoff_recorded", "values": values, "assumed": list(state.assumed),
            "answers": {name: value for name, value in said.items() if value is not None},
        }  # fmt: skip
        request = {"reference": reference, **said}
        return (Say("utter_handoff_done", {"reference": reference}, {"result": result, "handoff": request}),)
