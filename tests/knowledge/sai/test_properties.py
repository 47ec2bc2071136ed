"""What holds for every family, whatever its numbers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.award_years import AwardYear, available, load
from knowledge.sai import Assets, EstimateInputs, Family, Person, Study, estimate
from knowledge.sai.inputs import MONEY_OF_A_PERSON

money = st.integers(0, 1_500_000)
years = st.sampled_from(available()).map(load)
people = st.builds(
    Person,
    filer_class=st.sampled_from(["us_filer", "foreign_filer", "nonfiler", ""]),
    filing_status=st.sampled_from(["single", "married_joint", "married_separate", "head_of_household"]),
    files_schedule_abdefh=st.booleans(),
    **dict.fromkeys(MONEY_OF_A_PERSON, money),
)
assets = st.builds(
    Assets,
    child_support_received=money,
    cash_savings=money,
    investments=money,
    business_farm=money,
    farm_lived_on=st.booleans(),
)
families = st.builds(
    Family,
    dependency=st.sampled_from(["dependent", "independent", "provisional"]),
    student_marital_status=st.sampled_from(["never_married", "married", "divorced"]),
    parent_marital_status=st.sampled_from(["married", "divorced", "unmarried_both_parents_together"]),
    family_size=st.one_of(st.none(), st.integers(1, 20)),
    state_for_poverty=st.sampled_from(["OH", "AK", "HI", "PW", ""]),
    means_tested_benefit=st.booleans(),
    eitc_received=st.booleans(),
)
studies = st.builds(
    Study,
    credits_enrolled=st.one_of(st.none(), st.integers(0, 30)),
    credits_full_time=st.one_of(st.none(), st.integers(1, 30)),
    cost_of_attendance=st.one_of(st.none(), money),
    other_grants=money,
    pell_lifetime_used=st.integers(0, 700),
)
inputs_of_a_family = st.builds(
    EstimateInputs,
    family=families,
    student=people,
    student_spouse=st.one_of(st.none(), people),
    parent=people,
    other_parent=st.one_of(st.none(), people),
    student_assets=assets,
    parent_assets=assets,
    study=studies,
)


@given(inputs_of_a_family, years)
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


@given(inputs_of_a_family, years, st.integers(1, 500_000), st.integers(0, 500_000))
def test_more_income_never_lowers_the_index(inputs: EstimateInputs, year: AwardYear, income: int, more: int) -> None:
    def with_income(amount: int) -> EstimateInputs:
        return replace(
            inputs,
            student=replace(inputs.student, filer_class="us_filer", agi=amount),
            parent=replace(inputs.parent or Person(), filer_class="us_filer", agi=amount),
        )

    assert estimate(with_income(income + more), year).sai >= estimate(with_income(income), year).sai


@given(inputs_of_a_family, years, money)
def test_more_savings_never_lower_the_index(inputs: EstimateInputs, year: AwardYear, more: int) -> None:
    def plus(owned: Assets) -> Assets:
        return replace(owned, cash_savings=owned.cash_savings + more)

    saved = replace(inputs, student_assets=plus(inputs.student_assets), parent_assets=plus(inputs.parent_assets))
    assert estimate(saved, year).sai >= estimate(inputs, year).sai


@given(inputs_of_a_family, years, st.integers(1, 20), st.integers(1, 10))
def test_a_larger_family_never_raises_the_index(inputs: EstimateInputs, year: AwardYear, size: int, more: int) -> None:
    def of(family_size: int) -> int:
        return estimate(replace(inputs, family=replace(inputs.family, family_size=family_size)), year).sai

    assert of(size + more) <= of(size)


@given(inputs_of_a_family, people, years)
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
