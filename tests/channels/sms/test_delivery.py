"""The outbox: each text is sent once, refused ones are given up, and a carrier that is down is tried again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import dramatiq
import pytest
from dramatiq.brokers.stub import StubBroker
from dramatiq.common import compute_backoff
from dramatiq.middleware import Retries, TimeLimit
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from aidline.errors import ProviderUnavailable
from aidline.storage.models import Conversation, SmsText
from aidline.storage.secrets import Vault
from channels.sms.delivery import MAX_RETRIES, Deliveries, Refused, broker
from tests.fakes import FakeProvider

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)
PHONE = "+15055550123"


class Outbox:
    """Texts that wait, a worker that sends them, and what became of them."""

    def __init__(self, tasks: StubBroker, records: sessionmaker[Session], vault: Vault, provider: FakeProvider) -> None:
        self.tasks, self.records, self.vault, self.provider = tasks, records, vault, provider
        self.deliveries = Deliveries(tasks, records, vault, provider)

    def put(self, text_id: str, body: str = "Hello") -> None:
        with self.records.begin() as session:
            if session.get(Conversation, "c1") is None:
                session.add(Conversation(id="c1", channel="sms", language="en", started_at=NOW, last_at=NOW))
            session.add(SmsText(id=text_id, conversation_id="c1", phone=self.vault.encrypt_phone(PHONE), phone_hash="h",
                                body=body, created_at=NOW, status="queued"))  # fmt: skip

    def work(self, *text_ids: str) -> None:
        for text_id in text_ids:
            self.deliveries.enqueue(text_id)
        worker = dramatiq.Worker(self.tasks, worker_timeout=50, worker_threads=2)
        worker.start()
        try:
            self.tasks.join("texts", fail_fast=False, timeout=10_000)
            worker.join()
        finally:
            worker.stop()

    def fate(self, text_id: str) -> tuple[str, str | None, str | None]:
        with self.records() as session:
            text = session.scalars(select(SmsText).where(SmsText.id == text_id)).one()
            return text.status, text.provider_id, text.error


@pytest.fixture
def provider() -> FakeProvider:
    return FakeProvider()


@pytest.fixture
def outbox(records: sessionmaker[Session], vault: Vault, provider: FakeProvider) -> Iterator[Outbox]:
    tasks = StubBroker(middleware=[TimeLimit(), Retries(max_retries=3, min_backoff=1, max_backoff=2)])
    yield Outbox(tasks, records, vault, provider)
    tasks.flush_all()
    tasks.close()


def test_a_text_is_sent_to_its_number_and_keeps_the_carriers_id(outbox: Outbox, provider: FakeProvider) -> None:
    outbox.put("t1")
    outbox.work("t1")
    assert provider.sent == [(PHONE, "Hello")]
    assert outbox.fate("t1") == ("sent", "SM" + "0" * 32, None)


def test_a_task_that_comes_twice_sends_once(outbox: Outbox, provider: FakeProvider) -> None:
    outbox.put("t1")
    outbox.work("t1")
    outbox.work("t1")
    assert len(provider.sent) == 1


def test_a_refused_text_is_given_up_with_its_reason(outbox: Outbox, provider: FakeProvider) -> None:
    outbox.put("t1")
    provider.outcomes = [Refused("21610")]
    outbox.work("t1")
    assert outbox.fate("t1") == ("failed", None, "refused: 21610")
    assert provider.sent == []


def test_a_carrier_that_is_down_for_a_while_gets_the_text_later(outbox: Outbox, provider: FakeProvider) -> None:
    outbox.put("t1")
    provider.outcomes = [ProviderUnavailable("Twilio answered 503."), ProviderUnavailable("Twilio answered 503.")]
    outbox.work("t1")
    assert provider.sent == [(PHONE, "Hello")]
    assert outbox.fate("t1")[0] == "sent"


def test_what_went_wrong_is_on_the_row_while_a_text_waits(outbox: Outbox, provider: FakeProvider) -> None:
    outbox.put("t1")
    provider.outcomes = [ProviderUnavailable("Twilio answered 503.")] * 9
    outbox.work("t1")
    assert outbox.fate("t1")[2] == "Twilio answered 503."
    assert provider.sent == []


def test_one_text_that_fails_does_not_hold_back_another(outbox: Outbox, provider: FakeProvider) -> None:
    outbox.put("t1", "first")
    outbox.put("t2", "second")
    provider.outcomes = [Refused("21211")]
    outbox.work("t1", "t2")
    assert len(provider.sent) == 1


def test_a_text_that_is_not_on_record_is_left_alone(outbox: Outbox, provider: FakeProvider) -> None:
    outbox.work("nothing")
    assert provider.sent == []


def test_a_carrier_that_is_down_is_tried_for_about_two_hours(empty_redis: str) -> None:
    tasks = broker(empty_redis)
    [retries] = [part for part in tasks.middleware if isinstance(part, Retries)]
    waits = [
        compute_backoff(n, factor=retries.min_backoff, jitter=False, max_backoff=retries.max_backoff)[1]
        for n in range(1, MAX_RETRIES + 1)
    ]
    tasks.close()
    assert sum(waits) / 1000 >= 1.8 * 3600


def test_a_text_that_could_never_be_delivered_is_marked_failed_for_staff(
    outbox: Outbox, provider: FakeProvider
) -> None:
    outbox.put("t1")
    provider.outcomes = [ProviderUnavailable("Twilio answered 503.")] * 9
    outbox.work("t1")
    assert outbox.fate("t1") == ("failed", None, "Twilio answered 503.")
