"""Twilio, over its own client with the network taken out: what is tried again and what never."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from requests.exceptions import ConnectionError as NoConnection
from requests.exceptions import ReadTimeout
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from aidline.errors import ProviderUnavailable
from aidline.settings import Settings
from channels.sms.delivery import Refused
from channels.sms.providers import SimulatorProvider, TwilioProvider, provider_for

ACCOUNT = "AC" + "0" * 32
TAKEN = (201, {"sid": "SM123", "status": "queued"})


class Wire(HttpClient):  # type: ignore[misc]
    """Answers as Twilio's API would, and keeps what it was sent."""

    def __init__(self, *outcomes: tuple[int, dict[str, Any]] | Exception) -> None:
        super().__init__(logging.getLogger("wire"), is_async=False)
        self._outcomes = list(outcomes)
        self.sent: list[dict[str, Any]] = []

    def request(self, method: str, uri: str, *_: Any, data: dict[str, Any] | None = None, **__: Any) -> Response:
        self.sent.append({"method": method, "uri": uri, **(data or {})})
        outcome = self._outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        status, body = outcome
        return Response(status, json.dumps(body))


def provider(wire: Wire, sender: str = "+15055550100") -> TwilioProvider:
    api = Client(ACCOUNT, "t0ken", http_client=wire)
    return TwilioProvider(ACCOUNT, "t0ken", sender, "https://aid.example.edu/sms/twilio/status", api)


def test_a_text_that_is_taken_gives_its_id() -> None:
    wire = Wire(TAKEN)
    assert provider(wire).send("+15055550123", "Hello", "c1:m1.1") == "SM123"
    [sent] = wire.sent
    assert (sent["To"], sent["From"], sent["Body"]) == ("+15055550123", "+15055550100", "Hello")
    assert sent["StatusCallback"] == "https://aid.example.edu/sms/twilio/status?text=c1%3Am1.1", "reports name the text"
    assert ACCOUNT in sent["uri"]


def test_a_messaging_service_can_be_the_sender() -> None:
    wire = Wire(TAKEN)
    provider(wire, "MG" + "1" * 32).send("+15055550123", "Hello", "c1:m1.1")
    assert wire.sent[0]["MessagingServiceSid"] == "MG" + "1" * 32
    assert "From" not in wire.sent[0]


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_busy_or_broken_carrier_is_tried_again(status: int) -> None:
    with pytest.raises(ProviderUnavailable, match=str(status)):
        provider(Wire((status, {"code": 20429, "message": "busy", "status": status}))).send(
            "+15055550123", "Hello", "c1:m1.1"
        )


@pytest.mark.parametrize("error", [ReadTimeout("slow"), NoConnection("gone")])
def test_a_carrier_that_does_not_answer_is_tried_again(error: Exception) -> None:
    with pytest.raises(ProviderUnavailable, match="did not answer"):
        provider(Wire(error)).send("+15055550123", "Hello", "c1:m1.1")


@pytest.mark.parametrize(("status", "code"), [(400, 21211), (400, 21610), (403, 21408), (404, 20404)])
def test_a_number_that_cannot_be_texted_is_never_tried_again(status: int, code: int) -> None:
    with pytest.raises(Refused) as refused:
        provider(Wire((status, {"code": code, "message": "no", "status": status}))).send(
            "+15055550123", "Hello", "c1:m1.1"
        )
    assert refused.value.code == str(code)


def test_no_message_of_an_error_holds_the_text_or_the_number() -> None:
    for outcome in (
        (400, {"code": 21211, "message": "+15055550123 Hello", "status": 400}),
        ReadTimeout("+15055550123"),
    ):
        with pytest.raises((Refused, ProviderUnavailable)) as caught:
            provider(Wire(outcome)).send("+15055550123", "Hello", "c1:m1.1")
        assert "5055550123" not in str(caught.value)
        assert "Hello" not in str(caught.value)


def test_without_credentials_texts_go_to_the_simulator(settings_for: Callable[..., Settings]) -> None:
    assert isinstance(provider_for(settings_for()), SimulatorProvider)
    assert isinstance(provider_for(settings_for(twilio_account_sid=ACCOUNT)), SimulatorProvider)


def test_with_credentials_texts_go_to_twilio(settings_for: Callable[..., Settings]) -> None:
    given = {"twilio_account_sid": ACCOUNT, "twilio_auth_tokens": "new, old", "twilio_from": "+15055550100"}
    assert isinstance(provider_for(settings_for(**given)), TwilioProvider)


def test_the_simulator_has_a_text_once_however_often_it_is_sent() -> None:
    simulator = SimulatorProvider()
    ids = {simulator.send("+15055550123", "Hello", key) for key in ("one", "one", "two")}
    assert len(ids) == 2
    assert simulator.find("+15055550123", "Hello", SINCE, "one") == [simulator.send("+15055550123", "Hello", "one")]


SINCE = datetime(2026, 11, 21, 17, 5, 30, tzinfo=UTC)


def listed(sid: str, created: str, body: str) -> dict[str, Any]:
    """A text in Twilio's list."""
    return {"sid": sid, "body": body, "date_created": f"Sat, 21 Nov 2026 {created} +0000", "date_sent": None}


def found(*texts: dict[str, Any], body: str = "Hello") -> list[str]:
    wire = Wire((200, {"messages": list(texts), "page_size": 50, "next_page_uri": None}))
    return list(provider(wire).find("+15055550123", body, SINCE, "c1:m1.1"))


def test_a_text_that_twilio_has_is_found_by_its_words_even_before_it_was_sent_on() -> None:
    assert found(listed("SM3", "17:05:31", "Hello"), listed("SM2", "17:05:31", "Bye")) == ["SM3"]


def test_of_several_the_oldest_comes_first_and_what_is_older_than_the_text_is_left_out() -> None:
    texts = (listed("SM3", "17:09:00", "Hello"), listed("SM2", "17:05:31", "Hello"), listed("SM1", "16:00:00", "Hello"))
    assert found(*texts) == ["SM2", "SM3"]


def test_characters_that_a_carrier_replaces_and_a_trial_accounts_sentence_do_not_hide_a_text() -> None:
    straight = 'Sent from your Twilio trial account - It\'s "free"... - yes'
    assert found(listed("SM1", "17:05:31", straight), body="It’s “free”… – yes") == ["SM1"]


def test_a_text_that_twilio_does_not_have_is_not_found() -> None:
    assert found() == []


@pytest.mark.parametrize("outcome", [(503, {"code": 1, "message": "busy", "status": 503}), ReadTimeout("slow")])
def test_a_carrier_that_cannot_be_asked_is_asked_again(outcome: Any) -> None:
    with pytest.raises(ProviderUnavailable):
        provider(Wire(outcome)).find("+15055550123", "Hello", SINCE, "c1:m1.1")
