"""The flow that explains the status of a FAFSA: what it means, and what to do, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from actions.answers.award_year import award_year_named
from actions.answers.choice import choice_named
from actions.citing import sources_of
from actions.deadlines import open_forms
from actions.estimate_hearing import who_writes
from actions.flow.model import Answers, FlowState, Heard, Question, Say
from actions.flow.simple import SimpleFlow
from actions.flow.words import choices, told
from knowledge.award_years import available
from knowledge.fafsa_status import FormStatus, explain, year_is_over

__all__ = ["FafsaStatus"]

_NAMES = ("fafsa_status", "status_reason", "who_missing", "submitted_date")
_HELD_UP = frozenset({"in_progress", "action_required"})
_SOMEONE_IS_MISSING = frozenset({"contributor_not_done", "missing_signature", "missing_consent"})
_TROUBLE = frozenset({"error", "problem", "problema", "tiene un error", "has an error"})
"""Words that stand for "action required" only where no status is named."""
_AFTER_PROCESSING = frozenset({"none", "error"})


class FafsaStatus(SimpleFlow):
    """The flow `fafsa_status`."""

    name = "fafsa_status"
    reviewed = False

    def opening(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """The status, what holds it up and the award year, as far as the first message says them outright."""
        said = _status_in(heard.text)
        found: dict[str, Any] = {"fafsa_status": said}
        if (said or answers.get("fafsa_status")) == "processed":
            found["status_reason"] = told("status_reason_processed", heard.text)
        if (said or answers.get("fafsa_status")) in _HELD_UP:
            found |= _reason_in(heard)
        found["award_year"] = award_year_named(
            heard.text, today=heard.today, available=available(), relative=False
        )  # fmt: skip
        found |= who_writes(heard.text)
        return {name: value for name, value in found.items() if value is not None and answers.get(name) != value}

    def plan(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Question, ...]:
        """Only what changes the advice for this status."""
        return tuple(_questions(answers, heard))

    def gather(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """What holds it up and whose part is missing, where the same words say it ("my mom never signed")."""
        found: Mapping[str, Any] = {}
        if question.key == "fafsa_status" and choice_named(heard.text, choices("fafsa_status")) in _HELD_UP:
            found = _reason_in(heard)
        if question.key == "status_reason":
            found = _who_in(heard)
        return {name: value for name, value in found.items() if answers.get(name) is None}

    def undoes(self, before: Answers, after: Answers) -> tuple[str, ...]:
        """What held it up, once the form has another status that knows no such reason."""
        if before.get("fafsa_status") in {None, after.get("fafsa_status")}:
            return ()
        reason = after.get("status_reason")
        kept = reason in _AFTER_PROCESSING if after.get("fafsa_status") == "processed" else reason != "none"
        return () if kept else ("status_reason", "who_missing")

    def finish(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
        """What it means, the steps, and that Aidline cannot see the form."""
        form = FormStatus.of({q.key: answers.get(q.key) for q in _questions(answers, heard)} | _year(answers))
        standing = explain(form, heard.today, heard.language)
        steps = "\n".join(f"{number}. {step}" for number, step in enumerate(standing.steps, 1))
        forms = open_forms(heard) if standing.next_step == "file_new" else None
        result = {
            "flow": "fafsa_status",
            "end": "status_explained",
            "values": {"fafsa_status": form.fafsa_status, "next_step": standing.next_step},
            "answers": {name: answers[name] for name in (*_NAMES, "award_year") if answers.get(name) is not None},
            "assumed": [name for name in state.assumed if answers.get(name) is not None],
        }
        says = (
            Say("utter_cited", {"text": standing.meaning}),
            Say("utter_fafsa_status_steps", {"steps": steps}, {"sources": sources_of(standing.citations)}),
            *((forms,) if forms else ()),
        )
        ending = "utter_fafsa_status_end_new" if standing.next_step == "file_new" else "utter_fafsa_status_end"
        return (*says, Say(ending, {}, {"result": result}))


def _status_in(text: str) -> str | None:
    """The status that the words name. A mistake in a form that went through is the person's, not its status."""
    listed = choices("fafsa_status")
    outright = [replace(one, words=tuple(word for word in one.words if word not in _TROUBLE)) for one in listed]
    return choice_named(text, listed) or choice_named(text, outright)


def _year(answers: Answers) -> dict[str, Any]:
    return {"award_year": answers.get("award_year")}


def _questions(answers: Answers, heard: Heard) -> Iterator[Question]:
    yield Question(
        "fafsa_status", "choice", "utter_q_fafsa_status", "fafsa_status", choices="fafsa_status", leave_open=True,
    )  # fmt: skip
    status = answers.get("fafsa_status")
    if year_is_over(answers.get("award_year"), heard.today):
        return
    if status in _HELD_UP:
        yield Question(
            "status_reason", "choice", "utter_q_status_reason", "status_reason", choices="status_reason",
            leave_open=True,
        )  # fmt: skip
        if answers.get("status_reason") in _SOMEONE_IS_MISSING:
            yield Question(
                "who_missing", "choice", "utter_q_who_missing", "who_missing", choices="who_missing", leave_open=True,
            )  # fmt: skip
    elif status == "processed":
        yield Question(
            "status_reason", "choice", "utter_q_status_reason_processed", "status_reason_processed",
            choices="status_reason_processed", assume="none",
        )  # fmt: skip
    elif status == "in_review":
        yield Question("submitted_date", "date", "utter_q_submitted_date", "submitted_date", optional=True)


def _reason_in(heard: Heard) -> dict[str, Any]:
    """What holds the form up, and who, if the words name exactly one of each."""
    reason = choice_named(heard.text, choices("status_reason"))
    if reason in {None, "none", "error"}:
        return {}
    return {"status_reason": reason, **(_who_in(heard) if reason in _SOMEONE_IS_MISSING else {})}


def _who_in(heard: Heard) -> dict[str, Any]:
    """The other person that the words name; "me" and "my" stand in too many sentences to name the student."""
    named = [choice for choice in choices("who_missing") if choice.value != "student"]
    who = choice_named(heard.text, named)
    return {"who_missing": who} if who else {}
