"""What a result takes from the notes, word for word: the text in the person's language, with its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from actions.flow.model import Say
from knowledge.library import ARTICLES
from knowledge.notes import Note, Statement, load_note

__all__ = ["Quote", "said", "short", "sources", "statement"]


@dataclass(frozen=True)
class Quote:
    """One statement of a note. `source` is what a message's `sources` hold: title, url, as_of."""

    text: str
    source: Mapping[str, str]


@cache
def _note(note_id: str, language: str) -> Note:
    return load_note(ARTICLES, note_id, "es" if language == "es" else "en")


def _quote(note: Note, found: Statement) -> Quote:
    source = next(one for one in note.sources if one.id == found.source_id)
    return Quote(found.text, {"title": source.title, "url": source.url, "as_of": source.as_of.isoformat()})


def short(note_id: str, language: str) -> Quote:
    """A note's short answer. Raises NoteError when there is no such note."""
    note = _note(note_id, language)
    return _quote(note, note.short)


def statement(note_id: str, source_id: str, language: str) -> Quote:
    """A note's first statement that rests on that source. Raises NoteError, and StopIteration when it has none."""
    note = _note(note_id, language)
    return _quote(note, next(one for one in note.statements if one.source_id == source_id))


def sources(quotes: Iterable[Quote]) -> list[dict[str, str]]:
    """The sources of several quotes, each page once."""
    return list({quote.source["url"]: dict(quote.source) for quote in quotes}.values())


def said(*quotes: Quote) -> Say:
    """The quotes as one message, a paragraph each, with their sources."""
    return Say("utter_quoted", {"quoted": "\n".join(quote.text for quote in quotes)}, {"sources": sources(quotes)})
