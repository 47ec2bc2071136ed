"""One line for each repayment plan: what it comes to a month, and how it works."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol

from actions.flow.words import result_words, show_date
from knowledge.repayment import Schedule, rap_payment, rules, standard, tiered_standard

__all__ = ["Terms", "plan_lines"]


class Terms(Protocol):
    """What the amounts depend on beside the balance."""

    @property
    def percent(self) -> Decimal:
        """Interest a year."""
        ...

    @property
    def agi(self) -> int | None:
        """Yearly income when paying back; None when not known."""
        ...

    @property
    def dependents(self) -> int:
        """Dependents claimed."""
        ...


def plan_lines(plans: tuple[str, ...], balance: int | None, terms: Terms, language: str) -> Iterator[str]:
    """The lines of the plans that have words of their own, in the order given."""
    for plan in plans:
        words = result_words("borrowing")["plans"][plan]
        if plan == "rap":
            yield _rap(words, terms, language)
        elif plan in {"tiered_standard", "standard"}:
            yield _level(plan, words, balance, terms, language)
        elif words:
            yield str(words["plain"][language]).format(**_ibr(language))


def _rap(words: Mapping[str, Any], terms: Terms, language: str) -> str:
    rap = rules().rap
    blanks = {"minimum": f"${rap.minimum}", "years": str(rap.years)}
    if terms.agi is None:
        return str(words["plain"][language]).format(**blanks)
    return str(words["amount"][language]).format(monthly=_cents(rap_payment(terms.agi, terms.dependents)), **blanks)


def _level(plan: str, words: Mapping[str, Any], balance: int | None, terms: Terms, language: str) -> str:
    if not balance:
        tiers = [tier.years for tier in rules().tiered_standard.tiers]
        blanks = {"years": rules().standard.years, "shortest": min(tiers), "longest": max(tiers)}
        return str(words["plain"][language]).format(**blanks)
    found = (tiered_standard if plan == "tiered_standard" else standard)(balance, terms.percent)
    return str(words["amount"][language]).format(
        monthly=_cents(found.monthly), time=_time(found, language), total=_whole(found.total),
        interest=_whole(found.interest(balance)),
    )  # fmt: skip


def _time(found: Schedule, language: str) -> str:
    unit, count = ("years", found.months // 12) if found.months % 12 == 0 else ("months", found.months)
    return str(result_words("borrowing")["time"][unit][language]).format(**{unit: count})


def _ibr(language: str) -> dict[str, Any]:
    ibr = rules().ibr
    return {
        "recent": ibr.recent.percent, "recent_years": ibr.recent.years, "earlier": ibr.earlier.percent,
        "earlier_years": ibr.earlier.years, "day": show_date(ibr.recent_from.isoformat(), language),
    }  # fmt: skip


def _cents(amount: Decimal) -> str:
    return f"${amount:,.0f}" if amount == amount.to_integral_value() else f"${amount:,.2f}"


def _whole(amount: Decimal) -> str:
    return f"${amount.quantize(Decimal(1), rounding=ROUND_HALF_UP):,}"
