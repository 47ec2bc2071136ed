"""The phone simulator: a machine without a carrier takes and shows texts the same way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker
from twilio.request_validator import RequestValidator

from aidline.settings import Settings
from aidline.storage.models import Message, SmsText
from aidline.storage.redis import connect_async
from aidline.storage.secrets import Vault, load_or_make
from channels.gateway import keys
from channels.gateway.conversations import Conversations
from channels.gateway.messages import Outgoing
from channels.gateway.queue import Turns, record_of, shown
from channels.gateway.record import Recorder
from channels.web.app import create_app
from tests.fakes import FakeClock

PHONE = "+15055550123"


@pytest.fixture
def app_with(
    empty_redis: str, settings_for: Callable[..., Settings], clock: FakeClock, records: sessionmaker[Session]
) -> Callable[..., Flask]:
    return lambda **values: create_app(settings_for(**({"redis_url": empty_redis} | values)), clock)


def text(client: FlaskClient, body: str, phone: str = PHONE) -> int:
    return client.post("/phone/send", json={"from": phone, "body": body}).status_code


def test_a_text_typed_on_the_page_is_accepted(app_with: Callable[..., Flask]) -> None:
    assert text(app_with().test_client(), "hello") == 202


@pytest.mark.parametrize("phone", ["", "hello", "911"])
def test_what_is_no_phone_number_is_said_so(app_with: Callable[..., Flask], phone: str) -> None:
    assert text(app_with().test_client(), "hello", phone) == 400


def end_turn(redis_url: str, clock: FakeClock, said: str) -> None:
    """Ends the next turn without a reply; `said` is what a transcript keeps of the person's words."""

    async def one() -> None:
        connection = connect_async(redis_url)
        turns = Turns(connection, clock, session_seconds=3600)
        claim = await turns.claim()
        assert claim is not None
        assert await turns.complete(claim, (), said=said)
        await connection.aclose()

    asyncio.run(one())


def test_the_thread_shows_what_was_sent_and_what_arrived_and_not_what_waits(
    app_with: Callable[..., Flask], settings_for: Callable[..., Settings], store: redis.Redis,
    records: sessionmaker[Session], empty_redis: str, clock: FakeClock,
) -> None:  # fmt: skip
    client = app_with().test_client()
    text(client, "hello")
    end_turn(empty_redis, clock, "[answer: parent_agi]")
    vault = Vault(load_or_make(settings_for()).phone_key)
    recorder = Recorder(store, records, vault, lambda _text: None, name="one")
    recorder.prepare()
    recorder.step(wait_ms=1)
    now = datetime(2026, 11, 21, 17, 6, tzinfo=UTC)
    with records.begin() as session:
        conversation = session.query(Message).one().conversation_id
        for n, status in enumerate(("delivered", "queued"), 2):
            session.add(Message(id=f"r{n}", conversation_id=conversation, seq=n, sender="aidline", at=now,
                                language="en", text=f"Reply {n}", extra={}))  # fmt: skip
            session.add(SmsText(id=f"r{n}", conversation_id=conversation, phone=vault.encrypt_phone(PHONE),
                                phone_hash=vault.hash_phone(PHONE), body=f"Reply {n}", created_at=now,
                                status=status))  # fmt: skip
    shown = client.get("/phone/messages", query_string={"phone": PHONE}).get_json()["messages"]
    assert [(one["direction"], one["body"]) for one in shown] == [("in", "hello"), ("out", "Reply 2")]
    other = client.get("/phone/messages", query_string={"phone": "+15055550199"}).get_json()["messages"]
    assert other == []


def test_where_a_carrier_is_set_up_there_is_no_simulator(app_with: Callable[..., Flask]) -> None:
    assert text(app_with(twilio_auth_tokens="t0ken").test_client(), "hello") == 404


def test_a_carriers_text_is_checked_against_the_public_address_behind_a_proxy(
    app_with: Callable[..., Flask],
) -> None:
    client = app_with(twilio_auth_tokens="new, old", public_url="https://aid.example.edu/").test_client()
    form = {"From": PHONE, "Body": "hi", "MessageSid": "SM1"}
    url = "https://aid.example.edu/sms/twilio/inbound"
    signature = RequestValidator("old").compute_signature(url, form)
    proxied = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "aid.example.edu", "X-Forwarded-For": "198.51.100.7"}
    answer = client.post("/sms/twilio/inbound", data=form, headers={"X-Twilio-Signature": signature, **proxied})
    assert answer.status_code == 200


def test_the_simulators_own_key_opens_nothing_once_a_carrier_is_set_up(
    app_with: Callable[..., Flask], settings_for: Callable[..., Settings]
) -> None:
    from channels.web.app import simulator_token

    token = simulator_token(load_or_make(settings_for()).secret_key)
    form = {"From": PHONE, "Body": "hi", "MessageSid": "SM1"}
    signature = RequestValidator(token).compute_signature("http://127.0.0.1:8000/sms/twilio/inbound", form)
    for tokens, status in ((None, 200), ("t0ken", 403)):
        client = app_with(twilio_auth_tokens=tokens).test_client()
        answer = client.post("/sms/twilio/inbound", data=form, headers={"X-Twilio-Signature": signature})
        assert answer.status_code == status


def test_a_text_tells_what_came_of_a_form_as_long_as_the_session_lives_and_no_answer_goes_on_record(
    app_with: Callable[..., Flask], settings_for: Callable[..., Settings], store: redis.Redis, clock: FakeClock,
    records: sessionmaker[Session],
) -> None:  # fmt: skip
    client = app_with().test_client()
    text(client, "quick estimate")
    vault = Vault(load_or_make(settings_for()).phone_key)
    found = Conversations(store, vault, clock, session_seconds=60).of_phone(PHONE)
    result = {"flow": "estimate_aid", "end": "estimate_shown", "values": {"sai": 7}, "answers": {"student_agi": 41_850}}
    said = Outgoing(id="SM1.1", seq=0, at=clock.now(), language="en", text="It is 7.", result=result, more=True)
    seq = store.hincrby(keys.conversation(found.id), "seq", 1)
    entry: dict[Any, Any] = {"type": "message", "seq": seq}
    store.xadd(keys.out(found.id), {**entry, "data": shown(said)})
    store.xadd(keys.RECORD, {**entry, "conversation": found.id, "data": record_of(said, "sms")})
    recorder = Recorder(store, records, vault, lambda _text: None, name="one")
    recorder.prepare()
    recorder.step(wait_ms=1)
    with records.begin() as session:
        session.query(SmsText).one().status = "delivered"

    def last() -> dict[str, Any]:
        thread = client.get("/phone/messages", query_string={"phone": PHONE, "after": 1}).get_json()["messages"]
        return dict(thread[-1])

    assert (last()["result"], last()["more"]) == (result, True)
    with records() as session:
        assert all("41850" not in str(message.extra) for message in session.query(Message))
    store.delete(keys.out(found.id))
    assert (last()["body"], last()["result"], last()["more"]) == ("It is 7.", None, False)
