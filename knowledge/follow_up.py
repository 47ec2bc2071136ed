"""Questions that lean on the answer before: "what about for grad school?", "tell me more", "and in Spanish?"."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge.notes import LANGUAGES, Language
from knowledge.search.text import normalise, words
from knowledge.spelling import spelt_out

__all__ = ["Before", "FollowUp", "asks_again", "follow_up", "points"]

_FILE = Path(__file__).parent / "follow_ups.yml"
# With more words than this that carry meaning a message speaks for itself, however it begins.
_LEANS = 4


class Before(BaseModel):
    """What the last answer was about: the question it was found by, its note, and the sentences already said."""

    model_config = ConfigDict(frozen=True)

    question: str
    note_id: str | None = None
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class FollowUp:
    """How a message leans on the answer before: it wants more of it, the same in `language`, or another side of it."""

    kind: Literal["more", "again", "about"]
    language: Language


def follow_up(text: str, language: Language) -> FollowUp | None:
    """How `text` leans on what was said before it, None when it speaks for itself."""
    plain = normalise(text)
    for spoken in (language, *(other for other in LANGUAGES if other != language)):
        shapes = _shapes(spoken)
        for wanted, name in (("es", "in_spanish"), ("en", "in_english")):
            if shapes[name].fullmatch(plain):
                return FollowUp("again", "es" if wanted == "es" else "en")
        if plain and shapes["more"].fullmatch(plain):
            return FollowUp("more", language)
    if _shapes(language)["about"].match(plain) and len(words(text, language)) <= _LEANS:
        return FollowUp("about", language)
    return None


def asks_again(text: str, language: Language) -> bool:
    """Whether `text` asks for what was just said in another language."""
    leans = follow_up(text, language)
    return leans is not None and leans.kind == "again"


def points(text: str, language: Language) -> bool:
    """Whether `text` asks about what a form asks for without naming it ("is that what they took out of my check")."""
    return _shapes(language)["points"].fullmatch(normalise(spelt_out(text)).replace("'", "")) is not None


@cache
def _shapes(language: Language) -> dict[str, re.Pattern[str]]:
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))[language]
    return {name: re.compile(shape) for name, shape in data.items()}
