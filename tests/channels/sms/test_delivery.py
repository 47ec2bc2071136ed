"""The outbox: each text is sent once, refused ones are given up, and a carrier that is down is tried again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import dramatiq
import pytest
from dramatiq.brokers.stub import StubBroker
from dramatiq.common import compute_backoff, dq_name
from dramatiq.errors import Retry
from dramatiq.middleware import Retries, TimeLimit
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session, sessionmaker

from aidline.errors import ProviderUnavailable
from aidline.storage.models import Conversation, SmsText
from aidline.storage.secrets import Vault
from channels.sms.delivery import MAX_RETRIES, Deliveries, Refused, broker
from channels.sms.reports import report
from tests.fakes import FakeClock, FakeProvider

NOW = datetime(2026, 11, 21, 17, tzinfo=UTC)
PHONE = "+15055550123"


def a_queue() -> StubBroker:
    return StubBroker(middleware=[TimeLimit(), Retries(max_retries=3, min_backoff=1, max_backoff=2)])


class Outbox:
    """Texts that wait, a worker that sends them, and what became of them."""

    def __init__(self, tasks: StubBroker, records: sessionmaker[Session], vault: Vault, provider: FakeProvider) -> None:
        self.tasks, self.records, self.vault, self.provider = tasks, records, vault, provider
        self.clock = FakeClock()
        self.deliveries = Deliveries(tasks, records, vault, provider, self.clock)

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

    def attempt(self, text_id: str) -> None:
        """One task, done here and now."""
        self.tasks.get_actor("deliver_text").fn(text_id)

    def left_by_a_dead_process(self, text_id: str) -> None:
        """Somebody began to send this text, and a minute ago died."""
        with self.records.begin() as session:
            text = update(SmsText).where(SmsText.id == text_id)
            session.execute(text.values(status="sending", attempt_at=self.clock.now()))
        self.clock.advance(61)

    def fate(self, text_id: str) -> tuple[str, str | None, str | None]:
        with self.records() as session:
            text = session.scalars(select(SmsText).where(SmsText.id == text_id)).one()
            return text.status, text.provider_id, text.error


@pytest.fixture
def provider() -> FakeProvider:
    return FakeProvider()


@pytest.fixture
def outbox(records: sessionmaker[Session], vault: Vault, provider: FakeProvider) -> Iterator[Outbox]:
    tasks = a_queue()
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


def test_that_a_text_is_being_sent_is_on_record_before_the_carrier_hears_of_it(
    outbox: Outbox, provider: FakeProvider
) -> None:
    seen: list[str] = []

    class Watching(FakeProvider):
        def send(self, to: str, body: str, key: str) -> str:
            seen.append(outbox.fate(key)[0])
            return super().send(to, body, key)

    watched = Outbox(a_queue(), outbox.records, outbox.vault, Watching())
    watched.put("t1")
    watched.attempt("t1")
    assert seen == ["sending"]
    assert watched.fate("t1")[0] == "sent"


def test_a_text_that_the_carrier_took_before_the_process_died_is_not_sent_again(
    outbox: Outbox, provider: FakeProvider
) -> None:
    outbox.put("t1")
    provider.send(PHONE, "Hello", "t1")
    outbox.left_by_a_dead_process("t1")
    outbox.work("t1")
    assert provider.sent == [(PHONE, "Hello")]
    assert outbox.fate("t1") == ("sent", "SM" + "0" * 32, None)


def test_a_text_that_the_carrier_never_got_from_a_process_that_died_is_sent(
    outbox: Outbox, provider: FakeProvider
) -> None:
    outbox.put("t1")
    outbox.left_by_a_dead_process("t1")
    outbox.work("t1")
    assert provider.sent == [(PHONE, "Hello")]
    assert outbox.fate("t1")[0] == "sent"


def test_a_text_whose_receipt_was_lost_on_its_way_back_is_not_sent_again(
    outbox: Outbox, provider: FakeProvider
) -> None:
    outbox.put("t1")
    provider.lost = [ProviderUnavailable("Twilio did not answer (ReadTimeout).")]
    outbox.work("t1")
    assert provider.sent == [(PHONE, "Hello")]
    assert outbox.fate("t1") == ("sent", "SM" + "0" * 32, None)


def test_two_texts_with_the_same_words_both_arrive(outbox: Outbox, provider: FakeProvider) -> None:
    outbox.put("t1", "Please type a number.")
    outbox.work("t1")
    outbox.put("t2", "Please type a number.")
    outbox.left_by_a_dead_process("t2")
    outbox.work("t2")
    assert len(provider.sent) == 2
    assert outbox.fate("t1")[1] != outbox.fate("t2")[1]


def test_a_text_that_another_process_is_sending_is_left_to_it(outbox: Outbox, provider: FakeProvider) -> None:
    outbox.put("t1")
    outbox.left_by_a_dead_process("t1")
    outbox.clock.advance(-30)
    with pytest.raises(Retry) as later:
        outbox.attempt("t1")
    assert later.value.delay == 14_001
    assert provider.sent == []


def test_two_processes_that_begin_at_the_same_moment_send_once(outbox: Outbox, provider: FakeProvider) -> None:
    together = threading.Barrier(4)

    def begin() -> None:
        together.wait()
        for text_id in texts:
            try:
                outbox.attempt(text_id)
            except Retry:
                continue

    texts = [f"t{number}" for number in range(10)]
    for text_id in texts:
        outbox.put(text_id, f"Text {text_id}")
    processes = [threading.Thread(target=begin) for _ in range(4)]
    for one in processes:
        one.start()
    for one in processes:
        one.join()
    assert sorted(body for _to, body in provider.sent) == [f"Text {text_id}" for text_id in texts]


def test_a_database_that_goes_away_after_sending_does_not_make_the_text_go_out_twice(outbox: Outbox) -> None:
    class Breaking(FakeProvider):
        def send(self, to: str, body: str, key: str) -> str:
            taken = super().send(to, body, key)
            with outbox.records.begin() as session:
                session.execute(text("ALTER TABLE sms_texts RENAME TO elsewhere"))
            return taken

    breaking = Breaking()
    shop = Outbox(a_queue(), outbox.records, outbox.vault, breaking)
    shop.put("t1")
    shop.attempt("t1")
    assert shop.tasks.queues[dq_name("texts")].qsize() == 1, "the task must begin anew"
    with shop.records.begin() as session:
        session.execute(text("ALTER TABLE elsewhere RENAME TO sms_texts"))
    shop.clock.advance(61)
    shop.attempt("t1")
    assert breaking.sent == [(PHONE, "Hello")]
    assert shop.fate("t1")[0] == "sent"


def test_a_report_that_is_faster_than_our_own_record_is_kept(outbox: Outbox) -> None:
    class Quick(FakeProvider):
        def send(self, to: str, body: str, key: str) -> str:
            taken = super().send(to, body, key)
            assert report(outbox.records, text_id=key, provider_id=taken, status="delivered", error=None)
            return taken

    shop = Outbox(a_queue(), outbox.records, outbox.vault, Quick())
    shop.put("t1")
    shop.attempt("t1")
    assert shop.fate("t1") == ("delivered", "SM" + "0" * 32, None)


def test_a_report_about_a_text_left_by_a_dead_process_settles_it(outbox: Outbox, provider: FakeProvider) -> None:
    outbox.put("t1")
    outbox.left_by_a_dead_process("t1")
    assert report(outbox.records, text_id="t1", provider_id="SM9", status="queued", error=None)
    outbox.work("t1")
    assert provider.sent == []
    assert outbox.fate("t1") == ("sent", "SM9", None)


@pytest.mark.parametrize(
    ("statuses", "ends"),
    [(("queued", "sent", "delivered"), "delivered"), (("delivered", "sent"), "delivered"), (("undelivered",), "failed"),
     (("failed", "sent"), "failed"), (("failed", "delivered"), "delivered")],
)  # fmt: skip
def test_reports_in_any_order_never_turn_back_what_is_known(
    outbox: Outbox, statuses: tuple[str, ...], ends: str
) -> None:
    outbox.put("t1")
    outbox.work("t1")
    for status in statuses:
        assert report(outbox.records, text_id=None, provider_id="SM" + "0" * 32, status=status, error="30003")
    assert outbox.fate("t1")[0] == ends
    assert outbox.fate("t1")[2] == ("30003" if ends == "failed" else None)


def test_a_report_about_a_text_that_nobody_knows_is_said_to_be_unknown(outbox: Outbox) -> None:
    outbox.put("t1")
    outbox.work("t1")
    assert not report(outbox.records, text_id="other", provider_id="SM9", status="failed", error=None)
    assert not report(outbox.records, text_id="t1", provider_id="SM9", status="failed", error=None)
    assert outbox.fate("t1")[0] == "sent"
