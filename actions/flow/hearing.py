"""From the words of an answer to its canonical value: one parser for each kind of question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from actions.answers.award_year import parse_award_year
from actions.answers.choice import Choice, parse_choice
from actions.answers.contact import parse_email, parse_name, parse_phone
from actions.answers.count import parse_count
from actions.answers.dates import parse_birth_date, parse_birth_year, parse_date
from actions.answers.money import parse_money
from actions.answers.parsed import Parsed, invalid, ok
from actions.answers.rate import parse_rate
from actions.answers.relation import parent_meant
from actions.answers.replies import NoneSoFar, says_none, says_not_sure
from actions.answers.school import parse_school
from actions.answers.state import parse_state
from actions.answers.yes_no import parse_shown_yes_no
from actions.flow.model import Heard, Question
from actions.flow.statements import stated, tells_both
from actions.flow.words import choices

__all__ = ["Reading", "declines", "read"]

LONGEST_TEXT = 500
LONGEST_NOT_SURE = 5
"""Words of a free answer that is nothing but "I'm not sure"; more of them say something ("I don't know why ...")."""

_LEAST_INCOME = 1_000
"""A bare figure below this, for a year's income, may be meant in thousands."""
_INCOMES = ("_agi", "_earned_income", "income_before", "income_now")
_TOGETHER = frozenset({"parents_joint", "student_joint"})
_OVER_A_YEAR = ("child_support_received",)
"""Asked for with the assets, but told as what came in over a year."""
_WHOEVER_GIVES = ("child_support_received", "other_grants")
"""Added up whoever else is named: for which child, from whose job."""
_ADDS_UP = frozenset({"borrowed_so_far", "balance"})


@dataclass(frozen=True)
class Reading:
    """What an answer was taken for. `problem` names the response `utter_bad_<problem>`."""

    status: str  # ok | not_sure | needs_confirmation | invalid
    value: Any = None
    problem: str | None = None
    alternatives: tuple[Any, ...] = ()


def read(question: Question, heard: Heard, own: Parsed[Any] | None = None) -> Reading:
    """Reads `heard` as the answer to `question`; `own` is what the flow itself made of it."""
    parsed = own or _parse(question, heard)
    if parsed.status == "invalid":
        problem = parsed.problem if own is not None else _problem(question, parsed.problem)
        return Reading("invalid", problem=problem, alternatives=tuple(parsed.alternatives))
    return Reading(parsed.status, parsed.value, parsed.problem, tuple(parsed.alternatives))


def declines(question: Question, reading: Reading, heard: Heard) -> bool:
    """Whether the person says that there is none to give ("no", "I don't have one") where none is needed."""
    if question.names or not (question.optional or (question.can_skip and reading.status == "ok")):
        return False
    nothing = reading.status == "ok" and reading.value is None
    unread = reading.status == "invalid" and reading.problem != "ambiguous"
    return nothing or (unread and says_none(heard.text))


def _parse(question: Question, heard: Heard) -> Parsed[Any]:
    text, language = heard.text, heard.language
    match question.kind:
        case "money":
            return parse_money(
                text,
                language=language,
                allow_negative=question.allow_negative,
                per_year=question.topic != "assets" or question.key.endswith(_OVER_A_YEAR),
                usual_least=_LEAST_INCOME if question.key.endswith(_INCOMES) else 0,
                together=question.role in _TOGETHER or question.key.endswith(_WHOEVER_GIVES),
                none=_none(question),
            )
        case "count":
            return parse_count(
                text,
                language=language,
                least=question.minimum or 0,
                most=question.maximum or 99,
                percent=question.percent,
                people=not question.percent and question.topic != "credits",
                none=_none(question),
            )
        case "choice" | "year":
            return _choice(question, heard)
        case "yes_no":
            return _yes_no(question, heard)
        case "date" | "birth_date" | "birth_year":
            return _dated(question, heard)
        case _:
            return _OTHERS.get(question.kind, _free_text)(heard)


def _none(question: Question) -> NoneSoFar:
    """What "never" and "not yet" come to: zero where nothing is the usual answer, or where it adds up over years."""
    if question.percent or question.topic in _ADDS_UP:
        return "so_far"
    return "usual" if question.assume == 0 else "seldom"


def _dated(question: Question, heard: Heard) -> Parsed[Any]:
    text, today, language = heard.text, heard.today, heard.language
    if question.kind == "birth_year":
        return parse_birth_year(text, today=today, language=language)
    if question.kind == "birth_date":
        return _written(parse_birth_date(text, today=today, language=language), date.isoformat)
    lean: Literal["past", "future"] = "future" if question.ahead else "past"
    return _written(parse_date(text, today=today, language=language, lean=lean), lambda day: day.iso)


def _written[T](parsed: Parsed[T], write: Callable[[T], str]) -> Parsed[str]:
    """The same outcome with its values as they are stored."""
    value = write(parsed.value) if parsed.value is not None else None
    return Parsed(value, parsed.status, parsed.problem, tuple(write(other) for other in parsed.alternatives))


def _choice(question: Question, heard: Heard) -> Parsed[str]:
    listed = choices(question.choices or question.key)
    if question.key == "award_year":
        year = parse_award_year(heard.text, today=heard.today, available=[choice.value for choice in listed])
        if year.status != "invalid":
            return year
    if _of_a_family(listed) and (meant := parent_meant(heard.text, by_parent=heard.by_parent)) is not None:
        return ok("parent") if meant == "parent" else invalid("unknown")
    return parse_choice(heard.text, listed)


def _of_a_family(listed: Sequence[Choice]) -> bool:
    """Whether the choices are people: a parent beside the student or a spouse."""
    values = {choice.value for choice in listed}
    return "parent" in values and bool(values & {"student", "spouse"})


def _free_text(heard: Heard) -> Parsed[str]:
    words = " ".join(heard.text.split())
    if not any(char.isalnum() for char in words):
        return Parsed(None, "invalid", "empty", ())
    if len(words.split()) <= LONGEST_NOT_SURE and says_not_sure(words):
        return Parsed(None, "not_sure", None, ())
    return Parsed(words[:LONGEST_TEXT], "ok", None, ())


def _yes_no(question: Question, heard: Heard) -> Parsed[Any]:
    """Yes or no in words, also in those of the question's own, or the place of one of the two, in the order shown."""
    if (told := stated(question.key, heard.text)) is not None:
        return ok(told)
    if tells_both(question.key, heard.text):
        return invalid("ambiguous", ("yes", "no"))
    own = {choice.value: choice.words for choice in choices(question.choices)} if question.choices else {}
    return parse_shown_yes_no(heard.text, yes=own.get("yes", ()), no=own.get("no", ()))


_OTHERS: Mapping[str, Callable[[Heard], Parsed[Any]]] = {
    "state": lambda heard: parse_state(heard.text),
    "rate": lambda heard: _written(parse_rate(heard.text, language=heard.language), str),
    "phone": lambda heard: parse_phone(heard.text, own=heard.phone),
    "email": lambda heard: parse_email(heard.text),
    "name": lambda heard: parse_name(heard.text),
    "school": lambda heard: parse_school(heard.text),
}


def _problem(question: Question, code: str | None) -> str:
    if question.kind in {"birth_date", "birth_year"}:
        return "date" if question.kind == "birth_date" else "birth_year"
    if question.kind == "money" and code in {"negative", "too_large"}:
        return f"money_{code}"
    if question.kind == "count" and code in {"too_small", "too_large", "negative"}:
        return "count_range"
    if code == "ambiguous" and question.kind in {"choice", "year"}:
        return "ambiguous"
    return question.kind
