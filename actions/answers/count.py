"""Whole counts as people type them: people in the family, credits, a percentage of Pell used."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from actions.answers.figures import Figure, find_figures
from actions.answers.listed_after import whole_after_list, whole_before_list
from actions.answers.parsed import Parsed, confirm, invalid, not_sure, ok
from actions.answers.people import Listing, only_the_person, read_listing
from actions.answers.people_asides import ages_alone, without_asides
from actions.answers.replies import NoneSoFar, says_not_sure, says_zero
from actions.answers.restated import after_self_correction, told_as_total
from actions.answers.tables import phrases
from actions.answers.text import compose, fold, just_after, just_before, starts_with, strip_leading, words

_AGE_UNIT = re.compile(r"[\s-]*(?:(?:yrs?|years?|months?|mos?)[\s-]*olds?\b|y/?o\b|(?:an(?:it)?os|meses)\b)")
_BETWEEN_AGES = re.compile(r"\s*(?:,|y|and|&|n)\s*")
_BEFORE_AGE = re.compile(r"(?:\s*,)?\s*\b(?:de|of|ages?|aged|tienen?|who is|whos|whose|is|are)\s+$")
_DIFFERENCE = re.compile(r"\s*(?:people|ppl|personas)?\s*(?:more|less|fewer|mas|menos)\s+(?:than|then|de|que)\b")
"""After a figure that only tells how many more there are than was said before."""
_DASH = re.compile(r"\s-\s*(?=\d)")
"""Before how many they are; nobody is fewer than none."""
_SHORT = 3
"""Words of an answer that may be no more than an article ("nomás una")."""
_MOST_LISTED = 12
"""A family larger than this is told as a number."""
_MOST_YEARS = 6
"""Years of Pell that anyone may get in a lifetime (600%); more are no years."""


def parse_count(
    text: str,
    *,
    language: str = "en",
    least: int = 0,
    most: int = 99,
    percent: bool = False,
    people: bool = True,
    none: NoneSoFar = "seldom",
) -> Parsed[int]:
    """Give the count in `text`, between `least` and `most`.

    With `people=True` a listing is added up ("just me" is 1, "2 adults and 3 kids" is 5); a listing that
    leaves the person out is confirmed (`without_you`). With `percent=True` "600%" is 600. Problems:
    `empty`, `not_a_number`, `cannot_count`, `ambiguous`, `not_whole`, `percent`, `negative`, `too_small`,
    `too_large`, `without_you`.
    """
    if not text.strip():
        return invalid("empty")
    if people:
        text = _DASH.sub(", ", without_asides(text))
    told, text = text, without_ages(text, language)
    figures = _counting(text, find_figures(text, language))
    if people:
        figures = _without_articles(text, figures)
    if not figures and not (people and read_listing(text, ()).people):
        text, figures = told, find_figures(told, language)
        figures = _without_articles(text, figures) if people else figures
    if not figures or (all(figure.article for figure in figures) and len(words(text)) > 2):
        worded = _without_figures(text, figures, people, none)
        if worded is not None:
            return _bounded(worded, least, most)
    return _bounded(_with_figures(text, figures, percent, people), least, most)


def _counting(text: str, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Leave out a difference ("2 more than I said, so 6") where another figure is left."""
    folded = fold(text)
    return tuple(one for one in figures if not _DIFFERENCE.match(just_after(folded, one.end))) or figures


def _without_articles(text: str, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Leave out the "un" of "un apartamento" and of "somos una familia de cuatro"; "una hermana" is a person."""
    short = len(words(text)) <= _SHORT
    folded, counted = fold(text), any(not one.article for one in figures)
    return tuple(one for one in figures if not one.article or _before_group(folded, one) or (short and not counted))


def without_ages(text: str, language: str = "en") -> str:
    """Give `text` without how old somebody is ("one, my 2 yr old", "dos, de 4 y 6 años")."""
    folded, figures = fold(text), find_figures(text, language)
    kept, at = "", 0
    for number, figure in enumerate(figures):
        unit = _AGE_UNIT.match(folded, figure.end)
        if unit is None:
            continue
        first = number
        while first and _BETWEEN_AGES.fullmatch(folded[figures[first - 1].end : figures[first].start]):
            first -= 1
        start = figures[first].start
        lead = _BEFORE_AGE.search(folded[at:start])
        before = compose(text)[at : at + lead.start() if lead else start]
        kept += before + ages_alone(before, folded[unit.end() :], number - first + 1)
        at = unit.end()
    return kept + compose(text)[at:]


def _without_figures(text: str, figures: tuple[Figure, ...], people: bool, none: NoneSoFar) -> Parsed[int] | None:
    if says_not_sure(text):
        return not_sure()
    if people and only_the_person(text):
        return ok(1)
    listing = read_listing(text, figures)
    if people and listing.people:
        return _listed(listing)
    zero = says_zero(text, none)
    if figures and zero != "yes":
        return None
    if zero != "no":
        return ok(0) if zero == "yes" else confirm(0, "zero_guess")
    return invalid("cannot_count" if listing.people else "not_a_number")


def _listed(listing: Listing) -> Parsed[int]:
    if not listing.sure:
        return invalid("cannot_count")
    if not listing.counts_self:
        return confirm(listing.people, "without_you", (listing.people + 1,))
    return ok(listing.people)


def _with_figures(text: str, figures: tuple[Figure, ...], percent: bool, people: bool) -> Parsed[int]:
    if any(figure.negative for figure in figures):
        return invalid("negative")
    if percent and (share := _share(text, figures)):
        return share
    if any(figure.percent for figure in figures) and not percent:
        return invalid("percent")
    if not percent and any(figure.value != figure.value.to_integral_value() for figure in figures):
        return invalid("not_whole")
    values = tuple(
        dict.fromkeys(
            int(figure.value.quantize(Decimal(1), ROUND_HALF_UP)) for figure in figures if figure.value < 10**9
        )
    )
    if not values:
        return invalid("too_large")
    if people and not percent and (worked := _people(text, figures, values)) is not None:
        return worked
    if len(values) > 1:
        return invalid("ambiguous", values)
    return ok(values[0])


def _share(text: str, figures: tuple[Figure, ...]) -> Parsed[int] | None:
    """Give the percentage that counts among several figures, or what years of Pell come to; None where it is plain."""
    folded = fold(text)
    figures = after_self_correction(text, figures)
    marked = tuple(figure for figure in figures if figure.percent)
    if len(figures) > 1 and len(marked) == 1:
        return ok(_rounded(marked[0]))
    if len(figures) > 1 and told_as_total(folded[figures[-2].end : figures[-1].start]):
        return ok(_rounded(figures[-1]))
    if len(figures) != 1:
        return None
    spans = (("years", 100), ("year", 100), ("anos", 100), ("ano", 100), ("semesters", 50), ("semester", 50))
    after = [word for word in words(just_after(folded, figures[0].end)) if word not in {"full", "whole", "academic"}]
    for unit, each in (*spans, ("semestres", 50), ("semestre", 50)):
        if after[:1] == [unit] and not figures[0].percent and figures[0].value <= _MOST_YEARS * 2:
            return confirm(int(figures[0].value * each), "years")
    return ok(_rounded(figures[0]))


def _rounded(figure: Figure) -> int:
    # More digits than a decimal can round are too many for any share.
    return int(min(figure.value, Decimal(10**9)).quantize(Decimal(1), ROUND_HALF_UP))


def _people(text: str, figures: tuple[Figure, ...], values: tuple[int, ...]) -> Parsed[int] | None:
    folded = fold(text)
    if (left := _left_now(folded, figures)) is not None:
        return ok(left)
    totals = tuple(dict.fromkeys(int(figure.value) for figure in figures if _is_total(folded, figure)))
    if len(totals) == 1 or (totals and _ends_as_total(folded, figures)):
        return ok(totals[-1])
    if (whole := whole_before_list(folded, figures)) is not None:
        return whole
    if (whole := whole_after_list(folded, figures)) is not None:
        return whole
    listing = read_listing(text, figures)
    leading = not words(folded[: figures[0].start]) and not _before_group(folded, figures[0])
    if leading and len(values) == 1:
        after = words(folded[figures[0].end :])
        joined = after[:1] in (("and",), ("y",), ("plus",)) and after[1:2] in (("me",), ("yo",), ("i",))
        return confirm(values[0] + 1, "ambiguous", values) if joined else ok(values[0])
    if listing.people and listing.sure:
        if listing.counts_self or re.search(r"\b(?:adults?|adultos?)\b", folded):
            return ok(listing.people)
        return confirm(listing.people, "without_you", (listing.people + 1,))
    if not listing.people:
        return None
    apart = read_listing(" ".join(_between(folded, figures)), ())
    if len(values) == 1 and apart.sure and apart.people == values[0]:
        return ok(values[0])
    told = tuple(dict.fromkeys((*values, listing.people)))
    first = values[0]
    if first == max(values) and 1 < first <= _MOST_LISTED and not read_listing(folded[: figures[0].start], ()).people:
        # Told first and listed after, in words not all known: asked about, as they have no others for it.
        return confirm(first, "ambiguous", told)
    return invalid("ambiguous", told)


def _between(folded: str, figures: tuple[Figure, ...]) -> tuple[str, ...]:
    """Give the text around the figures."""
    starts = (0, *(figure.end for figure in figures))
    ends = (*(figure.start for figure in figures), len(folded))
    return tuple(folded[start:end] for start, end in zip(starts, ends, strict=True))


def _left_now(folded: str, figures: tuple[Figure, ...]) -> int | None:
    """Give the last figure where it is how many there are now ("we were 5 but my brother moved out, now 4")."""
    before = words(just_before(folded, figures[-1].start))[-2:]
    after = words(just_after(folded, figures[-1].end))
    now = {"now", "ahora", "ahorita"}
    said = bool(now & set(before)) or (bool(after) and after[0] in now)
    return int(figures[-1].value) if said and len(figures) > 1 and not _before_group(folded, figures[-1]) else None


def _groups() -> set[str]:
    return {phrase[0] for key in ("one", "two", "many") for phrase in phrases("people", key)}


def _before_group(folded: str, figure: Figure) -> bool:
    after = strip_leading(words(just_after(folded, figure.end)), phrases("people", "adjectives"))
    return bool(after) and after[0] in _groups()


def _ends_as_total(folded: str, figures: tuple[Figure, ...]) -> bool:
    """Tell "2 people more than I said, so 6"."""
    return told_as_total(folded[figures[-2].end : figures[-1].start]) and _is_total(folded, figures[-1])


def _is_total(folded: str, figure: Figure) -> bool:
    after, before = words(just_after(folded, figure.end)), words(just_before(folded, figure.start))
    if starts_with(after, phrases("people", "total_after")):
        return True
    said = any(before[-len(phrase) :] == phrase for phrase in phrases("people", "total_before"))
    return (said or folded[: figure.start].rstrip().endswith("=")) and not _before_group(folded, figure)


def _bounded(parsed: Parsed[int], least: int, most: int) -> Parsed[int]:
    if parsed.value is None:
        return parsed
    if parsed.value < least:
        return invalid("too_small")
    return invalid("too_large") if parsed.value > most else parsed
