"""The running whole: starts programs in order of need, restarts those that die, ends them all."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from aidline.errors import AidlineError, RecordError, SetupError
from aidline.settings import Settings
from aidline.supervisor.child import Child
from aidline.supervisor.folder import DataFolder
from aidline.supervisor.ports import check_port
from aidline.supervisor.programs import REDIS, Program, absolute
from aidline.supervisor.progress import Progress

__all__ = ["Cancelled", "Stack"]

_PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
_LOOK_EVERY = 0.1
# A program that ran this long had started well; its next death counts as a first one.
_STEADY_SECONDS = 60.0
_DEATHS_TO_GIVE_UP_STARTING = 3
_DEATHS_TO_COMPLAIN = 5
_HURRIED_SECONDS = 5.0


class Cancelled(Exception):
    """`Stack.cancel` was called while something was being waited for."""


@dataclass(slots=True)
class _Slot:
    program: Program
    child: Child | None = None
    ready: bool = False
    was_ready: bool = False
    deaths: int = 0
    next_try: float = 0.0
    trouble: str = ""


class Stack:
    """Aidline's processes on one data folder, started once. Methods may be called from any thread.

    `programs` gives the programs when the stack starts, in order of start; they end in reverse. `tasks` run
    once before the programs that need them by name (the migration of the database). `pauses` are seconds
    before a program that died is started again: after the first death, the second, and so on; the last one
    repeats.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        programs: Callable[[], Sequence[Program]],
        tasks: Mapping[str, Callable[[], None]] | None = None,
        progress: Progress | None = None,
        pauses: Sequence[float] = _PAUSES,
    ) -> None:
        self.settings = absolute(settings)
        self.folder = DataFolder(self.settings.data_dir)
        self.progress = progress or Progress(None)
        self._programs = programs
        self._tasks = dict(tasks or {})
        self._pauses = tuple(pauses)
        self._slots: dict[str, _Slot] = {}
        self._done: set[str] = set()
        self._failure: AidlineError | None = None
        self._lock = threading.RLock()
        # Plain flags, because signal handlers set them: what they interrupt may hold the lock of an Event.
        self._cancelled = False
        self._hurried = False
        self._ending = threading.Event()
        self._threads: list[threading.Thread] = []

    def claim(self) -> None:
        """Take the data folder; `start` does so by itself. Raises SetupError if another Aidline has it."""
        if ended := self.folder.claim():
            self.progress.line(f"An earlier run was cut off; ended {ended} process(es) that it left.")

    def start(self) -> None:
        """Start everything and return when all of it is ready.

        Raises SetupError if a port is taken, or if a program keeps dying or is not ready in time (naming
        its log); what a task raises; Cancelled. Whatever had started is ended then.
        """
        self.claim()
        try:
            programs = tuple(self._programs())
            for program in programs:
                check_port(program.host, program.port, program.port_setting)
            with self._lock:
                self._slots = {program.name: _Slot(program) for program in programs}
            for program in programs:
                self.folder.rotate_log(program.name)
            for name, task in self._tasks.items():
                self._spawn_thread(f"task-{name}", partial(self._run_task, name, task))
            self._spawn_thread("supervisor", self._watch)
            self._wait_until_ready([program.name for program in programs])
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End everything, the last started first; each in its time, then by force. Safe to call twice."""
        self._ending.set()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(timeout=10)
        self._threads.clear()
        with self._lock:
            for slot in reversed(self._slots.values()):
                self._end(slot)
        self.folder.release()

    def hurry(self) -> None:
        """Make a `stop` that is under way wait for nothing but Redis, which gets a few seconds to save."""
        self._hurried = True
        # No lock: `stop` holds it. Killing what already ended does nothing.
        for name, slot in list(self._slots.items()):
            if slot.child is not None and slot.child.exit_code is None and name != REDIS:
                slot.child.strike()

    def cancel(self) -> None:
        """Make a `start` that is under way raise Cancelled, or a `wait` return. Safe in a signal handler."""
        self._cancelled = True

    @property
    def cancelled(self) -> bool:
        """Was `cancel` called?"""
        return self._cancelled

    def wait(self) -> None:
        """Return when `cancel` is called."""
        while not self._cancelled:
            time.sleep(_LOOK_EVERY)

    def pids(self) -> dict[str, int]:
        """Process ids of what runs now, by name."""
        with self._lock:
            slots = self._slots.items()
            return {n: s.child.pid for n, s in slots if s.child is not None and s.child.exit_code is None}

    def restart(self, name: str) -> None:
        """End one program in good order, start it again, and return when it is ready.

        Raises RecordError for an unknown name, SetupError if it does not come back.
        """
        with self._lock:
            slot = self._slot(name)
            self._end(slot)
            slot.deaths, slot.next_try = 0, 0.0
        self._wait_until_ready([name])

    def kill(self, name: str) -> None:
        """End one program at once, as a crash would. It is started again like any that died."""
        with self._lock:
            slot = self._slot(name)
            # It did not die of itself: how it starts is judged anew.
            slot.deaths, child = 0, slot.child
        if child is not None:
            child.kill()

    def await_ready(self, name: str) -> None:
        """Return when a program that died is back. Raises SetupError if it does not come back."""
        with self._lock:
            slot = self._slot(name)
            if slot.child is None or slot.child.exit_code is not None:
                slot.ready = False
        self._wait_until_ready([name])

    def _slot(self, name: str) -> _Slot:
        if name not in self._slots:
            raise RecordError(f"There is no program {name!r}.", remedy=f"There are {', '.join(self._slots)}.")
        return self._slots[name]

    def _spawn_thread(self, name: str, run: Callable[[], None]) -> None:
        thread = threading.Thread(target=run, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _run_task(self, name: str, task: Callable[[], None]) -> None:
        try:
            task()
            self._done.add(name)
        except AidlineError as error:
            self._failure = error
        except Exception as error:  # shown as one line by whoever waits for the start
            self._failure = SetupError(f"Preparing the {name} failed: {error!r}.")

    def _wait_until_ready(self, names: Sequence[str]) -> None:
        began = time.monotonic()
        while True:
            if self._cancelled:
                raise Cancelled
            if self._failure is not None:
                raise self._failure
            with self._lock:
                waiting = [self._slots[name] for name in names if not self._slots[name].ready]
                for slot in waiting:
                    self._check_start(slot, time.monotonic() - began)
            if not waiting:
                return
            self._ending.wait(_LOOK_EVERY)
            if self._ending.is_set():
                raise Cancelled

    def _check_start(self, slot: _Slot, waited: float) -> None:
        name = slot.program.name
        if slot.deaths >= _DEATHS_TO_GIVE_UP_STARTING:
            what = f"{name} ended {slot.deaths} times while starting."
        elif waited > slot.program.start_seconds:
            what = f"{name} was not ready after {slot.program.start_seconds:.0f} s."
        else:
            return
        raise SetupError(what, remedy=f"Read {self.folder.log(name)}.")

    def _watch(self) -> None:
        while not self._ending.is_set():
            for slot in tuple(self._slots.values()):
                try:
                    self._visit(slot)
                    slot.trouble = ""
                except Exception as error:  # one program's trouble must not end the care of the others
                    if slot.trouble != repr(error):
                        slot.trouble = repr(error)
                        self.progress.line(f"✗ Looking after {slot.program.name} failed: {error!r}")
            self._ending.wait(_LOOK_EVERY)

    def _visit(self, slot: _Slot) -> None:
        with self._lock:
            self._look_after(slot)
            child = slot.child
        # Asking may take a while, so it happens without the lock.
        if child is not None and not slot.ready and child.exit_code is None and slot.program.ready():
            self._note_ready(slot, child)

    def _look_after(self, slot: _Slot) -> None:
        if self._ending.is_set():
            return
        now = time.monotonic()
        if slot.child is not None and slot.child.exit_code is not None:
            self._note_death(slot, slot.child, now)
        if slot.child is None and now >= slot.next_try and set(slot.program.needs) <= self._done:
            self._begin(slot, now)

    def _begin(self, slot: _Slot, now: float) -> None:
        program = slot.program
        if program.forget is not None:
            with suppress(AidlineError):
                program.forget()
        try:
            slot.child = Child(program.argv, log=self.folder.log(program.name), env=program.env, cwd=program.cwd)
        except OSError as error:
            self._plan_retry(slot, now, f"{program.name} can't be started ({error})")
        self._record()

    def _note_death(self, slot: _Slot, child: Child, now: float) -> None:
        code = child.exit_code
        child.kill()  # what it had started goes with it
        if now - child.started > _STEADY_SECONDS:
            slot.deaths = 0
        slot.child, slot.ready = None, False
        how = f"exit {code}" if code is None or code >= 0 else f"signal {-code}"
        self._plan_retry(slot, now, f"{slot.program.name} ended ({how})")
        self._record()

    def _plan_retry(self, slot: _Slot, now: float, what: str) -> None:
        slot.deaths += 1
        pause = self._pauses[min(slot.deaths, len(self._pauses)) - 1]
        slot.next_try = now + pause
        self.progress.line(f"{what}. Starting it again in {pause:g} s.")
        if slot.deaths == _DEATHS_TO_COMPLAIN:
            log = self.folder.log(slot.program.name)
            what = f"✗ {slot.program.name} ended {slot.deaths} times in a row."
            self.progress.line(f"{what} Read {log}. The others keep running.")

    def _note_ready(self, slot: _Slot, child: Child) -> None:
        with self._lock:
            if slot.child is not child:
                return
            slot.ready = True
            self._done.add(slot.program.name)
            if slot.was_ready:
                self.progress.line(f"✓ {slot.program.name} runs again.")
            slot.was_ready = True

    def _end(self, slot: _Slot) -> None:
        slot.ready = False
        if slot.child is None:
            return
        seconds = slot.program.stop_seconds
        if self._hurried:
            seconds = _HURRIED_SECONDS if slot.program.name == REDIS else 0.0
        slot.child.end(seconds)
        slot.child = None

    def _record(self) -> None:
        ports = {n: s.program.port for n, s in self._slots.items() if s.program.port is not None}
        self.folder.record(self.pids(), ports)
