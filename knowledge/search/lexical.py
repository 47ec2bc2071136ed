"""BM25 over the lines of the notes of one language, and over whole notes."""

import logging
from collections.abc import Sequence
from math import log

import bm25s
import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from knowledge.notes import Language
from knowledge.search.text import stems, terms, words

# bm25s logs at DEBUG by its own choice, whatever the program asks for.
logging.getLogger("bm25s").setLevel(logging.WARNING)

Scores = npt.NDArray[np.float64]

_K1 = 1.2
# Low because a line is one sentence: a long one is not less about its words.
_B = 0.3
# A word this long that is this like a known one (percent, rapidfuzz ratio) and begins with its letter misspells it.
_TYPO_LENGTH = 5
_TYPO_LIKENESS = 86


# What a note is asked counts twice in it; what it says, once.
_NOTE_K1 = 3.0
_NOTE_B = 0.6


class NoteIndex:
    """Scores whole notes by the words they share with a question: what no single line of a note holds together."""

    def __init__(self, notes: Sequence[tuple[Sequence[str], Sequence[str]]], language: Language) -> None:
        """`notes`: what each is asked, and what it says."""
        tokens = [[term for line in (*asked, *asked, *said) for term in terms(line, language)] for asked, said in notes]
        self._count = len(tokens)
        self._containing: dict[str, int] = {}
        for note in tokens:
            for term in set(note):
                self._containing[term] = self._containing.get(term, 0) + 1
        self._bm25 = bm25s.BM25(k1=_NOTE_K1, b=_NOTE_B)
        self._bm25.index(tokens, show_progress=False)

    def scores(self, wanted: Sequence[str]) -> Scores:
        """For each note the part (0..1) of the weight of the `wanted` terms that it covers."""
        known = [term for term in wanted if term in self._containing]
        if not known:
            return np.zeros(self._count)
        most = sum(_idf(self._containing.get(term, 0), self._count) for term in wanted)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float64) / most


class LexicalIndex:
    """Scores lines by the words they share with a question, rarer words counting more."""

    def __init__(self, lines: Sequence[str], language: Language) -> None:
        self._language = language
        tokens = [list(terms(line, language)) for line in lines]
        self._words = frozenset(word for line in lines for word in words(line, language))
        self._alike: dict[str, list[str]] = {}
        for word in sorted(self._words):
            if len(word) >= _TYPO_LENGTH:
                self._alike.setdefault(word[0], []).append(word)
        self._lines = [frozenset(line) for line in tokens]
        self._containing: dict[str, int] = {}
        for line in self._lines:
            for term in line:
                self._containing[term] = self._containing.get(term, 0) + 1
        self._line_idf = np.array([sum(self._idf(term) for term in line) or 1.0 for line in self._lines])
        self._bm25 = bm25s.BM25(k1=_K1, b=_B)
        self._bm25.index(tokens, show_progress=False)

    def scores(self, question: str) -> tuple[Scores, Scores]:
        """Two numbers in 0..1 a line: the part of the question it covers, the part of it the question covers.

        The first is the line's BM25 score against the most a line could reach. Words no note knows count as
        the rarest of all, so a question about something else stays low.
        """
        wanted = self.terms(question)
        known = [term for term in wanted if term in self._containing]
        if not known:
            nothing = np.zeros(len(self._lines))
            return nothing, nothing
        # What bm25s gives one occurrence in a line of middling length is idf / (1 + k1).
        most = sum(self._idf(term) for term in wanted) / (1 + _K1)
        covered = np.asarray(self._bm25.get_scores(known), dtype=np.float64) / most
        shared = [sum(self._idf(term) for term in line.intersection(known)) for line in self._lines]
        return np.minimum(covered, 1.0), np.array(shared) / self._line_idf

    def terms(self, question: str) -> tuple[str, ...]:
        """The stems of the question's words, misspelled ones mended, each once."""
        meant = [self._meant(word) for word in words(question, self._language)]
        return tuple(dict.fromkeys(stems(meant, self._language)))

    def _meant(self, word: str) -> str:
        """The word, or the known one that it misspells."""
        if word in self._words or len(word) < _TYPO_LENGTH or any(c.isdigit() for c in word):
            return word
        alike = self._alike.get(word[0], ())
        found = process.extractOne(word, alike, scorer=fuzz.ratio, score_cutoff=_TYPO_LIKENESS)
        return found[0] if found else word

    def _idf(self, term: str) -> float:
        return _idf(self._containing.get(term, 0), len(self._lines))


def _idf(containing: int, count: int) -> float:
    return log(1 + (count - containing + 0.5) / (containing + 0.5))
