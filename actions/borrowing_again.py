"""A loan tried out with something else after the result: "what if I made 60,000?", "¿y si pido 8 mil?".

What changes takes the place of what was said before, and is named: a next "and with two kids?" builds on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from actions.answers.choice import parse_choice
from actions.answers.figures import Figure, find_figures
from actions.answers.money import parse_money
from actions.answers.rate import parse_rate
from actions.answers.text import squash
from actions.borrowing_words import MOST_DEPENDENTS
from actions.flow.model import Answers, Heard
from actions.flow.words import choices, result_words

__all__ = ["tried_out"]

_LONGEST = 18
_CHOSEN = ("enrollment", "dependency", "grade_level")


def tried_out(heard: Heard, answers: Answers) -> Mapping[str, Any]:
    """What a message supposes of the answers there are, by canonical name; empty when it supposes nothing.

    An amount counts with the word that says what it is ("made", "borrow"), and with nothing else in figures beside it.
    """
    said = squash(heard.text)
    if len(said.split()) > _LONGEST or not _is("supposes").search(said) or _is("not_meant").search(said):
        return {}
    kids = _is("dependents").search(said) is not None
    figures = [one for one in find_figures(heard.text, heard.language) if kids or not one.article]
    told = _chosen(heard.text, answers) if not figures else _counted(heard, figures, answers)
    return {name: value for name, value in told.items() if answers.get(name) not in {None, value}}


def _counted(heard: Heard, figures: list[Figure], answers: Answers) -> dict[str, Any]:
    if len(figures) != 1:
        return {}
    said = squash(heard.text)
    if "%" in heard.text or _is("rate").search(said):
        rate = parse_rate(heard.text, language=heard.language)
        return {"loan_rate": str(rate.value)} if rate.status == "ok" else {}
    if _is("dependents").search(said):
        count = int(figures[0].value)
        return {"borrower_dependents": count} if 0 <= count <= MOST_DEPENDENTS else {}
    name = next((name for name in ("borrower_agi", "loan_balance") if _is(name).search(said)), None)
    if name is None:
        return {}
    # By the month or the hour is worked out, not asked back: the reply says what it came to.
    amount = parse_money(heard.text, language=heard.language, per_year=name == "borrower_agi")
    read = amount.status in {"ok", "needs_confirmation"} and amount.value is not None
    return {name: amount.value} if read else {}


def _chosen(text: str, answers: Answers) -> dict[str, Any]:
    for name in _CHOSEN:
        chosen = parse_choice(text, choices(name)) if answers.get(name) is not None else None
        if chosen is not None and chosen.status == "ok":
            return {name: chosen.value}
    return {}


def _is(kind: str) -> re.Pattern[str]:
    return re.compile(str(result_words("borrowing")["tried_out"][kind]))
