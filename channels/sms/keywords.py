"""Words that mean something on the phone network: stop, start, help, and our own MORE."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

__all__ = ["Keyword", "keyword"]

Keyword = Literal["stop", "start", "help", "more"]


@cache
def _meanings() -> dict[str, Keyword]:
    listed = yaml.safe_load(files("channels.sms").joinpath("keywords.yml").read_text(encoding="utf-8"))
    return {word: meaning for meaning, listed_words in listed.items() for word in listed_words}


def keyword(text: str) -> Keyword | None:
    """What the whole message means, or None for ordinary words."""
    if any(character.isdigit() for character in text):
        return None
    folded = unicodedata.normalize("NFKD", text)
    letters = "".join(c for c in folded if not unicodedata.combining(c)).upper()
    return _meanings().get(" ".join(re.findall(r"[A-Z]+", letters)))
