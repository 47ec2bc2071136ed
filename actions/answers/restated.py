"""Amounts that a text itself sets right or adds up: "not 2000, 2,450", "14k a semester so 28k", "300 a month for me and
300 a month for my sister".
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from actions.answers.combined import in_the_same_unit, named_apart
from actions.answers.figures import Figure
from actions.answers.periods import Period, find_period
from actions.answers.tables import phrases
from actions.answers.text import fold, has_phrase, just_before, starts_with, words

_DENIED = re.compile(r"\b(?:not|isnt|wasnt|no|no es|no son|no fue|no era|no eran)\s+\$?$")
_SELF_CORRECTION = re.compile(
    r"\b(?:no wait|wait|i mean|i meant|actually|sorry|make that|oops|"
    r"digo|perdon|mejor dicho|quise decir|no espera|espera)\b"
)
_ONCE_MORE = re.compile(
    r"\b(?:(?:the )?same(?: amount| thing)? (?:for|in|again|every|the)|again in|(?:lo|la) mism[oa]|igual (?:en|para))\b"
)
_A_YEAR = re.compile(
    r"\s*(?:dollars|dolares)?\s*(?:(?:a|per|each|for the|for a|in a|/) ?(?:whole |full )?(?:year|yr)|al ano|por ano|"
    r"anual|en el ano|yearly)\b"
)
BOTH_TERMS = re.compile(
    r"\b(?:fall|autumn|otono)\b.*\b(?:spring|primavera)\b|\b(?:spring|primavera)\b.*\b(?:fall|autumn|otono)\b"
)
"""Fall and spring, told side by side."""
_BOTH = frozenset({Decimal(2), Decimal(3)})
_ROUGHLY = Decimal("0.1")
_LEAST_EXACT = 1000
_JOINED = re.compile(
    r"\b(?:and|plus|y|mas|or|o|to|a|for|from|para|por|de|mom|dad|mama|papa)\b"
    r"(?! (?:change|some|cachito|pico|feria|algo|tantos))|\+"
)
_CLOSE = Decimal("0.05")
"""How far a total told in round figures may be from what its parts come to."""


def after_self_correction(text: str, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Give the last figure alone where the person took back what stood before it ("45k no wait 46,200")."""
    folded = fold(text)
    for first, second in pairwise(figures):
        if _SELF_CORRECTION.search(folded[first.end : second.start]):
            return (figures[-1],)
    return figures


def written_out(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Give the amount in digits alone where loose words before it say the same ("thirty one five, 31500")."""
    *spoken, last = figures
    if not spoken or last.spelled or not all(one.spelled and not one.scaled for one in spoken):
        return figures
    said = "".join(str(int(one.value)) for one in spoken)
    return (last,) if str(int(last.value)).startswith(said) and last.value >= 1000 else figures


def told_exactly(folded: str, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Give the last figure alone where it tells exactly what was said roughly ("19 thousand n change, 19,432")."""
    if len(figures) != 2:
        return figures
    rough, exact = figures
    vague = has_phrase(words(folded[: exact.start]), phrases("numbers", "rough"))
    near = rough.value <= exact.value <= rough.value * (1 + _ROUGHLY)
    apart = not _JOINED.search(folded[rough.end : exact.start])
    return (exact,) if vague and near and apart and exact.value >= _LEAST_EXACT else figures


def without_denied(folded: str, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Leave out figures that are taken back at once ("not 2000, it was 2,450") where another one is left."""
    kept = tuple(one for one in figures if not _DENIED.search(just_before(folded, one.start).replace("'", "")))
    taken_back = _SELF_CORRECTION.search(folded) is not None
    return kept if kept and (taken_back or kept[-1:] == figures[-1:]) else figures


def counts_both(folded: str, figure: Figure) -> bool:
    """Tell "entre los dos" and "the two of us", which name people."""
    before = words(just_before(folded, figure.start))[-1:]
    return figure.spelled and not figure.scaled and figure.value in _BOTH and before in phrases("numbers", "both_of")


def restated_total(folded: str, figures: tuple[Figure, ...]) -> Figure | None:
    """Give the last figure where it is the total of those before it, told as such ("12k and 3k, so 15k"), or None.

    It has to be what the others come to: their sum, what is left of the first, or the first over a whole year.
    Of an offer's parts it is no more than their sum, not the cost.
    """
    *parts, last = figures
    if (
        not parts
        or not _told_as_total(folded, parts[-1], last)
        or has_phrase(words(folded), phrases("numbers", "aids"))
    ):
        return None
    values = [in_the_same_unit(one, figures) for one in parts]
    meant = {sum(values, Decimal(0)), values[0] - sum(values[1:], Decimal(0))}
    if (period := find_period(folded[parts[0].end : last.start])) and period.times:
        meant |= {sum(values, Decimal(0)) * period.times}
    if _ONCE_MORE.search(folded[parts[0].end : last.start]):
        meant |= {values[0] * 2}
    told = in_the_same_unit(last, figures)
    return last if any(abs(told - sought) <= sought * _CLOSE for sought in meant if sought > 0) else None


def split_total(figures: tuple[Figure, ...]) -> Figure | None:
    """Give the first figure where those after it are its parts, to the dollar ("5,500: 3,500 sub and 2,000 unsub")."""
    whole, *parts = figures
    plain = not any(one.negative or one.percent or one.foreign for one in figures)
    return whole if plain and len(parts) > 1 and sum((one.value for one in parts), Decimal(0)) == whole.value else None


def _told_as_total(folded: str, before: Figure, last: Figure) -> bool:
    after = words(folded[last.end :])
    total = (("total",), ("in", "total"), ("en", "total"), ("altogether",))
    yearly = _A_YEAR.match(folded, last.end) and find_period(folded[before.end : last.start])
    return bool(yearly) or told_as_total(folded[before.end : last.start]) or starts_with(after, total) is not None


def over_both_terms(folded: str, figures: tuple[Figure, ...]) -> Decimal | None:
    """Give the year's amount told by its two terms ("1500 fall 1500 spring", "3,250 in the fall and the same in the
    spring"), or None.
    """
    if not BOTH_TERMS.search(folded) or any(one.negative or one.percent or one.foreign for one in figures):
        return None
    if len(figures) == 1 and _ONCE_MORE.search(folded[figures[0].end :]):
        return figures[0].value * 2
    return in_the_same_unit(figures[0], figures) + figures[1].value if len(figures) == 2 else None


def told_as_total(between: str) -> bool:
    """Whether the words before a figure make it the outcome of those before ("so", "o sea")."""
    said = words(between.replace("'", ""))
    told = phrases("numbers", "restated")
    wraps = ("like", "about", "como", "unos", "its")
    while said[-1:] and said[-1] in wraps:
        said = said[:-1]
    return between.rstrip(" $").endswith("=") or any(said[-len(phrase) :] == phrase for phrase in told)


def in_one_span(folded: str, figures: tuple[Figure, ...]) -> Period | None:
    """Give the span that all of several amounts cover ("300/mo for me and 300/mo for my sister", "200 por mi hermano
    y 200 por mi cada mes"), or None where only one of them may.
    """
    ends = (*(one.start for one in figures[1:]), len(folded))
    stretches = [folded[one.end : end] for one, end in zip(figures, ends, strict=True)]
    spans = [find_period(stretch) for stretch in stretches]
    last = spans[-1]
    if last is None or last.name == "year" or last.times is None:
        return None
    if all(span == last for span in spans):
        return last
    apart = all(span is None for span in spans[:-1])
    return last if apart and named_apart(folded, figures) else None
