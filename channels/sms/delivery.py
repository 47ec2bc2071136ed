"""Sends the texts of the outbox through the provider, with bounded retries; each text's fate is on its row."""

from __future__ import annotations

from typing import Any, Protocol

import dramatiq
import structlog
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import AgeLimit, Callbacks, Retries, ShutdownNotifications, TimeLimit
from sqlalchemy.orm import Session, sessionmaker

from aidline.errors import ProviderUnavailable
from aidline.storage.models import SmsText
from aidline.storage.secrets import Vault

__all__ = ["Deliveries", "Provider", "Refused", "broker"]

log = structlog.get_logger()

MAX_RETRIES = 17
"""With the waits below: about two hours of trying."""


class Refused(Exception):
    """The provider will never take this text (a number that can't be texted). `code` is the provider's."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The provider refused the text (code {code}).")
        self.code = code


class Provider(Protocol):
    """Takes texts for phones."""

    def send(self, to: str, body: str) -> str:
        """Sends `body` to the E.164 number `to`; gives the provider's id. Raises ProviderUnavailable or Refused."""
        ...


def broker(redis_url: str) -> RedisBroker:
    """The task queue for background work, on Aidline's Redis."""
    made = RedisBroker(  # type: ignore[no-untyped-call]
        url=redis_url,
        namespace="tasks",
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
        self, tasks: dramatiq.Broker, sessions: sessionmaker[Session], vault: Vault, provider: Provider
    ) -> None:
        self._sessions, self._vault, self._provider = sessions, vault, provider
        declare = dramatiq.actor(
            broker=tasks,
            actor_name="deliver_text",
            queue_name="texts",
            time_limit=60_000,
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
            text = session.get(SmsText, text_id)
            if text is not None and text.status == "queued":
                text.status = "failed"
        log.error("a text could not be delivered", text_id=text_id)

    def _deliver(self, text_id: str) -> None:
        with self._sessions() as session:
            text = session.get(SmsText, text_id)
            if text is None or text.status != "queued":
                return
            try:
                text.provider_id = self._provider.send(self._vault.decrypt_phone(text.phone), text.body)
                text.status = "sent"
            except Refused as error:
                text.status, text.error = "failed", f"refused: {error.code}"
                log.warning("a text was refused by the provider", text_id=text_id, code=error.code)
            except ProviderUnavailable as error:
                text.error = str(error)[:200]
                session.commit()
                raise
            session.commit()
