"""Formulas A, B and C of the Student Aid Index, each from its first line to its last.

Every amount is written down on a sheet under the key of its worksheet line. The tables of the award year hold every
figure; how each line is rounded is in `Rate.of`.
"""

from knowledge.award_years.model import AwardYear
from knowledge.sai.income import employment_expense, filers, taxes, total_income
from knowledge.sai.inputs import EstimateInputs
from knowledge.sai.sheet import Sheet
from knowledge.sai.wealth import asset_contribution


def formula_a(sheet: Sheet, family: EstimateInputs, year: AwardYear, *, assets_count: bool) -> int:
    """Dependent students (20 U.S.C. 1087oo): the parents' contribution, then the student's."""
    protection, rates = year.income_protection_allowance, year.asset_contribution
    parents, student = filers(family.parents), filers(family.students)

    income = total_income(sheet, "parent", parents)
    allowances = (
        taxes(sheet, "parent", parents, year)
        + sheet.line("parent_ipa", protection.parents_of_dependent_student.for_size(family.family_size))
        + sheet.line("parent_eea", employment_expense(parents, year))
    )
    sheet.line("parent_total_allowances", allowances)
    available = sheet.line("parent_available_income", income - allowances)
    from_assets = (
        asset_contribution(sheet, "parent", family.parent_assets, year, rates.parents_of_dependent_student_rate)
        if assets_count else 0
    )  # fmt: skip
    adjusted = sheet.line("parent_adjusted_available_income", available + from_assets)
    schedule = year.assessment_of_adjusted_available_income
    parents_contribution = sheet.line("parent_contribution", schedule.contribution(adjusted))

    income = total_income(sheet, "student", student)
    allowances = (
        taxes(sheet, "student", student, year)
        + sheet.line("student_ipa", protection.dependent_student.amount)
        + sheet.line("student_allowance_for_parents_negative_aai", max(-adjusted, 0))
    )
    sheet.line("student_total_allowances", allowances)
    available = sheet.line("student_available_income", income - allowances)
    share = year.income_assessment.dependent_student_rate.of(available)
    from_income = sheet.line(
        "student_contribution_from_income", max(share, year.income_assessment.dependent_student_minimum)
    )
    from_assets = (
        asset_contribution(
            sheet, "student", family.student_assets, year, rates.dependent_student_rate, with_child_support=False
        )
        if assets_count else 0
    )  # fmt: skip

    return sheet.line("calculated_sai", _within_limits(parents_contribution + from_income + from_assets, year))


def formula_b(sheet: Sheet, family: EstimateInputs, year: AwardYear, *, assets_count: bool) -> int:
    """Independent students without dependents other than a spouse (20 U.S.C. 1087pp)."""
    student = filers(family.students)
    married = family.deciding_pair
    protection = year.income_protection_allowance.independent_without_dependents

    income = total_income(sheet, "student", student)
    allowances = taxes(sheet, "student", student, year) + sheet.line(
        "student_ipa", protection.married if married else protection.unmarried
    )
    if married:
        allowances += sheet.line("student_eea", employment_expense(student, year))
    sheet.line("student_total_allowances", allowances)
    available = sheet.line("student_available_income", income - allowances)
    # Unlike a dependent student's, this share may be below zero.
    from_income = sheet.line(
        "student_contribution_from_income",
        year.income_assessment.independent_without_dependents_rate.of(available),
    )
    rate = year.asset_contribution.independent_without_dependents_rate
    from_assets = asset_contribution(sheet, "student", family.student_assets, year, rate) if assets_count else 0

    return sheet.line("calculated_sai", _within_limits(from_income + from_assets, year))


def formula_c(sheet: Sheet, family: EstimateInputs, year: AwardYear, *, assets_count: bool) -> int:
    """Independent students with dependents other than a spouse (20 U.S.C. 1087qq)."""
    student = filers(family.students)
    protection = year.income_protection_allowance
    by_size = (
        protection.independent_with_dependents_married
        if family.deciding_pair else protection.independent_with_dependents_unmarried
    )  # fmt: skip

    income = total_income(sheet, "student", student)
    allowances = (
        taxes(sheet, "student", student, year)
        + sheet.line("student_ipa", by_size.for_size(family.family_size))
        + sheet.line("student_eea", employment_expense(student, year))
    )
    sheet.line("student_total_allowances", allowances)
    available = sheet.line("student_available_income", income - allowances)
    rate = year.asset_contribution.independent_with_dependents_rate
    from_assets = asset_contribution(sheet, "student", family.student_assets, year, rate) if assets_count else 0
    adjusted = sheet.line("student_adjusted_available_income", available + from_assets)
    contribution = sheet.line(
        "student_contribution_from_aai", year.assessment_of_adjusted_available_income.contribution(adjusted)
    )

    return sheet.line("calculated_sai", _within_limits(contribution, year))


FORMULAS = {"A": formula_a, "B": formula_b, "C": formula_c}


def _within_limits(index: int, year: AwardYear) -> int:
    limits = year.student_aid_index
    return min(max(index, limits.minimum), limits.maximum)
