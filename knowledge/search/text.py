"""How words are made comparable: accents folded, stems cut, the field's many spellings made one."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import Stemmer
import yaml

from knowledge.notes import Language

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_MARKS = re.compile(r"[\u0300-\u036f]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_STEMMERS = {"en": "english", "es": "spanish"}
_MOST_NEW = 0.2
# Up to this many words a message may be an answer rather than a question.
_FEW = 4
_ASKS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:what|whats|who|whos|when|where|which|why|how|hows|can|could|may|should|would|will|do|does|did|is|are|am|"
        r"explain|tell)\b"
    ),
    "es": re.compile(
        r"\b(?:que|quien(?:es)?|cuando|donde|cual(?:es)?|como|cuant[oa]s?|pued[oe]n?|puedes|podemos|debo|tengo que|hay|"
        r"es|son|explique(?:me)?|diga(?:me)?)\b"
    ),
}
_VOCABULARY = Path(__file__).parent / "vocabulary.yml"


class _Vocabulary(NamedTuple):
    """Words of one language: those too common to tell subjects apart, weak ones, and those that mean the same."""

    common: frozenset[str]
    weak: frozenset[str]
    said: re.Pattern[str]
    meant: dict[str, str]


def fold(text: str) -> str:
    """Lower case without accents; thousands commas and curly apostrophes made plain. ñ counts as n."""
    plain = text.casefold().replace("’", "'")
    if not plain.isascii():
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain))
    return _THOUSANDS.sub("", plain)


def normalise(text: str) -> str:
    """A question as a cache key: folded, one space between words, no punctuation around it."""
    return " ".join(fold(text).split()).strip(" ?!.¿¡")


def unify(text: str, language: Language) -> str:
    """The folded text with the field's many spellings of one idea made one word."""
    vocabulary = _vocabulary(language)
    return vocabulary.said.sub(lambda found: vocabulary.meant[found[0]], fold(text))


def words(text: str, language: Language) -> tuple[str, ...]:
    """The words that carry meaning, in order, repeats kept."""
    common = _vocabulary(language).common
    found = (word.split("'")[0] for word in _WORD.findall(unify(text, language)))
    return tuple(word for word in found if word not in common)


def stems(found: Sequence[str], language: Language) -> tuple[str, ...]:
    """Each word without its ending."""
    return tuple(_stemmer(language).stemWords(list(found)))


def terms(text: str, language: Language) -> tuple[str, ...]:
    """The stems of the words that carry meaning, in order, repeats kept."""
    return stems(words(text, language), language)


def says_again(text: str, said: Iterable[str], language: Language) -> bool:
    """Whether `text` only repeats what was `said`: it holds no number that is new, and few words that are."""
    wanted = set(terms(text, language))
    known = {term for one in said for term in terms(one, language)}
    new = wanted - known
    return not any(term.isdigit() for term in new) and len(new) <= _MOST_NEW * len(wanted)


def says_little(text: str, language: Language) -> bool:
    """Whether `text` is a few plain words that ask nothing and name none of the field's ideas ("never got any")."""
    plain = fold(text)
    if len(plain.split()) > _FEW or "?" in plain or _ASKS[language].search(plain):
        return False
    return field_terms(language).isdisjoint(terms(text, language))


def common_words(language: Language) -> frozenset[str]:
    """The folded words that do not tell one subject from another."""
    return _vocabulary(language).common


@cache
def weak_terms(language: Language) -> frozenset[str]:
    """The stems of words that find nothing by themselves, such as "how" and "when"."""
    return frozenset(stems(tuple(_vocabulary(language).weak), language))


@cache
def field_terms(language: Language) -> frozenset[str]:
    """The stems of the field's own ideas: everything that `vocabulary.yml` has spellings for."""
    return frozenset(stems(tuple(_vocabulary(language).meant.values()), language))


@cache
def _stemmer(language: Language) -> "Stemmer.Stemmer":
    return Stemmer.Stemmer(_STEMMERS[language])


@cache
def _vocabulary(language: Language) -> _Vocabulary:
    data = yaml.safe_load(_VOCABULARY.read_text("utf-8"))[language]
    common = frozenset(fold(word) for word in data["common"].split())
    weak = frozenset(fold(word) for word in data["weak"].split())
    meant = {fold(said): fold(meaning) for meaning, others in data["same"].items() for said in others}
    longest_first = "|".join(re.escape(said) for said in sorted(meant, key=len, reverse=True))
    return _Vocabulary(common, weak, re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)"), meant)
