"""The notes Aidline answers from: cited, dated Markdown files, one per subject and language.

A note is `<folder>/<language>/<id>.md`: YAML front matter between `---` lines, then one statement a line,
each true when read alone and ending with the id of the source that backs it. The same id in two languages is
the same note.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.errors import NoteError

Language = Literal["en", "es"]
Confidence = Literal["confirmed", "single_source", "general_knowledge"]
LANGUAGES: tuple[Language, ...] = ("en", "es")

_SHORT_LIMIT = 300
_STATEMENT_LIMIT = 220
_STATEMENT = re.compile(r"^- (?P<text>.+?) \[(?P<source>[a-z0-9][a-z0-9._-]*)\]$")

_Text = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Source(_Part):
    """Where a fact stands: an official page, the day it was last checked there, and how sure we are."""

    id: _Text
    title: _Text
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    as_of: date
    confidence: Confidence


class Link(_Part):
    """A page worth opening next."""

    title: _Text
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]


class _FrontMatter(_Part):
    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    title: _Text
    topic: _Text
    language: Language
    award_year: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")] | None = None
    owner: _Text
    as_of: date
    review_by: date
    review: Literal["needed", "clear"] = "clear"
    questions: Annotated[tuple[_Text, ...], Field(min_length=1, strict=False)]
    short: Annotated[str, Field(min_length=1, max_length=_SHORT_LIMIT)]
    short_source: _Text
    sources: Annotated[tuple[Source, ...], Field(min_length=1, strict=False)]
    next_steps: Annotated[tuple[_Text, ...], Field(strict=False)] = ()
    links: Annotated[tuple[Link, ...], Field(strict=False)] = ()


@dataclass(frozen=True)
class Statement:
    """One or two sentences that are true on their own, and the id of the note's source that says so."""

    text: str
    source_id: str


@dataclass(frozen=True)
class Note:
    """One subject in one language. `short` answers it alone; `statements` add to it."""

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

    def source(self, source_id: str) -> Source | None:
        """The source of that id, or None when this note has none."""
        return next((source for source in self.sources if source.id == source_id), None)


@dataclass(frozen=True)
class Notes:
    """All notes, and a `version` that changes whenever any file's name or content does."""

    all: tuple[Note, ...]
    version: str
    _by_key: dict[tuple[str, str], Note] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {(note.id, note.language): note for note in self.all})

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


def load_notes(folder: Path) -> Notes:
    """Read every note under `folder`/en and `folder`/es.

    Raises `NoteError`, naming file and line, when a note breaks the format or the folder holds none.
    """
    notes: list[Note] = []
    digest = hashlib.sha256()
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("*.md")):
            content = path.read_bytes()
            digest.update(f"{language}/{path.name}:{len(content)}\n".encode())
            digest.update(content)
            try:
                text = content.decode("utf-8")
            except UnicodeDecodeError as error:
                raise NoteError(path, 1, "is not UTF-8 text. Save the file as UTF-8.") from error
            notes.append(_read(path, text, language))
    if not notes:
        raise NoteError(folder, None, "holds no notes. Point to a folder with en/*.md and es/*.md.")
    return Notes(tuple(notes), digest.hexdigest()[:16])


def _read(path: Path, text: str, language: Language) -> Note:
    lines = text.splitlines()
    if not lines or lines[0].strip() != "---":
        raise NoteError(path, 1, "does not start with a `---` line. Put the front matter between two of them.")
    try:
        end = next(number for number, line in enumerate(lines[1:], start=1) if line.strip() == "---")
    except StopIteration:
        raise NoteError(path, len(lines), "has no closing `---` line after its front matter.") from None
    front, lines_of = _front_matter(path, "\n".join(lines[1:end]))
    for name, given, wanted in (("id", front.id, path.stem), ("language", front.language, language)):
        if given != wanted:
            raise NoteError(path, lines_of[(name,)], f"says {name} `{given}`; its place says `{wanted}`.")
    known = [source.id for source in front.sources]
    repeated = next((name for name in known if known.count(name) > 1), None)
    if repeated:
        raise NoteError(path, lines_of[("sources",)], f"has two sources called `{repeated}`. Rename one.")
    if front.short_source not in known:
        wrong = f"has no source `{front.short_source}`; it has {', '.join(known)}."
        raise NoteError(path, lines_of[("short_source",)], wrong)
    statements = tuple(_statements(path, lines[end + 1 :], end + 2, known))
    if not statements:
        raise NoteError(path, end + 1, "has no statements. Add `- Sentence. [source-id]` lines after `---`.")
    return Note(
        id=front.id,
        title=front.title,
        topic=front.topic,
        language=front.language,
        award_year=front.award_year,
        owner=front.owner,
        as_of=front.as_of,
        review_by=front.review_by,
        review=front.review,
        questions=front.questions,
        short=Statement(front.short, front.short_source),
        statements=statements,
        sources=front.sources,
        next_steps=front.next_steps,
        links=front.links,
    )


_Path = tuple[int | str, ...]


def _front_matter(path: Path, text: str) -> tuple[_FrontMatter, dict[_Path, int]]:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 2
        raise NoteError(path, line, f"has front matter that is not YAML: {error.problem}.") from error
    if not isinstance(node, yaml.MappingNode) or not isinstance(values, dict):
        raise NoteError(path, 2, "has front matter that is not a list of `name: value` lines.")
    lines_of = dict(_lines(node, ()))
    try:
        return _FrontMatter.model_validate(values), lines_of
    except ValidationError as error:
        first = error.errors()[0]
        where: _Path = first["loc"]
        while where and where not in lines_of:
            where = where[:-1]
        name = ".".join(str(part) for part in first["loc"])
        raise NoteError(path, lines_of.get(where, 1), f"`{name}`: {first['msg']}.") from error


def _lines(node: yaml.Node, where: _Path) -> Iterator[tuple[_Path, int]]:
    """Line in the file of each value, counted from 1; the front matter starts on the file's second line."""
    yield where, node.start_mark.line + 2
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _lines(value, (*where, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _lines(value, (*where, number))


def _statements(path: Path, lines: list[str], first: int, known: list[str]) -> Iterator[Statement]:
    for number, line in enumerate(lines, start=first):
        if not line.strip():
            continue
        found = _STATEMENT.match(line.rstrip())
        if not found:
            raise NoteError(path, number, "is not a statement. Write `- Sentence. [source-id]` on one line.")
        text, source_id = found["text"].strip(), found["source"]
        if source_id not in known:
            raise NoteError(path, number, f"cites `{source_id}`; the note's sources are {', '.join(known)}.")
        if len(text) > _STATEMENT_LIMIT:
            raise NoteError(path, number, f"has {len(text)} characters; {_STATEMENT_LIMIT} is the most.")
        yield Statement(text, source_id)
