"""How many there are, told beside a list of the people ("5, mom dad me my twin n my lil sis", "mom dad n me, 3")."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.answers.figures import Figure
from actions.answers.parsed import Parsed, confirm, ok
from actions.answers.people import Listing, read_listing
from actions.answers.tables import phrases
from actions.answers.text import just_after, just_before, starts_with, strip_leading, words

_LEAST_LISTED = 2
"""The person and somebody else."""
_SET_APART_BEFORE = re.compile(r"[.:;,(=-]\s*$")
_SET_APART = re.compile(r"\s*(?:[.:;,(=]|-+(?!\w)|(?P<partly>with|counting|including|con|contando|incluyendo)\b)")


def whole_before_list(folded: str, figures: tuple[Figure, ...]) -> Parsed[int] | None:
    """Give the figure that opens an answer and is told apart from the list after it; None where there is none.

    The list never adds to the figure. One that holds the person and comes to another number, or holds more people, is
    asked about (`ambiguous`, alternatives: what the list comes to).
    """
    first, *others = figures
    if first.article:
        return None
    listing = _after(folded, first, others)
    if strip_leading(words(folded[: first.start]), _before_a_whole()):
        # Words nobody knows ("semos 5, mis papás, 2 hermanos y yo") do no harm where the list comes to the figure.
        sure = others and first.value > max(one.value for one in others) and _fits(listing, int(first.value))
        return ok(int(first.value)) if sure else None
    if not listing.people and not others:
        return None
    whole, fits = int(first.value), _fits(listing, int(first.value))
    if apart := _SET_APART.match(just_after(folded, first.end)):
        if _begins_with_a_group(folded, first):
            return None
        complete = listing.sure and whole > 1 and not apart.group("partly")
        if complete and not fits and (listing.counts_self or listing.people > whole):
            return confirm(whole, "ambiguous", (listing.people,))
        parts = sum(figure.value for figure in others)
        return ok(whole) if first.value > parts or fits else None
    # "4 mom dad me n my bro": one mother, so the figure is how many they are together.
    return ok(whole) if fits and whole > 1 and not _begins_with_a_group(folded, first) else None


def whole_after_list(folded: str, figures: tuple[Figure, ...]) -> Parsed[int] | None:
    """Give the figure that ends an answer and is told apart from the list before it; None where there is none.

    A list that holds the person and surely comes to another number is asked about (`ambiguous`, alternatives: what the
    list comes to): the figure may be somebody's age.
    """
    *others, last = figures
    if last.article or words(folded[last.end :]) or not _SET_APART_BEFORE.search(just_before(folded, last.start)):
        return None
    listing, whole = read_listing(folded[: last.start], tuple(others)), int(last.value)
    if not listing.people or not listing.counts_self or whole < _LEAST_LISTED:
        return None
    fits = _fits(listing, whole) or not listing.sure
    return ok(whole) if fits else confirm(whole, "ambiguous", (listing.people,))


def _before_a_whole() -> tuple[tuple[str, ...], ...]:
    return tuple(one for key in ("before_alone", "before_whole", "total_before") for one in phrases("people", key))


def _after(folded: str, first: Figure, others: list[Figure]) -> Listing:
    moved = tuple(replace(one, start=one.start - first.end, end=one.end - first.end) for one in others)
    return read_listing(folded[first.end :], moved)


def _fits(listing: Listing, whole: int) -> bool:
    """Whether a list comes to the figure, with or without the person who lists."""
    return listing.sure and listing.people > 0 and whole in {listing.people, listing.others + 1}


def _begins_with_a_group(folded: str, first: Figure) -> bool:
    """Whether the list opens with several of a kind, which the figure may count ("2 parents, me, a brother")."""
    groups = (*phrases("people", "many"), *phrases("people", "two"))
    after = strip_leading(words(just_after(folded, first.end)), phrases("people", "adjectives"))
    return starts_with(after, groups) is not None
