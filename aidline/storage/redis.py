"""Connections to Redis.

A connection is tried again for about two seconds, which covers a restart of the server. A command is never
sent twice: when the answer to a write is lost, only the caller knows whether repeating it is safe.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import redis as redis_py
import redis.asyncio as aredis
from redis.asyncio import connection as aconn
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, AuthorizationError, OutOfMemoryError, ReadOnlyError
from redis.retry import Retry

from aidline.errors import ConfigError, RedisUnavailable

__all__ = ["connect", "connect_async", "redis_errors"]

# Seconds before each further try to connect.
_PAUSES = (0.05, 0.1, 0.25, 0.5, 1.0)
_HEALTH_SECONDS = 30
_MAX_CONNECTIONS = 256
_LOST = (redis_py.ConnectionError, redis_py.TimeoutError, ReadOnlyError, OutOfMemoryError)
_HOPELESS = (AuthenticationError, AuthorizationError)


class _Patient:
    """Mixed into a connection class: tries again to connect."""

    def connect(self) -> None:
        for pause in _PAUSES:
            try:
                return super().connect()  # type: ignore[misc,no-any-return]
            except _HOPELESS:
                raise
            except redis_py.ConnectionError:
                time.sleep(pause)
        return super().connect()  # type: ignore[misc,no-any-return]


class _Tcp(_Patient, redis_py.Connection):
    pass


class _Tls(_Patient, redis_py.SSLConnection):
    pass


class _Socket(_Patient, redis_py.UnixDomainSocketConnection):
    pass


class _AsyncPatient:
    """The same for asyncio."""

    async def connect(self) -> None:
        for pause in _PAUSES:
            try:
                return await super().connect()  # type: ignore[misc,no-any-return]
            except _HOPELESS:
                raise
            except redis_py.ConnectionError:
                await asyncio.sleep(pause)
        return await super().connect()  # type: ignore[misc,no-any-return]


class _AsyncTcp(_AsyncPatient, aconn.Connection):
    pass


class _AsyncTls(_AsyncPatient, aconn.SSLConnection):
    pass


class _AsyncSocket(_AsyncPatient, aconn.UnixDomainSocketConnection):
    pass


def connect(url: str, *, timeout: float = 5.0) -> redis_py.Redis:
    """A client for `url` (redis://, rediss:// or unix://) that gives texts, not bytes. Connects at first use.

    `timeout` is seconds for connecting and for each answer; blocking commands must block for less.
    Raises ConfigError for an unusable URL. Use it inside `redis_errors()`.
    """
    kinds = {"redis": _Tcp, "rediss": _Tls, "unix": _Socket}
    return redis_py.Redis.from_url(
        url, connection_class=kinds[_scheme(url)], retry=Retry(NoBackoff(), 0), **_options(timeout)
    )


def connect_async(url: str, *, timeout: float = 5.0) -> aredis.Redis:
    """The same for asyncio."""
    kinds = {"redis": _AsyncTcp, "rediss": _AsyncTls, "unix": _AsyncSocket}
    return aredis.Redis.from_url(
        url, connection_class=kinds[_scheme(url)], retry=AsyncRetry(NoBackoff(), 0), **_options(timeout)
    )


@contextmanager
def redis_errors() -> Iterator[None]:
    """Turns a lost, silent, full or read-only Redis into RedisUnavailable. Serves async code as well.

    A wrong command stays the error that it is.
    """
    try:
        yield
    except _LOST as error:
        raise RedisUnavailable(
            f"Redis does not answer ({type(error).__name__}).",
            remedy="Is Aidline running? `aidline doctor` tells what is wrong.",
        ) from error


def _scheme(url: str) -> str:
    scheme = urlsplit(url).scheme
    if scheme not in {"redis", "rediss", "unix"}:
        raise ConfigError(
            f"AIDLINE_REDIS_URL begins with {scheme or 'nothing'}:, which is not an address of Redis.",
            remedy="Use redis://host:6379/0, rediss://... or unix:///path/to/redis.sock, or leave it unset.",
        )
    return scheme


def _options(timeout: float) -> dict[str, Any]:
    return {
        "decode_responses": True,
        "socket_timeout": timeout,
        "socket_connect_timeout": timeout,
        "health_check_interval": _HEALTH_SECONDS,
        "max_connections": _MAX_CONNECTIONS,
    }
