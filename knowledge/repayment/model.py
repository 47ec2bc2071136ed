"""The shape of the repayment rules: frozen, typed, every rule with its sources and the day it was read."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.award_years.model import Source
from knowledge.errors import RepaymentRulesError
from knowledge.loans.model import Rule
from knowledge.tables import read_table

Plan = Literal["rap", "tiered_standard", "ibr", "standard", "graduated", "extended"]
_FILE = Path(__file__).parent / "plans.yml"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Standard(Rule):
    """The same payment each month for `years`; `minimum` dollars a month at least."""

    years: int = Field(gt=0)
    minimum: int = Field(ge=0)


class Tier(_Frozen):
    """Balances below `below` dollars (None: every higher one) are paid over `years`."""

    below: int | None
    years: int = Field(gt=0)


class TieredStandard(Rule):
    """The same payment each month, over more years the higher the balance."""

    tiers: tuple[Tier, ...] = Field(min_length=1)
    minimum: int = Field(ge=0)

    @model_validator(mode="after")
    def _rising_and_closed(self) -> Self:
        limits = [tier.below for tier in self.tiers]
        known = [limit for limit in limits if limit is not None]
        if limits[-1] is not None or len(known) != len(limits) - 1 or known != sorted(set(known)):
            raise ValueError("tiers rise, and only the last one has no upper limit")
        return self


class Flat(_Frozen):
    """Up to this income, a fixed amount a year."""

    up_to: int
    yearly: int


class Rap(Rule):
    """A percentage of the whole income that rises by one for every `band` dollars, less `per_dependent` a month."""

    flat: Flat
    band: int = Field(gt=0)
    highest_percent: int = Field(gt=0)
    per_dependent: int = Field(ge=0)
    minimum: int = Field(ge=0)
    years: int = Field(gt=0)


class IbrTerms(_Frozen):
    """Percent of discretionary income, and the years after which the rest is forgiven."""

    percent: int
    years: int


class Ibr(Rule):
    recent: IbrTerms
    earlier: IbrTerms
    recent_from: date


class Closing(Rule):
    """The day by which PAYE and ICR end."""

    by: date


class OpenPlans(Rule):
    plans: tuple[Plan, ...] = Field(min_length=1)


class WhoHasWhich(_Frozen):
    new_student: OpenPlans
    earlier_student: OpenPlans
    new_parent: OpenPlans
    earlier_parent: OpenPlans


class Rules(_Frozen):
    """Everything `plans.yml` holds."""

    sources: dict[str, Source]
    new_from: date
    standard: Standard
    tiered_standard: TieredStandard
    rap: Rap
    ibr: Ibr
    closing: Closing
    open: WhoHasWhich
    simulator: Rule


def read(path: Path) -> Rules:
    """The rules in one file. Raises RepaymentRulesError naming the first place that is wrong."""
    return read_table(path, Rules, RepaymentRulesError)


@cache
def rules() -> Rules:
    """The rules this project keeps. Raises RepaymentRulesError."""
    return read(_FILE)
