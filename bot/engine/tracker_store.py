"""Dialogues in Redis, one turn at a time: a long conversation costs no more than a short one, and no turn is lost.

Rasa's own store reads, copies and rewrites every event at each turn. This one only adds: a turn is one entry of a list
that never changes, and every few turns a checkpoint (engine/checkpoint.py) says where the next reading starts. A turn
is saved whole by one script, and only if no other was saved since the dialogue was read.

    tracker:{<person>}:turns   list: every turn ever (engine/segments.py)
    tracker:{<person>}:ids     list: the messages of the last turns
    tracker:{<person>}:head    hash: turns, checkpoint, checkpoint_at (the turn it stands before), fence, fence_at
    tracker:{<person>}:unsent  list, on a cluster only: events on their way to their stream, which is on another node
"""

import asyncio
import contextlib
import json
import logging
from dataclasses import dataclass
from itertools import islice
from typing import Any, Iterable, List, Optional, Set, Text, Tuple, Union
from urllib.parse import unquote

from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

from engine.checkpoint import events_of, make_checkpoint
from engine.event_broker import TurnEvents
from engine.redis_client import RedisDoor, RedisUnavailable, Script
from engine.segments import events_in, events_that_matter, read_segment, replies_in, write_segment
from engine.turns import OneAtATime, Turn, TurnDone, TurnFailed, TurnLate, TurnRefused, taking, turn_of

logger = logging.getLogger(__name__)

DELETED = "dialogue_deleted"
"""Slot: a turn that sets it is saved as the first of its dialogue; every turn before it is deleted in the same step."""
KEPT_TURNS = 3
"""A checkpoint leaves this many turns before it is read past; it moves when there are twice as many."""
KNOWN_MESSAGES = 16
"""A message among the last turns that comes again gets the replies it had."""
FENCE_SECONDS = 120
"""For so long a newer claim keeps out an older one: longer than any turn. A count that begins anew locks nobody out."""
_PAGE = 200
_READ, _SAVE = Script("read_dialogue"), Script("save_turn")


@dataclass(frozen=True)
class _Loaded:
    """How much of a dialogue is in Redis: `turns` in all, `events` of this tracker; `starts` of the turns since the
    checkpoint, as numbers of events."""

    turns: int = 0
    checkpoint_at: int = 0
    events: int = 0
    starts: Tuple[int, ...] = ()


class AppendOnlyTrackerStore(TrackerStore, SerializedTrackerAsText):
    """Rasa's tracker store. What goes wrong in `retrieve` and `save` ends the turn (engine/turns.py)."""

    def __init__(
        self,
        domain: Optional[Domain],
        host: Text,
        session_seconds: int = 30 * 24 * 3600,
        event_broker: Optional[TurnEvents] = None,
        kept_turns: int = KEPT_TURNS,
        **kwargs: Any,
    ) -> None:
        """`host` is what Rasa makes of `url` in endpoints.yml: an address as engine/redis_client.py takes it.

        `session_seconds` of silence end a session. Raises ValueError for an address that is none.
        """
        self._redis = RedisDoor(host)
        self._seconds = int(session_seconds)
        self._kept = int(kept_turns)
        self._events = event_broker
        self._order = OneAtATime()
        self._sending: "Set[asyncio.Future[None]]" = set()
        super().__init__(domain, event_broker, **kwargs)

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """The dialogue of this person as far as policies look back, or None.

        Raises TurnDone if the message under way was answered before, TurnLate, or TurnFailed.
        """
        try:
            found = await self._read(sender_id)
            if found == ["read", 0, 0, "", []] and await self._moved_over(sender_id):
                found = await self._read(sender_id)
            _, turns, at, checkpoint, lines = found
            if not turns and not checkpoint:
                return None
            return self._rebuilt(sender_id, turns, at, checkpoint, lines)
        except (RedisUnavailable, ValueError, KeyError, TypeError) as error:
            raise _failed(sender_id, error) from error

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Adds what is new in this dialogue as one turn. A turn in which nothing was said is not kept.

        Raises TurnDone if another process answered this message first, TurnRefused if another turn came in between,
        TurnLate, or TurnFailed.
        """
        turn = turn_of(tracker.sender_id)
        loaded: _Loaded = tracker.__dict__.get("loaded") or _Loaded()
        _listen(tracker)
        new = list(islice(tracker.events, loaded.events, None))
        if not new or (turn is not None and not turn.replies):
            return
        try:
            anew = any(isinstance(event, SlotSet) and event.key == DELETED and event.value for event in new)
            if anew:
                after, checkpoint = _Loaded(1, 0, len(tracker.events), (loaded.events,)), None
            else:
                after, checkpoint = self._after(tracker, loaded)
            await self._write(tracker.sender_id, loaded.turns, new, after, checkpoint, anew=anew)
            tracker.__dict__["loaded"] = after
            self._send_on_later(tracker.sender_id)
        except (RedisUnavailable, ValueError, KeyError, TypeError) as error:
            raise _failed(tracker.sender_id, error) from error

    async def history(self, sender_id: Text) -> List[Event]:
        """Every event of this person, in order, from the very first. Raises RedisUnavailable."""
        found: List[Event] = []
        start, key = 0, _keys(sender_id)[1]
        while True:
            lines = await self._redis.do("LRANGE", key, start, start + _PAGE - 1)
            for line in lines:
                found += events_in(read_segment(line))
            if len(lines) < _PAGE:
                return found
            start += _PAGE

    async def retrieve_full_tracker(self, conversation_id: Text) -> Optional[DialogueStateTracker]:
        """The dialogue with its whole history, or None. Not for a turn. Raises RedisUnavailable."""
        events = await self.history(conversation_id)
        return self._tracker(conversation_id, events) if events else None

    async def keys(self) -> Iterable[Text]:
        """The people who have a dialogue. Raises RedisUnavailable."""
        return sorted({person for key in [k async for k in self._redis.scan("tracker:*")] for person in _person(key)})

    async def close(self) -> None:
        """Closes the connections, when events under way have arrived."""
        await asyncio.gather(*self._sending)
        await self._redis.close()

    async def _read(self, sender_id: Text) -> List[Any]:
        fence, message_id = _claim(sender_id)
        return _going_on(await self._redis.run(_READ, _keys(sender_id)[:3], [fence, FENCE_SECONDS, message_id]))

    async def _write(
        self,
        sender_id: Text,
        expected: int,
        new: List[Event],
        after: _Loaded,
        checkpoint: Optional[Text],
        anew: bool = False,
    ) -> None:
        fence, message_id = _claim(sender_id)
        head, turns, ids, unsent = _keys(sender_id)
        where, key, entry = "", turns, []
        if self._events is not None and message_id:
            where, key = ("list", unsent) if self._redis.clustered else ("stream", self._events.stream)
            entry = self._events.entry(sender_id, message_id, new)
        told = [write_segment(new, message_id or None), after.checkpoint_at, checkpoint or "", int(anew), where, *entry]
        args = [expected, fence, FENCE_SECONDS, message_id, KNOWN_MESSAGES, self._seconds, *told]
        _going_on(await self._redis.run(_SAVE, [head, turns, ids, key], args))

    def _after(self, tracker: DialogueStateTracker, loaded: _Loaded) -> Tuple[_Loaded, Optional[Text]]:
        """What is in Redis once this turn is saved, and the new checkpoint if it is time for one."""
        turns, starts, at = loaded.turns + 1, (*loaded.starts, loaded.events), loaded.checkpoint_at
        checkpoint = None
        if turns - at > 2 * self._kept:
            past = len(starts) - self._kept
            before = list(islice(tracker.events, starts[past]))
            checkpoint = json.dumps(make_checkpoint(before, tracker), ensure_ascii=False, separators=(",", ":"))
            starts, at = starts[past:], turns - self._kept
        return _Loaded(turns, at, len(tracker.events), starts), checkpoint

    def _rebuilt(
        self, sender_id: Text, turns: int, at: int, checkpoint: Text, lines: List[Text]
    ) -> DialogueStateTracker:
        events = events_of(json.loads(checkpoint)) if checkpoint else []
        starts: List[int] = []
        for line in lines:
            starts.append(len(events))
            events += events_that_matter(read_segment(line))
        tracker = self._tracker(sender_id, events)
        tracker.__dict__["loaded"] = _Loaded(turns, at, len(events), tuple(starts))
        return tracker

    def _tracker(self, sender_id: Text, events: List[Event]) -> DialogueStateTracker:
        tracker = self.init_tracker(sender_id)
        tracker.recreate_from_dialogue(Dialogue(sender_id, events))
        return tracker

    async def _moved_over(self, sender_id: Text) -> bool:
        """Takes a dialogue over from the key under which it was kept whole before. Whether there was one."""
        old = await self._redis.do("GET", f"tracker:{sender_id}")
        if old is None:
            return False
        events = deserialise_events(json.loads(old)["events"])
        if events:
            # Nothing was said now, so this belongs to no message; and if another process was faster, that is as well.
            with contextlib.suppress(TurnRefused), taking(Turn(sender_id, "")):
                await self._write(sender_id, 0, events, _Loaded(1, 0), None)
        await self._redis.do("UNLINK", f"tracker:{sender_id}")
        return bool(events)

    def _send_on_later(self, sender_id: Text) -> None:
        """On a cluster the stream is on another node, for which no turn waits."""
        if self._redis.clustered and self._events is not None:
            sending = asyncio.ensure_future(self._send_on(sender_id, self._events.stream))
            self._sending.add(sending)
            sending.add_done_callback(self._sending.discard)

    async def _send_on(self, sender_id: Text, stream: Text) -> None:
        """Brings this person's events to their stream. What fails now goes with the next turn; one may come twice."""
        unsent = _keys(sender_id)[3]
        try:
            async with self._order.of(sender_id):
                for entry in await self._redis.do("LRANGE", unsent, 0, -1):
                    await self._redis.do("XADD", stream, "*", *json.loads(entry))
                    await self._redis.do("LREM", unsent, 1, entry)
        except RedisUnavailable as error:
            logger.warning("Events wait for the next turn: %s (sender %s)", error.cause, sender_id)


def _keys(sender_id: Text) -> Tuple[Text, ...]:
    """Head, turns, ids, unsent: with one hash tag, whatever is in the name."""
    tag = sender_id.replace("%", "%25").replace("{", "%7B").replace("}", "%7D")
    return tuple(f"tracker:{{{tag}}}:{part}" for part in ("head", "turns", "ids", "unsent"))


def _person(key: Text) -> List[Text]:
    """Whose dialogue a key holds: nobody's for all keys but one of each dialogue."""
    if key.startswith("tracker:{"):
        return [unquote(key[len("tracker:{") : -len("}:head")])] if key.endswith("}:head") else []
    return [key.split(":", 1)[1]]


def _claim(sender_id: Text) -> Tuple[Union[int, Text], Text]:
    """The fence and the message of the turn under way, each empty where there is none."""
    turn = turn_of(sender_id)
    if turn is None:
        return "", ""
    return ("" if turn.fence is None else turn.fence), turn.message_id


def _going_on(answer: List[Any]) -> List[Any]:
    """What a script gave, if the turn goes on from there."""
    if answer[0] == "done":
        raise TurnDone(replies_in(read_segment(answer[1])))
    if answer[0] == "late":
        raise TurnLate()
    if answer[0] == "moved":
        raise TurnRefused()
    return answer


def _failed(sender_id: Text, error: Exception) -> TurnFailed:
    cause = error.cause if isinstance(error, RedisUnavailable) else type(error).__name__
    logger.error("A dialogue could not be read or saved: %s (sender %s)", cause, sender_id)
    return TurnFailed(cause)


def _listen(tracker: DialogueStateTracker) -> None:
    """Ends a turn that broke off: without a last `action_listen` Rasa would refuse to act in every later turn."""
    if tracker.latest_message is not None and tracker.latest_action_name not in {None, ACTION_LISTEN_NAME}:
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
