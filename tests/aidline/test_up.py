"""`up` as a person meets it: a process of its own that gets Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

SCRIPT = """
    import sys, time
    from pathlib import Path
    from aidline.settings import Settings
    from aidline.supervisor import Program, Progress, Stack
    from aidline.supervisor.launch import run_until_told

    folder = Path({folder!r})
    code = "import pathlib, signal, sys, time;" + {setup!r} + "pathlib.Path(sys.argv[1]).touch(); time.sleep(600)"

    def program(name):
        ready = folder / (name + ".ready")
        return Program(name, (sys.executable, "-c", code, str(ready)), ready=ready.exists, stop_seconds=60)

    stack = Stack(
        Settings(_env_file=None, data_dir=folder),
        programs=lambda: [program("redis"), program("web")],
        progress=Progress(sys.stdout),
    )
    run_until_told(stack, Stack.start, lambda seconds: [f"ready {{stack.pids()}}"])
"""

IGNORE = "signal.signal(signal.SIGTERM, signal.SIG_IGN);"
Up = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def up(data_dir: Path) -> Up:
    def start(setup: str = "") -> subprocess.Popen[str]:
        code = textwrap.dedent(SCRIPT).format(folder=str(data_dir), setup=setup)
        return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)

    return start


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def until(process: subprocess.Popen[str], word: str) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if word in line:
            return line
    raise AssertionError(f"{word!r} was never said")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_or_a_request_to_end_stops_everything_with_success(up: Up, number: int) -> None:
    process = up()
    until(process, "ready")
    children = family(process)
    assert len(children) == 2
    os.kill(process.pid, number)
    output, _ = process.communicate()
    assert process.returncode == 0
    assert "Stopped." in output
    assert not any(child.is_running() for child in children)


def test_a_second_ctrl_c_hurries(up: Up) -> None:
    process = up(IGNORE)
    until(process, "ready")
    children = family(process)
    os.kill(process.pid, signal.SIGINT)
    until(process, "Stopping.")
    os.kill(process.pid, signal.SIGINT)
    process.communicate(timeout=30)  # each program alone would be given 60 s
    assert process.returncode == 0
    assert not any(child.is_running() for child in children)


def test_ctrl_c_while_starting_leaves_nothing(up: Up) -> None:
    process = up("time.sleep(600);")
    while len(family(process)) < 2:
        time.sleep(0.02)
    children = family(process)
    os.kill(process.pid, signal.SIGINT)
    output, _ = process.communicate()
    assert process.returncode == 0
    assert "Cancelled." in output
    assert not any(child.is_running() for child in children)
