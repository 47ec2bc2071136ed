"""One server, a master behind Sentinels, a cluster: on each, people are answered in order, once, and lose nothing."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import dramatiq
import pytest
from dramatiq.brokers.redis import RedisBroker
from limits import parse
from limits.strategies import FixedWindowRateLimiter

from aidline.errors import RedisUnavailable
from aidline.storage.limits import RedisCounters
from aidline.storage.redis import connect, connect_async, redis_errors
from aidline.storage.secrets import Vault
from channels.gateway import keys
from channels.gateway.conversations import Conversations
from channels.gateway.messages import Inbound, Outgoing
from channels.gateway.queue import LEASE_SECONDS, Claim, Inbox, Turns
from tests.fakes import FakeClock
from tests.redis_servers import Many, cluster, sentinels, standalone

SESSION = 3600


class Desk:
    """Both sides of the queue on some Redis; waits out an outage as Aidline's processes do."""

    def __init__(self, many: Many, vault: Vault) -> None:
        self.many, self.clock = many, FakeClock()
        self.client: Any = connect(many.url, timeout=1)
        self.conversations = Conversations(self.client, vault, self.clock, session_seconds=SESSION)
        self.inbox = Inbox(self.client, self.clock, limit=10, waiting_limit=100, session_seconds=SESSION)
        self.person = self.conversations.start("web", "en")[0]

    def send(self, message_id: str) -> str:
        inbound = Inbound(
            id=message_id, conversation_id=self.person, channel="web", text=message_id, language="en",
            at=self.clock.now(),
        )  # fmt: skip
        return self.inbox.accept(inbound, self._says(message_id, "person"))

    def _says(self, message_id: str, sender: Any = "aidline") -> Outgoing:
        return Outgoing(
            id=message_id, seq=0, sender=sender, at=self.clock.now(), language="en", text=message_id
        )  # fmt: skip

    def work[T](self, story: Callable[[Turns], Awaitable[T]]) -> T:
        async def run() -> T:
            client = connect_async(self.many.url, timeout=1)
            try:
                return await story(Turns(client, self.clock, session_seconds=SESSION))
            finally:
                await client.aclose()

        return asyncio.run(run())

    async def answer(self, turns: Turns, claim: Claim | None) -> str:
        assert claim is not None, "nothing waits"
        assert await turns.complete(claim, [self._says(f"re {claim.inbound.id}")])
        return claim.inbound.id

    async def next(self, turns: Turns) -> str:
        return await self.answer(turns, await turns.claim())

    def shown(self) -> list[str]:
        with redis_errors():
            entries = self.client.xread({keys.out(self.person): "0"}, count=100, block=100)[0][1]
        return [json.loads(fields["data"])["text"] for _cursor, fields in entries]

    def recorded(self) -> list[str]:
        """What a consumer of the record stream gets."""
        with redis_errors():
            self.client.xgroup_create(keys.RECORD, keys.GROUP, id="0", mkstream=True)
            entries = self.client.xreadgroup(keys.GROUP, "test", {keys.RECORD: ">"}, count=100, block=100)[0][1]
            self.client.xack(keys.RECORD, keys.GROUP, *(entry for entry, _fields in entries))
        return [json.loads(fields["data"])["id"] for _entry, fields in entries]


def in_time[T](step: Callable[[], T], seconds: float = 15) -> T:
    """Tries again while Redis is away, as the page and the workers do."""
    end = time.monotonic() + seconds
    while True:
        try:
            return step()
        except RedisUnavailable:
            assert time.monotonic() < end, "Redis did not come back in time"


async def soon[T](step: Callable[[], Awaitable[T]], seconds: float = 15) -> T:
    end = time.monotonic() + seconds
    while True:
        try:
            return await step()
        except RedisUnavailable:
            assert time.monotonic() < end, "Redis did not come back in time"
            await asyncio.sleep(0.1)


@pytest.fixture(scope="module", params=[standalone, sentinels, cluster], ids=lambda kind: kind.__name__)
def many(request: pytest.FixtureRequest) -> Iterator[Many]:
    with request.param() as running:
        yield running


@pytest.fixture
def desk(many: Many, vault: Vault) -> Iterator[Desk]:
    made = Desk(many, vault)
    yield made
    made.client.close()


def test_messages_are_answered_in_order_shown_once_and_recorded_once(desk: Desk) -> None:
    assert [desk.send(name) for name in ("one", "two", "one")] == ["accepted", "accepted", "duplicate"]

    async def both(turns: Turns) -> list[str]:
        await turns.wait(1)
        return [await desk.next(turns) for _ in range(2)]

    assert desk.work(both) == ["one", "two"]
    assert desk.shown() == ["one", "two", "re one", "re two"]
    assert desk.recorded() == ["one", "re one", "two", "re two"]


def test_the_turn_of_a_worker_that_died_is_done_by_another(desk: Desk) -> None:
    desk.send("one")

    async def story(turns: Turns) -> None:
        lost = await turns.claim()
        assert lost is not None
        desk.clock.advance(1)
        assert await turns.extend(lost)
        desk.clock.advance(LEASE_SECONDS + 1)
        assert await turns.recover() == 1
        assert await desk.next(turns) == "one"
        assert not await turns.complete(lost, [])

    desk.work(story)
    assert desk.shown() == ["one", "re one"]


def test_what_comes_too_fast_is_counted(desk: Desk) -> None:
    limiter, limit = FixedWindowRateLimiter(RedisCounters(desk.client)), parse("2/hour")
    assert [limiter.hit(limit, "message", desk.person) for _ in range(3)] == [True, True, False]


def test_a_background_task_is_done_once(many: Many) -> None:
    client: Any = connect(many.url, texts=False)
    tasks = RedisBroker(client=client, namespace="{tasks}", middleware=[])  # type: ignore[no-untyped-call]
    done: list[str] = []
    came = threading.Event()

    def deliver(text_id: str) -> None:
        done.append(text_id)
        came.set()

    dramatiq.actor(broker=tasks, queue_name="texts")(deliver).send("t1")
    worker = dramatiq.Worker(tasks, worker_threads=1, worker_timeout=50)
    worker.start()
    assert came.wait(5)
    worker.stop()
    client.close()
    assert done == ["t1"]


def test_a_failover_loses_nothing_that_the_replica_had(vault: Vault) -> None:
    with sentinels() as many:
        desk = Desk(many, vault)
        desk.send("one")
        desk.send("two")

        async def story(turns: Turns) -> list[str]:
            claim = await turns.claim()
            assert claim is not None
            assert desk.client.wait(1, 1000) == 1
            many.master().kill()
            with pytest.raises(RedisUnavailable):
                await turns.complete(claim, [])
            answered = [await soon(lambda: desk.answer(turns, claim))]
            return [*answered, await soon(lambda: desk.next(turns))]

        assert desk.work(story) == ["one", "two"]
        assert [in_time(lambda name=name: desk.send(name)) for name in ("one", "two", "three")] == [  # type: ignore[misc]
            "duplicate", "duplicate", "accepted",
        ]  # fmt: skip
        assert desk.work(desk.next) == "three"
        assert desk.shown() == ["one", "two", "re one", "re two", "three", "re three"]
        assert desk.recorded() == ["one", "re one", "two", "re two", "three", "re three"]
        desk.client.close()


@pytest.mark.parametrize("many", [cluster], indirect=True)
def test_turns_go_on_while_a_cluster_is_rearranged(many: Many, desk: Desk) -> None:
    desk.send("one")

    async def story(turns: Turns) -> str:
        claim = await turns.claim()
        await asyncio.to_thread(many.move, keys.READY)
        return await desk.answer(turns, claim)

    assert desk.work(story) == "one"
    assert desk.send("two") == "accepted"
    assert desk.work(desk.next) == "two"
    assert desk.shown() == ["one", "re one", "two", "re two"]


@pytest.mark.parametrize("many", [cluster], indirect=True)
def test_a_cluster_that_lost_a_node_says_so_and_goes_on_when_it_is_back(many: Many, desk: Desk) -> None:
    desk.send("one")
    node = many.master(keys.READY)

    async def story(turns: Turns) -> list[str]:
        first = await turns.claim()
        assert first is not None
        node.kill()
        trouble = await asyncio.gather(
            turns.complete(first, []), asyncio.to_thread(desk.send, "two"), return_exceptions=True
        )
        assert [type(each) for each in trouble] == [RedisUnavailable, RedisUnavailable]
        node.start()
        assert await asyncio.to_thread(in_time, lambda: desk.send("two")) == "accepted"
        desk.clock.advance(LEASE_SECONDS + 1)
        await soon(turns.recover)
        return [await soon(lambda: desk.next(turns)) for _ in range(2)]

    assert desk.work(story) == ["one", "two"]
