"""What a loan costs to pay back: the figures of the rules, never another plan's, and none where none is known."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import repayment
from knowledge.errors import AnswerError, RepaymentRulesError
from knowledge.repayment import (
    LoanKind,
    fee,
    kind_of_loan,
    last_known,
    level,
    plans_open,
    rap_payment,
    rate,
    rules,
    standard,
    tiered_standard,
    tiered_years,
)
from knowledge.repayment.model import read

RULES_FILE = Path(repayment.__file__).parent / "plans.yml"
balances = st.integers(1, 300_000)
rates = st.decimals(0, 12, places=2)
incomes = st.integers(-20_000, 400_000)
dependents = st.integers(0, 12)


@pytest.mark.parametrize(
    ("agi", "children", "monthly"),
    [
        (30_000, 0, "50.00"),  # the four examples that the Department publishes
        (40_000, 0, "100.00"),
        (50_000, 0, "166.67"),
        (60_000, 0, "250.00"),
        (0, 0, "10"),
        (-4_000, 0, "10"),
        (10_000, 0, "10.00"),
        (10_001, 0, "10"),  # 1 percent is 8.33 a month
        (20_000, 0, "16.67"),
        (20_001, 0, "33.34"),  # 2 percent: 400.02 a year
        (100_000, 0, "750.00"),
        (100_001, 0, "833.34"),
        (250_000, 0, "2083.33"),
        (50_000, 2, "66.67"),
        (40_000, 2, "10"),
        (60_000, 5, "10"),
    ],
)
def test_rap_takes_the_percent_of_the_band_less_fifty_for_each_dependent(agi: int, children: int, monthly: str) -> None:
    assert rap_payment(agi, children) == Decimal(monthly)


@given(incomes, incomes, dependents)
def test_on_rap_nobody_pays_more_for_earning_less(one: int, other: int, children: int) -> None:
    low, high = sorted((one, other))
    assert rap_payment(low, children) <= rap_payment(high, children)


@given(incomes, dependents)
def test_on_rap_a_child_never_raises_the_payment_and_ten_dollars_is_the_least(agi: int, children: int) -> None:
    assert rap_payment(agi, children + 1) <= rap_payment(agi, children)
    assert rap_payment(agi, children) >= rules().rap.minimum


def test_rap_refuses_fewer_than_no_dependents() -> None:
    with pytest.raises(AnswerError, match="borrower_dependents"):
        rap_payment(30_000, -1)


@pytest.mark.parametrize(
    ("balance", "years"),
    [(1, 10), (24_999, 10), (25_000, 15), (49_999, 15), (50_000, 20), (99_999, 20), (100_000, 25), (900_000, 25)],
)
def test_the_tiers_begin_where_the_rule_says(balance: int, years: int) -> None:
    assert tiered_years(balance) == years


@pytest.mark.parametrize(
    ("balance", "percent", "monthly", "months"),
    [
        # monthly = balance x r / (1 - (1 + r)^-n), worked with a pocket calculator
        (5_500, "6.52", "62.51", 120),
        (20_000, "6.52", "227.30", 120),
        (27_000, "6.52", "235.50", 180),
        (60_000, "8.07", "504.48", 240),
        (120_000, "8.07", "931.75", 300),
        (12_000, "0", "100.00", 120),
        (3_000, "6.52", "50", 73),  # the least payment ends it sooner
        (40, "6.52", "50", 1),
    ],
)
def test_tiered_standard_is_the_level_payment_or_fifty(balance: int, percent: str, monthly: str, months: int) -> None:
    found = tiered_standard(balance, Decimal(percent))
    assert (found.monthly, found.months) == (Decimal(monthly), months)


def test_the_older_standard_plan_takes_ten_years_whatever_the_balance() -> None:
    assert standard(27_000, Decimal("6.52")).months == 120
    assert standard(27_000, Decimal("6.52")).monthly > tiered_standard(27_000, Decimal("6.52")).monthly


def test_a_single_payment_covers_the_month_of_interest_too() -> None:
    found = tiered_standard(40, Decimal("6.52"))
    assert found.total == Decimal("40.22")
    assert found.interest(40) == Decimal("0.22")


@given(balances, rates)
def test_every_plan_covers_the_interest_and_ends_on_time(balance: int, percent: Decimal) -> None:
    found = tiered_standard(balance, percent)
    assert found.monthly > balance * percent / 1200
    assert 0 < found.months <= tiered_years(balance) * 12
    assert found.total >= balance
    # A payment rounded to the cent leaves less than that cent a month for the last one.
    assert abs(found.total - found.monthly * found.months) <= found.monthly + found.months


@given(balances, rates, st.integers(1, 30))
def test_more_years_cost_less_a_month_and_more_in_all(balance: int, percent: Decimal, years: int) -> None:
    short, long = level(balance, percent, years), level(balance, percent, years + 5)
    assert long.monthly <= short.monthly
    assert long.total >= short.total - long.months * Decimal("0.01")


@given(balances, balances, rates)
def test_within_ten_years_owing_more_costs_more(one: int, other: int, percent: Decimal) -> None:
    low, high = sorted((one, other))
    assert standard(low, percent).monthly <= standard(high, percent).monthly


@pytest.mark.parametrize(("balance", "percent"), [(0, "6.52"), (-5, "6.52"), (5_000, "-1"), (5_000, "31")])
def test_what_is_no_balance_and_no_rate_is_refused_by_name(balance: int, percent: str) -> None:
    with pytest.raises(AnswerError, match=r"loan_balance|loan_rate"):
        tiered_standard(balance, Decimal(percent))


@pytest.mark.parametrize(
    ("year", "kind", "percent"),
    [
        ("2024-25", "undergraduate", "6.53"),
        ("2025-26", "undergraduate", "6.39"),
        ("2026-27", "undergraduate", "6.52"),
        ("2026-27", "graduate", "8.07"),
        ("2026-27", "plus", "9.07"),
        ("2025-26", "plus", "8.94"),
    ],
)
def test_each_year_has_its_own_rate(year: str, kind: LoanKind, percent: str) -> None:
    found = rate(year, kind)
    assert found is not None
    assert found.percent == Decimal(percent)
    assert found.source.url


def test_a_rate_that_has_not_been_set_is_not_known_and_the_last_known_one_says_its_year() -> None:
    assert rate("2027-28", "undergraduate") is None
    assert last_known("undergraduate").award_year == "2026-27"


def test_parents_pay_the_plus_rate_and_fee() -> None:
    assert kind_of_loan("parent", "first_year") == "plus"
    assert kind_of_loan("student", "professional") == "graduate"
    assert kind_of_loan("student", None) == "undergraduate"
    assert fee("plus").percent > fee("undergraduate").percent == fee("graduate").percent


def test_one_new_loan_leaves_two_plans_and_a_new_parent_loan_leaves_one() -> None:
    assert plans_open(parent=False, new=True).plans == ("rap", "tiered_standard")
    assert plans_open(parent=True, new=True).plans == ("tiered_standard",)


def test_older_loans_keep_ibr_and_parents_never_get_rap() -> None:
    earlier = plans_open(parent=False, new=False).plans
    assert {"ibr", "rap", "standard"} <= set(earlier)
    assert "tiered_standard" not in earlier
    assert "rap" not in plans_open(parent=True, new=False).plans


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        (("{below: 50000, years: 15}", "{below: 20000, years: 15}"), "tiered_standard"),
        (("{below: null, years: 25}", "{below: 200000, years: 25}"), "tiered_standard"),
        (("plans: [tiered_standard]", "plans: [save]"), "new_parent"),
        (("  source: [*definitions, *final_rule]\n", ""), "rap.source"),
    ],
)
def test_a_broken_rule_is_named(tmp_path: Path, broken: tuple[str, str], place: str) -> None:
    text = RULES_FILE.read_text(encoding="utf-8")
    assert broken[0] in text
    copy = tmp_path / "plans.yml"
    copy.write_text(text.replace(*broken, 1), encoding="utf-8")
    with pytest.raises(RepaymentRulesError, match=place):
        read(copy)
