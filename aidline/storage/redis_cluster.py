"""Clients of a Redis Cluster that keep the promises of `aidline.storage.redis`.

They connect at first use, wait about two seconds for a node that is coming back, and never send a command twice: only
one that certainly did not reach a node, or that the cluster did not take, is tried again.
"""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import redis as redis_py
import redis.asyncio as aredis
from redis.asyncio import connection as aconn
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, AuthorizationError, ClusterDownError, SlotNotCoveredError
from redis.exceptions import RedisClusterException as ClusterTrouble
from redis.retry import Retry

from aidline.errors import ConfigError
from aidline.storage.redis_address import Address

__all__ = ["AsyncCluster", "Cluster"]

# Seconds before each further try.
_PAUSES = (0.05, 0.1, 0.25, 0.5, 1.0)
_SILENT = (redis_py.ConnectionError, redis_py.TimeoutError, OSError)


class NotConnected(redis_py.ConnectionError):
    """A node could not be connected to, so nothing was sent."""


class _Telling:
    """Mixed into a connection class: tells apart what happened before anything was sent."""

    def connect_check_health(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().connect_check_health(*args, **kwargs)  # type: ignore[misc]
        except (AuthenticationError, AuthorizationError):
            raise
        except redis_py.ConnectionError as error:
            raise NotConnected(*error.args) from error


class _Tcp(_Telling, redis_py.Connection):
    pass


class _Tls(_Telling, redis_py.SSLConnection):
    pass


class _AsyncTelling:
    """The same for asyncio."""

    async def connect_check_health(self, *args: Any, **kwargs: Any) -> None:
        try:
            await super().connect_check_health(*args, **kwargs)  # type: ignore[misc]
        except (AuthenticationError, AuthorizationError):
            raise
        except redis_py.ConnectionError as error:
            raise NotConnected(*error.args) from error


class _AsyncTcp(_AsyncTelling, aconn.Connection):
    pass


class _AsyncTls(_AsyncTelling, aconn.SSLConnection):
    pass


class Cluster(redis_py.RedisCluster):
    """A client for threads.

    Raises redis.ConnectionError where the cluster can't be reached, ConfigError where there is a Redis that is none.
    """

    def __init__(self, address: Address, **options: Any) -> None:
        self._address, self._given = address, options
        self._starting = threading.Lock()
        self._owner: int | None = None
        self._started = False

    def __getattr__(self, name: str) -> Any:
        # Only what the parent's constructor makes is missing: it asks the cluster for its nodes, so it runs at first
        # use.
        if name.startswith("__") or self._owner == threading.get_ident():
            raise AttributeError(name)
        self._start()
        return object.__getattribute__(self, name)

    def _start(self) -> None:
        if self._started or self._owner == threading.get_ident():
            return
        with self._starting:
            if self._started:
                return
            (host, port), *others = self._address.nodes
            self._owner = threading.get_ident()
            try:
                super().__init__(
                    url=f"redis://{_bracketed(host)}:{port}",
                    startup_nodes=[redis_py.cluster.ClusterNode(*node) for node in others],  # type: ignore[no-untyped-call]
                    connection_class=_Tls if self._address.tls else _Tcp,
                    retry=Retry(NoBackoff(), 0),
                    require_full_coverage=False,
                    **self._address.options,
                    **self._given,
                )
                self._started = True
            except ClusterTrouble as error:
                raise _outage(error) from error
            finally:
                self._owner = None

    def execute_command(self, *args: Any, **kwargs: Any) -> Any:
        """As in the parent class."""
        for pause in _PAUSES:
            try:
                return self._execute_once(args, kwargs)
            except (NotConnected, ClusterDownError, SlotNotCoveredError):
                time.sleep(pause)
        return self._execute_once(args, kwargs)

    def _execute_once(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self._start()
        try:
            return super().execute_command(*args, **kwargs)  # type: ignore[no-untyped-call]
        except SlotNotCoveredError:
            raise
        except ClusterTrouble as error:
            if not _unreachable(error):
                raise
            # The parent looks for the nodes anew after a failure. That failure decides whether anything was sent.
            sent = not isinstance(error.__context__, NotConnected)
            raise (redis_py.ConnectionError if sent else NotConnected)(str(error)) from error

    def _get_command_keys(self, *args: Any) -> Any:
        return _stream_keys(args) or super()._get_command_keys(*args)  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Closes all connections."""
        if self._started:
            super().close()


class AsyncCluster(aredis.RedisCluster):
    """The same for asyncio."""

    def __init__(self, address: Address, **options: Any) -> None:
        super().__init__(
            startup_nodes=[aredis.cluster.ClusterNode(*node) for node in address.nodes],
            ssl=address.tls,
            retry=AsyncRetry(NoBackoff(), 0),
            require_full_coverage=False,
            **address.options,
            **options,
        )
        kind = _AsyncTls if address.tls else _AsyncTcp
        self.connection_kwargs["connection_class"] = kind
        for node in self.nodes_manager.startup_nodes.values():
            node.connection_class = kind

    async def execute_command(self, *args: Any, **kwargs: Any) -> Any:
        """As in the parent class."""
        for pause in _PAUSES:
            try:
                return await self._execute_once(args, kwargs)
            except (NotConnected, ClusterDownError, SlotNotCoveredError):
                await asyncio.sleep(pause)
        return await self._execute_once(args, kwargs)

    async def _execute_once(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        try:
            return await super().execute_command(*args, **kwargs)
        except SlotNotCoveredError:
            raise
        except ClusterTrouble as error:
            # Here the nodes are looked for before a command is sent, never after.
            raise _outage(error) from error

    async def _determine_slot(self, command: str, *args: Any) -> int:
        if names := _stream_keys((command, *args)):
            slots = {self.keyslot(name) for name in names}
            if len(slots) == 1:
                return slots.pop()
        return await super()._determine_slot(command, *args)


def _unreachable(error: ClusterTrouble) -> bool:
    return isinstance(error.__cause__, _SILENT) or "not agree" in str(error)


def _outage(error: ClusterTrouble) -> Exception:
    """What to raise when the nodes could not be found, and nothing was sent."""
    if isinstance(error.__cause__, AuthenticationError | AuthorizationError):
        return error.__cause__
    if isinstance(error.__cause__, ClusterTrouble):
        return ConfigError(
            "AIDLINE_REDIS_URL begins with redis+cluster:, but the Redis there is not a cluster.",
            remedy="Use redis://host:6379/0, or the address of a cluster.",
        )
    return NotConnected(str(error)) if _unreachable(error) else error


def _stream_keys(args: tuple[Any, ...]) -> list[Any]:
    """Keys of XREAD and XREADGROUP: the parent class asks any node for them, which may be one that is gone."""
    if not args or str(args[0]).upper() not in {"XREAD", "XREADGROUP"}:
        return []
    words = [word.upper() if isinstance(word, str) else word for word in args]
    place = next(n for n, word in enumerate(words) if word in {"STREAMS", b"STREAMS"})
    rest = args[place + 1 :]
    return list(rest[: len(rest) // 2])


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
