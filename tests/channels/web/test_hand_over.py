"""A conversation by text goes on in a browser: by a link that opens it once, for the person and nobody else."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import redis
from flask import Flask
from flask.testing import FlaskClient

from aidline.settings import Settings
from aidline.storage.secrets import Vault, load_or_make
from channels.gateway.gateway import Gateway
from channels.gateway.links import Links
from channels.gateway.messages import Inbound
from tests.fakes import FakeClock

PHONE = "+15055550147"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
PREVIEW = f"{IPHONE} facebookexternalhit/1.1 Facebot Twitterbot/1.0"


@pytest.fixture
def gateway(
    store: redis.Redis, clock: FakeClock, empty_redis: str, settings_for: Callable[..., Settings], app: Flask
) -> Gateway:
    """The gateway of the same site: it reads the numbers that the application wrote."""
    settings = settings_for(redis_url=empty_redis)
    return Gateway(store, Vault(load_or_make(settings).phone_key), clock, settings)


def link_to(gateway: Gateway, message_id: str = "SM1") -> str:
    own = gateway.conversations.of_phone(PHONE)
    inbound = Inbound(
        id=message_id, conversation_id=own.id, channel="sms", text="send me the link", language="en",
        at=datetime(2026, 11, 21, tzinfo=UTC),
    )  # fmt: skip
    made = asyncio.run(Links(gateway.conversations, "a secret", "https://aid.example").make(inbound))
    found = re.fullmatch(r"https://aid\.example(/go/[\w-]{22})", made)
    assert found is not None
    return found[1]


def opened(browser: FlaskClient) -> tuple[int, str]:
    answer = browser.post("/api/v1/conversations", json={})
    return answer.status_code, str(answer.get_json()["conversation_id"])


def test_the_link_opens_the_conversation_of_the_phone(gateway: Gateway, browser: FlaskClient) -> None:
    own = gateway.conversations.of_phone(PHONE)
    assert browser.get(link_to(gateway)).headers["Location"] == "/"
    assert opened(browser) == (200, own.id)
    assert gateway.conversations.get(own.id).channel == "web"


def test_whoever_comes_second_gets_a_new_conversation_and_plain_words(gateway: Gateway, app: Flask) -> None:
    link = link_to(gateway)
    app.test_client().get(link)
    stranger = app.test_client()
    answer = stranger.get(link, headers={"Accept-Language": "es"})
    assert answer.status_code == 410
    assert "ya se us\u00f3" in answer.get_data(as_text=True)
    assert opened(stranger)[0] == 201


def test_a_program_that_looks_at_the_link_first_does_not_use_it_up(gateway: Gateway, browser: FlaskClient) -> None:
    link = link_to(gateway)
    assert browser.get(link, headers={"User-Agent": PREVIEW}).status_code == 200
    assert "Set-Cookie" not in browser.get(link, headers={"User-Agent": PREVIEW}).headers
    assert browser.get(link, headers={"User-Agent": IPHONE}).status_code == 302
    assert opened(browser)[0] == 200


def test_a_turn_that_is_done_twice_gives_the_same_link(gateway: Gateway) -> None:
    assert link_to(gateway) == link_to(gateway)
    assert link_to(gateway, "SM2") != link_to(gateway)


def test_writing_from_the_phone_again_brings_the_conversation_back_to_it(
    gateway: Gateway, browser: FlaskClient
) -> None:
    browser.get(link_to(gateway))
    own = gateway.conversations.of_phone(PHONE)
    assert own.channel == "sms"
    assert gateway.conversations.get(own.id).channel == "sms"
    assert opened(browser) == (200, own.id)


@pytest.mark.parametrize("code", ["x", "A" * 22, "..%2f..", "A" * 500])
def test_a_code_nobody_gave_opens_nothing(browser: FlaskClient, code: str) -> None:
    assert browser.get(f"/go/{code}").status_code in {404, 410}
