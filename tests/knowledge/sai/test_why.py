"""Why an estimate came out as it did, in words."""

import re
from dataclasses import replace

import pytest
from hypothesis import given

from knowledge.award_years import AwardYear, load
from knowledge.sai import Assets, Estimate, EstimateInputs, Family, Person, Study, estimate
from knowledge.sai.why import why
from tests.knowledge.sai.families import any_family, years

COUPLE = EstimateInputs(
    family=Family("dependent", parent_marital_status="married", family_size=4, state_for_poverty="OH"),
    student=Person("us_filer", "single", agi=20_000, earned_income=20_000),
    parent=Person("us_filer", "married_joint", agi=90_000, earned_income=90_000, income_tax_paid=5_000),
    parent_assets=Assets(cash_savings=40_000),
)


def told(inputs: EstimateInputs, year: str = "2026-27", language: str = "en") -> str:
    return " ".join(why(estimate(inputs, load(year)), "es" if language == "es" else "en"))


def amounts(text: str) -> list[str]:
    return sorted(re.findall(r"-?\$?\d[\d,]*%?", text))


def can_be_said(found: Estimate) -> set[int]:
    year, value = found.worksheet.year, found.worksheet.value
    own = (value("student_contribution_from_income") or 0) + (value("student_contribution_from_assets") or 0)
    amounts = year.pell.award_amounts
    return {
        *map(abs, found.worksheet.values.values()), abs(own), found.worksheet.inputs.family_size,
        year.asset_reporting_exemption.agi_limit, amounts.maximum or 0, amounts.minimum or 0,
        abs(year.student_aid_index.minimum), *map(int, year.award_year.split("-")), 2026, 27, 5,
        *year.pell.pathways.max_pell_percent.values(), int(100 * year.income_assessment.dependent_student_rate),
    }  # fmt: skip


@given(any_family, years)
def test_every_number_told_was_computed_or_stands_in_the_tables(inputs: EstimateInputs, year: AwardYear) -> None:
    found = estimate(inputs, year)
    for language in ("en", "es"):
        story = " ".join(why(found, "es" if language == "es" else "en"))
        numbers = {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?<=\d)", story)}
        assert numbers <= can_be_said(found)


@given(any_family, years)
def test_both_languages_tell_the_same_amounts_and_the_index_is_among_them(
    inputs: EstimateInputs, year: AwardYear
) -> None:
    found = estimate(inputs, year)
    english, spanish = (" ".join(why(found, language)) for language in ("en", "es"))
    assert amounts(english) == amounts(spanish)
    assert f"{found.sai:,}" in english


def test_the_story_goes_from_the_income_to_the_grant() -> None:
    story = told(COUPLE)
    parts = ["$90,000", "$61,765", "$28,235", "savings and other assets add $4,800", "your parents' share", "index"]
    places = [story.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("inputs", "year", "said"),
    [
        (replace(COUPLE, parent=Person("nonfiler")), "2026-27", "Nobody whose income counts files a tax return."),
        (COUPLE, "2027-28", "The Pell Grant amounts for 2027-28 are not published yet"),
        (replace(COUPLE, study=Study(grade_level="graduate")), "2026-27", "Pell Grants are not for graduate study."),
        (replace(COUPLE, family=replace(COUPLE.family, means_tested_benefit=True)), "2026-27",
         "do not count, because of a federal benefit"),
        (replace(COUPLE, family=replace(COUPLE.family, family_size=9)), "2026-27",
         "$90,000 is not above $101,675, which is 175% of the poverty guideline for a family of 9"),
        (replace(COUPLE, study=Study(enrollment="half_time"), parent_assets=Assets(), student=Person("nonfiler")),
         "2026-27", "At 50% of full-time study it comes to $478."),
    ],
)  # fmt: skip
def test_what_decides_in_a_special_case_is_said(inputs: EstimateInputs, year: str, said: str) -> None:
    assert said in told(inputs, year)


def test_a_dependent_student_with_no_income_hears_why_it_lowers_the_index_of_2024_25() -> None:
    assert "lowers the index by $1,500" in told(replace(COUPLE, student=Person("nonfiler")), "2024-25")
