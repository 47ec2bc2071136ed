"""The dialogue manager as the gateway sees it: one turn in, replies out."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx
import structlog

from aidline.errors import BotUnavailable, StaleClaim

__all__ = ["Bot", "RasaBot", "Reply"]

log = structlog.get_logger()

_PAUSES = (0.1, 0.25, 0.5, 1.0)
"""Seconds between tries; the last one repeats."""
_SERVER_ERROR, _TAKEN_OVER = 500, 409


@dataclass(frozen=True)
class Reply:
    """One message of the bot: words, and data (`asks`, `result`, `rows`, `sources`, `explain`, `handoff`, `care`)."""

    text: str
    custom: dict[str, Any] = field(default_factory=dict)


class Bot(Protocol):
    """Understands, fills the form and decides what to say."""

    async def turn(
        self, conversation_id: str, text: str, *, channel: str, message_id: str, metadata: dict[str, Any]
    ) -> list[Reply]:
        """The replies to one message, never empty. Raises BotUnavailable or StaleClaim."""
        ...


class RasaBot:
    """One or several Rasa processes over HTTP on loopback.

    A turn is sent again, to the same process or another, for as long as `patience` seconds: Rasa does a message once
    for good, by its id, and a process that was restarted needs a few seconds.
    """

    def __init__(self, urls: Sequence[str], *, timeout: float, patience: float = 0.0) -> None:
        self._clients = [httpx.AsyncClient(base_url=url, timeout=httpx.Timeout(timeout, connect=1.0)) for url in urls]
        self._patience = patience
        self._next = itertools.count()

    async def turn(
        self, conversation_id: str, text: str, *, channel: str, message_id: str, metadata: dict[str, Any]
    ) -> list[Reply]:
        """The replies to one message.

        Raises BotUnavailable when Rasa, or the actions behind it, fail or say nothing, StaleClaim when another worker
        does this conversation's turns now.
        """
        body = {
            "sender": conversation_id, "message": text, "channel": channel, "message_id": message_id,
            "metadata": {**metadata, "channel": channel, "message_id": message_id},
        }  # fmt: skip
        deadline = time.monotonic() + self._patience
        for tried, client in enumerate(self._in_turn(), 1):
            try:
                return await _ask(client, body)
            except _TryAgain as error:
                if tried % len(self._clients):
                    continue
                pause = _PAUSES[min(tried // len(self._clients), len(_PAUSES)) - 1]
                if time.monotonic() + pause > deadline:
                    raise BotUnavailable(f"The dialogue manager did not do a turn ({error}).") from error
                log.info("a turn is sent again", conversation=conversation_id, cause=str(error), tried=tried)
                await asyncio.sleep(pause)
        raise AssertionError("the processes are gone through again and again")

    def _in_turn(self) -> Iterator[httpx.AsyncClient]:
        """The processes, again and again, from the one whose turn it is: none keeps anything of a person."""
        first = next(self._next) % len(self._clients)
        return itertools.cycle(self._clients[first:] + self._clients[:first])

    async def close(self) -> None:
        """Closes the connections."""
        for client in self._clients:
            await client.aclose()


class _TryAgain(Exception):
    """The process is away, or could not do the turn now."""


async def _ask(client: httpx.AsyncClient, body: dict[str, Any]) -> list[Reply]:
    try:
        response = await client.post("/webhooks/aidline/turn", json=body)
    except httpx.HTTPError as error:
        raise _TryAgain(type(error).__name__) from error
    if response.status_code >= _SERVER_ERROR:
        raise _TryAgain(f"status {response.status_code}")
    if response.status_code == _TAKEN_OVER:
        raise StaleClaim("This turn was taken over by another worker.")
    try:
        response.raise_for_status()
        replies = [Reply(r["text"], dict(r["custom"])) for r in response.json()["replies"]]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise BotUnavailable(f"The dialogue manager did not do a turn ({type(error).__name__}).") from error
    if not replies:
        raise BotUnavailable("The dialogue manager said nothing.")
    return replies
