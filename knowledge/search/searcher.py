"""The right notes for a question: words in common and likeness of meaning, and a floor under both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from knowledge.notes import LANGUAGES, Language, Note, Notes, Statement
from knowledge.search.lexical import LexicalIndex, NoteIndex, Scores
from knowledge.search.outside import OutsideSense
from knowledge.search.semantic import Embedder, Vectors, WordLlamaEmbedder
from knowledge.search.text import field_terms, normalise, terms, weak_terms
from knowledge.spelling import spelt_out

if TYPE_CHECKING:
    from knowledge.boundaries import Boundary

__all__ = ["TUNINGS", "Hit", "Look", "Searcher", "Tuning", "said"]


@dataclass(frozen=True)
class Hit:
    """A note that may answer. `score` is 0..1: how near its nearest line is; see `Tuning.threshold`."""

    note: Note
    score: float


@dataclass(frozen=True)
class Tuning:
    """How much each sign counts. `benchmarks/answers.py` reports what these find and miss.

    `question_cover`, `line_cover` and `likeness` add up to 1: the share of the question's weight that a line covers,
    the share of the line's weight that the question covers, and the cosine of their vectors. Notes are ranked by
    `nearest` (their nearest line), `several` (their few nearest lines), `whole` (the note's words taken together) and
    `middle` (the middle of what it is asked), which add up to 1 too. `outside` is what a message that sounds like none
    of our business (`OutsideSense`, up to 4) adds to the boundaries that say so.
    """

    question_cover: float
    line_cover: float
    likeness: float
    statement_weight: float
    threshold: float
    nearest: float = 0.2
    several: float = 0.2
    whole: float = 0.4
    middle: float = 0.2
    outside: float = 0.02


# For a question that names nothing of the field: only a close match of its other words can make up for it.
_ELSEWHERE = 0.75
_SEVERAL = 4
_NOT_OURS = frozenset({"outside", "unsafe"})
# A boundary's examples cannot name everything: its nearest one may be this far off if the words speak for it.
_BOUNDARY = 0.25
# One telling word ("my mom", "print", "today") is no ground to refuse anybody; it takes so many. Of 296 held-out
# examples that only the search caught, two had fewer.
_GROUNDS = 2
# Above any other: a question just as somebody wrote it down for a note.
_WORD_FOR_WORD = 2.0
# A school's own note comes first when it matches nearly as well as ours.
_OWN = 1.1

# Ranks and weights were chosen by leaving each note's questions out in turn and looking for their note.
TUNINGS: dict[Language, Tuning] = {
    "en": Tuning(
        question_cover=0.5, line_cover=0.05, likeness=0.45, statement_weight=0.9, threshold=0.35, outside=0.03
    ),
    "es": Tuning(question_cover=0.5, line_cover=0.05, likeness=0.45, statement_weight=0.9, threshold=0.35),
}


class Searcher:
    """Finds notes by their curated questions, titles and statements, each language by itself. Thread-safe.

    Messages that are none of Aidline's business compete with the notes: `boundaries` are found by their examples.
    """

    def __init__(
        self,
        notes: Notes,
        boundaries: Sequence[Boundary] = (),
        embedder: Embedder | None = None,
        tunings: Mapping[Language, Tuning] = TUNINGS,
    ) -> None:
        embedder = embedder or WordLlamaEmbedder()
        self._shelves = {
            language: _Shelf(notes.in_language(language), boundaries, language, embedder, tunings[language])
            for language in LANGUAGES
            if notes.in_language(language)
        }

    def look(self, question: str, language: Language) -> Look:
        """Everything the search can tell about a question."""
        shelf = self._shelves.get(language)
        return shelf.look(question) if shelf else Look((), None, {}, 1.0)

    def search(self, question: str, language: Language, limit: int = 3) -> tuple[Hit, ...]:
        """The notes that count as found, best first; empty when nothing reaches the threshold."""
        return self.look(question, language).found(limit)


@dataclass(frozen=True)
class Look:
    """What is near a question: every note, best first, and the boundary that is nearer than any of them.

    `boundary_score` is how near the nearest line of that boundary is, 0..1.
    """

    ranked: tuple[Hit, ...]
    boundary: Boundary | None
    _said: Mapping[str, Scores]
    _threshold: float
    boundary_score: float = 0.0

    def found(self, limit: int = 3) -> tuple[Hit, ...]:
        """The notes that count as found."""
        return tuple(hit for hit in self.ranked[:limit] if hit.score >= self._threshold)

    def statements(self, hits: Sequence[Hit], limit: int) -> tuple[tuple[Note, Statement], ...]:
        """Up to `limit` things that those notes say, the nearest to the question first.

        The short answer of the first one is not among them.
        """
        scored = [
            (float(score), hit.note, one)
            for hit in hits
            for score, one in zip(self._said[hit.note.id], said(hit.note), strict=True)
            if one is not hits[0].note.short
        ]
        return tuple((note, one) for _, note, one in sorted(scored, key=lambda one: -one[0])[:limit])


def said(note: Note) -> tuple[Statement, ...]:
    """All that a note says, its short answer first."""
    return (note.short, *note.statements)


class _Shelf:
    """The notes and boundaries of one language, line by line."""

    def __init__(
        self,
        notes: Sequence[Note],
        boundaries: Sequence[Boundary],
        language: Language,
        embedder: Embedder,
        tuning: Tuning,
    ) -> None:
        self.tuning = tuning
        self._notes = notes
        self._boundaries = [one for one in boundaries if one.asked[language]]
        self._embedder = embedder
        lines: list[str] = []
        weights: list[float] = []
        places: list[range] = []
        asked_at: list[range] = []
        self._said_at: dict[str, range] = {}
        for note in notes:
            asked = (*note.questions, note.title)
            told = said(note)
            start = len(lines)
            lines += [*asked, *(one.text for one in told)]
            weights += [1.0] * len(asked) + [tuning.statement_weight] * len(told)
            places.append(range(start, len(lines)))
            asked_at.append(range(start, start + len(asked)))
            self._said_at[note.id] = range(start + len(asked), len(lines))
        for boundary in self._boundaries:
            places.append(range(len(lines), len(lines) + len(boundary.asked[language])))
            asked_at.append(places[-1])
            lines += boundary.asked[language]
            weights += [1.0] * len(boundary.asked[language])
        lines = [spelt_out(line) for line in lines]
        self._elsewhere = np.array([one.kind in _NOT_OURS for one in self._boundaries], dtype=float)
        self._sense = OutsideSense(
            lines[: places[len(notes) - 1].stop],
            [line for one in self._boundaries if one.kind in _NOT_OURS for line in one.asked[language]],
        )
        self._weights = np.array(weights)
        self._own = np.array([_OWN if note.own else 1.0 for note in notes])
        self._table = _table(places, len(lines))
        titles = (term for note in notes for term in terms(note.title, language))
        self._field = field_terms(language).union(titles)
        self._weak = weak_terms(language)
        self._index = LexicalIndex(lines, language)
        tokens = self._index.tokens
        self._whole = NoteIndex(
            [
                (tokens[asked.start : asked.stop], tokens[asked.stop : place.stop])
                for asked, place in zip(asked_at, places, strict=True)
            ]
        )
        self._asked = _asked_of(notes)
        self._vectors: Vectors = embedder.embed(lines)
        self._middles = _middles(self._vectors, asked_at)

    def look(self, question: str) -> Look:
        question = spelt_out(question)
        wanted = self._index.terms(question)
        if self._weak.issuperset(wanted):
            return Look((), None, {}, self.tuning.threshold)
        vector = self._embedder.embed([question])[0]
        lines = self._lines(wanted, vector)
        each = np.append(lines * self._weights, 0.0)[self._table]
        several = np.partition(each, -_SEVERAL, axis=1)[:, -_SEVERAL:]
        nearest = several.max(axis=1)
        tuning = self.tuning
        order = (
            tuning.nearest * nearest
            + tuning.several * several.mean(axis=1)
            + tuning.whole * self._whole.scores(wanted)
            + tuning.middle * np.clip(self._middles @ vector, 0.0, 1.0)
        )
        count = len(self._notes)
        order[:count] *= self._own
        if (number := self._asked.get(normalise(question))) is not None:
            nearest[number], order[number] = 1.0, _WORD_FOR_WORD
        order[count:] += tuning.outside * self._sense.of(question) * self._elsewhere
        best_first = sorted(range(count), key=lambda number: (-order[number], self._notes[number].id))
        if sum(term not in self._weak for term in set(wanted)) < _GROUNDS:
            order[count:] *= 1 - self._elsewhere
        boundary, elsewhere = self._boundary(nearest, order)
        return Look(
            () if elsewhere else tuple(Hit(self._notes[number], float(nearest[number])) for number in best_first),
            boundary,
            {note: lines[place.start : place.stop] for note, place in self._said_at.items()},
            tuning.threshold,
            float(nearest[count + self._boundaries.index(boundary)]) if boundary else 0.0,
        )

    def _boundary(self, nearest: Scores, order: Scores) -> tuple[Boundary | None, bool]:
        """The boundary that is nearer than any note; or, where none is near enough for its words, that no note is."""
        count = len(self._notes)
        if not self._boundaries:
            return None, False
        best = int(np.argmax(order[count:])) + count
        if nearest[best] < _BOUNDARY or order[best] <= order[:count].max():
            return None, False
        if nearest[best] < self.tuning.threshold:
            return None, True
        return self._boundaries[best - count], False

    def _lines(self, wanted: Sequence[str], vector: Vectors) -> Scores:
        like: Scores = np.clip(self._vectors @ vector, 0.0, 1.0)
        covers, covered = self._index.scores(wanted)
        tuning = self.tuning
        scores = tuning.question_cover * covers + tuning.line_cover * covered + tuning.likeness * like
        return scores * (_ELSEWHERE if self._field.isdisjoint(wanted) else 1.0)


def _asked_of(notes: Sequence[Note]) -> Mapping[str, int]:
    """The note of each curated question that stands in one note only."""
    found: dict[str, int | None] = {}
    for number, note in enumerate(notes):
        for asked in {normalise(spelt_out(one)) for one in note.questions}:
            found[asked] = number if asked not in found else None
    return {asked: number for asked, number in found.items() if number is not None}


def _middles(vectors: Vectors, places: Sequence[range]) -> Vectors:
    """The direction in the middle of each group of lines."""
    sums = np.array([vectors[place.start : place.stop].sum(axis=0) for place in places])
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9))


def _table(places: Sequence[range], nowhere: int) -> np.ndarray[tuple[int, int], np.dtype[np.intp]]:
    """Row by row the lines of each note or boundary, filled up with `nowhere`."""
    table = np.full((len(places), max(_SEVERAL, *map(len, places))), nowhere)
    for row, place in enumerate(places):
        table[row, : len(place)] = place
    return table
