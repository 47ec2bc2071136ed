"""Amounts in figures, with the separators of the US and of Latin America."""

from __future__ import annotations

import re
from decimal import Decimal

LITERAL = (
    r"\d{1,3}(?:[,.' ]\d{3})(?:[,.']\d{3}| \d{3})*(?:[.,]\d{1,2})?(?![\d])(?![.,' ]\d)"
    r"|\d+(?:[.,]\d+)?|(?<![\d.])\.\d+"
)
"""The shape of one amount in figures, in folded text."""

_LONGEST = 30
_BEYOND = Decimal("9" * _LONGEST)


def read_digits(literal: str, language: str) -> tuple[Decimal, bool]:
    """Give the amount, and whether its separators could be read another way.

    "1.200" is a thousand two hundred (no amount has three decimals), surely so in Spanish ("es"). Amounts of
    more than 30 figures are cut to a number that is too large for anything.
    """
    if len(literal) > _LONGEST:
        return _BEYOND, False
    groups = re.fullmatch(r"(\d{1,3}(?:[,.' ]\d{3})+)(?:([.,])(\d{1,2}))?", literal, re.ASCII)
    if groups:
        whole = re.sub(r"\D", "", groups.group(1))
        guessed = (groups.group(1).count(".") == 1 and "," not in literal and language != "es") or " " in literal
        return Decimal(f"{whole}.{groups.group(3) or 0}"), guessed
    if "," in literal:
        whole, part = literal.split(",")
        return (Decimal(f"{whole}.{part}"), False) if len(part) <= 2 else (Decimal(whole + part), True)
    return Decimal(literal), False


def point_may_be_decimal(literal: str) -> bool:
    """Tell "1.234", which before "k" is one and a bit."""
    return re.fullmatch(r"\d{1,3}\.\d{3}", literal, re.ASCII) is not None
