"""The door the gateway knocks on: one person's message in, everything said in that turn out.

    POST /webhooks/aidline/turn
    {"sender", "message", "channel": "web"|"sms", "message_id", "metadata": {"language", "fence", …}}
    -> 200 {"replies": [{"text", "custom", "response"}]}
       409 {"error"}  the conversation was taken over by another worker; this one must let go of it
       424 {"error"}  an action could not cope with the message; nothing of the turn was kept
       503 {"error"}  the turn was not done, and nothing of it was kept: the same message may be sent again

A message is done once, whoever sends it again: its id finds the replies of the first time. One without an id (a probe)
is done each time, and leaves no event. Text that people type can
never run one of Rasa's commands: leading slashes, and Rasa's prefix for outside events, are taken off before Rasa sees
the message.
"""

import asyncio
import logging
import re
from typing import Any, Awaitable, Callable, Dict, Optional, Text, Tuple

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from engine.segments import reply_of
from engine.turns import OneAtATime, Turn, TurnDone, TurnFailed, TurnLate, TurnRefused, taking

logger = logging.getLogger(__name__)

Ask = Callable[[UserMessage], Awaitable[Any]]
Answer = Tuple[int, Dict[Text, Any]]

TURN_SECONDS = 10.0
"""Nobody waits longer for a turn; one that hangs would hold up the person's next. The gateway waits a little longer
(`AIDLINE_TURN_TIMEOUT`), so that a turn it gives up is one that will not be kept."""
_TRIES = 5

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
        self.messages.append(reply_of(message))


class AidlineInput(InputChannel):
    """The one input channel of the bot."""

    def __init__(self) -> None:
        self._order = OneAtATime()

    @classmethod
    def name(cls) -> Text:
        """Part of the address: /webhooks/aidline."""
        return "aidline"

    def blueprint(self, on_new_message: Ask) -> Blueprint:
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
            status, answer = await self.take(on_new_message, body)
            return response.json(answer, status=status)

        return webhook

    async def take(self, ask: Ask, body: Dict[Text, Any]) -> Answer:
        """Status and answer of one turn, after this person's earlier ones in this process.

        Rasa's own lock, which looks once a second whether it is free, never has to wait.
        """
        async with self._order.of(body["sender"]):
            return await self._try(ask, body)

    async def _try(self, ask: Ask, body: Dict[Text, Any]) -> Answer:
        """Does the turn; again if another process saved one of this person in between, for nothing of it was kept."""
        metadata = dict(body.get("metadata") or {})
        fence = metadata.pop("fence", None)
        message_id = str(body.get("message_id") or "")
        for _ in range(_TRIES):
            output = TurnOutput(str(body.get("channel") or "web"))
            turn = Turn(body["sender"], message_id, fence if isinstance(fence, int) else None, output.messages)
            message = UserMessage(
                plain(body["message"]),
                output,
                turn.sender,
                input_channel=self.name(),
                message_id=message_id or None,
                metadata=metadata,
            )
            answer = await _run(ask, turn, message)
            if answer is not None:
                return answer
        return 503, {"error": "TurnRefused"}


async def _run(ask: Ask, turn: Turn, message: UserMessage) -> Optional[Answer]:
    """Status and answer of one try, or None if it was refused. What the person wrote stays out of the log."""
    try:
        with taking(turn):
            await asyncio.wait_for(ask(message), TURN_SECONDS)
    except TurnDone as done:
        return 200, {"replies": done.replies}
    except TurnRefused:
        return None
    except TurnLate:
        return 409, {"error": "TurnLate"}
    except TurnFailed as failed:
        return 503 if failed.again else 424, {"error": failed.cause}
    except asyncio.CancelledError:
        raise
    except Exception as error:
        logger.error("A turn failed: %s (sender %s)", type(error).__name__, turn.sender)
        return 503, {"error": type(error).__name__}
    return 200, {"replies": turn.replies}
