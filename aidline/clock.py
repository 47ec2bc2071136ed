"""The time, as an object that tests can hold still and evaluations can move."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from aidline.errors import ConfigError

__all__ = ["Clock", "MovedClock", "SystemClock", "clock_at", "move"]

_FEDERAL_TIME = ZoneInfo("America/New_York")


class Clock(Protocol):
    """Where the rest of Aidline gets the time from."""

    def now(self) -> datetime:
        """This moment, in UTC, with its zone."""
        ...

    def today(self) -> date:
        """Today in Washington, D.C., where federal aid deadlines are set."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return datetime.now(_FEDERAL_TIME).date()


class MovedClock:
    """The computer's clock, moved by the seconds that stand in `file`; a file that is not there moves nothing.

    For evaluations: all programs of a stack read the same file, so days can pass between two messages of a
    simulated person. Raises ConfigError when the file holds no number.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: tuple[int, int] | None = None
        self._by = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._moved_by()

    def today(self) -> date:
        return self.now().astimezone(_FEDERAL_TIME).date()

    def _moved_by(self) -> timedelta:
        try:
            found = os.stat(self._file)
            if (seen := (found.st_mtime_ns, found.st_ino)) != self._seen:
                self._by, self._seen = timedelta(seconds=float(self._file.read_text(encoding="ascii"))), seen
        except FileNotFoundError:
            self._by, self._seen = timedelta(), None
        except (OSError, ValueError, OverflowError) as error:
            raise ConfigError(
                f"The clock's file {self._file} can't be used ({error}).",
                remedy="Unset AIDLINE_CLOCK_FILE; only evaluations need it.",
            ) from error
        return self._by


def clock_at(file: Path | None) -> Clock:
    """The clock of a program: the computer's own, or the one that `file` (`AIDLINE_CLOCK_FILE`) moves."""
    return SystemClock() if file is None else MovedClock(file)


def move(file: Path, to: datetime) -> None:
    """Sets every clock that reads `file` to `to`, from where it goes on."""
    beside = file.with_name(f"{file.name}.new")
    beside.write_text(repr((to - datetime.now(UTC)).total_seconds()), encoding="ascii")
    # In one step, so that nobody reads half a number.
    beside.replace(file)
