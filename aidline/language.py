"""Which of Aidline's two languages a person is using, and whether they asked for one by name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from lingua import Language as Tongue
from lingua import LanguageDetector, LanguageDetectorBuilder

__all__ = ["LANGUAGES", "Detected", "Language", "asked_for", "detect", "from_header", "tongue"]

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = ("en", "es")

# "hello", "menu" and "a person" look Spanish to the detector by up to 0.61; "hola" by 0.66.
_FIELD_WORDS = frozenset({"beca", "becas", "ayuda", "préstamo", "préstamos", "prestamo", "prestamos", "colegiatura"})
"""Spanish words of the field that a first message of one or two words may be made of."""
_SURE_AT_FIRST = 0.65
_A_SENTENCE = 5
_SURE_OF_A_SENTENCE = 0.58
_SAME_IN_BOTH = re.compile(
    r"\b(?:fafsa|fasfa|pell|sai|fsa(?: id)?|save|plus|rap|ibr|pslf|irs|css|idr|efc|ssn|daca|sap|fseog|teach)\b"
    r"|\b(?:head of household|married filing (?:jointly|separately)|qualifying surviving spouse)\b"
    r"|\b(?:parent plus|work[- ]study|child support|schedules?(?: (?:[a-k]|se|c-ez))?)\b"
    r"|\b(?:in progress|in review|action required|processed|draft|submission summary|my activity|deadline)\b"
    r"|\S+\.(?:gov|com|edu|org)\b|[\d$%.,-]+",
    re.IGNORECASE,
)
"""Names and figures of the field. They look English to the detector, in whichever sentence they stand."""
_GLOSS = re.compile(r"\([^)]*\)|\"[^\"]*\"")
"""What stands in parentheses or quotes is often the term of a form ("jefe de familia (head of household)")."""
_SURE_TO_SWITCH = ((3, 0.88), (5, 0.75))
"""From so many words on, so sure."""
_SURE_OF_ANOTHER = 0.75
_WORDS_OF_ANOTHER = 4
_WORDS_OF_A_TEXT = 3


@dataclass(frozen=True)
class Detected:
    """The language to answer in; `other` when the person seems to write in a third one."""

    language: Language
    other: bool = False


@cache
def _pair() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(Tongue.ENGLISH, Tongue.SPANISH).build()


@cache
def _many() -> LanguageDetector:
    """The languages that applicants most often write in beside ours (and their near neighbours)."""
    return LanguageDetectorBuilder.from_languages(
        Tongue.ENGLISH, Tongue.SPANISH, Tongue.FRENCH, Tongue.PORTUGUESE, Tongue.GERMAN, Tongue.ITALIAN,
        Tongue.VIETNAMESE, Tongue.TAGALOG, Tongue.CHINESE, Tongue.JAPANESE, Tongue.KOREAN, Tongue.ARABIC,
        Tongue.RUSSIAN, Tongue.HINDI, Tongue.SOMALI, Tongue.POLISH,
    ).build()  # fmt: skip


@cache
def _requests() -> tuple[dict[Language, re.Pattern[str]], re.Pattern[str], re.Pattern[str]]:
    data = yaml.safe_load(files("aidline").joinpath("language_requests.yml").read_text(encoding="utf-8"))
    around = rf"(?:{data['polite']} )*"
    after = rf"(?: {data['polite']})*"
    shapes: dict[Language, re.Pattern[str]] = {
        language: re.compile(rf"{around}(?:{'|'.join(data[language])}){after}\Z") for language in LANGUAGES
    }
    asides = re.compile(rf"{around}(?:{'|'.join(data['asides'])}){after}\Z")
    return shapes, re.compile(rf"{data['polite']}(?: {data['polite']})*\Z"), asides


def asked_for(text: str) -> Language | None:
    """The language a message asks for when that is all it says: "hola, en español por favor", "English please".

    Who takes over may be said beside it: "wait, here's my mom. Spanish please".
    """
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c) and c not in "'\u2019")
    shapes, polite, asides = _requests()
    asked: set[Language] = set()
    for clause in re.split(r"[,.;:!?\n]+", plain):
        said = " ".join(re.findall(r"[a-z]+", clause))
        if not said or polite.match(said):
            continue
        meant = [language for language, shape in shapes.items() if shape.match(said)]
        meant = meant or [language for language, shape in shapes.items() if _with_an_aside(said, shape, asides)]
        if not meant and asides.match(said):
            continue
        if not meant:
            return None
        asked.update(meant)
    return asked.pop() if len(asked) == 1 else None


def _with_an_aside(said: str, asks: re.Pattern[str], aside: re.Pattern[str]) -> bool:
    """Whether words ask for a language and go on without a comma: "can we do spanish now my mom is reading"."""
    parts = said.split()
    return any(asks.match(" ".join(parts[:at])) and aside.match(" ".join(parts[at:])) for at in range(1, len(parts)))


_INSIDE_NAMES = frozenset({"de", "del", "la", "las", "los", "el", "y", "of", "the", "at", "and", "in", "en"})
_LONGEST_NAME = 6
"""Words with a capital that a name has at most."""


def detect(text: str, current: Language | None) -> Detected:
    """The language of `text`.

    `current` is the conversation's language so far, None for a first message. A short answer such as "no" or "Texas"
    never changes it; three words or more that are clearly in the other language do.
    """
    if asked := asked_for(text):
        return Detected(asked)
    words = re.findall(r"[^\W\d_]{2,}", text)
    if not words:
        return Detected(current or "en")
    if _is_other(text, words):
        return Detected(current or "en", other=True)
    if current is not None and _is_a_name(text):
        return Detected(current)
    spanish = _how_spanish(text)
    if current is None:
        if _FIELD_WORDS & {word.casefold() for word in words}:
            return Detected("es")
        sure = _SURE_AT_FIRST if len(words) < _A_SENTENCE else _SURE_OF_A_SENTENCE
        return Detected("es" if spanish >= sure else "en")
    other: Language = "es" if current == "en" else "en"
    score = spanish if other == "es" else 1.0 - spanish
    clear = any(len(words) >= least and score >= sure for least, sure in _SURE_TO_SWITCH)
    return Detected(other if clear else current)


def _is_a_name(text: str) -> bool:
    """Whether all that is said is a name ("City College de San Francisco"), which tells no language."""
    words = [word for word in re.findall(r"[^\W\d_]+(?:['\u2019][a-z]+)?", text) if word not in _INSIDE_NAMES]
    return 2 <= len(words) <= _LONGEST_NAME and all(word[0].isupper() and not word.isupper() for word in words)


def _how_spanish(text: str) -> float:
    """How likely (0..1) the text is Spanish rather than English; names that are the same in both do not count."""
    if "¿" in text or "¡" in text:
        return 1.0
    plain = _SAME_IN_BOTH.sub(" ", _GLOSS.sub(" ", text))
    kept = plain if re.search(r"[^\W\d_]{2}", plain) else text
    return _pair().compute_language_confidence(kept, Tongue.SPANISH)


def tongue(text: str) -> Language | None:
    """Which of our languages a whole text is written in; None when it is too short or too mixed to say."""
    if len(re.findall(r"[^\W\d_]{2,}", text)) < _WORDS_OF_A_TEXT:
        return None
    spanish = _pair().compute_language_confidence(text, Tongue.SPANISH)
    if abs(spanish - 0.5) < _SURE_AT_FIRST - 0.5:
        return None
    return "es" if spanish > 0.5 else "en"


def _is_other(text: str, words: list[str]) -> bool:
    best = _many().compute_language_confidence_values(text)[0]
    if best.language in {Tongue.ENGLISH, Tongue.SPANISH} or best.value < _SURE_OF_ANOTHER:
        return False
    latin = all("LATIN" in unicodedata.name(c, "LATIN") for word in words for c in word)
    return len(words) >= _WORDS_OF_ANOTHER or not latin


def from_header(accept_language: str | None) -> Language:
    """The first of our languages in an Accept-Language header; English when there is none."""
    for part in (accept_language or "").split(","):
        code = part.split(";")[0].strip().lower()[:2]
        if code == "es":
            return "es"
        if code == "en":
            return "en"
    return "en"
