"""Rasa over HTTP: its replies come through whole, and every way of failing is one kind of failure."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from aidline.errors import BotUnavailable, StaleClaim
from channels.gateway.bot import RasaBot, Reply


class Rasa:
    """A server that answers turns with what it was given."""

    def __init__(self) -> None:
        self.status, self.body = 200, b'{"replies": []}'
        self.heard: list[dict[str, Any]] = []
        self.recovers_after: int | None = None
        rasa = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                rasa.heard.append({"path": self.path, **json.loads(self.rfile.read(length))})
                if rasa.recovers_after is not None and len(rasa.heard) > rasa.recovers_after:
                    rasa.status = 200
                self.send_response(rasa.status)
                self.end_headers()
                self.wfile.write(rasa.body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
                """Says nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def rasa() -> Iterator[Rasa]:
    made = Rasa()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join(5)


HI = b'{"replies": [{"text": "hi", "custom": {}}]}'


def turn(*urls: str, patience: float = 0.0) -> list[Reply]:
    async def take() -> list[Reply]:
        bot = RasaBot(urls, timeout=5.0, patience=patience)
        try:
            return await bot.turn("c1", "hola", channel="sms", message_id="m1", metadata={"language": "es"})
        finally:
            await bot.close()

    return asyncio.run(take())


def test_replies_come_with_their_words_and_data(rasa: Rasa) -> None:
    rasa.body = json.dumps(
        {"replies": [{"text": "¿Cuánto?", "custom": {"asks": {"name": "a"}}, "response": "x"}]}
    ).encode()
    assert turn(rasa.url) == [Reply("¿Cuánto?", {"asks": {"name": "a"}})]


def test_rasa_hears_who_says_what_where_and_under_which_id(rasa: Rasa) -> None:
    rasa.body = b'{"replies": [{"text": "hi", "custom": {}}]}'
    turn(rasa.url)
    assert rasa.heard == [
        {"path": "/webhooks/aidline/turn", "sender": "c1", "message": "hola", "channel": "sms", "message_id": "m1",
         "metadata": {"language": "es", "channel": "sms", "message_id": "m1"}}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "body"),
    [(503, b'{"error": "RuntimeError"}'), (500, b""), (200, b'{"replies": []}'), (200, b"<html>"), (200, b"{}"),
     (200, b'{"replies": [{"text": "no data"}]}'), (200, b'{"replies": 5}'), (302, b"")],
)  # fmt: skip
def test_a_turn_that_was_not_done_or_said_nothing_is_a_failure(rasa: Rasa, status: int, body: bytes) -> None:
    rasa.status, rasa.body = status, body
    with pytest.raises(BotUnavailable):
        turn(rasa.url)
    assert len(rasa.heard) == 1


def test_a_rasa_that_comes_back_in_time_hears_the_same_message_again(rasa: Rasa) -> None:
    rasa.status, rasa.body, rasa.recovers_after = 503, HI, 2
    assert turn(rasa.url, patience=20.0) == [Reply("hi", {})]
    assert [heard["message_id"] for heard in rasa.heard] == ["m1", "m1", "m1"]


def test_what_rasa_says_to_be_wrong_is_not_asked_again(rasa: Rasa) -> None:
    rasa.status = 400
    with pytest.raises(BotUnavailable):
        turn(rasa.url, patience=20.0)
    assert len(rasa.heard) == 1


def test_a_turn_that_another_worker_took_over_is_let_go_of_without_a_word(rasa: Rasa) -> None:
    rasa.status = 409
    with pytest.raises(StaleClaim):
        turn(rasa.url, patience=20.0)
    assert len(rasa.heard) == 1


def test_another_process_does_the_turn_of_one_that_is_away(rasa: Rasa) -> None:
    rasa.body = HI
    away = "http://127.0.0.1:9"
    assert turn(away, rasa.url) == turn(rasa.url, away) == [Reply("hi", {})]


def test_no_rasa_is_a_failure_too(rasa: Rasa) -> None:
    rasa.server.server_close()
    with pytest.raises(BotUnavailable) as caught:
        turn("http://127.0.0.1:9")
    assert "hola" not in str(caught.value)
