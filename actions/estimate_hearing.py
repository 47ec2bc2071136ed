"""What an estimate understands beyond the usual parsers: what a first message holds, ages, credits, rough incomes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from actions.answers.award_year import parse_award_year
from actions.answers.calendar_words import month_of
from actions.answers.money import MEANT_IN_THOUSANDS, parse_money
from actions.answers.parsed import Parsed, confirm, ok
from actions.answers.text import fold, words
from actions.flow.model import Answers, Heard, Question
from actions.flow.statements import stated
from actions.flow.words import depth_in_opening, named_in_opening
from knowledge.award_years import available, load
from knowledge.loans.borrower import GRADUATE_LEVELS

__all__ = [
    "FULL_TIME_CREDITS",
    "a_parent_asks",
    "credits_in",
    "estimate_words",
    "first_message",
    "graduate_told",
    "may_study_too",
    "own_reading",
    "who_writes",
]

_MOST_A_MONTH = 9_999
"""A bare amount up to here, after "per month is fine", is more likely a month's pay than a year's: it is confirmed."""
_PARTS = re.compile(r"[.?!;,\n]+")
_SOMEDAY = re.compile(
    r"\b(?:some ?day|one day|want to|wanna|would like|hope to|hoping|think\w* (?:about|of)|maybe|might|after|later|if|"
    r"algun dia|quiero|quisiera|me gustaria|pienso|tal vez|quizas?|despues|luego|si)\b"
)
"""Plans, which are nothing that is so."""
_MONTHS = 12
_YEAR = re.compile(
    r"\b20\d\d\b|\d\d\s?[-/]\s?\d\d|['\u2019]\d\d\b|\b(?:fall|otono|oto\u00f1o|spring|primavera)\b", re.I
)
FULL_TIME_CREDITS = 12
"""Only to name a level; the grant goes by the credits themselves and by what the person's school calls full time."""


@cache
def estimate_words() -> Mapping[str, Any]:
    """The words of `actions/words/estimate.yml`."""
    content: dict[str, Any] = yaml.safe_load(
        files("actions.words").joinpath("estimate.yml").read_text(encoding="utf-8")
    )
    return content


def first_message(heard: Heard, answers: Answers) -> Mapping[str, Any]:
    """Award year, depth, who asks, graduate study, whether the age settles dependency: only what is beyond doubt."""
    found: dict[str, Any] = {}
    year = parse_award_year(heard.text, today=heard.today)
    if year.status == "ok" and year.value in available() and not _month_without_year(heard.text):
        found["award_year"] = year.value
    if (depth := depth_in_opening(heard.text)) is not None:
        found["depth"] = depth
    found |= who_writes(heard.text)
    found |= graduate_told(heard.text)
    award_year = str(found.get("award_year") or answers.get("award_year") or "")
    if "asking_as" not in found and (born := _by_age(heard, award_year)) is not None:
        found["born_before_cutoff"] = born
    return found


def _month_without_year(text: str) -> bool:
    """Whether a start is told by its month alone ("entro en agosto"): the next one, or the last, without its accent."""
    named = any(month_of(token) for token in words(text))
    return named and _YEAR.search(text) is None


def own_reading(question: Question, heard: Heard) -> Parsed[Any] | None:
    """Credits for "how much will you study?", a month's pay for a rough income."""
    if question.key == "enrollment" and (taken := credits_in(heard.text)) is not None:
        return ok(_level(taken))
    if question.prompt == "utter_q_agi_rough":
        return _rough(heard)
    return None


def credits_in(text: str) -> int | None:
    """The credits of a term that a text names ("9 credits"), None when it names none or several."""
    found = {int(number) for pattern in estimate_words()["credits"] for number in re.findall(pattern, fold(text))}
    return found.pop() if len(found) == 1 else None


def _level(taken: int) -> str:
    quarters = min(taken * 4 // FULL_TIME_CREDITS, 4)
    return {4: "full_time", 3: "three_quarter", 2: "half_time"}.get(quarters, "less_than_half")


def _rough(heard: Heard) -> Parsed[Any] | None:
    read = parse_money(heard.text, language=heard.language, usual_least=MEANT_IN_THOUSANDS + 1)
    if read.status == "ok" and read.value is not None and 0 < read.value <= _MOST_A_MONTH and not _says_year(heard):
        return confirm(read.value * _MONTHS, "per_month", (read.value,))
    return None


def _says_year(heard: Heard) -> bool:
    return bool({"year", "yearly", "annual", "annually", "ano", "anual"} & set(words(heard.text)))


def graduate_told(text: str) -> dict[str, str]:
    """That the person studies for a graduate degree, and which kind, where a first message tells it as it is."""
    for part in _PARTS.split(text):
        levels = named_in_opening("borrower_grade", part).intersection(GRADUATE_LEVELS)
        if len(levels) == 1 and stated("graduate_student", part) == "yes" and not _SOMEDAY.search(fold(part)):
            return {"graduate_student": "yes", "grade_level": levels.pop()}
    return {}


def a_parent_asks(text: str) -> bool:
    """Whether the words are those of a parent about the student ("my daughter is a senior")."""
    return not may_study_too(text) and _says_one_of("parent_asks", text)


def may_study_too(text: str) -> bool:
    """Whether a parent who writes may well be the student ("single mom going back to school")."""
    return _says_one_of("not_a_parent", text)


def _says_one_of(listed: str, text: str) -> bool:
    said = f" {' '.join(words(text))} "
    return any(f" {phrase} " in said for phrase in estimate_words()[listed])


def who_writes(text: str) -> dict[str, str]:
    """`asking_as`, where the words are a parent's; nothing where they may be anybody's."""
    return {"asking_as": "parent"} if a_parent_asks(text) else {}


def _by_age(heard: Heard, award_year: str) -> str | None:
    ages = {int(age) for pattern in estimate_words()["ages"] for age in re.findall(pattern, fold(heard.text))}
    if len(ages) != 1:
        return None
    latest, earliest = _birthdays(ages.pop(), heard.today)
    years = [award_year] if award_year in available() else list(available())
    decided = set(_sides(latest, earliest, [load(year).dependency.born_before for year in years]))
    return decided.pop() if len(decided) == 1 and decided <= {"yes", "no"} else None


def _birthdays(age: int, today: date) -> tuple[date, date]:
    """The latest and the earliest day on which someone of this age can have been born (a day more, to be safe)."""
    return date(today.year - age, today.month, min(today.day, 28)), date(today.year - age - 1, today.month, 1)


def _sides(latest: date, earliest: date, cutoffs: list[date]) -> Iterator[str]:
    for cutoff in cutoffs:
        yield "yes" if latest < cutoff else "no" if earliest >= cutoff else "either"
