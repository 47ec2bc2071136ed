"""What is special about a turn by text: the network's own words, and one short text with the rest on request."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import redis.asyncio as aredis

from aidline.clock import Clock
from aidline.storage.redis import redis_errors
from channels.gateway import keys
from channels.gateway.conversations import Conversation, Conversations
from channels.gateway.messages import Inbound, Outgoing
from channels.gateway.render import for_sms
from channels.gateway.transcript import Taken
from channels.gateway.turn import TurnDone
from channels.gateway.words import words
from channels.sms.keywords import Keyword, keyword

__all__ = ["SmsTurn"]

_REST = "rest"
"""Field of the conversation: what is left of a long text, sent when the person asks for MORE."""


class SmsTurn:
    """Does turns by text around ordinary ones."""

    def __init__(self, conversations: Conversations, client: aredis.Redis, clock: Clock) -> None:
        # redis-py types every answer as bytes or text; this client gives text (decode_responses).
        self._redis: Any = client
        self._conversations, self._clock = conversations, clock

    async def run(
        self, inbound: Inbound, conversation: Conversation, ordinary: Callable[[], Awaitable[TurnDone]]
    ) -> TurnDone:
        """Answers the network's words itself and everything else through `ordinary`; nothing after an opt-out."""
        meaning = keyword(inbound.text)
        if meaning == "start" and not conversation.opted_out:
            meaning = None
        if meaning is not None:
            return await self._special(meaning, inbound)
        if conversation.opted_out:
            return TurnDone(())
        done = await ordinary()
        return self._one_text(inbound, done)

    def _one_text(self, inbound: Inbound, done: TurnDone) -> TurnDone:
        if not done.messages:
            return done
        text, rest = for_sms(done.messages, inbound.language)
        # Kept in the step that ends the turn: a turn done twice must find the same rest.
        return TurnDone((text,), done.effects, {**done.keeps, _REST: rest}, done.taken)

    async def _special(self, meaning: Keyword, inbound: Inbound) -> TurnDone:
        if meaning in {"stop", "start"}:
            await asyncio.to_thread(self._conversations.set_opted_out, inbound.conversation_id, meaning == "stop")
        if meaning == "stop":
            result = {"flow": "any", "end": "opted_out", "values": {}, "answers": {}, "assumed": []}
            return self._say(inbound, words("opted_out", inbound.language), result=result)
        if meaning == "more":
            with redis_errors():
                rest, offered = await self._redis.hmget(keys.conversation(inbound.conversation_id), _REST, "offered")
            told = self._say(inbound, rest or words("no_more", inbound.language))
            done = self._one_text(inbound, told) if rest else told
            # The list to pick from stands in the text before: whoever reads the rest first picks from it all the same.
            return replace(done, keeps={**done.keeps, "offered": offered or ""})
        return self._say(inbound, words("opted_in" if meaning == "start" else "sms_help", inbound.language))

    def _say(self, inbound: Inbound, text: str, *, result: dict[str, Any] | None = None) -> TurnDone:
        message = Outgoing(
            id=f"{inbound.id}.1",
            seq=0,
            at=self._clock.now(),
            language=inbound.language,
            text=text,
            result=result,
        )
        return TurnDone((message,), taken=Taken("open"))
