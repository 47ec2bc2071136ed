"""What the benchmarks of the running whole share: goals, percentiles, memory, and a stack of their own to measure."""

from __future__ import annotations

import json
import math
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from aidline.settings import Settings

__all__ = ["MB", "Goal", "finish", "goal", "machine", "memory", "note", "own_settings", "percentile", "spread"]

MB = 1_000_000
"""Bytes in a megabyte."""

Goal = dict[str, object]

_PORTS = {"web_port": 19000, "rasa_port": 19005, "actions_port": 19055}


def goal(name: str, value: float, limit: float, unit: str, *, at_least: bool = False) -> Goal:
    """One line of a report's `goals`: whether `value` stays under `limit`, or reaches it with `at_least`."""
    holds = value >= limit if at_least else value < limit
    return {"name": name, "value": round(value, 4), "limit": limit, "unit": unit, "holds": holds}


def finish(report: Mapping[str, Any], goals: Sequence[Goal]) -> int:
    """Print the report with its goals as JSON; gives the exit status, 0 only when every goal holds."""
    print(json.dumps({**report, "goals": list(goals)}, ensure_ascii=False, indent=2))
    return 0 if all(one["holds"] for one in goals) else 1


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of `values` that at least `share` (0..1) of them do not exceed; NaN for none."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


def spread(values: Sequence[float]) -> dict[str, float | int]:
    """Count, p50, p95 and the largest of `values`, to one decimal."""
    if not values:
        return {"count": 0}
    p50, p95 = percentile(values, 0.5), percentile(values, 0.95)
    return {"count": len(values), "p50": round(p50, 1), "p95": round(p95, 1), "max": round(max(values), 1)}


def machine() -> dict[str, Any]:
    """What the figures were measured on, and when."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "aidline": version("aidline"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "memory_mb": round(psutil.virtual_memory().total / MB),
        "load_before": round(os.getloadavg()[0], 2),
    }


@contextmanager
def own_settings() -> Iterator[Settings]:
    """Settings of a stack that shares nothing with others: an empty data folder, ports of its own, embedded stores.

    The folder is removed at the end. Settings of the Llama stay those of this place.
    """
    folder = Path(tempfile.mkdtemp(prefix="aidline-bench-"))
    try:
        # Empty, not unset: the processes read `.env` too, and must not find the address of a real Redis there.
        yield Settings(
            data_dir=folder, host="127.0.0.1", public_url="", redis_url="", database_url="",
            **_PORTS,  # type: ignore[arg-type]
        )  # fmt: skip
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def memory(pids: Mapping[str, int]) -> dict[str, dict[str, float]]:
    """Resident MB of each named process with all that it started, children that are named themselves left out.

    `rss` counts a page shared by two processes twice; `pss` (Linux) splits it between them, so only `pss` adds up.
    """
    named = set(pids.values())
    found = {}
    for name, pid in pids.items():
        rss = pss = 0.0
        for process in _family(pid, named):
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                full = process.memory_full_info()
                rss += full.rss / MB
                pss += getattr(full, "pss", full.rss) / MB
        found[name] = {"rss_mb": round(rss, 1), "pss_mb": round(pss, 1)}
    total = {kind: round(sum(one[kind] for one in found.values()), 1) for kind in ("rss_mb", "pss_mb")}
    return {**found, "all": total}


def _family(pid: int, named: set[int]) -> Iterator[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        yield process
        for child in process.children():
            if child.pid not in named:
                yield from _family(child.pid, named)


def note(text: str) -> None:
    """A line for whoever watches; the report alone goes to standard output."""
    print(text, file=sys.stderr, flush=True)
