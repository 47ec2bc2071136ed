"""How to reach someone: the questions that a request for a person and a case for a review share.

Nobody has to give anything. Who has no number is asked for an email, who has neither is told how to reach staff.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from actions.answers.contact import parse_email, parse_phone
from actions.flow.model import Answers, FlowState, Heard, Question

__all__ = ["for_a_case", "for_a_request", "reachable", "ways_told"]


def for_a_request(answers: Answers, state: FlowState, heard: Heard) -> Iterator[Question]:
    """Name, way, number or address, for someone who wants to hear from a person."""
    yield Question("contact_name", "name", "utter_q_contact_name", "contact", optional=True)
    yield Question(
        "contact_method", "choice", "utter_q_contact_method", "contact",
        choices="contact_method", assume="text" if heard.phone else "phone", optional=True,
    )  # fmt: skip
    yield from _ways(answers, state, heard)


def for_a_case(answers: Answers, state: FlowState, heard: Heard) -> Iterator[Question]:
    """The same for someone who makes a case: whether to be contacted at all is theirs to say."""
    yield Question("contact_name", "name", "utter_q_case_name", "contact", optional=True)
    yield Question(
        "contact_method", "choice", "utter_q_case_method", "contact", choices="contact_method", optional=True,
    )  # fmt: skip
    if answers.get("contact_method") is not None:
        yield from _ways(answers, state, heard)


def reachable(answers: Answers) -> bool:
    """Whether there is a number or an address."""
    return bool(answers.get("contact_phone") or answers.get("contact_email"))


def ways_told(question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
    """A number or an address that comes along with a name or a way ("Tasha, 614-555-0177")."""
    if question.key not in {"contact_name", "contact_method"}:
        return {}
    told = {"contact_phone": parse_phone(heard.text), "contact_email": parse_email(heard.text)}
    return {
        name: way.value
        for name, way in told.items()
        if way.status == "ok" and way.value is not None and answers.get(name) is None
    }


def _ways(answers: Answers, state: FlowState, heard: Heard) -> Iterator[Question]:
    phone = Question(
        "contact_phone", "phone", "utter_q_contact_phone", "contact", assume=heard.phone, optional=True,
    )  # fmt: skip
    email = Question("contact_email", "email", "utter_q_contact_email", "contact", optional=True)
    first, second = (email, phone) if answers.get("contact_method") == "email" else (phone, email)
    yield first
    if first.key in state.assumed and answers.get(first.key) is None:
        yield second
