"""What a transcript keeps of a turn: everything but the answers that are the person's own business.

What a person types is known to be an answer only when its turn is done, so it goes on record with the replies. Words
that repeat an answer come with marks (`aidline.private_answers`), set by whoever wrote them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from aidline.private_answers import ANSWER, hidden, is_private, private_among, without_amounts
from aidline.redaction import mask_phones
from channels.gateway.messages import Asks, Outgoing

__all__ = ["Taken", "asked_in_private", "recorded", "said"]


@dataclass(frozen=True)
class Taken:
    """What a message of a person was taken as; `names` are the private answers that were found in it.

    `open` is what stays readable whatever was asked: a question, an order ("go back"), how a conversation begins.
    """

    how: Literal["answer", "open"] = "answer"
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, replies: list[Mapping[str, Any]]) -> Taken:
        """As the data of the replies tell: a question was handed on, or the form says what it took."""
        if any("explain" in data for data in replies):
            return cls("open")
        told: Mapping[str, Any] = next(
            (data["heard"] for data in replies if isinstance(data.get("heard"), Mapping)), {}
        )
        if told.get("as") in {"order", "opening"}:
            return cls("open")
        return cls("answer", tuple(str(name) for name in told.get("names") or ()))


def said(text: str, asked: str, taken: Taken) -> str:
    """The words of a person for the record. `asked` are the private names that were pending, parted by spaces."""
    names = taken.names or tuple(asked.split())
    if taken.how == "answer" and names:
        return f"[answer: {', '.join(names)}]"
    return without_amounts(mask_phones(text))


def asked_in_private(asks: Asks) -> str:
    """The private names that a question asks for, parted by spaces."""
    named = (asks.about,) if asks.about else asks.names or (asks.name,)
    return " ".join(private_among([name for name in named if name], asks.kind))


def recorded(message: Outgoing) -> dict[str, Any]:
    """A message of Aidline's for the record: its data as in the web API, without what it repeats of private answers."""
    data = message.model_dump(mode="json", exclude={"seq"}, exclude_none=True)
    data["text"] = hidden(message.text)
    if message.rows:
        data["rows"] = [{**row, "value": hidden(row["value"])} for row in data["rows"]]
    if message.asks and message.asks.about and is_private(message.asks.about):
        data["asks"].pop("value", None)
    if message.result:
        values = message.result.get("values", {})
        kept = {name: value if value is None or not is_private(name) else ANSWER for name, value in values.items()}
        data["result"] = {**message.result, "values": kept, "answers": {}}
    return data
