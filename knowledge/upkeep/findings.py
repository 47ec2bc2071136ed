"""What is wrong with a set of notes, beyond what already stops one from being read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

import numpy as np

from knowledge.notes import LANGUAGES, Language, Note, Notes
from knowledge.search.text import fold, terms
from knowledge.sms import segments
from knowledge.upkeep.reading import grade

__all__ = ["Finding", "FindingKind", "examine"]

FindingKind = Literal[
    "expired", "untranslated", "differs", "contradictory", "too_hard", "too_long", "bad_link", "review"
]

MOST_GRADE = 8.0
MOST_SEGMENTS = 2
_FIGURE = re.compile(r"\$?\d[\d.,]*\d%?|\$?\d%?")
_YEAR = re.compile(r"\b20\d\d(?:-\d\d)?\b")
# Every phone number has its one place in knowledge/figures.
_PHONE = re.compile(r"\b1-\d{3}-\d{3}-\d{4}\b")
_ALIKE = 0.85
_LEAST_WORDS = 5


@dataclass(frozen=True)
class Finding:
    """One thing for the notes' owner. `review` needs a look at the official page; the others need mending."""

    kind: FindingKind
    note_id: str
    language: Language
    what: str


def examine(notes: Notes, today: date) -> tuple[Finding, ...]:
    """All findings, by note: what to mend first, then what to review."""
    found = [finding for note in notes for finding in _alone(note, today)]
    found += [finding for note in notes.in_language("en") for finding in _translated(note, notes)]
    found += [_untranslated(note) for note in notes.in_language("es") if notes.get(note.id, "en") is None]
    for language in LANGUAGES:
        found += _contradictions(notes.in_language(language))
    return tuple(sorted(found, key=lambda one: (one.kind == "review", one.note_id, one.language, one.kind, one.what)))


def _alone(note: Note, today: date) -> Iterator[Finding]:
    if note.review_by < today:
        yield Finding("expired", note.id, note.language, f"was to be reviewed by {note.review_by}")
    hard = grade(_text(note), note.language)
    if round(hard, 1) > MOST_GRADE:
        yield Finding("too_hard", note.id, note.language, f"reads at grade {hard:.1f}; {MOST_GRADE:.0f} is the most")
    texts = segments(note.short.text)
    if texts > MOST_SEGMENTS:
        yield Finding("too_long", note.id, note.language, f"its short answer takes {texts} text messages")
    for url in (*(source.url for source in note.sources), *(link.url for link in note.links)):
        if wrong := _link_problem(url):
            yield Finding("bad_link", note.id, note.language, f"{url}: {wrong}")
    weak = [source.id for source in note.sources if source.confidence != "confirmed"]
    if weak or note.review == "needed":
        yield Finding("review", note.id, note.language, f"not confirmed by two sources: {', '.join(weak) or 'marked'}")
    if weak and note.review == "clear":
        yield Finding("differs", note.id, note.language, "says that it is clear, but cites facts that need review")


def _text(note: Note) -> str:
    return " ".join([note.short.text, *(statement.text for statement in note.statements), *note.next_steps])


def _link_problem(url: str) -> str | None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https":
        return "is not https"
    if not re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", host):
        return "has no host name"
    if re.search(r"[\s<>{}|\\^`…]|example\.", url):
        return "cannot be an address"
    return None


def _untranslated(note: Note) -> Finding:
    other = "Spanish" if note.language == "en" else "English"
    return Finding("untranslated", note.id, note.language, f"has no {other} twin")


def _translated(note: Note, notes: Notes) -> Iterator[Finding]:
    twin = notes.get(note.id, "es")
    if twin is None:
        yield _untranslated(note)
        return
    if len(note.statements) != len(twin.statements):
        wrong = f"has {len(twin.statements)} statements; the English has {len(note.statements)}"
        yield Finding("differs", note.id, "es", wrong)
        return
    pairs = zip((note.short, *note.statements), (twin.short, *twin.statements), strict=True)
    for english, spanish in pairs:
        if sorted(_figures(english.text)) != sorted(_figures(spanish.text)):
            yield Finding("differs", note.id, "es", f"gives other figures than the English: {spanish.text}")
        if english.source_id != spanish.source_id:
            yield Finding(
                "differs", note.id, "es", f"cites {spanish.source_id}, not {english.source_id}: {spanish.text}"
            )


def _figures(text: str) -> tuple[str, ...]:
    return tuple(figure.replace(",", "").rstrip(".") for figure in _FIGURE.findall(text))


def _contradictions(notes: Sequence[Note]) -> Iterator[Finding]:
    """Statements of two notes that say nearly the same words with other figures. Years count as words."""
    said = [
        (note, one.text) for note in notes if note.topic != "state-deadlines" for one in (note.short, *note.statements)
    ]
    words = [_words(text, note.language) for note, text in said]
    known = {word: number for number, word in enumerate(sorted(set().union(*words)))}
    marks = np.zeros((len(said), len(known)), dtype=np.float32)
    for row, found in enumerate(words):
        marks[row, [known[word] for word in found]] = 1.0
    shared = marks @ marks.T
    sizes = marks.sum(axis=1)
    alike = shared >= _ALIKE * (sizes[:, None] + sizes[None, :] - shared)
    for one, other in zip(*np.nonzero(np.triu(alike, 1)), strict=True):
        (note, text), (twin, again) = said[one], said[other]
        if note.id == twin.id or sizes[one] < _LEAST_WORDS:
            continue
        here, there = (set(_figures(_PHONE.sub("", _YEAR.sub("", words)))) for words in (text, again))
        if _disagree(here, there):
            yield Finding("contradictory", note.id, note.language, f"“{text}” but {twin.id}: “{again}”")


def _disagree(here: set[str], there: set[str]) -> bool:
    """Whether two sets of figures can be meant for one fact: one figure against another, or mostly the same figures.

    Rows of a table differ in most of their figures, and a longer statement may add some.
    """
    if not here or not there or here <= there or there <= here:
        return False
    return len(here) == len(there) == 1 or 2 * len(here & there) >= len(here ^ there)


def _words(text: str, language: Language) -> frozenset[str]:
    years = _YEAR.findall(text)
    return frozenset((*terms(_FIGURE.sub(" ", fold(text)), language), *years))
