"""`aidline up`: look at the machine, install what is missing, train, start, tell the addresses, end well."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

from aidline.errors import UnavailableError
from aidline.settings import Settings
from aidline.storage.sql import make_engine, migrate, session_factory
from aidline.supervisor.bot_model import ensure_model, fresh_model
from aidline.supervisor.environments import ensure_environments
from aidline.supervisor.preflight import preflight
from aidline.supervisor.programs import DATABASE, REDIS, absolute, aidline_programs, redis_answers
from aidline.supervisor.progress import Progress
from aidline.supervisor.stack import Cancelled, Stack
from aidline.supervisor.work import Work

__all__ = ["launch", "make_stack", "prepare", "run_until_told", "up"]


def make_stack(settings: Settings, progress: Progress | None = None) -> Stack:
    """Aidline's stack, not started.

    Its `start` raises SetupError if the bot is not trained (see `prepare`).
    """
    settings = absolute(settings)
    tasks: dict[str, Callable[[], None]] = {DATABASE: lambda: migrate(settings.database)}
    if settings.redis_url:
        tasks[REDIS] = lambda: _check_redis(settings.redis)
    return Stack(
        settings,
        programs=lambda: aidline_programs(settings, fresh_model()),
        tasks=tasks,
        progress=progress,
    )


def prepare(stack: Stack) -> None:
    """Look at the machine, install what is missing, train the bot if it changed.

    Raises SetupError with the remedy, Cancelled if the stack is cancelled meanwhile.
    """

    def check() -> None:
        if stack.cancelled:
            raise Cancelled

    stack.claim()
    work = Work(stack.folder, check)
    preflight(stack.settings)
    ensure_environments(stack.settings, work, stack.progress)
    ensure_model(work, stack.progress)


def launch(settings: Settings, progress: Progress | None = None) -> Stack:
    """Prepare and start Aidline; gives the running stack, which the caller stops."""
    stack = make_stack(settings, progress)
    _run(stack)
    return stack


def up(settings: Settings, progress: Progress) -> int:
    """Run Aidline until Ctrl-C or SIGTERM; gives the exit status. A second Ctrl-C hurries the end.

    Raises AidlineError if it can't be started, with nothing left running.
    """
    stack = make_stack(settings, progress)
    run_until_told(stack, _run, lambda seconds: _welcome(stack, seconds))
    return 0


def run_until_told(stack: Stack, start: Callable[[Stack], None], welcome: Callable[[float], Sequence[str]]) -> None:
    """`start` the stack, write the lines of `welcome` (given seconds), stop at SIGINT, SIGTERM or SIGHUP."""
    began = time.monotonic()
    asked = 0

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked += 1
        if asked == 1:
            stack.cancel()
        else:
            stack.hurry()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    try:
        start(stack)
        for line in welcome(time.monotonic() - began):
            stack.progress.line(line)
        stack.wait()
    except Cancelled:
        stack.progress.line("Cancelled.")
    stack.progress.line("Stopping. Messages that were accepted are kept. (Ctrl-C again hurries.)")
    stack.stop()
    stack.progress.line("Stopped.")


def _run(stack: Stack) -> None:
    try:
        prepare(stack)
        with stack.progress.step("Starting"):
            stack.start()
    except BaseException:
        stack.stop()
        raise


def _check_redis(url: str) -> None:
    if not redis_answers(url):
        raise UnavailableError(
            "Redis does not answer at AIDLINE_REDIS_URL.", remedy="Start it, or unset AIDLINE_REDIS_URL."
        )


def _welcome(stack: Stack, seconds: float) -> list[str]:
    settings = stack.settings
    lines = ["", f"Aidline is ready ({seconds:.0f} s).", "", f"  Chat             {settings.site}/"]
    if settings.twilio_account_sid is None:
        lines.append(f"  Phone simulator  {settings.site}/phone")
    lines.append(f"  Staff            {settings.site}/staff")
    if not _has_staff(settings):
        lines.append("                   no account yet; add one: uv run aidline staff add-user NAME")
    lines += [f"  Logs             {stack.folder.path / 'logs'}", "", "Ctrl-C stops it.", ""]
    return lines


def _has_staff(settings: Settings) -> bool:
    from aidline.storage.accounts import any_user

    engine = make_engine(settings.database)
    try:
        with session_factory(engine)() as session:
            return any_user(session)
    finally:
        engine.dispose()
