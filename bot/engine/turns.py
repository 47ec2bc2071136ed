"""The turn under way: which message it answers, by whose claim, and how it can end early.

Rasa takes every `Exception` of a tracker store or an action as something to carry on from: it goes on with an empty
dialogue, or keeps one in its memory. What must end a turn is therefore a `BaseException`, which nothing of Rasa's
catches, and which the input channel turns into an answer to the gateway.

    BaseException
      TurnOver             this turn goes no further
        TurnDone           the message was answered before; its replies
        TurnRefused        another turn was saved in between; this one can be done again from there
        TurnLate           the claim of this turn was taken over; it must not be done
        TurnFailed         the dialogue could not be read or saved, or an action failed; nothing was saved
"""

import asyncio
import contextvars
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any, AsyncIterator, Dict, Iterator, List, Optional, Text, Tuple

Reply = Dict[Text, Any]


class TurnOver(BaseException):
    """A turn that goes no further."""


class TurnDone(TurnOver):
    """The message was answered before."""

    def __init__(self, replies: List[Reply]) -> None:
        super().__init__("The message was answered before.")
        self.replies = replies


class TurnRefused(TurnOver):
    """Another turn of this person was saved while this one was under way."""


class TurnLate(TurnOver):
    """Another worker has taken this conversation over."""


class TurnFailed(TurnOver):
    """Nothing of this turn was kept. `cause` is the name of the error behind it, never a text of the person.

    `again` is whether the same message may go better in a moment.
    """

    def __init__(self, cause: Text, *, again: bool = True) -> None:
        super().__init__(cause)
        self.cause, self.again = cause, again


@dataclass(frozen=True)
class Turn:
    """One message of one person.

    `message_id` is empty where nobody will send it again. `fence` is the token of the gateway's claim (it only grows),
    None where nobody claims. `replies` fills while the turn is under way.
    """

    sender: Text
    message_id: Text
    fence: Optional[int] = None
    replies: List[Reply] = field(default_factory=list)


_TURN: "contextvars.ContextVar[Optional[Turn]]" = contextvars.ContextVar("turn", default=None)


@contextmanager
def taking(turn: Turn) -> Iterator[None]:
    """In here, and in tasks started in here, `turn` is the one under way."""
    token = _TURN.set(turn)
    try:
        yield
    finally:
        _TURN.reset(token)


def turn_of(sender: Text) -> Optional[Turn]:
    """The turn under way if it is of this person, else None."""
    turn = _TURN.get()
    return turn if turn is not None and turn.sender == sender else None


class OneAtATime:
    """Lets one turn of a person run in this process; the others wait in the order they came."""

    def __init__(self) -> None:
        self._lines: Dict[Text, Tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def of(self, sender: Text) -> AsyncIterator[None]:
        """Waits for this person's earlier turns."""
        lock, waiting = self._lines.get(sender, (None, 0))
        lock = lock or asyncio.Lock()
        self._lines[sender] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._lines[sender]
            if waiting == 1:
                del self._lines[sender]
            else:
                self._lines[sender] = (lock, waiting - 1)
