"""Connects the gateway's turns with `knowledge.answer`: one question at a time, with a deadline and a place to wait."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aidline.language import Language
from aidline.settings import PROJECT, Settings
from channels.gateway.messages import Source
from channels.gateway.turn import Explained, OnSentence

if TYPE_CHECKING:
    from knowledge.answer import Answerer

__all__ = ["NotesExplainer"]


class NotesExplainer:
    """Answers from the notes, in a thread, so that form turns never wait for the language model."""

    def __init__(self, answerer: Answerer, *, timeout: float) -> None:
        self._answerer, self._timeout = answerer, timeout
        self._one_at_a_time = asyncio.Semaphore(1)

    @classmethod
    def from_settings(cls, settings: Settings) -> NotesExplainer:
        """With the notes of this project and the model the settings name."""
        from knowledge.answer import default_answerer

        answerer = default_answerer(
            notes_dir=PROJECT / "knowledge" / "articles",
            model_path=settings.llama_model,
            model_sha256=settings.llama_sha256,
            model_url=settings.llama_url,
            model_name=settings.llama_model_name,
            n_threads=settings.llama_threads,
            without_model=1,
        )
        return cls(answerer, timeout=settings.explain_timeout)

    async def warm_up(self) -> None:
        """Loads the notes and the model before the first question, so that nobody waits for it."""
        await asyncio.to_thread(self._answerer.warm)

    async def explain(
        self, question: str, language: Language, about: str | None, on_sentence: OnSentence | None
    ) -> Explained:
        """The answer with its sources. Raises TimeoutError when it took too long."""
        async with asyncio.timeout(self._timeout), self._one_at_a_time:
            answer = await asyncio.to_thread(
                self._answerer.answer,
                question,
                language,
                (lambda sentence: on_sentence(sentence.text)) if on_sentence else None,
                context=about or "",
            )
        sources = tuple(Source(title=c.title, url=c.url, as_of=str(c.as_of)) for c in answer.citations)
        return Explained(answer.text, sources, known=answer.kind == "answered")
