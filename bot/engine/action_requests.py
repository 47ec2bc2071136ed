"""What actions are asked with: the state of the dialogue and this turn's events, not its history.

Rasa sends every event it has with each call, and with each validation of a form the whole domain. Ours decide by the
slots that hold something and by the latest message, and need no more. And where an action fails, Rasa logs it and
carries on as if it had done nothing, which would leave half a turn: here the turn ends, nothing of it is kept, and the
gateway may send the message again.
"""

import asyncio
from typing import TYPE_CHECKING, Any, Dict, List, Text

from aiohttp import ClientConnectionError

from engine.turns import TurnFailed

if TYPE_CHECKING:
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import Event
    from rasa.shared.core.trackers import DialogueStateTracker


def install() -> None:
    """Gives Rasa's remote actions both. Does nothing the second time."""
    import rasa
    from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
    from rasa.shared.core.trackers import EventVerbosity

    if getattr(RemoteAction.run, "ends_turn", False):
        return
    run_anyway = RemoteAction.run

    def request(self: RemoteAction, tracker: "DialogueStateTracker", domain: "Domain") -> Dict[Text, Any]:
        """The body of the call. Never the domain: Rasa would send every word of the bot to each validation."""
        current = tracker.current_state(EventVerbosity.NONE)
        filled = {name: value for name, value in current["slots"].items() if value is not None}
        events = [event.as_dict() for event in this_turn(list(tracker.events))]
        return {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "tracker": {**current, "slots": filled, "events": events},
            "version": rasa.__version__,
        }

    async def run(self: RemoteAction, *args: Any, **kwargs: Any) -> List["Event"]:
        """The action's events. Raises TurnFailed if it could not be run; a rejection is an answer like others."""
        try:
            return await run_anyway(self, *args, **kwargs)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            # Rasa raises the same error for a server that is away and for one that could not cope.
            away = isinstance(error.__context__, (ClientConnectionError, asyncio.TimeoutError))
            raise TurnFailed(self.name(), again=away) from error

    run.ends_turn = True  # type: ignore[attr-defined]
    RemoteAction._action_call_format = request  # type: ignore[method-assign]
    RemoteAction.run = run  # type: ignore[method-assign]


def this_turn(events: List["Event"]) -> List["Event"]:
    """The events from the latest message on; all of them where there is no message yet."""
    from rasa.shared.core.events import UserUttered

    for index in range(len(events) - 1, -1, -1):
        if isinstance(events[index], UserUttered):
            return events[index:]
    return events
