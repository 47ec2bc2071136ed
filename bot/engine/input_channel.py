"""The door the gateway knocks on: one person's message in, everything said in that turn out.

    POST /webhooks/aidline/turn
    {"sender", "message", "channel": "web"|"sms", "message_id", "metadata": {"language", …}}
    -> 200 {"replies": [{"text", "custom", "response"}]}   or 503 {"error"} when the turn was not done or not saved

Text that people type can never run one of Rasa's commands: leading slashes, and Rasa's prefix for outside events, are
taken off before Rasa sees the message.
"""

import asyncio
import logging
import re
from typing import Any, Awaitable, Callable, Dict, List, Optional, Text

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from engine.tracker_store import saving_failed, watch_saving

logger = logging.getLogger(__name__)

_COMMAND = re.compile(r"\A(?:\s|/|EXTERNAL:)+")


def plain(text: Text) -> Text:
    """`text` without anything at its start that Rasa would take as a command."""
    return _COMMAND.sub("", text)


class TurnOutput(CollectingOutputChannel):
    """Collects each bot message whole: its words and its data together, under the response's name."""

    def __init__(self, channel: Text) -> None:
        super().__init__()
        self._channel = channel

    def name(self) -> Text:  # type: ignore[override]
        """The person's channel, so that `channel:` variations of responses apply."""
        return self._channel

    async def send_response(self, recipient_id: Text, message: Dict[Text, Any]) -> None:
        """Keeps one message."""
        self.messages.append(
            {
                "text": message.get("text") or "",
                "custom": message.get("custom") or {},
                "response": message.get("utter_action"),
            }
        )


class AidlineInput(InputChannel):
    """The one input channel of the bot."""

    @classmethod
    def name(cls) -> Text:
        """Part of the address: /webhooks/aidline."""
        return "aidline"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's addresses."""
        webhook = Blueprint("aidline_input")

        @webhook.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @webhook.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            body = request.json or {}
            sender, text = body.get("sender"), body.get("message")
            if not isinstance(sender, str) or not sender or not isinstance(text, str):
                return response.json({"error": "sender and message are needed"}, status=400)
            output = TurnOutput(str(body.get("channel") or "web"))
            error = await _run(
                on_new_message,
                UserMessage(
                    plain(text),
                    output,
                    sender,
                    input_channel=self.name(),
                    message_id=body.get("message_id"),
                    metadata=body.get("metadata") or {},
                ),
            )
            if error:
                return response.json({"error": error}, status=503)
            replies: List[Dict[Text, Any]] = output.messages
            return response.json({"replies": replies})

        return webhook


async def _run(on_new_message: Callable[[UserMessage], Awaitable[Any]], message: UserMessage) -> Optional[Text]:
    """Runs the turn; the name of what went wrong, or None. What the person wrote stays out of the log."""
    watch_saving()
    try:
        await on_new_message(message)
    except asyncio.CancelledError:
        raise
    except Exception as error:
        logger.error("A turn failed: %s (sender %s)", type(error).__name__, message.sender_id)
        return type(error).__name__
    return saving_failed()
