"""What Rasa understood and did in each turn, for the record: never what was said, and never an answer.

An entry goes to a Redis Stream in the same step that saves the turn, so there is one for each turn and none for a turn
that was refused: conversation, message, at (ISO 8601, UTC), and data as JSON (intent, confidence, actions, and names of
slots).
"""

import json
from datetime import datetime, timezone
from typing import Any, Dict, List, Optional, Sequence, Text

from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.utils.endpoints import EndpointConfig

STREAM = "{aidline}:events"


class TurnEvents(EventBroker):
    """Rasa's event broker: makes the entries; the tracker store writes them."""

    def __init__(self, stream: Text = STREAM) -> None:
        self.stream = stream

    @classmethod
    async def from_endpoint_config(
        cls, broker_config: EndpointConfig, event_loop: Optional[Any] = None
    ) -> "TurnEvents":
        """As endpoints.yml says: `stream`."""
        return cls(**broker_config.kwargs)

    def publish(self, event: Dict[Text, Any]) -> None:
        """Refuses. An event on its own would not be part of the step that saves its turn."""
        raise TypeError("Events are published with the turn they belong to, by the tracker store.")

    def entry(self, sender: Text, message_id: Text, events: Sequence[Event]) -> List[Text]:
        """The fields of one turn's entry, name and value by turns."""
        heard = next((event for event in events if isinstance(event, UserUttered)), None)
        actions = [e.action_name for e in events if isinstance(e, ActionExecuted) and e.action_name]
        data = {
            "intent": heard.intent_name if heard else None,
            "confidence": round(float(heard.intent.get("confidence") or 0.0), 4) if heard else None,
            "actions": [name for name in actions if name != ACTION_LISTEN_NAME],
            "slots": sorted({event.key for event in events if isinstance(event, SlotSet)}),
        }
        at = datetime.now(timezone.utc).isoformat()
        return ["conversation", sender, "message", message_id, "at", at, "data", json.dumps(data)]
