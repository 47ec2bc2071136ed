"""Deleting what was said: gone from pages, streams and tables, also from records that come late; new words stay."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from aidline.storage.models import Conversation as Kept
from aidline.storage.models import DeadLetter, Handoff, Message, SmsText
from aidline.storage.secrets import Vault
from channels.gateway import keys
from channels.gateway.conversations import Conversation
from channels.gateway.queue import Effect
from channels.gateway.record import Recorder
from tests.channels.gateway.conftest import House
from tests.channels.gateway.test_record import PHONE, REQUEST, transcript


@pytest.fixture
def sent() -> list[str]:
    return []


@pytest.fixture
def recorder(house: House, records: sessionmaker[Session], vault: Vault, sent: list[str]) -> Recorder:
    made = Recorder(house.client, records, vault, sent.append, name="one")
    made.prepare()
    return made


def request(house: House, **given: Any) -> Effect:
    return Effect("handoff", {**REQUEST, "at": house.clock.now().isoformat(), **given})


def deleted(house: House, person: Conversation, message_id: str = "m9") -> None:
    """A turn in which everything is deleted."""
    house.clock.advance(1)
    house.send(person, message_id, "yes")
    house.answer("Deleted.", effects=(Effect("forget", {"at": house.clock.now().isoformat()}),))


def spoken(house: House, channel: Any = "web") -> Conversation:
    """Someone who said something, and asked for a person."""
    person = house.someone(channel, phone=PHONE if channel == "sms" else None)
    house.send(person, "m1", "my aid was cut")
    house.answer("I see.", effects=(request(house),), rows=[{"label": "a", "value": "b"}])
    return person


def test_what_was_said_is_gone_and_that_something_was_said_stays(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    person = spoken(house)
    recorder.step(wait_ms=1)
    deleted(house, person)
    recorder.step(wait_ms=1)
    assert transcript(records) == ["", "", "", "Deleted."]
    with records() as session:
        messages = session.scalars(select(Message).order_by(Message.seq)).all()
        assert [message.extra for message in messages[:3]] == [{}, {}, {}]
        assert session.get_one(Kept, person.id).message_count == 4


def test_the_page_shows_nothing_of_it_and_goes_on(house: House) -> None:
    person = spoken(house)
    _messages, cursor = house.gateway.recent(person.id)
    deleted(house, person)
    assert house.shown(person) == ["Deleted."]
    assert [event.data["text"] for event in house.gateway.events(person.id, cursor, wait_ms=1)] == ["Deleted."]


def test_what_the_next_turn_would_have_known_is_gone(house: House) -> None:
    person = spoken(house)
    for name in ("offered", "explained", "asked", "rest"):
        house.client.hset(keys.conversation(person.id), name, "something")
    deleted(house, person)
    assert not {"offered", "explained", "asked", "rest"} & set(house.client.hgetall(keys.conversation(person.id)))


def test_a_request_is_withdrawn_without_its_content(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    person = spoken(house)
    recorder.step(wait_ms=1)
    deleted(house, person)
    recorder.step(wait_ms=1)
    with records() as session:
        gone = session.get_one(Handoff, "AID-7KQ2MX")
        assert (gone.status, gone.reason, gone.contact_name, gone.contact_phone) == ("deleted", "", "", None)


def test_records_that_another_consumer_reads_late_are_kept_without_content(
    house: House, recorder: Recorder, records: sessionmaker[Session], vault: Vault
) -> None:
    person = spoken(house)
    house.client.xreadgroup(keys.GROUP, "slow", {keys.RECORD: ">"})
    deleted(house, person)
    recorder.step(wait_ms=1)
    recorder.take_over(idle_ms=0)
    assert transcript(records) == ["", "", "", "Deleted."]
    with records() as session:
        assert session.get_one(Handoff, "AID-7KQ2MX").status == "deleted"


def test_what_is_said_afterwards_is_kept(house: House, recorder: Recorder, records: sessionmaker[Session]) -> None:
    person = spoken(house)
    deleted(house, person)
    house.clock.advance(1)
    house.send(person, "m10", "one more thing")
    house.answer("Yes?", effects=(request(house, reference="AID-NEW234"),))
    recorder.step(wait_ms=1)
    assert transcript(records)[-2:] == ["one more thing", "Yes?"]
    with records() as session:
        assert session.get_one(Handoff, "AID-NEW234").status == "open"


def test_deleting_twice_and_reading_twice_change_nothing_more(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    person = spoken(house)
    deleted(house, person)
    entries: Any = house.client.xrange(keys.RECORD)
    recorder.step(wait_ms=1)
    before = transcript(records)
    for _cursor, fields in entries:
        house.client.xadd(keys.RECORD, fields)
    recorder.step(wait_ms=1)
    assert transcript(records) == before


def test_nobody_else_loses_anything(house: House, recorder: Recorder, records: sessionmaker[Session]) -> None:
    other = house.someone()
    house.send(other, "m1", "mine")
    house.answer("Yours.")
    deleted(house, spoken(house))
    recorder.step(wait_ms=1)
    with records() as session:
        own = session.scalars(select(Message).where(Message.conversation_id == other.id).order_by(Message.seq))
        assert [message.text for message in own] == ["mine", "Yours."]


def test_texts_lose_their_words_and_those_that_wait_are_not_sent(
    house: House, recorder: Recorder, records: sessionmaker[Session], sent: list[str]
) -> None:
    person = spoken(house, "sms")
    recorder.step(wait_ms=1)
    deleted(house, person)
    recorder.step(wait_ms=1)
    with records() as session:
        first, last = session.scalars(select(SmsText).order_by(SmsText.id)).all()
        assert (first.body, first.status, first.error) == ("", "failed", "deleted")
        assert (last.body, last.status) == ("Deleted.", "queued")


def test_what_was_set_aside_is_deleted_too(house: House, recorder: Recorder, records: sessionmaker[Session]) -> None:
    person = house.someone()
    house.send(person, "m1", "my aid was cut")
    house.answer("I see.", effects=(request(house, contact_language=None),))
    recorder.step(wait_ms=1)
    with records() as session:
        assert session.scalars(select(DeadLetter)).one().conversation_id == person.id
    deleted(house, person)
    recorder.step(wait_ms=1)
    with records() as session:
        assert session.scalars(select(DeadLetter)).all() == []


def test_a_correction_changes_the_request_and_opens_it_again(
    house: House, recorder: Recorder, records: sessionmaker[Session], vault: Vault
) -> None:
    person = spoken(house)
    recorder.step(wait_ms=1)
    with records.begin() as session:
        session.get_one(Handoff, "AID-7KQ2MX").status = "done"
    house.clock.advance(60)
    house.send(person, "m2", "my number is ...")
    case = [{"label": "School", "value": "Kent", "note": ""}]
    house.answer("Done.", effects=(request(house, contact_phone="+15055550147", kind="appeal", case=case),))
    recorder.step(wait_ms=1)
    with records() as session:
        kept = session.scalars(select(Handoff)).one()
        assert vault.decrypt_phone(str(kept.contact_phone)) == "+15055550147"
        assert json.loads(vault.decrypt_phone(str(kept.case_file))) == case
        assert (kept.status, kept.kind, kept.updated_at) == ("open", "appeal", house.clock.now())
        assert kept.created_at < house.clock.now()


def test_an_older_version_of_a_request_does_not_replace_a_newer_one(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    person = spoken(house)
    older: Any = house.client.xrange(keys.RECORD)
    house.clock.advance(60)
    house.send(person, "m2", "change my name")
    house.answer("Done.", effects=(request(house, contact_name="Rosa Medina"),))
    recorder.step(wait_ms=1)
    for _cursor, fields in older:
        house.client.xadd(keys.RECORD, fields)
    recorder.step(wait_ms=1)
    with records() as session:
        assert session.scalars(select(Handoff)).one().contact_name == "Rosa Medina"
