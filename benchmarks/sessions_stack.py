"""The processes that `sessions.py` compares: Redis servers, one action server, and Rasa with one store or another.

All listen on loopback ports that were free a moment before, and keep everything in one temporary folder.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import redis
import yaml

from aidline.errors import SetupError
from aidline.settings import PROJECT, Settings
from aidline.supervisor.child import Child
from aidline.supervisor.programs import BOT, Program, aidline_programs, redis_answers, redis_binary

__all__ = ["IN_MEMORY", "OURS", "STOCK", "STORES", "RedisServer", "Server", "Sessions", "sessions"]

OURS, STOCK, IN_MEMORY = "aidline", "rasa_redis", "rasa_in_memory"
STORES = (OURS, STOCK, IN_MEMORY)
"""This store; Rasa's RedisTrackerStore with its RedisLockStore; Rasa's InMemoryTrackerStore."""

_AS_RASA_DOES = """
from engine import __main__ as engine, action_requests, tensorflow_shim
tensorflow_shim.install()
from engine import input_channel
action_requests.install = lambda: None
input_channel.TURN_SECONDS = 120
engine.main()
"""
"""Starts the bot without what shortens its requests to the action server, which is part of what is compared, and with
time enough for a turn: at long histories Rasa's stores take longer than the door lets a turn take."""

_START_SECONDS = 180.0
_SYSTEM = "/usr/local/bin:/usr/bin:/opt/homebrew/bin"


@dataclass(frozen=True)
class Server:
    """A process that answers HTTP on a loopback port."""

    pid: int
    port: int


@dataclass(frozen=True)
class RedisServer:
    """A Redis server and a connection to it, for its own figures."""

    pid: int
    port: int
    client: redis.Redis

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"redis://127.0.0.1:{self.port}/0"

    def traffic(self) -> tuple[int, int]:
        """Bytes that came in and went out since it started, this question's own among them."""
        stats: Any = self.client.info("stats")
        return stats["total_net_input_bytes"], stats["total_net_output_bytes"]


@dataclass(frozen=True)
class Sessions:
    """Everything that runs: the action server, Redis by store (none in memory), the Rasa processes of each store."""

    actions: Server
    redis: Mapping[str, RedisServer]
    rasa: Mapping[str, Sequence[Server]]


@contextmanager
def sessions(settings: Settings, model: Path, processes: Mapping[str, int]) -> Iterator[Sessions]:
    """Starts it all in the data folder, `processes` of Rasa for each store, and ends it all.

    Raises SetupError naming the log of what does not start.
    """
    with ExitStack() as ends:
        folder = settings.data_dir
        servers = {name: _redis(folder, name, ends) for name in (OURS, STOCK)}
        settings = settings.model_copy(update={"redis_url": servers[OURS].url, "actions_port": _free_port()})
        started: list[tuple[Child, Program]] = []

        def start(name: str, program: Program) -> Server:
            port = program.port or 0
            child = Child(program.argv, log=folder / f"{name}.log", env=program.env, cwd=program.cwd)
            ends.callback(child.kill)
            started.append((child, program))
            return Server(child.pid, port)

        counting = replace(
            _program(settings, model, "actions"),
            argv=(sys.executable, "-m", "benchmarks.sessions_actions"),
            cwd=PROJECT,
        )
        actions = start("actions", counting)
        rasa = {
            store: [
                start(f"{store}-{number}", _rasa(folder, settings, model, store, servers)) for number in range(count)
            ]
            for store, count in processes.items()
        }
        for child, program in started:
            _until_ready(child, program)
        yield Sessions(actions, servers, rasa)


def _rasa(folder: Path, settings: Settings, model: Path, store: str, servers: Mapping[str, RedisServer]) -> Program:
    """Rasa as the supervisor starts it, with the endpoints of `store`. Rasa's own stores also get its API.

    By that API their dialogues are written, since living through hundreds of turns with them takes too long.
    """
    program = _program(settings.model_copy(update={"rasa_port": _free_port()}), model, "rasa")
    if store == OURS:
        return program
    endpoints = {"action_endpoint": yaml.safe_load((BOT / "endpoints.yml").read_text("utf-8"))["action_endpoint"]}
    if store == STOCK:
        where = {"type": "redis", "url": "127.0.0.1", "port": servers[STOCK].port}
        endpoints |= {"tracker_store": where | {"db": 0}, "lock_store": where | {"db": 1}}
    path = folder / f"{store}.yml"
    path.write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    python, *words = (str(path) if part == "endpoints.yml" else part for part in program.argv)
    return replace(program, argv=(python, "-c", _AS_RASA_DOES, *words[words.index("engine") + 1 :], "--enable-api"))


def _program(settings: Settings, model: Path, name: str) -> Program:
    return next(program for program in aidline_programs(settings, model) if program.name == name)


def _redis(folder: Path, name: str, ends: ExitStack) -> RedisServer:
    # The system's own, Redis 7 as a rule, before the one that comes with Aidline.
    binary = shutil.which("redis-server", path=_SYSTEM) or redis_binary()
    if binary is None:
        raise SetupError("No Redis server is installed.", remedy="Run `uv sync`.")
    data, port = folder / f"redis-{name}", _free_port()
    data.mkdir()
    options = {
        "port": str(port), "bind": "127.0.0.1", "dir": str(data), "appendonly": "yes", "appendfsync": "everysec",
        "save": "", "maxmemory-policy": "noeviction", "daemonize": "no",
    }  # fmt: skip
    argv = [binary, *(part for option, value in options.items() for part in (f"--{option}", value))]
    child = Child(argv, log=folder / f"redis-{name}.log", env=os.environ, cwd=data)
    ends.callback(child.kill)
    client = redis.Redis(host="127.0.0.1", port=port, decode_responses=True)
    ends.callback(client.close)
    server = RedisServer(child.pid, port, client)
    _until_ready(child, Program(f"redis-{name}", tuple(argv), ready=lambda: redis_answers(server.url)))
    return server


def _until_ready(child: Child, program: Program) -> None:
    late = monotonic() + _START_SECONDS
    while not program.ready():
        if child.exit_code is not None or monotonic() > late:
            words = child.log.read_text(encoding="utf-8", errors="replace")[-500:]
            raise SetupError(f"{program.name} did not start. The end of its log: {words}")
        sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
