"""Dead letters: what nobody can keep is set aside unread, holds nobody up, and comes back once the cause is mended."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select, text
from sqlalchemy.orm import Session, sessionmaker
from structlog.testing import capture_logs

from aidline.storage.models import DeadLetter, Handoff, Message, SmsText
from aidline.storage.secrets import Vault
from channels.gateway import keys
from channels.gateway.dead_letters import retry
from channels.gateway.queue import Effect
from channels.gateway.record import Recorder
from tests.channels.gateway.conftest import House

PHONE = "+15055550123"
REQUEST = {
    "reference": "AID-7KQ2MX", "handoff_reason": "My aid was cut", "contact_name": "Rosa Díaz",
    "contact_method": "text", "contact_phone": PHONE, "contact_email": None, "contact_language": "es",
    "urgency": "today", "best_time": "evenings", "at": "2026-11-21T17:05:00+00:00",
}  # fmt: skip
GOOD = {"id": "m1", "at": "2026-11-21T17:05:00+00:00", "sender": "person", "language": "en", "text": "private words",
        "channel": "web"}  # fmt: skip


def a_recorder(house: House, records: sessionmaker[Session], vault: Vault, sent: list[str]) -> Recorder:
    made = Recorder(house.client, records, vault, sent.append, name="one", clock=house.clock)
    made.prepare()
    return made


@pytest.fixture
def recorder(house: House, records: sessionmaker[Session], vault: Vault) -> Recorder:
    return a_recorder(house, records, vault, [])


def aside(records: sessionmaker[Session]) -> list[DeadLetter]:
    with records() as session:
        return list(session.scalars(select(DeadLetter).order_by(DeadLetter.id)))


def said(records: sessionmaker[Session]) -> list[str]:
    with records() as session:
        return list(session.scalars(select(Message.text).order_by(Message.at, Message.seq)))


def put(house: House, stream: str = keys.RECORD, **fields: Any) -> None:
    given: dict[Any, Any] = {"type": "message", "conversation": "c1", "seq": 1, "data": json.dumps(GOOD)}
    house.client.xadd(stream, given | fields)


def test_a_record_that_cannot_be_kept_is_set_aside_and_holds_nobody_back(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    first, second = house.someone(), house.someone()
    house.send(first, "m1", "one")
    house.answer("Done.", effects=(Effect("handoff", {**REQUEST, "contact_language": None}),))
    house.send(second, "m2", "two")
    house.answer("Well.")
    assert recorder.step(wait_ms=1) == 5
    assert {"one", "Done.", "two"} <= set(said(records))
    [letter] = aside(records)
    assert (letter.stream, letter.kind, letter.conversation_id) == ("record", "handoff", first.id)
    assert (letter.record_id, letter.cause, letter.at) == ("AID-7KQ2MX", "ValidationError", house.clock.now())
    assert house.client.xlen(keys.RECORD) == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"data": "{"}, {"data": "[]"}, {"data": json.dumps({**GOOD, "text": ["private words"]})}, {"type": "riddle"},
        {"data": json.dumps({**GOOD, "at": "private words"})}, {"data": json.dumps({**GOOD, "at": "2026-11-21"})},
        {"data": json.dumps({**GOOD, "language": "xx"})}, {"data": json.dumps({**GOOD, "id": "x" * 200})},
        {"seq": "private words"}, {"seq": 2**40}, {"conversation": "c" * 60}, {"type": "x" * 99, "data": "a\x00b"},
    ],
)  # fmt: skip
def test_whatever_is_wrong_with_a_record_it_is_set_aside_as_it_was_and_its_words_are_told_nowhere(
    house: House, recorder: Recorder, records: sessionmaker[Session], vault: Vault, fields: dict[str, Any]
) -> None:
    put(house, **fields)
    found: Any = house.client.xrange(keys.RECORD)
    [(_entry, as_it_was)] = found
    with capture_logs() as logs:
        recorder.step(wait_ms=1)
    [letter] = aside(records)
    assert json.loads(vault.decrypt_phone(letter.data)) == as_it_was
    assert house.client.xlen(keys.RECORD) == 0
    with records() as session:
        row = session.execute(text("SELECT * FROM dead_letters")).one()
    assert "private words" not in f"{logs} {row}"


def test_an_entry_that_holds_nothing_of_use_is_set_aside_too(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    house.client.xadd(keys.RECORD, {"nonsense": "x"})
    house.client.xadd(keys.EVENTS, {"nonsense": "x"})
    assert recorder.step(wait_ms=1) == 2
    assert [(letter.stream, letter.kind, letter.conversation_id) for letter in aside(records)] == [
        ("events", "event", None), ("record", "", None),
    ]  # fmt: skip


def test_a_phone_number_in_a_dead_letter_is_unreadable(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    put(house, type="handoff", data=json.dumps({**REQUEST, "urgency": "x" * 40}))
    recorder.step(wait_ms=1)
    assert "5055550123" not in aside(records)[0].data


def test_two_requests_under_one_reference_are_both_there(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    for _ in range(2):
        house.send(house.someone(), "m1", "evenings")
        house.answer("Done.", effects=(Effect("handoff", dict(REQUEST)),))
    recorder.step(wait_ms=1)
    with records() as session:
        kept = session.scalars(select(Handoff)).one()
    [letter] = aside(records)
    assert letter.record_id == kept.reference
    assert letter.conversation_id != kept.conversation_id


def test_once_the_cause_is_mended_dead_letters_are_kept_and_their_texts_sent(
    house: House, records: sessionmaker[Session], vault: Vault
) -> None:
    sent: list[str] = []
    with_wrong_key = a_recorder(house, records, Vault(key := Fernet.generate_key().decode()), sent)
    house.send(house.someone("sms", phone=PHONE), "m1", "hi")
    house.answer("Hello!")
    with_wrong_key.step(wait_ms=1)
    assert [letter.cause for letter in aside(records)] == ["RecordError"]
    assert sent == []

    assert retry(house.client, records, Vault(key)) == 1
    assert aside(records) == []
    a_recorder(house, records, vault, sent).step(wait_ms=1)
    assert said(records) == ["hi", "Hello!"]
    with records() as session:
        assert sent == session.scalars(select(SmsText.id)).all()


def test_a_dead_letter_that_is_put_back_and_fails_again_is_set_aside_again(
    house: House, recorder: Recorder, records: sessionmaker[Session], vault: Vault
) -> None:
    put(house, data="{")
    recorder.step(wait_ms=1)
    assert retry(house.client, records, vault) == 1
    recorder.step(wait_ms=1)
    assert len(aside(records)) == 1


def test_only_the_chosen_kind_is_put_back_and_on_its_own_stream(
    house: House, recorder: Recorder, records: sessionmaker[Session], vault: Vault
) -> None:
    put(house, data="{")
    put(house, keys.EVENTS, data="{", message="m1")
    recorder.step(wait_ms=1)
    assert retry(house.client, records, vault, kind="event") == 1
    assert house.client.xlen(keys.EVENTS) == 1
    assert house.client.xlen(keys.RECORD) == 0
    assert [letter.kind for letter in aside(records)] == ["message"]
