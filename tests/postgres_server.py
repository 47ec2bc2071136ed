"""A real PostgreSQL for tests: one server for each test process, in a folder of its own, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

__all__ = ["WANTED", "emptied", "postgres_server"]

WANTED = os.environ.get("AIDLINE_TEST_POSTGRES", "1") != "0"
"""Whether tests run on PostgreSQL too. Read before tests clear the environment."""

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
_HELP = (
    "PostgreSQL is not installed. On Debian: `apt-get install postgresql`. "
    "To run without it, set AIDLINE_TEST_POSTGRES=0; then nothing is proved about PostgreSQL."
)
# Safety against a power cut costs most of the time and proves nothing here.
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "listen_addresses=")
_PATIENCE_SECONDS = 60


@contextmanager
def postgres_server() -> Iterator[str]:
    """The SQLAlchemy address of an empty database on a new server. Raises RuntimeError where it is not installed."""
    folder = Path(tempfile.mkdtemp(prefix="aid-pg-"))
    data = folder / "data"
    user = _user()
    if user:
        shutil.chown(folder, user)
    try:
        _run(user, _binary("initdb"), "-D", str(data), "-U", "aidline", "-A", "trust", "-E", "UTF8", "--no-sync")
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [_binary("postgres"), "-D", str(data), "-k", str(folder), *settings],
                user=user, extra_groups=() if user else None, cwd=folder, stdout=log, stderr=log,
            )  # fmt: skip
        try:
            url = f"postgresql+psycopg://aidline@/postgres?host={folder}"
            _wait(url, server, folder / "log")
            yield url
        finally:
            # The "fast" way to stop, which waits for nobody.
            server.send_signal(signal.SIGINT)
            try:
                server.wait(5)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(10)
    finally:
        shutil.rmtree(folder)


def emptied(url: str) -> str:
    """The same address, with nothing left of what an earlier test put there."""
    engine = create_engine(url)
    with engine.begin() as connection:
        # A test that failed may have left a transaction open, which would hold this one up.
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url


def _binary(name: str) -> str:
    """The newest installed one, else the one on the path."""
    found = [path / name for place in _PLACES for path in Path("/").glob(place.lstrip("/")) if (path / name).exists()]
    best = str(max(found, key=str)) if found else shutil.which(name)
    if best is None:
        raise RuntimeError(_HELP)
    return best


def _user() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as the user that its package made."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError as error:
        raise RuntimeError(_HELP) from error


def _run(user: str | None, *command: str) -> None:
    done = subprocess.run(
        command, user=user, extra_groups=() if user else None, cwd="/", capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr}")


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    engine = create_engine(url)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    try:
        while True:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}")
            try:
                engine.connect().close()
            except OperationalError:
                time.sleep(0.05)
            else:
                return
    finally:
        engine.dispose()
