"""A conversation as the person in it sees it: what was said, what is asked, and how a flow ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from aidline.errors import UnavailableError

__all__ = ["Asks", "Door", "Doors", "Reply", "Silence", "Turn"]


class Silence(UnavailableError):
    """Nothing came back, or the message was not taken. The text says which."""


@dataclass(frozen=True)
class Asks:
    """A question: one name, or several where one question settles them all; `choices` are values with their labels."""

    names: tuple[str, ...]
    kind: str
    choices: tuple[tuple[str, str], ...] = ()
    about: str | None = None
    value: Any = None

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Asks:
        """The `asks` of a message."""
        choices = tuple((str(one["value"]), str(one["label"])) for one in raw.get("choices") or ())
        names = tuple(raw["names"]) if raw.get("names") else (str(raw.get("name")),)
        return cls(names, str(raw.get("kind")), choices, raw.get("about"), raw.get("value"))

    def __str__(self) -> str:
        return " + ".join(self.names)


@dataclass(frozen=True)
class Reply:
    """Everything said in answer to one message. `prompt` is the text that asks, `texts` all that can be read."""

    texts: tuple[str, ...]
    asks: Asks | None = None
    prompt: str = ""
    results: tuple[Mapping[str, Any], ...] = ()
    more: bool = False
    seconds: float = 0.0
    sources: tuple[str, ...] = ()
    """Addresses of the pages that were cited."""

    @property
    def text(self) -> str:
        """All words, tables included."""
        return "\n".join(self.texts)

    def and_then(self, rest: Reply) -> Reply:
        """This reply with the rest of a long text; what is asked stays."""
        asks, prompt = (rest.asks, rest.prompt) if rest.asks else (self.asks, self.prompt)
        return Reply(
            (*self.texts, *rest.texts), asks, prompt, (*self.results, *rest.results), rest.more,
            self.seconds + rest.seconds, (*self.sources, *rest.sources),
        )  # fmt: skip

    @classmethod
    def of(cls, messages: Sequence[Mapping[str, Any]], seconds: float) -> Reply:
        """The reply that these messages make: `text`, `rows`, `asks`, `result`, `more`, in order."""
        asking = next((one for one in reversed(messages) if one.get("asks")), None)
        return cls(
            texts=tuple(_read(one) for one in messages),
            asks=Asks.read(asking["asks"]) if asking else None,
            prompt=str(asking["text"]) if asking else "",
            results=tuple(one["result"] for one in messages if one.get("result")),
            more=any(one.get("more") for one in messages),
            seconds=seconds,
            sources=tuple(source["url"] for one in messages for source in one.get("sources") or ()),
        )


def _read(message: Mapping[str, Any]) -> str:
    rows = (" ".join(row.get(part) or "" for part in ("label", "value", "note")) for row in message.get("rows") or ())
    return "\n".join([str(message["text"]), *rows])


class Door(Protocol):
    """One person's way in."""

    def say(self, text: str) -> Reply:
        """Says something and waits for all that comes back. Raises Silence."""
        ...

    def close(self) -> None:
        """Leaves."""
        ...


class Doors(Protocol):
    """Where people come in."""

    def open(self, channel: str) -> Door:
        """A new conversation on `web` or `sms`."""
        ...

    def enter(self, link: str) -> tuple[Door, Reply]:
        """The conversation that a single-use link leads to, and what stands in it. Raises Silence if there is none."""
        ...


@dataclass
class Turn:
    """One message of the person and what came back; `why` is what made them say it."""

    number: int
    why: str
    said: str
    reply: Reply
    language: str | None = None
    happened: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The turn for a report."""
        asks = self.reply.asks
        return {
            "turn": self.number,
            "why": self.why,
            "happened_before": self.happened,
            "said": self.said,
            "replies": list(self.reply.texts),
            "asks": {"names": list(asks.names), "kind": asks.kind} if asks else None,
            "results": [dict(result) for result in self.reply.results],
            "seconds": round(self.reply.seconds, 3),
        }
