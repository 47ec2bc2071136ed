"""Walks at random and reports what went wrong: what `aidline eval walk` shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from importlib.metadata import version
from itertools import repeat
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any, get_args

from aidline.evaluation.conversations.persona import DEFAULT_TODAY
from aidline.evaluation.conversations.stage import OwnStage, RunningStage, own_stage
from aidline.evaluation.conversations.walker import FaultKind, Walk, walk

if TYPE_CHECKING:
    from aidline.settings import Settings
    from aidline.supervisor import Progress

__all__ = ["report_of_walk", "walk_as_text", "walk_report", "walks"]

_GOALS: dict[FaultKind, str] = {
    "dead_end": "turns that lead nowhere",
    "silence": "messages that nothing came back to",
    "apology": "apologies for a failure",
    "stuck": "the same prompt three times in a row without a way out",
    "misplaced": "questions in a recorded answer",
    "refused": "choices that were offered and not taken",
    "blank": "blanks that were not filled",
}
_NO_MODEL = "http://127.0.0.1:9/v1"
"""Nobody listens there: how well an explanation is worded does not matter here, only that the form goes on."""


def walk_report(
    settings: Settings,
    *,
    turns: int,
    seed: int,
    jobs: int = 2,
    url: str | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """A walk of `turns` messages on a stack of our own, or on the site at `url`; ready for JSON.

    Raises SetupError if a stack can't be started.
    """
    began = perf_counter()
    if url is not None:
        found = walks(RunningStage(url), turns=turns, seed=seed, jobs=jobs)
    else:
        with own_stage(settings.model_copy(update={"llama_url": _NO_MODEL}), progress) as stage:
            stage.begin(DEFAULT_TODAY)
            found = walks(stage, turns=turns, seed=seed, jobs=jobs)
    return report_of_walk(found, seed=seed, site=url or "a stack of its own", seconds=perf_counter() - began)


def walks(stage: OwnStage | RunningStage, *, turns: int, seed: int, jobs: int = 2) -> list[Walk]:
    """`turns` messages, shared by `jobs` people who walk at the same time, each in a way of their own."""
    from channels.gateway.words import words

    apologies = [words(name, language) for name in ("apology", "explain_failed") for language in ("en", "es")]
    shares = [turns // jobs + (one < turns % jobs) for one in range(jobs)]
    with ThreadPoolExecutor(jobs) as people:
        seeds = [f"{seed}-{number}" for number in range(jobs)]
        return list(people.map(walk, repeat(stage.doors), shares, seeds, repeat(apologies)))


def report_of_walk(found: Sequence[Walk], *, seed: int, site: str, seconds: float) -> dict[str, Any]:
    """The report on walks, ready for JSON."""
    faults = [fault for one in found for fault in one.faults]
    counts = Counter(fault.kind for fault in faults)
    taken = [second for one in found for second in one.seconds]
    ended = sum((one.ended for one in found), Counter[str]())
    return {
        "report": "eval walk",
        "site": site,
        "seed": seed,
        "counts": {
            "turns": sum(one.turns for one in found),
            "conversations": sum(one.conversations for one in found),
            "ended": dict(ended.most_common()),
            "not_started": dict(sum((one.not_started for one in found), Counter[str]())),
        },
        "seconds_a_turn": {"p50": round(median(taken), 3), "most": round(max(taken), 3)} if taken else None,
        "goals": [
            {"name": name, "value": counts[kind], "limit": 0, "unit": "count", "holds": counts[kind] == 0}
            for kind in get_args(FaultKind)
            for name in [_GOALS[kind]]
        ],
        "versions": {"aidline": version("aidline")},
        "seconds": round(seconds, 1),
        "items": [asdict(fault) for fault in faults],
    }


def walk_as_text(report: dict[str, Any]) -> str:
    """The report for reading: how far, goals, and each fault with what was said before it."""
    counts = report["counts"]
    size = f"{counts['turns']} turns in {counts['conversations']} conversations"
    head = f"{size}, {report['seconds']} s (seed {report['seed']})"
    blocks = [
        [head],
        ["Ended", *(f"  {end}: {count}" for end, count in counts["ended"].items())],
        ["Goals", *(f"  {'✓' if goal['holds'] else '✗'} {goal['name']}: {goal['value']}" for goal in report["goals"])],
    ]
    if counts["not_started"]:
        blocks.append(["Did not start", *(f"  {flow}: {count}" for flow, count in counts["not_started"].items())])
    for item in report["items"]:
        said = (
            line
            for text, reply in item["turns"]
            for line in (f"    > {text}", f"    < {' '.join(reply.split())[:300]}")
        )
        blocks.append([f"{item['kind']}: {item['what']}", *said])
    return "\n\n".join("\n".join(block) for block in blocks)
