"""Pages that rules and sentences rest on, named once in a file of rules, and the sentences themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Citation", "CitedPage", "Sentence", "cite"]

Confidence = Literal["confirmed", "single_source", "general_knowledge"]


class CitedPage(BaseModel):
    """An official page, the day it was last checked, and how sure what it is cited for is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    title_es: str
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    as_of: date
    confidence: Confidence


class Sentence(BaseModel):
    """What can be said to a person, in both languages. `source` names a page of its file; None states no rule."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: Annotated[str, Field(min_length=1)]
    es: Annotated[str, Field(min_length=1)]
    source: str | None = None

    def said(self, language: str) -> str:
        """The words in that language (en, es)."""
        return self.es if language == "es" else self.en


@dataclass(frozen=True, slots=True)
class Citation:
    """A page as a person is shown it."""

    title: str
    url: str
    as_of: date


def cite(pages: Iterable[CitedPage], language: str) -> tuple[Citation, ...]:
    """The pages in that language, each address once: the day is the earliest on which it was checked."""
    found: dict[str, Citation] = {}
    for page in pages:
        title = page.title_es if language == "es" else page.title
        known = found.get(page.url)
        if known is None or page.as_of < known.as_of:
            found[page.url] = Citation(known.title if known else title, page.url, page.as_of)
    return tuple(found.values())
