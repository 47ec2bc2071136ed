"""The flow that estimates aid: which of the FAFSA's questions to ask, in what order, for this person.

Dependency comes first, then only what that formula needs. *Quick* settles the figures that decide most and states
what it assumes; *full* asks every line that can matter. The questions about income and assets of one household are in
`actions.household`; the result is in `actions.estimate_result`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from actions import dependency_questions, estimate_result, household, what_if
from actions.answers.parsed import Parsed, invalid, ok
from actions.answers.state import parse_state
from actions.answers.text import fold
from actions.answers.yes_no import parse_shown_yes_no
from actions.dependency_questions import dependency_of
from actions.estimate_hearing import FULL_TIME_CREDITS, credits_in, first_message, own_reading
from actions.flow.model import Answers, FlowState, Heard, Outcome, Question, Say
from actions.flow.simple import SimpleFlow
from actions.flow.words import PERSON_PREFIXES, begins_like_a_question_about_aid
from actions.merged_amounts import others_told, own_part
from actions.parents_bond import shares_home
from actions.why import explanation
from knowledge.award_years import AwardYear, load, year_to_file_for
from knowledge.tax_lines import line_of, where

__all__ = ["EstimateAid"]

_MARRIAGE = re.compile(
    r"\b(?:married|divorc\w+|separated|widow\w*|casad[oa]s?|divorciad[oa]s?|separad[oa]s?|viud[oa])\b"
)
_TAXES = re.compile(r"\b(?:fil\w+|tax\w*|returns?|joint\w*|declar\w+|irs|itin|1040|no|yes|si|yeah|together|juntos)\b")


class EstimateAid(SimpleFlow):
    """The flow `estimate_aid`."""

    name = "estimate_aid"

    def misheard(self, heard: Heard) -> bool:
        """A question about aid that was taken for a wish to estimate it."""
        return heard.intent == "start_estimate_aid" and begins_like_a_question_about_aid(heard.text)

    def opening(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """What the first message names beyond doubt; a yes to "the full one?" is a wish for the full one."""
        found = {"depth": "full"} if _wants_the_full_one(heard) else first_message(heard, answers)
        return {name: value for name, value in found.items() if answers.get(name) != value}

    def intro(self, heard: Heard) -> tuple[Say, ...]:
        """What an estimate is, and how to move around in the form; to a parent, who is meant by "you"."""
        if _wants_the_full_one(heard):
            return (Say("utter_estimate_full_now"),)
        parent = first_message(heard, {}).get("asking_as") == "parent"
        return (Say("utter_estimate_intro"), *((Say("utter_estimate_for_parent"),) if parent else ()))

    def plan(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Question, ...]:
        """The questions for this person, as far as the answers tell."""
        name = str(answers.get("award_year") or year_to_file_for(heard.today))
        year = load(name)
        facts = _facts(year, heard.language)
        return tuple(
            replace(q, params={**facts, "where": _where(q, year, heard.language), **q.params})
            for q in _questions(answers, state, year)
        )

    def reads(self, question: Question, heard: Heard, answers: Answers) -> Parsed[Any] | None:
        """Birthdays and ages, credits, a month's pay, and the own part of an answer that holds several amounts."""
        if question.key == "parent_marital_status" and shares_home(heard.text):
            # On the FAFSA two parents under one roof both count, divorced or not.
            return ok("unmarried_both_parents_together")
        if (
            question.key.endswith("_filer_class")
            and _MARRIAGE.search(fold(heard.text))
            and not _TAXES.search(fold(heard.text))
        ):
            return invalid("unknown")  # what they are to each other tells nothing of a tax return
        year = load(str(answers.get("award_year") or year_to_file_for(heard.today)))
        return (
            dependency_questions.reads(question, heard, year)
            or own_reading(question, heard)
            or own_part(question, heard)
        )

    def gather(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """The reason behind a yes ("yes, veteran"), the state that comes with the family ("4, we live in Ohio")."""
        if question.key == "family_size" and answers.get("state_for_poverty") is None:
            state = parse_state(heard.text)
            named = state.status == "ok" and state.value not in heard.text.split()
            return {"state_for_poverty": state.value} if named else {}
        if question.key == "enrollment" and (taken := credits_in(heard.text)) is not None:
            return {"credits_enrolled": taken}
        if question.kind == "money":
            return others_told(question, heard, answers)
        return dependency_questions.gathered(question, heard)

    def undoes(self, before: Answers, after: Answers) -> tuple[str, ...]:
        """Dependency answers that no longer hold; a family that became too small."""
        doubtful = list(dependency_questions.undone(before, after))
        size = after.get("family_size")
        if size is not None and size < _smallest_family(after):
            doubtful.append("family_size")
        if after.get("enrollment") != before.get("enrollment") and before.get("credits_enrolled") is not None:
            doubtful += ["credits_enrolled", "credits_full_time"]
        return tuple(doubtful)

    def remark(self, question: Question, before: Answers, after: Answers) -> tuple[Say, ...]:
        """What the dependency answers come to, once; which tax return another award year looks at."""
        if question.key == "award_year" and before.get("award_year") not in {None, after["award_year"]}:
            return (Say("utter_year_changed", _facts(load(str(after["award_year"])), "en")),)
        if question.key not in dependency_questions.NAMES:
            return ()
        year = load(str(after["award_year"]))
        reached, earlier = dependency_of(after, year), dependency_of(before, year)
        if reached is None or reached == earlier:
            return ()
        return (Say(f"utter_said_{reached.status}"),)

    def finish(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
        """The estimate, or what can be said when the income stayed open."""
        if household.income_open(answers, state):
            return estimate_result.without_income(answers, state, heard)
        return estimate_result.messages(answers, state, heard)

    def afterwards(self, heard: Heard, answers: Answers, state: FlowState) -> tuple[Say, ...]:
        """Why the estimate came out as it did, or what one of its lines means."""
        if household.income_open(answers, state):
            return ()
        told = explanation(heard.text, heard.language, estimate_result.compute(answers, state)[0])
        return (replace(told, custom={"result": estimate_result.result(answers, state)}),) if told else ()

    def reconsider(self, heard: Heard, answers: Answers, state: FlowState) -> Outcome | None:
        """What if: the estimate with something changed, beside the one there is."""
        return what_if.reconsidered(heard, answers, state)


def _smallest_family(answers: Answers) -> int:
    reached = dependency_of(answers, load(str(answers["award_year"]))) if answers.get("award_year") else None
    is_independent = reached is not None and reached.status != "dependent"
    return household.smallest(answers, "student" if is_independent else "parent")


def _facts(year: AwardYear, language: str) -> dict[str, str]:
    return {
        **dependency_questions.facts(year, language),
        "agi_line": line_of("agi", year.income_tax_year),
    }


def _where(question: Question, year: AwardYear, language: str) -> str:
    """Where the tax return of the year shows what is asked."""
    field = question.key
    for prefix in PERSON_PREFIXES:
        if field.startswith(prefix):
            field = field.removeprefix(prefix)
            break
    return where(field, year.income_tax_year, "es" if language == "es" else "en")


def _wants_the_full_one(heard: Heard) -> bool:
    return heard.offered == "offer_full" and parse_shown_yes_no(heard.text).value == "yes"


def _questions(answers: Answers, state: FlowState, year: AwardYear) -> Iterator[Question]:
    full = answers.get("depth") != "quick" and not household.income_open(answers, state)
    yield Question(
        "award_year", "year", "utter_q_award_year", "school",
        choices="award_year", optional=True, assume=year.award_year,
    )  # fmt: skip
    yield Question("depth", "choice", "utter_q_depth", "school", choices="depth", optional=True, assume="quick")
    yield from dependency_questions.questions(answers, state, year, marriage_matters=True)
    reached = dependency_of(answers, year)
    if reached is None or reached.status == "dependent":
        yield from household.parents(answers, state, year, full=full)
        if full and not household.nobody_files(answers, "parent"):
            yield from household.dependent_student(answers, state, year)
    else:
        yield from household.student(answers, state, year, full=full)
    if full:
        yield from _school(answers)


def _school(answers: Answers) -> Iterator[Question]:
    yield Question("enrollment", "choice", "utter_q_enrollment", "school", choices="enrollment", assume="full_time")
    if answers.get("credits_enrolled") is not None:
        yield Question(
            "credits_full_time", "count", "utter_q_credits_full_time", "school",
            minimum=1, maximum=60, assume=FULL_TIME_CREDITS,
        )  # fmt: skip
    if answers.get("graduate_student") != "yes":
        yield from _undergraduate(answers)
    yield Question("cost_of_attendance", "money", "utter_q_cost_of_attendance", "school", optional=True)
    if answers.get("cost_of_attendance"):
        yield Question("other_grants", "money", "utter_q_other_grants", "school", assume=0)


def _undergraduate(answers: Answers) -> Iterator[Question]:
    """What decides whether there is a Pell Grant at all; at graduate level nothing does."""
    yield Question("grade_level", "choice", "utter_q_grade_level", "school", choices="grade_level", optional=True)
    grade = answers.get("grade_level")
    if grade in {"graduate", "professional", "first_year"}:
        return
    yield Question(
        "has_bachelors_degree",
        "yes_no",
        "utter_q_has_bachelors_degree",
        "school",
        choices="has_bachelors_degree",
        assume="no",
    )
    yield Question(
        "pell_lifetime_used", "count", "utter_q_pell_lifetime_used", "school",
        minimum=0, maximum=900, percent=True, optional=True,
    )  # fmt: skip
