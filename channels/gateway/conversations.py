"""Who is talking: conversations, the tokens that open them, and the phone numbers behind them."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Literal

import redis

from aidline.clock import Clock
from aidline.errors import NotSignedIn, RecordError
from aidline.language import Language
from aidline.storage.redis import redis_errors
from aidline.storage.secrets import Vault
from channels.gateway import keys

__all__ = ["Conversation", "Conversations"]

_LINK_SECONDS = 30 * 60
_MOST_BROWSERS = 3


@dataclass(frozen=True)
class Conversation:
    """One person on one channel. `language` is None until the person has written something.

    `language_asked`: they asked for it by name, so that only asking again changes it.
    """

    id: str
    channel: Literal["web", "sms"]
    language: Language | None
    phone: str | None = None
    opted_out: bool = False
    language_asked: bool = False


class Conversations:
    """Conversations under way, in Redis."""

    def __init__(self, client: redis.Redis, vault: Vault, clock: Clock, *, session_seconds: int) -> None:
        # redis-py types every answer as bytes or text; this client gives text (decode_responses).
        self._redis: Any = client
        self._vault, self._clock, self._session = vault, clock, session_seconds

    def start(self, channel: str, language: Language | None = None, *, phone: str | None = None) -> tuple[str, str]:
        """A new conversation: its id, and the token that opens it on the web."""
        conversation_id, token = secrets.token_hex(16), secrets.token_urlsafe(24)
        record = {
            "channel": channel,
            "started": self._clock.now().isoformat(),
            "token": sha256(token.encode()).hexdigest(),
            **({"language": language} if language else {}),
            **({"phone": self._vault.encrypt_phone(phone)} if phone else {}),
        }
        with redis_errors():
            self._redis.hset(keys.conversation(conversation_id), mapping=record)
            self._redis.expire(keys.conversation(conversation_id), self._session)
        return conversation_id, token

    def get(self, conversation_id: str) -> Conversation:
        """A conversation by id. Raises RecordError when it is not, or no longer, there."""
        with redis_errors():
            record = self._redis.hgetall(keys.conversation(conversation_id))
        if not record.get("channel"):
            raise RecordError("This conversation is over.", remedy="Please start a new one.")
        language = record.get("language")
        return Conversation(
            conversation_id,
            record["channel"],
            language if language in ("en", "es") else None,
            self._vault.decrypt_phone(record["phone"]) if record.get("phone") else None,
            record.get("opted_out") == "1",
            record.get("language_asked") == "1",
        )

    def open(self, conversation_id: str, token: str) -> Conversation:
        """The conversation that `token` opens. Raises NotSignedIn when it does not."""
        with redis_errors():
            kept = self._redis.hget(keys.conversation(conversation_id), "token") or ""
        given = sha256(token.encode()).hexdigest()
        if not any(hmac.compare_digest(one, given) for one in kept.split()):
            raise NotSignedIn("This conversation can't be opened.", remedy="Please start a new one.")
        return self.get(conversation_id)

    def of_phone(self, phone: str) -> Conversation:
        """The conversation of an E.164 number, started if there is none."""
        key = keys.person(self._vault.hash_phone(phone))
        with redis_errors():
            known = self._redis.getex(key, ex=self._session)
        if known:
            try:
                return self._by_text(self.get(known))
            except RecordError:
                pass
        conversation_id, _token = self.start("sms", phone=phone)
        with redis_errors():
            # Two texts of a new number can arrive at once: the first conversation wins.
            if self._redis.set(key, conversation_id, nx=not known, ex=self._session):
                return self.get(conversation_id)
            self._redis.delete(keys.conversation(conversation_id))
            return self.get(str(self._redis.get(key)))

    def _by_text(self, conversation: Conversation) -> Conversation:
        """The conversation as one by text: who went on in a browser comes back by writing from the phone."""
        if conversation.channel == "sms":
            return conversation
        with redis_errors():
            self._redis.hset(keys.conversation(conversation.id), "channel", "sms")
        return replace(conversation, channel="sms")

    def offer_link(self, conversation_id: str, code: str) -> None:
        """Lets `code` open the conversation in a browser, once, within half an hour."""
        with redis_errors():
            self._redis.set(keys.hand_over(sha256(code.encode()).hexdigest()), conversation_id, ex=_LINK_SECONDS)

    def enter(self, code: str) -> tuple[Conversation, str]:
        """The conversation that `code` leads to, on the web from now on, and a token that opens it there.

        Other browsers that have it open keep it. Raises NotSignedIn when the code was used, is too old or was never
        given.
        """
        gone = NotSignedIn("This link was used before, or is too old.", remedy="Please ask for a new one.")
        with redis_errors():
            conversation_id = self._redis.getdel(keys.hand_over(sha256(code.encode()).hexdigest()))
        if not conversation_id:
            raise gone
        try:
            conversation = self.get(str(conversation_id))
        except RecordError:
            raise gone from None
        token, key = secrets.token_urlsafe(24), keys.conversation(conversation.id)
        with redis_errors():
            known = str(self._redis.hget(key, "token") or "").split()[-(_MOST_BROWSERS - 1) :]
            given = " ".join([*known, sha256(token.encode()).hexdigest()])
            self._redis.hset(key, mapping={"channel": "web", "token": given})
        return replace(conversation, channel="web"), token

    def set_language(self, conversation_id: str, language: Language, *, asked: bool = False) -> None:
        """The language spoken from now on; `asked`: by name, so that it stays whatever is written."""
        with redis_errors():
            told = {"language": language, **({"language_asked": "1"} if asked else {})}
            self._redis.hset(keys.conversation(conversation_id), mapping=told)

    def set_opted_out(self, conversation_id: str, opted_out: bool) -> None:
        """Whether this phone must get no more texts."""
        with redis_errors():
            self._redis.hset(keys.conversation(conversation_id), "opted_out", "1" if opted_out else "0")
