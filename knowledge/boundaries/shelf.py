"""The boundaries as their files hold them, in order of precedence."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.boundaries.model import (
    Asked,
    Boundary,
    BoundaryError,
    Commons,
    Entry,
    EntryFile,
    Examples,
    Phrases,
    Said,
)
from knowledge.figures import figures
from knowledge.notes import LANGUAGES, Language, Source
from knowledge.replies import FixedSentence, fixed_replies
from knowledge.tables import read_table

_HERE = Path(__file__).parent
_COMMONS = _HERE / "commons.yml"
# Care first; then what must not be done; then a person; what is not ours; and talk, which any other subject outranks.
# What is asked of a form's own question (`asked_here`) counts only there, before all but what is unsafe.
_FILES = (
    "care", "secrets", "conduct", "fraud", "handoff", "outside_school", "outside_life", "asked_here", "chat", "talk",
)  # fmt: skip
_PART = re.compile(r"<(?P<name>[a-z_]+)>")
_NEVER = re.compile(r"(?!)")

type Compiled = dict[Language | None, re.Pattern[str]]


@dataclass(frozen=True)
class Marked:
    """A boundary and what marks a message as crossing it; by language, None for either.

    `about` is what a form has to be asking for it to count; None when it counts anywhere.
    """

    boundary: Boundary
    patterns: Compiled
    whole: Compiled
    unless: Compiled
    yields_to_aid: bool
    about: re.Pattern[str] | None


@cache
def boundaries() -> tuple[Boundary, ...]:
    """All boundaries, the one that takes precedence first. Raises `BoundaryError` for files that break the format."""
    return tuple(marked.boundary for marked in marks())


def boundary(name: str) -> Boundary:
    """The boundary of that name. Raises KeyError when there is none."""
    return {one.name: one for one in boundaries()}[name]


@cache
def marks() -> tuple[Marked, ...]:
    """All boundaries with their patterns, in order of precedence."""
    found: dict[str, Marked] = {}
    for path in (_HERE / f"{name}.yml" for name in _FILES):
        for entry in read_table(path, EntryFile, BoundaryError).boundaries:
            if entry.name in found:
                raise BoundaryError(path, f"{entry.name} is there twice; give one of them another name")
            found[entry.name] = _marked(path, entry)
    return tuple(found.values())


@cache
def aid_words() -> re.Pattern[str]:
    """What names something of student aid, in either language."""
    return _union(_COMMONS, _commons().aid)


@cache
def question_words() -> re.Pattern[str]:
    """What makes a message a question whatever its subject, in either language."""
    return _union(_COMMONS, _commons().question)


def _marked(path: Path, entry: Entry) -> Marked:
    return Marked(
        _boundary(path, entry),
        _compiled(path, entry.patterns),
        _compiled(path, entry.whole),
        _compiled(path, entry.unless),
        entry.yields_to_aid,
        _union(path, asked) if (asked := (*entry.about.any, *entry.about.en, *entry.about.es)) else None,
    )


def _boundary(path: Path, entry: Entry) -> Boundary:
    more = _examples().root.get(entry.name, Asked())
    asked: dict[Language, tuple[str, ...]] = {
        "en": (*entry.asked.en, *more.en),
        "es": (*entry.asked.es, *more.es),
    }
    if entry.reply_named:
        replies = fixed_replies()
        sentences = {language: replies.sentences(entry.reply_named, language) for language in LANGUAGES}
        sources = replies.sources
    else:
        sentences = {language: tuple(_sentence(path, one, language) for one in entry.reply) for language in LANGUAGES}
        sources = _sources()
    cited = dict.fromkeys(one.source for one in sentences["en"] if one.source)
    unknown = [source for source in cited if source not in sources]
    if unknown:
        raise BoundaryError(path, f"{entry.name} cites {unknown[0]}, which {_COMMONS.name} does not have")
    in_forms = any(entry.about.model_dump().values())
    return Boundary(entry.name, entry.kind, sentences, asked, {source: sources[source] for source in cited}, in_forms)


def _sentence(path: Path, said: Said, language: Language) -> FixedSentence:
    try:
        return FixedSentence(text=figures().fill(getattr(said, language), language), source=said.source)
    except KeyError as missing:
        raise BoundaryError(path, f"it names a figure {missing} that knowledge/figures does not hold") from missing


@cache
def _examples() -> Examples:
    return read_table(_HERE / "examples.yml", Examples, BoundaryError)


@cache
def _commons() -> Commons:
    return read_table(_COMMONS, Commons, BoundaryError)


@cache
def _sources() -> dict[str, Source]:
    return {name: Source(id=name, **page.model_dump()) for name, page in _commons().sources.items()}


def _compiled(path: Path, phrases: Phrases) -> Compiled:
    speaking: dict[Language | None, tuple[str, ...]] = {"en": phrases.en, "es": phrases.es, None: phrases.any}
    return {language: _union(path, patterns) for language, patterns in speaking.items()}


def _union(path: Path, patterns: tuple[str, ...]) -> re.Pattern[str]:
    whole = [_spelled_out(path, one) for one in patterns]
    return re.compile("|".join(f"(?:{one})" for one in whole)) if whole else _NEVER


def _spelled_out(path: Path, pattern: str) -> str:
    parts = _commons().parts
    try:
        return re.compile(_PART.sub(lambda name: parts[name["name"]], pattern)).pattern
    except (re.error, KeyError) as problem:
        raise BoundaryError(path, f"a pattern is wrong ({problem}): {pattern}") from problem
