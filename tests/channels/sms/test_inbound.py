"""Texts from the carrier: only signed ones come in, each once, and its reports never turn back time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from aidline.storage.models import Conversation, SmsText
from channels.gateway.gateway import Gateway
from channels.sms.inbound import Inbound, create_sms_blueprint, e164
from channels.web.errors import register_errors

SITE = "https://aid.example.edu"
TEXT = {"From": "+15055550123", "To": "+15055550100", "Body": "hello", "MessageSid": "SM" + "a" * 32, "NumMedia": "0"}


class Carrier:
    """Posts forms as Twilio does."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client()

    def post(
        self, path: str, form: dict[str, str], token: str | None, *, signed_url: str | None = None
    ) -> TestResponse:
        signature = RequestValidator(token).compute_signature(signed_url or f"{SITE}{path}", form) if token else ""
        headers = {"X-Twilio-Signature": signature} if token else {}
        return self._client.post(path, data=form, headers=headers)


@pytest.fixture
def carrier(gateway: Gateway, records: sessionmaker[Session]) -> Callable[..., Carrier]:
    def make(tokens: Sequence[str] = ("t0ken",)) -> Carrier:
        app = Flask("sms-test")
        register_errors(app)
        app.register_blueprint(create_sms_blueprint(Inbound(gateway, tokens, SITE), records))
        return Carrier(app)

    return make


def heard(gateway: Gateway) -> list[str]:
    conversation = gateway.conversations.of_phone("+15055550123")
    return [message.text for message in gateway.recent(conversation.id)[0]]


def test_a_signed_text_is_accepted_and_answered_with_nothing_at_once(
    carrier: Callable[..., Carrier], gateway: Gateway
) -> None:
    answer = carrier().post("/sms/twilio/inbound", TEXT, "t0ken")
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    assert answer.text.endswith("<Response/>")
    assert heard(gateway) == ["hello"]


def test_a_text_that_is_delivered_twice_counts_once(carrier: Callable[..., Carrier], gateway: Gateway) -> None:
    twilio = carrier()
    for _ in range(2):
        assert twilio.post("/sms/twilio/inbound", TEXT, "t0ken").status_code == 200
    assert heard(gateway) == ["hello"]


@pytest.mark.parametrize("token", [None, "wrong", ""])
def test_an_unsigned_or_wrongly_signed_text_is_refused(
    carrier: Callable[..., Carrier], gateway: Gateway, token: str | None
) -> None:
    assert carrier().post("/sms/twilio/inbound", TEXT, token).status_code == 403
    assert heard(gateway) == []


def test_a_signature_of_another_text_is_refused(carrier: Callable[..., Carrier], gateway: Gateway) -> None:
    signature = RequestValidator("t0ken").compute_signature(f"{SITE}/sms/twilio/inbound", {**TEXT, "Body": "other"})
    twilio = carrier()
    answer = twilio._client.post("/sms/twilio/inbound", data=TEXT, headers={"X-Twilio-Signature": signature})
    assert answer.status_code == 403


def test_a_signature_for_another_address_is_refused(carrier: Callable[..., Carrier]) -> None:
    answer = carrier().post("/sms/twilio/inbound", TEXT, "t0ken", signed_url="http://localhost/sms/twilio/inbound")
    assert answer.status_code == 403


def test_each_of_several_tokens_is_good_while_they_are_rotated(carrier: Callable[..., Carrier]) -> None:
    twilio = carrier(("new", "old"))
    for n, token in enumerate(("new", "old")):
        form = {**TEXT, "MessageSid": f"SM{n:032d}"}
        assert twilio.post("/sms/twilio/inbound", form, token).status_code == 200
    assert twilio.post("/sms/twilio/inbound", TEXT, "older").status_code == 403


def test_without_any_token_nothing_comes_in(carrier: Callable[..., Carrier]) -> None:
    for token in ("t0ken", None):
        assert carrier(()).post("/sms/twilio/inbound", TEXT, token).status_code == 403


def test_an_address_with_a_query_is_signed_with_it(carrier: Callable[..., Carrier]) -> None:
    path = "/sms/twilio/inbound?" + urlencode({"from": "messaging service"})
    assert carrier().post(path, TEXT, "t0ken").status_code == 200


@pytest.mark.parametrize("change", [{"From": "72345"}, {"From": ""}, {"MessageSid": ""}])
def test_a_text_nobody_can_be_answered_for_is_refused_plainly(
    carrier: Callable[..., Carrier], change: dict[str, str]
) -> None:
    assert carrier().post("/sms/twilio/inbound", {**TEXT, **change}, "t0ken").status_code == 400


def test_a_picture_without_words_is_accepted_to_be_answered(carrier: Callable[..., Carrier], gateway: Gateway) -> None:
    carrier().post("/sms/twilio/inbound", {**TEXT, "Body": "", "NumMedia": "1"}, "t0ken")
    assert heard(gateway) == [""]


@pytest.mark.parametrize(
    ("typed", "number"),
    [("+15055550123", "+15055550123"), ("(505) 555-0123", "+15055550123"), ("505.555.0123", "+15055550123"),
     ("+52 55 1234 5678", "+525512345678"), ("72345", None), ("hello", None), ("", None)],
)  # fmt: skip
def test_phone_numbers_are_kept_in_one_form(typed: str, number: str | None) -> None:
    assert e164(typed) == number


@pytest.fixture
def a_text(records: sessionmaker[Session]) -> Callable[[], SmsText]:
    now = datetime(2026, 11, 21, 17, tzinfo=UTC)
    with records.begin() as session:
        session.add(Conversation(id="c1", channel="sms", language="en", started_at=now, last_at=now, message_count=1))
        session.add(SmsText(id="c1:m1.1", conversation_id="c1", phone="x", phone_hash="y", body="Hi", created_at=now,
                            status="sent", provider_id="SM1"))  # fmt: skip

    def read() -> SmsText:
        with records() as session:
            return session.scalars(select(SmsText)).one()

    return read


def report(twilio: Carrier, *statuses: str, **more: str) -> None:
    for status in statuses:
        form = {"MessageSid": "SM1", "MessageStatus": status, **more}
        assert twilio.post("/sms/twilio/status", form, "t0ken").status_code == 204


@pytest.mark.parametrize(
    ("statuses", "ends"),
    [(("queued", "sent", "delivered"), "delivered"), (("delivered", "sent"), "delivered"), (("sent",), "sent"),
     (("undelivered",), "failed"), (("failed", "sent"), "failed"), (("delivered", "delivered"), "delivered"),
     (("read", "nonsense"), "sent")],
)  # fmt: skip
def test_reports_that_come_out_of_order_do_not_turn_back_what_is_known(
    carrier: Callable[..., Carrier], a_text: Callable[[], SmsText], statuses: tuple[str, ...], ends: str
) -> None:
    report(carrier(), *statuses)
    assert a_text().status == ends


def test_a_text_that_arrived_stays_delivered(carrier: Callable[..., Carrier], a_text: Callable[[], SmsText]) -> None:
    report(carrier(), "delivered", "undelivered")
    assert a_text().status == "delivered"


def test_a_failure_is_kept_with_its_reason(carrier: Callable[..., Carrier], a_text: Callable[[], SmsText]) -> None:
    report(carrier(), "undelivered", ErrorCode="30003")
    assert a_text().error == "30003"


def test_a_report_about_an_unknown_text_is_taken_and_changes_nothing(
    carrier: Callable[..., Carrier], a_text: Callable[[], SmsText]
) -> None:
    form = {"MessageSid": "SM-unknown", "MessageStatus": "failed"}
    assert carrier().post("/sms/twilio/status", form, "t0ken").status_code == 204
    assert a_text().status == "sent"


def test_an_unsigned_report_is_refused(carrier: Callable[..., Carrier], a_text: Callable[[], SmsText]) -> None:
    form: dict[str, Any] = {"MessageSid": "SM1", "MessageStatus": "failed"}
    assert carrier().post("/sms/twilio/status", form, None).status_code == 403
    assert a_text().status == "sent"


def test_who_texts_too_much_at_once_is_told_so_once_and_not_left_in_silence(
    carrier: Callable[..., Carrier], gateway: Gateway
) -> None:
    twilio = carrier()
    for number in range(30):
        form = {**TEXT, "Body": f"answer {number}", "MessageSid": f"SM{number:032d}"}
        assert twilio.post("/sms/twilio/inbound", form, "t0ken").status_code == 200
    said = heard(gateway)
    taken = [text for text in said if text.startswith("answer")]
    assert taken == [f"answer {number}" for number in range(len(taken))]
    assert len(taken) < 30
    assert [text for text in said if not text.startswith("answer")] == [
        "I am still working on your earlier messages. Please wait a moment and send this again."
    ]
