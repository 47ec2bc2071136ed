"""How soon Aidline is ready, how much memory it holds, and what the first set-up costs.

    uv run python benchmarks/startup.py [--quick] [--first-setup] [--cold-cache]

Starts `aidline up` in a data folder of its own: once to prepare it, then again (three times, once with `--quick`),
timed until `/readyz` has taken a whole turn. Memory is read after an estimate and an explanation, when every part has
loaded what it needs. `--first-setup` also sets up a fresh clone of the last commit, which takes minutes; with
`--cold-cache` nothing that uv downloaded or built before is used. Prints JSON; the exit status is 0 only when every
goal holds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import monotonic, sleep
from typing import Any

import httpx

from aidline.errors import SetupError
from aidline.settings import PROJECT, Settings
from aidline.supervisor.environments import find_uv
from aidline.supervisor.programs import answers_ok, settings_environment
from benchmarks import web
from benchmarks.common import MB, finish, goal, machine, memory, note, own_settings

READY_SECONDS = 15.0
"""Goal from the command to a first whole turn, for any start but the first."""

MEMORY_MB = 1200.0
"""Goal for all processes together."""

_TURN_SECONDS = 120.0


@dataclass
class Running:
    """An `aidline up` under way: what it has said so far, and seconds since the command for each line."""

    process: subprocess.Popen[str]
    began: float
    said: list[tuple[float, str]] = field(default_factory=list)

    def until_ready(self, site_port: int) -> tuple[float, float]:
        """Seconds until it says that it is ready, and until a whole turn comes through.

        Raises SetupError with what it said if it ends before.
        """
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append((monotonic() - self.began, line.rstrip()))
            note(f"  {line.rstrip()}")
            if line.startswith("Aidline is ready"):
                break
        else:
            raise SetupError(f"aidline up ended: {' / '.join(line for _, line in self.said[-3:])}")
        told = monotonic() - self.began
        while not answers_ok("127.0.0.1", site_port, "/readyz", seconds=10):
            if monotonic() - self.began > _TURN_SECONDS + told:
                raise SetupError("No turn came through.")
            sleep(0.02)
        return told, monotonic() - self.began


@contextmanager
def aidline_up(settings: Settings, project: Path = PROJECT, cache: Path | None = None) -> Iterator[Running]:
    """The command people type, with these settings, stopped with Ctrl-C's signal at the end."""
    env = _environment(settings, cache)
    command = [_uv(), "run", "--no-sync", "--project", str(project), "aidline", "up"]
    began = monotonic()
    process = subprocess.Popen(
        command, cwd=project, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield Running(process, began)
    finally:
        # The terminal sends it to the whole group; uv leaves it to the command it runs.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        try:
            process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def starts(settings: Settings, count: int) -> list[dict[str, float]]:
    """Seconds of `count` starts, one after the other, on a data folder that has been started before."""
    measured = []
    for number in range(count + 1):
        note("Preparing the data folder ..." if number == 0 else f"Start {number} of {count} ...")
        with aidline_up(settings) as running:
            told, ready = running.until_ready(settings.web_port)
        if number:
            measured.append({"says_ready_seconds": round(told, 2), "turn_seconds": round(ready, 2)})
    return measured


def memory_in_use(settings: Settings) -> dict[str, dict[str, float]]:
    """Resident MB of each process, the supervisor and uv among them, after an estimate and an explanation."""
    note("Memory after an estimate and an explanation ...")
    with aidline_up(settings) as running:
        running.until_ready(settings.web_port)
        sleep(1)
        asyncio.run(_use(settings.site))
        record = json.loads((settings.data_dir / "running.json").read_text(encoding="utf-8"))
        pids = {"uv run": running.process.pid, "supervisor": record["supervisor"], **record["pids"]}
        return memory(pids)


async def _use(url: str) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        walk = await web.forms(client, 1, 1)
        asked = await web.explanations(client, web.QUESTIONS[:1])
    if not walk["finished"] or not asked[0]["text"]:
        raise SetupError("The estimate or the explanation did not come to its end.")


def first_setup(*, cold: bool) -> dict[str, Any]:
    """Seconds of each step and MB on disk, from a fresh clone of the last commit to the first whole turn."""
    folder = Path(tempfile.mkdtemp(prefix="aidline-setup-"))
    cache = folder / "uv-cache" if cold else None
    clone = folder / "aidline"
    try:
        with own_settings() as settings:
            env = _environment(settings, cache)
            note("Cloning ...")
            subprocess.run([_program("git"), "clone", "--quiet", str(PROJECT), str(clone)], check=True)
            began = monotonic()
            note("uv sync ...")
            subprocess.run([_uv(), "sync", "--frozen", "--quiet"], cwd=clone, env=env, check=True)
            synced = monotonic() - began
            note("aidline up ...")
            with aidline_up(settings, clone, cache) as running:
                _, ready = running.until_ready(settings.web_port)
            steps = {"Installing Aidline's own packages": round(synced, 1), **_steps(running.said)}
        sizes = {
            name: round(_size(path) / MB)
            for name, path in (
                (".venv", clone / ".venv"), ("bot/.venv", clone / "bot/.venv"), ("bot/models", clone / "bot/models"),
                ("uv cache", cache),
            )
            if path is not None
        }  # fmt: skip
        return {"cold_cache": cold, "seconds": round(synced + ready, 1), "step_seconds": steps, "mb": sizes}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _steps(said: Sequence[tuple[float, str]]) -> dict[str, float]:
    """How long each step took that `aidline up` announced with "..." and ticked off."""
    begun: dict[str, float] = {}
    took: dict[str, float] = {}
    for at, line in said:
        if line.endswith(" ...") and not line.startswith(" "):
            begun[line.removesuffix(" ...")] = at
        for title, start in begun.items():
            if line.startswith(f"✓ {title}"):
                took[title] = round(at - start, 1)
    return took


def _environment(settings: Settings, cache: Path | None) -> Mapping[str, str]:
    # What `uv run` tells this process about its environment would mislead the uv that sets up another one.
    own = {"VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "UV_PYTHON", "PYTHONPATH", "PYTHONHOME", "UV_NO_SYNC"}
    env = {name: value for name, value in settings_environment(settings).items() if name not in own}
    return env | ({"UV_CACHE_DIR": str(cache)} if cache else {})


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise SetupError(f"{name} was not found.", remedy="Install it.")
    return path


def _uv() -> str:
    uv = find_uv()
    if uv is None:
        raise SetupError("uv was not found.", remedy="Install it: https://docs.astral.sh/uv/")
    return uv


def _size(folder: Path) -> int:
    """Bytes of the files below, each counted once however many names it has."""
    found = {}
    for path in folder.rglob("*"):
        if not path.is_symlink() and path.is_file():
            status = path.stat()
            found[status.st_dev, status.st_ino] = status.st_size
    return sum(found.values())


def main() -> int:
    """Run, print the report, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="time one start instead of three")
    parser.add_argument("--first-setup", action="store_true", help="also set up a fresh clone, which takes minutes")
    parser.add_argument("--cold-cache", action="store_true", help="with --first-setup: an empty uv cache")
    options = parser.parse_args()
    told = machine()
    began = monotonic()
    with own_settings() as settings:
        started = starts(settings, 1 if options.quick else 3)
        resident = memory_in_use(settings)
    setup = first_setup(cold=options.cold_cache) if options.first_setup else None
    seconds = median(one["turn_seconds"] for one in started)
    goals = [
        goal("aidline up, second start, to a whole turn", seconds, READY_SECONDS, "s"),
        # The sum of RSS counts shared pages more than once, so the goal is the stricter for it.
        goal("memory of all processes (RSS)", resident["all"]["rss_mb"], MEMORY_MB, "MB"),
    ]
    report = {
        "benchmark": "startup", "quick": options.quick, **told, "starts": started, "memory": resident,
        "first_setup": setup, "seconds": round(monotonic() - began, 1),
    }  # fmt: skip
    return finish(report, goals)


if __name__ == "__main__":
    sys.exit(main())
