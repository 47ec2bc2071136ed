"""One server, a master behind Sentinels, a cluster, each with a password and TLS: the same client for all."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from aidline.errors import ConfigError, RedisUnavailable
from aidline.storage.redis import connect, connect_async, redis_errors
from tests.redis_servers import Many, cluster, sentinels, standalone


@pytest.fixture(scope="module", params=[standalone, sentinels, cluster], ids=lambda kind: kind.__name__)
def guarded(request: pytest.FixtureRequest) -> Iterator[Many]:
    """Each kind of Redis, with a password and TLS."""
    with request.param(guarded=True) as running:
        yield running


def test_each_kind_is_opened_by_its_address_alone(guarded: Many) -> None:
    async def use() -> object:
        client = connect_async(guarded.url)
        try:
            with redis_errors():
                return await client.get("name")
        finally:
            await client.aclose()

    client, raw = connect(guarded.url), connect(guarded.url, texts=False)
    with redis_errors():
        client.set("name", "Peña")
        assert raw.get("name") == "Peña".encode()
        assert client.ping()
    client.close()
    raw.close()
    assert asyncio.run(use()) == "Peña"


def test_a_wrong_password_is_not_tried_for_long_and_is_told(guarded: Many) -> None:
    client = connect(guarded.url.replace("open", "shut", 1))
    with pytest.raises(RedisUnavailable, match="AuthenticationError"), redis_errors():
        client.get("name")
    client.close()


def test_a_write_whose_answer_was_lost_happens_once_on_each_kind(guarded: Many) -> None:
    async def add(client: Any) -> None:
        with pytest.raises(RedisUnavailable), redis_errors():
            await client.incr("count")

    async def both() -> None:
        client: Any = connect_async(guarded.url, timeout=0.3)
        try:
            await client.set("count", 0)
            node = guarded.master("count")
            node.freeze()
            try:
                await add(client)
            finally:
                node.thaw()
            assert await client.get("count") == "1"
            node.freeze()
            try:
                with pytest.raises(RedisUnavailable), redis_errors():
                    plain.incr("count")
            finally:
                node.thaw()
            assert plain.get("count") == "2"
        finally:
            await client.aclose()

    plain = connect(guarded.url, timeout=0.3)
    plain.get("count")
    asyncio.run(both())
    plain.close()


def test_threads_that_begin_together_share_a_client_of_each_kind(guarded: Many) -> None:
    client = connect(guarded.url)
    together = threading.Barrier(8)

    def add(name: str) -> None:
        together.wait()
        for _ in range(10):
            client.incr(name)

    threads = [threading.Thread(target=add, args=(f"n{number % 2}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [client.get("n0"), client.get("n1")] == ["40", "40"]
    client.close()


@pytest.mark.parametrize("kind", ["sentinel", "cluster"])
def test_sentinels_or_a_cluster_that_do_not_answer_are_said_in_words_of_ours(kind: str) -> None:
    url = f"redis+{kind}://127.0.0.1:1,127.0.0.1:2/{'name' if kind == 'sentinel' else ''}"

    async def use() -> None:
        client = connect_async(url, timeout=1)
        try:
            with redis_errors():
                await client.get("x")
        finally:
            await client.aclose()

    def use_plain() -> None:
        client = connect(url, timeout=1)
        try:
            with redis_errors():
                client.get("x")
        finally:
            client.close()

    async def both() -> tuple[BaseException | None, BaseException | None]:
        return await asyncio.gather(use(), asyncio.to_thread(use_plain), return_exceptions=True)

    for error in asyncio.run(both()):
        assert isinstance(error, RedisUnavailable)
        assert "Redis does not answer" in str(error)


@pytest.mark.parametrize("guarded", [sentinels], indirect=True)
def test_a_master_that_no_sentinel_knows_is_told(guarded: Many) -> None:
    client = connect(guarded.url.replace("/aidline/0", "/nobody/0"))
    with pytest.raises(RedisUnavailable, match="name of the master"), redis_errors():
        client.get("x")
    client.close()


@pytest.mark.parametrize("guarded", [standalone], indirect=True)
def test_one_server_is_not_taken_for_a_cluster(guarded: Many) -> None:
    url = guarded.url.replace("rediss://", "rediss+cluster://")

    async def use() -> None:
        client = connect_async(url)
        try:
            with redis_errors():
                await client.get("x")
        finally:
            await client.aclose()

    client = connect(url)
    with pytest.raises(ConfigError, match="not a cluster"), redis_errors():
        client.get("x")
    client.close()
    with pytest.raises(ConfigError, match="not a cluster"):
        asyncio.run(use())


@pytest.mark.parametrize("guarded", [cluster], indirect=True)
def test_a_node_of_a_cluster_is_not_taken_for_the_whole(guarded: Many) -> None:
    node = next(server for server in guarded.servers if server is not guarded.master("x"))
    places = guarded.url.partition("@")[2].partition("?")[0]
    client = connect(guarded.url.replace(places, f"127.0.0.1:{node.port}").replace("+cluster", ""))
    with pytest.raises(RedisUnavailable, match=r"redis\+cluster://"), redis_errors():
        client.get("x")
    client.close()
