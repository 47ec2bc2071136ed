"""The web API: start, send, see what is said; and plain answers when something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

MESSAGE = {"client_id": "0123456789abcdef", "text": "hello, how much aid can I get?"}


def start(client: FlaskClient, **body: Any) -> TestResponse:
    return client.post("/api/v1/conversations", json=body)


def send(client: FlaskClient, headers: dict[str, str] | None = None, **change: Any) -> TestResponse:
    return client.post("/api/v1/messages", json={**MESSAGE, **change}, headers=headers)


def bearer(answer: TestResponse) -> dict[str, str]:
    return {"Authorization": f"Bearer {answer.get_json()['token']}"}


def problem(answer: TestResponse, status: int) -> dict[str, Any]:
    """The answer as a problem for people."""
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.get_json()
    assert body["title"]
    assert body["detail"]
    assert "Traceback" not in answer.text
    return body


def test_a_conversation_starts_empty_and_with_a_cookie_scripts_cannot_read(browser: FlaskClient) -> None:
    answer = start(browser)
    assert answer.status_code == 201
    assert answer.get_json()["messages"] == []
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_it_starts_without_any_body_too(browser: FlaskClient) -> None:
    assert browser.post("/api/v1/conversations").status_code == 201


def test_the_cookie_resumes_the_conversation_with_what_was_said(browser: FlaskClient) -> None:
    first = start(browser).get_json()
    send(browser)
    again = start(browser)
    assert again.status_code == 200
    assert again.get_json()["conversation_id"] == first["conversation_id"]
    assert [message["text"] for message in again.get_json()["messages"]] == [MESSAGE["text"]]


def test_another_browser_sees_nothing_of_it(app: Flask, browser: FlaskClient) -> None:
    first = start(browser).get_json()
    send(browser)
    other = start(app.test_client()).get_json()
    assert other["conversation_id"] != first["conversation_id"]
    assert other["messages"] == []


@pytest.mark.parametrize("cookie", ["nonsense", "", "WyJhIiwiYiJd.x", "[]"])
def test_a_cookie_that_is_not_ours_starts_anew(browser: FlaskClient, cookie: str) -> None:
    browser.set_cookie("aidline", cookie)
    assert start(browser).status_code == 201


def test_a_conversation_can_be_held_by_token_alone(program: FlaskClient) -> None:
    headers = bearer(start(program))
    assert send(program, headers).status_code == 202
    assert problem(send(program), 401)
    assert problem(send(program, {"Authorization": "Bearer nonsense"}), 401)


def test_a_token_wins_over_the_cookie_so_nobody_posts_into_the_wrong_conversation(app: Flask) -> None:
    one, other = app.test_client(), app.test_client()
    start(one)
    headers = bearer(start(other))
    send(one, headers)
    assert start(one).get_json()["messages"] == []
    assert len(start(other).get_json()["messages"]) == 1


def test_a_message_is_accepted_once(browser: FlaskClient) -> None:
    start(browser)
    first, again = send(browser), send(browser)
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.get_json() == {"message_id": MESSAGE["client_id"], "language": "en", "duplicate": False}
    assert again.get_json()["duplicate"] is True
    assert len(start(browser).get_json()["messages"]) == 1


def test_a_message_in_spanish_is_read_in_spanish(browser: FlaskClient) -> None:
    start(browser)
    answer = send(browser, text="hola, ¿cuánta ayuda me pueden dar?")
    assert answer.get_json()["language"] == "es"


@pytest.mark.parametrize(
    ("body", "header", "language"),
    [({}, "es-MX,es;q=0.9", "es"), ({}, "fr", "en"), ({"language": "es"}, "en-US", "es"), ({}, None, "en")],
)
def test_the_first_page_is_in_the_language_of_the_person(
    browser: FlaskClient, body: dict[str, str], header: str | None, language: str
) -> None:
    headers = {"Accept-Language": header} if header else {}
    answer = browser.post("/api/v1/conversations", json=body, headers=headers)
    assert answer.get_json()["language"] == language


def test_the_language_can_be_chosen_and_stays(browser: FlaskClient) -> None:
    start(browser)
    assert browser.post("/api/v1/language", json={"language": "es"}).get_json() == {"language": "es"}
    assert start(browser).get_json()["language"] == "es"
    assert send(browser, text="ok").get_json()["language"] == "es"


def test_nothing_is_sent_or_seen_without_a_conversation(browser: FlaskClient) -> None:
    assert problem(send(browser), 401)
    for path in ("/api/v1/messages", "/api/v1/events"):
        assert problem(browser.get(path), 401)
    assert problem(browser.post("/api/v1/language", json={"language": "es"}), 401)


@pytest.mark.parametrize(
    "change",
    [{"client_id": "short"}, {"client_id": "x" * 41}, {"client_id": "no spaces here"}, {"client_id": None},
     {"text": None}, {"text": 5}, {"language": "fr"}, {"extra": 1}],
)  # fmt: skip
def test_a_message_in_the_wrong_shape_is_told_what_is_wrong(browser: FlaskClient, change: dict[str, Any]) -> None:
    start(browser)
    body = problem(send(browser, **change), 422)
    assert next(iter(change)) in body["detail"]
    assert start(browser).get_json()["messages"] == []


@pytest.mark.parametrize("data", ["", "not json", "[1", "\xff"])
def test_a_body_that_is_no_json_is_refused_plainly(browser: FlaskClient, data: str) -> None:
    start(browser)
    assert problem(browser.post("/api/v1/messages", data=data, content_type="application/json"), 400)


@pytest.mark.parametrize("data", ["[]", '"text"', "5"])
def test_json_that_is_no_message_is_refused_too(browser: FlaskClient, data: str) -> None:
    start(browser)
    assert problem(browser.post("/api/v1/messages", data=data, content_type="application/json"), 422)


def test_a_request_that_is_far_too_large_is_refused(browser: FlaskClient) -> None:
    start(browser)
    assert problem(send(browser, text="x" * 300_000), 413)


def test_a_long_message_is_still_accepted_to_be_answered(browser: FlaskClient) -> None:
    start(browser)
    assert send(browser, text="word " * 3_000).status_code == 202


def test_who_sends_too_fast_is_told_when_to_come_back(app_with: Callable[..., Flask]) -> None:
    browser = app_with(messages_per_minute=2).test_client()
    start(browser)
    for n in range(2):
        assert send(browser, client_id=f"message-{n}").status_code == 202
    refused = send(browser, client_id="message-2")
    assert problem(refused, 429)["retry_after"] == int(refused.headers["Retry-After"]) > 0


def test_too_many_unanswered_messages_wait_too(app_with: Callable[..., Flask]) -> None:
    browser = app_with(queue_limit=1).test_client()
    start(browser)
    send(browser, client_id="message-0")
    assert "Retry-After" in send(browser, client_id="message-1").headers


def test_without_redis_people_get_an_apology_in_their_language_and_when_to_come_back(
    app_with: Callable[..., Flask], tmp_path: Path
) -> None:
    browser = app_with(redis_url=f"unix://{tmp_path / 'none.sock'}").test_client()
    answer = browser.post("/api/v1/conversations", json={}, headers={"Accept-Language": "es"})
    assert "Disculpe" in problem(answer, 503)["detail"]
    assert int(answer.headers["Retry-After"]) > 0


def test_what_was_said_can_be_read_from_a_cursor_on(program: FlaskClient) -> None:
    started = start(program)
    headers = bearer(started)
    send(program, headers)
    cursor = started.get_json()["cursor"]
    first = program.get(f"/api/v1/messages?after={cursor}", headers=headers).get_json()
    assert [message["text"] for message in first["messages"]] == [MESSAGE["text"]]
    later = program.get(f"/api/v1/messages?after={first['cursor']}&wait=0", headers=headers).get_json()
    assert later == {"messages": [], "cursor": first["cursor"]}


@pytest.mark.parametrize("cursor", ["abc", "1-2-3", "-1", "$", "9" * 30, "0-0\n"])
@pytest.mark.parametrize("path", ["/api/v1/messages", "/api/v1/events"])
def test_a_cursor_that_is_not_ours_is_refused(browser: FlaskClient, path: str, cursor: str) -> None:
    start(browser)
    assert problem(browser.get(path, query_string={"after": cursor}), 400)


def test_events_come_with_their_cursor_and_go_on_after_the_last_one(browser: FlaskClient) -> None:
    start(browser)
    send(browser, client_id="message-1", text="the first of my messages")
    send(browser, client_id="message-2", text="the second of my messages")
    with browser.get("/api/v1/events", buffered=False) as stream:
        assert stream.mimetype == "text/event-stream"
        assert stream.headers["Cache-Control"] == "no-store"
        chunks = stream.iter_encoded()
        retry, first, second = (next(chunks).decode() for _ in range(3))
    assert retry.startswith("retry:")
    assert "event: message" in first
    assert "the first of my messages" in first
    assert "the second of my messages" in second
    last = first.split("\n")[0].removeprefix("id: ")
    with browser.get("/api/v1/events", headers={"Last-Event-ID": last}, buffered=False) as stream:
        chunks = stream.iter_encoded()
        assert "second" in (next(chunks) + next(chunks)).decode()


def test_a_cursor_beyond_all_numbers_is_refused_as_well(browser: FlaskClient) -> None:
    start(browser)
    assert problem(browser.get("/api/v1/messages", query_string={"after": "9" * 20}), 400)


def test_an_unknown_page_and_method_are_answered_plainly(browser: FlaskClient) -> None:
    assert problem(browser.get("/api/v1/nothing"), 404)
    assert problem(browser.delete("/api/v1/messages"), 405)


def test_alive_says_ok_and_ready_names_what_is_missing(app_with: Callable[..., Flask], free_port_number: int) -> None:
    client = app_with(rasa_port=free_port_number, actions_port=free_port_number).test_client()
    assert client.get("/healthz").get_json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.get_json()["parts"] == {
        "redis": "ok", "database": "ok", "actions": "failing", "rasa": "failing", "turn": "failing",
        "worker": "failing", "records": "failing",
    }  # fmt: skip
