"""People in the middle of an estimate, for `sessions.py`: one turn after the other, and histories written beforehand.

A person starts the estimate, answers up to one question, and from then on answers it and goes back to it, again and
again: the form stays active, and every turn runs the form's action, sets slots and asks.
"""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from benchmarks.web import ANSWERS, START

__all__ = ["Door", "Person", "Refused", "Said", "lengthened", "template", "write_history"]

_PRELUDE = (START, ANSWERS["award_year"], ANSWERS["depth"])
_ROUND = (ANSWERS["born_before_cutoff"], "go back")
_PATIENCE = 60.0


class Refused(RuntimeError):
    """A server did not do what it was asked."""


class Door:
    """One kept connection to a server on loopback.

    Speaks just as much HTTP as these servers: a client that does more would take the processor from what is measured.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def __aenter__(self) -> Self:
        """Connected."""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**20)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the connection."""
        if self._writer is not None:
            self._writer.close()

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        """What the server answers, read as JSON. Raises Refused unless the status is 200."""
        assert self._reader is not None
        assert self._writer is not None
        content = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        self._writer.write(f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content)
        await self._writer.drain()
        told = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = told.partition("content-length:")[2].partition("\r\n")[0]
        answer = await self._reader.readexactly(int(length))
        if told.split(" ", 2)[1] != "200":
            raise Refused(f"{method} {path} was answered with {told.split(' ', 2)[1]}: {answer[:200]!r}")
        return json.loads(answer)


@dataclass(frozen=True)
class Said:
    """A person's turn number `turn`: milliseconds until everything said was here, and all that was said."""

    turn: int
    ms: float
    replies: list[dict[str, Any]]


class Person:
    """One conversation. `turns` have been done so far."""

    def __init__(self, turns: int = 0, sender: str | None = None) -> None:
        self.sender, self.turns = sender or uuid4().hex, turns

    def next_words(self) -> str:
        """What this person says next."""
        if self.turns < len(_PRELUDE):
            return _PRELUDE[self.turns]
        return _ROUND[(self.turns - len(_PRELUDE)) % len(_ROUND)]

    async def turn(self, door: Door) -> Said:
        """The next turn. Raises Refused if it was not done or the form did not go on."""
        message_id = uuid4().hex
        metadata = {
            "language": "en", "channel": "web", "today": "2026-11-20",
            "message_id": message_id, "fence": self.turns + 1,
        }  # fmt: skip
        body = {
            "sender": self.sender, "message": self.next_words(), "channel": "web", "message_id": message_id,
            "metadata": metadata,
        }  # fmt: skip
        began = perf_counter()
        answer = await asyncio.wait_for(door.ask("POST", "/webhooks/aidline/turn", body), _PATIENCE)
        ms = (perf_counter() - began) * 1000
        self.turns += 1
        replies = answer["replies"]
        if not any(one["custom"].get("asks") for one in replies):
            raise Refused(f"Turn {self.turns} did not ask for anything: {str(replies)[:200]}")
        return Said(self.turns, ms, replies)

    async def turns_up_to(self, turns: int, door: Door) -> None:
        """Lives on until so many turns have been done."""
        while self.turns < turns:
            await self.turn(door)


async def template(door: Door) -> list[dict[str, Any]]:
    """The events of a person's first turns and two rounds, as Rasa keeps them. `door` must have Rasa's API."""
    person = Person()
    await person.turns_up_to(len(_PRELUDE) + 2 * len(_ROUND), door)
    tracker = await door.ask("GET", f"/conversations/{person.sender}/tracker?include_events=ALL")
    events: list[dict[str, Any]] = tracker["events"]
    return events


def lengthened(events: Sequence[dict[str, Any]], turns: int) -> list[dict[str, Any]]:
    """The events of the same conversation after `turns` turns: the last round again and again, with ids and times of
    its own. Fewer turns than it has leave the first ones.
    """
    starts = [index for index, event in enumerate(events) if event["event"] == "user"]
    if turns < len(starts):
        return list(events[: starts[turns]])
    again = events[starts[-len(_ROUND)] :]
    rounds, rest = divmod(turns - len(starts), len(_ROUND))
    if rest:
        raise ValueError(f"{turns} turns do not end with a whole round.")
    seconds = events[-1]["timestamp"] - again[0]["timestamp"] + 1.0
    history = list(events)
    for number in range(1, rounds + 1):
        for event in copy.deepcopy(again):
            event["timestamp"] += number * seconds
            if event["event"] == "user":
                event["message_id"] = event["metadata"]["message_id"] = uuid4().hex
            history.append(event)
    # Rasa begins a new session for someone who comes back after an hour, so the history ends now.
    late = history[-1]["timestamp"] - events[-1]["timestamp"]
    return [event | {"timestamp": event["timestamp"] - late} for event in history]


async def write_history(door: Door, events: Sequence[dict[str, Any]]) -> Person:
    """A person to whom all this has happened, written through Rasa's API into its own store."""
    person = Person(turns=sum(event["event"] == "user" for event in events))
    await door.ask("PUT", f"/conversations/{person.sender}/tracker/events?include_events=NONE", list(events))
    return person
