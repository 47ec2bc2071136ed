"""The flow that makes a case for a review of aid when money changed (special circumstances, professional judgment).

It asks what a school's form asks, and ends with a case file that a person can print or read out. The school decides;
what it may and may not do is in `knowledge.special_circumstances`. What is said at the end is in `actions.appeal_case`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from actions import appeal_case, contact_questions
from actions.appeal_opening import meant_by_a_parent, opening_answers
from actions.appeal_words import household
from actions.estimate_hearing import who_writes
from actions.flow.model import Answers, FlowState, Heard, Question, Say
from actions.flow.simple import SimpleFlow
from knowledge.award_years import load, year_to_file_for
from knowledge.special_circumstances import special_circumstances

__all__ = ["NAMES", "Appeal"]

NAMES = (
    "appeal_reason", "appeal_who", "appeal_date", "income_before", "income_now", "proof", "school_name", "appeal_story",
)  # fmt: skip
"""What the flow asks of the case itself; the award year is shared with other flows."""

_GENTLE = frozenset({"death", "divorce_or_separation", "medical_costs", "disaster"})
"""Reasons that are met with a word of their own before the next question."""


_FEWER_EARN = frozenset({"death", "divorce_or_separation"})
"""Reasons after which the income of today is that of whoever is left in the household."""


class Appeal(SimpleFlow):
    """The flow `appeal`."""

    name = "appeal"
    forgets = NAMES

    def opening(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """What the first message tells beyond doubt: what happened, to a parent, in which month; who writes."""
        found = {**opening_answers(heard), **who_writes(heard.text)}
        return {name: value for name, value in found.items() if answers.get(name) != value}

    def intro(self, heard: Heard) -> tuple[Say, ...]:
        """A word for what happened, when the first message tells it; what this is and who decides."""
        reason = opening_answers(heard).get("appeal_reason")
        word = (Say(f"utter_appeal_word_{reason}"),) if reason in _GENTLE else ()
        decides = special_circumstances().statements["school_decides"].in_language(heard.language)
        return (*word, Say("utter_appeal_intro", {"decides": decides}))

    def plan(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Question, ...]:
        """The questions. Nothing has to be known: what is left open is a gap in the case, and the school will ask."""
        year = load(str(answers.get("award_year") or year_to_file_for(heard.today)))
        who = answers.get("appeal_who")
        left = None if answers.get("appeal_reason") in _FEWER_EARN else who
        params = {
            "award_year": year.award_year,
            "tax_year": str(year.income_tax_year),
            "this_year": str(heard.today.year),
            "household": household(who, heard.language, now=False),
            "household_now": household(left, heard.language, now=True),
            "papers": ", ".join(special_circumstances().papers.listed(answers.get("appeal_reason"), heard.language)),
        }
        asked = (*_questions(answers, year.award_year), *contact_questions.for_a_case(answers, state, heard))
        return tuple(
            replace(
                question, params={**params, **question.params}, subject=params.get(_YEAR_OF.get(question.key, ""), "")
            )
            for question in asked
        )

    def hears(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """A parent who writes says "me", and means a parent on the form."""
        if question.key == "appeal_who" and meant_by_a_parent(heard.text, answers.get("asking_as") == "parent"):
            return {"appeal_who": "parent"}
        return {}

    def gather(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """A number or an address beside the name."""
        return contact_questions.ways_told(question, heard, answers)

    def remark(self, question: Question, before: Answers, after: Answers) -> tuple[Say, ...]:
        """A word for what happened, before anything else is asked."""
        reason = after.get("appeal_reason")
        if question.key != "appeal_reason" or reason not in _GENTLE or before.get("appeal_reason") == reason:
            return ()
        return (Say(f"utter_appeal_word_{reason}"),)

    def finish(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
        """The case file, what the school may do with it, and what to do next."""
        return appeal_case.messages(answers, state, heard)


_YEAR_OF = {"income_before": "tax_year", "income_now": "this_year"}
"""The year that an income is of: people tell the two apart by it ("change my 2024 income")."""


def _questions(answers: Answers, award_year: str) -> Iterator[Question]:
    reason = answers.get("appeal_reason")
    yield Question(
        "appeal_reason", "choice", "utter_q_appeal_reason", "appeal_reason", choices="appeal_reason", assume="other",
    )  # fmt: skip
    who = "appeal_who_death" if reason == "death" else "appeal_who"
    yield Question("appeal_who", "choice", _of("utter_q_appeal_who", reason), "appeal_who", choices=who, optional=True)
    yield Question("appeal_date", "date", _of("utter_q_appeal_date", reason), "appeal_date", optional=True)
    yield Question(
        "award_year", "year", "utter_q_appeal_award_year", "appeal_year", choices="award_year", assume=award_year,
    )  # fmt: skip
    yield Question("income_before", "money", "utter_q_income_before", "appeal_income_before", optional=True)
    yield Question("income_now", "money", "utter_q_income_now", "appeal_income_now", optional=True)
    yield Question("proof", "text", "utter_q_proof", "appeal_proof", optional=True)
    yield Question("school_name", "school", "utter_q_school_name", "appeal_school", optional=True)
    yield Question("appeal_story", "text", "utter_q_appeal_story", "appeal_story", optional=True)


def _of(prompt: str, reason: str | None) -> str:
    """The prompt in words that fit a death, where the usual ones would hurt."""
    return f"{prompt}_death" if reason == "death" else prompt
