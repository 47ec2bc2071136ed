"""What is asked, without who said it first or the words around it ("my cousin told me ..., is that true?")."""

import re
from functools import cache
from pathlib import Path

import yaml

from knowledge.notes import LANGUAGES, Language
from knowledge.search.text import common_words, fold

__all__ = ["in_one", "unframed"]

_FILE = Path(__file__).parent / "framing.yml"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
# So many words of grammar show that a person speaks a language in a message of two; one may be a name or a slip.
_SPOKEN = 2


def unframed(text: str, language: Language) -> str:
    """Give `text` without a hearsay opening and a closing "is that so?"; as it is when nothing else would be left.

    A parent or spouse who said it is part of what is asked, so only others' names go with the opening.
    """
    shapes = _shapes()[language]
    left, closed = shapes["closing"].subn("", text)
    opened = 0
    for name in ("opening", "family") if closed else ("opening",):
        left, found = shapes[name].subn("", left)
        opened += found
    left = left.strip(" ,.;:!?¿¡\n")
    return left if closed + opened and len(_WORD.findall(left)) > 1 else text


def in_one(text: str, language: Language) -> str:
    """Give a message of two languages in `language`: known words put into it, the other one's grammar left out.

    As it is when it is in one language: one known word of the other ("can she firmar") makes it two. What is in neither
    list (a name, a number, "FAFSA") stays.
    """
    other = next(one for one in LANGUAGES if one != language)
    words = [found[0] for found in _WORD.finditer(text)]
    only = _only()
    spoken = {one for one in LANGUAGES if sum(fold(word) in only[one] for word in words) >= _SPOKEN}
    known, meant = _glossary(language)
    plain = fold(" ".join(words))
    if language not in spoken or (other not in spoken and not _switches(known, plain)):
        return text
    said = known.sub(lambda found: meant[found[0]], plain)
    return " ".join(word for word in said.split() if other not in spoken or word not in only[other])


def _switches(known: re.Pattern[str], plain: str) -> bool:
    """Whether a known word of the other language stands there that does not call somebody ("firmar", not "tia")."""
    callings = _listed()["callings"]["both"].split()
    return any(found[0] not in callings for found in known.finditer(plain))


@cache
def _only() -> dict[Language, frozenset[str]]:
    """Words of grammar that only one of the languages has, those of more than one letter."""
    every = {one: common_words(one) | frozenset(_listed()[one]["grammar"].split()) for one in LANGUAGES}
    return {
        one: frozenset(
            word for word in every[one] if len(word) > 1 and not any(word in every[o] for o in LANGUAGES if o != one)
        )
        for one in LANGUAGES
    }


@cache
def _listed() -> dict[str, dict[str, str]]:
    listed: dict[str, dict[str, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return listed


@cache
def _glossary(language: Language) -> tuple[re.Pattern[str], dict[str, str]]:
    """What stands for the other language's words in `language`, the longest first."""
    pairs = [pair.split("=") for pair in _listed()["words"][language].split("; ")]
    meant = {fold(said.strip()): meaning.strip() for said, meaning in pairs}
    longest_first = "|".join(re.escape(said) for said in sorted(meant, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)"), meant


@cache
def _shapes() -> dict[Language, dict[str, re.Pattern[str]]]:
    return {one: {name: _shape(_listed()[one], name) for name in ("opening", "family", "closing")} for one in LANGUAGES}


def _shape(listed: dict[str, str], name: str) -> re.Pattern[str]:
    written = listed[name]
    for part in ("who", "kin", "said", "start"):
        written = written.replace(f"<{part}>", listed[part])
    return re.compile(rf"^\W*(?:{written})" if name != "closing" else rf"(?:{written})\W*$", re.IGNORECASE)
