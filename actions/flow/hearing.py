"""From the words of an answer to its canonical value: one parser for each kind of question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from actions.answers.award_year import parse_award_year
from actions.answers.choice import parse_choice
from actions.answers.contact import parse_email, parse_name, parse_phone
from actions.answers.count import parse_count
from actions.answers.money import parse_money
from actions.answers.parsed import Parsed
from actions.answers.state import parse_state
from actions.answers.yes_no import parse_yes_no
from actions.flow.model import Heard, Question
from actions.flow.words import choices

__all__ = ["Reading", "read"]

LONGEST_TEXT = 500


@dataclass(frozen=True)
class Reading:
    """What an answer was taken for. `problem` names the response `utter_bad_<problem>`."""

    status: str  # ok | not_sure | needs_confirmation | invalid
    value: Any = None
    problem: str | None = None
    alternatives: tuple[Any, ...] = ()


def read(question: Question, heard: Heard) -> Reading:
    """Reads `heard` as the answer to `question`."""
    parsed = _parse(question, heard)
    if parsed.status == "invalid":
        return Reading("invalid", problem=_problem(question, parsed.problem), alternatives=tuple(parsed.alternatives))
    return Reading(parsed.status, parsed.value, parsed.problem, tuple(parsed.alternatives))


def _parse(question: Question, heard: Heard) -> Parsed[Any]:
    text, language = heard.text, heard.language
    match question.kind:
        case "money":
            return parse_money(
                text,
                language=language,
                allow_negative=question.allow_negative,
                per_year=question.topic != "assets",
            )
        case "count":
            return parse_count(
                text,
                language=language,
                least=question.minimum or 0,
                most=question.maximum or 99,
                percent=question.percent,
                people=not question.percent,
            )
        case "yes_no":
            return parse_yes_no(text)
        case "choice" | "year":
            return _choice(question, heard)
        case "state":
            return parse_state(text)
        case "phone":
            return parse_phone(text, own=heard.phone)
        case "email":
            return parse_email(text)
        case "name":
            return parse_name(text)
        case _:
            return _free_text(text)


def _choice(question: Question, heard: Heard) -> Parsed[str]:
    listed = choices(question.choices or question.key)
    if question.key == "award_year":
        year = parse_award_year(heard.text, today=heard.today, available=[choice.value for choice in listed])
        if year.status != "invalid":
            return year
    return parse_choice(heard.text, listed)


def _free_text(text: str) -> Parsed[str]:
    words = " ".join(text.split())
    if not words:
        return Parsed(None, "invalid", "empty", ())
    return Parsed(words[:LONGEST_TEXT], "ok", None, ())


def _problem(question: Question, code: str | None) -> str:
    if question.kind == "money" and code in {"negative", "too_large"}:
        return f"money_{code}"
    if question.kind == "count" and code in {"too_small", "too_large", "negative"}:
        return "count_range"
    if code == "ambiguous" and question.kind in {"choice", "year"}:
        return "ambiguous"
    return question.kind
