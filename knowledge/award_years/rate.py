"""Rates of the law, applied in exact whole-dollar arithmetic."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Self

from pydantic import PlainValidator

__all__ = ["ExactRate", "Rate"]


class Rate(Decimal):
    """A rate as it is written in the tables: `Rate("0.0145")` is 1.45 percent."""

    _numerator: int
    _denominator: int

    def __new__(cls, value: Decimal | int | str) -> Self:
        """Raises ValueError for what is not a number."""
        try:
            rate = super().__new__(cls, value)
        except InvalidOperation as error:
            raise ValueError(f"{value!r} is not a rate such as 0.0145") from error
        # Kept as two integers: a worksheet applies its rates ten times, and schools score every applicant.
        rate._numerator, rate._denominator = rate.as_integer_ratio()
        return rate

    def of(self, amount: int) -> int:
        """The rate times `amount` in whole dollars; half a dollar goes away from zero (0.5 gives 1, -0.5 gives -1)."""
        product, whole = self._numerator * amount, self._denominator
        if product >= 0:
            return (2 * product + whole) // (2 * whole)
        return -((whole - 2 * product) // (2 * whole))

    @property
    def percent(self) -> str:
        """1.45% for the rate 0.0145."""
        return f"{(self * 100).normalize():f}%"


def _exact(value: object) -> Rate:
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise ValueError(f"{value!r} is not a rate such as 0.0145")
    return Rate(value)


ExactRate = Annotated[Rate, PlainValidator(_exact)]
"""The type of a rate in a table."""
