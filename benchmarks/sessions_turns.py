"""What one turn costs at a length of history, for `sessions.py`: time, bytes to and from Redis, bytes to the actions.

One turn at a time, and the lengths take turns with each other, so that whatever else the machine does falls on all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import Any

from benchmarks.common import percentile, spread
from benchmarks.sessions_stack import RedisServer
from benchmarks.sessions_talk import Door, Person, Said

__all__ = ["Cost", "Meter", "at_histories", "table", "typical"]


@dataclass(frozen=True)
class Cost:
    """One turn: milliseconds, bytes that Redis got and gave (None without Redis), bytes that the actions got."""

    ms: float
    to_redis: int | None
    from_redis: int | None
    to_actions: int


class Meter:
    """Tells what a turn costs: reads the counters of Redis and of the action server before and after it."""

    def __init__(self, actions: Door, redis: RedisServer | None) -> None:
        self._actions, self._redis = actions, redis

    async def turn(self, person: Person, door: Door) -> tuple[Cost, Said]:
        """The next turn of `person`, and its cost. Asking Redis is traffic too; it is measured and taken off."""
        asking = self._asking()
        before, sent = self._traffic(), await self._sent()
        said = await person.turn(door)
        after, sent_after = self._traffic(), await self._sent()
        moved = [now - then - own for now, then, own in zip(after, before, asking, strict=True)]
        to_redis, from_redis = moved or (None, None)
        return Cost(said.ms, to_redis, from_redis, sent_after - sent), said

    def _asking(self) -> tuple[int, ...]:
        first, second = self._traffic(), self._traffic()
        return tuple(late - early for late, early in zip(second, first, strict=True))

    def _traffic(self) -> tuple[int, ...]:
        return self._redis.traffic() if self._redis else ()

    async def _sent(self) -> int:
        return int((await self._actions.ask("GET", "/counted"))["bytes"])


async def at_histories(
    meter: Meter, door: Door, people: Mapping[int, Sequence[Person]], turns: Mapping[int, int]
) -> tuple[dict[int, list[Cost]], dict[int, list[Said]]]:
    """The costs of `turns` by history, spread over the people who have that history; and what was said."""
    costs: dict[int, list[Cost]] = {history: [] for history in people}
    said: dict[int, list[Said]] = {history: [] for history in people}
    for number in range(max(turns.values())):
        for history, those in people.items():
            if number < turns[history]:
                # One after the other, not in a ring: a history of 10 stays near 10 for as long as it can.
                share = -(-turns[history] // len(those))
                cost, words = await meter.turn(those[number // share], door)
                costs[history].append(cost)
                said[history].append(words)
    return costs, said


def typical(costs: Sequence[Cost]) -> float:
    """The middle time of these turns, in milliseconds."""
    return percentile([cost.ms for cost in costs], 0.5)


def table(costs: Mapping[int, Sequence[Cost]]) -> list[dict[str, Any]]:
    """A line for each history, as it stands in the report."""
    return [
        {
            "history": history,
            "turn_ms": spread([cost.ms for cost in these]),
            "redis_bytes_in": _mean([cost.to_redis for cost in these]),
            "redis_bytes_out": _mean([cost.from_redis for cost in these]),
            "action_request_bytes": round(median(cost.to_actions for cost in these)),
        }
        for history, these in costs.items()
    ]


def _mean(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return round(mean(known)) if known else None
