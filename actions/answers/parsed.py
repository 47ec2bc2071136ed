"""What every parser of a typed answer gives back.

A parser never raises on what a person types: whatever the text, the outcome is one of four statuses, and
`problem` is a short code on which the words said to the person are keyed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

type Status = Literal["ok", "not_sure", "needs_confirmation", "invalid"]


@dataclass(frozen=True, slots=True)
class Parsed[T]:
    """One reading of one answer.

    `value` is set when the status is `ok` or `needs_confirmation` (the one exception: `parse_email` accepts
    "I have none" as `ok` with value None and problem `none`). `problem` says why a value was refused, or
    why it should be confirmed. `alternatives` are other readings worth offering, most likely first.
    """

    value: T | None
    status: Status
    problem: str | None = None
    alternatives: tuple[T, ...] = ()


def ok[T](value: T) -> Parsed[T]:
    """A sure reading."""
    return Parsed(value, "ok")


def confirm[T](value: T, problem: str, alternatives: tuple[T, ...] = ()) -> Parsed[T]:
    """A likely reading that the person should be shown before it is used."""
    return Parsed(value, "needs_confirmation", problem, alternatives)


def not_sure[T](problem: str | None = None) -> Parsed[T]:
    """The person said they do not know."""
    return Parsed(None, "not_sure", problem)


def invalid[T](problem: str, alternatives: tuple[T, ...] = ()) -> Parsed[T]:
    """No reading that could be used."""
    return Parsed(None, "invalid", problem, alternatives)
