"""How much one borrower can borrow in federal Direct Loans in one award year. Pure arithmetic over the tables.

Source of the rules: 20 U.S.C. 1087e(a) and 34 CFR 685.203, as cited one by one in `limits.yml`.
"""

from dataclasses import replace
from typing import cast

from knowledge.loans.borrower import Borrower
from knowledge.loans.model import Amounts, LoanYear, Period, UndergraduateYear, load
from knowledge.loans.notes import codes, sources
from knowledge.loans.result import GradPlusOffered, LoanLimits
from knowledge.sai.arithmetic import percent_of


def limits(borrower: Borrower, year: str | LoanYear) -> LoanLimits:
    """The limits of one borrower in an award year such as "2026-27". Unknown amounts stay None.

    Raises UnknownAwardYearError when there are no limits for the year; no other year's are used.
    """
    tables = load(year) if isinstance(year, str) else year
    found = _of_a_parent(borrower, tables) if borrower.borrower == "parent" else _of_a_student(borrower, tables)
    found = replace(found, notes=codes(borrower, tables, found), assumed=borrower.assumed)
    return replace(found, sources=sources(borrower, tables, found))


def _of_a_student(borrower: Borrower, year: LoanYear) -> LoanLimits:
    rules = year.rules_for(legacy=borrower.legacy_borrower)
    full_time, aggregate = _amounts(borrower, year, rules)
    intensity, percent = _study(borrower, year)
    annual, subsidized = _part(percent, full_time.total), _part(percent, full_time.subsidized)
    room = () if borrower.room_under_cost is None else (borrower.room_under_cost,)
    lifetime = _left(rules.lifetime.amount, borrower.total_borrowed) if rules.lifetime else None
    of_a_lifetime = (lifetime,) if rules.lifetime else ()
    remaining = _smallest(_left(aggregate.total, _counted(borrower, rules)), *of_a_lifetime)
    available = _smallest(annual, remaining, *room)
    # Who has borrowed nothing has no subsidized loan either.
    subsidized_borrowed = 0 if borrower.total_borrowed == 0 else borrower.subsidized_borrowed
    remaining_subsidized = _smallest(_left(aggregate.subsidized, subsidized_borrowed), remaining)
    parent_annual, parent_total = _parent_plus(borrower, rules)
    return LoanLimits(
        award_year=year.award_year,
        annual=annual,
        annual_full_time=full_time.total,
        annual_subsidized=subsidized,
        aggregate=aggregate.total,
        aggregate_subsidized=aggregate.subsidized,
        remaining=remaining,
        remaining_subsidized=remaining_subsidized,
        lifetime_remaining=lifetime,
        available_this_year=available,
        available_subsidized=_smallest(subsidized, remaining_subsidized, available),
        intensity_percent=intensity,
        grad_plus=_grad_plus(borrower, year),
        parent_plus_annual=parent_annual,
        parent_plus_total=parent_total,
    )


def _of_a_parent(borrower: Borrower, year: LoanYear) -> LoanLimits:
    """Parent PLUS, as the limits of the one who borrows. Studying part time does not cut it."""
    rules = year.rules_for(legacy=borrower.legacy_borrower)
    annual, total = _parent_plus(borrower, rules)
    remaining = None if total is None else _left(total, borrower.total_borrowed)
    of_the_total = () if total is None else (remaining,)
    room = () if borrower.room_under_cost is None else (borrower.room_under_cost,)
    return LoanLimits(
        award_year=year.award_year,
        annual=annual,
        annual_full_time=_parent_plus(replace(borrower, credits_year=None, enrollment="full_time"), rules)[0],
        annual_subsidized=0,
        aggregate=total,
        aggregate_subsidized=0,
        remaining=remaining,
        remaining_subsidized=0,
        lifetime_remaining=None,
        available_this_year=_smallest(annual, *of_the_total, *room),
        available_subsidized=0,
        intensity_percent=_study(borrower, year)[0],
        grad_plus="no",
        parent_plus_annual=annual,
        parent_plus_total=total,
    )


def _amounts(borrower: Borrower, year: LoanYear, rules: Period) -> tuple[Amounts, Amounts]:
    """The limits of a full-time academic year and in total."""
    if borrower.at_graduate_level:
        found = rules.professional if borrower.grade_level == "professional" else rules.graduate
        return Amounts(total=found.annual, subsidized=0), Amounts(total=found.aggregate, subsidized=0)
    undergraduate = year.tables.undergraduate
    group = undergraduate.independent if borrower.has_independent_limits else undergraduate.dependent
    annual = group.annual[cast(UndergraduateYear, borrower.grade_level)]
    if borrower.is_dependent_undergraduate and borrower.parents_refuse:
        annual = Amounts(total=annual.total, subsidized=0)
    return annual, group.aggregate


def _study(borrower: Borrower, year: LoanYear) -> tuple[int | None, int | None]:
    """The share of full-time study, and the percent of the full-time limit it leaves; None when not known.

    Percents are whole, a half goes up.
    """
    taken, full_time = borrower.credits_year, borrower.credits_full_time_year
    is_cut = year.period.part_time is not None
    if taken is not None and full_time is not None:
        share = (200 * min(taken, full_time) + full_time) // (2 * full_time)
        return share, (share if is_cut else 100) if borrower.is_half_time else 0
    if not borrower.is_half_time:
        return None, 0
    if borrower.enrollment == "full_time":
        return 100, 100
    return None, None if is_cut else 100


def _part(percent: int | None, amount: int) -> int | None:
    """The percent of an amount; nothing of nothing is known without the percent."""
    if amount == 0:
        return 0
    return None if percent is None else percent_of(percent, amount)


def _counted(borrower: Borrower, rules: Period) -> int | None:
    """What counts towards the total. Grad PLUS has a total of its own; undergraduate loans may not count."""
    if borrower.total_borrowed is None or not borrower.at_graduate_level:
        return borrower.total_borrowed
    other = 0 if rules.graduate.undergraduate_loans_count else borrower.undergraduate_borrowed or 0
    return borrower.total_borrowed - (borrower.grad_plus_borrowed or 0) - other


def _left(limit: int, used: int | None) -> int | None:
    if limit == 0:
        return 0
    return None if used is None else max(limit - used, 0)


def _smallest(*amounts: int | None) -> int | None:
    """The smallest, 0 as soon as one is 0; otherwise None when one is not known."""
    known = [amount for amount in amounts if amount is not None]
    if len(known) == len(amounts) or 0 in known:
        return min(known)
    return None


def _grad_plus(borrower: Borrower, year: LoanYear) -> GradPlusOffered:
    if not borrower.at_graduate_level:
        return "no"
    if year.period.grad_plus.offered:
        return "yes"
    return "legacy" if year.rules_for(legacy=borrower.legacy_borrower).grad_plus.offered else "no"


def _parent_plus(borrower: Borrower, rules: Period) -> tuple[int | None, int | None]:
    """What all parents together may borrow in the year and in total; no fixed amount is the room under cost."""
    if not borrower.is_dependent_undergraduate:
        return 0, 0
    annual = rules.parent_plus.annual
    if annual is None and borrower.other_aid is not None:
        annual = borrower.room_under_cost
    return annual if borrower.is_half_time else 0, rules.parent_plus.aggregate
