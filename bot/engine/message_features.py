"""A message as numbers: its words and letter groups, weighed by how rare they are, and the signs it carries.

Words (alone and in pairs) and groups of 2 to 5 letters carry over typing errors and missing accents. The signs are the
`regex:` entries of bot/data/nlu/signs.yml, alone and in pairs: "my" together with "loan" is a wish where "what is"
together with "loan" is a question, and no weight of a single sign can say so.
"""

import re
import unicodedata
from collections import OrderedDict
from typing import Dict, Iterable, List, Sequence, Text, Tuple

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

__all__ = ["MessageFeatures", "folded"]

Signs = Sequence[Tuple[Text, Text]]
"""Name and pattern of each sign; a name may come twice, once a language."""

_WORD = r"(?u)\w+|[?¿$%]"
_LEAST_WORDS, _LEAST_LETTERS = 3, 8
"""In how many texts a word, or a group of letters, must stand to count: rarer ones teach nothing and take memory."""
_SIGN_WEIGHT, _PAIR_WEIGHT = 0.3, 0.25
_OTHER = re.compile(r"[^\w\s'$?-]")
_DIGIT = re.compile(r"\d")


def folded(text: Text) -> Text:
    """`text` in small letters, without accents, with straight apostrophes and single spaces."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("\u2019", "'")
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())


def _counted(text: Text) -> Text:
    """What words and letter groups are taken from: which figure stands there says nothing about a wish."""
    return _DIGIT.sub("0", folded(text))


def _words(**options: object) -> CountVectorizer:
    return CountVectorizer(preprocessor=_counted, token_pattern=_WORD, ngram_range=(1, 2), dtype=np.float32, **options)


def _letters(**options: object) -> CountVectorizer:
    return CountVectorizer(preprocessor=_counted, analyzer="char_wb", ngram_range=(2, 5), dtype=np.float32, **options)


class MessageFeatures:
    """Turns texts into rows of numbers, always in the same columns.

    Raises ValueError for a sign that is no regular expression.
    """

    def __init__(self, words: Dict[Text, int], letters: Dict[Text, int], rarity: np.ndarray, signs: Signs) -> None:
        self._counters = (_words(vocabulary=words), _letters(vocabulary=letters))
        self._widths = (len(words), len(letters))
        self._rarity, self._signs = rarity, list(signs)
        self._patterns: "OrderedDict[Text, List[re.Pattern[Text]]]" = OrderedDict()
        for name, pattern in signs:
            try:
                self._patterns.setdefault(name, []).append(re.compile(pattern))
            except re.error as problem:
                raise ValueError(f"The sign {name} is no regular expression ({problem}): {pattern}") from problem

    @classmethod
    def fitted(cls, texts: Sequence[Text], signs: Signs) -> "MessageFeatures":
        """Columns for the words and letter groups of these texts."""
        vocabularies, rarities = [], []
        for make, least in ((_words, _LEAST_WORDS), (_letters, _LEAST_LETTERS)):
            counter = make(min_df=least)
            counts = counter.fit_transform(texts)
            standing = np.diff(counts.tocsc().indptr)
            vocabularies.append({name: int(at) for name, at in counter.vocabulary_.items()})
            rarities.append(np.log((1 + len(texts)) / (1 + standing)) + 1)
        return cls(vocabularies[0], vocabularies[1], np.concatenate(rarities).astype(np.float32), signs)

    @property
    def width(self) -> int:
        """How many columns `wordings` gives."""
        return sum(self._widths)

    def wordings(self, texts: Sequence[Text]) -> csr_matrix:
        """Words and letter groups: one row a text, of length one (or zero where nothing in it is known)."""
        start, blocks = 0, []
        for counter, width in zip(self._counters, self._widths, strict=True):
            counts = counter.transform(texts)
            counts.data = 1 + np.log(counts.data)
            blocks.append(normalize(counts @ diags(self._rarity[start : start + width])))
            start += width
        return normalize(hstack(blocks).tocsr()).astype(np.float32)

    def signs(self, texts: Sequence[Text]) -> csr_matrix:
        """One row a text. For each sign whether it is there and how much of the text it covers; the text's length and
        marks; then for each two of all these whether both are there.
        """
        rows = np.array([self._signs_of(text) for text in texts], dtype=np.float32)
        named = 2 * len(self._patterns)
        there = np.hstack([rows[:, :named:2], rows[:, named:]]) > 0
        one, other = np.triu_indices(there.shape[1], 1)
        pairs = csr_matrix(there[:, one] & there[:, other], dtype=np.float32)
        return hstack([csr_matrix(rows) * _SIGN_WEIGHT, pairs * _PAIR_WEIGHT]).tocsr()

    def _signs_of(self, text: Text) -> List[float]:
        plain = " ".join(_OTHER.sub(" ", folded(text)).split())
        length, row = max(len(plain), 1), []
        for patterns in self._patterns.values():
            found = [match for pattern in patterns for match in pattern.finditer(plain)]
            covered = sum(match.end() - match.start() for match in found)
            row += [float(bool(found)), min(1.0, covered / length)]
        words = len(plain.split())
        marks = (words <= 1, words <= 2, words <= 4, words >= 10, words >= 16, "?" in plain, bool(_DIGIT.search(plain)))
        return [*row, *map(float, marks)]

    def dump(self) -> Dict[Text, object]:
        """What `load` needs, as JSON and numpy values."""
        words, letters = (_in_order(counter.vocabulary) for counter in self._counters)
        return {"words": words, "letters": letters, "signs": self._signs, "rarity": self._rarity}

    @classmethod
    def load(
        cls, words: Iterable[Text], letters: Iterable[Text], signs: Signs, rarity: np.ndarray
    ) -> "MessageFeatures":
        """The same features from what `dump` gave."""
        numbered = [{name: at for at, name in enumerate(names)} for names in (words, letters)]
        return cls(numbered[0], numbered[1], rarity, [(name, pattern) for name, pattern in signs])


def _in_order(vocabulary: Dict[Text, int]) -> List[Text]:
    return sorted(vocabulary, key=vocabulary.__getitem__)
