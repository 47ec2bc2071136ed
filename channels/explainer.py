"""Connects the gateway's turns with `knowledge.answer`: one question at a time, with a deadline and a place to wait."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import structlog

from aidline.answers import answerer_from
from aidline.language import Language, tongue
from aidline.settings import Settings
from channels.gateway.messages import Source
from channels.gateway.turn import Explained, OnSentence
from knowledge.follow_up import Before

if TYPE_CHECKING:
    from knowledge.answer import Answerer

__all__ = ["NotesExplainer"]

log = structlog.get_logger()

_LONGEST_SEARCH = 2.0
_MOST_WAITING = 3
"""Questions that wait for the model; at its slowest that is three times the seconds one may take."""


class NotesExplainer:
    """Answers from the notes, in a thread, so that form turns never wait for the language model."""

    def __init__(self, answerer: Answerer, *, timeout: float) -> None:
        self._answerer, self._timeout = answerer, timeout
        self._one_at_a_time = asyncio.Semaphore(1)
        self._here = 0

    @classmethod
    def from_settings(cls, settings: Settings) -> NotesExplainer:
        """With the notes and the model that the settings name."""
        return cls(answerer_from(settings), timeout=settings.explain_timeout)

    async def warm_up(self) -> None:
        """Loads the notes and the model before the first question, so that nobody waits for it."""
        await asyncio.to_thread(self._answerer.warm)

    async def explain(
        self,
        question: str,
        language: Language,
        about: str | None,
        on_sentence: OnSentence | None,
        before: str | None = None,
    ) -> Explained:
        """The answer with its sources. Raises TimeoutError when it took too long.

        The model serves one question at a time. Who would have to wait for several others gets an answer without it:
        the same notes, with the nearest statements instead of chosen ones.
        """
        crowded = self._here > _MOST_WAITING
        self._here += 1
        try:
            async with asyncio.timeout(self._timeout), contextlib.nullcontext() if crowded else self._one_at_a_time:
                answer = await asyncio.to_thread(
                    self._answerer.answer,
                    question,
                    language if before else await asyncio.to_thread(self._asked_in, question, language),
                    (lambda sentence: on_sentence(sentence.text)) if on_sentence else None,
                    context=about or "",
                    before=Before.model_validate_json(before) if before else None,
                    with_model=not crowded,
                )
        finally:
            self._here -= 1
        sources = tuple(Source(title=c.title, url=c.url, as_of=str(c.as_of)) for c in answer.citations)
        keeps = answer.leads_to.model_dump_json() if answer.leads_to else ""
        return Explained(
            answer.text,
            sources,
            known=answer.kind != "unknown",
            keeps=keeps,
            declined=answer.kind == "declined",
            weak=answer.weak,
        )

    async def near(self, question: str, language: Language) -> float:
        """How well a note answers the words: 0 (none does) to 1. A search that fails or takes too long counts as 0."""
        try:
            async with asyncio.timeout(_LONGEST_SEARCH):
                asked_in = await asyncio.to_thread(self._asked_in, question, language)
                return await asyncio.to_thread(self._answerer.nearness, question, asked_in)
        except Exception as error:
            log.warning("how near the notes are could not be told", cause=type(error).__name__)
            return 0.0

    def _asked_in(self, question: str, language: Language) -> Language:
        """The language a question is in, where it is surely not the conversation's and only a note in it answers."""
        spoken = tongue(question)
        if spoken is None or spoken == language or self._answerer.nearness(question, language):
            return language
        return spoken if self._answerer.nearness(question, spoken) else language
