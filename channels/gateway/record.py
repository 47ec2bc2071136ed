"""From the record stream to SQL: transcripts, requests for a person, texts to send. Each record is kept once.

The stream is written in the same step that ends a turn, so nothing said is missing from it; every row's key comes from
the record, so reading one again changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import redis
import structlog
from redis.exceptions import ResponseError
from sqlalchemy.orm import Session, sessionmaker

from aidline.storage.models import Conversation, Handoff, Message, SmsText
from aidline.storage.redis import redis_errors
from aidline.storage.secrets import Vault
from channels.gateway import keys

__all__ = ["Recorder"]

log = structlog.get_logger()

_Entry = tuple[str, dict[str, str]]
_OWN_COLUMNS = frozenset({"id", "at", "sender", "language", "text", "channel"})


class Recorder:
    """One consumer of the record stream."""

    def __init__(
        self,
        client: redis.Redis,
        sessions: sessionmaker[Session],
        vault: Vault,
        deliver: Callable[[str], None],
        *,
        name: str,
    ) -> None:
        # redis-py types every answer as bytes or text; this client gives text (decode_responses).
        self._redis: Any = client
        self._sessions, self._vault = sessions, vault
        self._deliver, self._name = deliver, name

    def prepare(self) -> None:
        """Makes the consumer group where it is missing."""
        try:
            with redis_errors():
                self._redis.xgroup_create(keys.RECORD, keys.GROUP, id="0", mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise

    def take_over(self, idle_ms: int = 60_000) -> int:
        """Records that another consumer read and never finished. Gives how many."""
        with redis_errors():
            _next, entries, *_ = self._redis.xautoclaim(
                keys.RECORD, keys.GROUP, self._name, min_idle_time=idle_ms, count=100
            )
        return self._keep(entries)

    def step(self, *, wait_ms: int) -> int:
        """Keeps what is new, waiting up to `wait_ms`. Gives how many records."""
        with redis_errors():
            found = self._redis.xreadgroup(keys.GROUP, self._name, {keys.RECORD: ">"}, count=100, block=wait_ms)
        return sum(self._keep(entries) for _stream, entries in found or ())

    def _keep(self, entries: list[_Entry]) -> int:
        if not entries:
            return 0
        try:
            done, texts = self._keep_together(entries)
        except Exception:
            log.exception("a batch of records could not be kept; trying one at a time", count=len(entries))
            done, texts = self._keep_apart(entries)
        for text in texts:
            self._deliver(text)
        if done:
            with redis_errors():
                self._redis.xack(keys.RECORD, keys.GROUP, *done)
                self._redis.xdel(keys.RECORD, *done)
        return len(done)

    def _keep_together(self, entries: list[_Entry]) -> tuple[list[str], list[str]]:
        """The entries kept, and the texts to send."""
        texts: list[str] = []
        with self._sessions.begin() as session:
            for _entry, fields in entries:
                texts += self._keep_one(session, fields)
        return [entry for entry, _fields in entries], texts

    def _keep_apart(self, entries: list[_Entry]) -> tuple[list[str], list[str]]:
        """One at a time, so that a record nobody can keep holds up no other; it stays in the stream."""
        done: list[str] = []
        texts: list[str] = []
        for entry, fields in entries:
            try:
                kept, to_send = self._keep_together([(entry, fields)])
            except Exception as error:
                log.error("a record could not be kept", record=entry, kind=fields["type"], cause=type(error).__name__)
                continue
            done += kept
            texts += to_send
        return done, texts

    def _keep_one(self, session: Session, fields: dict[str, str]) -> list[str]:
        conversation_id, data = fields["conversation"], json.loads(fields["data"])
        if fields["type"] == "message":
            return self._message(session, conversation_id, int(fields["seq"]), data)
        if fields["type"] == "handoff":
            self._handoff(session, conversation_id, data)
        return []

    def _message(self, session: Session, conversation_id: str, seq: int, data: dict[str, Any]) -> list[str]:
        key = f"{conversation_id}:{data['id']}"
        if session.get(Message, key) is not None:
            # Kept before, but this process may have died before it handed the text on; delivering looks at the status.
            text = session.get(SmsText, key)
            return [key] if text is not None and text.status == "queued" else []
        at = datetime.fromisoformat(data["at"])
        conversation = session.get(Conversation, conversation_id)
        if conversation is None:
            conversation = Conversation(
                id=conversation_id,
                channel=data["channel"],
                language=data["language"],
                started_at=at,
                last_at=at,
                message_count=0,
            )
            session.add(conversation)
        conversation.last_at, conversation.language = max(at, conversation.last_at), data["language"]
        conversation.message_count += 1
        extra = {name: value for name, value in data.items() if name not in _OWN_COLUMNS}
        session.add(
            Message(
                id=key,
                conversation_id=conversation_id,
                seq=seq,
                sender=data["sender"],
                at=at,
                language=data["language"],
                text=data["text"],
                extra=extra,
            )
        )
        session.flush()
        if data["channel"] == "sms" and data["sender"] == "aidline":
            return self._sms(session, conversation_id, key, at, data)
        return []

    def _sms(self, session: Session, conversation_id: str, key: str, at: datetime, data: dict[str, Any]) -> list[str]:
        with redis_errors():
            phone = self._redis.hget(keys.conversation(conversation_id), "phone")
        if not phone:
            log.error("a text has no phone number to go to", conversation=conversation_id)
            return []
        number = self._vault.decrypt_phone(phone)
        session.add(
            SmsText(
                id=key,
                conversation_id=conversation_id,
                phone=phone,
                phone_hash=self._vault.hash_phone(number),
                body=data["text"],
                asks=data.get("asks"),
                created_at=at,
                status="queued",
            )
        )
        return [key]

    def _handoff(self, session: Session, conversation_id: str, data: dict[str, Any]) -> None:
        if session.get(Handoff, data["reference"]) is not None:
            return
        phone = data.get("contact_phone")
        session.add(
            Handoff(
                reference=data["reference"],
                conversation_id=conversation_id,
                created_at=datetime.fromisoformat(data["at"]),
                reason=data["handoff_reason"],
                contact_name=data["contact_name"][:200],
                contact_method=data["contact_method"],
                contact_phone=self._vault.encrypt_phone(phone) if phone else None,
                contact_email=data.get("contact_email"),
                contact_language=data["contact_language"],
                urgency=data["urgency"],
                best_time=(data.get("best_time") or "")[:200] or None,
                status="open",
            )
        )
