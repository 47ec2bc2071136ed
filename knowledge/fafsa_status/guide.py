"""The guide, `guide.yml`, in typed form."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.cited import CitedPage, Sentence
from knowledge.errors import GuideError
from knowledge.tables import read_table

__all__ = ["Case", "Guide", "NextStep", "When", "guide"]

NextStep = Literal[
    "finish_section", "sign", "consent", "correct", "wait", "review", "file_new", "contact_school", "contact_fsa"
]
Status = Literal["not_started", "draft", "in_progress", "in_review", "processed", "action_required", "closed"]
Reason = Literal[
    "contributor_not_done", "missing_signature", "missing_consent", "ssn_mismatch", "citizenship_mismatch", "error",
    "none",
]  # fmt: skip
Who = Literal["student", "parent", "spouse"]
_FILE = Path(__file__).parent / "guide.yml"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class When(_Part):
    """What a case wants: every field that is given must fit."""

    fafsa_status: tuple[Status, ...] = ()
    status_reason: tuple[Reason, ...] = ()
    who_missing: tuple[Who, ...] = ()
    late: bool = False
    year_over: bool = False


class Case(_Part):
    """What to do when it fits; `meaning` overrides that of the status."""

    when: When
    next_step: NextStep
    steps: Annotated[tuple[str, ...], Field(min_length=2, max_length=4)]
    meaning: str | None = None


class Processing(_Part):
    """Days from sending (a paper form: from its arrival) to the end of processing."""

    online_least: int
    online_most: int
    paper_least: int
    paper_most: int
    page: str


class Guide(_Part):
    """All of it. Every name that one part uses, another part has."""

    pages: dict[str, CitedPage]
    processing: Processing
    people: dict[Literal["parent", "spouse", "unknown"], Sentence]
    meanings: dict[str, Sentence]
    steps: dict[str, Sentence]
    cases: Annotated[tuple[Case, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _complete(self) -> "Guide":
        sentences = (*self.meanings.values(), *self.steps.values())
        sources = {self.processing.page, *(one.source for one in sentences if one.source)}
        said = {step for case in self.cases for step in case.steps}
        meant = {case.meaning for case in self.cases if case.meaning}
        for what, missing in (
            ("page", sources - self.pages.keys()),
            ("step", said - self.steps.keys()),
            ("meaning", meant - self.meanings.keys()),
        ):
            if missing:
                raise ValueError(f"there is no {what} {', '.join(sorted(missing))}")
        if self.cases[-1].when != When():
            raise ValueError("the last case must fit everybody")
        return self


@cache
def guide() -> Guide:
    """The guide. Raises GuideError when the file breaks its format."""
    return read_table(_FILE, Guide, GuideError)
