"""BM25 over the lines of the notes of one language, and over whole notes."""

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

import bm25s
import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from knowledge.notes import Language
from knowledge.search.text import stems, words

# bm25s logs at DEBUG by its own choice, whatever the program asks for.
logging.getLogger("bm25s").setLevel(logging.WARNING)

Scores = npt.NDArray[np.float64]
Terms = tuple[str, ...]

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

    def __init__(self, notes: Sequence[tuple[Sequence[Terms], Sequence[Terms]]]) -> None:
        """`notes`: the terms of each thing that a note is asked, and of each thing that it says."""
        tokens = [[term for line in (*asked, *asked, *said) for term in line] for asked, said in notes]
        self._count = len(tokens)
        self._containing = Counter(term for note in tokens for term in set(note))
        self._bm25 = bm25s.BM25(k1=_NOTE_K1, b=_NOTE_B)
        self._bm25.index(tokens, show_progress=False)

    def scores(self, wanted: Sequence[str]) -> Scores:
        """For each note the part (0..1) of the weight of the `wanted` terms that it covers."""
        known = [term for term in wanted if term in self._containing]
        if not known:
            return np.zeros(self._count)
        most = sum(_idf(self._containing[term], self._count) for term in wanted)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float64) / most


class LexicalIndex:
    """Scores lines by the words they share with a question, rarer words counting more."""

    def __init__(self, lines: Sequence[str], language: Language) -> None:
        self._language = language
        found = [words(line, language) for line in lines]
        self.tokens = [stems(line, language) for line in found]
        self._words = frozenset(word for line in found for word in line)
        self._alike: dict[str, list[str]] = {}
        for word in sorted(self._words):
            if len(word) >= _TYPO_LENGTH:
                self._alike.setdefault(word[0], []).append(word)
        self._containing = Counter(term for line in self.tokens for term in set(line))
        self._bm25 = bm25s.BM25(k1=_K1, b=_B)
        self._bm25.index([list(line) for line in self.tokens], show_progress=False)
        places: dict[str, list[int]] = {}
        for number, line in enumerate(self.tokens):
            for term in set(line):
                places.setdefault(term, []).append(number)
        self._places = {term: np.array(numbers) for term, numbers in places.items()}
        self._line_weights = self._weights(self._places) + 1e-9

    def scores(self, wanted: Sequence[str]) -> tuple[Scores, Scores]:
        """Two numbers in 0..1 a line: the part of the wanted terms it covers, the part of it that they cover.

        The first is the line's BM25 score against the most a line could reach. Words no note knows count as the
        rarest of all, so a question about something else stays low.
        """
        known = [term for term in wanted if term in self._containing]
        if not known:
            nothing = np.zeros(len(self.tokens))
            return nothing, nothing
        # What bm25s gives one occurrence in a line of middling length is idf / (1 + k1).
        most = sum(_idf(self._containing[term], len(self.tokens)) for term in wanted) / (1 + _K1)
        covered = np.asarray(self._bm25.get_scores(known), dtype=np.float64) / most
        return np.minimum(covered, 1.0), self._weights(known) / self._line_weights

    def terms(self, question: str) -> tuple[str, ...]:
        """The stems of the question's words, misspelled ones mended, each once.

        A number that no line holds is a person's own ("we make 87k") and says nothing of the subject.
        """
        meant = [self._meant(word) for word in words(question, self._language)]
        found = dict.fromkeys(stems(meant, self._language))
        return tuple(term for term in found if term in self._containing or not any(c.isdigit() for c in term))

    def _weights(self, terms: Iterable[str]) -> Scores:
        """For each line the weight of those of the terms that it holds."""
        weights = np.zeros(len(self.tokens))
        for term in terms:
            weights[self._places[term]] += _idf(self._containing[term], len(self.tokens))
        return weights

    def _meant(self, word: str) -> str:
        """The word, or the known one that it misspells."""
        if word in self._words or len(word) < _TYPO_LENGTH or any(c.isdigit() for c in word):
            return word
        alike = self._alike.get(word[0], ())
        found = process.extractOne(word, alike, scorer=fuzz.ratio, score_cutoff=_TYPO_LIKENESS)
        return found[0] if found else word


def _idf(containing: int, count: int) -> float:
    return log(1 + (count - containing + 0.5) / (containing + 0.5))
