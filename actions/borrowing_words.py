"""What people say when asked about loans that no closed list holds: a topic put as a question, a date for a yes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from actions.answers.choice import Choice, parse_choice
from actions.answers.dates import parse_date
from actions.answers.figures import find_figures
from actions.answers.parsed import Parsed, ok
from actions.answers.restated import BOTH_TERMS
from actions.answers.text import fold, words
from actions.answers.yes_no import YesNo, parse_shown_yes_no
from actions.flow.model import Heard
from actions.flow.words import choices
from knowledge.repayment import rules

__all__ = ["MOST_DEPENDENTS", "credits_a_year", "made_since", "topic_named"]

MOST_DEPENDENTS = 20

LONGEST_QUESTION = 14
"""Words of a question that names what the person came for; a longer one asks about something of its own."""
_OF_THEIR_OWN = frozenset({
    "i", "id", "ill", "im", "we", "my", "me", "she", "he", "her", "his", "puedo", "podemos", "puede", "voy", "vamos",
    "va", "mi", "mis", "nos", "pagaria", "pagare", "tendria", "debo", "pago", "saldria", "toca",
})  # fmt: skip
_EACH_TERM = re.compile(r"\b(?:per|a|each|every|por|cada|al)\s+(?:semester|term|semestre|periodo)\b")
_ALL_THERE_IS = re.compile(r"\b(?:that ?'?s|that is|thats|es|eso es|seria)\s+(?:all|it|todo)\b.*$")


def topic_named(text: str) -> str | None:
    """The topic that words name, asked or told ("what would i pay a month?"); limits and cost together are both."""
    said = _ALL_THERE_IS.sub("", fold(text)) or text
    if "?" in text and not (len(words(said)) <= LONGEST_QUESTION and _OF_THEIR_OWN & set(words(said))):
        return None
    parsed = parse_choice(said, choices("borrow_topic"))
    if parsed.status == "ok":
        return parsed.value
    return "both" if {"limits", "cost"} <= set(parsed.alternatives) and "?" not in text else None


def made_since(heard: Heard, own: Sequence[Choice]) -> Parsed[YesNo] | None:
    """Whether the day that is told for a loan is one of the new rules ("got one in sept", "from 2019").

    None where words of a yes or no tell it, or where the time told lies on both sides of the change.
    """
    listed = {choice.value: choice.words for choice in own}
    if parse_shown_yes_no(heard.text, yes=listed["yes"], no=listed["no"]).status == "ok":
        return None
    new_from = rules().new_from
    years = [int(found) for found in re.findall(r"\b(20[0-3]\d)\b", heard.text)]
    if years and max(years) < new_from.year:
        return ok("no")
    day = parse_date(heard.text, today=heard.today, language=heard.language, lean="past")
    if day.status != "ok" or day.value is None:
        return None
    told = day.value.iso
    if len(told) == len("2026"):
        return None if int(told) == new_from.year else ok("yes" if int(told) > new_from.year else "no")
    return ok("yes" if told[:7] >= _month(new_from) else "no")


def credits_a_year(text: str, language: str) -> int | None:
    """The credits of a year told by its terms: "9 each semester", "9 in fall and 9 in spring", "18, so 9 and 9".

    Two terms make an academic year. None where the words tell no more than one number, or do not add up.
    """
    folded = fold(text)
    told = [int(figure.value) for figure in find_figures(text, language) if not figure.article and figure.value >= 1]
    wholes = [one for at, one in enumerate(told) if len(told) > 2 and 2 * one == sum(told) and at in {0, len(told) - 1}]
    if wholes:
        return wholes[0]
    each = _EACH_TERM.search(folded) is not None
    if each and len(told) == 2 and max(told) == 2 * min(told):
        return max(told)
    if each and len(set(told)) == 1:
        return 2 * told[0]
    return sum(told) if len(told) == 2 and BOTH_TERMS.search(folded) else None


def _month(day: date) -> str:
    """The month as dates without a day are stored."""
    return day.isoformat()[:7]
