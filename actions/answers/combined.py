"""Amounts that are worked out of two figures of one answer: a wage and its hours, or two amounts to be added up."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from actions.answers.figures import Figure
from actions.answers.tables import phrases
from actions.answers.text import fold, has_phrase, just_after, just_before, squash, words

_WEEKS = 52
_MOST_HOURS = 100
"""More than this in a week are no hours of work."""
_MOST_PAY = 500
"""More than this is no hourly wage."""
_BARE_THOUSANDS = 1_000
_AN_HOUR = re.compile(
    r"\s*(?:dollars|dollar|bucks|dolares|dlls|usd)?\s*"
    r"(?:/|\b(?:an?|per|each|every|la|por|x|cada|the)\s+)\s*(?:hr|hrs|hour|hora|h)\b"
    r"|\s*(?:dollars|dollar|bucks|dolares|dlls|usd)?\s*hourly\b"
)
_IN_A_WEEK = re.compile(
    r"(?:/|\b(?:an?|per|each|every|la|por|x|cada)\s+)\s*(?:wk|week|semana)\b|\b(?:weekly|semanales)\b"
)
_WEEKS_WORKED = re.compile(r"\b(?:for|por|durante|x)\s+(\d{1,2})\s+(?:weeks|wks|semanas)\b")
_WHAT_FOR = re.compile(r"[\s,;]*(?:in|en|at|de|del|from|for|por)\s+[a-z]{2,}")
_MONTHS_WORKED = re.compile(r"\b(?:for|por|durante|x)\s+\w+\s+(?:months?|mos|mes|meses|years?|summer|verano)\b")


def yearly_wage(text: str, figures: tuple[Figure, ...]) -> tuple[Decimal, Decimal] | None:
    """Give a year's pay and the hourly wage told as "15 an hour, 30 hours a week", or None.

    All 52 weeks count unless their number is told ("for 12 weeks").
    """
    folded = fold(text)
    pay = [one for one in figures if _AN_HOUR.match(just_after(folded, one.end)) and not _hours(folded, one)]
    hours = [one for one in figures if _hours(folded, one)]
    if len(pay) != 1 or len(hours) != 1 or not _IN_A_WEEK.search(folded) or _MONTHS_WORKED.search(folded):
        return None
    told = _WEEKS_WORKED.search(folded)
    weeks = int(told.group(1)) if told else _WEEKS
    others = [one for one in figures if one not in (*pay, *hours) and not (told and _within(one, told))]
    if others or not (0 < pay[0].value <= _MOST_PAY and 0 < hours[0].value <= _MOST_HOURS and 0 < weeks <= _WEEKS):
        return None
    return pay[0].value * hours[0].value * weeks, pay[0].value


def _within(figure: Figure, told: re.Match[str]) -> bool:
    return told.start() <= figure.start < told.end()


def _hours(folded: str, figure: Figure) -> bool:
    follows = just_after(folded, figure.end)
    return words(follows)[:1] in phrases("numbers", "hours") and not re.match(r"\s*/", follows) and not figure.marked


def added_up(text: str, figures: tuple[Figure, ...], *, together: bool) -> Decimal | None:
    """Give the sum of amounts joined by "and" ("9000 from one job and 4000 from another"), or None where they may be
    something else. Amounts of two people count only where the question is about both (`together`).
    """
    folded, tokens = fold(text), words(text)
    if any(one.negative or one.percent or one.foreign for one in figures):
        return None
    if has_phrase(tokens, phrases("numbers", "kept_apart")) or _names_a_year(folded, figures):
        return None
    between = [folded[first.end : second.start] for first, second in pairwise(figures)]
    joined = [
        bool(has_phrase(words(part), phrases("numbers", "added"))) or "+" in part or "&" in part for part in between
    ]
    listed = named_apart(folded, figures)
    if not listed and not joined[-1]:
        return None
    if not listed and not all(link or "," in part for link, part in zip(joined, between, strict=True)):
        return None
    if _unnamed(folded, figures, between):
        return None
    if not together and _two_people(folded, tokens, figures):
        return None
    return sum((in_the_same_unit(one, figures) for one in figures), Decimal(0))


def named_apart(folded: str, figures: tuple[Figure, ...]) -> bool:
    """Tell amounts that each come with what they are for ("3000 in checking 7000 in savings")."""
    ends = (*(one.start for one in figures[1:]), len(folded))
    return all(_WHAT_FOR.match(folded[one.end : end]) for one, end in zip(figures, ends, strict=True))


def _unnamed(folded: str, figures: tuple[Figure, ...], between: list[str]) -> bool:
    """Tell "45k and 1,300", where the second may be another amount that was asked for."""
    added = any("+" in part or {"plus", "mas"} & set(words(part)) for part in between)
    named = any(len(words(part)) > 1 for part in between) or bool(words(just_after(folded, figures[-1].end)))
    return not added and not named


def _names_a_year(folded: str, figures: tuple[Figure, ...]) -> bool:
    return any(
        not any(one.start <= year.start() < one.end for one in figures)
        for year in re.finditer(r"\b(?:19|20)\d{2}\b", folded, re.ASCII)
    )


def in_the_same_unit(figure: Figure, figures: tuple[Figure, ...]) -> Decimal:
    """Take "14" beside "21 mil" for fourteen thousand, but not "500" beside "2 mil"."""
    bare = not figure.scaled and not figure.marked and figure.value < _BARE_THOUSANDS
    largest = max((one.value for one in figures if one.scaled), default=Decimal(0))
    return figure.value * 1000 if bare and figure.value * 1000 <= largest * 10 else figure.value


def _two_people(folded: str, tokens: tuple[str, ...], figures: tuple[Figure, ...]) -> bool:
    named = (*phrases("people", "one"), *phrases("people", "two"), *phrases("numbers", "someone_else"))
    # Without its accent "el" is also "the"; right before an amount it is "he".
    he = any(squash(just_before(folded, one.start)).endswith(" el") for one in figures[1:])
    return he or has_phrase(tokens, named) is not None
