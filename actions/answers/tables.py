"""The word tables in `data/`: read once from the package, given as folded tuples of words."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from actions.answers.text import words

type Phrase = tuple[str, ...]


@cache
def table(name: str) -> dict[str, Any]:
    """Give the table `data/<name>.yml` as it stands.

    Raises `FileNotFoundError` when the package lacks it and `TypeError` when it is not a mapping.
    """
    source = files("actions.answers").joinpath("data", f"{name}.yml").read_text(encoding="utf-8")
    loaded = yaml.safe_load(source)
    if not isinstance(loaded, dict):
        raise TypeError(f"data/{name}.yml must hold a mapping at its top, not {type(loaded).__name__}.")
    return loaded


@cache
def phrases(name: str, key: str) -> tuple[Phrase, ...]:
    """Give the list `key` of a table as folded words, longest phrases first.

    Raises `TypeError` when an entry is not text (an unquoted yes or no in YAML is a boolean).
    """
    listed = table(name)[key]
    for entry in listed:
        if not isinstance(entry, str):
            raise TypeError(f"data/{name}.yml: {key} holds {entry!r}, which is not text; put it in quotes.")
    return tuple(sorted({words(entry) for entry in listed}, key=lambda phrase: (-len(phrase), phrase)))


@cache
def numbers(name: str, key: str) -> dict[str, int]:
    """Give the mapping `key` of a table as folded phrase -> whole number."""
    return {" ".join(words(str(phrase))): int(value) for phrase, value in table(name)[key].items()}
