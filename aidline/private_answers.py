"""What a transcript leaves out of what people answer: money, family, status, how to reach them.

Whoever writes words that repeat such an answer puts it between two marks (`marked`). Pages and phones get the words
without marks (`shown`); the transcript gets "[answer]" in their place (`hidden`). So the person reads what they said,
staff do not, and no channel has to know which words those were. Which answers are private stands in
`private_answers.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["AMOUNT", "ANSWER", "hidden", "is_private", "marked", "private_among", "shown", "without_amounts"]

ANSWER, AMOUNT = "[answer]", "[amount]"
_OPEN, _CLOSE = "\ue000", "\ue001"
"""Characters that nobody types and no font shows."""
_FILE = Path(__file__).with_suffix(".yml")


def is_private(name: str | None, kind: str = "") -> bool:
    """Whether the answer to the question of this canonical name, and of this kind, stays out of transcripts."""
    if not name:
        return False
    listed = _listed()
    return kind in listed["kinds"] or any(fnmatchcase(name, pattern) for pattern in listed["names"])


def private_among(names: Iterable[str], kind: str = "") -> tuple[str, ...]:
    """Those of `names` that are private."""
    return tuple(name for name in names if is_private(name, kind))


def marked(text: str) -> str:
    """`text` between the marks; text that holds marks already loses them first."""
    return f"{_OPEN}{shown(text)}{_CLOSE}"


def shown(text: str) -> str:
    """`text` as the person reads it."""
    return text.replace(_OPEN, "").replace(_CLOSE, "")


def hidden(text: str) -> str:
    """`text` as a transcript keeps it. Where a text was cut inside a private part, both halves are left out."""
    begins = re.sub(f"{_OPEN}[^{_CLOSE}]*(?:{_CLOSE}|\\Z)", ANSWER, text)
    return re.sub(f"\\A[^{_OPEN}{_CLOSE}]*{_CLOSE}", ANSWER, begins)


def without_amounts(text: str) -> str:
    """`text` with each amount of money replaced by "[amount]". Years, dates, counts, names of forms and phones stay."""
    return _amounts().sub(AMOUNT, text)


@cache
def _listed() -> dict[str, Any]:
    listed: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return listed


@cache
def _amounts() -> re.Pattern[str]:
    listed = _listed()["amounts"]
    units = "|".join(sorted(map(re.escape, listed["units"]), key=len, reverse=True))
    names = "|".join(map(re.escape, listed["not"]))
    spelled = "|".join(sorted(map(re.escape, listed["words"]), key=len, reverse=True))
    number = r"\d[\d.,]*\d|\d"
    shapes = (
        rf"-?\$\s?(?:{number})(?:\s?(?:{units})\b)?",
        rf"(?<![\w/.-])(?!40[13]\s?k\b)(?:{number})\s?(?:{units})\b",
        r"(?<![\w/.,-])\d{1,3}(?:[.,]\d{3})+(?:\.\d\d)?(?![\w/-])",
        rf"(?<![\w/.,-])(?!(?:19|20)\d\d(?!\d))(?!(?:{names})(?!\d))\d{{3,9}}(?:\.\d\d)?(?![\w/-])",
        rf"\b(?:(?:{spelled})[\s-]+)+(?:{units})(?:[\s-]+(?:{spelled})\b)*",
        rf"(?<!\w)(?:mil|thousand)[\s-]+(?:{spelled})\b(?:[\s-]+(?:{spelled})\b)*",
    )
    return re.compile("|".join(f"(?:{shape})" for shape in shapes), re.IGNORECASE)
