"""A percentage such as a loan's interest rate."""

from __future__ import annotations

import re
from decimal import Decimal

from actions.answers.figures import find_figures
from actions.answers.parsed import Parsed, confirm, invalid, not_sure, ok
from actions.answers.replies import says_not_sure, says_zero
from actions.answers.text import fold

MOST = Decimal(30)


def parse_rate(text: str, *, language: str = "en") -> Parsed[Decimal]:
    """Give the percentage in `text` ("6.52%" is 6.52), from 0 to 30.

    A bare fraction ("0.0652") is confirmed as 6.52 (`fraction`). Problems: `empty`, `ambiguous`, `negative`,
    `too_large`, `not_a_number`.
    """
    if not text.strip():
        return invalid("empty")
    # Three decimals are usual in a rate, where an amount would have a thousands separator.
    plain = re.search(r"(?<![\d.,])(\d{1,2})[.,](\d{1,4})\s?(?:%|percent|por ciento|$|\s)", fold(text), re.ASCII)
    figures = find_figures(text, language)
    values = (Decimal(f"{plain[1]}.{plain[2]}"),) if plain and len(figures) < 2 else tuple({f.value for f in figures})
    if any(figure.negative for figure in figures):
        return invalid("negative")
    if len(values) > 1:
        return invalid("ambiguous", values)
    if not values:
        if says_not_sure(text):
            return not_sure()
        return ok(Decimal(0)) if says_zero(text) == "yes" else invalid("not_a_number")
    value = values[0]
    if value > MOST:
        return invalid("too_large")
    if 0 < value < Decimal("0.3") and not any(figure.percent for figure in figures):
        return confirm(value * 100, "fraction", (value,))
    return ok(value)
