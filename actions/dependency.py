"""The flow that tells whether a student is dependent on the FAFSA: every official question, up to the first yes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from actions import dependency_questions, dependency_result
from actions.another_year import another_year, worked_out_again
from actions.answers.dates import parse_birth_date, parse_birth_year
from actions.answers.parsed import Parsed
from actions.answers.text import fold
from actions.dependency_questions import REASONS, dependency_of, reason_named
from actions.estimate_hearing import a_parent_asks, first_message
from actions.flow.model import Answers, FlowState, Heard, Outcome, Question, Say
from actions.flow.simple import SimpleFlow
from actions.flow.words import any_of, told
from knowledge.award_years import AwardYear, load, year_to_file_for

__all__ = ["Dependency"]

_TOLD_IN_PASSING = ("student_marital_status", "veteran", "active_duty")
"""What a first message can settle in a few plain words; the other reasons have conditions that must be asked."""


class Dependency(SimpleFlow):
    """The flow `dependency`."""

    name = "dependency"
    reviewed = False

    def opening(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """The award year, an age or birthday, marriage and military service, when the first message is sure of them."""
        found = {name: value for name, value in first_message(heard, answers).items() if name != "depth"}
        found |= _birthday_told(heard)
        for name in _TOLD_IN_PASSING:
            if (value := told(name, heard.text)) is not None:
                found[name] = value
        found |= dependency_questions.told_at_once(heard.text, answers)
        return {name: value for name, value in found.items() if answers.get(name) != value}

    def intro(self, heard: Heard) -> tuple[Say, ...]:
        """How it goes; care first where the first words call for it."""
        by_parent = (Say("utter_estimate_for_parent"),) if a_parent_asks(heard.text) else ()
        return (*dependency_result.care(reason_named(heard.text)), Say("utter_dependency_intro"), *by_parent)

    def plan(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Question, ...]:
        """The questions for this person, as far as the answers tell."""
        year = load(str(answers.get("award_year") or year_to_file_for(heard.today)))
        facts = dependency_questions.facts(year, heard.language)
        return tuple(replace(one, params={**facts, **one.params}) for one in _questions(answers, state, year))

    def reads(self, question: Question, heard: Heard, answers: Answers) -> Parsed[Any] | None:
        """Dependency questions are read as in every flow."""
        year = str(answers.get("award_year") or year_to_file_for(heard.today))
        return dependency_questions.reads(question, heard, load(year))

    def gather(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """The reason behind a yes, the birthday behind an age."""
        return dependency_questions.gathered(question, heard)

    def undoes(self, before: Answers, after: Answers) -> tuple[str, ...]:
        """Dependency answers that no longer hold."""
        return dependency_questions.undone(before, after)

    def remark(self, question: Question, before: Answers, after: Answers) -> tuple[Say, ...]:
        """Where help is near, once somebody says that they have no home or that home is not safe."""
        if question.key == "award_year":
            return ()
        if dependency_questions.only_trains(before, after):
            return (Say("utter_only_training"),)
        new = (reason for reason in REASONS if after.get(reason) == "yes" != before.get(reason))
        return tuple(said for reason in new for said in dependency_result.care(reason))

    def reconsider(self, heard: Heard, answers: Answers, state: FlowState) -> Outcome | None:
        """The result for another award year, where that leaves nothing to ask."""
        return worked_out_again(self, self.amends(heard, answers), heard, answers, state)

    def amends(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """Another award year, after the result ("and for 2027-28?")."""
        return another_year(heard, answers)

    def finish(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
        """What the student is, what that rests on, and what to do next."""
        return dependency_result.messages(answers, state, heard)

    def afterwards(self, heard: Heard, answers: Answers, state: FlowState) -> tuple[Say, ...]:
        """The rule behind the result, to a plain why."""
        return dependency_result.why(answers, heard)

    def offers(self, answers: Answers, state: FlowState) -> str | None:
        """Whose information goes on the form."""
        return "who_is_parent"


def _questions(answers: Answers, state: FlowState, year: AwardYear) -> Iterator[Question]:
    yield Question(
        "award_year", "year", "utter_q_award_year", "dependency_year",
        choices="award_year", optional=True, assume=year.award_year,
    )  # fmt: skip
    yield from dependency_questions.questions(answers, state, year, marriage_matters=False)
    reached = dependency_of(answers, year)
    if reached is not None and reached.reason == "unusual_circumstances":
        yield Question("unusual_kind", "choice", "utter_q_unusual_kind", "unusual_kind",
                       choices="unusual_kind", optional=True)  # fmt: skip
    elif reached is None or reached.status == "dependent":
        yield Question("parents_refuse", "yes_no", "utter_q_parents_refuse", "parents_refuse", assume="no")


def _birthday_told(heard: Heard) -> dict[str, Any]:
    """A birthday or a year of birth that a first message tells ("born 3/14/2004")."""
    born = re.search(rf"\b(?:{any_of('age', 'born')})\s+(.{{4,24}})", fold(heard.text))
    if born is None:
        return {}
    day = parse_birth_date(born.group(1), today=heard.today, language=heard.language)
    if day.status == "ok" and day.value is not None:
        return {"birth_date": day.value.isoformat()}
    year = parse_birth_year(born.group(1), today=heard.today, language=heard.language)
    return {"birth_year": year.value} if year.status == "ok" else {}
