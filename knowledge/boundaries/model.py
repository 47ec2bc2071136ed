"""What a boundary is, and the shape of the files that hold them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator

from knowledge.errors import KnowledgeError
from knowledge.notes import Confidence, Language, Source
from knowledge.replies import FixedSentence, ReplyName

Kind = Literal["unsafe", "outside", "handoff", "talk"]
"""`unsafe`: must not be done, or care comes first. `handoff`: a person should take over. `outside`: not about
student aid. `talk`: a greeting, a word about Aidline itself, or an opening that needs a question back."""


class BoundaryError(KnowledgeError):
    """The file of boundaries `path` cannot be used: it breaks its format, or names a source it does not have."""

    def __init__(self, path: Path, what: str) -> None:
        self.path = path
        super().__init__(f"{path} cannot be used: {what}")


@dataclass(frozen=True)
class Boundary:
    """A kind of message that Aidline answers with fixed words.

    `sentences` is the reply, the same sentences in both languages; a sentence that states a fact names its source
    in `sources`, by id. `asked` are messages of this kind in people's own words, for the search to weigh against the
    notes; empty where only the patterns count. With `in_forms` it counts only while a form asks what it is about.
    """

    name: str
    kind: Kind
    sentences: Mapping[Language, tuple[FixedSentence, ...]] = field(hash=False)
    asked: Mapping[Language, tuple[str, ...]] = field(hash=False)
    sources: Mapping[str, Source] = field(hash=False)
    in_forms: bool = False

    def text(self, language: Language) -> str:
        """The whole reply."""
        return " ".join(sentence.text for sentence in self.sentences[language])


_Words = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Phrases(_Part):
    """Regular expressions over folded text, by the language they speak; `any` speaks neither (digits, brackets)."""

    any: tuple[_Words, ...] = ()
    en: tuple[_Words, ...] = ()
    es: tuple[_Words, ...] = ()


class Asked(_Part):
    """Example messages."""

    en: tuple[_Words, ...] = ()
    es: tuple[_Words, ...] = ()


class Said(_Part):
    """A sentence of a reply in both languages, and the source of what it states (None: it states no fact)."""

    en: _Words
    es: _Words
    source: str | None = None


class Entry(_Part):
    """A boundary as its file holds it.

    `patterns` may stand anywhere in a message, `whole` must be all of it but for punctuation; `unless` is taken out
    first. With `yields_to_aid` none of them counts in a message that names something of student aid. With `about` they
    count only in the middle of a form, while it asks something that one of these matches.
    """

    name: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]
    kind: Kind
    reply: tuple[Said, ...] = ()
    reply_named: ReplyName | None = None
    yields_to_aid: bool = False
    about: Phrases = Phrases()
    patterns: Phrases = Phrases()
    whole: Phrases = Phrases()
    unless: Phrases = Phrases()
    asked: Asked = Asked()

    @model_validator(mode="after")
    def _answers_something(self) -> "Entry":
        if bool(self.reply) == bool(self.reply_named):
            raise ValueError(f"{self.name} needs either a `reply` or a `reply_named`")
        if not any((*self.patterns.model_dump().values(), *self.whole.model_dump().values(), *self.asked.en)):
            raise ValueError(f"{self.name} needs patterns or examples")
        if any(self.about.model_dump().values()) and self.asked.en:
            raise ValueError(f"{self.name} counts only in a form, where examples for the search cannot be weighed")
        return self


class EntryFile(_Part):
    """One file of boundaries, the one that takes precedence first."""

    boundaries: tuple[Entry, ...]


class Examples(RootModel[dict[str, Asked]]):
    """More example messages, by the name of their boundary."""


class Page(_Part):
    """A source without its id."""

    title: _Words
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    as_of: date
    confidence: Confidence


class Commons(_Part):
    """What all boundaries share: sources by id, parts of patterns (`<name>` in a pattern), the words of student aid,
    and what else makes a message a question."""

    sources: dict[str, Page]
    parts: dict[str, _Words]
    aid: tuple[_Words, ...]
    question: tuple[_Words, ...]
