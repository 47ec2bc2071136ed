"""What a family can count on when Aidline works out an estimate."""

from dataclasses import replace

import pytest

from knowledge.award_years import available, load
from knowledge.award_years.rate import Rate
from knowledge.sai import Assets, EstimateInputs, Family, Person, Study, estimate

ALONE = EstimateInputs(
    family=Family("independent", family_size=1, state_for_poverty="GA"),
    student=Person("us_filer", "single", agi=38_420, earned_income=38_420, income_tax_paid=2_626),
    study=Study(cost_of_attendance=24_800),
)
WITH_PARENTS = EstimateInputs(
    family=Family("dependent", parent_marital_status="married", family_size=4, state_for_poverty="OH"),
    student=Person("nonfiler"),
    parent=Person("us_filer", "married_joint", agi=90_000, earned_income=90_000, income_tax_paid=5_000),
    other_parent=Person("us_filer", "married_joint"),
)
MOTHER_OF_TWO = EstimateInputs(
    family=Family("independent", student_marital_status="divorced", family_size=3, state_for_poverty="TX"),
    student=Person("us_filer", "head_of_household", agi=50_000, earned_income=50_000),
)


@pytest.mark.parametrize(("amount", "expected"), [(1, 1), (-1, -1), (3, 2), (-3, -2)])
def test_half_a_dollar_goes_away_from_zero(amount: int, expected: int) -> None:
    assert Rate("0.5").of(amount) == expected


def test_the_index_of_a_student_alone_can_be_followed_by_hand() -> None:
    result = estimate(ALONE, load("2026-27"))
    # 38,420 less tax 2,626, payroll tax 557 + 2,382 and 18,310 leaves 14,545; half of it is 7,272.50.
    assert result.worksheet.value("student_total_allowances") == 2_626 + 2_939 + 18_310
    assert result.sai == 7_273
    assert result.need == 24_800 - 7_273
    assert (result.min_pell_indicator, result.pell) == ("5", 740)


def test_someone_who_files_no_return_gets_the_lowest_index_and_the_maximum_grant() -> None:
    result = estimate(replace(ALONE, student=Person("nonfiler")), load("2026-27"))
    assert (result.sai, result.max_pell_indicator, result.pell) == (-1_500, "1", 7_395)
    assert "max_pell_nobody_files" in result.notes


def test_one_parent_who_files_is_enough_to_end_the_nonfiler_rule() -> None:
    result = estimate(replace(WITH_PARENTS, other_parent=Person("nonfiler")), load("2026-27"))
    assert result.max_pell_indicator != "1"


def test_a_student_with_no_income_lowers_the_index_in_2024_25_only() -> None:
    contributions = {
        year: estimate(WITH_PARENTS, load(year)).worksheet.value("student_contribution_from_income")
        for year in available()
    }
    assert contributions == {"2024-25": -1_500, "2025-26": 0, "2026-27": 0, "2027-28": 0}


def test_a_farm_the_family_lives_on_counts_until_2025_26_and_not_after() -> None:
    farm = Assets(business_farm=640_000, farm_lived_on=True)
    worth = {
        year: estimate(replace(WITH_PARENTS, parent_assets=farm), load(year)).worksheet.value("parent_net_worth")
        for year in available()
    }
    # 2025-26: 238,000 + 60 percent of 130,000.
    assert worth["2025-26"] == 316_000
    assert worth["2026-27"] == worth["2027-28"] == 0


def test_a_large_business_still_counts_after_2025_26() -> None:
    inputs = replace(WITH_PARENTS, parent_assets=Assets(business_farm=100_000))
    result = estimate(inputs, load("2026-27"))
    assert result.worksheet.value("parent_net_worth") == 40_000
    assert "family_farm_or_small_business_left_out" not in result.notes


def test_assets_do_not_count_below_the_income_limit_on_a_simple_return_and_do_at_it() -> None:
    savings = replace(WITH_PARENTS, parent_assets=Assets(cash_savings=100_000))
    year = load("2025-26")
    below = replace(savings, parent=replace(WITH_PARENTS.parent or Person(), agi=59_999))
    at_limit = replace(savings, parent=replace(WITH_PARENTS.parent or Person(), agi=60_000))
    assert not estimate(below, year).assets_counted
    assert estimate(at_limit, year).assets_counted


def test_a_benefit_such_as_snap_excuses_a_family_from_assets_at_any_income() -> None:
    rich = replace(WITH_PARENTS, parent_assets=Assets(investments=500_000))
    with_benefit = replace(rich, family=replace(rich.family, means_tested_benefit=True))
    year = load("2026-27")
    assert estimate(with_benefit, year).sai < estimate(rich, year).sai
    assert "means_tested_benefit" in estimate(with_benefit, year).notes


def test_a_foreign_income_exclusion_adds_to_income_whatever_its_sign() -> None:
    def total_income(exclusion: int) -> int | None:
        student = replace(ALONE.student, foreign_income_exclusion=exclusion)
        return estimate(replace(ALONE, student=student), load("2025-26")).worksheet.value("student_total_income")

    assert total_income(-480) == total_income(480) == 38_900


def test_only_what_was_not_rolled_over_of_a_pension_counts() -> None:
    student = replace(ALONE.student, untaxed_pensions=5_000, pension_rollover=8_000)
    result = estimate(replace(ALONE, student=student), load("2026-27"))
    assert result.worksheet.value("student_income_additions") == 0


def test_a_parent_who_filed_as_single_is_not_a_single_parent_for_pell() -> None:
    year = load("2026-27")
    filed_single = replace(MOTHER_OF_TWO, student=replace(MOTHER_OF_TWO.student, filing_status="single"))
    with_credit = replace(filed_single, family=replace(filed_single.family, eitc_received=True))
    # 50,000 lies between 175 and 225 percent of 25,820.
    assert estimate(MOTHER_OF_TWO, year).max_pell_indicator == "2"
    assert estimate(filed_single, year).max_pell_indicator == ""
    assert estimate(with_credit, year).max_pell_indicator == "2"


def test_poverty_is_measured_where_the_family_lives() -> None:
    family = replace(ALONE.family, state_for_poverty="AK")
    income = replace(ALONE.student, agi=30_000)
    year = load("2026-27")
    # 175 percent of one person's guideline: 26,355 in most places, 32,917.50 in Alaska.
    assert estimate(replace(ALONE, student=income), year).max_pell_indicator == ""
    assert estimate(replace(ALONE, student=income, family=family), year).max_pell_indicator == "3"


def test_no_pell_amount_is_ever_taken_from_another_year() -> None:
    result = estimate(ALONE, load("2027-28"))
    assert (result.pell, result.pell_scheduled, result.min_pell_indicator) == (None, None, None)
    assert "pell_amounts_not_published" in result.notes


def test_what_needs_no_published_amount_is_said_for_2027_28_too() -> None:
    year = load("2027-28")
    assert estimate(replace(ALONE, student=Person("nonfiler")), year).min_pell_indicator == ""
    assert estimate(replace(ALONE, study=Study(grade_level="graduate")), year).pell == 0


def test_from_2026_27_an_index_of_twice_the_maximum_ends_pell() -> None:
    # A large family under 275 percent of the guideline whose savings lift the index.
    inputs = replace(
        WITH_PARENTS,
        family=replace(WITH_PARENTS.family, family_size=6),
        parent_assets=Assets(cash_savings=400_000),
    )
    before, after = estimate(inputs, load("2025-26")), estimate(inputs, load("2026-27"))
    assert (before.pell, before.min_pell_indicator) == (740, "2")
    assert (after.pell, after.min_pell_indicator) == (0, "")
    assert "no_pell_sai_at_twice_the_maximum" in after.notes


def test_income_earned_abroad_counts_for_the_pell_routes_from_2026_27() -> None:
    abroad = replace(ALONE, student=Person("us_filer", "single", agi=10_000, foreign_income_exclusion=60_000))
    assert estimate(abroad, load("2025-26")).max_pell_indicator == "3"
    assert estimate(abroad, load("2026-27")).max_pell_indicator == ""


def test_someone_near_the_lifetime_limit_is_told_so() -> None:
    near = replace(ALONE, student=Person("nonfiler"), study=Study(pell_lifetime_used=550))
    far = replace(near, study=Study(pell_lifetime_used=100))
    assert "pell_limited_by_lifetime_limit" in estimate(near, load("2026-27")).notes
    assert "pell_limited_by_lifetime_limit" not in estimate(far, load("2026-27")).notes


@pytest.mark.parametrize(
    ("study", "expected"),
    [
        (Study(credits_enrolled=9, credits_full_time=12), 5_546),
        (Study(credits_enrolled=7, credits_full_time=12), 4_289),
        (Study(credits_enrolled=15, credits_full_time=12), 7_395),
        (Study(enrollment="half_time"), 3_698),
        (Study(pell_lifetime_used=550), 3_698),
        (Study(pell_lifetime_used=600), 0),
        (Study(has_bachelors_degree=True), 0),
        (Study(cost_of_attendance=4_000), 4_000),
        (Study(cost_of_attendance=9_000, other_grants=9_000), 0),
        (Study(cost_of_attendance=9_000, other_grants=8_999), 7_395),
    ],
)
def test_the_grant_follows_credits_cost_other_grants_and_the_lifetime_limit(study: Study, expected: int) -> None:
    lowest_income = replace(ALONE, student=Person("nonfiler"), study=study)
    assert estimate(lowest_income, load("2026-27")).pell == expected


def test_grants_that_cover_the_cost_did_not_end_pell_before_2026_27() -> None:
    covered = replace(ALONE, student=Person("nonfiler"), study=Study(cost_of_attendance=9_000, other_grants=9_000))
    assert estimate(covered, load("2025-26")).pell == 7_395


def test_savings_of_parents_outside_the_states_count_unless_the_irs_has_their_return() -> None:
    def counted(source: str) -> bool:
        inputs = replace(
            WITH_PARENTS,
            family=replace(WITH_PARENTS.family, state_for_poverty="PW"),
            parent=Person("us_filer", "single", source, agi=20_000),
            other_parent=None,
        )
        return estimate(inputs, load("2025-26")).assets_counted

    assert counted("self_reported")
    assert not counted("fti")


def test_every_line_of_a_worksheet_explains_itself_in_both_languages_and_names_a_source() -> None:
    for inputs in (ALONE, WITH_PARENTS, MOTHER_OF_TWO):
        for line in estimate(inputs, load("2026-27")).worksheet.lines:
            assert line.name_en != line.name_es
            for text in (line.rule_en, line.rule_es, line.explain_en, line.explain_es):
                assert text.endswith(".")
                assert "{" not in text
            assert line.amount in line.explain_en
            assert line.amount in line.explain_es
            assert line.source_name


def test_the_allowances_shown_add_up_to_their_total() -> None:
    sheet = estimate(WITH_PARENTS, load("2026-27")).worksheet
    parts = ("parent_income_tax", "parent_payroll_tax_allowance", "parent_ipa", "parent_eea")
    assert sum(sheet.value(part) or 0 for part in parts) == sheet.value("parent_total_allowances")
