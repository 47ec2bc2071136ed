"""The flow that leaves a request for a person: why, who, how and when to reach them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from actions import contact_questions
from actions.answers.contact import parse_email, parse_phone
from actions.flow.model import Answers, FlowState, Heard, Question, Say
from actions.flow.simple import SimpleFlow
from aidline.settings import Settings, load_settings
from knowledge.boundaries import crossed
from knowledge.figures import figures

__all__ = ["NAMES", "Handoff", "reference_for", "request_for"]

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


def request_for(answers: Answers, reference: str, language: str) -> dict[str, Any]:
    """What staff get: the answers under their names, with what is taken when a question was left open."""
    said = {name: answers.get(name) for name in NAMES}
    usual = {"contact_language": language, "urgency": "whenever"}
    return {"reference": reference, **{name: said[name] or usual.get(name) for name in NAMES}}


class Handoff(SimpleFlow):
    """The flow `handoff`. `settings` tell when staff answer."""

    name = "handoff"
    forgets = NAMES
    reviewed = False

    def __init__(self, settings: Callable[[], Settings] = load_settings) -> None:
        self._settings = settings

    def misheard(self, heard: Heard) -> bool:
        """A person elsewhere is wanted: who advises on classes, or rents out rooms."""
        found = crossed(heard.text)
        return found is not None and found[0].kind == "outside"

    def intro(self, heard: Heard) -> tuple[Say, ...]:
        """What happens with a request."""
        return (Say("utter_handoff_intro"),)

    def plan(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Question, ...]:
        """The questions; only the way to reach the person that they chose is asked for."""
        return tuple(self._questions(answers, state, heard))

    def _questions(self, answers: Answers, state: FlowState, heard: Heard) -> Iterator[Question]:
        yield Question(
            "handoff_reason", "text", "utter_q_handoff_reason", "handoff", optional=True, takes_questions=True
        )
        yield from contact_questions.for_a_request(answers, state, heard)
        yield Question("urgency", "choice", "utter_q_urgency", "urgency", choices="urgency", assume="whenever")
        yield Question(
            "contact_language", "choice", "utter_q_contact_language", "handoff",
            choices="contact_language", assume=heard.language,
        )  # fmt: skip
        yield Question("best_time", "text", "utter_q_best_time", "handoff", optional=True)

    def hears(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """Another number or address in place of a few words ("my number is really ...")."""
        return self.amends(heard, answers) if question.kind == "text" else {}

    def gather(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """A number or an address beside the name."""
        return contact_questions.ways_told(question, heard, answers)

    def amends(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """Another number or address, told after the request was made."""
        if answers.get("contact_method") is None:
            return {}
        told = {"contact_phone": parse_phone(heard.text), "contact_email": parse_email(heard.text)}
        sure = {name: way.value for name, way in told.items() if way.status == "ok" and way.value is not None}
        return {name: value for name, value in sure.items() if answers.get(name) != value}

    def finish(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
        """The reference, what happens next, and the request itself for the gateway to record with the turn."""
        language = heard.language
        reference = reference_for(heard.conversation_id, state.ended_by or heard.message_id)
        request = request_for(answers, reference, language)
        shown = ("contact_name", "contact_phone", "contact_email", "contact_method", "contact_language", "urgency")
        result = {
            "flow": "handoff", "end": "handoff_recorded", "assumed": list(state.assumed),
            "values": {"reference": reference, **{name: request[name] for name in shown}},
            "answers": {name: answers[name] for name in NAMES if answers.get(name) is not None},
        }  # fmt: skip
        params = {
            "reference": reference,
            "hours": self._hours(language),
            "federal_phone": figures()["phone-fsa"].said(language),
        }
        says = [Say("utter_handoff_updated" if state.ended_by else "utter_handoff_done", params)]
        if not contact_questions.reachable(answers):
            says.append(Say("utter_handoff_no_way", params))
        if request["urgency"] == "today":
            says.append(Say(self._today(), {**params, "staff_phone": self._settings().staff_phone}))
        last = Say("utter_handoff_next", params, {"result": result, "handoff": {**request, "kind": "handoff"}})
        return (*says, last)

    def _hours(self, language: str) -> str:
        """When staff answer, as the school says it, or on working days."""
        settings = self._settings()
        if language == "es":
            return settings.staff_hours_es or "en días hábiles"
        return settings.staff_hours_en or "on working days"

    def _today(self) -> str:
        return "utter_handoff_today_school" if self._settings().staff_phone else "utter_handoff_today"
