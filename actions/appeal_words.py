"""Words of the flow `appeal` that are no response: whose income is meant, and what a first message tells."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["household", "months", "opening_words"]

_FOLDER = Path(__file__).parent / "words"


def household(who: str | None, language: str, *, now: bool) -> str:
    """Who earned, or will earn this year, as it goes into a question; `who` is the one it happened to."""
    entry = _read("appeal")["household_now" if now else "household"]
    return str(entry.get(who or "anyone", entry["anyone"])[language])


def opening_words(key: str) -> Any:
    """One of the lists of what a first message tells."""
    return _read("appeal")[key]


def months() -> tuple[str, ...]:
    """The names of the months in both languages."""
    return tuple(str(name) for names in _read("months").values() for name in names)


@cache
def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((_FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return content
