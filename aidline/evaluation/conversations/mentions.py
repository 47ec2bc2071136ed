"""Whether what Aidline said mentions something: words as parts, whole numbers, dates in any usual writing."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from aidline.evaluation.matching import clean

__all__ = ["mentioned", "plain"]

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_MONTHS_EN = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
              "november", "december")  # fmt: skip
_MONTHS_ES = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
              "noviembre", "diciembre")  # fmt: skip
_SHORT = 3
_ALSO_SHORT = {"september": ("sept",), "septiembre": ("sept", "set")}


def plain(text: str) -> str:
    """Text as mentions are searched in it: lower case, no accents, no `$`, no thousands separators, one hyphen."""
    return clean(text.replace("\u2212", "-").replace("\u2011", "-").replace("\u2013", "-"))


def mentioned(wanted: str, said: str) -> bool:
    """Whether `said` (as `plain` gives it) holds one of the alternatives in `wanted`, which ` | ` splits."""
    return any(_pattern(one.strip()).search(said) for one in wanted.split(" | ") if one.strip())


@cache
def _pattern(wanted: str) -> re.Pattern[str]:
    if _ISO_DATE.match(wanted):
        try:
            return re.compile(_date_pattern(date.fromisoformat(wanted)))
        except ValueError:
            pass
    return re.compile(_whole(plain(wanted)))


def _whole(wanted: str) -> str:
    """The words as parts of others, but numbers at either end only whole: 12 is not in 120, nor 7.5 in 17.5."""
    start = r"(?<![\d.])" if wanted[:1].isdigit() else ""
    end = r"(?!\d|\.\d)" if wanted[-1:].isdigit() else ""
    return f"{start}{re.escape(wanted)}{end}"


def _date_pattern(day: date) -> str:
    d, year = rf"0?{day.day}", rf"(?:{day.year}|'?{day.year % 100:02})"
    english, spanish = _MONTHS_EN[day.month - 1], _MONTHS_ES[day.month - 1]
    en, es = _names_of(english), _names_of(spanish)
    first = r"(?:1|1ro|1er|1\.?o|primero)" if day.day == 1 else d
    both = {(day.month, day.day), (day.day, day.month)}
    ways = [
        rf"{day.isoformat()}",
        rf"{en}\.? {d}(?:st|nd|rd|th)?,? (?:of )?{year}",
        rf"{d}(?:st|nd|rd|th)? (?:of )?{en}\.?,? {year}",
        rf"{first}(?: de|-| )? ?{es}\.?(?: del? ?|,? |-){year}",
        rf"{es}\.? {first},? (?:del? )?{year}",
        # In the US the month comes first; in Spanish the day often does.
        *(rf"0?{a}[/.-]0?{b}[/.-]{year}" for a, b in sorted(both)),
    ]
    return rf"(?<![\d/.-])(?:{'|'.join(ways)})(?!\d)"


def _names_of(month: str) -> str:
    return f"(?:{'|'.join((month, month[:_SHORT], *_ALSO_SHORT.get(month, ())))})"
