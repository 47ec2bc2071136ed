"""The gateway: takes a message from any channel, once for good, and shows what is said in a conversation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import redis
from limits import parse
from limits.errors import StorageError
from limits.strategies import FixedWindowRateLimiter

from aidline.clock import Clock
from aidline.errors import Busy, RedisUnavailable, TooMuch
from aidline.language import Language, asked_for, detect
from aidline.redaction import redact
from aidline.settings import Settings
from aidline.storage.limits import RedisCounters
from aidline.storage.redis import redis_errors
from aidline.storage.secrets import Vault
from channels.gateway import keys
from channels.gateway.conversations import Conversation, Conversations
from channels.gateway.messages import Inbound, Outgoing
from channels.gateway.queue import Inbox, record_of, shown
from channels.gateway.words import words

__all__ = ["Event", "Gateway"]

_COMMAND = re.compile(r"\s*(?:/|EXTERNAL:)")
"""How commands to Rasa begin. It never sees them as such; people are told that they do nothing here."""

_HARD_LIMIT = 10_000
"""Characters of a message that are kept in the transcript at all."""


@dataclass(frozen=True)
class Event:
    """Something to show: `kind` is message, partial or working; `cursor` says where to go on from."""

    cursor: str
    kind: str
    data: dict[str, Any]


class Gateway:
    """The accepting side of every channel."""

    def __init__(self, client: redis.Redis, vault: Vault, clock: Clock, settings: Settings) -> None:
        session = settings.session_days * 24 * 3600
        # redis-py types every answer as bytes or text; this client gives text (decode_responses).
        self._redis: Any = client
        self._clock, self._settings = clock, settings
        self.conversations = Conversations(client, vault, clock, session_seconds=session)
        self._inbox = Inbox(
            client, clock, limit=settings.queue_limit, waiting_limit=settings.waiting_limit, session_seconds=session
        )
        self._limiter = FixedWindowRateLimiter(RedisCounters(client))
        self._per_person = parse(f"{settings.messages_per_minute}/minute")
        self._new_per_address = parse("120/minute")

    def allow_new(self, address: str) -> None:
        """Raises TooMuch when one address starts conversations too fast."""
        if not self._hit(self._new_per_address, "new", address):
            raise TooMuch("Too many conversations were started from here.", retry_after=60)

    def _hit(self, limit: Any, *names: str) -> bool:
        with redis_errors():
            try:
                return bool(self._limiter.hit(limit, *names))
            except StorageError as error:
                raise RedisUnavailable("Redis does not answer.") from error

    def accept(
        self,
        conversation: Conversation,
        message_id: str,
        text: str,
        *,
        language: Language | None = None,
        media: bool = False,
    ) -> tuple[Literal["accepted", "duplicate"], Language]:
        """Takes a message. `language` is what the person chose on the page, if it shows one.

        Raises TooMuch when the person writes too fast or too many of their messages wait, Busy when too many people
        wait, RedisUnavailable. Each time nothing was accepted and the same id may be sent again.
        """
        current = conversation.language or language
        if not self._hit(self._per_person, "message", conversation.id):
            raise TooMuch(words("too_fast", current or "en"), retry_after=30)
        cleaned = redact(text[:_HARD_LIMIT])
        heard, asked = detect(cleaned.text[:500], current), asked_for(cleaned.text[:500])
        spoken = current if current and conversation.language_asked and not asked else heard.language
        inbound = Inbound(
            id=message_id, conversation_id=conversation.id, channel=conversation.channel,
            text=cleaned.text[: self._settings.max_message_chars], language=spoken, at=self._clock.now(),
            problem=self._problem(text, bool(cleaned.found), heard.other, media),
            whole=cleaned.text if len(cleaned.text) > self._settings.max_message_chars else None,
        )  # fmt: skip
        said = Outgoing(
            id=message_id,
            seq=0,
            sender="person",
            at=inbound.at,
            language=spoken,
            text=cleaned.text[:_HARD_LIMIT],
        )
        outcome = self._inbox.accept(inbound, said)
        if outcome == "full":
            raise TooMuch(words("full", spoken), retry_after=10)
        if outcome == "busy":
            raise Busy(words("busy", spoken), retry_after=30)
        if spoken != conversation.language or asked:
            self.conversations.set_language(conversation.id, spoken, asked=asked is not None)
        return outcome, spoken

    def _problem(
        self, text: str, sensitive: bool, other: bool, media: bool
    ) -> Literal["empty", "too_long", "media", "sensitive", "command", "other_language"] | None:
        if sensitive:
            return "sensitive"
        if _COMMAND.match(text):
            return "command"
        if len(text) > self._settings.max_message_chars:
            return "too_long"
        if not any(character.isalnum() for character in text):
            return "media" if media else ("empty" if not text.strip() else None)
        return "other_language" if other else None

    def tell(self, conversation: Conversation, message_id: str, text: str, *, at_most_every: int) -> None:
        """Says `text` outside any turn, such as that too much came at once; at most every so many seconds."""
        own = conversation.id
        with redis_errors():
            if not self._redis.set(keys.told(own), "1", nx=True, ex=at_most_every):
                return
            message = Outgoing(
                id=message_id, seq=0, at=self._clock.now(), language=conversation.language or "en", text=text
            )
            seq = self._redis.hincrby(keys.conversation(own), "seq", 1)
            entry = {"type": "message", "seq": seq}
            self._redis.xadd(keys.out(own), {**entry, "data": shown(message)}, maxlen=1000)
            recorded = record_of(message, conversation.channel)
            self._redis.xadd(keys.RECORD, {**entry, "conversation": own, "data": recorded})

    def recent(self, conversation_id: str, count: int = 100) -> tuple[list[Outgoing], str]:
        """The last messages, oldest first, and the cursor after them."""
        with redis_errors():
            entries = self._redis.xrevrange(keys.out(conversation_id), count=count)
        events = [_event(cursor, fields) for cursor, fields in reversed(entries)]
        messages = [Outgoing.model_validate(event.data) for event in events if event.kind == "message"]
        return messages, events[-1].cursor if events else "0-0"

    def events(self, conversation_id: str, after: str, *, wait_ms: int) -> Iterator[Event]:
        """What was shown after `after`, waiting up to `wait_ms` for something to come."""
        with redis_errors():
            found = self._redis.xread({keys.out(conversation_id): after}, count=100, block=wait_ms)
        for _stream, entries in found or ():
            for cursor, fields in entries:
                yield _event(cursor, fields)


def _event(cursor: str, fields: dict[str, str]) -> Event:
    data = json.loads(fields["data"])
    if fields["type"] == "message":
        data["seq"] = int(fields["seq"])
    return Event(cursor, fields["type"], data)
