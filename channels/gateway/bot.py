"""The dialogue manager as the gateway sees it: one turn in, replies out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

from aidline.errors import BotUnavailable

__all__ = ["Bot", "RasaBot", "Reply"]


@dataclass(frozen=True)
class Reply:
    """One message of the bot: words, and data (`asks`, `result`, `rows`, `explain`, `handoff`)."""

    text: str
    custom: dict[str, Any] = field(default_factory=dict)


class Bot(Protocol):
    """Understands, fills the form and decides what to say."""

    async def turn(
        self, conversation_id: str, text: str, *, channel: str, message_id: str, metadata: dict[str, Any]
    ) -> list[Reply]:
        """The replies to one message, never empty. Raises BotUnavailable."""
        ...


class RasaBot:
    """Rasa, over HTTP on loopback."""

    def __init__(self, url: str, *, timeout: float) -> None:
        self._client = httpx.AsyncClient(base_url=url, timeout=httpx.Timeout(timeout, connect=1.0))

    async def turn(
        self, conversation_id: str, text: str, *, channel: str, message_id: str, metadata: dict[str, Any]
    ) -> list[Reply]:
        """The replies to one message. No retry: a turn that Rasa may have done must not be done twice.

        Raises BotUnavailable when Rasa, or the actions behind it, failed or said nothing.
        """
        body = {
            "sender": conversation_id, "message": text, "channel": channel, "message_id": message_id,
            "metadata": {**metadata, "channel": channel, "message_id": message_id},
        }  # fmt: skip
        try:
            response = await self._client.post("/webhooks/aidline/turn", json=body)
            response.raise_for_status()
            replies = [Reply(r["text"], dict(r["custom"])) for r in response.json()["replies"]]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise BotUnavailable(f"The dialogue manager did not do a turn ({type(error).__name__}).") from error
        if not replies:
            raise BotUnavailable("The dialogue manager said nothing.")
        return replies

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()
