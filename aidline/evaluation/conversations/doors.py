"""The public doors of a running Aidline: the web API, and the phone simulator, used as their pages use them."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx

from aidline.evaluation.conversations.talk import Door, Reply, Silence

__all__ = ["PATIENCE", "PublicDoors"]

PATIENCE = 90.0
"""Seconds until a person gives up on a reply."""

_HTTP_SECONDS = 30.0
_LOOK_EVERY = 0.05
_WAIT_SECONDS = 4.0
_TOO_MUCH, _AWAY = 429, 503


class PublicDoors:
    """The doors of the site at `site`. Each person comes from an address and with a number of their own."""

    def __init__(self, site: str, patience: float = PATIENCE) -> None:
        self._site, self._patience = site.rstrip("/"), patience
        self._count = itertools.count(1)
        # Numbers of area codes that are not in use: a run must not meet the conversations of an earlier one.
        self._first = random.randrange(10**6)  # noqa: S311  # nothing secret

    def open(self, channel: str) -> Door:
        """A new conversation on `web` or `sms`. Raises Silence when the site does not take part."""
        number = next(self._count)
        if channel == "web":
            return _Web(self._site, self._patience, f"2001:db8::{number:x}")
        return _Phone(self._site, self._patience, f"+1555{(self._first + number) % 10**7:07}")

    def enter(self, link: str) -> tuple[Door, Reply]:
        """The conversation that a single-use link leads to, and what stands in it. Raises Silence if there is none."""
        door = _Web(self._site, self._patience, f"2001:db8::{next(self._count):x}", link)
        return door, door.stood

    @property
    def has_phones(self) -> bool:
        """Whether there is a phone simulator; where a carrier is set up there is none."""
        try:
            with httpx.Client(base_url=self._site, timeout=_HTTP_SECONDS) as client:
                return client.get("/phone/messages", params={"phone": "+15550100000"}).status_code == httpx.codes.OK
        except httpx.HTTPError as error:
            raise Silence(
                f"No Aidline answers at {self._site} ({type(error).__name__}).", remedy="Start it with `aidline up`."
            ) from error


class _Web:
    """A person on the page."""

    def __init__(self, site: str, patience: float, address: str, link: str | None = None) -> None:
        self._patience = patience
        self._client = httpx.Client(base_url=site, timeout=_HTTP_SECONDS, headers={"X-Forwarded-For": address})
        with _trouble():
            if link is not None:
                self._client.get(link, follow_redirects=True).raise_for_status()
            opened = self._kept_trying(lambda: self._client.post("/api/v1/conversations", json={}))
        if link is not None and opened.status_code != httpx.codes.OK:
            raise Silence("the link led to no conversation of this person")
        self._cursor = str(opened.json()["cursor"])
        self.stood = Reply.of([one for one in opened.json()["messages"] if one["sender"] == "aidline"], 0.0)
        self._client.headers["Authorization"] = f"Bearer {opened.json()['token']}"

    def say(self, text: str) -> Reply:
        """Sends a message and waits for the turn's messages, which appear all at once."""
        client_id, began = uuid4().hex, time.monotonic()
        body = {"client_id": client_id, "text": text}
        with _trouble():
            # The same id: a message that was taken before a connection broke is not taken twice.
            self._kept_trying(lambda: self._client.post("/api/v1/messages", json=body))
            while time.monotonic() - began < self._patience:
                page = self._kept_trying(self._look).json()
                self._cursor = page["cursor"]
                said = [one for one in page["messages"] if one["sender"] == "aidline"]
                if any(str(one["id"]).startswith(f"{client_id}.") for one in said):
                    return Reply.of(said, time.monotonic() - began)
        raise Silence(f"no reply within {self._patience:.0f} s")

    def _look(self) -> httpx.Response:
        return self._client.get("/api/v1/messages", params={"after": self._cursor, "wait": _WAIT_SECONDS})

    def _kept_trying(self, ask: Any) -> httpx.Response:
        deadline = time.monotonic() + self._patience
        while True:
            late = time.monotonic() > deadline
            try:
                answer: httpx.Response = ask()
            except httpx.TransportError:
                if late:
                    raise
                time.sleep(_LOOK_EVERY)
                continue
            if answer.status_code not in {_TOO_MUCH, _AWAY} or late:
                return answer.raise_for_status()
            time.sleep(min(float(answer.headers.get("Retry-After", 1)), 2.0))

    def close(self) -> None:
        self._client.close()


class _Phone:
    """A person with a phone."""

    def __init__(self, site: str, patience: float, number: str) -> None:
        self._patience, self._number, self._read = patience, number, 0
        # A text is not taken twice if it is not sent twice: no connection is used that may be dead by now.
        self._client = httpx.Client(
            base_url=site, timeout=_HTTP_SECONDS, limits=httpx.Limits(max_keepalive_connections=0)
        )

    def say(self, text: str) -> Reply:
        """Sends a text and waits for the one that comes back."""
        began = time.monotonic()
        with _trouble():
            self._client.post("/phone/send", json={"from": self._number, "body": text}).raise_for_status()
            while time.monotonic() - began < self._patience:
                if came := [one for one in self._thread() if one["direction"] == "out"]:
                    self._read = max(int(one["n"]) for one in came)
                    texts = [{**one, "text": one["body"]} for one in came]
                    return Reply.of(texts, time.monotonic() - began)
                time.sleep(_LOOK_EVERY)
        raise Silence(f"no text within {self._patience:.0f} s")

    def _thread(self) -> list[dict[str, Any]]:
        answer = self._client.get("/phone/messages", params={"phone": self._number, "after": self._read})
        return list(answer.raise_for_status().json()["messages"])

    def close(self) -> None:
        self._client.close()


@contextmanager
def _trouble() -> Iterator[None]:
    """What goes wrong on the way is silence to the person."""
    try:
        yield
    except httpx.HTTPStatusError as error:
        raise Silence(
            f"the message was answered with {error.response.status_code}: {error.response.text[:200]}"
        ) from None
    except (httpx.HTTPError, KeyError, ValueError) as error:
        raise Silence(f"{type(error).__name__}: {error}") from None
