"""A turn as it is stored: one line of JSON with the turn's events, its message, and what all events have in common.

    {"id": message, "at": seconds since 1970, "about": {model_id, assistant_id}, "events": [...]}

What the events say twice is written once, and of the intents that a message might have had, the three likeliest stay.
A telephone number that came with a message is for its turn only, and is not kept.
"""

import json
import time
from functools import lru_cache
from typing import Any, Dict, Iterable, List, Optional, Text, Type

from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.utils.common import all_subclasses

from engine.turns import Reply

_ABOUT = ("model_id", "assistant_id")
_SAID_TWICE = ("text", "metadata", "message_id", "text_tokens")
_LIKELIEST = 3
_FOR_THE_TURN_ONLY = ("phone", "offered")
FIRST_METADATA = "session_started_metadata"
_NO_DATA = {"elements": None, "quick_replies": None, "buttons": None, "attachment": None, "image": None, "custom": None}

Stored = Dict[Text, Any]


def write_segment(events: Iterable[Event], message_id: Optional[Text]) -> Text:
    """The segment of one turn."""
    about: Dict[Text, Any] = {}
    kept = [_slim(event.as_dict(), about) for event in events]
    return _json({"id": message_id, "at": round(time.time(), 3), "about": about, "events": kept})


def read_segment(line: Text) -> Stored:
    """The segment of one line. Raises ValueError if it is none."""
    segment = json.loads(line)
    if not isinstance(segment, dict) or not isinstance(segment.get("events"), list):
        raise ValueError("This is no turn.")
    return segment


def events_in(segment: Stored) -> List[Event]:
    """Every event of the turn, as Rasa made it."""
    return _made(_whole(event, segment.get("about") or {}) for event in segment["events"])


def events_that_matter(segment: Stored) -> List[Event]:
    """The events of the turn without the bot's own words, which nothing is decided by."""
    about = segment.get("about") or {}
    return _made(_whole(e, about) for e in segment["events"] if e["event"] != BotUttered.type_name)


def replies_in(segment: Stored) -> List[Reply]:
    """What was said in the turn, as it was answered then."""
    return [reply_of(event.message()) for event in events_in(segment) if isinstance(event, BotUttered)]


def reply_of(message: Dict[Text, Any]) -> Reply:
    """One message as the gateway gets it: its words and its data together, under the response's name."""
    return {
        "text": message.get("text") or "",
        "custom": message.get("custom") or {},
        "response": message.get("utter_action"),
    }


def write_events(events: Iterable[Event]) -> List[Stored]:
    """Events for a checkpoint: without what they have in common and what else was thought of, which no policy needs."""
    return [_slim(event.as_dict(), {}, whole=False) for event in events]


def read_events(stored: Iterable[Stored]) -> List[Event]:
    """The events of a checkpoint."""
    return _made(_whole(event, {}) for event in stored)


@lru_cache(maxsize=None)
def _kinds() -> Dict[Text, Type[Event]]:
    """Rasa looks through all its classes for each event it reads, which takes longer than everything else here."""
    return {kind.type_name: kind for kind in all_subclasses(Event)}


def _made(stored: Iterable[Stored]) -> List[Event]:
    found = (_kinds()[event["event"]]._from_parameters(event) for event in stored)
    return [event for event in found if event is not None]


def _slim(event: Stored, about: Dict[Text, Any], *, whole: bool = True) -> Stored:
    slim = {name: value for name, value in event.items() if value is not None}
    metadata = {n: v for n, v in (slim.pop("metadata", None) or {}).items() if n not in _FOR_THE_TURN_ONLY}
    if slim.get("name") == FIRST_METADATA:
        slim.pop("value", None)
    for name in _ABOUT:
        if name in metadata and (not whole or about.setdefault(name, metadata[name]) == metadata[name]):
            del metadata[name]
    if metadata:
        slim["metadata"] = metadata
    if slim["event"] == UserUttered.type_name:
        parsed = {name: value for name, value in slim.get("parse_data", {}).items() if name not in _SAID_TWICE}
        ranking = parsed.pop("intent_ranking", None)
        slim["parse_data"] = {**parsed, "intent_ranking": ranking[:_LIKELIEST]} if ranking and whole else parsed
    elif slim["event"] == BotUttered.type_name:
        slim["data"] = {name: value for name, value in slim.get("data", {}).items() if value is not None}
    return slim


def _whole(event: Stored, about: Dict[Text, Any]) -> Stored:
    whole = {**event, "metadata": {**event.get("metadata", {}), **about}}
    if whole["event"] == UserUttered.type_name:
        again = {
            "text": whole.get("text"),
            "message_id": whole.get("message_id"),
            "metadata": event.get("metadata", {}),
        }
        whole["parse_data"] = {**again, **whole.get("parse_data", {})}
    elif whole["event"] == BotUttered.type_name:
        whole["data"] = {**_NO_DATA, **whole.get("data", {})}
    return whole


def _json(value: Any) -> Text:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
