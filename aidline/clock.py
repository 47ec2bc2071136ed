"""The time, as an object that tests can hold still."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

__all__ = ["Clock", "SystemClock"]

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
