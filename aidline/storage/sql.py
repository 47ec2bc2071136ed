"""Doors to the database: engine, sessions, migrations. SQLite by default, PostgreSQL in production."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker

from aidline.errors import ConfigError, UnavailableError

__all__ = ["at_head", "is_outage", "make_engine", "migrate", "session_factory"]

_BUSY_MS = 10_000
_NOT_THE_DATA = frozenset(
    {
        "25006",  # the server only reads, as a standby does until it is promoted
        "3F000", "42501", "42703", "42P01",  # a schema, right, column or table is missing: migrations have not run
    }
)  # fmt: skip
"""States of PostgreSQL that say nothing against what was to be written, besides those of OperationalError.
https://www.postgresql.org/docs/15/errcodes-appendix.html (read 2026-11-21)"""
_TOO_MUCH = "54"
"""The class of states for data beyond the server's limits, which psycopg counts among OperationalError."""
_REMEDY = "Check AIDLINE_DATABASE_URL, e.g. postgresql+psycopg://user:password@host/aidline."


def make_engine(url: str) -> Engine:
    """An engine for `url`.

    SQLite gets a write-ahead log (readers never wait), foreign keys, and writers that queue for ten seconds.
    Errors never show parameters, because those hold what people wrote.
    Raises ConfigError if the URL can't be used.
    """
    try:
        parsed = make_url(url)
        sqlite = parsed.get_backend_name() == "sqlite"
        # Taking the write lock at the first write, not at the second statement, makes writers wait their turn
        # where SQLite would otherwise refuse at once.
        options: dict[str, Any] = {"isolation_level": "IMMEDIATE"} if sqlite else {}
        engine = create_engine(parsed, pool_pre_ping=not sqlite, hide_parameters=True, connect_args=options)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise ConfigError(f"The database address can't be used: {error}.", remedy=_REMEDY) from error
    if sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    # First, so that switching to the write-ahead log waits for another process doing the same.
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Sessions whose objects stay readable after commit."""
    return sessionmaker(engine, expire_on_commit=False)


def is_outage(error: BaseException) -> bool:
    """Is the database away, full, locked, damaged or not ready, so that the same work can succeed later?

    False for what is wrong with the data itself, and for errors of another kind.
    """
    if isinstance(error, PoolTimeout | MemoryError | OSError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if error.connection_invalidated or state in _NOT_THE_DATA:
        return True
    if isinstance(error, OperationalError | InterfaceError):
        return not state.startswith(_TOO_MUCH)
    # SQLite says this of a damaged file; errors about data have types of their own.
    return type(error) is DatabaseError


def migrate(url: str) -> None:
    """Bring the database to the newest shape; a database already there is left alone.

    Makes the folder of a SQLite file. Raises ConfigError for a wrong URL, UnavailableError if the database
    does not answer or refuses.
    """
    from alembic import command

    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = make_engine(url)
    config = _alembic_config()
    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
    except SQLAlchemyError as error:
        raise UnavailableError(f"The database could not be prepared: {error}.", remedy=_REMEDY) from error
    finally:
        engine.dispose()


def at_head(url: str) -> bool:
    """Does the database have the newest shape? Changes nothing.

    Raises UnavailableError if the database does not answer.
    """
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(str(parsed.database)).exists():
        return False
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_heads()
    except SQLAlchemyError as error:
        raise UnavailableError(f"The database does not answer: {error}.", remedy=_REMEDY) from error
    finally:
        engine.dispose()
    return set(current) == set(ScriptDirectory.from_config(_alembic_config()).get_heads())


def _alembic_config() -> Any:
    from alembic.config import Config

    config = Config()
    # Alembic reads its options with "%" as an escape.
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
