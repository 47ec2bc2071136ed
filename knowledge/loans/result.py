"""What comes out: the limits of one borrower, with the notes and sources behind them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.award_years.model import Confidence

GradPlusOffered = Literal["yes", "no", "legacy"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule was read and when; `url` is None when the source has no stable address."""

    name: str
    url: str | None
    as_of: date
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class LoanLimits:
    """Whole US dollars for this borrower and award year. None: not known, or no fixed amount (`notes` say which).

    `annual` is the year's limit before what is left of the total, `annual_full_time` the same without the cut
    for less than full-time study. `remaining` is what is left of `aggregate` or of the lifetime limit, the
    smaller; `lifetime_remaining` the latter alone, None also where there is no such limit.
    `available_this_year` is what can be borrowed in this year if nothing was borrowed in it yet, at most what
    is left under the cost of attendance when that is known; `available_subsidized` is the part of it that can
    be subsidized if there is financial need. `intensity_percent` is the share of full-time study in whole
    percent, None when only a rough enrollment is known. `parent_plus_annual` and `parent_plus_total` are the
    limits for this student, all parents together: 0 when no parent can borrow. `notes` are codes whose words
    `knowledge.loans.note` gives, `sources` the rules used, `assumed` what the borrower's answers left open.
    """

    award_year: str
    annual: int | None
    annual_full_time: int | None
    annual_subsidized: int | None
    aggregate: int | None
    aggregate_subsidized: int
    remaining: int | None
    remaining_subsidized: int | None
    lifetime_remaining: int | None
    available_this_year: int | None
    available_subsidized: int | None
    intensity_percent: int | None
    grad_plus: GradPlusOffered
    parent_plus_annual: int | None
    parent_plus_total: int | None
    notes: tuple[str, ...] = ()
    sources: tuple[Citation, ...] = ()
    assumed: tuple[str, ...] = ()

    def values(self) -> dict[str, int | str | None]:
        """The result values under their canonical names."""
        return {
            "annual_limit": self.annual,
            "annual_subsidized": self.annual_subsidized,
            "aggregate_limit": self.aggregate,
            "aggregate_remaining": self.remaining,
            "grad_plus": self.grad_plus,
        }
