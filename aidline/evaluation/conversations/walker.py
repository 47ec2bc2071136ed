"""Someone who answers forms at random, to find turns that lead nowhere; the same seed walks the same way."""

from __future__ import annotations

import random
import re
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from aidline.evaluation.conversations.mentions import plain
from aidline.evaluation.conversations.talk import Asks, Door, Doors, Reply, Silence
from aidline.language import LANGUAGES, Language

__all__ = ["Fault", "FaultKind", "Walk", "walk"]

FaultKind = Literal["dead_end", "silence", "apology", "stuck", "misplaced", "refused", "blank"]
Sort = Literal["good", "bad", "question", "order"]

_SORTS: tuple[Sort, ...] = ("good", "bad", "question", "order")
_WEIGHTS = (66, 12, 10, 12)
_LONGEST = 70
_REMEMBERED = 4
_STUCK = 3
_ON_SAME_LINE = 0.4
_TRIES = 1
_BLANK = re.compile(r"\{\w+\}|\w: \.")
_CLOSED = frozenset({"choice", "yes_no"})
_STEERING = frozenset({"confirm_summary", "confirm_value", "resume"})


@dataclass(frozen=True)
class Fault:
    """Something that must not happen, with the last turns before it."""

    kind: FaultKind
    what: str
    turns: tuple[tuple[str, str], ...]


@dataclass
class Walk:
    """How far it went: turns, ends by flow, flows that did not begin, and what went wrong."""

    turns: int = 0
    conversations: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    not_started: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


@cache
def _said() -> Mapping[str, Any]:
    text = files("aidline.evaluation.conversations").joinpath("walk.yml").read_text(encoding="utf-8")
    return yaml.safe_load(text)  # type: ignore[no-any-return]


def walk(doors: Doors, turns: int, seed: str, apologies: Sequence[str] = ()) -> Walk:
    """Walks for so many messages; `apologies` are the words that Aidline has for its own failures."""
    found = Walk()
    person = _Walker(doors, random.Random(seed), found, tuple(map(plain, apologies)))  # noqa: S311  # no secret
    while found.turns < turns:
        person.converse(turns)
    return found


class _Walker:
    def __init__(self, doors: Doors, chance: random.Random, found: Walk, apologies: tuple[str, ...]) -> None:
        self._doors, self._chance, self._found, self._apologies = doors, chance, found, apologies
        self._last: deque[tuple[str, str]] = deque(maxlen=_REMEMBERED)
        self._language: Language = "en"
        self._asked: set[str] = set()
        self._same, self._prompt = 0, ""

    def converse(self, most: int) -> None:
        """One conversation: one flow after another, until it got long or went wrong."""
        self._language = self._chance.choice(LANGUAGES)
        self._last.clear()
        self._found.conversations += 1
        door = self._doors.open(self._chance.choice(("web", "web", "web", "sms")))
        try:
            said = 0
            while said < _LONGEST and self._found.turns < most:
                before = self._found.turns
                if not self._flow(door, most):
                    break
                said += self._found.turns - before
                if self._chance.random() > _ON_SAME_LINE:
                    break
        except Silence as error:
            self._fault("silence", str(error))
        finally:
            door.close()

    def _flow(self, door: Door, most: int) -> bool:
        """Starts a flow and answers until it ends; False when the conversation can't go on."""
        # A flow that twice did not begin may not be there yet: then the others are worth more.
        flows = list(_said()["starters"])
        flow = self._chance.choice([name for name in flows if self._found.not_started[name] < _TRIES] or flows)
        self._same, self._prompt = 0, ""
        self._asked.clear()
        reply = self._say(door, self._pick(_said()["starters"][flow]))
        if reply.asks is None and not reply.results:
            self._found.not_started[flow] += 1
            return bool(set(_said()["starters"]) - set(self._found.not_started))
        while not self._over(reply) and reply.asks is not None and self._found.turns < most:
            reply = self._turn(door, reply.asks)
            if reply.asks is None and not reply.results:
                self._fault("dead_end", "nothing is asked, and nothing came to an end")
                return False
        return True

    def _over(self, reply: Reply) -> bool:
        for result in reply.results:
            self._found.ended[f"{result.get('flow')}: {result.get('end')}"] += 1
            for name, value in (result.get("answers") or {}).items():
                if isinstance(value, str) and any(plain(one) in plain(value) for one in self._asked):
                    self._fault("misplaced", f"{name} was recorded as {value!r}")
        return bool(reply.results)

    def _turn(self, door: Door, asks: Asks) -> Reply:
        sort = self._chance.choices(_SORTS, _WEIGHTS)[0]
        if _STEERING & set(asks.names) and sort == "bad":
            sort = "good"
        text = self._words(sort, asks)
        if sort == "question":
            self._asked.add(text)
        reply = self._say(door, text)
        again = reply.asks is not None and (reply.asks.names, reply.asks.choices) == (asks.names, asks.choices)
        if sort == "good" and again and asks.kind in _CLOSED and not _STEERING & set(asks.names):
            self._fault("refused", f"{text!r} to {asks}, which has the choices {[value for value, _ in asks.choices]}")
        if reply.prompt != self._prompt:
            self._same, self._prompt = 1, reply.prompt
        elif sort in ("good", "bad") and not _STEERING & set(asks.names):
            # Someone who asks or orders something knows why the same prompt comes again.
            self._same += 1
            self._look_for_a_way_out(reply)
        return reply

    def _look_for_a_way_out(self, reply: Reply) -> None:
        said = plain(reply.text)
        if reply.asks is not None and self._same >= _STUCK and not any(way in said for way in _said()["ways_out"]):
            self._fault("stuck", f"{reply.asks} {self._same} times in a row, and no way out is shown")

    def _say(self, door: Door, text: str) -> Reply:
        self._found.turns += 1
        self._last.append((text, "(nothing)"))
        reply = door.say(text)
        self._last[-1] = (text, reply.text)
        self._found.seconds.append(reply.seconds)
        said = plain(reply.text)
        if any(apology in said for apology in self._apologies):
            self._fault("apology", "Aidline says that something failed")
        if blank := _BLANK.search(reply.text):
            self._fault("blank", f"a blank was not filled: …{reply.text[max(blank.start() - 30, 0) : blank.end()]}")
        return reply

    def _fault(self, kind: FaultKind, what: str) -> None:
        self._found.faults.append(Fault(kind, what, tuple(self._last)))

    def _words(self, sort: Sort, asks: Asks) -> str:
        match sort:
            case "bad":
                return str(self._chance.choice(_said()["bad"]))
            case "question":
                return self._pick(_said()["questions"])
            case "order":
                return self._pick(_said()["orders"])
        return self._good(asks)

    def _good(self, asks: Asks) -> str:
        if asks.choices:
            place = self._chance.randrange(len(asks.choices))
            return self._chance.choice((*asks.choices[place], str(place + 1)))
        listed = next((_said()["names"][name] for name in asks.names if name in _said()["names"]), None)
        pattern = str(self._chance.choice(listed)) if listed else self._pick(_said()["good"][_kind(asks)])
        amount = f"{self._chance.randrange(100, 90_000):,}"
        return pattern.replace("{n}", str(self._chance.randint(1, 9))).replace("{amount}", amount)

    def _pick(self, by_language: Mapping[str, Sequence[str]]) -> str:
        return str(self._chance.choice(by_language[self._language]))


def _kind(asks: Asks) -> str:
    return asks.kind if asks.kind in _said()["good"] else "text"
