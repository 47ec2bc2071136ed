"""What a turn costs as a conversation grows, and what a second Rasa process brings: this store beside Rasa's own.

    uv run python benchmarks/sessions.py [--quick]

Three stores under the same bot, actions and Redis, in one run: Aidline's, Rasa's RedisTrackerStore with its
RedisLockStore, and Rasa's InMemoryTrackerStore. Everybody is in the middle of an estimate. Aidline's histories are
lived through; with Rasa's own stores that takes hours, so a few turns are lived and the last ones repeated into the
stores through Rasa's API, and what is said in the next turns must be the same everywhere. Prints JSON; the exit status
is 0 only when every goal holds. `--quick` takes under 50 s and leaves out history 1000 and 32 clients.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

from aidline.supervisor import Progress
from aidline.supervisor.bot_model import ensure_model
from aidline.supervisor.folder import DataFolder
from aidline.supervisor.work import Work
from benchmarks.common import finish, goal, machine, note, own_settings
from benchmarks.sessions_load import Load, run_load, summary, undisturbed
from benchmarks.sessions_stack import IN_MEMORY, OURS, STOCK, STORES, Sessions, sessions
from benchmarks.sessions_talk import Door, Person, Said, lengthened, template, write_history
from benchmarks.sessions_turns import Cost, Meter, at_histories, table, typical

FLAT, FASTER, TWICE = 1.2, 10.0, 1.6
"""Goals: the last history over the first; stock over this store at 400 turns; two Rasa processes over one."""

COMPARED_AT = 400
ONE, TWO, IN_TURNS = "1 process", "2 processes", "2 processes, in turns"
"""How people are spread: all on one; each on one of two; each turn on the next one, as in Aidline."""


@dataclass(frozen=True)
class Plan:
    """How much is measured.

    `turns` by history and `people` who share the turns of the shortest one; `clients` at once and how they are
    `spread` over two processes; `rounds` of `seconds` for each kind of load, with so many `tries` if
    others disturb it; Rasa `processes` by store.
    """

    turns: Mapping[str, Mapping[int, int]]
    people: int
    clients: tuple[int, ...]
    spread: tuple[str, ...]
    rounds: int
    seconds: float
    tries: int
    processes: Mapping[str, int]


_STOCK_TURNS = {10: 30, 100: 10, 400: 5, 1000: 2}
WHOLE = Plan(
    turns={OURS: dict.fromkeys((10, 100, 400, 1000), 60), STOCK: _STOCK_TURNS, IN_MEMORY: _STOCK_TURNS},
    people=6, clients=(1, 8, 32), spread=(TWO, IN_TURNS), rounds=3, seconds=3.0, tries=3,
    processes=dict.fromkeys(STORES, 2),
)  # fmt: skip
QUICK = Plan(
    turns={
        OURS: dict.fromkeys((10, 100, 400), 16), STOCK: {10: 8, 100: 4, 400: 2}, IN_MEMORY: {10: 8, 100: 4, 400: 1},
    },
    people=2, clients=(1, 8), spread=(IN_TURNS,), rounds=1, seconds=1.0, tries=1,
    processes={OURS: 2, STOCK: 1, IN_MEMORY: 1},
)  # fmt: skip


async def histories(running: Sessions, plan: Plan) -> tuple[dict[str, dict[int, list[Cost]]], list[int]]:
    """The costs of turns by store and history, and the histories at which the stores did not say the same."""
    costs, said = {}, {}
    async with AsyncExitStack() as doors:
        door = {store: await doors.enter_async_context(Door(running.rasa[store][0].port)) for store in STORES}
        actions = await doors.enter_async_context(Door(running.actions.port))
        note("Living through histories with this store, writing them for the others ...")
        events = await template(door[IN_MEMORY])
        people = dict(
            zip(
                STORES,
                await asyncio.gather(
                    _lived(door[OURS], plan), _written(door[STOCK], STOCK, events, plan),
                    _written(door[IN_MEMORY], IN_MEMORY, events, plan),
                ),
                strict=True,
            )
        )  # fmt: skip
        for store in STORES:
            note(f"Turns with {store} ...")
            meter = Meter(actions, running.redis.get(store))
            # A door of its own: the first one may have been quiet for longer than a server keeps a connection.
            async with Door(running.rasa[store][0].port) as fresh:
                costs[store], said[store] = await at_histories(meter, fresh, people[store], plan.turns[store])
    return costs, unlike(said)


async def _lived(door: Door, plan: Plan) -> dict[int, list[Person]]:
    people = {}
    for number, history in enumerate(plan.turns[OURS]):
        people[history] = [Person() for _ in range(plan.people if number == 0 else 1)]
        for person in people[history]:
            await person.turns_up_to(history - 1, door)
    return people


async def _written(door: Door, store: str, events: list[dict[str, Any]], plan: Plan) -> dict[int, list[Person]]:
    people = {}
    for number, history in enumerate(plan.turns[store]):
        told = lengthened(events, history - 1)
        count = plan.people if number == 0 else 1
        people[history] = [await write_history(door, told) for _ in range(count)]
    return people


def unlike(said: Mapping[str, Mapping[int, list[Said]]]) -> list[int]:
    """The histories at which one store said something else than another in the turn of the same number."""
    found = []
    for history in next(iter(said.values())):
        first: dict[int, list[dict[str, Any]]] = {}
        everything = [one for by_history in said.values() for one in by_history[history]]
        if any(first.setdefault(one.turn, one.replies) != one.replies for one in everything):
            found.append(history)
    return found


async def loads(running: Sessions, plan: Plan) -> dict[str, dict[int, dict[str, list[Load]]]]:
    """Every kind of load by store, clients and spread, one kind after the other in each round."""
    found: dict[str, dict[int, dict[str, list[Load]]]] = {
        store: {clients: {} for clients in plan.clients} for store in STORES
    }
    for number in range(plan.rounds):
        for store in STORES:
            note(f"Turns a second with {store}, round {number + 1} of {plan.rounds} ...")
            rasa = running.rasa[store]
            watched = {"actions": running.actions.pid} | {f"rasa {n + 1}": one.pid for n, one in enumerate(rasa)}
            if store in running.redis:
                watched["redis"] = running.redis[store].pid
            # In memory, a conversation lives in one process alone.
            spread = [how for how in plan.spread if len(rasa) > 1 and (how, store) != (IN_TURNS, IN_MEMORY)]
            for clients in plan.clients:
                for how in (ONE, *spread):
                    used = rasa[:1] if how == ONE else rasa
                    run = partial(run_load, used, clients, plan.seconds, watched, in_turns=how == IN_TURNS)
                    load = await undisturbed(run, plan.tries)
                    found[store][clients].setdefault(how, []).append(load)
    return found


def two_over_one(by_spread: Mapping[str, list[Load]], two: str) -> float:
    """How many times the turns a second of one process two give: the middle of the rounds."""
    return median(many.rate / one.rate for one, many in zip(by_spread[ONE], by_spread[two], strict=True))


async def measure(running: Sessions, plan: Plan) -> tuple[dict[str, Any], list[dict[str, object]]]:
    """The report and its goals."""
    costs, differing = await histories(running, plan)
    load = await loads(running, plan)
    most = plan.clients[-1]
    ours = {history: typical(those) for history, those in costs[OURS].items()}
    first, last = min(ours), max(ours)
    ratios = {how: two_over_one(load[OURS][most], how) for how in plan.spread}
    goals = [
        goal(f"turn {last} over turn {first}, p50", ours[last] / ours[first], FLAT, "times"),
        goal(f"Rasa's RedisTrackerStore over this store at turn {COMPARED_AT}, p50",
             typical(costs[STOCK][COMPARED_AT]) / ours[COMPARED_AT], FASTER, "times", at_least=True),
        goal(f"two Rasa processes over one, turns a second at {most} clients", ratios[IN_TURNS], TWICE, "times",
             at_least=True),
        goal("histories at which the stores do not say the same", len(differing), 1, "count"),
    ]  # fmt: skip
    report = {
        "redis_version": running.redis[OURS].client.info("server")["redis_version"],
        "turns": {store: table(those) for store, those in costs.items()},
        "turns_per_second": {
            store: {str(clients): {how: summary(those) for how, those in by.items()} for clients, by in counts.items()}
            for store, counts in load.items()
        },
        "two_over_one": {how: round(ratio, 2) for how, ratio in ratios.items()},
        "histories_unlike": differing,
    }
    return report, goals


def main() -> int:
    """Run, print the report, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer turns, shorter histories, fewer clients")
    options = parser.parse_args()
    plan = QUICK if options.quick else WHOLE
    told = machine()
    began = perf_counter()
    with own_settings() as settings:
        model = ensure_model(Work(DataFolder(settings.data_dir)), Progress(sys.stderr))
        note("Starting ...")
        with sessions(settings, model, plan.processes) as running:
            note(f"Ready after {perf_counter() - began:.0f} s.")
            report, goals = asyncio.run(measure(running, plan))
    head = {"benchmark": "sessions", "quick": options.quick, **told}
    return finish({**head, **report, "seconds": round(perf_counter() - began, 1)}, goals)


if __name__ == "__main__":
    sys.exit(main())
