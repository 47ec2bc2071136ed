"""From the words of a message to the intents it may have, each with its probability. Knows nothing of Rasa.

It learns from examples, each with its intent, and from lessons: what the notes and boundaries are asked. Every lesson
teaches what words have to do with each other; those with an intent are examples too.

The model is linear: one weight for each intent and each word, letter group, sign or number of the message's sentence
vector. The axes of `subject_axes` are worked into the weights of the words once it has learned, so they cost nothing
later.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Sequence, Text, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.svm import LinearSVC

from engine.message_features import MessageFeatures
from engine.sentence_vectors import SentenceVectors
from engine.subject_axes import subject_axes

__all__ = ["RANKED", "Example", "IntentModel", "Lesson", "read_lessons"]

RANKED = 5
"""So many of the likeliest intents go along with a message."""

_AXES_WEIGHT = 0.9
_MEANING_WEIGHT = 1.0
_STRICTNESS = 1.0
"""The C of the support vector machine: how much a misjudged example counts against simple weights."""
_EVENNESS = 0.5
"""0: every example counts the same, so that intents with many are preferred; 1: every intent counts the same."""
_SHARPNESS = 1 / 0.35
"""From distances to probabilities. These five were chosen by what benchmarks/understanding.py measures."""


class Example(NamedTuple):
    """A message and its intent."""

    text: Text
    intent: Text


class Lesson(NamedTuple):
    """A way to ask for a subject. `intent` is None where it depends on the case what the message wants."""

    text: Text
    subject: Text
    intent: Optional[Text]


def read_lessons(path: Path) -> List[Lesson]:
    """The lessons that `aidline` wrote down for a training. Raises OSError, ValueError or KeyError if it did not."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    return [Lesson(entry["text"], entry["subject"], entry["intent"]) for entry in entries]


class IntentModel:
    """A trained model; see the module."""

    def __init__(
        self,
        features: MessageFeatures,
        intents: Sequence[Text],
        wordings: np.ndarray,
        signs: np.ndarray,
        at: np.ndarray,
        vectors: Optional[SentenceVectors] = None,
        meanings: Optional[np.ndarray] = None,
    ) -> None:
        self._features, self._intents = features, list(intents)
        self._wordings, self._signs, self._at = wordings, signs, at
        self._vectors, self._meanings = vectors, meanings

    @classmethod
    def trained(
        cls,
        examples: Sequence[Example],
        lessons: Sequence[Lesson],
        signs: Sequence[Tuple[Text, Text]],
        vectors: Optional[SentenceVectors] = None,
    ) -> "IntentModel":
        """Learns, in about 20 s from 10,000 examples and 30,000 lessons. Needs examples of two intents at least.

        Without `vectors` it knows words and letter groups only.
        """
        features = MessageFeatures.fitted([one.text for one in (*examples, *lessons)], signs)
        taught = [*examples, *(Example(one.text, one.intent) for one in lessons if one.intent)]
        texts, intents = [one.text for one in taught], [one.intent for one in taught]
        wordings, seen = features.wordings(texts), features.signs(texts)
        blocks, axes = [wordings, seen], None
        if len({one.subject for one in lessons}) > 2:
            axes = subject_axes(features.wordings([one.text for one in lessons]), [one.subject for one in lessons])
            axes *= _AXES_WEIGHT
            blocks.append(csr_matrix(wordings @ axes))
        if vectors is not None:
            blocks.append(csr_matrix(vectors.of(texts) * _MEANING_WEIGHT))
        machine = LinearSVC(C=_STRICTNESS, random_state=0)
        machine.fit(hstack(blocks).tocsr(), intents, sample_weight=_weights(intents))
        learned, at = _one_row_each(machine)
        # The columns stand in the order of the blocks.
        words, of_signs, rest = np.split(learned, [features.width, features.width + seen.shape[1]], axis=1)
        if axes is not None:
            words = words + rest[:, : axes.shape[1]] @ axes.T
            rest = rest[:, axes.shape[1] :]
        meanings = _small(rest * _MEANING_WEIGHT) if vectors is not None else None
        names = [str(name) for name in machine.classes_]
        return cls(features, names, _small(words), _small(of_signs), _small(at), vectors, meanings)

    def probabilities(self, texts: Sequence[Text]) -> List[Dict[Text, float]]:
        """For each text the probability of every intent, the likeliest first."""
        distances = self._features.wordings(texts) @ self._wordings.T
        distances = distances + self._features.signs(texts) @ self._signs.T + self._at
        if self._vectors is not None and self._meanings is not None:
            distances = distances + self._vectors.of(texts) @ self._meanings.T
        powers = np.exp((distances - distances.max(1, keepdims=True)) * _SHARPNESS)
        shares = powers / powers.sum(1, keepdims=True)
        return [{self._intents[at]: float(row[at]) for at in np.argsort(-row)} for row in shares]

    def save(self, folder: Path) -> None:
        """Writes the model as plain numbers and JSON: reading one can run no code."""
        kept = self._features.dump()
        arrays = {"rarity": kept.pop("rarity"), "wordings": self._wordings, "signs": self._signs, "at": self._at}
        if self._vectors is not None and self._meanings is not None:
            arrays.update(self._vectors.dump(), meanings=self._meanings)
        np.savez_compressed(folder / "weights.npz", **arrays)
        words = json.dumps({**kept, "intents": self._intents}, ensure_ascii=False)
        (folder / "words.json").write_text(words, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "IntentModel":
        """The model that `save` wrote."""
        kept = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            features = MessageFeatures.load(kept["words"], kept["letters"], kept["signs"], arrays["rarity"])
            given = kept["intents"], arrays["wordings"], arrays["signs"], arrays["at"]
            if "meanings" not in arrays:
                return cls(features, *given)
            return cls(features, *given, SentenceVectors(arrays["middle"], arrays["axes"]), arrays["meanings"])


def _weights(intents: Sequence[Text]) -> np.ndarray:
    counts = Counter(intents)
    return np.array([(len(intents) / len(counts) / counts[intent]) ** _EVENNESS for intent in intents])


def _one_row_each(machine: LinearSVC) -> Tuple[np.ndarray, np.ndarray]:
    """Weights and starting points, a row an intent; of two intents the machine keeps only one row."""
    if len(machine.classes_) > 2:
        return machine.coef_, machine.intercept_
    return np.vstack([-machine.coef_, machine.coef_]), np.concatenate([-machine.intercept_, machine.intercept_])


def _small(numbers: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(numbers, dtype=np.float32)
