"""Whether a value that Aidline recorded is the one a persona expects."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from aidline.evaluation.matching import clean

__all__ = ["AnyOf", "Exactly", "Includes", "Matcher", "Present", "Within", "matcher"]

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])\Z")
_ROUNDING = 1e-6


class Matcher(Protocol):
    """What a value should be."""

    def holds(self, value: Any) -> bool:
        """Whether `value` (None when it is not there) is so."""
        ...

    def __str__(self) -> str: ...


@dataclass(frozen=True)
class Exactly:
    """This value; None means that nothing is known. Lists have no order; a month may be its first or last day."""

    wanted: Any

    def holds(self, value: Any) -> bool:
        return _same(self.wanted, value)

    def __str__(self) -> str:
        return "nothing" if self.wanted is None else repr(self.wanted)


@dataclass(frozen=True)
class Within:
    """A number between both, these included."""

    least: float
    most: float

    def holds(self, value: Any) -> bool:
        number = _number(value)
        return number is not None and self.least <= number <= self.most

    def __str__(self) -> str:
        return f"{self.least:g} to {self.most:g}"


@dataclass(frozen=True)
class AnyOf:
    """One of several."""

    options: tuple[Matcher, ...]

    def holds(self, value: Any) -> bool:
        return any(option.holds(value) for option in self.options)

    def __str__(self) -> str:
        return " or ".join(str(option) for option in self.options)


@dataclass(frozen=True)
class Includes:
    """A list with all of these in it, or a text that holds all of these words."""

    parts: tuple[Any, ...]

    def holds(self, value: Any) -> bool:
        if isinstance(value, str):
            return all(clean(str(part)) in clean(value) for part in self.parts)
        if isinstance(value, list | tuple):
            return all(any(_same(part, one) for one in value) for part in self.parts)
        return False

    def __str__(self) -> str:
        return "with " + ", ".join(map(str, self.parts))


@dataclass(frozen=True)
class Present:
    """Anything, or (`wanted` False) nothing."""

    wanted: bool = True

    def holds(self, value: Any) -> bool:
        return (value is not None and value not in ("", [], ())) is self.wanted

    def __str__(self) -> str:
        return "anything" if self.wanted else "nothing"


def matcher(raw: Any) -> Matcher:
    """The matcher that a persona's file writes as `raw`. Raises ValueError saying what is wrong."""
    if isinstance(raw, Exactly | Within | AnyOf | Includes | Present):
        return raw
    if not isinstance(raw, dict):
        return Exactly(raw)
    match raw:
        case {"min": int() | float() as least, "max": int() | float() as most, **rest} if not rest:
            if least > most:
                raise ValueError(f"min {least} is more than max {most}")
            return Within(least, most)
        case {"any": [_, *_] as options, **rest} if not rest:
            return AnyOf(tuple(matcher(option) for option in options))
        case {"includes": [_, *_] as parts, **rest} if not rest:
            return Includes(tuple(parts))
        case {"present": bool() as wanted, **rest} if not rest:
            return Present(wanted)
    ways = "a value, {min: 1, max: 2}, {any: [...]}, {includes: [...]} or {present: true}"
    raise ValueError(f"{raw} is no matcher: write {ways}")


def _same(wanted: Any, value: Any) -> bool:
    if isinstance(wanted, list | tuple):
        return isinstance(value, list | tuple) and Counter(map(_plain, wanted)) == Counter(map(_plain, value))
    if wanted is None or value is None:
        return wanted is None and value is None
    if isinstance(value, list | tuple | dict):
        return False
    if isinstance(wanted, str) and (days := _days(wanted)):
        return str(value) in days
    return _plain(wanted) == _plain(value)


def _plain(value: Any) -> str | float:
    """What is compared: numbers as numbers also where they are written as text, yes and no as such, words folded."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    number = _number(value)
    return round(number / _ROUNDING) * _ROUNDING if number is not None else clean(str(value))


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    try:
        # "012" and "1e3" are no amounts; an amount that came back as text is still the right amount.
        return float(value) if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", str(value)) else None
    except ValueError:
        return None


def _days(wanted: str) -> Sequence[str]:
    """The ways to record a month: by itself, its first day, its last. Nothing for what is no month."""
    found = _MONTH.match(wanted)
    if found is None:
        return ()
    last = calendar.monthrange(int(found[1]), int(found[2]))[1]
    return (wanted, f"{wanted}-01", f"{wanted}-{last:02}")
