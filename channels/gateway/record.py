"""From the streams to SQL: transcripts, requests for a person, texts to send, events. Each record is kept once.

The record stream is written in the same step that ends a turn, so nothing said is missing from it. A record leaves its
stream when it is kept, or set aside as a dead letter because nobody can keep it. While the database or Redis is away,
records stay where they are and are tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import redis
import structlog
from redis.exceptions import ResponseError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from aidline.clock import Clock, SystemClock
from aidline.errors import UnavailableError
from aidline.storage.redis import redis_errors
from aidline.storage.secrets import Vault
from aidline.storage.sql import is_outage
from channels.gateway import keys
from channels.gateway.dead_letters import bury
from channels.gateway.entries import STREAMS, Entry
from channels.gateway.ledger import About, Ledger

__all__ = ["Recorder"]

log = structlog.get_logger()

_BATCH = 200
"""Records that are kept in one transaction."""


class Recorder:
    """One consumer of the streams. Any number may run; each needs a `name` of its own.

    A name that stays the same through a restart lets a consumer go on at once with what it had begun; what another
    one had begun waits for `take_over`.
    """

    def __init__(
        self,
        client: redis.Redis,
        sessions: sessionmaker[Session],
        vault: Vault,
        deliver: Callable[[str], None],
        *,
        name: str,
        clock: Clock | None = None,
    ) -> None:
        # redis-py types every answer as bytes or text; this client gives text (decode_responses).
        self._redis: Any = client
        self._sessions, self._vault, self._clock = sessions, vault, clock or SystemClock()
        self._ledger = Ledger(sessions, vault, self._about)
        self._deliver, self._name = deliver, name
        self._behind = True
        """Whether this consumer has records that it read and did not finish."""

    def prepare(self) -> None:
        """Makes the consumer groups where they are missing. Raises RedisUnavailable."""
        for stream in STREAMS.values():
            try:
                with redis_errors():
                    self._redis.xgroup_create(stream, keys.GROUP, id="0", mkstream=True)
            except ResponseError as error:
                if "BUSYGROUP" not in str(error):
                    raise

    def step(self, *, wait_ms: int) -> int:
        """Deals with what it left unfinished, then with what is new, waiting up to `wait_ms`. Gives how many records.

        Raises UnavailableError while the database or Redis is away; no record has gone then.
        """
        return self._watching(lambda: self._step(wait_ms))

    def take_over(self, idle_ms: int = 15_000) -> int:
        """All records that another consumer read at least `idle_ms` ago and never finished. Gives how many.

        Raises UnavailableError like `step`.
        """
        return self._watching(lambda: sum(self._take_over(stream, idle_ms) for stream in STREAMS.values()))

    def _watching(self, work: Callable[[], int]) -> int:
        """Does `work`; after trouble of any kind, the next step looks for what was left unfinished."""
        try:
            return work()
        except ResponseError as error:
            self._behind = True
            if "NOGROUP" not in str(error):
                raise
            log.warning("the streams were gone, as after a loss of Redis's data; they are made again")
            self.prepare()
            return 0
        except BaseException:
            self._behind = True
            raise

    def _step(self, wait_ms: int) -> int:
        done = 0
        if self._behind:
            done = sum(self._unfinished(stream) for stream in STREAMS.values())
            self._behind = False
        with redis_errors():
            found = self._redis.xreadgroup(
                keys.GROUP, self._name, dict.fromkeys(STREAMS.values(), ">"), count=_BATCH, block=wait_ms
            )
        return done + sum(self._finish(Entry.all_of(stream, entries)) for stream, entries in _pairs(found))

    def _unfinished(self, stream: str) -> int:
        done, after = 0, "0"
        while True:
            with redis_errors():
                found = self._redis.xreadgroup(keys.GROUP, self._name, {stream: after}, count=_BATCH)
            entries = [entry for _stream, some in _pairs(found) for entry in Entry.all_of(stream, some)]
            if not entries:
                return done
            done, after = done + self._finish(entries), entries[-1].id

    def _take_over(self, stream: str, idle_ms: int) -> int:
        done, cursor = 0, "0-0"
        while True:
            with redis_errors():
                cursor, entries, *_ = self._redis.xautoclaim(
                    stream, keys.GROUP, self._name, min_idle_time=idle_ms, start_id=cursor, count=_BATCH
                )
            done += self._finish(Entry.all_of(stream, entries))
            if cursor == "0-0":
                return done

    def _finish(self, entries: Sequence[Entry]) -> int:
        """Keeps entries of one stream, hands their texts on, and takes them off the stream. Gives how many."""
        if not entries:
            return 0
        stream = STREAMS[entries[0].stream]
        done, texts = self._keep([entry for entry in entries if entry.fields])
        for text in texts:
            self._deliver(text)
        gone = [entry.id for entry in entries if not entry.fields] + done
        if gone:
            with redis_errors():
                # Together: an entry that is deleted and still pending would be handed out for ever.
                self._redis.pipeline(transaction=True).xack(stream, keys.GROUP, *gone).xdel(stream, *gone).execute()
        return len(done)

    def _keep(self, entries: Sequence[Entry]) -> tuple[list[str], list[str]]:
        """The ids of the entries dealt with, and the texts to send."""
        try:
            return [entry.id for entry in entries], self._ledger.keep([entry.record() for entry in entries])
        except Exception as error:
            _stop_at_outage(error)
            log.warning("a batch of records is kept one at a time", count=len(entries), cause=type(error).__name__)
        done: list[str] = []
        texts: list[str] = []
        for entry in entries:
            try:
                texts += self._keep_or_bury(entry)
            except Exception as error:
                _stop_at_outage(error)
                log.error("a record stays in the stream", record=entry.id, cause=type(error).__name__)
            else:
                done.append(entry.id)
        return done, texts

    def _keep_or_bury(self, entry: Entry) -> list[str]:
        try:
            try:
                return self._ledger.keep([entry.record()])
            except IntegrityError:
                # Another consumer may have kept the same record a moment ago: a second look finds it.
                return self._ledger.keep([entry.record()])
        except Exception as error:
            _stop_at_outage(error)
            bury(self._sessions, self._vault, self._clock, entry, error)
            log.error("a record was set aside", record=entry.id, kind=entry.kind, cause=type(error).__name__)
            return []

    def _about(self, conversation: str) -> About:
        names = ("channel", "language", "phone")
        with redis_errors():
            found = self._redis.hmget(keys.conversation(conversation), names)
        about: Any = {name: value for name, value in zip(names, found, strict=True) if value}
        return about  # type: ignore[no-any-return]


def _pairs(found: Any) -> Iterable[tuple[str, Any]]:
    """What XREADGROUP found, stream by stream, in either of redis-py's shapes."""
    if isinstance(found, dict):
        return [(stream, [entry for some in lists for entry in some]) for stream, lists in found.items()]
    return found or []


def _stop_at_outage(error: Exception) -> None:
    """Raises UnavailableError if it is not the record's fault."""
    if isinstance(error, UnavailableError):
        raise error
    if is_outage(error):
        raise UnavailableError(f"The database does not take records ({type(error).__name__}).") from error
