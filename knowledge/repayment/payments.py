"""What a loan comes to a month. Pure; dollars and cents as exact decimals, a half cent goes up.

A month's interest is a twelfth of the year's, so amounts differ by cents from a servicer's, who counts days.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from knowledge.errors import AnswerError
from knowledge.repayment.model import rules

__all__ = ["HIGHEST_RATE", "Schedule", "level", "rap_payment", "standard", "tiered_standard", "tiered_years"]

HIGHEST_RATE = Decimal(30)
"""Percent a year; federal loans are capped far below, so more is a slip of the keyboard."""

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Schedule:
    """Equal payments to the end: `monthly` dollars for `months`, the last one at most that; `total` of them all."""

    monthly: Decimal
    months: int
    total: Decimal

    def interest(self, balance: int) -> Decimal:
        """The part of `total` that is not the balance itself."""
        return self.total - balance


def level(balance: int, percent: Decimal, years: int, minimum: int = 0) -> Schedule:
    """A balance in whole dollars at a yearly rate, paid in equal months; below `minimum` a month, over fewer months.

    Raises AnswerError for a balance that is not above 0 or a rate that is none.
    """
    if balance <= 0:
        raise AnswerError("loan_balance", balance, "an amount above 0")
    if not 0 <= percent <= HIGHEST_RATE:
        raise AnswerError("loan_rate", percent, f"a percentage from 0 to {HIGHEST_RATE}")
    months, rate = years * 12, percent / 1200
    exact = balance * rate / (1 - (1 + rate) ** -months) if rate else Decimal(balance) / months
    monthly = max(_cents(exact), Decimal(minimum))
    return _paid_off(balance, rate, monthly, months)


def standard(balance: int, percent: Decimal) -> Schedule:
    """The Standard plan of loans made before July 1, 2026. Raises AnswerError as `level` does."""
    return level(balance, percent, rules().standard.years, rules().standard.minimum)


def tiered_years(balance: int) -> int:
    """The years that the Tiered Standard plan gives for a balance."""
    tiers = rules().tiered_standard.tiers
    return next(tier.years for tier in tiers if tier.below is None or balance < tier.below)


def tiered_standard(balance: int, percent: Decimal) -> Schedule:
    """The Tiered Standard plan of loans made from July 1, 2026 on. Raises AnswerError as `level` does."""
    return level(balance, percent, tiered_years(balance), rules().tiered_standard.minimum)


def rap_payment(agi: int, dependents: int = 0) -> Decimal:
    """A month on the Repayment Assistance Plan, by adjusted gross income and dependents claimed.

    Raises AnswerError for fewer than 0 dependents.
    """
    if dependents < 0:
        raise AnswerError("borrower_dependents", dependents, "a whole number from 0")
    rap = rules().rap
    if agi <= rap.flat.up_to:
        yearly = Decimal(rap.flat.yearly)
    else:
        # 20,000 is still 1 percent, 20,001 is 2: the band a dollar opens counts, one less than its number.
        percent = min(-(-agi // rap.band) - 1, rap.highest_percent)
        yearly = Decimal(agi * percent) / 100
    return max(_cents(yearly / 12 - dependents * rap.per_dependent), Decimal(rap.minimum))


def _paid_off(balance: int, rate: Decimal, monthly: Decimal, months: int) -> Schedule:
    """Month by month; the last payment is whatever is left."""
    left, total, count = Decimal(balance), Decimal(0), 0
    while left > 0:
        owed = left + _cents(left * rate)
        count += 1
        paid = owed if count == months else min(monthly, owed)
        left, total = owed - paid, total + paid
    return Schedule(monthly, count, total)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, rounding=ROUND_HALF_UP)
