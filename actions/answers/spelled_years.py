"""Years in words, written in figures: "fall of twenty six", "dos mil veintisiete", "twenty six twenty seven"."""

from __future__ import annotations

import re

from actions.answers.figures import Figure, find_figures
from actions.answers.text import compose, fold, just_after, just_before

_CENTURY = 20
_FIRST, _LAST = 20, 40
"""Two figures of a year of study in words."""
_LEADS = re.compile(
    r"\b(?:fall|autumn|spring|summer|winter|semester|year|class|otono|primavera|verano|invierno|semestre|ano|ciclo|of|in|"
    r"del?|en|january|august|september|enero|agosto|septiembre)\s+$"
)
_BETWEEN = re.compile(r"\s*(?:-|/|,|to|a|al|thru|through|and|y)?\s*")
_AN_AGE = re.compile(r"[\s-]*(?:years?|yrs?|y/?o|anos?|credits?|creditos|units|hours|horas|%|percent|thousand|mil)\b")


def years_in_figures(text: str, language: str = "en") -> str:
    """Give `text` with its years in figures ("fall '26", "2027"); other numbers in words stay as they are."""
    folded, plain = fold(text), compose(text)
    figures = find_figures(text, language)
    written = [_written(folded, figures, at) for at in range(len(figures))]
    for at in reversed(range(len(figures))):
        if (year := written[at]) is not None:
            plain = plain[: figures[at].start] + year + plain[figures[at].end :]
    return plain


def _written(folded: str, figures: tuple[Figure, ...], at: int) -> str | None:
    """How one figure is written: None as it stands, "" where it only opens the next ("twenty twenty seven")."""
    one = figures[at]
    if not one.spelled or one.value != one.value.to_integral_value():
        return None
    value = int(one.value)
    if 2000 <= value <= 2100:
        return str(value)
    if _opens_the_next(folded, figures, at):
        return ""
    if at and _opens_the_next(folded, figures, at - 1):
        return f"20{value}"
    if not _two_figures(one) or _AN_AGE.match(just_after(folded, one.end)):
        return None
    paired = any(_a_year_apart(folded, figures, first) for first in (at - 1, at))
    return f"'{value}" if paired or _LEADS.search(just_before(folded, one.start)) else None


def _two_figures(figure: Figure) -> bool:
    return figure.spelled and _FIRST < figure.value <= _LAST


def _opens_the_next(folded: str, figures: tuple[Figure, ...], at: int) -> bool:
    """Tell the "twenty" of "twenty twenty seven"."""
    if at + 1 >= len(figures) or not figures[at].spelled or figures[at].value != _CENTURY:
        return False
    after = figures[at + 1]
    return _two_figures(after) and not folded[figures[at].end : after.start].strip()


def _a_year_apart(folded: str, figures: tuple[Figure, ...], first: int) -> bool:
    if first < 0 or first + 1 >= len(figures):
        return False
    one, after = figures[first], figures[first + 1]
    near = _BETWEEN.fullmatch(folded[one.end : after.start]) is not None
    return near and _two_figures(one) and _two_figures(after) and after.value == one.value + 1
