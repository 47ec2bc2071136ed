"""The shape of the loan limits: frozen, typed, every rule with its sources and the day it was read.

Dollars are whole US dollars for one academic year, or for a borrower's total.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from knowledge.award_years.model import Section, Source
from knowledge.errors import AwardYearDataError, UnknownAwardYearError
from knowledge.tables import read_table

UndergraduateYear = Literal["first_year", "second_year", "third_year_or_later"]
_FILE = Path(__file__).parent / "limits.yml"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(Section):
    """A rule with its sources, the day it was read and how well it is known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: date
    confidence_detail: str = ""


class Amounts(_Frozen):
    """A limit in all, and the part of it that may be subsidized."""

    total: int
    subsidized: int

    @model_validator(mode="after")
    def _part_of_the_whole(self) -> Self:
        if not 0 <= self.subsidized <= self.total:
            raise ValueError("the subsidized part cannot be above the total")
        return self


class UndergraduateLimits(Rule):
    annual: dict[UndergraduateYear, Amounts]
    aggregate: Amounts

    @model_validator(mode="after")
    def _every_year_of_study(self) -> Self:
        if len(self.annual) != 3:
            raise ValueError("every year of study needs its limit")
        for amounts in self.annual.values():
            _whole_hundreds(amounts.total)
            _whole_hundreds(amounts.subsidized)
        return self


class Undergraduate(_Frozen):
    dependent: UndergraduateLimits
    independent: UndergraduateLimits
    parent_plus_denied: Rule
    parent_will_not_borrow: Rule
    parents_refuse: Rule
    subsidized_needs_financial_need: Rule


class GraduateLimits(Rule):
    """Unsubsidized loans. Whether loans for undergraduate study count towards `aggregate` differs by period."""

    annual: int
    aggregate: int
    undergraduate_loans_count: bool

    @model_validator(mode="after")
    def _divisible(self) -> Self:
        _whole_hundreds(self.annual)
        return self


class GradPlus(Rule):
    offered: bool


class ParentPlus(Rule):
    """For each dependent student, all parents together. None: up to cost of attendance less other aid."""

    annual: int | None
    aggregate: int | None


class Lifetime(Rule):
    amount: int


class PartTimeExample(_Frozen):
    credits: int
    full_time: int
    percent: int


class PartTime(Rule):
    """The yearly limit follows the credits of the academic year, in whole percent of full time."""

    example: PartTimeExample


class Legacy(Rule):
    """Who was borrowing for their program before keeps the rules of the period `follows`."""

    follows: Literal["until_june_2026"]


class Period(_Frozen):
    """The rules that changed on July 1, 2026. A rule that is None does not exist in the period."""

    award_years: tuple[str, ...]
    graduate: GraduateLimits
    professional: GraduateLimits
    health_professions: Rule | None
    grad_plus: GradPlus
    parent_plus: ParentPlus
    lifetime: Lifetime | None
    part_time: PartTime | None
    part_time_and_plus: Rule | None = None
    legacy: Legacy | None
    professional_definition: Rule | None
    school_may_set_lower: Rule | None


class Periods(_Frozen):
    until_june_2026: Period
    from_july_2026: Period


class Tables(_Frozen):
    """Everything `limits.yml` holds."""

    sources: dict[str, Source]
    undergraduate: Undergraduate
    half_time: Rule
    not_above_cost: Rule
    unusual_circumstances: Rule
    no_subsidized_at_graduate_level: Rule
    periods: Periods


@dataclass(frozen=True, slots=True)
class LoanYear:
    """The limits for loans first paid out in `award_year`.

    `old` holds what legacy borrowers keep; None in years when everybody has the rules of `period`.
    """

    award_year: str
    tables: Tables
    period: Period
    old: Period | None

    def rules_for(self, *, legacy: bool) -> Period:
        """The rules of the period, or the older ones for a legacy borrower. The part-time cut spares nobody."""
        return self.old if legacy and self.old else self.period


def read(path: Path) -> Tables:
    """The limits in one file. Raises AwardYearDataError naming the first place that is wrong."""
    return read_table(path, Tables, AwardYearDataError)


@cache
def tables() -> Tables:
    """The limits this project keeps. Raises AwardYearDataError."""
    return read(_FILE)


def available() -> tuple[str, ...]:
    """The award years there are limits for, oldest first."""
    periods = tables().periods
    return tuple(sorted((*periods.until_june_2026.award_years, *periods.from_july_2026.award_years)))


def load(award_year: str) -> LoanYear:
    """The limits of an award year such as "2026-27". Raises UnknownAwardYearError or AwardYearDataError."""
    periods = tables().periods
    for period in (periods.until_june_2026, periods.from_july_2026):
        if award_year in period.award_years:
            old = periods.until_june_2026 if period.legacy else None
            return LoanYear(award_year, tables(), period, old)
    raise UnknownAwardYearError(award_year, available())


def _whole_hundreds(annual: int) -> None:
    # A whole percent of such a limit is whole dollars, so no rule for parts of a dollar is needed.
    if annual % 100:
        raise ValueError(f"a yearly limit of {annual} is not a multiple of 100")
