"""The right note for a question: words in common and likeness of meaning, and a floor under both."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.notes import LANGUAGES, Language, Note, Notes, Statement
from knowledge.search.lexical import LexicalIndex, Scores
from knowledge.search.semantic import Embedder, Vectors, WordLlamaEmbedder
from knowledge.search.text import field_terms, terms


@dataclass(frozen=True)
class Hit:
    """A note that may answer. `score` is 0..1; see `Tuning.threshold` for what counts as found."""

    note: Note
    score: float


@dataclass(frozen=True)
class Tuning:
    """How much each sign counts. `benchmarks/answers.py` reports what these find and miss.

    `question_cover`, `line_cover` and `likeness` add up to 1: the share of the question's weight a line
    covers, the share of the line's weight the question covers, and the cosine of their vectors.
    """

    question_cover: float
    line_cover: float
    likeness: float
    statement_weight: float
    threshold: float


# Of the nearest statement's score: an answer then keeps its facts and loses a fifth of its sentences.
_FLOOR = 0.5

# For a question that names nothing of the field: only a close match of its other words can make up for it.
_ELSEWHERE = 0.75

TUNINGS: dict[Language, Tuning] = {
    "en": Tuning(question_cover=0.5, line_cover=0.05, likeness=0.45, statement_weight=0.9, threshold=0.46),
    # The vectors were trained on English.
    "es": Tuning(question_cover=0.55, line_cover=0.05, likeness=0.4, statement_weight=0.9, threshold=0.46),
}


class Searcher:
    """Finds notes by their curated questions, titles and statements, each language by itself. Thread-safe."""

    def __init__(
        self, notes: Notes, embedder: Embedder | None = None, tunings: dict[Language, Tuning] | None = None
    ) -> None:
        embedder = embedder or WordLlamaEmbedder()
        tunings = tunings or TUNINGS
        self._shelves = {
            language: _Shelf(notes.in_language(language), language, embedder, tunings[language])
            for language in LANGUAGES
            if notes.in_language(language)
        }

    def search(self, question: str, language: Language, limit: int = 2) -> tuple[Hit, ...]:
        """The notes that count as found, best first; empty when nothing reaches the threshold."""
        shelf = self._shelves.get(language)
        if shelf is None:
            return ()
        return tuple(hit for hit in shelf.ranked(question)[:limit] if hit.score >= shelf.tuning.threshold)

    def ranked(self, question: str, language: Language) -> tuple[Hit, ...]:
        """Every note of the language, best first, whatever its score."""
        shelf = self._shelves.get(language)
        return shelf.ranked(question) if shelf else ()

    def statements(self, question: str, hits: Sequence[Hit], limit: int) -> tuple[tuple[Note, Statement], ...]:
        """Up to `limit` statements of found notes of one language, the nearest to the question first.

        Statements far less near than the nearest one are left out: they are about the note's other matters.
        """
        if not hits:
            return ()
        return self._shelves[hits[0].note.language].statements(question, [hit.note for hit in hits])[:limit]


class _Shelf:
    """The notes of one language, line by line."""

    def __init__(self, notes: Sequence[Note], language: Language, embedder: Embedder, tuning: Tuning) -> None:
        self.tuning = tuning
        self._notes = notes
        self._embedder = embedder
        lines: list[str] = []
        owners: list[int] = []
        weights: list[float] = []
        self._statements_at: dict[str, slice] = {}
        for number, note in enumerate(notes):
            asked = (*note.questions, note.title)
            said = (*(statement.text for statement in note.statements), note.short.text)
            start = len(lines) + len(asked)
            self._statements_at[note.id] = slice(start, start + len(note.statements))
            lines += [*asked, *said]
            owners += [number] * (len(asked) + len(said))
            weights += [1.0] * len(asked) + [tuning.statement_weight] * len(said)
        self._owners = np.array(owners)
        self._weights = np.array(weights)
        titles = (term for note in notes for term in terms(note.title, language))
        self._field = field_terms(language).union(titles)
        self._index = LexicalIndex(lines, language)
        self._vectors: Vectors = embedder.embed(lines)

    def ranked(self, question: str) -> tuple[Hit, ...]:
        scores = self._lines(question) * self._weights
        best = [float(scores[self._owners == number].max()) for number in range(len(self._notes))]
        hits = [Hit(note, score) for note, score in zip(self._notes, best, strict=True)]
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.note.id)))

    def statements(self, question: str, notes: Sequence[Note]) -> tuple[tuple[Note, Statement], ...]:
        lines = self._lines(question)
        scored = [
            (float(score), note, statement)
            for note in notes
            for score, statement in zip(lines[self._statements_at[note.id]], note.statements, strict=True)
        ]
        floor = _FLOOR * max(score for score, _, _ in scored)
        nearest_first = sorted(scored, key=lambda one: -one[0])
        return tuple((note, statement) for score, note, statement in nearest_first if score >= floor)

    def _lines(self, question: str) -> Scores:
        asked = self._index.terms(question)
        if not asked:
            return np.zeros(len(self._owners))
        covers, covered = self._index.scores(question)
        like: Scores = np.clip(self._vectors @ self._embedder.embed([question])[0], 0.0, 1.0)
        tuning = self.tuning
        lexical: Scores = tuning.question_cover * covers + tuning.line_cover * covered
        return (lexical + tuning.likeness * like) * (_ELSEWHERE if self._field.isdisjoint(asked) else 1.0)
