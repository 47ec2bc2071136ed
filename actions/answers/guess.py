"""The likeliest meaning of an answer that no rule reads, learned from examples of how people answer that question.

A guess is to be asked ("I read that as ... Is that right?"), never taken (docs/decisions/0019).

The reader is least squares on likeness (kernel ridge regression): a message is compared with every example of the
question by the words, pairs of words and pieces of words that both hold, rare ones counting for more, and each value
is scored by how alike messages were scored. Examples of what is no answer to any question stand beside the values, so
that "let me ask my mom" is like something too. Nothing depends on the language: examples of both stand together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import inf, log
from sys import getsizeof

import numpy as np
from numpy.typing import NDArray

from actions.answers.tables import phrases
from actions.answers.text import squeeze, words

__all__ = ["Guess", "Guesser"]

LEAST_SURE = 0.4
LEAST_MARGINS = (0.25, 0.35, 0.45, 0.55)
LEAST_RIGHT = 0.75
"""How sure a guess has to be, and how far ahead of the next: the first margin with which three in four of the guesses
about examples left out are right. A question for which none does is not guessed (`benchmarks/guessing.py`)."""

_SHORTEST_PIECE, _LONGEST_PIECE = 3, 5
_SMOOTHING = 0.3
_WEIGHTS = {"word": 1.0, "pair": 0.6, "order": 0.4, "piece": 0.9}
_ORDERED = 5
"""How far apart, in words, two may stand to count in their order ("mom ... more" is not "more ... mom")."""
_NONE = ""
"""Stands for what answers nothing, beside the values."""
_REACH = 3
"""Words after a "not" that it may turn around."""
type _Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest value, about 0 to 1 how like its examples the message is, and by how much more than any other."""

    value: str
    sure: float
    margin: float


class Guesser:
    """Guesses the answers to one question.

    `examples` are value -> what people say for it; `others` are messages that answer nothing. Built in some 15 ms,
    so it pays to keep it; a guess takes well under one.
    """

    def __init__(self, examples: Mapping[str, Sequence[str]], others: Sequence[str] = ()) -> None:
        self._values = (*examples, _NONE)
        kept = [(value, text) for value, listed in examples.items() for text in dict.fromkeys(listed)]
        self._told = (*kept, *((_NONE, text) for text in others))
        counted = [_features(text) for _value, text in self._told]
        rarity = _rarity(counted)
        self._index = {feature: at for at, feature in enumerate(rarity)}
        self._weights: _Floats = np.array(list(rarity.values()), dtype=np.float32)
        rows = np.stack([self._row(features) for features in counted])
        self._wanted = np.array([[float(value == one) for one in self._values] for value, _text in self._told])
        # Every value counts the same, however many examples it has.
        sizes = Counter(value for value, _text in self._told)
        smoothing = np.diag([_SMOOTHING * sizes[value] * len(sizes) / len(self._told) for value, _text in self._told])
        inverse = np.linalg.inv(rows @ rows.T + smoothing)
        held = inverse @ self._wanted
        self._scores: _Floats = (rows.T @ held).astype(np.float32)
        self._residues: _Floats = (held / np.diag(inverse)[:, None]).astype(np.float32)
        self._ahead = self._least_margin()

    def guess(self, text: str) -> Guess | None:
        """The likeliest value of `text`; None for nothing to go by, and for what is more like no answer."""
        row = self._row(_features(text))
        return self._likeliest(row @ self._scores) if row.any() else None

    def good(self, guess: Guess | None) -> bool:
        """Whether a guess is likely enough to be asked."""
        return guess is not None and guess.sure >= LEAST_SURE and guess.margin >= self._ahead

    def _least_margin(self) -> float:
        left = [(value, guess) for value, _text, guess in self.left_out() if guess and guess.sure >= LEAST_SURE]
        for margin in LEAST_MARGINS:
            right = [guess.value == value for value, guess in left if guess.margin >= margin]
            if right and sum(right) / len(right) >= LEAST_RIGHT:
                return margin
        return inf

    def left_out(self) -> Iterator[tuple[str, str, Guess | None]]:
        """Each example with its value ("" for none), and what would be guessed had it not been an example."""
        for (value, text), scores in zip(self._told, self._wanted - self._residues, strict=True):
            yield value, text, self._likeliest(scores)

    @property
    def size(self) -> int:
        """Bytes of what is kept, without the texts."""
        kept = (self._scores, self._residues, self._wanted, self._weights)
        return getsizeof(self._index) + sum(map(getsizeof, self._index)) + sum(one.nbytes for one in kept)

    def _likeliest(self, scores: _Floats) -> Guess | None:
        best, second = np.argsort(scores)[::-1][:2]
        if self._values[best] == _NONE:
            return None
        return Guess(self._values[best], float(scores[best]), float(scores[best] - scores[second]))

    def _row(self, features: Mapping[str, Counter[str]]) -> _Floats:
        """What a message holds, each family of features of the same length; what no example holds counts in it too."""
        row = np.zeros(len(self._index))
        most = log(len(self._told))
        for family, counted in features.items():
            known = [(self._index[one], 1 + log(many)) for one, many in counted.items() if one in self._index]
            if not known:
                continue
            places = np.array([at for at, _often in known])
            weights = self._weights[places] * np.array([often for _at, often in known])
            strange = sum((most * (1 + log(many))) ** 2 for one, many in counted.items() if one not in self._index)
            row[places] = (_WEIGHTS[family] / (weights @ weights + strange)) ** 0.5 * weights
        return row


def _rarity(counted: Sequence[Mapping[str, Counter[str]]]) -> dict[str, float]:
    """How much a feature tells: more, the fewer examples hold it."""
    held = Counter(one for features in counted for family in features.values() for one in family)
    return {one: log((1 + len(counted)) / (0.5 + many)) for one, many in held.items()}


@cache
def _turning() -> frozenset[str]:
    return frozenset(phrase[0] for key in ("negators", "nothing") for phrase in phrases("negations", key))


def _features(text: str) -> Mapping[str, Counter[str]]:
    """The words of a message, pairs of them next to each other and further apart, and pieces of them.

    After a "not" the next words count as turned around, so that "not married" is not like "married".
    """
    turning = _turning()
    said = [word if len(word) < 4 else squeeze(word) for word in words(text)]
    turned = [bool(turning.intersection(said[max(0, at - _REACH) : at])) for at in range(len(said))]
    marked = [f"!{word}" if turn and word not in turning else word for word, turn in zip(said, turned, strict=True)]
    framed = ["<", *said, ">"]
    return {
        "word": Counter([*(f"w:{word}" for word in said), *(f"w:{word}" for word in marked if word[0] == "!")]),
        "pair": Counter(f"p:{one} {other}" for one, other in pairwise(framed)),
        "order": Counter(
            f"o:{one}>{other}" for at, one in enumerate(marked) for other in marked[at + 2 : at + _ORDERED]
        ),
        "piece": Counter(f"c:{piece}" for word in marked for piece in _pieces(word)),
    }


def _pieces(word: str) -> Iterator[str]:
    framed = f" {word} "
    for size in range(_SHORTEST_PIECE, _LONGEST_PIECE + 1):
        for at in range(len(framed) - size + 1):
            yield framed[at : at + size]
