"""What can be asked and how flows can end: the canonical names that Aidline and personas share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

__all__ = ["ENDS_OF_ANY_FLOW", "FLOWS", "NAMES", "Control", "Flow", "Name", "control"]

Control = Literal["yes", "no", "flow", "offer_full", "if_menu"]
"""What a persona says to a question that steers the conversation."""


@dataclass(frozen=True)
class Name:
    """A question: the kind of its answer, and the canonical values where the list is closed."""

    kind: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flow:
    """What a flow's result can be."""

    ends: tuple[str, ...]
    values: tuple[str, ...]


@cache
def _data() -> Mapping[str, Any]:
    text = files("aidline.evaluation.conversations").joinpath("names.yml").read_text(encoding="utf-8")
    return yaml.safe_load(text)  # type: ignore[no-any-return]


def _spelled_out(pattern: str) -> tuple[str, ...]:
    data = _data()
    for blank, words in {"{person}": "people", "{owner}": "owners", "{n}": "offers"}.items():
        if blank in pattern:
            return tuple(pattern.replace(blank, word) for word in data[words])
    return (pattern,)


def _names() -> dict[str, Name]:
    listed = {**_data()["names"], **_data()["patterns"], **_data()["control"]}
    return {
        name: Name(entry["kind"], tuple(entry.get("values", ())))
        for pattern, entry in listed.items()
        for name in _spelled_out(pattern)
    }


def _flows() -> dict[str, Flow]:
    return {
        flow: Flow(tuple(entry["ends"]), tuple(n for pattern in entry["values"] for n in _spelled_out(pattern)))
        for flow, entry in _data()["flows"].items()
    }


NAMES: Mapping[str, Name] = _names()
"""Every question there can be, those that steer the conversation included."""

FLOWS: Mapping[str, Flow] = _flows()
"""Every flow."""

ENDS_OF_ANY_FLOW: frozenset[str] = frozenset(_data()["ends_of_any_flow"])


def control(name: str) -> Control | None:
    """What is said by default to a question that steers the conversation; None for any other question."""
    entry = _data()["control"].get(name)
    return entry["says"] if entry else None
