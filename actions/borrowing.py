"""The flow about federal loans: how much this person can borrow, what it costs to pay back, or both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from actions import borrowing_result
from actions.another_year import another_year, worked_out_again
from actions.answers.award_year import award_year_of, parse_award_year
from actions.answers.dependents import parse_dependents
from actions.answers.parsed import Parsed
from actions.answers.text import fold
from actions.borrowing_again import tried_out
from actions.borrowing_words import MOST_DEPENDENTS, credits_a_year, made_since, topic_named
from actions.dependency_questions import dependency_of
from actions.estimate_hearing import may_study_too, who_writes
from actions.flow.model import Answers, FlowState, Heard, Outcome, Question, Say
from actions.flow.simple import SimpleFlow
from actions.flow.words import choices, named_in_opening, result_words, show_date
from actions.offer_amounts import amounts_beside
from knowledge.award_years import load as load_award_year
from knowledge.loans import available, load
from knowledge.loans.borrower import GRADUATE_LEVELS, MOST_CREDITS_A_YEAR
from knowledge.repayment import kind_of_loan, last_known, rate, rules

__all__ = ["NAMES", "Borrowing"]

NAMES = (
    "borrow_topic", "award_year", "borrower", "grade_level", "dependency", "enrollment", "credits_year",
    "credits_full_time_year", "parent_plus_denied", "legacy_borrower", "total_borrowed", "subsidized_borrowed",
    "loans_since_july_2026", "loan_balance", "loan_rate", "borrower_agi", "borrower_dependents",
)  # fmt: skip
"""Everything this flow asks for, beside the questions that settle dependency."""

_FIND_OUT = ("born_before_cutoff", "student_marital_status", "any_dependency_reason")
_MARRIED = frozenset({"married", "remarried"})
_PART_TIME = frozenset({"three_quarter", "half_time"})
_CHILD_BORROWS = re.compile(
    r"(?=.*\b(?:my|mi|mis) (?:mom|mother|dad|father|parents?|mama|papa|papas|padres|madre|padre)\b)"
    r".*\b(?:(?:i can|can i|could i|i could) (?:borrow|take out|get)|(?:puedo|podria) (?:pedir|sacar))\b"
)
"""A student's own loan, though a parent's is named ("my mom got denied ... how much can I borrow")."""


class Borrowing(SimpleFlow):
    """The flow `borrowing`."""

    name = "borrowing"
    forgets = ("borrow_topic",)  # who comes back wants to know something else about the same loans
    reviewed = False

    def opening(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """What the first message settles: the topic, the year, who borrows, the year of study, who writes."""
        text = heard.text
        topics = named_in_opening("borrow_topic", text)
        denied = bool(named_in_opening("borrower_denied", text))
        found: dict[str, set[str]] = {
            "borrow_topic": {"both"} if len(topics) > 1 else topics,
            "borrower": {"student"} if denied else _who_borrows(text),
            "parent_plus_denied": {"yes"} if denied else set(),
            "grade_level": named_in_opening("borrower_grade", text),
        }
        # "Next semester" may be either year: only one that is named counts.
        year = parse_award_year(text if re.search(r"\d", text) else "", today=heard.today)
        if year.status == "ok" and year.value in available():
            found["award_year"] = {year.value}
        certain = {name: values.pop() for name, values in found.items() if len(values) == 1}
        if certain.get("borrower") == "parent":
            certain.pop("grade_level", None)
        certain |= who_writes(text)
        return {name: value for name, value in certain.items() if answers.get(name) != value}

    def intro(self, heard: Heard) -> tuple[Say, ...]:
        """That a loan is paid back, and what this is."""
        return (Say("utter_borrow_intro"),)

    def plan(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Question, ...]:
        """The questions for this borrower, as far as the answers tell."""
        usual = award_year_of(heard.today)
        year = str(answers.get("award_year") or usual)
        cutoff = load_award_year(year).dependency.born_before
        known = rate(year, kind_of_loan(*_borrower(answers))) or last_known(kind_of_loan(*_borrower(answers)))
        facts = {
            "award_year": year, "usual_year": usual, "cutoff": show_date(cutoff.isoformat(), heard.language),
            "rate": f"{known.percent}%",
            "full_time_credits": _example_credits(year),
            "changed": show_date(rules().new_from.isoformat(), heard.language),
            "day_before": show_date((rules().new_from - timedelta(days=1)).isoformat(), heard.language),
        }  # fmt: skip
        asked = _questions(answers, state, year, usual, str(known.percent))
        return tuple(replace(q, params={**facts, **q.params}) for q in asked)

    def reads(self, question: Question, heard: Heard, answers: Answers) -> Parsed[Any] | None:
        """Dependents without the person; a date that tells whether a loan is a new one."""
        if question.key == "borrower_dependents":
            return parse_dependents(heard.text, language=heard.language)
        if question.key == "loans_since_july_2026":
            return made_since(heard, choices(question.key))
        return None

    def hears(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """Credits of one term, which count twice in a year; a topic named by asking."""
        if question.key == "borrow_topic":
            # "Just how much I can borrow" reads like a question and answers this one.
            topic = topic_named(heard.text)
            return {} if topic is None else {question.key: topic}
        if question.key in {"credits_year", "credits_full_time_year"}:
            taken = credits_a_year(heard.text, heard.language)
            return {} if taken is None or taken > MOST_CREDITS_A_YEAR else {question.key: taken}
        if question.key == "total_borrowed":
            return _total_and_part(heard)
        return {}

    def undoes(self, before: Answers, after: Answers) -> tuple[str, ...]:
        """A part that is more than its whole, and the whole: either may be the one that was mistaken."""
        return ("total_borrowed", "subsidized_borrowed") if _part_above_whole(after) else ()

    def remark(self, question: Question, before: Answers, after: Answers) -> tuple[Say, ...]:
        """That a part cannot be more than its whole; what the questions about dependency come to."""
        if question.key in {"total_borrowed", "subsidized_borrowed"} and _part_above_whole(after):
            return (Say("utter_borrow_part_above_whole"),)
        if question.key not in _FIND_OUT or after.get("dependency") is not None:
            return ()
        settled = _worked_out(after, str(after["award_year"])) if after.get("award_year") else None
        return () if settled is None else (Say(f"utter_borrow_found_{settled}"),)

    def finish(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
        """The limits, the cost, what to do next."""
        names = (*NAMES, *_FIND_OUT)
        asked = {name for question in self.plan(answers, state, heard) for name in question.settles}
        said = {name: answers[name] for name in names if name in asked and answers.get(name) is not None}
        return borrowing_result.messages(answers, said, state, heard)

    def reconsider(self, heard: Heard, answers: Answers, state: FlowState) -> Outcome | None:
        """The result with something else, where that leaves nothing to ask: another income, another loan."""
        return worked_out_again(self, self.amends(heard, answers), heard, answers, state)

    def amends(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """What a message after the result supposes instead ("what if I went half time")."""
        return {**another_year(heard, answers), **tried_out(heard, answers)}

    def afterwards(self, heard: Heard, answers: Answers, state: FlowState) -> tuple[Say, ...]:
        """Why the amounts are what they are."""
        return borrowing_result.explained(heard, answers)


def _total_and_part(heard: Heard) -> Mapping[str, Any]:
    """All that was borrowed and the subsidized part of it, told in one breath ("12k total, 8k of it subsidized")."""
    told = amounts_beside(heard.text, heard.language, result_words("borrowing")["told_amounts"])
    if told is None or told.keys() != {"total_borrowed", "subsidized_borrowed"}:
        return {}
    return told if told["subsidized_borrowed"] <= told["total_borrowed"] else {}


def _example_credits(year: str) -> str:
    """The full-time credits of the rule's own example; "" in years without the rule."""
    part_time = load(year).period.part_time
    return str(part_time.example.full_time) if part_time is not None else ""


def _part_above_whole(answers: Answers) -> bool:
    part, whole = answers.get("subsidized_borrowed"), answers.get("total_borrowed")
    return part is not None and whole is not None and int(part) > int(whole)


def _who_borrows(text: str) -> set[str]:
    """Who takes the loan, as a first message names them; a mother who goes back to school may borrow for herself."""
    asks_for_oneself = _CHILD_BORROWS.match(fold(text)) is not None
    return named_in_opening("borrower", text) - ({"parent"} if may_study_too(text) or asks_for_oneself else set())


def _borrower(answers: Answers) -> tuple[str, str | None]:
    return str(answers.get("borrower") or "student"), answers.get("grade_level")


def _questions(answers: Answers, state: FlowState, year: str, usual: str, percent: str) -> Iterator[Question]:
    yield Question("borrow_topic", "choice", "utter_q_borrow_topic", "borrow_topic",
                   choices="borrow_topic", assume="both", optional=True)  # fmt: skip
    yield Question("award_year", "year", "utter_q_award_year_loan", "borrow_year",
                   choices="award_year", assume=usual, optional=True)  # fmt: skip
    yield Question("borrower", "choice", "utter_q_borrower", "borrower",
                   choices="borrower", assume="student")  # fmt: skip
    topic, parent = answers.get("borrow_topic", "both"), answers.get("borrower") == "parent"
    if topic != "cost":
        yield from _parent_limits(answers, year) if parent else _student_limits(answers, state, year)
    if topic != "limits":
        yield from _cost(answers, state, year, percent, parent=parent, also_limits=topic == "both")


def _student_limits(answers: Answers, state: FlowState, year: str) -> Iterator[Question]:
    yield Question("grade_level", "choice", "utter_q_grade_level", "borrow_grade",
                   choices="grade_level", assume="first_year")  # fmt: skip
    graduate = answers.get("grade_level") in GRADUATE_LEVELS
    changed = load(year).period
    if not graduate:
        yield from _dependency(answers, state, year)
    yield Question("enrollment", "choice", "utter_q_enrollment", "borrow_enrollment",
                   choices="enrollment", assume="full_time")  # fmt: skip
    if changed.part_time is not None and answers.get("enrollment") in _PART_TIME:
        yield _credits("credits_year", 0)
        if answers.get("credits_year") is not None:
            yield _credits("credits_full_time_year", 1)
    if not graduate and _is_dependent(answers, year):
        yield Question("parent_plus_denied", "yes_no", "utter_q_parent_plus_denied", "plus_denied",
                       choices="parent_plus_denied", assume="no", optional=True)  # fmt: skip
    if graduate and changed.legacy is not None:
        yield Question("legacy_borrower", "yes_no", "utter_q_legacy_borrower", "legacy",
                       choices="legacy_borrower", assume="no")  # fmt: skip
    yield Question("total_borrowed", "money", "utter_q_total_borrowed", "borrowed_so_far", optional=True)
    if not graduate and answers.get("total_borrowed"):
        yield Question("subsidized_borrowed", "money", "utter_q_subsidized_borrowed", "borrowed_so_far",
                       optional=True)  # fmt: skip


def _parent_limits(answers: Answers, year: str) -> Iterator[Question]:
    if answers.get("dependency") is not None or dependency_of(answers, load_award_year(year)) is None:
        yield Question("dependency", "choice", "utter_q_dependency_parent", "borrow_dependency",
                       choices="dependency", assume="dependent")  # fmt: skip
    if not _is_dependent(answers, year):
        return
    if load(year).period.legacy is not None:
        yield Question("legacy_borrower", "yes_no", "utter_q_legacy_borrower_parent", "legacy",
                       choices="legacy_borrower", assume="no")  # fmt: skip
    yield Question("total_borrowed", "money", "utter_q_total_borrowed_parent", "borrowed_so_far", optional=True)


def _dependency(answers: Answers, state: FlowState, year: str) -> Iterator[Question]:
    """The status in one question; who does not know it is asked what decides it."""
    unsure = "dependency" in state.assumed and answers.get("dependency") is None
    if answers.get("dependency") is not None or unsure or dependency_of(answers, load_award_year(year)) is None:
        yield Question("dependency", "choice", "utter_q_dependency", "borrow_dependency",
                       choices="dependency", optional=True)  # fmt: skip
    if not unsure:
        return
    yield Question("born_before_cutoff", "yes_no", "utter_q_borrow_born", "dependency", assume="no")
    if answers.get("born_before_cutoff") == "yes":
        return
    yield Question("student_marital_status", "choice", "utter_q_student_marital_status", "marital_status",
                   choices="student_marital_status", assume="never_married")  # fmt: skip
    if answers.get("student_marital_status") not in _MARRIED:
        yield Question("any_dependency_reason", "yes_no", "utter_q_any_dependency_reason", "dependency", assume="no")


def _worked_out(answers: Answers, year: str) -> str | None:
    """What the questions about dependency come to; None while they are open."""
    if answers.get("any_dependency_reason") == "yes":
        return "independent"
    reached = dependency_of(answers, load_award_year(year))
    if reached is None:
        return "independent" if _already_independent(answers) else None
    return "dependent" if reached.status == "dependent" else "independent"


def _already_independent(answers: Answers) -> bool:
    return answers.get("born_before_cutoff") == "yes" or answers.get("student_marital_status") in _MARRIED


def _is_dependent(answers: Answers, year: str) -> bool:
    """Whether the student counts as dependent, going by the answers so far; the usual case until they tell."""
    if answers.get("dependency") is not None:
        return bool(answers["dependency"] == "dependent")
    return _worked_out(answers, year) != "independent"


def _credits(name: str, least: int) -> Question:
    return Question(name, "count", f"utter_q_{name}", "credits", minimum=least, maximum=MOST_CREDITS_A_YEAR,
                    optional=True)  # fmt: skip


def _cost(
    answers: Answers, state: FlowState, year: str, percent: str, *, parent: bool, also_limits: bool
) -> Iterator[Question]:
    """`percent` is the rate of a new loan, which stands in for one that is not known."""
    new_year = load(year).old is not None
    first_loan = also_limits and new_year and answers.get("total_borrowed") == 0
    if not first_loan:
        yield Question(
            "loans_since_july_2026", "yes_no", "utter_q_loans_since_july_2026", "new_loans",
            choices="loans_since_july_2026", assume="yes" if new_year else "no",
        )  # fmt: skip
    yield Question("loan_balance", "money", "utter_q_loan_balance", "balance", optional=True)
    level_known = parent or also_limits or answers.get("grade_level") is not None
    balance_left_open = "loan_balance" in state.assumed and answers.get("loan_balance") is None
    if answers.get("loan_balance") != 0 and not (also_limits and balance_left_open):
        yield Question("loan_rate", "rate", "utter_q_loan_rate" if level_known else "utter_q_loan_rate_open", "rate",
                       assume=percent if level_known else None, optional=True)  # fmt: skip
    if not parent and not also_limits and "loan_rate" in state.assumed and answers.get("loan_rate") is None:
        yield Question("grade_level", "choice", "utter_q_grade_level_loan", "rate",
                       choices="grade_level", assume="first_year", optional=True)  # fmt: skip
    if parent:
        return
    yield Question("borrower_agi", "money", "utter_q_borrower_agi", "borrow_income",
                   allow_negative=True, optional=True)  # fmt: skip
    if answers.get("borrower_agi") is not None:
        yield Question("borrower_dependents", "count", "utter_q_borrower_dependents", "borrow_dependents",
                       maximum=MOST_DEPENDENTS, assume=0)  # fmt: skip
