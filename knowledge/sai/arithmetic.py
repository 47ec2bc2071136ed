"""Exact arithmetic in whole dollars, beside the rates of the tables. No binary floating point in the formula."""


def nearest(step: int, amount: int) -> int:
    """The multiple of `step` nearest to an amount of zero or more; a half goes up."""
    return (2 * amount + step) // (2 * step) * step


def percent_of(percent: int, amount: int) -> int:
    """`percent` hundredths of an amount of zero or more, in whole dollars; a half goes up."""
    return (percent * amount + 50) // 100
