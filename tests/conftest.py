"""What tests of several rooms share: a real Redis on a socket, an empty database, settings of their own."""

from __future__ import annotations

import os
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
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import Pool

from aidline.settings import Settings
from aidline.storage.models import Base
from aidline.storage.redis import connect
from aidline.storage.secrets import Vault
from aidline.storage.sql import make_engine, session_factory
from aidline.supervisor.programs import redis_binary
from tests.fakes import FakeClock
from tests.postgres_server import WANTED, emptied, postgres_server
from tests.redis_servers import system_redis

PRODUCTION = os.environ.get("AIDLINE_TESTS_ON") == "production"
"""Whether tests run on Debian's Redis instead of the embedded one. Read before tests clear the environment."""


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """One real Redis for the whole run, on a socket with a short path."""
    binary = system_redis() if PRODUCTION else redis_binary()
    assert binary is not None, "No Redis server here. On Debian: apt-get install redis-server."
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


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """One real PostgreSQL for the whole run."""
    with postgres_server() as url:
        yield url


_without_postgres = pytest.mark.skipif(not WANTED, reason="AIDLINE_TEST_POSTGRES=0")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=_without_postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, on each kind that Aidline serves."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'aidline.sqlite3'}"
        return
    opened: list[Any] = []

    def remember(connection: Any, _record: object) -> None:
        opened.append(connection)

    event.listen(Pool, "connect", remember)
    yield emptied(request.getfixturevalue("postgres"))
    event.remove(Pool, "connect", remember)
    # An application under test keeps its connections for as long as the process lives.
    for connection in opened:
        connection.close()


@pytest.fixture
def records(database_url: str) -> Iterator[sessionmaker[Session]]:
    """Sessions on an empty database."""
    engine = make_engine(database_url)
    Base.metadata.create_all(engine)
    yield session_factory(engine)
    engine.dispose()


@pytest.fixture
def settings_for(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Settings]:
    """Settings of this test's own, with nothing from the environment or from .env.

    Its database is the test's, where it asks for one.
    """
    own = f"sqlite:///{tmp_path / 'aidline.sqlite3'}"
    database = request.getfixturevalue("database_url") if "database_url" in request.fixturenames else own

    def make(**values: Any) -> Settings:
        given: dict[str, Any] = {"_env_file": None, "data_dir": tmp_path, "database_url": database}
        return Settings(**(given | values))

    return make
