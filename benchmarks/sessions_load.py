"""Turns a second for `sessions.py`: many people at once, one or two Rasa processes, and who used the processors."""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

import psutil

from benchmarks.common import percentile
from benchmarks.sessions_stack import Server
from benchmarks.sessions_talk import Door, Person

__all__ = ["Load", "processor_seconds", "run_load", "summary", "undisturbed"]

_DISTURBED = 0.2
_TURNS_OF_ONE = 20
"""So many turns, and someone new begins: about what an estimate takes, so that no store's history grows without end."""


@dataclass(frozen=True)
class Load:
    """One stretch of load: turns done, in how many seconds, each turn's milliseconds, processor seconds by process."""

    turns: int
    seconds: float
    ms: tuple[float, ...]
    processor: Mapping[str, float]

    @property
    def rate(self) -> float:
        """Turns a second."""
        return self.turns / self.seconds

    @property
    def others(self) -> float:
        """Cores that everything else on the machine used meanwhile."""
        return self.processor["others"] / self.seconds


async def run_load(
    rasa: Sequence[Server], clients: int, seconds: float, watched: Mapping[str, int], *, in_turns: bool = False
) -> Load:
    """`clients` people at a time, each in a conversation of its own, talking without a pause for `seconds`.

    Each stays with one Rasa process; with `in_turns` each turn goes to the next process, whoever speaks, as in Aidline.
    The first turn of each is not counted.
    Raises sessions_talk.Refused if a single turn is not done.
    """
    whose_turn = itertools.count()
    async with AsyncExitStack() as opened:
        clients_doors = [[await opened.enter_async_context(Door(one.port)) for one in rasa] for _ in range(clients)]
        ways = [
            partial(_next_of, doors, whose_turn) if in_turns else partial(_same, doors[number % len(doors)])
            for number, doors in enumerate(clients_doors)
        ]
        people = [Person() for _ in ways]
        for person, way in zip(people, ways, strict=True):
            await person.turn(way())
        before, began = processor_seconds(watched), perf_counter()
        until = began + seconds
        took = await asyncio.gather(*(_talk(one, way, until) for one, way in zip(people, ways, strict=True)))
        elapsed = perf_counter() - began
        after = processor_seconds(watched)
    ms = tuple(one for those in took for one in those)
    return Load(len(ms), elapsed, ms, {name: after[name] - before[name] for name in before})


def _next_of(doors: Sequence[Door], whose_turn: Iterator[int]) -> Door:
    return doors[next(whose_turn) % len(doors)]


def _same(door: Door) -> Door:
    return door


async def _talk(person: Person, way: Callable[[], Door], until: float) -> list[float]:
    ms = []
    while perf_counter() < until:
        if person.turns == _TURNS_OF_ONE:
            person = Person()
        ms.append((await person.turn(way())).ms)
    return ms


async def undisturbed(run: Callable[[], Awaitable[Load]], tries: int) -> Load:
    """What `run` gives, again up to `tries` times while others used over a fifth of a core; the least disturbed one.

    Chosen by what others did, never by the outcome.
    """
    best = await run()
    for _ in range(tries - 1):
        if best.others <= _DISTURBED:
            break
        best = min(best, await run(), key=lambda load: load.others)
    return best


def processor_seconds(watched: Mapping[str, int]) -> dict[str, float]:
    """Processor seconds used so far by each named process, by this one, and by everything else on the machine."""
    pids = {**watched, "client": os.getpid()}
    used = {}
    for name, pid in pids.items():
        times = psutil.Process(pid).cpu_times()
        used[name] = times.user + times.system
    machine = psutil.cpu_times()
    busy = sum(machine) - machine.idle - getattr(machine, "iowait", 0.0)
    return {**used, "others": busy - sum(used.values())}


def summary(loads: Sequence[Load]) -> dict[str, Any]:
    """The stretches together: the middle rate, all their turns, and processor milliseconds a turn by process."""
    ms = [one for load in loads for one in load.ms]
    turns = sum(load.turns for load in loads)
    used = {name: 1000 * sum(load.processor[name] for load in loads) / turns for name in loads[0].processor}
    del used["others"]
    return {
        "turns_per_second": round(median(load.rate for load in loads), 1),
        "each": [round(load.rate, 1) for load in loads],
        "turn_ms": {"p50": round(percentile(ms, 0.5), 1), "p95": round(percentile(ms, 0.95), 1)},
        "processor_ms_per_turn": {name: round(one, 2) for name, one in used.items()},
        "turns_per_second_that_all_cores_allow": round(1000 * (psutil.cpu_count() or 1) / sum(used.values()), 1),
        "cores_used": round(sum(used.values()) * turns / 1000 / sum(load.seconds for load in loads), 2),
        "cores_used_by_others": round(median(load.others for load in loads), 2),
    }
