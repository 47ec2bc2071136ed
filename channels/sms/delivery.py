"""Sends the texts of the outbox through the provider, each once, with bounded retries; its fate is on its row.

A text is on record as `sending` before the provider hears of it. Whoever finds it so, after a crash or an answer that
never came, asks the provider whether it has the text before sending it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import dramatiq
import structlog
from dramatiq.brokers.redis import RedisBroker
from dramatiq.errors import Retry
from dramatiq.middleware import AgeLimit, Callbacks, Retries, ShutdownNotifications, TimeLimit
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from aidline.clock import Clock, SystemClock
from aidline.errors import ProviderUnavailable
from aidline.storage.models import SmsText
from aidline.storage.redis import connect
from aidline.storage.secrets import Vault
from aidline.storage.sql import is_outage

__all__ = ["Deliveries", "Provider", "Refused", "broker"]

log = structlog.get_logger()

MAX_RETRIES = 17
"""With the waits below: about two hours of trying."""

_TIME_LIMIT_MS = 45_000
"""Asking the provider and sending can each take 20 seconds, to connect and to be answered."""
_IN_FLIGHT = timedelta(milliseconds=_TIME_LIMIT_MS)
"""For so long another process may be in the middle of an attempt; then it is dead."""
_DATABASE_PAUSE_MS = 15_000
_DEAD_AFTER_MS = 30_000
"""A worker that Redis has not heard of for so long is dead; the tasks it held go to others."""
_LOOK_FOR_DEAD_WORKERS = 50_000
"""Of a million commands, how many look for tasks that a dead worker left: every few seconds, not every few minutes."""


class Refused(Exception):
    """The provider will never take this text (a number that can't be texted). `code` is the provider's."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The provider refused the text (code {code}).")
        self.code = code


class Provider(Protocol):
    """Takes texts for phones."""

    def send(self, to: str, body: str, key: str) -> str:
        """Sends `body` to the E.164 number `to`; gives the provider's id. `key` is our id of the text.

        Raises Refused, or ProviderUnavailable: then the provider may or may not have the text.
        """
        ...

    def find(self, to: str, body: str, since: datetime, key: str) -> Sequence[str]:
        """The provider's ids of what it has had since `since` and could be this text, oldest first.

        Raises ProviderUnavailable.
        """
        ...


def broker(redis_url: str) -> RedisBroker:
    """The task queue for background work, on Aidline's Redis."""
    made = RedisBroker(  # type: ignore[no-untyped-call]
        client=connect(redis_url, texts=False),
        namespace="{tasks}",  # One hash tag, so that a Redis Cluster keeps them on one node.
        heartbeat_timeout=_DEAD_AFTER_MS,
        maintenance_chance=_LOOK_FOR_DEAD_WORKERS,
        middleware=[
            AgeLimit(), TimeLimit(), ShutdownNotifications(), Callbacks(),
            Retries(max_retries=MAX_RETRIES, min_backoff=1_000, max_backoff=15 * 60_000),
        ],
    )  # fmt: skip
    dramatiq.set_broker(made)
    return made


class Deliveries:
    """The delivery task."""

    def __init__(
        self,
        tasks: dramatiq.Broker,
        sessions: sessionmaker[Session],
        vault: Vault,
        provider: Provider,
        clock: Clock | None = None,
    ) -> None:
        self._sessions, self._vault, self._provider = sessions, vault, provider
        self._clock = clock or SystemClock()
        declare = dramatiq.actor(
            broker=tasks,
            actor_name="deliver_text",
            queue_name="texts",
            time_limit=_TIME_LIMIT_MS,
            on_retry_exhausted="give_text_up",
        )
        self._task = declare(self._deliver)

        dramatiq.actor(broker=tasks, actor_name="give_text_up", queue_name="texts")(self._give_up)

    def enqueue(self, text_id: str) -> None:
        """Puts a text of the outbox in the queue."""
        self._task.send(text_id)

    def _give_up(self, message: dict[str, Any], retries: dict[str, Any]) -> None:
        """Marks a text that could not be delivered, so that staff see it."""
        (text_id,) = message["args"]
        with self._sessions.begin() as session:
            given_up = update(SmsText).where(SmsText.id == text_id, SmsText.status.in_(SmsText.WAITING))
            session.execute(given_up.values(status="failed"))
        log.error("a text could not be delivered", text_id=text_id)

    def _deliver(self, text_id: str) -> None:
        try:
            self._attempt(text_id)
        except SQLAlchemyError as error:
            if not is_outage(error):
                raise
            # The database may be away for longer than all retries: begin anew. What was sent by then is asked about.
            log.warning("a text waits for the database", text_id=text_id, cause=type(error).__name__)
            self._task.send_with_options(args=(text_id,), delay=_DATABASE_PAUSE_MS)

    def _attempt(self, text_id: str) -> None:
        attempt = self._begin(text_id)
        if attempt is None:
            return
        try:
            # Before anything is sent again, the provider is asked whether it has the text from an earlier attempt.
            if attempt.again and self._found(attempt):
                return
            provider_id = self._provider.send(attempt.to, attempt.body, attempt.text_id)
        except Refused as error:
            self._end(text_id, status="failed", error=f"refused: {error.code}")
            log.warning("a text was refused by the provider", text_id=text_id, code=error.code)
        except ProviderUnavailable as error:
            self._end(text_id, status="unsure", error=str(error)[:200])
            raise
        else:
            self._end(text_id, status="sent", provider_id=provider_id)

    def _begin(self, text_id: str) -> _Attempt | None:
        """Claims the text for one attempt, on record before the provider hears of it. None if there is nothing to do.

        Raises Retry while another process may be in the middle of an attempt.
        """
        with self._sessions.begin() as session:
            text = session.get(SmsText, text_id)
            if text is None or text.status not in SmsText.WAITING:
                return None
            now, before, seen = self._clock.now(), text.status, text.attempt_at
            if before == "sending" and seen is not None and (left := seen + _IN_FLIGHT - now) > timedelta():
                raise Retry("Another process is sending this text.", delay=int(left / timedelta(milliseconds=1)) + 1)
            attempt = _Attempt(
                text_id, self._vault.decrypt_phone(text.phone), text.body, text.created_at, before != "queued"
            )
            same = SmsText.attempt_at.is_(None) if seen is None else SmsText.attempt_at == seen
            claimed = session.execute(
                update(SmsText)
                .where(SmsText.id == text_id, SmsText.status == before, same)
                .values(status="sending", attempt_at=now)
                .execution_options(synchronize_session=False)
                .returning(SmsText.id)
            ).all()
        if not claimed:
            raise Retry("Another process took this text a moment ago.", delay=1_000)
        return attempt

    def _found(self, attempt: _Attempt) -> bool:
        """Whether the provider has this text already; then it is on record as sent."""
        for provider_id in self._provider.find(attempt.to, attempt.body, attempt.since, attempt.text_id):
            # The same words may have gone to the same phone before: what belongs to another text is not this one.
            with suppress(IntegrityError):
                self._end(attempt.text_id, status="sent", provider_id=provider_id)
                log.info("the provider had the text already", text_id=attempt.text_id)
                return True
        return False

    def _end(self, text_id: str, *, status: str, provider_id: str | None = None, error: str | None = None) -> None:
        """Puts on record how an attempt ended, unless a report about the text was faster."""
        with self._sessions.begin() as session:
            if provider_id is not None:
                nameless = update(SmsText).where(SmsText.id == text_id, SmsText.provider_id.is_(None))
                session.execute(nameless.values(provider_id=provider_id))
            ended = update(SmsText).where(SmsText.id == text_id, SmsText.status == "sending")
            session.execute(ended.values(status=status, error=error))


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One try to send a text. `again` when an earlier one may have reached the provider, at `since` or later."""

    text_id: str
    to: str
    body: str
    since: datetime
    again: bool
