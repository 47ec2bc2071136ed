"""Where personas are played: an Aidline that runs already, or one that was started for them."""

from __future__ import annotations

import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

import httpx

from aidline.clock import MovedClock, SystemClock, move
from aidline.errors import SetupError, UnavailableError
from aidline.evaluation.conversations.doors import PublicDoors
from aidline.evaluation.conversations.persona import Process
from aidline.evaluation.conversations.talk import Doors
from aidline.settings import Settings

if TYPE_CHECKING:
    from aidline.supervisor import Progress, Stack

__all__ = ["OwnStage", "RunningStage", "Stage", "own_stage"]

_FEDERAL_TIME = ZoneInfo("America/New_York")
_NOON = time_of_day(12)
_READY_SECONDS = 300.0
_LOOK_EVERY = 0.2


class Stage(Protocol):
    """An Aidline to talk to. One that is not ours can neither be restarted nor live on another day."""

    doors: Doors
    ours: bool

    def today(self) -> date:
        """The day it is there."""
        ...

    def begin(self, day: date) -> None:
        """Makes it noon in Washington on that day."""
        ...

    def pass_time(self, length: timedelta) -> None:
        """Lets so much time pass at once."""
        ...

    def restart(self, process: Process) -> None:
        """Ends and starts a process, or all, and returns when everything is ready."""
        ...


class RunningStage:
    """An Aidline that somebody else started."""

    ours = False

    def __init__(self, site: str) -> None:
        doors = PublicDoors(site)
        self.doors: Doors = doors
        self.site = site
        self.has_phones = doors.has_phones

    def today(self) -> date:
        return SystemClock().today()

    def begin(self, day: date) -> None:
        raise UnavailableError("The clock of an Aidline that runs already stays as it is.")

    def pass_time(self, length: timedelta) -> None:
        raise UnavailableError("The clock of an Aidline that runs already stays as it is.")

    def restart(self, process: Process) -> None:
        raise UnavailableError("An Aidline that runs already is not restarted.")


class OwnStage:
    """A stack of ours, whose programs read `clock_file`."""

    ours = True
    has_phones = True

    def __init__(self, stack: Stack, clock_file: Path) -> None:
        self._stack, self._file = stack, clock_file
        self.site = stack.settings.site
        self.doors: Doors = PublicDoors(self.site)

    def today(self) -> date:
        return MovedClock(self._file).today()

    def begin(self, day: date) -> None:
        move(self._file, datetime.combine(day, _NOON, _FEDERAL_TIME))

    def pass_time(self, length: timedelta) -> None:
        move(self._file, MovedClock(self._file).now() + length)

    def restart(self, process: Process) -> None:
        running = tuple(self._stack.pids())
        if process == "all":
            # All at once, as when a machine goes down: they come back side by side.
            for name in running:
                self._stack.kill(name)
            for name in running:
                self._stack.await_ready(name)
        else:
            for name in (name for name in running if name.split("-")[0] == process):
                self._stack.restart(name)
        self._await_ready()

    def _await_ready(self) -> None:
        """All parts work together again: a whole turn is done."""
        deadline = time.monotonic() + _READY_SECONDS
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.site}/readyz", timeout=10).status_code == httpx.codes.OK:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(_LOOK_EVERY)
        raise SetupError("Aidline did not get ready again after a restart.", remedy="Read the logs in its data folder.")


@contextmanager
def own_stage(settings: Settings, progress: Progress | None = None) -> Iterator[OwnStage]:
    """A stack with an empty data folder, free ports and embedded stores, ended and removed at the end.

    Settings of the Llama stay those of this place. Raises SetupError if it can't be started.
    """
    from aidline.supervisor import launch

    with ExitStack() as end:
        folder = Path(tempfile.mkdtemp(prefix="aidline-eval-"))
        end.callback(shutil.rmtree, folder, ignore_errors=True)
        ports = _free_ports(3)
        given = {
            "data_dir": folder, "clock_file": folder / "clock", "host": "127.0.0.1",
            "web_port": ports[0], "rasa_port": ports[1], "actions_port": ports[2], "rasa_processes": 1,
            # As behind a proxy: everybody comes from an address of their own.
            "public_url": f"http://127.0.0.1:{ports[0]}",
            "redis_url": None, "database_url": None,
            "twilio_account_sid": None, "twilio_auth_tokens": None, "twilio_from": None,
            # A person who types faster than people do must not be told to wait.
            "messages_per_minute": 100_000, "turn_patience": 60.0,
        }  # fmt: skip
        stack = launch(settings.model_copy(update=given), progress)
        end.callback(stack.stop)
        yield OwnStage(stack, folder / "clock")


def _free_ports(count: int) -> list[int]:
    """Ports of this computer that nobody listens on right now."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in sockets]
