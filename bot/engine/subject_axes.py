"""What words have to do with each other, learned from what the notes are asked.

Each note lists many ways, in both languages, to ask for one thing. Words that ask for the same notes lie near each
other along these axes, so that "laid off" and "me corrieron" help to recognize each other though no example has both.
"""

from typing import Hashable, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

__all__ = ["subject_axes"]

_AXES = 256
_SMOOTHED = 0.75
"""Frequent words count for less than they occur; the usual value for word vectors."""
_LEAST_SURPRISE = 1.0
"""How much more often than by chance (natural logarithm) a word must stand with a subject to be taken for its own."""


def subject_axes(wordings: csr_matrix, subjects: Sequence[Hashable]) -> np.ndarray:
    """One row for each column of `wordings` (texts x words), one column for each axis.

    `subjects` says what each text is about. A text laid along the axes (`wordings @ axes`) has a length of about one.
    """
    names = {name: at for at, name in enumerate(dict.fromkeys(subjects))}
    of = np.array([names[subject] for subject in subjects])
    gather = csr_matrix((np.ones(len(of), np.float32), (of, np.arange(len(of)))), shape=(len(names), len(of)))
    standing = wordings.copy()
    standing.data[:] = 1
    together = (gather @ standing).tocoo()
    total = together.data.sum()
    subject = np.asarray(gather @ standing.sum(1)).ravel() / total
    word = np.asarray(standing.sum(0)).ravel() ** _SMOOTHED
    word /= word.sum()
    surprise = np.log(together.data / total / subject[together.row] / word[together.col]) - _LEAST_SURPRISE
    kept = surprise > 0
    table = csr_matrix((surprise[kept], (together.row[kept], together.col[kept])), shape=together.shape)
    axes = min(_AXES, min(table.shape) - 1)
    # A fixed start: the same questions must give the same model.
    _, strengths, along = svds(table, k=axes, v0=np.ones(min(table.shape)))
    found = along.T * np.sqrt(strengths)
    return (found / np.linalg.norm(wordings @ found, axis=1).mean()).astype(np.float32)
