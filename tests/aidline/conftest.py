from __future__ import annotations

import logging
import os
import shutil
import socket
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from aidline.settings import Settings, load_settings
from aidline.storage.redis import connect
from aidline.supervisor import Program, Stack
from aidline.supervisor.programs import aidline_programs

MakeSettings = Callable[..., Settings]
MakeProgram = Callable[..., Program]


@pytest.fixture(autouse=True)
def only_settings_of_the_test(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith("AIDLINE_")]:
        monkeypatch.delenv(name)
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder with a short path, as sockets need."""
    folder = Path(tempfile.mkdtemp(prefix="aid-"))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def make_settings(data_dir: Path) -> MakeSettings:
    """Settings on that folder, with nothing from the environment or from .env."""

    def make(**values: Any) -> Settings:
        given: dict[str, Any] = {"_env_file": None, "data_dir": data_dir}
        return Settings(**(given | values))

    return make


@pytest.fixture
def settings(make_settings: MakeSettings) -> Settings:
    return make_settings()


@pytest.fixture
def make_program(data_dir: Path) -> MakeProgram:
    """A real little program in Python; it is ready when the file `<name>.ready` is there."""

    def make(name: str, code: str, **more: Any) -> Program:
        ready = data_dir / f"{name}.ready"
        lines = "import os, pathlib, signal, subprocess, sys, time\n" + textwrap.dedent(code)
        lines = lines.replace("BE_READY", f"pathlib.Path({str(ready)!r}).touch()")
        fields: dict[str, Any] = {
            "ready": ready.exists,
            "forget": lambda: ready.unlink(missing_ok=True),
            "env": dict(os.environ),
            "start_seconds": 30,
        }
        return Program(name, (sys.executable, "-c", lines), **(fields | more))

    return make


@pytest.fixture
def redis_url(settings: Settings) -> Iterator[str]:
    """A running Redis, the one that `aidline up` runs."""
    stack = Stack(settings, programs=lambda: aidline_programs(settings, Path("none"))[:1])
    stack.start()
    yield settings.redis
    stack.stop()


@pytest.fixture
def redis_client(redis_url: str) -> Iterator[Any]:
    client = connect(redis_url)
    yield client
    client.close()


@pytest.fixture
def free_ports() -> tuple[int, int, int]:
    """Three ports that nobody listens on."""
    probes = [socket.socket() for _ in range(3)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    one, two, three = (int(probe.getsockname()[1]) for probe in probes)
    for probe in probes:
        probe.close()
    return one, two, three


@pytest.fixture
def free_port(free_ports: tuple[int, int, int]) -> int:
    return free_ports[0]


@pytest.fixture
def logging_restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
