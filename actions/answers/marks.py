"""What stands around a number: signs, currency, percent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from actions.answers.tables import phrases
from actions.answers.text import just_after, just_before

_NOT_LESS = re.compile(r"\b(?:mas o|lo|al|cuando|ni) menos\b")
"""A "menos" that takes nothing away: more or less, at least."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Signs and words around a number.

    `marked`: a dollar sign or word; `foreign`: another currency; `negative`: a minus sign, a word such as
    "loss of", or the whole text in parentheses.
    """

    marked: bool
    foreign: bool
    percent: bool
    negative: bool


@cache
def _alternation(key: str) -> str:
    entries = (" ".join(phrase) for phrase in phrases("numbers", key))
    return "|".join(re.escape(entry) for entry in sorted(entries, key=len, reverse=True))


def read_marks(folded: str, start: int, end: int) -> Marks:
    """Give the marks of the number at `start` to `end` of a folded text."""
    before, after = just_before(folded, start), just_after(folded, end)
    sign = re.search(r"(?:us)?\$\s*$|\busd\s*$", before)
    return Marks(
        marked=bool(sign) or bool(re.match(rf"\s*(?:\$|(?:{_alternation('currency')})\b)", after)),
        foreign=bool(re.match(rf"\s*(?:(?:{_alternation('foreign_currency')})\b|€|£)", after)),
        percent=bool(re.match(rf"\s*(?:%|(?:{_alternation('percent')})\b)", after)),
        negative=_negative(before[: sign.start()] if sign else before, after),
    )


def _negative(before: str, after: str) -> bool:
    before = _NOT_LESS.sub(" ", before)
    minus = re.search(r"(?:^|[^\w\s-]|\s)-\s*$", before)
    if minus and not re.search(r"\d\s*[a-z%$]*\s*-\s*$", before):
        return True
    if re.search(rf"\b(?:{_alternation('negative_before')})\s*(?:(?:about|like|como|around|unos)\s+)?$", before):
        return True
    return before.strip() == "(" and after.strip() == ")"
