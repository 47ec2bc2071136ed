"""Reading canonical answers: whole numbers, dates, yes or no, and codes. What is missing takes a default."""

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from knowledge.errors import AnswerError

Answers = Mapping[str, object]
_NONE_GIVEN = (None, "")

# Wider than any amount the form takes; beyond it somebody's finger stayed on a key.
LARGEST_AMOUNT = 999_999_999
_MAY_BE_NEGATIVE = ("agi", "earned_income", "schedule_c", "foreign_income_exclusion")


def is_given(answers: Answers, name: str) -> bool:
    """Whether there is an answer at all; None and "" are none."""
    return answers.get(name) not in _NONE_GIVEN


def amount(answers: Answers, name: str) -> int:
    """Whole dollars, 0 when missing. Raises AnswerError."""
    # Most names have no answer: one look decides, here and below, because schools score every applicant.
    if answers.get(name) in _NONE_GIVEN:
        return 0
    lowest = -LARGEST_AMOUNT if name.endswith(_MAY_BE_NEGATIVE) else 0
    return whole_number(answers, name, lowest, LARGEST_AMOUNT) or 0


def whole_number(answers: Answers, name: str, lowest: int, highest: int) -> int | None:
    """A whole number, None when missing. Digits in a string are taken too. Raises AnswerError."""
    given = answers.get(name)
    if given in _NONE_GIVEN:
        return None
    number = _number(given)
    if number is None or not lowest <= number <= highest:
        raise AnswerError(name, given, f"a whole number from {lowest} to {highest}")
    return number


def _number(given: object) -> int | None:
    if isinstance(given, bool) or not isinstance(given, int | str):
        return None
    try:
        return int(given)
    except ValueError:
        return None


def yes(answers: Answers, name: str) -> bool:
    """True for "yes"; False for "no" or missing. Raises AnswerError."""
    given = answers.get(name)
    if given == "yes":
        return True
    if given == "no" or given in _NONE_GIVEN:
        return False
    raise AnswerError(name, given, "one of yes, no")


def code(answers: Answers, name: str, allowed: tuple[str, ...], default: str) -> str:
    """One of the allowed codes, `default` when missing. Raises AnswerError."""
    given = answers.get(name)
    if given in _NONE_GIVEN:
        return default
    if not isinstance(given, str) or given not in allowed:
        raise AnswerError(name, given, "one of " + ", ".join(allowed))
    return given


def calendar_date(answers: Answers, name: str) -> date | None:
    """A date, as one or in ISO form; None when missing. Raises AnswerError."""
    if not is_given(answers, name):
        return None
    given = answers[name]
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError as error:
        raise AnswerError(name, given, "a date such as 2004-05-17") from error


def codes_of(literal: Any) -> tuple[str, ...]:
    """The codes of a Literal type, without "" (which only stands for not known)."""
    return tuple(value for value in get_args(literal) if value)
