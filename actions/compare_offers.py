"""The flow that compares aid letters: up to four schools, the same amounts of each, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from actions import offers_result
from actions.answers.award_year import parse_award_year
from actions.answers.money import MOST
from actions.answers.question import looks_like_question
from actions.answers.school import names_none, parse_school
from actions.answers.yes_no import parse_yes_no
from actions.flow.model import Answers, FlowState, Heard, Question, Say
from actions.flow.simple import SimpleFlow
from actions.flow.words import result_words
from actions.offer_amounts import amounts_beside, read_letter
from knowledge.award_years import available, year_to_file_for
from knowledge.need import MOST_OFFERS

__all__ = ["AMOUNTS", "CompareOffers"]

AMOUNTS = {
    "cost": "offer_cost", "grants": "offer_gift", "scholarships": "offer_gift", "loans": "offer_loans",
    "parent_loans": "offer_loans", "work": "offer_work",
}  # fmt: skip
"""The amounts of a letter, in the order they are asked, with the topic of each question."""

NAMES = (
    *(f"offer_{what}_{number}" for number in range(1, MOST_OFFERS + 1) for what in ("school", *AMOUNTS)),
    "offer_more",
)  # fmt: skip


class CompareOffers(SimpleFlow):
    """The flow `compare_offers`."""

    name = "compare_offers"
    forgets = NAMES
    reviewed = False

    def opening(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """The award year, when the first message names it beyond doubt."""
        # "Next fall" may be read two ways: only a year that is named counts.
        year = parse_award_year(heard.text if re.search(r"\d", heard.text) else "", today=heard.today)
        named = year.status == "ok" and year.value in available() and answers.get("award_year") != year.value
        return {"award_year": year.value} if named else {}

    def intro(self, heard: Heard) -> tuple[Say, ...]:
        """What is compared, and that a whole letter may come in one message."""
        return (Say("utter_offers_intro"),)

    def plan(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Question, ...]:
        """The questions of every school named so far, whether there is another one, and then its questions."""
        return tuple(self._questions(answers, state, heard))

    def _questions(self, answers: Answers, state: FlowState, heard: Heard) -> Iterator[Question]:
        usual = year_to_file_for(heard.today)
        yield Question(
            "award_year", "year", "utter_q_award_year_offers", "offer_year",
            choices="award_year", assume=usual, optional=True, params={"award_year": usual},
        )  # fmt: skip
        named = _schools(answers)
        for number in range(1, max(named, 1) + 1):
            yield from _letter(number, answers, heard.language)
        if not 0 < named < MOST_OFFERS:
            return
        following = named + 1
        # Whoever goes back from a school's first amount means its name, not whether there is a school.
        back_at_name = state.asked in {f"offer_school_{following}", f"offer_cost_{following}"}
        if answers.get("offer_more") is not None or not back_at_name:
            yield Question("offer_more", "yes_no", "utter_q_offer_more", "offer_more",
                           choices="offer_more", assume="no", optional=True)  # fmt: skip
        if answers.get("offer_more") == "yes" or (back_at_name and answers.get("offer_more") is None):
            yield from _letter(following, answers, heard.language)

    def hears(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """A letter's amounts in one message; that there is no further letter, said where its name was asked for."""
        number = _number(question.key)
        if number is None:
            return {}
        asks_name = question.key.startswith("offer_school")
        if asks_name and number > 1 and names_none(heard.text):
            return {"offer_more": "no"}
        if question.key.startswith("offer_grants") and (sum_of := _grants_in_parts(heard)) is not None:
            return {question.key: sum_of}
        letter = None if looks_like_question(heard.text, heard.language) else read_letter(heard.text, heard.language)
        if letter is None or any(amount > MOST for amount in letter.amounts.values()):
            return {}
        told = {f"offer_{what}_{number}": amount for what, amount in letter.amounts.items()}
        if not asks_name:
            return told
        name = parse_school(letter.before)
        return {question.key: name.value, **told} if name.status == "ok" else {}

    def gather(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """The next school that comes with a yes ("yes, Northgate College")."""
        following = _schools(answers) + 1
        _said, comma, rest = heard.text.partition(",")
        if question.key != "offer_more" or parse_yes_no(heard.text).value != "yes" or not comma:
            return {}
        name = parse_school(rest)
        is_name = name.status == "ok" and name.value is not None and name.value[:1].isupper()
        return {f"offer_school_{following}": name.value} if is_name and following <= MOST_OFFERS else {}

    def undoes(self, before: Answers, after: Answers) -> tuple[str, ...]:
        """Whether there is another letter is asked again after each one."""
        return ("offer_more",) if 1 <= _schools(before) < _schools(after) else ()

    def finish(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
        """The letters side by side."""
        return offers_result.messages(answers, state, heard, (*NAMES, "award_year"))

    def afterwards(self, heard: Heard, answers: Answers, state: FlowState) -> tuple[Say, ...]:
        """Why loans and work do not count as a lower price."""
        return offers_result.explained(heard)


def _grants_in_parts(heard: Heard) -> int | None:
    """The grants of one letter told part by part ("7,395 pell and 1,000 from the state"), added up."""
    parts = amounts_beside(heard.text, heard.language, {"grants": result_words("offers")["grant_parts"]})
    others = read_letter(heard.text, heard.language)
    named_otherwise = others is not None and others.amounts.keys() != {"grants"}
    return None if parts is None or named_otherwise or parts["grants"] > MOST else parts["grants"]


def _letter(number: int, answers: Answers, language: str) -> Iterator[Question]:
    """The questions about one letter."""
    stand_in = str(result_words("offers")["school"][language]).format(number=number)
    school = str(answers.get(f"offer_school_{number}") or stand_in)
    which = "first" if number == 1 else "next"
    yield Question(
        f"offer_school_{number}", "school", f"utter_q_offer_school_{which}", "offer_school",
        assume=stand_in, optional=True,
    )  # fmt: skip
    for what, topic in AMOUNTS.items():
        yield Question(
            f"offer_{what}_{number}", "money", f"utter_q_offer_{what}", topic, subject=school,
            params={"school": school}, assume=None if what == "cost" else 0, optional=what == "cost",
        )  # fmt: skip


def _schools(answers: Answers) -> int:
    """How many schools have been named, without a gap."""
    numbers = range(1, MOST_OFFERS + 1)
    return next((n - 1 for n in numbers if answers.get(f"offer_school_{n}") is None), MOST_OFFERS)


def _number(key: str) -> int | None:
    """The number of the letter that a question is about."""
    last = key.rpartition("_")[2]
    return int(last) if last.isdigit() else None
