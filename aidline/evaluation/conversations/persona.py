"""A persona: what a simulated person knows, how they type, what they want, and how it must end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from aidline.evaluation.conversations.matching import Matcher, matcher
from aidline.evaluation.conversations.names import ENDS_OF_ANY_FLOW, FLOWS, NAMES

__all__ = [
    "DEFAULT_TODAY", "MOST_IN_A_FOLLOW_UP", "Correction", "Expected", "FollowUp", "Interruption", "Pause", "Persona",
    "Process", "Restart", "Switch", "When",
]  # fmt: skip

DEFAULT_TODAY = date(2026, 11, 21)
MOST_IN_A_FOLLOW_UP = 6
"""Messages that a person may need for one follow-up."""

Process = Literal["rasa", "actions", "web", "worker", "redis", "all"]
Kind = Literal["choice", "yes_no", "money", "count", "date", "year", "state", "text"]
Tag = Literal[
    "messy", "typos", "words", "several_at_once", "side_questions", "correction", "pause", "restart", "switch",
    "wrong_type", "not_sure", "hostile", "sensitive", "mixed_language", "followup",
]  # fmt: skip

_NTH = re.compile(r"nth:([1-9]\d*)\Z")
_DURATION = re.compile(r"(\d+)([dhm])\Z")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _texts(value: Any) -> Any:
    return tuple(map(_text, value)) if isinstance(value, list) else (_text(value),)


def _list(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else (value,)


def _duration(value: Any) -> Any:
    found = _DURATION.match(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("write days, hours or minutes, such as 3d, 5h or 20m")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _known(names: Iterable[str]) -> None:
    if unknown := sorted(set(names) - set(NAMES)):
        raise ValueError(f"no question is called {', '.join(unknown)}")


Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_texts), Field(min_length=1)]
Words = Annotated[tuple[Text, ...], BeforeValidator(_list)]
Expectation = Annotated[Any, BeforeValidator(matcher)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class When(_Part):
    """A moment of the conversation: names of questions, numbers of questions, or any question at all."""

    names: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    any: bool = False

    def meets(self, names: Iterable[str], number: int) -> bool:
        """Whether a question with these names, the `number`th of the conversation, is meant."""
        return self.any or number in self.numbers or bool(set(self.names) & set(names))

    def __str__(self) -> str:
        return "any question" if self.any else ", ".join((*self.names, *(f"question {one}" for one in self.numbers)))


def _when(value: Any) -> Any:
    if isinstance(value, When):
        return value
    if value == "any":
        return When(any=True)
    listed = value if isinstance(value, list) else [value]
    if not listed or not all(isinstance(one, str) for one in listed):
        raise ValueError("write the name of a question, any, nth:3, or a list of names and numbers")
    numbers = {one: int(found[1]) for one in listed if (found := _NTH.match(one))}
    names = tuple(one for one in listed if one not in numbers)
    _known(names)
    return When(names=names, numbers=tuple(numbers.values()))


Moment = Annotated[When, BeforeValidator(_when)]


class Interruption(_Part):
    """Something said once in place of an answer; then the same question must come again."""

    when_asked: Moment
    say: Text
    reply_mentions_any: Words = ()
    reply_mentions_all: Words = ()
    reply_mentions_none: Words = ()
    same_question_again: bool = True


class Correction(_Part):
    """An earlier answer changed: said once `after` was answered, or in place of the answer to `at`."""

    after: Moment | None = None
    at: Literal["confirm_summary"] | None = None
    say: Text
    sets: Mapping[str, Any]

    @model_validator(mode="after")
    def _check(self) -> Correction:
        if (self.after is None) == (self.at is None):
            raise ValueError("say when: either after (a name) or at (confirm_summary)")
        _known(self.sets)
        return self


class Pause(_Part):
    """Time that passes after an answer; `say` is what the person comes back with."""

    after: Moment
    length: Annotated[timedelta, BeforeValidator(_duration)] = Field(alias="for")
    say: Text | None = None


class Restart(_Part):
    """Processes that are started again after an answer."""

    after: Moment
    process: Process


class Switch(_Part):
    """A change of language, or of the channel, after an answer."""

    after: Moment
    say: Text
    language: Literal["en", "es"] | None = None
    channel: Literal["web"] | None = None

    @model_validator(mode="after")
    def _check(self) -> Switch:
        if (self.language is None) == (self.channel is None):
            raise ValueError("a switch is either of language or of channel")
        return self


class Expected(_Part):
    """How it must end, and what must or must not have been said."""

    end: Annotated[tuple[str, ...], BeforeValidator(_list)] = ()
    values: Mapping[str, Expectation] = Field(default_factory=dict)
    slots: Mapping[str, Expectation] = Field(default_factory=dict)
    must_mention_all: Words = ()
    must_mention_any: Words = ()
    must_not_mention: Words = ()
    max_turns: int | None = Field(None, ge=1)
    no_repeat_more_than: int = Field(3, ge=1)
    reply_language: Literal["en", "es", "mixed"] | None = None

    @model_validator(mode="after")
    def _check(self) -> Expected:
        ends = ENDS_OF_ANY_FLOW | {end for flow in FLOWS.values() for end in flow.ends}
        if unknown := sorted(set(self.end) - ends):
            raise ValueError(f"no conversation ends as {', '.join(unknown)}")
        _known(self.slots)
        return self

    @property
    def matchers(self) -> Mapping[str, Matcher]:
        """What each value of the result should be."""
        return self.values


class FollowUp(_Part):
    """Something asked for after the end, without starting over."""

    say: Text
    expect: Expected


class Persona(_Part):
    """One simulated person, as their file describes them."""

    id: str = Field(pattern=r"^[\w-]+$")
    about: str
    channel: Literal["web", "sms"]
    language: Literal["en", "es", "mixed"]
    flow: str
    opening: Texts
    tags: tuple[Tag, ...] = ()
    today: date | None = None
    style: Literal["typed", "choices", "numbers"] = "typed"
    answers: Mapping[str, Texts] = Field(default_factory=dict)
    otherwise: Mapping[Kind, Text] = Field(default_factory=dict)
    unknown: Text | None = None
    interruptions: tuple[Interruption, ...] = ()
    corrections: tuple[Correction, ...] = ()
    pauses: tuple[Pause, ...] = ()
    restarts: tuple[Restart, ...] = ()
    switches: tuple[Switch, ...] = ()
    expect: Expected
    followups: tuple[FollowUp, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Persona:
        if self.flow not in FLOWS:
            raise ValueError(f"no flow is called {self.flow}; there are {', '.join(FLOWS)}")
        if not self.expect.end:
            raise ValueError("expect.end is missing: say how it must end")
        _known(self.answers)
        for expected in (self.expect, *(one.expect for one in self.followups)):
            flows = [self.flow, *(name for name, flow in FLOWS.items() if set(flow.ends) & set(expected.end))]
            known = {value for name in flows for value in FLOWS[name].values}
            if unknown := sorted(set(expected.values) - known):
                raise ValueError(f"the result of {' or '.join(dict.fromkeys(flows))} has no {', '.join(unknown)}")
        if self.style != "typed":
            self._check_canonical()
        return self

    def _check_canonical(self) -> None:
        for name, texts in self.answers.items():
            asked = NAMES[name]
            values = asked.values or (("yes", "no") if asked.kind == "yes_no" else ())
            if values and (wrong := [text for text in texts if text not in values]):
                raise ValueError(f"answers.{name}: with style {self.style} write a value of the list, not {wrong[0]!r}")

    @property
    def speaks(self) -> Literal["en", "es"]:
        """The language of what they say to questions that their file does not list."""
        return "es" if self.language == "es" else "en"

    @property
    def breaks_the_stack(self) -> bool:
        """Whether processes or the clock are touched, so that nobody else can be served meanwhile."""
        return bool(self.pauses or self.restarts)
