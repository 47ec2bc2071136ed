"""The link that takes a conversation along into a browser: made in a turn, opened once."""

from __future__ import annotations

import asyncio
import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from channels.gateway.conversations import Conversations
from channels.gateway.messages import Inbound

__all__ = ["PLACE", "Links"]

PLACE = "{link}"
"""What stands in the bot's words where the link goes."""
_CODE_LENGTH = 22


class Links:
    """Makes links for the site at `site`."""

    def __init__(self, conversations: Conversations, secret_key: str, site: str) -> None:
        self._conversations, self._key, self._site = conversations, secret_key.encode(), site

    async def make(self, inbound: Inbound) -> str:
        """The link for this message. A turn that is done twice gives the same one. Raises RedisUnavailable."""
        digest = hmac.digest(self._key, f"hand-over {inbound.conversation_id} {inbound.id}".encode(), sha256)
        code = urlsafe_b64encode(digest).decode()[:_CODE_LENGTH]
        await asyncio.to_thread(self._conversations.offer_link, inbound.conversation_id, code)
        return f"{self._site}/go/{code}"
