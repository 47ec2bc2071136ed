"""Exact arithmetic in whole dollars. No binary floating point anywhere in the formula."""

from decimal import ROUND_HALF_UP, Decimal


def whole(amount: Decimal) -> int:
    """The nearest whole dollar; a half goes away from zero (0.5 gives 1, -0.5 gives -1)."""
    return int(amount.to_integral_value(rounding=ROUND_HALF_UP))


def share(rate: Decimal, amount: int) -> int:
    """`rate` times `amount`, in whole dollars."""
    return whole(rate * amount)


def nearest(step: int, amount: int) -> int:
    """The multiple of `step` nearest to an amount of zero or more; a half goes up."""
    return (2 * amount + step) // (2 * step) * step


def percent_of(percent: int, amount: int) -> int:
    """`percent` hundredths of an amount of zero or more, in whole dollars; a half goes up."""
    return (percent * amount + 50) // 100
