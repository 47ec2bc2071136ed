"""`python -m channels.worker`: does turns.

Any number of workers can run; Redis gives each conversation's next turn to one of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import redis.asyncio as aredis
import structlog

from aidline.clock import Clock, clock_at
from aidline.errors import AidlineError, RedisUnavailable, StaleClaim
from aidline.settings import Settings, load_settings
from aidline.storage.redis import connect, connect_async, redis_errors
from aidline.storage.secrets import Vault, load_or_make
from aidline.telemetry import configure
from channels.explainer import NotesExplainer
from channels.gateway import keys
from channels.gateway.bot import RasaBot
from channels.gateway.conversations import Conversations
from channels.gateway.links import Links
from channels.gateway.old_names import move_old_names
from channels.gateway.queue import LEASE_SECONDS, Claim, Turns
from channels.gateway.transcript import asked_in_private, said
from channels.gateway.turn import ASKED, EXPLAINED, Turn, TurnDone, offered_by
from channels.sms.turn import SmsTurn

__all__ = ["Worker", "main"]

log = structlog.get_logger()

_ALIVE_SECONDS = 10
_SHOW_SECONDS = 5.0
_PAUSE_AFTER_TROUBLE = 1.0


class Worker:
    """Takes turns off the queue and does them, several conversations at a time."""

    def __init__(
        self, client: aredis.Redis, conversations: Conversations, turns: Turns, turn: Turn, clock: Clock
    ) -> None:
        # redis-py types every answer as bytes or text; this client gives text (decode_responses).
        self._redis: Any = client
        self._conversations = conversations
        self._turns, self._turn = turns, turn
        self._sms = SmsTurn(conversations, client, clock)

    async def serve(self) -> None:
        """Does turns for ever; trouble with Redis is waited out."""
        while True:
            try:
                claim = await self._turns.claim()
                if claim is None:
                    await self._turns.wait(2.0)
                    continue
                await self._do(claim)
            except RedisUnavailable:
                await asyncio.sleep(_PAUSE_AFTER_TROUBLE)
            except asyncio.CancelledError:
                raise
            except Exception:
                # The claim runs out by itself and the turn is done again; the worker must live on.
                log.exception("a turn failed unexpectedly")
                await asyncio.sleep(_PAUSE_AFTER_TROUBLE)

    async def look_after(self) -> None:
        """Says that this worker lives, and frees the turns of those that died."""
        while True:
            with contextlib.suppress(RedisUnavailable):
                with redis_errors():
                    await self._redis.set(keys.WORKER_ALIVE, "1", ex=_ALIVE_SECONDS)
                if freed := await self._turns.recover():
                    log.warning("turns of a dead worker were freed", count=freed)
            await asyncio.sleep(2.0)

    async def _do(self, claim: Claim) -> None:
        shown: set[asyncio.Task[None]] = set()
        try:
            async with self._holding(claim):
                done, kept_of_it = await self._answer(claim, shown)
        except StaleClaim:
            log.info("a turn went to another worker", conversation=claim.conversation_id)
            return
        # What was said last may still be on its way into the loop.
        await asyncio.sleep(0)
        if shown:
            # A sentence must not be shown after the message that replaces it.
            _, late = await asyncio.wait(shown, timeout=_SHOW_SECONDS)
            for task in late:
                task.cancel()
        if not await self._turns.complete(claim, done.messages, done.effects, done.keeps, kept_of_it):
            log.warning("a turn took too long and went to another worker", conversation=claim.conversation_id)

    async def _answer(self, claim: Claim, shown: set[asyncio.Task[None]]) -> tuple[TurnDone, str]:
        """What the turn came to, and what a transcript keeps of the person's words."""
        inbound = claim.inbound
        loop = asyncio.get_running_loop()

        def partial(sentence: str) -> None:
            loop.call_soon_threadsafe(self._publish, claim, sentence, shown)

        key = keys.conversation(claim.conversation_id)
        with redis_errors():
            offered, explained, pending = await self._redis.hmget(key, "offered", EXPLAINED, ASKED)
        if inbound.channel == "web":
            done = await self._turn.run(
                inbound, fence=claim.token, offered=offered, explained=explained, on_sentence=partial
            )
        else:
            conversation = await asyncio.to_thread(self._conversations.get, claim.conversation_id)
            done = await self._sms.run(
                inbound,
                conversation,
                lambda: self._turn.run(
                    inbound, fence=claim.token, phone=conversation.phone, offered=offered, explained=explained
                ),
            )
        asks = next((m.asks for m in reversed(done.messages) if m.asks), None)
        keeps = {"offered": offered_by(asks), **done.keeps}
        if asks or any(m.result for m in done.messages):
            # A turn that neither asks nor ends anything leaves the question that was pending.
            keeps[ASKED] = asked_in_private(asks) if asks else ""
        words = said(inbound.whole or inbound.text, pending or "", done.taken)
        return replace(done, keeps=keeps), words

    def _publish(self, claim: Claim, sentence: str, shown: set[asyncio.Task[None]]) -> None:
        task = asyncio.create_task(self._publish_partial(claim, sentence))
        shown.add(task)
        task.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def _publish_partial(self, claim: Claim, sentence: str) -> None:
        with redis_errors():
            data = json.dumps({"turn": claim.inbound.id, "text": sentence})
            await self._redis.xadd(
                keys.out(claim.conversation_id),
                {"type": "partial", "data": data},
                maxlen=1000,
                approximate=True,
            )

    @contextlib.asynccontextmanager
    async def _holding(self, claim: Claim) -> AsyncIterator[None]:
        """Keeps the claim while a long turn is under way."""

        async def extend() -> None:
            while True:
                await asyncio.sleep(LEASE_SECONDS / 3)
                with contextlib.suppress(RedisUnavailable):
                    await self._turns.extend(claim)

        keeper = asyncio.create_task(extend())
        try:
            yield
        finally:
            keeper.cancel()


async def _run(settings: Settings) -> None:
    clock = clock_at(settings.clock_file)
    session_seconds = settings.session_days * 24 * 3600
    secrets = load_or_make(settings)
    vault = Vault(secrets.phone_key)
    plain_client, client = connect(settings.redis), connect_async(settings.redis)
    with contextlib.suppress(RedisUnavailable):
        move_old_names(plain_client)
    bot = RasaBot(settings.rasa_urls, timeout=settings.turn_timeout, patience=settings.turn_patience)
    explainer = NotesExplainer.from_settings(settings)
    conversations = Conversations(plain_client, vault, clock, session_seconds=session_seconds)
    worker = Worker(
        client,
        conversations,
        Turns(client, clock, session_seconds=session_seconds),
        Turn(bot, explainer, clock, Links(conversations, secrets.secret_key, settings.site)),
        clock,
    )
    stopping, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    serving = [asyncio.create_task(worker.serve()) for _ in range(settings.turn_workers)]
    serving += [asyncio.create_task(worker.look_after()), asyncio.create_task(explainer.warm_up())]
    log.info("the worker is ready", conversations_at_a_time=settings.turn_workers)
    await stopping.wait()
    for task in serving:
        task.cancel()
    await asyncio.gather(*serving, return_exceptions=True)
    await bot.close()


def main() -> None:
    """Runs until it is told to stop."""
    settings = load_settings()
    configure(settings, "worker")
    try:
        asyncio.run(_run(settings))
    except AidlineError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
