"""The guide, `guide.yml`, in typed form."""

from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, model_validator

from knowledge.cited import CitedPage, Sentence
from knowledge.errors import GuideError
from knowledge.tables import read_table

__all__ = ["Document", "Group", "Guide", "PersonWords", "Whose", "guide"]

Group = Literal["V1", "V4", "V5"]
Document = Literal[
    "tax_transcript", "signed_return", "w2", "nonfiler_statement", "family_size_statement", "identity", "none_from_irs"
]
FilerClass = Literal["us_filer", "us_territory_filer", "foreign_filer", "foreign_nonfiler", "nonfiler", "unknown"]
Whose = Literal["student", "parent"]
Step = Literal["school_list", "send", "by_date", "in_month", "ask_date", "date_passed", "month_passed"]
_FILE = Path(__file__).parent / "guide.yml"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GroupRule(Sentence):
    """What a group is about: `checks` names what is looked at."""

    checks: tuple[Literal["taxes", "identity"], ...]


class _English(_Part):
    whose: str
    who: str


class _Spanish(_Part):
    su: str
    sus: str
    de_quien: str
    who: str


class PersonWords(_Part):
    """How to speak of a person, in the grammar of each language."""

    en: _English
    es: _Spanish

    def said(self, language: str) -> dict[str, str]:
        """The blanks that a sentence about the person has."""
        return (self.es if language == "es" else self.en).model_dump()


class Guide(_Part):
    """All of it. Every group, document and kind of filer stands there once, with a page for what it states."""

    award_year: str
    pages: dict[str, CitedPage]
    groups: dict[Literal["V1", "V4", "V5", "unknown"], GroupRule]
    by_filer: dict[FilerClass, tuple[Document, ...]]
    people: dict[Whose, PersonWords]
    documents: dict[Document, Sentence]
    from_irs: Sentence
    identity_ways: dict[Literal["in_person", "video", "online_service", "unknown"], Sentence]
    steps: dict[Step, Sentence]
    filer_unknown: Sentence
    other_year: Sentence

    @model_validator(mode="after")
    def _complete(self) -> "Guide":
        for what, there, wanted in (
            ("document", set(self.documents), set(get_args(Document))),
            ("kind of filer", set(self.by_filer), set(get_args(FilerClass))),
            ("step", set(self.steps), set(get_args(Step))),
            ("page", set(self.pages), {one.source for one in self.sentences() if one.source}),
        ):
            if missing := wanted - there:
                raise ValueError(f"there is no {what} {', '.join(sorted(missing))}")
        return self

    def sentences(self) -> tuple[Sentence, ...]:
        """Everything that can be said."""
        groups = (self.groups, self.documents, self.identity_ways, self.steps)
        return (
            self.from_irs,
            self.filer_unknown,
            self.other_year,
            *(one for group in groups for one in group.values()),
        )


@cache
def guide() -> Guide:
    """The guide. Raises GuideError when the file breaks its format."""
    return read_table(_FILE, Guide, GuideError)
