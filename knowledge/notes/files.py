"""Reading notes from a folder of Markdown files.

A note is `<folder>/<language>/<id>.md`: YAML front matter between `---` lines, then one statement a line,
each true when read alone and ending with the id of the source that backs it. The same id in two languages is
the same note. `{{name}}` in what a note says stands for that figure of `knowledge.figures`.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, ValidationError

from knowledge.errors import NoteError
from knowledge.figures import figures
from knowledge.notes.model import LANGUAGES, Language, Link, Note, Notes, Part, Source, Statement, Text

__all__ = ["front_matter_schema", "load_note", "load_notes"]

_SHORT_LIMIT = 300
_STATEMENT_LIMIT = 220
_STATEMENT = re.compile(r"^- (?P<text>.+?) \[(?P<source>[a-z0-9][a-z0-9._-]*)\]$")


class _FrontMatter(Part):
    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    title: Text
    topic: Text
    language: Language
    award_year: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")] | None = None
    owner: Text
    as_of: date
    review_by: date
    review: Literal["needed", "clear"] = "clear"
    questions: Annotated[tuple[Text, ...], Field(min_length=1, strict=False)]
    short: Text
    short_source: Text
    sources: Annotated[tuple[Source, ...], Field(min_length=1, strict=False)]
    next_steps: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    links: Annotated[tuple[Link, ...], Field(strict=False)] = ()


def front_matter_schema() -> dict[str, Any]:
    """The JSON Schema of what stands between the `---` lines of a note."""
    return _FrontMatter.model_json_schema()


def load_notes(folder: Path, *, own: bool = False) -> Notes:
    """Read every note under `folder`/en and `folder`/es; `own` marks them as the school's own.

    Raises `NoteError`, naming file and line, when a note breaks the format or the folder holds none.
    """
    notes: list[Note] = []
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("*.md")):
            try:
                text = path.read_text(encoding="utf-8")
            except UnicodeDecodeError as error:
                raise NoteError(path, 1, "is not UTF-8 text. Save the file as UTF-8.") from error
            notes.append(_read(path, text, language, own=own))
    if not notes:
        raise NoteError(folder, None, "holds no notes. Point to a folder with en/*.md and es/*.md.")
    return Notes.of(notes)


def load_note(folder: Path, note_id: str, language: Language) -> Note:
    """Read one note of `folder`. Raises `NoteError` when it is not there or breaks the format."""
    path = folder / language / f"{note_id}.md"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise NoteError(path, None, "is not there. Write this note, or correct the name that asks for it.") from error
    return _read(path, text, language, own=False)


def _read(path: Path, text: str, language: Language, *, own: bool) -> Note:
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
    short = _filled(path, lines_of[("short",)], front.short, language)
    if len(short) > _SHORT_LIMIT:
        raise NoteError(
            path, lines_of[("short",)], f"has {len(short)} characters in `short`; {_SHORT_LIMIT} is the most."
        )
    statements = tuple(_statements(path, lines[end + 1 :], end + 2, known, language))
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
        short=Statement(short, front.short_source),
        statements=statements,
        sources=front.sources,
        next_steps=tuple(_filled(path, lines_of[("next_steps",)], step, language) for step in front.next_steps),
        links=front.links,
        own=own,
    )


_Path = tuple[int | str, ...]
# The C parser reads a thousand notes in under a second; the Python one takes ten times as long.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _front_matter(path: Path, text: str) -> tuple[_FrontMatter, dict[_Path, int]]:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 2
        raise NoteError(path, line, f"has front matter that is not YAML: {error.problem}.") from error
    finally:
        loader.dispose()
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


def _filled(path: Path, line: int, text: str, language: Language) -> str:
    try:
        return figures().fill(text, language)
    except KeyError as missing:
        raise NoteError(path, line, f"names a figure {missing} that knowledge/figures does not hold.") from missing


def _statements(path: Path, lines: list[str], first: int, known: list[str], language: Language) -> Iterator[Statement]:
    for number, line in enumerate(lines, start=first):
        if not line.strip():
            continue
        found = _STATEMENT.match(line.rstrip())
        if not found:
            raise NoteError(path, number, "is not a statement. Write `- Sentence. [source-id]` on one line.")
        text, source_id = _filled(path, number, found["text"].strip(), language), found["source"]
        if source_id not in known:
            raise NoteError(path, number, f"cites `{source_id}`; the note's sources are {', '.join(known)}.")
        if len(text) > _STATEMENT_LIMIT:
            raise NoteError(path, number, f"has {len(text)} characters; {_STATEMENT_LIMIT} is the most.")
        yield Statement(text, source_id)
