"""The values that cross the gateway's doors: what a person sent, what Aidline says.

Every message that asks something carries `Asks`; the one that ends a flow carries `result`. Pages pick their input
by `Asks.kind`, and simulated people talk to Aidline through it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Asks", "Choice", "Explain", "Inbound", "Language", "Outgoing", "Row", "Source"]

Language = Literal["en", "es"]
ChannelName = Literal["web", "sms"]
AnswerKind = Literal["choice", "yes_no", "money", "count", "date", "year", "state", "text"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Value):
    """One answer of a closed list: `value` is canonical, `label` is what people read."""

    value: str
    label: str


class Asks(_Value):
    """What a message asks. `names` replaces `name` where one question settles several."""

    name: str | None = None
    names: tuple[str, ...] | None = None
    kind: AnswerKind
    choices: tuple[Choice, ...] = ()
    about: str | None = None
    value: Any = None
    step: int | None = Field(None, description="Number of this question, from 1.")
    steps: int | None = Field(None, description="About how many questions there are in all.")


class Source(_Value):
    """Where a statement stands."""

    title: str
    url: str
    as_of: str = Field(description="ISO date on which the fact was last checked.")


class Row(_Value):
    """One line of a table: a worksheet line, a summary of answers."""

    label: str
    value: str
    note: str = ""


class Inbound(_Value):
    """A message as accepted from a channel, already redacted."""

    id: str = Field(description="The client's own id or the provider's MessageSid: accepted once for good.")
    conversation_id: str
    channel: ChannelName
    text: str
    language: Language
    at: datetime
    problem: Literal["empty", "too_long", "media", "sensitive", "command", "other_language"] | None = None
    seq: int = Field(default=0, description="Its number in the conversation, given when it was accepted.")
    whole: str | None = Field(default=None, description="All that was sent, where more than is read as an answer.")


class Explain(_Value):
    """A free-text question that leaves Rasa at once for `knowledge.answer`."""

    question: str


class Outgoing(_Value):
    """One message to a person. `id` is stable: the same turn done twice gives the same ids."""

    id: str
    seq: int
    sender: Literal["person", "aidline"] = "aidline"
    at: datetime
    language: Language
    text: str
    asks: Asks | None = None
    result: dict[str, Any] | None = None
    sources: tuple[Source, ...] = ()
    rows: tuple[Row, ...] = ()
    more: bool = False
