"""The words a question is built of, as they are typed in texts ("wats", "y do u", "k es"), spelt out."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

import yaml

__all__ = ["spelt_out"]

_FILE = Path(__file__).parent / "spelling.yml"
_STEMS = frozenset({"expliqu", "explic"})
"""What stands for the beginning of a word only."""


@lru_cache(maxsize=4096)
def spelt_out(text: str) -> str:
    """Give `text` with the question words of both languages in their usual spelling; nothing else is touched."""
    for shape, usual in _spellings():
        text = shape.sub(usual, text)
    return text


@cache
def _spellings() -> tuple[tuple[re.Pattern[str], str], ...]:
    listed = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        (re.compile(rf"(?<!\w)(?:{one['typed']}){'' if one['as'] in _STEMS else _END}", re.IGNORECASE), one["as"])
        for one in listed
    )


_END = r"(?!\w)"
