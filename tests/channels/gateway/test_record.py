"""The record: every message and request is kept once, without personal answers, whatever dies in between."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, func, make_url, select, text
from sqlalchemy.orm import Session, sessionmaker

from aidline.errors import UnavailableError
from aidline.storage.models import Conversation, DeadLetter, Handoff, Message, SmsText, TurnEvent
from aidline.storage.secrets import Vault
from channels.gateway import keys
from channels.gateway.entries import Entry
from channels.gateway.ledger import About, Ledger
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
    house.answer("Hi!")
    house.client.xreadgroup(keys.GROUP, "dead", {keys.RECORD: ">"})
    assert recorder.step(wait_ms=1) == 0
    assert recorder.take_over(idle_ms=0) == 2
    assert transcript(records) == ["hello", "Hi!"]


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


def test_nothing_is_recorded_without_its_conversation_and_sender(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    house.send(house.someone(), "m1", "hello")
    house.answer("Hi!")
    recorder.step(wait_ms=1)
    with records() as session:
        found = session.execute(select(Message.sender, Message.seq).order_by(Message.seq)).all()
    assert [tuple(row) for row in found] == [("person", 1), ("aidline", 2)]


def test_a_request_is_on_record_even_if_another_recorder_still_has_the_messages_before_it(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    person = house.someone()
    house.send(person, "m1", "evenings")
    house.client.xreadgroup(keys.GROUP, "slow", {keys.RECORD: ">"})
    house.answer("Done.", effects=(Effect("handoff", dict(REQUEST)),))
    recorder.step(wait_ms=1)
    recorder.take_over(idle_ms=0)
    assert set(transcript(records)) == {"evenings", "Done."}
    with records() as session:
        assert session.get_one(Handoff, "AID-7KQ2MX").conversation_id == person.id
        assert session.get_one(Conversation, person.id).message_count == 2


def understood(house: House, conversation: str, message: str = "m1", **given: Any) -> None:
    """What the bot puts on record about a turn."""
    data = {"intent": "ask_deadline", "confidence": 0.97, "actions": ["explain"], "slots": ["award_year"]} | given
    entry: dict[Any, Any] = {"conversation": conversation, "message": message, "at": "2026-11-21T17:05:01+00:00"}
    house.client.xadd(keys.EVENTS, entry | {"data": json.dumps(data)})


def events(records: sessionmaker[Session]) -> list[tuple[str, str | None, list[str], list[str]]]:
    with records() as session:
        found = session.scalars(select(TurnEvent).order_by(TurnEvent.id))
        return [(one.message_id, one.intent, one.actions, one.slots) for one in found]


def test_what_the_bot_made_of_a_message_is_on_record_once_whichever_comes_first(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    person = house.someone()
    understood(house, person.id)
    recorder.step(wait_ms=1)
    house.send(person, "m1", "when is the deadline?")
    house.answer("June 30.")
    understood(house, person.id)
    understood(house, person.id, "m2", intent=None, confidence=None, actions=[], slots=[])
    recorder.step(wait_ms=1)
    assert events(records) == [("m1", "ask_deadline", ["explain"], ["award_year"]), ("m2", None, [], [])]
    with records() as session:
        assert session.get_one(Conversation, person.id).message_count == 2
    assert house.client.xlen(keys.EVENTS) == 0


def test_what_the_bot_did_for_a_health_check_is_nobodys_record(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    understood(house, "readyz")
    assert recorder.step(wait_ms=1) == 1
    assert events(records) == []
    with records() as session:
        assert session.scalars(select(Conversation)).all() == []
        assert session.scalars(select(DeadLetter)).all() == []


def test_deleting_a_conversation_deletes_what_the_bot_made_of_it(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    understood(house, house.someone().id)
    recorder.step(wait_ms=1)
    with records.begin() as session:
        session.execute(text("DELETE FROM conversations"))
    assert events(records) == []


def test_recorders_that_keep_the_same_records_at_the_same_moment_keep_each_once(
    house: House, recorder: Recorder, records: sessionmaker[Session], vault: Vault
) -> None:
    people = [house.someone() for _ in range(4)]
    for person in people:
        house.send(person, "m1", "hello")
        house.answer("Hi!", effects=(Effect("handoff", {**REQUEST, "reference": f"AID-{person.id[:6]}"}),))
        understood(house, person.id)
    read: list[Entry] = []
    for stream in (keys.RECORD, keys.EVENTS):
        found: Any = house.client.xrange(stream)
        read += Entry.all_of(stream, found)
    together, failures = threading.Barrier(4), []

    def keep() -> None:
        ledger = Ledger(records, vault, lambda _id: About(channel="web", language="en"))
        try:
            for first in range(0, len(read), 4):
                together.wait()
                ledger.keep([entry.record() for entry in read[first : first + 4]])
        except Exception as error:
            failures.append(error)
            together.abort()

    recorders = [threading.Thread(target=keep) for _ in range(4)]
    for one in recorders:
        one.start()
    for one in recorders:
        one.join()
    assert failures == []
    with records() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 8
        assert session.scalar(select(func.count()).select_from(Handoff)) == 4
        assert session.scalar(select(func.count()).select_from(TurnEvent)) == 4
        assert {one.message_count for one in session.scalars(select(Conversation))} == {2}


def test_a_message_whose_number_is_taken_since_redis_lost_its_last_second_is_kept_at_the_end(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    person = house.someone()
    house.send(person, "m1", "one")
    house.answer("First.")
    recorder.step(wait_ms=1)
    house.client.hset(keys.conversation(person.id), "seq", 1)
    house.send(person, "m2", "two")
    house.answer("Second.")
    recorder.step(wait_ms=1)
    assert transcript(records) == ["one", "First.", "two", "Second."]


def test_a_character_that_postgresql_cannot_keep_costs_nobody_a_message(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    house.send(house.someone(), "m1", "hel\x00lo")
    house.answer("Hi!")
    recorder.step(wait_ms=1)
    assert transcript(records) == ["hello", "Hi!"]


@contextmanager
def away(engine: Engine) -> Iterator[None]:
    """PostgreSQL is shut, and SQLite's disk is full."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.execute(text("PRAGMA max_page_count=1"))
        yield
        with engine.connect() as connection:
            connection.execute(text("PRAGMA max_page_count=1000000"))
        return
    door = create_engine(make_url(str(engine.url)).set(database="template1"), isolation_level="AUTOCOMMIT")
    with door.connect() as connection:
        connection.execute(text("ALTER DATABASE postgres ALLOW_CONNECTIONS false"))
        connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'postgres'"))
        yield
        connection.execute(text("ALTER DATABASE postgres ALLOW_CONNECTIONS true"))
    door.dispose()


def test_while_the_database_is_away_records_wait_in_the_stream_and_none_is_set_aside(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    long = "word " * 1500
    person = house.someone()
    with away(records.kw["bind"]):
        for number in range(3):
            house.send(person, f"m{number}", long)
            house.answer("That is long.")
            with pytest.raises(UnavailableError, match="does not take records"):
                recorder.step(wait_ms=1)
        assert house.client.xlen(keys.RECORD) == 6
    assert recorder.step(wait_ms=1) == 6
    assert len(transcript(records)) == 6
    with records() as session:
        assert session.scalars(select(DeadLetter)).all() == []


def test_while_the_tables_are_missing_records_wait_in_the_stream(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    with records.begin() as session:
        session.execute(text("ALTER TABLE messages RENAME TO elsewhere"))
    house.send(house.someone(), "m1", "hello")
    house.answer("Hi!")
    with pytest.raises(UnavailableError):
        recorder.step(wait_ms=1)
    with records.begin() as session:
        session.execute(text("ALTER TABLE elsewhere RENAME TO messages"))
    assert recorder.step(wait_ms=1) == 2
    assert transcript(records) == ["hello", "Hi!"]


def test_streams_that_redis_lost_are_made_again(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    house.client.flushall()
    house.send(house.someone(), "m1", "hello")
    house.answer("Hi!")
    recorder.step(wait_ms=1)
    assert recorder.step(wait_ms=1) == 2
    assert transcript(records) == ["hello", "Hi!"]


def fill(house: House, count: int) -> list[str]:
    """An hour's records, as many turns would have left them. Gives the conversations."""
    people = [house.someone().id for _ in range(100)]
    steps = house.client.pipeline(transaction=False)
    for number in range(count):
        seq = number // len(people) + 1
        said = {"id": f"m{seq}", "at": "2026-11-21T17:05:00+00:00", "sender": "person", "language": "en",
                "text": f"message {seq}", "channel": "web"}  # fmt: skip
        fields: dict[Any, Any] = {"type": "message", "conversation": people[number % len(people)], "seq": seq}
        steps.xadd(keys.RECORD, fields | {"data": json.dumps(said)})
    steps.execute()
    return people


def test_ten_thousand_records_that_waited_are_caught_up_in_order(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    people = fill(house, 10_000)
    rounds = 0
    while recorder.step(wait_ms=1):
        rounds += 1
    assert rounds <= 50
    assert house.client.xlen(keys.RECORD) == 0
    with records() as session:
        for person in (people[0], people[-1]):
            texts = select(Message.text).where(Message.conversation_id == person).order_by(Message.seq)
            assert session.scalars(texts).all() == [f"message {seq}" for seq in range(1, 101)]
        assert session.scalar(select(func.sum(Conversation.message_count))) == 10_000
        assert session.scalar(select(func.count()).select_from(Message)) == 10_000


def test_all_that_a_dead_recorder_had_read_is_taken_over_however_much_it_is(
    house: House, recorder: Recorder, records: sessionmaker[Session]
) -> None:
    fill(house, 450)
    house.client.xreadgroup(keys.GROUP, "dead", {keys.RECORD: ">"})
    assert recorder.take_over(idle_ms=0) == 450
    assert len(transcript(records)) == 450


def test_turns_go_on_without_the_database_while_nobody_keeps_records(
    house: House, records: sessionmaker[Session]
) -> None:
    asked: list[str] = []

    def remember(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    fill(house, 1000)
    event.listen(Engine, "before_cursor_execute", remember)
    person = house.someone()
    house.send(person, "m1", "hello")
    house.answer("Hi!")
    event.remove(Engine, "before_cursor_execute", remember)
    assert house.shown(person) == ["hello", "Hi!"]
    assert asked == []
    assert house.client.xlen(keys.RECORD) == 1002
