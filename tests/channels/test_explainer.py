"""Free questions are answered from the notes in a thread of their own, within a deadline."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from channels.explainer import NotesExplainer
from channels.gateway.messages import Source
from channels.gateway.turn import Explained
from knowledge.follow_up import Before


@dataclass
class Cited:
    title: str = "FAFSA"
    url: str = "https://studentaid.gov/fafsa"
    as_of: date = date(2026, 11, 1)


@dataclass
class Sentence:
    text: str


@dataclass
class Found:
    text: str
    kind: str
    citations: tuple[Cited, ...] = ()
    leads_to: Before | None = None

    @property
    def weak(self) -> bool:
        return self.kind == "unknown"


@dataclass
class Notes:
    """Answers as `knowledge.answer` does; waits for `free` first, where it is given."""

    kind: str = "answered"
    free: threading.Event | None = None
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    before: Before | None = None
    without_model: int = 0

    def warm(self) -> None:
        self.asked.append(("warm", "", ""))

    def nearness(self, text: str, language: str) -> float:
        if not text:
            raise ValueError("no words")
        return 0.8

    def answer(
        self,
        question: str,
        language: str,
        on_sentence: Callable[[Sentence], None] | None,
        *,
        context: str,
        before: Before | None,
        with_model: bool,
    ) -> Found:
        self.before = before
        if not with_model:
            self.without_model += 1
            return Found("It is free.", self.kind, (Cited(),))
        self.asked.append((question, language, context))
        if self.free is not None:
            self.free.wait(5)
        if on_sentence is not None:
            on_sentence(Sentence("It is free."))
        return Found("It is free.", self.kind, (Cited(),))


def explain(notes: Any, timeout: float = 5.0, **given: Any) -> Explained:
    explainer = NotesExplainer(notes, timeout=timeout)
    return asyncio.run(explainer.explain("is it free?", "en", given.get("about"), given.get("on_sentence")))


def test_an_answer_comes_with_its_dated_source() -> None:
    assert explain(Notes()) == Explained(
        "It is free.", (Source(title="FAFSA", url="https://studentaid.gov/fafsa", as_of="2026-11-01"),), known=True
    )


def test_only_an_answer_that_may_miss_what_was_asked_is_weak() -> None:
    assert (explain(Notes()).weak, explain(Notes("unknown")).weak) == (False, True)


def test_what_the_notes_do_not_hold_is_known_not_to_be_known() -> None:
    assert explain(Notes("unknown")).known is False


@pytest.mark.parametrize("kind", ["declined", "handoff", "talk"])
def test_words_written_for_the_occasion_need_no_offer_of_a_person_behind_them(kind: str) -> None:
    assert explain(Notes(kind)).known is True


def test_what_a_follow_up_needs_comes_back_to_the_notes_as_it_was() -> None:
    before = Before(question="how much is pell", note_id="pell-grant", said=("Pell is a grant.",))
    notes = Notes()
    asyncio.run(
        NotesExplainer(notes, timeout=5).explain("more", "en", None, None, before.model_dump_json())  # type: ignore[arg-type]
    )
    assert notes.before == before


def test_the_question_pending_in_the_form_goes_along() -> None:
    notes = Notes()
    explain(notes, about="Your adjusted gross income (AGI)")
    assert notes.asked == [("is it free?", "en", "Your adjusted gross income (AGI)")]


def test_sentences_are_passed_on_as_words() -> None:
    heard: list[str] = []
    explain(Notes(), on_sentence=heard.append)
    assert heard == ["It is free."]


def test_an_answer_that_takes_too_long_is_given_up() -> None:
    free = threading.Event()

    async def ask() -> None:
        explainer: Any = NotesExplainer(Notes(free=free), timeout=0.05)  # type: ignore[arg-type]
        try:
            with pytest.raises(TimeoutError):
                await explainer.explain("is it free?", "en", None, None)
        finally:
            free.set()

    asyncio.run(ask())


def test_everything_is_loaded_before_the_first_question() -> None:
    notes: Any = Notes()
    asyncio.run(NotesExplainer(notes, timeout=1).warm_up())
    assert notes.asked == [("warm", "", "")]


def test_who_would_wait_for_many_others_is_answered_at_once_without_the_model() -> None:
    free = threading.Event()
    notes: Any = Notes(free=free)

    async def crowd() -> int:
        explainer = NotesExplainer(notes, timeout=5)
        waiting = [asyncio.create_task(explainer.explain("is it free?", "en", None, None)) for _ in range(4)]
        await asyncio.sleep(0.05)
        answered = await explainer.explain("is it free?", "en", None, None)
        assert answered.text == "It is free."
        done = sum(task.done() for task in waiting)
        free.set()
        await asyncio.gather(*waiting)
        return done

    assert asyncio.run(crowd()) == 0
    assert notes.without_model == 1


def test_how_near_a_note_is_goes_along_and_a_failing_search_counts_as_far() -> None:
    explainer: Any = NotesExplainer(Notes(), timeout=5)  # type: ignore[arg-type]
    assert asyncio.run(explainer.near("what is a pell grant", "en")) == 0.8
    assert asyncio.run(explainer.near("", "en")) == 0.0


@dataclass
class SpanishOnly(Notes):
    """Has an answer in Spanish and none in English."""

    def nearness(self, text: str, language: str) -> float:
        return 0.9 if language == "es" else 0.0


@pytest.mark.parametrize(
    ("question", "asked_in"),
    [
        ("¿tengo que devolver el dinero de la beca?", "es"),
        ("do i have to give the grant money back", "en"),
        ("beca?", "en"),
    ],
)
def test_a_question_in_the_other_language_is_looked_up_in_it(question: str, asked_in: str) -> None:
    notes: Any = SpanishOnly()
    explainer = NotesExplainer(notes, timeout=5)
    asyncio.run(explainer.explain(question, "en", None, None))
    assert [language for _question, language, _context in notes.asked] == [asked_in]
    assert asyncio.run(explainer.near(question, "en")) == (0.9 if asked_in == "es" else 0.0)
