"""What a note is: one subject in one language, every statement with its source."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["LANGUAGES", "Confidence", "Language", "Link", "Note", "Notes", "Part", "Source", "Statement", "Text"]

Language = Literal["en", "es"]
Confidence = Literal["confirmed", "single_source", "general_knowledge"]
LANGUAGES: tuple[Language, ...] = ("en", "es")

Text = Annotated[str, Field(min_length=1)]


class Part(BaseModel):
    """Base of what a note's front matter is made of: unchangeable, with no other fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Source(Part):
    """Where a fact stands: an official page, the day it was last checked there, and how sure we are."""

    id: Text
    title: Text
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    as_of: date
    confidence: Confidence


class Link(Part):
    """A page worth opening next."""

    title: Text
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]


@dataclass(frozen=True)
class Statement:
    """One or two sentences that are true on their own, and the id of the note's source that says so."""

    text: str
    source_id: str


@dataclass(frozen=True)
class Note:
    """One subject in one language. `short` answers it alone; `statements` add to it.

    `own` marks a note of the school or agency that runs this Aidline; it comes before ours on the same subject.
    """

    id: str
    title: str
    topic: str
    language: Language
    award_year: str | None
    owner: str
    as_of: date
    review_by: date
    review: Literal["needed", "clear"]
    questions: tuple[str, ...]
    short: Statement
    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]
    next_steps: tuple[str, ...]
    links: tuple[Link, ...]
    own: bool = False

    def source(self, source_id: str) -> Source | None:
        """The source of that id, or None when this note has none."""
        return next((source for source in self.sources if source.id == source_id), None)


@dataclass(frozen=True)
class Notes:
    """All notes, and a `version` that changes whenever anything in them does."""

    all: tuple[Note, ...]
    version: str
    _by_key: dict[tuple[str, str], Note] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {(note.id, note.language): note for note in self.all})

    @classmethod
    def of(cls, *groups: Iterable[Note]) -> "Notes":
        """The notes of all groups; one of a later group replaces that of the same id and language before it."""
        by_key = {(note.id, note.language): note for group in groups for note in group}
        notes = tuple(by_key[key] for key in sorted(by_key))
        return cls(notes, hashlib.sha256(repr(notes).encode()).hexdigest()[:16])

    def __iter__(self) -> Iterator[Note]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def in_language(self, language: Language) -> tuple[Note, ...]:
        """The notes written in that language, in order of id."""
        return tuple(note for note in self.all if note.language == language)

    def get(self, note_id: str, language: Language) -> Note | None:
        """The note of that id in that language, or None."""
        return self._by_key.get((note_id, language))
