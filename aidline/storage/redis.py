"""Connections to Redis: one server, a master behind Sentinels, or a cluster.

A connection is tried again for about two seconds, which covers a restart of the server. A command is never
sent twice: when the answer to a write is lost, only the caller knows whether repeating it is safe.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import redis as redis_py
import redis.asyncio as aredis
from redis import sentinel
from redis.asyncio import connection as aconn
from redis.asyncio import sentinel as asentinel
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.exceptions import (
    AskError,
    AuthenticationError,
    AuthorizationError,
    ClusterError,
    OutOfMemoryError,
    ReadOnlyError,
    ResponseError,
    SlotNotCoveredError,
    TryAgainError,
)
from redis.retry import Retry

from aidline.errors import RedisUnavailable
from aidline.storage.redis_address import Address, read_address
from aidline.storage.redis_cluster import AsyncCluster, Cluster

__all__ = ["connect", "connect_async", "redis_errors"]

# Seconds before each further try to connect.
_PAUSES = (0.05, 0.1, 0.25, 0.5, 1.0)
_HEALTH_SECONDS = 30
_MAX_CONNECTIONS = 256
_LOST = (
    redis_py.ConnectionError, redis_py.TimeoutError, ReadOnlyError, OutOfMemoryError,
    AskError, ClusterError, SlotNotCoveredError, TryAgainError,
)  # fmt: skip
_HOPELESS = (AuthenticationError, AuthorizationError)
# Answers that have no class of their own, alone or inside the message of a script that Redis 6 ended: a full disk or
# memory, a replica, too few replicas, a blocking command that a failover ended.
_TROUBLE = re.compile(r"(?:^|: -)(MISCONF|NOREPLICAS|UNBLOCKED|READONLY|OOM|MASTERDOWN|BUSY)\b")
_TELLS = "Is Aidline running? `aidline doctor` tells what is wrong."


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


class _Watched(_Patient, sentinel.SentinelManagedConnection):
    """Asks the Sentinels for the master at each try."""


class _WatchedTls(_Patient, sentinel.SentinelManagedSSLConnection):
    pass


class _AsyncWatched(_AsyncPatient, asentinel.SentinelManagedConnection):
    pass


class _AsyncWatchedTls(_AsyncPatient, asentinel.SentinelManagedSSLConnection):
    pass


class _Pool(sentinel.SentinelConnectionPool):
    """Closes its connections to the Sentinels too."""

    def close(self) -> None:
        super().close()
        self.sentinel_manager.close()


class _AsyncPool(asentinel.SentinelConnectionPool):
    async def aclose(self) -> None:
        await super().aclose()
        await self.sentinel_manager.aclose()


def connect(url: str, *, timeout: float = 5.0, texts: bool = True) -> redis_py.Redis:
    """A client for `url` that gives texts, or bytes where `texts` is False. Connects at first use.

    `url` is redis://, rediss:// or unix:// for one server, redis+sentinel:// or redis+cluster:// (rediss+... with TLS).
    A client of a cluster has the same commands, no `connection_pool`, and takes several keys at once only if they share
    a hash tag. `timeout` is seconds for connecting and for each answer; blocking commands must block for less.
    Raises ConfigError for an unusable URL. Use it inside `redis_errors()`.
    """
    address = read_address(url)
    options = _options(timeout, texts)
    if address.kind == "cluster":
        return cast(redis_py.Redis, Cluster(address, **options))
    options["retry"] = Retry(NoBackoff(), 0)
    if address.kind == "server":
        kinds = {"redis": _Tcp, "rediss": _Tls, "unix": _Socket}
        kind = kinds[address.url.partition(":")[0]]
        return redis_py.Redis.from_url(url, connection_class=kind, health_check_interval=_HEALTH_SECONDS, **options)
    watchers = sentinel.Sentinel(address.nodes, sentinel_kwargs=_to_sentinels(address, options))  # type: ignore[no-untyped-call]
    found: redis_py.Redis = watchers.master_for(  # type: ignore[no-untyped-call]
        address.master,
        connection_pool_class=_Pool,
        connection_class=_WatchedTls if address.tls else _Watched,
        health_check_interval=_HEALTH_SECONDS,
        **address.options,
        **options,
    )
    return found


def connect_async(url: str, *, timeout: float = 5.0, texts: bool = True) -> aredis.Redis:
    """The same for asyncio."""
    address = read_address(url)
    options = {**_options(timeout, texts), "health_check_interval": _HEALTH_SECONDS}
    if address.kind == "cluster":
        return cast(aredis.Redis, AsyncCluster(address, **options))
    options["retry"] = AsyncRetry(NoBackoff(), 0)
    if address.kind == "server":
        kinds = {"redis": _AsyncTcp, "rediss": _AsyncTls, "unix": _AsyncSocket}
        return aredis.Redis.from_url(url, connection_class=kinds[address.url.partition(":")[0]], **options)
    watchers = asentinel.Sentinel(address.nodes, sentinel_kwargs=_to_sentinels(address, options))  # type: ignore[no-untyped-call]
    found: aredis.Redis = watchers.master_for(
        address.master,
        connection_pool_class=_AsyncPool,
        connection_class=_AsyncWatchedTls if address.tls else _AsyncWatched,
        **address.options,
        **options,
    )
    return found


@contextmanager
def redis_errors() -> Iterator[None]:
    """Turns a Redis that is lost, silent, full, read-only or between two masters into RedisUnavailable.

    Serves async code as well. A wrong command stays the error that it is.
    """
    try:
        yield
    except _LOST as error:
        raise RedisUnavailable(f"Redis does not answer ({type(error).__name__}).", remedy=_remedy(error)) from error
    except ResponseError as error:
        trouble = _TROUBLE.search(str(error))
        if trouble is None:
            raise
        raise RedisUnavailable(f"Redis can't serve now ({trouble[1]}).", remedy=_TELLS) from error


def _remedy(error: Exception) -> str:
    if isinstance(error, AskError):
        return "AIDLINE_REDIS_URL names one server of a Redis Cluster: let it begin with redis+cluster://."
    if isinstance(error, sentinel.MasterNotFoundError | asentinel.MasterNotFoundError):
        return (
            "No Sentinel knows a master that works. If this lasts longer than a failover, check the addresses and the "
            "name of the master in AIDLINE_REDIS_URL."
        )
    return _TELLS


def _to_sentinels(address: Address, options: dict[str, Any]) -> dict[str, Any]:
    kept = {name: options[name] for name in ("socket_timeout", "socket_connect_timeout", "retry")}
    return {**kept, "decode_responses": True, "ssl": address.tls, **address.sentinel_options}


def _options(timeout: float, texts: bool) -> dict[str, Any]:
    return {
        "decode_responses": texts,
        "socket_timeout": timeout,
        "socket_connect_timeout": timeout,
        "max_connections": _MAX_CONNECTIONS,
    }
