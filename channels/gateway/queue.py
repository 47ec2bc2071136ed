"""Order and exactly-once acceptance: each conversation's messages wait in their own queue, one turn at a time.

Every step is one script in Redis, so that any number of web and worker processes can take part. A worker holds a claim
with a fencing token; one that died, or was too slow, can no longer complete its turn once another has the claim.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal, get_args

import redis
import redis.asyncio as aredis

from aidline.clock import Clock
from aidline.private_answers import shown as as_shown
from aidline.storage.redis import redis_errors
from channels.gateway import keys
from channels.gateway.messages import Inbound, Outgoing
from channels.gateway.transcript import recorded

__all__ = ["EFFECTS", "Accepted", "Claim", "Effect", "Inbox", "Turns", "record_of", "shown"]

LEASE_SECONDS = 6

EffectKind = Literal["handoff", "reminder", "forget"]
EFFECTS: tuple[EffectKind, ...] = get_args(EffectKind)
"""What a reply of the bot may ask to be recorded beside the messages, by the name that its data bears."""

Accepted = Literal["accepted", "duplicate", "full", "busy"]
"""What became of a message: "full" and "busy" are refusals, for this person or for everybody."""


def _script(name: str) -> str:
    return files("channels.gateway.lua").joinpath(f"{name}.lua").read_text(encoding="utf-8")


def shown(message: Outgoing) -> str:
    """A message as pages get it; its number in the conversation is given by Redis when it is published."""
    return as_shown(message.model_dump_json(exclude={"seq"}, exclude_none=True))


def record_of(message: Outgoing, channel: str) -> str:
    """A message as the transcript consumer gets it: without private answers. What a phone gets is beside it, whole."""
    data = {**recorded(message), "channel": channel}
    if channel == "sms" and message.sender == "aidline":
        data["sent"] = as_shown(message.text)
    return json.dumps(data)


@dataclass(frozen=True)
class Effect:
    """Something besides messages that a turn brings about, recorded with it: `kind` is the record's type.

    "forget" deletes what was said in the conversation until then, here and wherever records are kept.
    """

    kind: EffectKind
    data: dict[str, Any]


@dataclass(frozen=True)
class Claim:
    """The right to do the next turn of one conversation."""

    conversation_id: str
    token: int
    inbound: Inbound


class Inbox:
    """The accepting side, used by the web server."""

    def __init__(
        self, client: redis.Redis, clock: Clock, *, limit: int, waiting_limit: int, session_seconds: int
    ) -> None:
        """`limit`: unanswered messages of one conversation; `waiting_limit`: conversations that wait at a time."""
        self._clock, self._session = clock, session_seconds
        self._limit, self._waiting_limit = limit, waiting_limit
        self._accept = client.register_script(_script("accept"))

    def accept(self, inbound: Inbound, said: Outgoing) -> Accepted:
        """Puts a message in its conversation's queue. `said` is the message as shown; it is recorded with its turn.

        Raises RedisUnavailable; then nothing was accepted.
        """
        own = inbound.conversation_id
        with redis_errors():
            outcome: Accepted = self._accept(
                keys=[
                    keys.conversation(own), keys.seen(own), keys.inbox(own), keys.READY, keys.WAKE,
                    keys.out(own),
                ],
                args=[
                    own, inbound.id, inbound.model_dump_json(exclude={"seq"}), self._waiting_limit, self._limit,
                    int(self._clock.now().timestamp() * 1000), self._session, shown(said),
                ],
            )  # fmt: skip
        return outcome


class Turns:
    """The working side, used by workers."""

    def __init__(self, client: aredis.Redis, clock: Clock, *, session_seconds: int) -> None:
        self._redis, self._clock, self._session = client, clock, session_seconds
        self._claim = client.register_script(_script("claim"))
        self._extend = client.register_script(_script("extend"))
        self._complete = client.register_script(_script("complete"))
        self._recover = client.register_script(_script("recover"))

    def _now(self) -> int:
        return int(self._clock.now().timestamp() * 1000)

    async def wait(self, seconds: float) -> None:
        """Until there may be work, or `seconds` have passed."""
        with redis_errors():
            await self._redis.blpop([keys.WAKE], timeout=seconds)

    async def claim(self) -> Claim | None:
        """The next turn to do, or None."""
        with redis_errors():
            found = await self._claim(
                keys=[keys.READY, keys.CLAIMED, keys.FENCE],
                args=[self._now() + LEASE_SECONDS * 1000, keys.PREFIX],
            )
        if not found:
            return None
        conversation_id, token, payload = found
        return Claim(conversation_id, int(token), Inbound.model_validate_json(payload))

    async def extend(self, claim: Claim) -> bool:
        """Keeps the claim for another while. False when it was lost."""
        with redis_errors():
            held = await self._extend(
                keys=[keys.conversation(claim.conversation_id), keys.CLAIMED],
                args=[claim.conversation_id, claim.token, self._now() + LEASE_SECONDS * 1000],
            )
        return bool(held)

    async def complete(
        self,
        claim: Claim,
        messages: Sequence[Outgoing],
        effects: Sequence[Effect] = (),
        keeps: Mapping[str, str] | None = None,
        said: str | None = None,
    ) -> bool:
        """Publishes and records what was said and takes the message off the queue. False when the claim was lost.

        `keeps` are fields of the conversation that the next turn looks at; "" takes one away. `said` are the person's
        words as a transcript keeps them (unset: as they are).
        """
        own, inbound = claim.conversation_id, claim.inbound
        spoken = Outgoing(
            id=inbound.id, seq=inbound.seq, sender="person", at=inbound.at, language=inbound.language,
            text=(inbound.whole or inbound.text) if said is None else said,
        )  # fmt: skip
        records: list[tuple[str, str, str]] = []
        records += [(effect.kind, "", json.dumps(effect.data)) for effect in effects if effect.kind == "forget"]
        records += [("message", shown(message), record_of(message, inbound.channel)) for message in messages]
        records += [(effect.kind, "", json.dumps(effect.data)) for effect in effects if effect.kind != "forget"]
        with redis_errors():
            done = await self._complete(
                keys=[
                    keys.conversation(own), keys.inbox(own), keys.READY, keys.CLAIMED, keys.WAKE,
                    keys.out(own), keys.RECORD,
                ],
                args=[
                    own, claim.token, self._now(), self._session, inbound.id, inbound.seq,
                    record_of(spoken, inbound.channel), len(records),
                    *(part for record in records for part in record),
                    *(part for pair in (keeps or {}).items() for part in pair),
                ],
            )  # fmt: skip
        return bool(done)

    async def recover(self) -> int:
        """Frees the claims of workers that died. Gives how many."""
        with redis_errors():
            return int(await self._recover(keys=[keys.READY, keys.CLAIMED, keys.WAKE], args=[self._now(), keys.PREFIX]))
