"""Dialogues in Redis, bounded: a long conversation costs no more than a short one.

Rasa's own store keeps every event for ever and rewrites them all each turn. This one keeps the last turns and, in
front of them, the state they started from (slots, form, session). Transcripts do not come from here.
"""

import contextvars
import json
from typing import Any, Dict, Iterable, List, Optional, Text

import redis
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

KEPT_TURNS = 6
_FAILURE: "contextvars.ContextVar[Optional[List[Text]]]" = contextvars.ContextVar("saving_failure", default=None)


def watch_saving() -> None:
    """From here on, in this task, failures to save are remembered: Rasa itself answers as if nothing had happened."""
    _FAILURE.set([])


def saving_failed() -> Optional[Text]:
    """The name of the first failure since `watch_saving`, or None."""
    failures = _FAILURE.get()
    return failures[0] if failures else None


def _remember(error: Exception) -> None:
    failures = _FAILURE.get()
    if failures is not None:
        failures.append(type(error).__name__)


def bounded(events: List[Event], tracker: DialogueStateTracker, kept_turns: int = KEPT_TURNS) -> List[Event]:
    """The last turns of `events`, after events that bring back the state they began with."""
    starts = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(starts) <= 2 * kept_turns:
        return events
    cut = starts[-kept_turns]
    before = DialogueStateTracker.from_events(tracker.sender_id, events[:cut], slots=tracker.slots.values())
    state: List[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    state += [SlotSet(slot.name, slot.value) for slot in before.slots.values() if slot.value is not None]
    if before.active_loop_name:
        state.append(ActiveLoop(before.active_loop_name))
    state.append(ActionExecuted(ACTION_LISTEN_NAME))
    moment = events[cut].timestamp
    for event in state:
        event.timestamp = moment
    return state + list(events[cut:])


def _listen(tracker: DialogueStateTracker) -> None:
    """Ends a turn that broke off: without a last `action_listen` Rasa would refuse to act in every later turn."""
    if tracker.latest_message is not None and tracker.latest_action_name not in {None, ACTION_LISTEN_NAME}:
        tracker.update(ActionExecuted(ACTION_LISTEN_NAME))


class BoundedRedisTrackerStore(TrackerStore, SerializedTrackerAsText):
    """Rasa's dialogue state in Redis under `tracker:<sender>`, with socket timeouts and an expiry."""

    def __init__(
        self,
        domain: Optional[Domain],
        host: Text,
        session_seconds: int = 30 * 24 * 3600,
        event_broker: Optional[EventBroker] = None,
        **kwargs: Any,
    ) -> None:
        """`host` is what Rasa makes of `url` in endpoints.yml: a Redis URL (redis://, rediss:// or unix://).

        `session_seconds` of silence end a session.
        """
        self._redis = redis.Redis.from_url(host, decode_responses=True, socket_timeout=3, socket_connect_timeout=3)
        self._seconds = int(session_seconds)
        super().__init__(domain, event_broker, **kwargs)

    @staticmethod
    def _key(sender_id: Text) -> Text:
        return f"tracker:{sender_id}"

    async def save(self, tracker: DialogueStateTracker, timeout: Optional[float] = None) -> None:
        """Replaces what is stored for this person in one write."""
        try:
            _listen(tracker)
            await self.stream_events(tracker)
            events = bounded(list(tracker.events), tracker)
            body = json.dumps({"name": tracker.sender_id, "events": [event.as_dict() for event in events]})
            self._redis.set(self._key(tracker.sender_id), body, ex=self._seconds)
        except Exception as error:
            _remember(error)
            raise

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """The dialogue of this person, or None."""
        try:
            stored = self._redis.get(self._key(sender_id))
        except Exception as error:
            _remember(error)
            raise
        return self.deserialise_tracker(sender_id, stored) if stored is not None else None

    async def keys(self) -> Iterable[Text]:
        """The people who have a dialogue."""
        return [key.split(":", 1)[1] for key in self._redis.scan_iter("tracker:*", count=500)]

    @staticmethod
    def serialise_tracker(tracker: DialogueStateTracker) -> Text:
        """The tracker as text, whole."""
        state: Dict[Text, Any] = {"name": tracker.sender_id, "events": [event.as_dict() for event in tracker.events]}
        return json.dumps(state)
