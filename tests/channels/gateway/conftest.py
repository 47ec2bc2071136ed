"""A gateway on a real Redis: what people send goes in on one side, workers take turns on the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
import redis

from aidline.language import Language
from aidline.settings import Settings
from aidline.storage.redis import connect_async
from aidline.storage.secrets import Vault
from channels.gateway.conversations import Conversation
from channels.gateway.gateway import Gateway
from channels.gateway.messages import Inbound, Outgoing
from channels.gateway.queue import Turns
from tests.fakes import FakeClock

SESSION = 30 * 24 * 3600


@dataclass
class House:
    """Both sides of the queue."""

    gateway: Gateway
    client: redis.Redis
    clock: FakeClock
    url: str
    waiting_limit: int

    def someone(self, channel: Any = "web", language: Language | None = "en", **given: Any) -> Conversation:
        conversation_id, _token = self.gateway.conversations.start(channel, language, **given)
        return self.gateway.conversations.get(conversation_id)

    def send(self, person: Conversation, message_id: str, text: str = "hello", **given: Any) -> str:
        """Sends as `person`, with what is known about them by now."""
        now = self.gateway.conversations.get(person.id)
        return self.gateway.accept(now, message_id, text, **given)[0]

    def work[T](self, story: Callable[[Turns], Awaitable[T]]) -> T:
        """Runs what a worker does."""

        async def run() -> T:
            client = connect_async(self.url)
            try:
                return await story(Turns(client, self.clock, session_seconds=SESSION))
            finally:
                await client.aclose()

        return asyncio.run(run())

    def say(self, inbound: Inbound, *texts: str, **more: Any) -> tuple[Outgoing, ...]:
        """Replies to `inbound`; `more` goes with the last."""
        last = len(texts) - 1
        return tuple(
            Outgoing(id=f"{inbound.id}.{n + 1}", seq=0, at=self.clock.now(), language=inbound.language, text=text,
                     **(more if n == last else {}))
            for n, text in enumerate(texts)
        )  # fmt: skip

    def answer(self, *texts: str, effects: Any = (), **more: Any) -> Inbound:
        """Does the next turn as a worker would."""

        async def one(turns: Turns) -> Inbound:
            claim = await turns.claim()
            assert claim is not None, "nothing waits"
            assert await turns.complete(claim, self.say(claim.inbound, *texts, **more), effects)
            return claim.inbound

        return self.work(one)

    def shown(self, person: Conversation) -> list[str]:
        return [message.text for message in self.gateway.recent(person.id)[0]]


@pytest.fixture
def house(
    store: redis.Redis, vault: Vault, clock: FakeClock, empty_redis: str, settings_for: Callable[..., Settings]
) -> House:
    settings = settings_for(redis_url=empty_redis, queue_limit=3, waiting_limit=20, messages_per_minute=8)
    return House(Gateway(store, vault, clock, settings), store, clock, empty_redis, settings.waiting_limit)
