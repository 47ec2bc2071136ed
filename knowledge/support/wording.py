"""The closed lists that decide what may differ between a sentence and the statement behind it (`en.yml`, `es.yml`)."""

import re
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.notes import Language
from knowledge.search.text import fold, stems

__all__ = ["MARK", "Wording", "wording"]

MARK = "s_"
"""What a sign (a negation, a condition, "may", "at most") begins with once it is recognised in a text."""

Words = Annotated[tuple[str, ...], Field(min_length=1)]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    openings: dict[str, Words]
    contractions: dict[str, str]
    accented: dict[str, str]
    signs: dict[str, Words]
    same: dict[str, Words]
    small: str
    harmless: str
    opposites: tuple[tuple[str, ...], ...]
    breaks: Words
    reasons: Words
    contrasts: Words
    limits: Words
    frames: Words

    @model_validator(mode="after")
    def _known(self) -> "_File":
        unknown = set(self.limits) - set(self.signs)
        if unknown:
            raise ValueError(f"limits names signs that are not there: {', '.join(sorted(unknown))}")
        return self


class Wording:
    """The lists of one language, ready to use."""

    def __init__(self, data: _File, language: Language) -> None:
        self._accented = [(re.compile(rf"(?<!\w){said}(?!\w)", re.I), meant) for said, meant in data.accented.items()]
        self._contractions = [(re.compile(said), meant) for said, meant in data.contractions.items()]
        spelled = {fold(one): f"{MARK}{name}" for name, spellings in data.signs.items() for one in spellings}
        spelled |= {fold(one): fold(name) for name, spellings in data.same.items() for one in spellings}
        self._spelled = spelled
        self._spellings = _any_of(spelled)
        self.small = frozenset(fold(data.small).split())
        self.harmless = frozenset(stems(fold(data.harmless).split(), language))
        self.opposites = tuple(frozenset(stems([fold(one) for one in group], language)) for group in data.opposites)
        self.limits = frozenset(f"{MARK}{name}" for name in data.limits)
        self.frames = frozenset(fold(one) for one in data.frames)
        self.breaks = re.compile(rf"(?:,|;)\s+(?={_any_of(data.breaks).pattern})|;\s+")
        self.reasons = re.compile(rf",?\s+(?={_any_of(data.reasons).pattern})")
        self.contrasts = re.compile(rf"(?:{_any_of(data.contrasts).pattern})")
        said = {fold(one): name for name, spellings in data.openings.items() for one in spellings}
        self._openings = said
        self._opening = re.compile(rf"\s*[¡\"“]*(?P<said>{'|'.join(map(re.escape, said))})\s*(?:[,.:;!]|[–—-]\s)\s*")

    def plain(self, text: str) -> str:
        """The text folded, with words that differ by an accent alone kept apart and contractions written out."""
        for pattern, meant in self._accented:
            text = pattern.sub(meant, text)
        text = fold(text)
        for pattern, meant in self._contractions:
            text = pattern.sub(meant, text)
        return text

    def opening(self, plain: str) -> tuple[str | None, str]:
        """The yes, no or "it depends" that a plain text begins with, and the rest."""
        found = self._opening.match(plain)
        return (self._openings[found["said"]], plain[found.end() :]) if found else (None, plain)

    def marked(self, plain: str) -> str:
        """The plain text with every sign as its mark and every word with an equal as that equal."""
        return self._spellings.sub(lambda found: f" {self._spelled[found[0]]} ", plain)


@cache
def wording(language: Language) -> Wording:
    """The lists of that language."""
    data = yaml.safe_load((Path(__file__).parent / f"{language}.yml").read_text("utf-8"))
    return Wording(_File.model_validate(data), language)


def _any_of(spellings: "dict[str, str] | tuple[str, ...]") -> re.Pattern[str]:
    """Any of them as whole words, the longest first."""
    longest_first = sorted(spellings, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(one) for one in longest_first)})(?!\w)")
