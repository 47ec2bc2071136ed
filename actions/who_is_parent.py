"""The flow that tells whose information goes on the FAFSA as a parent's, and who of them has to sign.

First a check whether any parent is needed; then `knowledge.parents` says what to ask next until nothing is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from actions import dependency_questions, dependency_result, parents_result
from actions.answers.choice import is_choice, parse_choice
from actions.answers.command import command
from actions.answers.parsed import Parsed, confirm, invalid, not_sure, ok
from actions.answers.replies import says_not_sure
from actions.answers.yes_no import parse_yes_no
from actions.dependency_questions import REASONS, dependency_of, reason_named
from actions.estimate_hearing import a_parent_asks
from actions.flow.model import Answers, FlowState, Heard, Question, Say
from actions.flow.simple import SimpleFlow
from actions.flow.words import choices, told
from actions.parents_bond import relationship
from actions.parents_compared import alive, does_more, with_whom
from actions.parents_told import told_as_answer, told_in_passing
from knowledge.award_years import AwardYear, load, year_to_file_for
from knowledge.canonical import Answers as Known
from knowledge.errors import ContradictionError
from knowledge.parents import IF_NOT_SURE, Parents, who_is_parent

__all__ = ["Walk", "WhoIsParent", "walk"]

_CHOICES = {"lives_with", "parents_alive", "parents_relationship", "more_support_parent", "higher_income_parent"}
"""The questions with a list of choices of their own; the others are yes or no."""
_TOPICS = {
    "legal_guardianship": "court", "both_parents_dead": "since_13", "legal_adoption": "legal_adoption",
    "more_support_parent": "support_parent", "higher_income_parent": "support_parent",
}  # fmt: skip
_USUAL = {"parents_relationship": "married", "higher_income_parent": "mother", "both_parents_dead": "yes"}
"""What the plan goes on with beyond a question that is still open, only to tell how many are left."""
_TOLD_INSTEAD = frozenset({
    "parents_refuse", "parent_reachable", "legal_adoption", "parent_has_ssn", "parents_alive",
    "support_parent_remarried", "parents_filed_jointly",
})  # fmt: skip
"""Questions that people also answer by telling how it is ("my aunt never adopted me", "my dad passed")."""
_MARRIAGE = ("support_parent_remarried", "parents_filed_jointly")
_LEAN_ON = {
    "legal_adoption": (
        "parents_alive", "parents_relationship", "more_support_parent", "higher_income_parent", *_MARRIAGE,
    ),
    "parents_alive": _MARRIAGE, "parents_relationship": _MARRIAGE, "more_support_parent": _MARRIAGE,
    "higher_income_parent": _MARRIAGE, "support_parent_remarried": ("parents_filed_jointly",),
}  # fmt: skip
"""Which answers are about whoever an earlier answer pointed to."""


@dataclass(frozen=True)
class Walk:
    """The questions for one person in order, and what the answers come to: None while that is open.

    `said` is what the decision rests on: the answers that mattered, and what is assumed in place of others.
    """

    questions: tuple[Question, ...]
    found: Parents | None
    said: Mapping[str, Any]


class WhoIsParent(SimpleFlow):
    """The flow `who_is_parent`."""

    name = "who_is_parent"
    reviewed = False

    def opening(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """Who the student lives with, who supports them, who died: what the first message says plainly."""
        found = told_in_passing(heard)
        return {name: value for name, value in found.items() if answers.get(name) is None}

    def intro(self, heard: Heard) -> tuple[Say, ...]:
        """What it is about; care first where the first words call for it."""
        by_parent = (Say("utter_estimate_for_parent"),) if a_parent_asks(heard.text) else ()
        return (*dependency_result.care(reason_named(heard.text)), Say("utter_who_is_parent_intro"), *by_parent)

    def plan(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Question, ...]:
        """The questions for this family, as far as the answers tell."""
        walked = walk(answers, state, heard)
        year = load(str(answers.get("award_year") or year_to_file_for(heard.today)))
        blanks = {
            **dependency_questions.facts(year, heard.language),
            **parents_result.people(walked.said, heard.language),
        }
        return tuple(replace(one, params={**blanks, **one.params}) for one in walked.questions)

    def reads(self, question: Question, heard: Heard, answers: Answers) -> Parsed[Any] | None:
        """Dependency questions as in every flow; a family told in the person's own words."""
        if (compared := _compared(question.key, heard.text)) is not None:
            return compared
        if question.key in _TOLD_INSTEAD and (value := told_as_answer(question.key, heard.text)) is not None:
            return ok(value)
        if question.key == "parent_has_ssn" and told("one_has_ssn", heard.text):
            # One of those who sign has none: what they need to know is how to sign without.
            return confirm("no", "negation")
        named = question.choices is not None and parse_choice(heard.text, choices(question.choices)).status == "ok"
        if question.key == "parents_relationship":
            return _bond(heard.text, answers.get(question.key))
        if question.key == "parents_alive" and not named and parse_yes_no(heard.text).value == "no":
            # No to "are both living?" leaves open which one is.
            return invalid("ambiguous", ("mother_only", "father_only", "neither"))
        year = str(answers.get("award_year") or year_to_file_for(heard.today))
        return dependency_questions.reads(question, heard, load(year))

    def gather(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """The reason behind a yes ("yes, I'm married"), the training behind a no."""
        if question.key == "any_dependency_reason" and (married := told("student_marital_status", heard.text)):
            return {"student_marital_status": married}
        return dependency_questions.gathered(question, heard)

    def undoes(self, before: Answers, after: Answers) -> tuple[str, ...]:
        """Answers about somebody who is not meant any more, and answers that cannot both be."""
        doubtful = list(dependency_questions.undone(before, after))
        for name, leaning in _LEAN_ON.items():
            if before.get(name) not in {None, after.get(name)}:
                doubtful += [one for one in leaning if before.get(one) == after.get(one)]
        return tuple(dict.fromkeys((*doubtful, *_clashing(after))))

    def remark(self, question: Question, before: Answers, after: Answers) -> tuple[Say, ...]:
        """Where help is near; that an answer does not go with another."""
        new = [reason for reason in REASONS if after.get(reason) == "yes" != before.get(reason)]
        care = tuple(said for reason in new for said in dependency_result.care(reason))
        if dependency_questions.only_trains(before, after):
            care = (*care, Say("utter_only_training"))
        return (*care, Say("utter_parents_clash")) if _clashing(after) else care

    def finish(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
        """Who goes on the form, why, who signs, and what each of them has to do."""
        walked = walk(answers, state, heard)
        return parents_result.messages(walked.found, walked.said, answers, state, heard)

    def afterwards(self, heard: Heard, answers: Answers, state: FlowState) -> tuple[Say, ...]:
        """The rules behind the result, to a plain why."""
        if command(heard.text) != "why":
            return ()
        found = walk(answers, state, heard).found
        return (parents_result.because(found, heard.language),) if found is not None else ()


def _compared(name: str, text: str) -> Parsed[Any] | None:
    """What is told of both parents side by side ("dad died in 2019 and mom last year"); None for other words."""
    if name == "lives_with" and (whom := with_whom(text)):
        return ok(whom[0]) if len(whom) == 1 else invalid("ambiguous", whom)
    if name in {"more_support_parent", "higher_income_parent"} and (parent := does_more(text)) is not None:
        return ok(parent)
    if name in {"lives_with", "parents_alive"} and says_not_sure(text):
        return not_sure()
    return ok(who) if name == "parents_alive" and (who := alive(text)) is not None else None


def _bond(text: str, asked_about: str | None) -> Parsed[str] | None:
    """What the parents are to each other; a choice in the list's words stands, unless both bond and home are told."""
    listed = choices("parents_relationship")
    told_in_full = relationship(text, asked_about)
    if told_in_full is None or is_choice(text, listed):
        return None
    named = parse_choice(text, listed, word_for_word=True).status == "ok"
    return None if named and told_in_full.status != "ok" else told_in_full


def _clashing(answers: Answers) -> tuple[str, ...]:
    try:
        _asked_in_turn(answers, FlowState(), {}, [])
    except ContradictionError as error:
        return (error.field, "both_parents_dead")
    return ()


def walk(answers: Answers, state: FlowState, heard: Heard) -> Walk:
    """Asks `knowledge.parents` again and again what is open, with each answer in turn."""
    year = load(str(answers.get("award_year") or year_to_file_for(heard.today)))
    questions = list(_check(answers, state, year))
    reached = dependency_of(answers, year)
    if reached is not None and reached.status != "dependent":
        by = reached.reason if reached.reason in REASONS else "any_dependency_reason"
        return Walk(tuple(questions), who_is_parent({by: "yes"}), {by: "yes"})
    said: dict[str, Any] = {n: answers[n] for n in ("parents_refuse", "unusual_kind") if answers.get(n) is not None}
    try:
        found, certain = _asked_in_turn(answers, state, said, questions)
    except ContradictionError:
        # `undoes` drops what clashes, so this lasts no longer than the turn that brought it.
        return Walk(tuple(questions), None, said)
    if found.roles:
        questions.append(
            Question("parent_has_ssn", "yes_no", "utter_q_parent_has_ssn", "parent_has_ssn", optional=True)
        )
        if answers.get("parent_has_ssn") is not None:
            said["parent_has_ssn"] = answers["parent_has_ssn"]
            found = who_is_parent(said)
    return Walk(tuple(questions), found if certain else None, said)


def _check(answers: Answers, state: FlowState, year: AwardYear) -> Iterator[Question]:
    """Whether a parent is needed at all: one question for most, all of them for who says yes to it."""
    if answers.get("any_dependency_reason") != "yes" and dependency_of(answers, year) is None:
        yield Question("any_dependency_reason", "yes_no", "utter_q_needs_no_parent", "needs_no_parent", assume="no")
        return
    reached = dependency_of(answers, year)
    if reached is None or reached.reason == "born_before_cutoff" or reached.status == "dependent":
        yield Question(
            "award_year", "year", "utter_q_award_year", "dependency_year",
            choices="award_year", optional=True, assume=year.award_year,
        )  # fmt: skip
    yield from dependency_questions.questions(answers, state, year, marriage_matters=False)


def _asked_in_turn(
    answers: Answers, state: FlowState, said: dict[str, Any], questions: list[Question]
) -> tuple[Parents, bool]:
    """What it comes to, and whether it rests on answers or stated assumptions alone. Adds to `said` and `questions`."""
    certain = True
    while (found := who_is_parent(_known(said))).unanswered:
        name = found.unanswered[0]
        questions.append(_question(name, said))
        value = answers.get(name)
        if value is None:
            if name in state.assumed and name not in IF_NOT_SURE:
                return found, False
            certain = certain and name in state.assumed
            value = IF_NOT_SURE[name] if name in state.assumed else _USUAL.get(name, IF_NOT_SURE.get(name))
        said[name] = value
    return found, certain


def _known(said: Mapping[str, Any]) -> Known:
    return {name: value for name, value in said.items() if value is not None}


def _question(name: str, said: Mapping[str, Any]) -> Question:
    adopted = said.get("legal_adoption") == "yes"
    prompt = f"utter_q_{name}_adoptive" if adopted and name == "parents_alive" else f"utter_q_{name}"
    return Question(
        name, "choice" if name in _CHOICES else "yes_no", prompt, _TOPICS.get(name, name),
        choices=name if name in _CHOICES else None,
        assume=IF_NOT_SURE.get(name), leave_open=name not in IF_NOT_SURE,
    )  # fmt: skip
