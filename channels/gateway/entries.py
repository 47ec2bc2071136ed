"""What stands in the streams that are kept in SQL: messages and requests of the gateway, events of the bot."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from aidline.errors import RecordError
from aidline.language import Language
from channels.gateway import keys

__all__ = [
    "STREAMS", "Entry", "EventRecord", "ForgetRecord", "HandoffRecord", "MessageRecord", "Record", "ReminderRecord",
    "StreamName",
]  # fmt: skip

StreamName = Literal["record", "events"]

STREAMS: dict[StreamName, str] = {"record": keys.RECORD, "events": keys.EVENTS}
"""The streams by the names they bear in dead letters, whatever prefix their keys have."""

_NAME, _BEST_TIME = 200, 200
"""Characters of these that are kept."""


def _storable(text: Any) -> Any:
    """PostgreSQL can't keep the character NUL in a text; it means nothing there either."""
    return text.replace("\x00", "") if isinstance(text, str) else text


def _first(count: int) -> BeforeValidator:
    return BeforeValidator(lambda text: text[:count] if isinstance(text, str) else text)


_Text = Annotated[str, BeforeValidator(_storable)]
_Id = Annotated[_Text, StringConstraints(min_length=1, max_length=63)]
_Conversation = Annotated[_Text, StringConstraints(min_length=1, max_length=32)]
_Word = Annotated[_Text, StringConstraints(max_length=64)]
_Words = Annotated[list[_Word], Field(max_length=200)]


class _Kept(BaseModel):
    """What is read is exact, or refused: nothing is turned into something that fits."""

    model_config = ConfigDict(frozen=True, strict=True)

    conversation: _Conversation
    at: Annotated[AwareDatetime, Field(strict=False)]


class MessageRecord(_Kept):
    """A message of a transcript. `seq` is its number in the conversation; `extra` is whatever else it carries.

    `text` is what the transcript keeps; `sent` what goes to a phone, where that is more.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="allow")

    id: _Id
    seq: Annotated[int, Field(strict=False, ge=0, lt=2**31)]
    channel: Literal["web", "sms"]
    sender: Literal["person", "aidline"]
    language: Language
    text: _Text
    sent: _Text | None = None

    @property
    def key(self) -> str:
        """The row's key: reading the record again finds it."""
        return f"{self.conversation}:{self.id}"

    @property
    def extra(self) -> dict[str, Any]:
        """What it asks, its result, its sources: as in the web API."""
        return dict(self.model_extra or {})

    @property
    def asks(self) -> dict[str, Any] | None:
        """What it asks of the person."""
        found = self.extra.get("asks")
        return found if isinstance(found, dict) else None


class HandoffRecord(_Kept):
    """Someone asked for a person, or made a case for a review; the same reference again is a correction.

    Nothing but the reference has to be there: nobody must give a name. `case` are the lines of a case.
    """

    seq: Annotated[int, Field(strict=False, ge=0, lt=2**31)] = 0
    kind: Literal["handoff", "appeal"] = "handoff"
    case: Annotated[list[dict[str, _Text]], Field(max_length=40)] | None = None
    reference: Annotated[_Text, StringConstraints(min_length=1, max_length=16)]
    handoff_reason: _Text | None = None
    contact_name: Annotated[_Text, _first(_NAME)] | None = None
    contact_method: Annotated[_Text, StringConstraints(max_length=8)] | None = None
    contact_phone: _Text | None = None
    contact_email: Annotated[_Text, StringConstraints(max_length=254)] | None = None
    contact_language: Language
    urgency: Annotated[_Text, StringConstraints(max_length=12)]
    best_time: Annotated[_Text, _first(_BEST_TIME)] | None = None


class ReminderRecord(_Kept):
    """Someone agreed to be reminded of a deadline by text. Dates are ISO days; `most_texts` is what they agreed to."""

    phone: Annotated[_Text, StringConstraints(pattern=r"^\+[1-9]\d{7,14}$")]
    language: Language
    award_year: Annotated[_Text, StringConstraints(pattern=r"^20\d\d-\d\d$")]
    state: Annotated[_Text, StringConstraints(max_length=2)] | None = None
    federal_deadline: Annotated[date, Field(strict=False)]
    state_date: Annotated[date, Field(strict=False)] | None = None
    most_texts: Annotated[int, Field(ge=1, le=20)]

    @property
    def key(self) -> str:
        """The row's key: one a conversation and award year."""
        return f"{self.conversation}:{self.award_year}"


class ForgetRecord(_Kept):
    """The person had everything deleted that was said up to the message of number `seq`."""

    seq: Annotated[int, Field(strict=False, ge=0, lt=2**31)]


class EventRecord(_Kept):
    """What the bot made of one message: names only."""

    message: _Id
    intent: _Word | None = None
    confidence: Annotated[float, Field(strict=False, ge=0, le=1)] | None = None
    actions: _Words = []
    slots: _Words = []

    @property
    def key(self) -> str:
        """The row's key: reading the record again finds it."""
        return f"{self.conversation}:{self.message}"


Record = MessageRecord | HandoffRecord | ReminderRecord | ForgetRecord | EventRecord


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a stream, as it was read."""

    stream: StreamName
    id: str
    fields: dict[str, str]

    @classmethod
    def all_of(cls, stream: str, found: list[tuple[str | None, dict[str, str] | None]]) -> list[Self]:
        """The entries of a stream with this key in Redis. Those that were deleted meanwhile have no fields."""
        [name] = [name for name, key in STREAMS.items() if key == stream]
        return [cls(name, entry_id, fields or {}) for entry_id, fields in found if entry_id]

    @property
    def kind(self) -> str:
        """message, handoff, reminder, forget or event; empty when the entry does not say."""
        return "event" if self.stream == "events" else self.fields.get("type", "")

    def record(self) -> Record:
        """What it says. Raises RecordError for a kind nobody knows, ValueError (pydantic's too) for anything amiss."""
        data = json.loads(self.fields.get("data", ""))
        if not isinstance(data, dict):
            raise RecordError("The data of a record is no object.")
        for name in ("conversation", "seq", "message", "at"):
            if name in self.fields:
                data[name] = self.fields[name]
        match self.kind:
            case "message":
                return MessageRecord.model_validate(data)
            case "handoff":
                return HandoffRecord.model_validate(data)
            case "reminder":
                return ReminderRecord.model_validate({n: v for n, v in data.items() if n != "seq"})
            case "forget":
                return ForgetRecord.model_validate(data)
            case "event":
                return EventRecord.model_validate(data)
        raise RecordError("The record is of a kind that nobody knows.")
