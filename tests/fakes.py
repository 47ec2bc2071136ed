"""Stand-ins for what Aidline reaches at its edges: the time, the bot, the notes, the carrier of texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from aidline.language import Language
from channels.gateway.bot import Reply
from channels.gateway.turn import Explained, OnSentence

__all__ = ["NOW", "FakeBot", "FakeClock", "FakeExplainer", "FakeProvider"]

NOW = datetime(2026, 11, 21, 17, 5, tzinfo=UTC)


@dataclass
class FakeClock:
    """A clock that moves only when told to."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class FakeBot:
    """Says what it was given to say, turn by turn, then repeats what it heard; an exception is raised."""

    turns: list[Sequence[Reply] | Exception] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)

    async def turn(
        self, conversation_id: str, text: str, *, channel: str, message_id: str, metadata: dict[str, Any]
    ) -> list[Reply]:
        self.heard.append(
            {
                "conversation": conversation_id,
                "text": text,
                "channel": channel,
                "message_id": message_id,
                **metadata,
            }
        )
        said = self.turns.pop(0) if self.turns else [Reply(f"You said: {text}")]
        if isinstance(said, Exception):
            raise said
        return list(said)


@dataclass
class FakeExplainer:
    """Gives one answer to every question, sentence by sentence where someone listens."""

    answer: Explained | Exception = field(default_factory=lambda: Explained("The FAFSA is a form. It is free."))
    asked: list[tuple[str, Language, str | None]] = field(default_factory=list)
    before: list[str | None] = field(default_factory=list)
    nearness: float = 0.0

    async def near(self, question: str, language: Language) -> float:
        return self.nearness

    async def explain(
        self,
        question: str,
        language: Language,
        about: str | None,
        on_sentence: OnSentence | None,
        before: str | None = None,
    ) -> Explained:
        self.asked.append((question, language, about))
        self.before.append(before)
        if isinstance(self.answer, Exception):
            raise self.answer
        if on_sentence is not None:
            for sentence in self.answer.text.split(". "):
                on_sentence(sentence)
        return self.answer


@dataclass
class FakeProvider:
    """Takes texts; the next outcomes can be an id to give or an exception to raise.

    An exception in `lost` is raised after the text was taken: the answer gets lost on its way back.
    """

    outcomes: list[str | Exception] = field(default_factory=list)
    lost: list[Exception] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def send(self, to: str, body: str, key: str) -> str:
        outcome = self.outcomes.pop(0) if self.outcomes else f"SM{len(self.sent):032d}"
        if isinstance(outcome, Exception):
            raise outcome
        self.sent.append((to, body))
        self.ids.append(outcome)
        if self.lost:
            raise self.lost.pop(0)
        return outcome

    def find(self, to: str, body: str, since: datetime, key: str) -> Sequence[str]:
        return [own for own, text in zip(self.ids, self.sent, strict=True) if text == (to, body)]
