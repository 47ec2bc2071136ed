"""A crowd that keeps talking while things break, and what must hold afterwards."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import uuid4

import httpx
from sqlalchemy import select

from aidline.settings import Settings
from aidline.storage.models import Message
from aidline.storage.sql import make_engine, session_factory
from tests.journeys.people import PATIENCE, Persona, Replies, Student, eventually

__all__ = ["Crowd", "Tireless", "check_records", "check_thread", "talking"]

_ACCEPTED = 202
_KNOWN = 200
_PAUSE_BEFORE_TRYING_AGAIN = 0.3


@dataclass
class Tireless:
    """Someone who sends a message again, under the same id, until it is accepted, and then waits for the answer."""

    student: Student
    sent: list[str] = field(default_factory=list)
    results: list[dict[str, Any]] = field(default_factory=list)

    def say(self, text: str) -> Replies:
        client_id = uuid4().hex
        self._patiently(lambda: self._accepted(client_id, text), "a message to be accepted")
        self.sent.append(client_id)
        return Replies(self._patiently(lambda: self._heard(client_id), "an answer"))

    def _accepted(self, client_id: str, text: str) -> bool:
        return self.student.send(text, client_id).status_code in {_ACCEPTED, _KNOWN}

    def _heard(self, client_id: str) -> tuple[dict[str, Any], ...]:
        return tuple(m for m in self.student.thread(wait=1.0) if m["id"].startswith(f"{client_id}."))

    @staticmethod
    def _patiently[Found](look: Callable[[], Found], what: str) -> Found:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if found := look():
                    return found
            except httpx.HTTPError:
                pass
            time.sleep(_PAUSE_BEFORE_TRYING_AGAIN)
        raise AssertionError(f"{what}: not within {PATIENCE:.0f} s")

    def walk(self, persona: Persona, opening: str) -> None:
        """One whole form, from the opening to its result; then a clean slate."""
        replies = self.say(opening)
        while replies.result is None or replies.result["flow"] != "estimate_aid":
            assert replies.asks is not None, f"a dead end after: {replies.text}"
            replies = self.say(persona.answer(replies.asks))
        self.results.append(replies.result)
        if self.say("start over").asked == "confirm_restart":
            self.say("yes")


@dataclass
class Crowd:
    """People who talk all at once until they are told to stop; everyone ends the form they are in."""

    people: list[Tireless]
    stopping: threading.Event

    def turns(self) -> int:
        return sum(len(person.sent) for person in self.people)


@contextmanager
def talking(students: list[Student], persona: Persona, opening: str) -> Iterator[Crowd]:
    """The crowd talks while the block runs, and afterwards until each form has come to its end."""
    crowd = Crowd([Tireless(student) for student in students], threading.Event())

    def talk(person: Tireless) -> None:
        while not crowd.stopping.is_set():
            person.walk(persona, opening)

    with ThreadPoolExecutor(len(students)) as pool:
        talks: list[Future[None]] = [pool.submit(talk, person) for person in crowd.people]
        try:
            eventually(lambda: crowd.turns() >= len(students), "everyone to have said something")
            yield crowd
        finally:
            crowd.stopping.set()
        for one in talks:
            one.result(timeout=4 * PATIENCE)


def check_thread(person: Tireless) -> list[dict[str, Any]]:
    """Every accepted message stands once, in the order sent, each followed by its one answer. Gives the thread."""
    thread = person.student.thread()
    ids = [message["id"] for message in thread]
    assert len(ids) == len(set(ids)), "something was shown twice"
    said = [message["id"] for message in thread if message["sender"] == "person"]
    assert said == person.sent
    turns: dict[str, list[int]] = {client_id: [] for client_id in said}
    open_turn = ""
    for message in thread:
        if message["sender"] == "person":
            open_turn = message["id"]
            continue
        turn, _, number = message["id"].rpartition(".")
        assert turn == open_turn, "an answer stands after another message than its own"
        turns[turn].append(int(number))
        assert message["text"].strip()
    for numbers in turns.values():
        assert numbers == list(range(1, len(numbers) + 1)), "an answer is missing, doubled or out of order"
        assert numbers, "a message got no answer"
    return thread


def _as_shown(kept: list[tuple[str, str]], shown: list[tuple[str, str]]) -> bool:
    """Whether a transcript is what was shown: each message once, in order, word for word but for hidden answers."""
    if [own for own, _ in kept] != [own for own, _ in shown]:
        return False
    words = (".+".join(map(re.escape, re.split(r"\[[^\]\n]*\]", text))) for _, text in kept)
    return all(re.fullmatch(kept_words, text, re.DOTALL) for kept_words, (_, text) in zip(words, shown, strict=True))


def check_records(settings: Settings, threads: dict[str, list[dict[str, Any]]]) -> None:
    """The transcripts hold exactly what was shown, once, in the same order; answers that are private are hidden."""
    engine = make_engine(settings.database)
    sessions = session_factory(engine)

    def kept(conversation_id: str) -> list[tuple[str, str]]:
        with sessions() as session:
            rows = session.scalars(
                select(Message).where(Message.conversation_id == conversation_id).order_by(Message.seq)
            )
            return [(row.id.removeprefix(f"{conversation_id}:"), row.text) for row in rows]

    def holds(conversation_id: str, shown: list[tuple[str, str]]) -> bool:
        return _as_shown(kept(conversation_id), shown)

    try:
        for conversation_id, thread in threads.items():
            shown = [(message["id"], message["text"]) for message in thread]
            eventually(partial(holds, conversation_id, shown), "a transcript that holds what was shown")
    finally:
        engine.dispose()
