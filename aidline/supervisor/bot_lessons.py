"""What the bot learns from the notes and boundaries, written down for its training.

The bot lives in a Python of its own and knows no other room; so what people ask the notes is handed to it as a file.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict

from aidline.supervisor.programs import BOT

if TYPE_CHECKING:
    from knowledge.boundaries import Boundary
    from knowledge.notes import Note, Notes

__all__ = ["LESSONS", "SOURCES", "Lesson", "lessons", "nlu_lines", "write_lessons"]

LESSONS = "AIDLINE_BOT_LESSONS"
"""The environment variable that tells the bot's training where the lessons are (bot/engine/intent_classifier.py)."""
_KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
SOURCES = tuple(_KNOWLEDGE / name for name in ("articles", "boundaries", "states", "figures")) + tuple(
    Path(__file__).with_name(name) for name in ("bot_lessons.py", "bot_lessons.yml")
)
"""Files and folders that decide what the lessons are."""
_QUESTION = "ask_question"


class Lesson(NamedTuple):
    """One way to ask for a subject. `intent` is None where a note and a flow both take such words for their own.

    `flow` is the intent of the flow that works out what the note tells, if there is one.
    """

    text: str
    language: str
    subject: str
    intent: str | None
    flow: str | None = None


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Subjects(_Strict):
    topics: tuple[str, ...]
    notes: tuple[str, ...]
    never_general: bool = False


class _Plan(_Strict):
    questions_of_a_note: int
    examples_of_a_boundary: int
    flows: dict[str, _Subjects]
    general: dict[str, str]
    own_case: dict[str, str]
    boundaries: dict[str, str]

    def flow_of(self, note: Note) -> str | None:
        """The intent of the flow that works out what this note tells."""
        found = (name for name, its in self.flows.items() if note.id in its.notes or note.topic in its.topics)
        return next(found, None)

    def is_general(self, flow: str, question: str, language: str) -> bool:
        """Whether a question of a note that a flow works out asks for what is the same for everybody."""
        if self.flows[flow].never_general:
            return False
        plain = unicodedata.normalize("NFD", question.casefold()).replace("\u2019", "'")
        plain = "".join(char for char in plain if not unicodedata.combining(char)).lstrip(" \u00bf")
        general = re.match(re.sub(r"\s*\n\s*|(?<=\|) ", "", self.general[language]), plain)
        return bool(general) and not re.search(self.own_case[language], plain)


@cache
def lessons() -> tuple[Lesson, ...]:
    """Every question of every note and every example of every boundary, in both languages.

    Raises NoteError or BoundaryError for files that break their format.
    """
    from knowledge.boundaries import boundaries
    from knowledge.library import library

    return (*_of_notes(library()), *_of_boundaries(boundaries()))


def nlu_lines() -> Iterator[tuple[dict[str, Any], str]]:
    """Every example and sign of bot/data/nlu, each with its entry (its `intent` and `metadata`, or its `regex`)."""
    for path in sorted((BOT / "data/nlu").glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = (line.removeprefix("- ").strip() for line in entry["examples"].splitlines())
            yield from ((entry, line) for line in lines if line)


def write_lessons(path: Path) -> None:
    """Writes the lessons as the bot's training reads them."""
    entries = [{"text": one.text, "subject": one.subject, "intent": one.intent} for one in lessons()]
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")


def _of_notes(notes: Notes) -> Iterator[Lesson]:
    plan = _plan()
    for note in notes:
        flow = plan.flow_of(note)
        for place, question in enumerate(sorted(note.questions, key=_by_chance)):
            taught = (
                place < plan.questions_of_a_note if flow is None else plan.is_general(flow, question, note.language)
            )
            yield Lesson(question, note.language, note.id, _QUESTION if taught else None, flow)


def _of_boundaries(boundaries: tuple[Boundary, ...]) -> Iterator[Lesson]:
    plan = _plan()
    for boundary in boundaries:
        intent = plan.boundaries.get(boundary.name) or plan.boundaries[boundary.kind]
        for language, asked in boundary.asked.items():
            for place, text in enumerate(sorted(asked, key=_by_chance)):
                taught = place < plan.examples_of_a_boundary
                yield Lesson(text, language, f"boundary {boundary.name}", intent if taught else None)


def _by_chance(text: str) -> str:
    """An order that has nothing to do with the one in the files, and is the same every time."""
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _plan() -> _Plan:
    text = Path(__file__).with_name("bot_lessons.yml").read_text(encoding="utf-8")
    return _Plan.model_validate(yaml.safe_load(text))
