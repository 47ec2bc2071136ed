"""What holds for every family, whatever its numbers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.award_years import AwardYear, available, load
from knowledge.sai import Assets, EstimateInputs, Family, Person, estimate
from tests.knowledge.sai.families import any_family, money, people, years


@given(any_family, years)
def test_every_family_gets_whole_numbers_within_the_limits_of_the_law(inputs: EstimateInputs, year: AwardYear) -> None:
    result = estimate(inputs, year)
    limits = year.student_aid_index
    assert limits.minimum <= result.sai <= limits.maximum
    assert all(type(value) is int for value in result.worksheet.values.values())
    assert [line.key for line in result.worksheet.lines] == list(result.worksheet.values)
    maximum = year.pell.award_amounts.maximum
    if maximum is None:
        assert result.pell in (None, 0)
    else:
        assert result.pell is not None
        assert result.pell_scheduled is not None
        assert 0 <= result.pell <= result.pell_scheduled <= maximum


@given(any_family, years, st.integers(1, 500_000), st.integers(0, 500_000))
def test_more_income_never_lowers_the_index(inputs: EstimateInputs, year: AwardYear, income: int, more: int) -> None:
    # Where the law is monotone: the Maximum Pell routes by income ask for an income above 0, see below.
    def with_income(amount: int) -> EstimateInputs:
        return replace(
            inputs,
            student=replace(inputs.student, filer_class="us_filer", agi=amount),
            parent=replace(inputs.parent or Person(), filer_class="us_filer", agi=amount),
            student_spouse=inputs.student_spouse and replace(inputs.student_spouse, agi=0),
            other_parent=inputs.other_parent and replace(inputs.other_parent, agi=0),
        )

    assert estimate(with_income(income + more), year).sai >= estimate(with_income(income), year).sai


def test_the_one_place_where_more_income_lowers_the_index_is_the_law_s_own() -> None:
    loss = EstimateInputs(
        family=Family("independent", family_size=1),
        student=Person("us_filer", "single", agi=0, untaxed_pensions=40_000),
    )
    gain = replace(loss, student=replace(loss.student, agi=1))
    year = load("2026-27")
    assert estimate(loss, year).max_pell_indicator == ""
    assert estimate(gain, year).max_pell_indicator == "3"
    assert estimate(gain, year).sai < estimate(loss, year).sai


@given(any_family, years, money)
def test_more_savings_never_lower_the_index(inputs: EstimateInputs, year: AwardYear, more: int) -> None:
    def plus(owned: Assets) -> Assets:
        return replace(owned, cash_savings=owned.cash_savings + more)

    saved = replace(inputs, student_assets=plus(inputs.student_assets), parent_assets=plus(inputs.parent_assets))
    assert estimate(saved, year).sai >= estimate(inputs, year).sai


@given(any_family, years, st.integers(1, 20), st.integers(1, 10))
def test_a_larger_family_never_raises_the_index(inputs: EstimateInputs, year: AwardYear, size: int, more: int) -> None:
    def of(family_size: int) -> int:
        return estimate(replace(inputs, family=replace(inputs.family, family_size=family_size)), year).sai

    assert of(size + more) <= of(size)


@given(any_family, people, years)
def test_it_does_not_matter_which_parent_comes_first(inputs: EstimateInputs, other: Person, year: AwardYear) -> None:
    parent = inputs.parent or Person()
    one_way = estimate(replace(inputs, parent=parent, other_parent=other), year)
    other_way = estimate(replace(inputs, parent=other, other_parent=parent), year)
    assert one_way.worksheet.values == other_way.worksheet.values
    assert one_way.values() == other_way.values()


@pytest.mark.parametrize("year", available())
@given(amount=st.integers(-50_000, 200_000))
def test_a_dollar_more_of_available_income_never_costs_more_than_a_dollar(year: str, amount: int) -> None:
    rules = load(year).assessment_of_adjusted_available_income
    assert 0 <= rules.contribution(amount + 1) - rules.contribution(amount) <= 1
