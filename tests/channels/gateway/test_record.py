"""The record: every message and request is kept once, without personal answers, whatever dies in between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from aidline.storage.models import Conversation, Handoff, Message, SmsText
from aidline.storage.secrets import Vault
from channels.gateway import keys
from channels.gateway.queue import Effect
from channels.gateway.record import Recorder
from tests.channels.gateway.conftest import House

PHONE = "+15055550123"
WEB_ID = "6f1c2f9e-0d57-4d0e-9a55-3f8f4f9c7a11"
"""As the chat page makes them."""
SMS_ID = "SM0123456789abcdef0123456789abcdef"
"""As Twilio makes them."""
REQUEST = {
    "reference": "AID-7KQ2MX", "handoff_reason": "My aid was cut", "contact_name": "Rosa Díaz",
    "contact_method": "text", "contact_phone": PHONE, "contact_email": None, "contact_language": "es",
    "urgency": "today", "best_time": "evenings", "at": "2026-11-21T17:05:00+00:00",
}  # fmt: skip


@pytest.fixture
def sent() -> list[str]:
    """Texts handed to the delivery queue."""
    return []


@pytest.fixture
def recorder(house: House, records: sessionmaker[Session], vault: Vault, sent: list[str]) -> Recorder:
    made = Recorder(house.client, records, vault, sent.append, name="one")
    made.prepare()
    return made


def transcript(records: sessionmaker[Session]) -> list[str]:
    with records() as session:
        return [message.text for message in session.scalars(select(Message).order_by(Message.seq))]


def test_what_was_said_is_on_record_in_order(house: House, recorder: Recorder, records: sessionmaker[Session]) -> None:
    person = house.someone()
    house.send(person, "m1", "hello")
    house.answer("Hi!", "What can I do?")
    assert recorder.step(wait_ms=1) == 3
    assert transcript(records) == ["hello", "Hi!", "What can I do?"]
    with records() as session:
        kept = session.get_one(Conversation, person.id)
        assert (kept.channel, kept.language, kept.message_count) == ("web", "en", 3)


@pytest.mark.parametrize(("channel", "message_id"), [("web", WEB_ID), ("web", "x" * 40), ("sms", SMS_ID)])
def test_answers_are_on_record_beside_the_message_whatever_its_id(
    house: House, recorder: Recorder, records: sessionmaker[Session], channel: str, message_id: str
) -> None:
    person = house.someone(channel, phone=PHONE)
    house.send(person, message_id, "hello")
    house.answer("Hi!")
    recorder.step(wait_ms=1)
    assert transcript(records) == ["hello", "Hi!"]
    with records() as session:
        longest = max(len(one) for one in session.scalars(select(Message.id)))
    assert longest <= Message.__table__.c.id.type.length, "PostgreSQL would refuse it"  # type: ignore[attr-defined]


def test_reading_the_same_records_again_changes_nothing(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    house.send(house.someone(), "m1", "hello")
    house.answer("Hi!", effects=(Effect("handoff", dict(REQUEST)),))
    entries: Any = house.client.xrange(keys.RECORD)
    recorder.step(wait_ms=1)
    for _cursor, fields in entries:
        house.client.xadd(keys.RECORD, fields)
    assert recorder.step(wait_ms=1) == 3
    assert transcript(records) == ["hello", "Hi!"]
    with records() as session:
        assert session.scalars(select(Conversation)).one().message_count == 2
        assert len(session.scalars(select(Handoff)).all()) == 1


def test_what_one_recorder_left_unfinished_another_takes_over(
    house: House, recorder: Recorder, records: sessionmaker[Session], vault: Vault, sent: list[str]
) -> None:
    house.send(house.someone(), "m1", "hello")
    house.client.xreadgroup(keys.GROUP, "dead", {keys.RECORD: ">"})
    assert recorder.step(wait_ms=1) == 0
    assert recorder.take_over(idle_ms=0) == 1
    assert transcript(records) == ["hello"]


def test_preparing_twice_is_no_harm(recorder: Recorder) -> None:
    recorder.prepare()
    assert recorder.step(wait_ms=1) == 0


def test_what_is_on_record_is_no_longer_in_the_stream(house: House, recorder: Recorder) -> None:
    house.send(house.someone(), "m1", "hello")
    recorder.step(wait_ms=1)
    assert house.client.xlen(keys.RECORD) == 0


def test_a_request_for_a_person_is_on_record_with_its_phone_unreadable(
    house: House, recorder: Recorder, records: sessionmaker[Session], vault: Vault
) -> None:
    person = house.someone()
    house.send(person, "m1", "evenings")
    house.answer("Done.", effects=(Effect("handoff", dict(REQUEST)),))
    recorder.step(wait_ms=1)
    with records() as session:
        kept = session.get_one(Handoff, "AID-7KQ2MX")
        assert (kept.conversation_id, kept.reason, kept.status) == (person.id, "My aid was cut", "open")
        assert kept.contact_phone is not None
        assert "5055550123" not in kept.contact_phone
        assert vault.decrypt_phone(kept.contact_phone) == PHONE


def test_the_answers_behind_a_result_stay_out_of_the_transcript(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    result = {"flow": "estimate_aid", "end": "estimate_shown", "values": {"sai": 7201}, "assumed": [],
              "answers": {"parent_agi": 95_000}}  # fmt: skip
    person = house.someone()
    house.send(person, "m1", "yes")
    house.answer("Your index is 7,201.", result=result)
    recorder.step(wait_ms=1)
    with records() as session:
        kept = session.scalars(select(Message).where(Message.sender == "aidline")).one()
        assert kept.extra["result"]["values"] == {"sai": 7201}
        assert "95000" not in str(kept.extra)
    assert house.gateway.recent(person.id)[0][-1].result == result


def test_the_phone_of_a_request_is_not_readable_in_its_result_either(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    result = {"flow": "handoff", "end": "handoff_recorded", "values": {"contact_phone": PHONE}, "assumed": [],
              "answers": {"contact_phone": PHONE}}  # fmt: skip
    house.send(house.someone(), "m1", "evenings")
    house.answer("Done.", result=result)
    recorder.step(wait_ms=1)
    with records() as session:
        assert "5055550123" not in str([message.extra for message in session.scalars(select(Message))])


def test_an_answer_to_a_phone_goes_to_the_outbox_once(
    house: House, recorder: Recorder, records: sessionmaker[Session], vault: Vault, sent: list[str]
) -> None:
    person = house.someone("sms", phone=PHONE)
    house.send(person, "m1", "hi")
    house.answer("Hello!", asks={"name": "award_year", "kind": "year"})
    recorder.step(wait_ms=1)
    with records() as session:
        text = session.scalars(select(SmsText)).one()
        assert (text.body, text.status, text.conversation_id) == ("Hello!", "queued", person.id)
        assert text.asks is not None
        assert text.asks["name"] == "award_year"
        assert vault.decrypt_phone(text.phone) == PHONE
        assert PHONE not in text.phone
        assert sent == [text.id]


def test_a_text_is_sent_even_when_the_recorder_died_before_it_was_queued(
    house: House, records: sessionmaker[Session], vault: Vault, sent: list[str]
) -> None:
    def dies(_text: str) -> None:
        raise ConnectionError("the task queue is gone")

    house.send(house.someone("sms", phone=PHONE), "m1", "hi")
    house.answer("Hello!")
    dying = Recorder(house.client, records, vault, dies, name="dying")
    dying.prepare()
    with pytest.raises(ConnectionError):
        dying.step(wait_ms=1)
    Recorder(house.client, records, vault, sent.append, name="next").take_over(idle_ms=0)
    assert len(sent) == 1


def test_a_record_that_cannot_be_kept_holds_nobody_else_back(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    first, second = house.someone(), house.someone()
    house.send(first, "m1", "one")
    broken: dict[str, Any] = {**REQUEST, "contact_name": None}
    house.answer("Done.", effects=(Effect("handoff", broken),))
    house.send(second, "m2", "two")
    for step in (lambda: recorder.step(wait_ms=1), lambda: recorder.take_over(idle_ms=0)):
        never_fails(step)
    assert "two" in transcript(records)


def never_fails(step: Callable[[], Any]) -> None:
    try:
        step()
    except Exception as error:
        pytest.fail(f"the recorder stopped: {type(error).__name__}")


def test_nothing_is_recorded_without_its_conversation_and_sender(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    house.send(house.someone(), "m1", "hello")
    house.answer("Hi!")
    recorder.step(wait_ms=1)
    with records() as session:
        found = session.execute(select(Message.sender, Message.seq).order_by(Message.seq)).all()
    assert [tuple(row) for row in found] == [("person", 1), ("aidline", 2)]
