"""Redis as the bot reaches it: one server, Sentinels, or a cluster, by the address alone.

    redis://[user:password@]host[:6379][/0]       rediss://… with TLS       unix:///path/to/redis.sock
    redis+sentinel://[user:password@]host1:26379,host2:26379/name-of-master[/0]
    redis+cluster://[user:password@]host1:7000,host2:7001       (rediss+… with TLS)

What is asked is asked again after a lost connection, within a few seconds in all, so it must bear being done twice.
"""

import asyncio
import hashlib
from pathlib import Path
from typing import Any, AsyncIterator, Awaitable, Callable, Dict, List, Sequence, Text, Tuple, TypeVar, Union
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from redis.asyncio import Redis, RedisCluster
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import ExponentialBackoff
from redis.exceptions import ClusterError, NoScriptError, RedisClusterException, RedisError
from redis.exceptions import ConnectionError as ConnectionLost

Client = Union[Redis, RedisCluster]
Given = TypeVar("Given")

_ANSWER_SECONDS = 3.0
_TOTAL_SECONDS = 5.0
_LOST = (ConnectionLost, ClusterError, RedisClusterException, OSError)
_PAUSES = (0.0, 0.1, 0.25)
_PLAIN = ("redis", "rediss", "unix")
_FORMS = (
    "redis://host:6379/0, rediss://…, unix:///path, redis+sentinel://host:26379/name-of-master/0 "
    "or redis+cluster://host:7000"
)


class RedisUnavailable(Exception):
    """Redis did not answer in time, or not with what was asked for. `cause` is the name of the error behind it."""

    def __init__(self, error: BaseException) -> None:
        self.cause = type(error).__name__
        super().__init__(f"Redis does not answer ({self.cause}).")


class Script:
    """A Lua script beside this module, loaded into a server when it does not know it."""

    def __init__(self, name: Text) -> None:
        self.text = (Path(__file__).parent / "lua" / f"{name}.lua").read_text("utf-8")
        self.sha = hashlib.sha1(self.text.encode()).hexdigest()  # noqa: S324 - Redis names scripts so


class RedisDoor:
    """Commands and scripts on whatever `url` names. Raises ValueError for an address that is none."""

    def __init__(self, url: Text, *, answer_seconds: float = _ANSWER_SECONDS, total_seconds: float = _TOTAL_SECONDS):
        self._connect = _connector(url, answer_seconds)
        self._client = self._connect()
        self._total = total_seconds
        self.clustered = urlsplit(url).scheme.endswith("+cluster")

    async def run(self, script: Script, keys: Sequence[Text], args: Sequence[Union[Text, int]]) -> Any:
        """What the script gives. Its keys must share a hash tag. Raises RedisUnavailable."""

        async def ask(client: Client) -> Any:
            try:
                return await client.execute_command("EVALSHA", script.sha, len(keys), *keys, *args)
            except NoScriptError:
                return await client.execute_command("EVAL", script.text, len(keys), *keys, *args)

        return await self._ask(ask)

    async def do(self, *command: Union[Text, int]) -> Any:
        """What one command gives. Raises RedisUnavailable."""
        return await self._ask(lambda client: client.execute_command(*command))

    async def scan(self, match: Text) -> AsyncIterator[Text]:
        """Every key that matches, on every master; one may come twice. Raises RedisUnavailable."""
        try:
            async for key in self._client.scan_iter(match=match, count=500):
                yield key
        except (*_LOST, RedisError) as error:
            raise RedisUnavailable(error) from error

    async def close(self) -> None:
        """Closes the connections."""
        client = self._client
        await client.close()
        if isinstance(client, Redis):
            await client.connection_pool.disconnect()

    async def _ask(self, ask: Callable[[Client], Awaitable[Given]]) -> Given:
        try:
            return await asyncio.wait_for(self._ask_again(ask), self._total)
        except (*_LOST, RedisError, asyncio.TimeoutError) as error:
            raise RedisUnavailable(error) from error

    async def _ask_again(self, ask: Callable[[Client], Awaitable[Given]]) -> Given:
        for pause in _PAUSES:
            client = self._client
            try:
                return await ask(client)
            except _LOST:
                await self._start_anew(client)
            await asyncio.sleep(pause)
        return await ask(self._client)

    async def _start_anew(self, client: Client) -> None:
        """After a restart, connections that wait in the pool are dead, and a cluster's client has forgotten nodes."""
        if isinstance(client, Redis):
            await client.connection_pool.disconnect(inuse_connections=False)
        elif client is self._client:
            self._client = self._connect()
            await client.close()


def _connector(url: Text, seconds: float) -> Callable[[], Client]:
    """Makes clients for `url`. They connect at first use."""
    options: Dict[Text, Any] = {
        "decode_responses": True,
        "socket_timeout": seconds,
        "socket_connect_timeout": seconds,
        "retry": Retry(ExponentialBackoff(cap=0.25, base=0.05), 2, supported_errors=(ConnectionLost, OSError)),
    }
    parts = urlsplit(url)
    if parts.scheme in _PLAIN:
        return lambda: Redis.from_url(url, **options)
    base, _, kind = parts.scheme.partition("+")
    if base not in ("redis", "rediss") or kind not in ("sentinel", "cluster"):
        raise ValueError(f"{parts.scheme}: is no address of Redis. Use {_FORMS}.")
    nodes = _nodes(parts, 26379 if kind == "sentinel" else 6379)
    access = _access(parts)
    secure = {"ssl": True} if base == "rediss" else {}
    if kind == "cluster":
        cluster: Dict[Text, Any] = {**options, **access, **secure, "connection_error_retry_attempts": 1}
        return lambda: RedisCluster(startup_nodes=[ClusterNode(host, port) for host, port in nodes], **cluster)
    master, _, database = parts.path.strip("/").partition("/")
    if not master or (database and not database.isdigit()):
        raise ValueError(f"The address of the Sentinels must end with the name of the master. Use {_FORMS}.")
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    to_sentinels = {**options, **secure, "username": asked.get("sentinel_username"),
                    "password": asked.get("sentinel_password")}  # fmt: skip
    return lambda: Sentinel(nodes, sentinel_kwargs=to_sentinels).master_for(
        master, db=int(database or 0), **options, **access, **secure
    )


def _access(parts: SplitResult) -> Dict[Text, Any]:
    user, _, password = parts.netloc.rpartition("@")[0].partition(":")
    return {"username": unquote(user) or None, "password": unquote(password) or None}


def _nodes(parts: SplitResult, port: int) -> List[Tuple[Text, int]]:
    found = [urlsplit(f"//{place}") for place in parts.netloc.rpartition("@")[2].split(",")]
    if not all(node.hostname for node in found):
        raise ValueError(f"An address of Redis lacks a host. Use {_FORMS}.")
    return [(node.hostname or "", node.port or port) for node in found]
