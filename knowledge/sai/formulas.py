"""Formulas A, B and C (20 U.S.C. 1087oo, 1087pp, 1087qq): the worksheet values of one family.

Each function gives whole dollars by line key, in the order they are worked out; None where a line does not
apply.
"""

from collections.abc import Sequence

from knowledge.award_years.model import Assessment, AwardYear
from knowledge.sai.arithmetic import share
from knowledge.sai.income import additions, agi, employment_expense, income_tax, offsets, payroll_tax
from knowledge.sai.inputs import EstimateInputs, Person
from knowledge.sai.wealth import net_worth

Values = dict[str, int | None]


def calculate(inputs: EstimateInputs, year: AwardYear, *, assets_count: bool) -> Values:
    """The worksheet by the family's formula, ending with "calculated_sai"."""
    if inputs.formula == "A":
        return _dependent(inputs, year, assets_count=assets_count)
    return _independent(inputs, year, assets_count=assets_count)


def assess(adjusted_available_income: int, rules: Assessment) -> int:
    """The contribution by the schedule of the year. It may be below zero."""
    if adjusted_available_income < rules.minimum_income:
        return rules.contribution_below_minimum_income
    bracket = next(b for b in rules.brackets if b.up_to is None or adjusted_available_income <= b.up_to)
    return bracket.base + share(bracket.rate, adjusted_available_income - bracket.of_amount_over)


def _dependent(inputs: EstimateInputs, year: AwardYear, *, assets_count: bool) -> Values:
    protection, assets = year.income_protection_allowance, year.asset_contribution
    protected_worth = year.asset_protection_allowance.amount_at_every_age
    parents, parents_income = _available_income(
        "parent",
        inputs.parents,
        year,
        {
            "parent_ipa": protection.parents_of_dependent_student.for_size(inputs.family_size),
            "parent_eea": employment_expense(inputs.parents, year),
        },
    )
    parents_worth = net_worth(inputs.parent_assets, year, with_child_support=True) if assets_count else 0
    from_parents_assets = max(
        share(assets.parents_of_dependent_student_rate, parents_worth - protected_worth), assets.minimum
    )
    adjusted = parents_income + from_parents_assets
    parents_contribution = assess(adjusted, year.assessment_of_adjusted_available_income)

    student, income = _available_income(
        "student",
        inputs.students,
        year,
        {
            "student_ipa": protection.dependent_student.amount,
            "student_allowance_for_parents_negative_aai": max(-adjusted, 0),
        },
    )
    rules = year.income_assessment
    from_income = max(share(rules.dependent_student_rate, income), rules.dependent_student_minimum)
    worth = net_worth(inputs.student_assets, year, with_child_support=False) if assets_count else 0
    from_assets = max(share(assets.dependent_student_rate, worth), assets.minimum)
    return {
        **parents,
        "parent_net_worth": parents_worth if assets_count else None,
        "parent_contribution_from_assets": from_parents_assets if assets_count else None,
        "parent_adjusted_available_income": adjusted,
        "parent_contribution": parents_contribution,
        **student,
        "student_contribution_from_income": from_income,
        "student_net_worth": worth if assets_count else None,
        "student_contribution_from_assets": from_assets if assets_count else None,
        "calculated_sai": _within_limits(parents_contribution + from_income + from_assets, year),
    }


def _independent(inputs: EstimateInputs, year: AwardYear, *, assets_count: bool) -> Values:
    assets = year.asset_contribution
    with_dependents = inputs.formula == "C"
    works = with_dependents or inputs.deciding_pair
    student, available = _available_income(
        "student",
        inputs.students,
        year,
        {
            "student_ipa": _independent_ipa(inputs, year),
            "student_eea": employment_expense(inputs.students, year) if works else None,
        },
    )
    rate = assets.independent_with_dependents_rate if with_dependents else assets.independent_without_dependents_rate
    worth = net_worth(inputs.student_assets, year, with_child_support=True) if assets_count else 0
    protected_worth = year.asset_protection_allowance.amount_at_every_age
    from_assets = max(share(rate, worth - protected_worth), assets.minimum)
    asset_lines: Values = {
        "student_net_worth": worth if assets_count else None,
        "student_contribution_from_assets": from_assets if assets_count else None,
    }
    if with_dependents:
        adjusted = available + from_assets
        contribution = assess(adjusted, year.assessment_of_adjusted_available_income)
        return {
            **student,
            **asset_lines,
            "student_adjusted_available_income": adjusted,
            "student_contribution_from_aai": contribution,
            "calculated_sai": _within_limits(contribution, year),
        }
    from_income = share(year.income_assessment.independent_without_dependents_rate, available)
    return {
        **student,
        "student_contribution_from_income": from_income,
        **asset_lines,
        "calculated_sai": _within_limits(from_income + from_assets, year),
    }


def _independent_ipa(inputs: EstimateInputs, year: AwardYear) -> int:
    protection, couple = year.income_protection_allowance, inputs.deciding_pair
    if inputs.formula == "B":
        alone_or_couple = protection.independent_without_dependents
        return alone_or_couple.married if couple else alone_or_couple.unmarried
    by_size = (
        protection.independent_with_dependents_married if couple else protection.independent_with_dependents_unmarried
    )
    return by_size.for_size(inputs.family_size)


def _available_income(who: str, people: Sequence[Person], year: AwardYear, allowances: Values) -> tuple[Values, int]:
    """The lines from income to available income; `allowances` are those besides the two taxes."""
    gross, added, taken_off = agi(people), additions(people), offsets(people)
    total_income = gross + added - taken_off
    protected: Values = {
        f"{who}_income_tax": income_tax(people),
        f"{who}_payroll_tax_allowance": payroll_tax(people, year.payroll_tax_allowance),
        **allowances,
    }
    total = sum(amount or 0 for amount in protected.values())
    lines: Values = {
        f"{who}_agi": gross,
        f"{who}_income_additions": added,
        f"{who}_income_offsets": taken_off,
        f"{who}_total_income": total_income,
        **protected,
        f"{who}_total_allowances": total,
        f"{who}_available_income": total_income - total,
    }
    return lines, total_income - total


def _within_limits(contributions: int, year: AwardYear) -> int:
    limits = year.student_aid_index
    return min(max(contributions, limits.minimum), limits.maximum)
