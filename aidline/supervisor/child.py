"""One process and everything it starts: begun in a session of its own, ended as a whole."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

__all__ = ["Child", "end_processes"]


class Child:
    """A running program whose output goes to a log file.

    It gets its own session, so that Ctrl-C in the terminal reaches only the supervisor, which then ends
    children in order.
    """

    def __init__(self, argv: Sequence[str], *, log: Path, env: Mapping[str, str], cwd: Path | None) -> None:
        """Starts it. Raises OSError if the program or its folder is missing."""
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.log = log
        self.started = time.monotonic()
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                list(argv),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(env),
                cwd=cwd,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Process id, which is also the id of its process group."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative if a signal ended it."""
        return self._process.poll()

    def wait(self, seconds: float) -> int | None:
        """The exit code, or None if it still runs after `seconds`."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(seconds)
        return None

    def end(self, seconds: float) -> bool:
        """Ask it to end, wait up to `seconds`, then kill what is left of it. Was it in time?"""
        family = self._family()
        if self.exit_code is None:
            with suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGTERM)
        in_time = self.wait(seconds) is not None
        family |= self._family()
        self.kill()
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(family, timeout=5)
        return in_time

    def kill(self) -> None:
        """End it and its process group at once, and wait until it is gone."""
        self.strike()
        self.wait(5)

    def strike(self) -> None:
        """The same without waiting; safe in a signal handler."""
        # The group outlives its leader for as long as it has members, so a dead leader's id still names it.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def _family(self) -> set[psutil.Process]:
        with suppress(psutil.NoSuchProcess):
            if self.exit_code is None:
                return set(psutil.Process(self.pid).children(recursive=True))
        return set()


def end_processes(created: Mapping[int, float], seconds: float) -> int:
    """End processes of an earlier run, known by id and time of creation, with all that they started.

    Ids that now belong to other processes are left alone. Gives how many still ran.
    """
    found: set[psutil.Process] = set()
    for pid, birth in created.items():
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(pid)
            if abs(process.create_time() - birth) < 2:
                found.add(process)
                found.update(process.children(recursive=True))
    for process in found:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _, alive = psutil.wait_procs(found, timeout=seconds)
    for process in alive:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(alive, timeout=5)
    return len(found)
