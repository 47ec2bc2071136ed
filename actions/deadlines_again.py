"""The dates once more, for another year or another state: "¿y para la de 2027-28?", "what about texas?"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from actions.answers.award_year import award_year_named
from actions.answers.state import state_alone
from actions.answers.text import compose, squash
from actions.flow.model import Heard
from actions.flow.words import result_words
from knowledge.award_years import available

__all__ = ["meant_instead"]

_LONGEST_NAME = 4


def meant_instead(heard: Heard) -> Mapping[str, str]:
    """The `award_year` and the `state` for which a message wants the dates; empty when it is about anything else.

    Nothing but the year or the state may be in it, unless the state is said to be home.
    """
    said = squash(heard.text)
    if (home := re.search(_words("home"), said)) is not None and (state := _opening_state(home["state"])) is not None:
        return {"state": state}
    found: dict[str, str] = {}
    if (year := re.search(_words("year"), said)) is not None:
        named = award_year_named(_typed(year.group()), today=heard.today, available=available())
        if named is None:
            return {}
        found["award_year"] = named
        said = f"{said[: year.start()]} {said[year.end() :]}"
    rest = re.sub(_words("after"), "", re.sub(_words("before"), "", f"{squash(said)} ").strip())
    if not rest:
        return found
    state = state_alone(rest) or _code_as_typed(heard.text, rest)
    return {**found, "state": state} if state is not None else {}


def _typed(year: str) -> str:
    """A pair of years with the dash that the comparison took away."""
    return re.sub(r"^(\d+) (\d+)$", r"\1-\2", year)


def _opening_state(said: str) -> str | None:
    """The state that `said` begins with."""
    tokens = said.split()
    names = (" ".join(tokens[:size]) for size in range(min(_LONGEST_NAME, len(tokens)), 0, -1))
    return next((state for name in names if (state := state_alone(name)) is not None), None)


def _code_as_typed(text: str, rest: str) -> str | None:
    """A code that is also a word ("OR"), where it is typed in capitals."""
    typed = re.search(rf"\b{re.escape(rest.upper())}\b", compose(text)) if len(rest) == 2 else None
    return state_alone(typed.group()) if typed and not text.isupper() else None


def _words(kind: str) -> str:
    return str(result_words("deadlines")[kind])
