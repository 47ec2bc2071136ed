"""Which of Aidline's two languages a person is using, and whether they asked for one by name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lingua import Language as Tongue
from lingua import LanguageDetector, LanguageDetectorBuilder

__all__ = ["Detected", "Language", "asked_for", "detect", "from_header"]

Language = Literal["en", "es"]

_SURE_AT_FIRST = 0.55
_SURE_TO_SWITCH = 0.9
_WORDS_TO_SWITCH = 3
_SURE_OF_ANOTHER = 0.88
_WORDS_OF_ANOTHER = 4
_ASKED: dict[Language, str] = {
    "en": r"(?:in |to )?english(?: please)?|(?:en |a |al )?ingles(?: por favor)?|(?:can we |please |let s )?(?:speak|switch to|change to|write in|answer in) english(?: please)?"
    r"|(?:hable|habla|hablar|cambie|cambia|cambiar|responda|siga)(?: en| a| al)? ingles(?: por favor)?",
    "es": r"(?:in |to )?spanish(?: please)?|(?:en |a |al )?espanol(?: por favor)?|(?:can we |please |let s )?(?:speak|switch to|change to|write in|answer in) spanish(?: please)?"
    r"|(?:hable|habla|hablar|cambie|cambia|cambiar|responda|siga|mejor|puede hablar)(?: en| a| al)? espanol(?: por favor)?",
}
_PATTERNS = {language: re.compile(rf"(?:{pattern})\Z") for language, pattern in _ASKED.items()}


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


def asked_for(text: str) -> Language | None:
    """The language a message asks for when that is all it says: "en español, por favor", "English please"."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = " ".join(re.findall(r"[a-z]+", "".join(c for c in folded if not unicodedata.combining(c))))
    return next((language for language, pattern in _PATTERNS.items() if pattern.match(plain)), None)


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
    scores = {value.language: value.value for value in _pair().compute_language_confidence_values(text)}
    spanish = scores[Tongue.SPANISH]
    if current is None:
        return Detected("es" if spanish >= _SURE_AT_FIRST else "en")
    if len(words) >= _WORDS_TO_SWITCH:
        if current == "en" and spanish >= _SURE_TO_SWITCH:
            return Detected("es")
        if current == "es" and scores[Tongue.ENGLISH] >= _SURE_TO_SWITCH:
            return Detected("en")
    return Detected(current)


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
