"""The people of the journeys: someone at the web API, someone with a phone, someone on staff.

They answer what is asked (`asks`), whatever the order or the wording, so that questions can move without a test
breaking, and wait for what they expect with a deadline instead of sleeping.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from twilio.request_validator import RequestValidator

__all__ = ["PATIENCE", "Persona", "Phone", "Replies", "Staff", "Student", "eventually", "fill", "walk"]

PATIENCE = 60.0
"""Seconds until a test gives up on something that should happen soon; most of it happens within one."""

_LONGEST_CONVERSATION = 80
_POLL_SECONDS = 0.1


def eventually[Found](look: Callable[[], Found], what: str, seconds: float = PATIENCE) -> Found:
    """What `look` gives once it is truthy. Fails naming `what` when that takes too long."""
    deadline = time.monotonic() + seconds
    while True:
        if found := look():
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds:.0f} s")
        time.sleep(_POLL_SECONDS)


@dataclass(frozen=True)
class Replies:
    """Everything said in answer to one message."""

    messages: tuple[dict[str, Any], ...]

    @property
    def text(self) -> str:
        """All words, tables and sources left out."""
        return "\n".join(message["text"] for message in self.messages)

    @property
    def asks(self) -> dict[str, Any] | None:
        """The question that stands at the end, with its kind and choices."""
        return next((m["asks"] for m in reversed(self.messages) if m.get("asks")), None)

    @property
    def asked(self) -> str | None:
        """The canonical name of that question; the names of a merged one joined by a plus sign."""
        return asked_in(self.asks)

    @property
    def result(self) -> dict[str, Any] | None:
        """What a flow came to, when it ended in this turn."""
        return next((m["result"] for m in self.messages if m.get("result")), None)

    @property
    def rows(self) -> dict[str, str]:
        """The lines of every table: label and value."""
        return {row["label"]: row["value"] for m in self.messages for row in m.get("rows", ())}

    @property
    def sources(self) -> list[dict[str, str]]:
        """Where the statements stand."""
        return [source for m in self.messages for source in m.get("sources", ())]


def asked_in(asks: Mapping[str, Any] | None) -> str | None:
    """The canonical name of a question; the names of a merged one joined by a plus sign."""
    if asks is None:
        return None
    return str(asks.get("name") or "+".join(asks["names"]))


@dataclass(frozen=True)
class Persona:
    """What a simulated person would say: `answers` by canonical name, `otherwise` by kind of question."""

    answers: Mapping[str, str]
    otherwise: Mapping[str, str] = field(default_factory=lambda: {"yes_no": "no", "money": "0"})
    unknown: str = "not sure"
    yes: str = "yes"

    def answer(self, asks: Mapping[str, Any]) -> str:
        """The words for one question."""
        names = asks.get("names") or [asks["name"]]
        if names[0] in {"confirm_summary", "confirm_value"}:
            return self.yes
        said = dict.fromkeys(self.answers[name] for name in names if name in self.answers)
        if said:
            return "; ".join(said)
        return self.otherwise.get(asks["kind"], self.unknown)

    def but(self, **answers: str) -> Persona:
        """The same person with other answers to some questions."""
        return Persona({**self.answers, **answers}, self.otherwise, self.unknown, self.yes)


class Student:
    """Someone at the web API, as the page or any other program uses it."""

    def __init__(self, site: str, address: str, language: str | None = None) -> None:
        self._client = httpx.Client(base_url=site, timeout=30.0, headers={"X-Forwarded-For": address})
        opened = self._client.post("/api/v1/conversations", json={"language": language} if language else {})
        opened.raise_for_status()
        self.conversation_id = str(opened.json()["conversation_id"])
        self._client.headers["Authorization"] = f"Bearer {opened.json()['token']}"
        self._read: list[dict[str, Any]] = []
        self._cursor = "0-0"

    def in_another_window(self) -> Student:
        """The same person in the same conversation, in a second window."""
        other = copy(self)
        other._client = httpx.Client(base_url=self._client.base_url, timeout=30.0, headers=self._client.headers)
        other._read, other._cursor = [], "0-0"
        return other

    def send(self, text: str, client_id: str | None = None) -> httpx.Response:
        """Hand one message in, without waiting for the reply."""
        return self.post({"client_id": client_id or uuid4().hex, "text": text})

    def say(self, text: str, client_id: str | None = None) -> Replies:
        """Send one message and wait for all that is said in answer."""
        client_id = client_id or uuid4().hex
        sent = self.send(text, client_id)
        assert sent.status_code in {200, 202}, f"{sent.status_code} {sent.text}"
        return self.heard(client_id)

    def heard(self, client_id: str) -> Replies:
        """What is said in answer to one message, once it is there: a turn's messages appear all at once."""

        def look() -> tuple[dict[str, Any], ...]:
            return tuple(m for m in self.thread(wait=1.0) if m["id"].startswith(f"{client_id}."))

        return Replies(eventually(look, "a reply"))

    def thread(self, wait: float = 0.0) -> list[dict[str, Any]]:
        """The whole conversation so far, oldest first; waits up to `wait` seconds for something new to be said."""
        while True:
            answer = self._client.get("/api/v1/messages", params={"after": self._cursor, "wait": wait})
            answer.raise_for_status()
            page = answer.json()
            self._read += page["messages"]
            if page["cursor"] == self._cursor or wait:
                self._cursor = page["cursor"]
                return list(self._read)
            self._cursor = page["cursor"]

    def post(self, body: dict[str, Any]) -> httpx.Response:
        """Any body where a message is expected."""
        return self._client.post("/api/v1/messages", json=body)

    def answers_so_far(self) -> dict[str, str]:
        """The table that "show my answers" gives."""
        return self.say("show my answers").rows

    def close(self) -> None:
        """Hang up."""
        self._client.close()


class Phone:
    """A phone with one number: texts through the simulator or posted as Twilio posts them."""

    def __init__(self, site: str, number: str, token: str) -> None:
        self.number = number
        self._site, self._signer = site, RequestValidator(token)
        self._client = httpx.Client(base_url=site, timeout=30.0)
        self._read = 0

    def say(self, text: str) -> dict[str, Any]:
        """Send a text and wait for the one that comes back: `body`, `asks`, `status`."""
        self.send(text)
        return self.next_text()

    def send(self, text: str) -> None:
        """Send a text with the simulator."""
        self.simulate(self.number, text).raise_for_status()

    def simulate(self, number: str, text: str) -> httpx.Response:
        """What the simulator answers when `number` sends `text`."""
        return self._client.post("/phone/send", json={"from": number, "body": text})

    def next_text(self) -> dict[str, Any]:
        """The next text that reaches this phone."""

        def look() -> dict[str, Any] | None:
            return next((text for text in self.thread() if text["direction"] == "out" and text["n"] > self._read), None)

        text = eventually(look, f"a text to {self.number}")
        assert text is not None
        self._read = int(text["n"])
        return text

    def thread(self) -> list[dict[str, Any]]:
        """All texts of this phone in order, in and out."""
        answer = self._client.get("/phone/messages", params={"phone": self.number})
        answer.raise_for_status()
        return list(answer.json()["messages"])

    def received(self) -> list[str]:
        """The texts that reached this phone."""
        return [text["body"] for text in self.thread() if text["direction"] == "out"]

    def post_as_twilio(self, text: str, sid: str | None = None, signature: str | None = None) -> httpx.Response:
        """The webhook exactly as Twilio calls it. `signature` "" leaves it out; None makes the right one."""
        form = {"From": self.number, "Body": text, "MessageSid": sid or f"SM{uuid4().hex}", "NumMedia": "0"}
        right = self._signer.compute_signature(f"{self._site}/sms/twilio/inbound", form)
        signature = right if signature is None else signature
        headers = {"X-Twilio-Signature": signature} if signature else {}
        return self._client.post("/sms/twilio/inbound", data=form, headers=headers)

    def close(self) -> None:
        """Switch it off."""
        self._client.close()


class Staff:
    """Someone on staff at the sign-in page; reads pages as HTML."""

    def __init__(self, site: str) -> None:
        self._client = httpx.Client(base_url=site, timeout=30.0, follow_redirects=True)

    def sign_in(self, name: str, password: str) -> httpx.Response:
        """Fill in the sign-in form, with the token that the form carries."""
        page = self._client.get("/staff/login").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token is not None, "the sign-in form has no token"
        form = {"csrf_token": token[1], "username": name, "password": password, "next": ""}
        return self._client.post("/staff/login", data=form)

    def read(self, path: str) -> str:
        """One staff page."""
        answer = self._client.get(f"/staff{path}")
        answer.raise_for_status()
        return answer.text

    def reads_eventually(self, path: str, words: str) -> str:
        """One staff page, as soon as it holds `words`: records are kept a moment after they are said."""

        def look() -> str:
            answer = self._client.get(f"/staff{path}")
            return answer.text if answer.status_code == 200 and words in answer.text else ""

        return eventually(look, f"{words!r} on /staff{path}")

    def close(self) -> None:
        """Leave."""
        self._client.close()


def fill(student: Student, persona: Persona, replies: Replies, *, until: str) -> Replies:
    """Answer question after question until `until` is asked."""
    for _turn in range(_LONGEST_CONVERSATION):
        if replies.asked == until:
            return replies
        assert replies.asks is not None, f"a dead end after: {replies.text}"
        assert replies.result is None, f"it ended before {until} was asked"
        replies = student.say(persona.answer(replies.asks))
    raise AssertionError(f"{until} was never asked")


def walk(student: Student, persona: Persona, replies: Replies, *, flow: str = "estimate_aid") -> dict[str, Any]:
    """Answer whatever is asked until `flow` ends; gives its result."""
    for _turn in range(_LONGEST_CONVERSATION):
        if replies.result is not None and replies.result["flow"] == flow:
            return replies.result
        assert replies.asks is not None, f"a dead end after: {replies.text}"
        replies = student.say(persona.answer(replies.asks))
    raise AssertionError(f"{flow} did not end")
