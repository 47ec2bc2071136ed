"""The data folder: one Aidline at a time, its logs, and a record of what runs."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import psutil

from aidline.errors import ConfigError, SetupError
from aidline.supervisor.child import end_processes

__all__ = ["DataFolder"]

_KEEP_LOGS = 3


class DataFolder:
    """Holds a lock while claimed, and keeps `running.json`: {supervisor, pids, created, ports, started}."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: IO[str] | None = None
        self._started = datetime.now(UTC)

    @property
    def running_file(self) -> Path:
        """Exists while Aidline runs on this folder."""
        return self.path / "running.json"

    def log(self, name: str) -> Path:
        """Where the output of program `name` goes."""
        return self.path / "logs" / f"{name}.log"

    def claim(self) -> int:
        """Take the folder, ending what a run that was killed left behind; gives how many processes that were.

        Raises SetupError if another Aidline has it, ConfigError if it can't be written.
        """
        if self._lock is not None:
            return 0
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            (self.path / "logs").mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = (self.path / "aidline.lock").open("a+", encoding="utf-8")
        except OSError as error:
            raise ConfigError(
                f"The data folder {self.path} can't be written: {error.strerror}.",
                remedy="Give this user access to it, or set AIDLINE_DATA_DIR to another folder.",
            ) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            owner = lock.read().strip() or "unknown"
            lock.close()
            raise SetupError(
                f"Aidline already runs on the data folder {self.path} (process {owner}).",
                remedy="Stop it with Ctrl-C, or set AIDLINE_DATA_DIR to another folder.",
            ) from error
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        self._lock = lock
        self._started = datetime.now(UTC)
        return self._end_leftovers()

    def release(self) -> None:
        """Give the folder back."""
        if self._lock is not None:
            self.running_file.unlink(missing_ok=True)
            self._lock.close()
            self._lock = None

    def record(self, pids: Mapping[str, int], ports: Mapping[str, int]) -> None:
        """Write down what runs."""
        created = {}
        for name, pid in pids.items():
            with suppress(psutil.NoSuchProcess):
                created[name] = psutil.Process(pid).create_time()
        content = {
            "supervisor": os.getpid(),
            "pids": dict(pids),
            "created": created,
            "ports": dict(ports),
            "started": self._started.isoformat(timespec="seconds"),
        }
        temporary = self.running_file.with_suffix(".new")
        temporary.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        temporary.replace(self.running_file)

    def rotate_log(self, name: str) -> Path:
        """Put the last log of `name` aside and give the path of a new one; the newest three stay."""
        log = self.log(name)
        kept = [log, *(log.with_name(f"{name}.{number}.log") for number in range(1, _KEEP_LOGS))]
        for older, newer in zip(reversed(kept), reversed(kept[:-1]), strict=False):
            if newer.exists():
                newer.replace(older)
        return log

    def _end_leftovers(self) -> int:
        try:
            record = json.loads(self.running_file.read_text(encoding="utf-8"))
            created = {int(pid): float(record["created"].get(name, 0)) for name, pid in record["pids"].items()}
        except FileNotFoundError:
            return 0
        except (ValueError, KeyError, TypeError, AttributeError):
            created = {}
        ended = end_processes(created, seconds=15)
        self.running_file.unlink(missing_ok=True)
        return ended
