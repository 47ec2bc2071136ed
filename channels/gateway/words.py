"""The gateway's own few words, in both languages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from aidline.language import Language

__all__ = ["words"]


@cache
def _all() -> dict[str, dict[str, str]]:
    text = files("channels.gateway").joinpath("words.yml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = yaml.safe_load(text)
    return loaded


def words(key: str, language: Language) -> str:
    """The text `key` in `language`."""
    return _all()[key][language]
