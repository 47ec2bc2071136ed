"""What the first message of a request for a review tells beyond doubt."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from actions.answers.award_year import parse_award_year
from actions.answers.dates import parse_date
from actions.answers.text import fold, has_phrase, words
from actions.appeal_words import months, opening_words
from actions.flow.model import Heard
from actions.flow.words import choices
from knowledge.award_years import available

__all__ = ["meant_by_a_parent", "opening_answers"]

_PAIR = re.compile(r"(?<!\d)(?:20)?\d\d\s?[-/]\s?(?:20)?\d\d(?![\d/-])", re.ASCII)


def opening_answers(heard: Heard) -> dict[str, Any]:
    """Answers by canonical name: the reason, a parent it happened to, the month, the award year as "2026-27"."""
    said = words(heard.text)
    found: dict[str, Any] = {}
    if reason := _reason(said):
        found["appeal_reason"] = reason
        who = opening_words("opening_who")
        if has_phrase(said, _phrases(who["parent"])) and not has_phrase(said, _phrases(who["not"])):
            found["appeal_who"] = "parent"
        if month := _month(heard.text, heard.today, heard.language):
            found["appeal_date"] = month
    for pair in _PAIR.findall(heard.text):
        year = parse_award_year(pair, today=heard.today)
        if year.status == "ok" and year.value in available():
            found["award_year"] = year.value
    return found


def meant_by_a_parent(text: str, writes_as_parent: bool) -> bool:
    """Whether an answer to "who did it happen to" means a parent because it is a parent who says "me"."""
    said = words(text)
    if has_phrase(said, _phrases(opening_words("parent_speaks"))):
        return True
    others = _phrases(opening_words("opening_who")["not"][:6])
    return (
        writes_as_parent
        and bool(has_phrase(said, _phrases(opening_words("parents_words"))))
        and not has_phrase(said, others)
    )


def _reason(said: tuple[str, ...]) -> str | None:
    """The one reason that is named, None when there are two or none."""
    unsure = set(_phrases(opening_words("opening_unsure")))
    named = {
        choice.value
        for choice in choices("appeal_reason")
        if choice.value != "other" and has_phrase(said, set(_phrases((*choice.labels, *choice.words))) - unsure)
    }
    return named.pop() if len(named) == 1 else None


def _month(text: str, today: date, language: str) -> str | None:
    """The month named after a word that tells when ("in june", "desde agosto de 2026")."""
    before = "|".join(re.escape(fold(word)) for word in opening_words("opening_when"))
    names = "|".join(fold(name) for name in months())
    shape = (
        rf"\b(?:{before})\s+((?:{names})(?:\s+(?:\d{{1,2}}(?:st|nd|rd|th)?\b,?\s*)?(?:of\s+|del?\s+)?(?:20\d\d))?)\b"
    )
    hits = re.findall(shape, fold(text))
    parsed = parse_date(hits[0], today=today, language=language) if len(hits) == 1 else None
    return parsed.value.iso if parsed is not None and parsed.status == "ok" and parsed.value is not None else None


def _phrases(listed: Any) -> list[tuple[str, ...]]:
    return [words(str(phrase)) for phrase in listed]
