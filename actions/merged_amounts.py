"""Answers that hold several amounts: "45k, and 1,300 tax". Each amount goes where its own words say, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from actions.answers.figures import find_figures
from actions.answers.money import parse_money
from actions.answers.parsed import Parsed
from actions.answers.text import fold, words
from actions.flow.model import Answers, Heard, Question
from actions.flow.words import PERSON_PREFIXES, name_words

__all__ = ["others_told", "own_part"]

_CLAUSES = re.compile(r"\s*(?:[;\n]|,(?!\d{3}\b)|\b(?:and|y|plus|mas|con|with)\b)\s*")
_FIELDS = ("agi", "earned_income", "income_tax_paid")
"""What people give in one breath; other lines are asked one by one anyway."""


@dataclass(frozen=True)
class _Part:
    """One clause with one amount, and the field its words name; "" when they name none."""

    text: str
    field: str


def own_part(question: Question, heard: Heard) -> Parsed[Any] | None:
    """The amount meant for `question` in an answer that holds others too; None when it is not certain which."""
    _person, field = _split(question.key)
    if question.kind != "money" or question.names or field not in _FIELDS:
        return None
    parts = list(_parts(heard))
    if len(parts) < 2:
        return None
    own = [part for part in parts if part.field in {"", field}]
    named = [part for part in own if part.field == field]
    chosen = named or own
    if len(chosen) != 1 or len({part.field for part in parts}) != len(parts):
        return None
    return parse_money(chosen[0].text, language=heard.language, allow_negative=question.allow_negative)


def others_told(question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
    """The amounts that come along under their own names and that nobody has given yet."""
    if own_part(question, heard) is None:
        return {}
    person, field = _split(question.key)
    found: dict[str, Any] = {}
    for part in _parts(heard):
        name = f"{person}{part.field}"
        if part.field in {"", field} or answers.get(name) is not None:
            continue
        amount = parse_money(part.text, language=heard.language)
        if amount.status == "ok" and amount.value is not None:
            found[name] = amount.value
    return found


def _parts(heard: Heard) -> Iterator[_Part]:
    for clause in _CLAUSES.split(fold(heard.text)):
        figures = [figure for figure in find_figures(clause, heard.language) if not figure.article]
        if len(figures) == 1 and parse_money(clause, language=heard.language).value is not None:
            yield _Part(clause, _named(clause))


def _named(clause: str) -> str:
    said = f" {' '.join(words(clause))} "
    sizes = {
        field: max((len(form) for form in map(_joined, forms) if f" {form} " in said), default=0)
        for field, forms in name_words(_FIELDS).items()
    }
    best = max(sizes.values())
    return next(field for field, size in sizes.items() if size == best) if best else ""


def _joined(form: str) -> str:
    return " ".join(words(form))


def _split(name: str) -> tuple[str, str]:
    prefix = next((one for one in PERSON_PREFIXES if name.startswith(one)), "")
    return prefix, name.removeprefix(prefix)
