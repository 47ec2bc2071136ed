"""Records that nobody can keep: set aside with their cause, so that they hold nobody up, and put back once mended."""

from __future__ import annotations

import json
from typing import Any

import redis
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from aidline.clock import Clock
from aidline.storage.models import DeadLetter
from aidline.storage.redis import redis_errors
from aidline.storage.secrets import Vault
from channels.gateway.entries import STREAMS, Entry

__all__ = ["bury", "retry"]

_NAMES = ("id", "reference", "message")


def bury(sessions: sessionmaker[Session], vault: Vault, clock: Clock, entry: Entry, error: Exception) -> None:
    """Sets a record aside as it was. Doing it again changes nothing. Raises SQLAlchemy's errors."""
    letter_id = f"{entry.stream}:{entry.id}"
    with sessions.begin() as session:
        if session.get(DeadLetter, letter_id) is not None:
            return
        session.add(
            DeadLetter(
                id=letter_id,
                stream=entry.stream,
                kind=_fitting(entry.kind, 16) or "",
                conversation_id=_fitting(entry.fields.get("conversation"), 32),
                record_id=_fitting(_record_id(entry), 96),
                data=vault.encrypt_phone(json.dumps(entry.fields)),
                cause=type(error).__name__[:64],
                at=clock.now(),
            )
        )


def retry(
    client: redis.Redis, sessions: sessionmaker[Session], vault: Vault, *, kind: str | None = None, limit: int = 10_000
) -> int:
    """Puts dead letters (all, or those of one kind) back on their streams, oldest first. Gives how many.

    A letter leaves the table after it stands in the stream: whatever dies in between, it is never lost, and a record
    that is read twice is kept once. Raises RedisUnavailable, or RecordError when the key it was stored under is gone.
    """
    redis_client: Any = client
    chosen = select(DeadLetter).order_by(DeadLetter.at, DeadLetter.id).limit(limit)
    if kind is not None:
        chosen = chosen.where(DeadLetter.kind == kind)
    with sessions() as session:
        letters = session.scalars(chosen).all()
        for letter in letters:
            fields = json.loads(vault.decrypt_phone(letter.data))
            with redis_errors():
                redis_client.xadd(STREAMS["events" if letter.stream == "events" else "record"], fields)
            session.delete(letter)
            session.commit()
    return len(letters)


def _fitting(text: str | None, count: int) -> str | None:
    return text.replace("\x00", "")[:count] if text else None


def _record_id(entry: Entry) -> str | None:
    """What the record calls itself, where it still says so."""
    try:
        data = json.loads(entry.fields.get("data", ""))
    except ValueError:
        data = {}
    said = {**(data if isinstance(data, dict) else {}), **entry.fields}
    return next((str(said[name]) for name in _NAMES if said.get(name)), None)
