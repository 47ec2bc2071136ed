"""How many people somebody claims beside themself and a spouse ("just my son", "none", "two, Ana and Luis")."""

from __future__ import annotations

import re

from actions.answers.count import without_ages
from actions.answers.figures import Figure, find_figures
from actions.answers.parsed import Parsed, ok
from actions.answers.people import names_no_group, only_the_person, read_listing
from actions.answers.replies import says_not_sure
from actions.answers.tables import phrases
from actions.answers.text import fold, has_phrase, words

_AGE_LIMIT = re.compile(r"\b(?:under|over|below|above|menores? de|mayores? de|menos de|mas de)\s+(?:the age of\s+)?$")
_NOBODY = re.compile(r"\W*(?:nobody|no ?one|none|nadie|ningun[oa]?|cero|zero)\b")
_OPENS_LIST = re.compile(r"\s*(?:[.:;,(]|$)")


def parse_dependents(text: str, *, language: str = "en") -> Parsed[int] | None:
    """Give how many people are counted beside the person, None where the words leave it to the usual count.

    A listing counts without the person who lists; one with a spouse in it is left alone, as is a doubt.
    """
    told = without_ages(text, language)
    folded = fold(told)
    figures = tuple(one for one in find_figures(told, language) if not _limits_an_age(folded, one))
    counted = tuple(one for one in figures if not one.article)
    if says_not_sure(text) or has_phrase(words(text), phrases("people", "spouses")):
        return None
    if not counted and (only_the_person(text) or names_no_group(text) or _NOBODY.match(folded)):
        return ok(0)
    if any(one.value != one.value.to_integral_value() or one.negative or one.percent for one in counted):
        return None
    if counted and not words(folded[: counted[0].start]) and _OPENS_LIST.match(folded, counted[0].end):
        return ok(int(counted[0].value))
    listing = read_listing(told, figures)
    if listing.sure and listing.others:
        return ok(listing.others)
    return ok(int(counted[0].value)) if len(counted) == 1 and counted[0].value < 100 else None


def _limits_an_age(folded: str, figure: Figure) -> bool:
    """Whether a figure says how old ("all under 18")."""
    return _AGE_LIMIT.search(folded[: figure.start]) is not None
