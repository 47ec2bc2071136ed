"""Amounts of money as people type them, in whole dollars."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from actions.answers.combined import added_up, yearly_wage
from actions.answers.figures import Figure, find_figures
from actions.answers.parsed import Parsed, confirm, invalid, not_sure, ok
from actions.answers.periods import Period, find_period
from actions.answers.replies import NoneSoFar, denies_having_any, says_no_and_why, says_not_sure, says_zero
from actions.answers.restated import (
    after_self_correction,
    counts_both,
    in_one_span,
    over_both_terms,
    restated_total,
    split_total,
    told_exactly,
    without_denied,
    written_out,
)
from actions.answers.spoken_amounts import in_pieces
from actions.answers.tables import phrases, table
from actions.answers.text import fold, has_phrase, just_after, just_before, words

MOST = 99_999_999
"""Above this many dollars an amount is taken for a slip of the keyboard."""

_LEAST_PART = 100
MEANT_IN_THOUSANDS = 250
"""A year's income given as a bare number up to here is more likely meant in thousands ("like 20ish")."""

_RANGE = re.compile(r"\s*(?:-|to|a|and|y|or|o|hasta|~)\s*\$?\s*")
_ABOVE_BELOW = re.compile(
    r"\b(?:less than|under|below|up to|at most|no more than|more than|over|above|at least|menos de|mas de|"
    r"arriba de|abajo de|debajo de|hasta|al menos|por lo menos)\s+(?:about |like |como |los |las )?\$?\s*$"
)
_NOTHING = re.compile(r"\W*(?:none|nothing|nada|zero|cero|ningun[oa]?)\b(?! (?:but|more|less|mas|menos|except))")
_AGE = re.compile(r"\b(?:i'?m|i am|s?he'?s|s?he is|tengo|tiene)\s+$")
_OLDEST = 100
_NAMED_YEAR = re.compile(r"(?:in|en|since|desde|during|durante) (?=(?:19|20)\d\d\b(?![,.]\d))")
_ACCOUNT = re.compile(r"(?:401|403|457)\s?\(?[kb]\b")
"""Accounts that are called by a number."""
_WE_ARE = (("somos",), ("semos",), ("eramos",), ("seriamos",))
_HUNDREDS = re.compile(r"(?:couple|few|some) (?:of )?hundred|par de cientos|unos cientos")
_TURNED = (("turned",), ("turning",), ("turn",), ("cumpli",), ("cumplo",), ("cumple",))
_DURATION = re.compile(r"\b(?:for|por|durante|x|every|cada)\s*$")


def parse_money(
    text: str,
    *,
    language: str = "en",
    allow_negative: bool = False,
    per_year: bool = True,
    usual_least: int = 0,
    most: int = MOST,
    together: bool = False,
    none: NoneSoFar = "seldom",
) -> Parsed[int]:
    """Give the amount in `text` in whole dollars, cents rounded half away from zero.

    An amount with a span ("1,200 a month") is turned into a year and needs confirmation (problem `per_month`,
    `per_week`, ...); with `per_year=False` (a balance, not an income) a span is refused as `per_period`. A
    range gives its middle (`range`), a bound gives itself (`bound`). A bare number above zero and below
    `usual_least` may be meant in thousands (`unit_guess`): up to `MEANT_IN_THOUSANDS` it is taken so. Two amounts
    joined by "and" give their sum (`sum`), those of two people only with `together`; an hourly wage with its hours a
    year's pay (`per_hour`). `none` is what "never" and "not yet" come to. Other problems: `empty`, `not_a_number`,
    `ambiguous`, `negative`, `too_large`, `per_hour_or_day`, `percent`, `other_currency`, `separator_guess`,
    `zero_guess`.
    """
    if not text.strip():
        return invalid("empty")
    if wage := yearly_wage(text, find_figures(text, language)):
        paid = confirm(_dollars(wage[0]), "per_hour", (_dollars(wage[1]),))
        return _bounded(paid, allow_negative, most) if per_year else invalid("per_period")
    figures = _amounts(text, language)
    if not figures:
        return _without_figures(text, none)
    folded = fold(text)
    if _none_all_the_same(folded, figures):
        return ok(0)
    figures = told_exactly(folded, without_denied(folded, figures))
    figures = written_out(after_self_correction(text, figures))
    if any(figure.percent for figure in figures):
        return _bounded(_beside_a_rate(figures), allow_negative, most)
    if (pair := _pair(folded, figures, usual_least)) is not None:
        return _bounded(pair, allow_negative, most)
    if whole_told := split_total(figures) or restated_total(folded, figures):
        told_alone = f"{'':{whole_told.start}}{folded[whole_told.start :]}"
        return _bounded(_one(told_alone, whole_told, per_year, 0, language), allow_negative, most)
    span = in_one_span(folded, figures) if len(figures) > 1 and per_year else None
    if span is not None and (each := added_up(text, figures, together=together)) is not None:
        return _bounded(_per_period(each, span, per_year), allow_negative, most)
    if per_year and (terms := over_both_terms(folded, figures)) is not None:
        return _bounded(confirm(_dollars(terms), "sum"), allow_negative, most)
    values = {_signed(figure) for figure in figures}
    if len(values) > 1 or (together and len(figures) > 1):
        whole = added_up(text, figures, together=together) if _no_span(folded) else None
        if whole is not None:
            return _bounded(_summed(whole, figures, usual_least), allow_negative, most)
    if len(values) > 1:
        rounded = tuple(dict.fromkeys(_dollars(_signed(figure)) for figure in figures))
        return invalid("ambiguous", (*rounded, sum(rounded)))
    return _bounded(_one(folded, figures[0], per_year, usual_least, language), allow_negative, most)


def _beside_a_rate(figures: tuple[Figure, ...]) -> Parsed[int]:
    """ "18 grand at like 6%": the rate is told beside the amount."""
    amount, *rest = figures
    alone = amount.percent or len(rest) != 1
    return invalid("percent") if alone else confirm(_dollars(_signed(amount)), "bound")


def _none_all_the_same(folded: str, figures: tuple[Figure, ...]) -> bool:
    """Tell "none, im 19" and "im 20 so no pension, 0", where the other figures are ages and years."""
    beside = [one for one in figures if one.value or one is not figures[-1]]
    years = {found.end() for found in _NAMED_YEAR.finditer(folded)}
    plain = all(
        (one.value < _OLDEST and _AGE.search(just_before(folded, one.start))) or one.start in years for one in beside
    )
    bare = not any(one.marked or one.scaled or one.negative for one in beside)
    return bool(beside) and plain and bare and (bool(_NOTHING.match(folded)) or not figures[-1].value)


def _without_figures(text: str, none: NoneSoFar) -> Parsed[int]:
    if says_not_sure(text):
        return not_sure()
    zero = says_zero(text, none)
    if zero == "yes":
        return ok(0)
    likely = zero == "perhaps" or (none == "usual" and (says_no_and_why(text) or denies_having_any(text)))
    return confirm(0, "zero_guess") if likely else invalid("not_a_number")


def _amounts(text: str, language: str) -> tuple[Figure, ...]:
    folded = fold(text)
    found = tuple(figure for figure in find_figures(text, language) if not _in_period(folded, figure))
    found = tuple(figure for figure in found if not _ACCOUNT.match(folded, figure.start)) or found
    found = tuple(figure for figure in found if not counts_both(folded, figure)) or found
    sure = tuple(figure for figure in found if not _other_purpose(folded, figure))
    if sure:
        return sure
    return tuple(figure for figure in found if not figure.article and not _counts_something(folded, figure))


def _in_period(folded: str, figure: Figure) -> bool:
    """Tell "every 2 weeks" and "for 9 months", which are no amounts."""
    if figure.marked or figure.scaled:
        return False
    before, after = just_before(folded, figure.start), just_after(folded, figure.end)
    return (bool(_DURATION.search(before)) and _counts_something(folded, figure)) or bool(
        re.match(r"\s*(?:times|veces)\b", after)
    )


def _counts_something(folded: str, figure: Figure) -> bool:
    if not (figure.marked or figure.scaled) and words(just_before(folded, figure.start))[-1:] in (*_WE_ARE, *_TURNED):
        return True
    follows = words(just_after(folded, figure.end))[:2]
    part = figure.value >= _LEAST_PART and follows in phrases("numbers", "of_a_whole")
    glued = figure.marked or figure.scaled or part
    return not glued and bool(follows) and follows[0] in table("numbers")["not_money_nouns"]


def _other_purpose(folded: str, figure: Figure) -> bool:
    if figure.marked or figure.scaled:
        return False
    before = words(just_before(folded, figure.start))
    number = int(figure.value)
    if figure.article or _counts_something(folded, figure):
        return True
    if before[-1:] and before[-1] in table("numbers")["names_a_paper"]:
        return True
    if number in table("numbers")["paper_numbers"]:
        return True
    plain_year = 1990 <= number <= 2040 and folded[figure.start : figure.end].isdigit()
    return plain_year and any(before[-len(said) :] == said for said in phrases("numbers", "year_before"))


def _spread(folded: str, low: Figure, high: Figure) -> tuple[int, int, int] | None:
    between = folded[low.end : high.start]
    if not _RANGE.fullmatch(between):
        return None
    if high.scaled and not low.scaled and low.value < 1000:
        factor = Decimal(1000) if high.value < 1_000_000 else Decimal(1_000_000)
        low = replace(low, value=low.value * factor)
    if low.value >= high.value:
        return None
    first, last = _dollars(low.value), _dollars(high.value)
    return first, last, _dollars((low.value + high.value) / 2)


def _pair(folded: str, figures: tuple[Figure, ...], usual_least: int) -> Parsed[int] | None:
    """Two figures that make one amount: a range, or an amount read out in pieces."""
    if len(figures) == 2 and (spread := _spread(folded, figures[0], figures[1])):
        low, high, middle = _in_thousands(spread, figures, usual_least)
        return confirm(middle, "range", (low, high))
    whole = in_pieces(folded, figures)
    return confirm(_dollars(whole), "unit_guess") if whole is not None else None


def _in_thousands(spread: tuple[int, int, int], figures: tuple[Figure, ...], usual_least: int) -> tuple[int, int, int]:
    """A range told in thousands without the word ("45-50", asked for a year's income)."""
    bare = not any(one.scaled or one.marked for one in figures) and spread[0] > 0 and spread[1] < usual_least
    low, high, _middle = spread
    return (low * 1000, high * 1000, (low + high) * 500) if bare and high <= MEANT_IN_THOUSANDS else spread


def _one(folded: str, figure: Figure, per_year: bool, usual_least: int, language: str) -> Parsed[int]:
    value = _signed(figure)
    rest = f"{folded[: figure.start]} {folded[figure.end :]}"
    if _counts_something(folded, figure):
        return invalid("not_a_number")
    period = find_period(_near(folded, figure))
    if period is not None and period.name != "year":
        return _per_period(value, period, per_year)
    whole = _dollars(value)
    if figure.foreign:
        return confirm(whole, "other_currency")
    if figure.guessed:
        return confirm(whole, "separator_guess", (_dollars(value / 1000),))
    hundreds = _HUNDREDS.search(folded[figure.start : figure.end]) is not None
    bare = 0 < value < usual_least and not (figure.scaled or figure.marked or hundreds)
    if _ABOVE_BELOW.search(just_before(folded, figure.start)):
        return confirm(_dollars(value * 1000) if bare and value <= MEANT_IN_THOUSANDS else whole, "bound")
    if figure.scaled and has_phrase(words(folded[figure.start : figure.end]), phrases("numbers", "vague_after")):
        return confirm(whole, "bound")
    if language == "en" and figure.scaled and _english_mil(folded, figure):
        return confirm(whole, "unit_guess", (whole * 1000,))
    if bare:
        thousands = _dollars(value * 1000)
        likely = value <= MEANT_IN_THOUSANDS
        return confirm(thousands, "unit_guess", (whole,)) if likely else confirm(whole, "unit_guess", (thousands,))
    if re.search(r"\bpesos\b", rest):
        return confirm(whole, "other_currency")
    return ok(whole)


def _summed(whole: Decimal, figures: tuple[Figure, ...], usual_least: int) -> Parsed[int]:
    small = all(figure.value <= min(MEANT_IN_THOUSANDS, usual_least) for figure in figures)
    bare = not any(figure.scaled or figure.marked for figure in figures)
    return confirm(_dollars(whole * 1000 if small and bare else whole), "sum")


def _no_span(folded: str) -> bool:
    period = find_period(folded)
    return period is None or period.name == "year"


def _near(folded: str, figure: Figure) -> str:
    before = folded[: figure.start]
    after = folded[figure.end :]
    return f"{before[-40:]} | {after}"


def _per_period(value: Decimal, period: Period, per_year: bool) -> Parsed[int]:
    if period.times is None:
        return invalid("per_hour_or_day")
    if not per_year:
        return invalid("per_period")
    return confirm(_dollars(value * period.times), f"per_{period.name}", (_dollars(value),))


def _english_mil(folded: str, figure: Figure) -> bool:
    """Tell "1.2 mil", which an English speaker may mean as millions."""
    said = folded[figure.start : figure.end]
    return bool(re.fullmatch(r"\d\.\d{1,2}\s?mil", said))


def _bounded(parsed: Parsed[int], allow_negative: bool, most: int) -> Parsed[int]:
    if parsed.value is None:
        return parsed
    if parsed.value < 0 and not allow_negative:
        return invalid("negative")
    return invalid("too_large") if abs(parsed.value) > most else parsed


def _signed(figure: Figure) -> Decimal:
    return -figure.value if figure.negative else figure.value


def _dollars(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP)) if abs(value) < Decimal(10) ** 24 else 10**24
