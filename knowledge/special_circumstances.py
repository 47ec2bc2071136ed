"""What a school may do about special circumstances (professional judgment), and the papers that help a request.

The statements stand in `special_circumstances.yml` with their sources and the words for people. The school decides each
case; nothing here says how.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from knowledge.award_years.model import Section
from knowledge.errors import SpecialCircumstancesError
from knowledge.tables import read_table

__all__ = ["REASONS", "Papers", "Reason", "SpecialCircumstances", "Statement", "special_circumstances"]

Reason = Literal[
    "job_loss", "pay_cut", "divorce_or_separation", "death", "medical_costs", "one_time_income", "disaster", "other"
]
"""Why a family asks for a review."""

REASONS: tuple[Reason, ...] = (
    "job_loss", "pay_cut", "divorce_or_separation", "death", "medical_costs", "one_time_income", "disaster", "other",
)  # fmt: skip
_FILE = Path(__file__).with_suffix(".yml")


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str
    es: str

    def in_language(self, language: str) -> str:
        """The words in `language` (en, es)."""
        return self.es if language == "es" else self.en


class Statement(Section, _Words):
    """A rule in words, with its sources and the day it was read."""

    as_of: date


class Papers(Section):
    """Papers that usually help, by reason. The school says which it wants."""

    as_of: date
    kinds: dict[str, _Words]
    by_reason: dict[Reason, tuple[str, ...]]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if set(self.by_reason) != set(REASONS):
            raise ValueError("each reason needs its papers")
        if unknown := {kind for listed in self.by_reason.values() for kind in listed} - set(self.kinds):
            raise ValueError(f"no words for {sorted(unknown)}")
        return self

    def listed(self, reason: str | None, language: str) -> tuple[str, ...]:
        """The papers for `reason` (None: those for any other reason) in words."""
        known = reason if reason in REASONS else "other"
        return tuple(self.kinds[kind].in_language(language) for kind in self.by_reason[known])


class SpecialCircumstances(BaseModel):
    """What `special_circumstances.yml` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    statements: dict[str, Statement]
    papers: Papers


@cache
def special_circumstances() -> SpecialCircumstances:
    """The statements and the papers. Raises SpecialCircumstancesError naming the first place that is wrong."""
    return read_table(_FILE, SpecialCircumstances, SpecialCircumstancesError)
