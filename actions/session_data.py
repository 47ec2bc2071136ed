"""What Aidline holds of a session, for the person it is about: every answer by its name, and what is kept how long."""

from __future__ import annotations

from typing import Any

from actions.flow.asking import menu_result
from actions.flow.model import Answers, FlowState, Heard, Question, Say
from actions.flow.words import label, show
from actions.flows import FLOWS
from aidline.private_answers import is_private
from aidline.settings import load_settings

__all__ = ["data_shown"]

_ENDING = 4
"""Digits of a phone number that are shown."""


def data_shown(answers: Answers, heard: Heard, *, session_days: int | None = None) -> Say:
    """The message that shows it. `session_days` (unset: as configured) is when a silent session is forgotten."""
    days = session_days if session_days is not None else load_settings().session_days
    questions = _questions(answers, heard)
    rows = [_row(name, value, questions.get(name), heard.language) for name, value in answers.items()]
    if heard.phone:
        rows.append(_row("own_phone", heard.phone, None, heard.language))
    response = "utter_data_shown" if rows else "utter_data_none"
    return Say(response, {"days": str(days)}, {"rows": rows, **menu_result("data_shown", heard.language)})


def _questions(answers: Answers, heard: Heard) -> dict[str, Question]:
    """The question that each answer answers, in whichever flow it is asked."""
    found: dict[str, Question] = {}
    for flow in FLOWS:
        for question in flow.plan(answers, FlowState(), heard):
            found.update({name: question for name in question.settles if name not in found})
    return found


def _row(name: str, value: Any, question: Question | None, language: str) -> dict[str, Any]:
    if name in {"contact_phone", "reminder_phone", "own_phone"}:
        shown = f"•••-{str(value)[-_ENDING:]}"
    elif question is None:
        shown = show(value, "yes_no" if value in ("yes", "no") else "text", language)
    else:
        merged = bool(question.names) and question.kind == "choice"
        kind = "yes_no" if merged else "rate" if question.percent else question.kind
        shown = show(value, kind, language, None if merged else question.choices)
    private = is_private(name, question.kind if question else "")
    role = question.role if question else None
    return {"label": label(name, language, role), "value": shown, "note": "", "private": private}
