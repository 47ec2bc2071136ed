"""The shape of an award year's tables: frozen, typed, every section with its sources.

Dollars are whole US dollars (`int`), rates are exact decimals (0.0145 stands for 1.45 percent).
Sections of a file that only explain themselves in words are not part of the model.
"""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.award_years.rate import ExactRate

Confidence = Literal["verified_by_isir", "published", "single_source", "general_knowledge", "unknown"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Source(_Frozen):
    """Where a figure was read. `url` is None when the source has no stable address."""

    name: str
    url: str | None


class Section(_Frozen):
    """A part of the tables. `confidence` says how well its figures are known."""

    source: tuple[Source, ...] = Field(min_length=1)
    confidence: Confidence


class Form(Section):
    """The FAFSA of the year: `opened_to_everyone`, the day it became the default, the federal deadline."""

    opened_to_everyone: date
    default_from: date
    federal_deadline: date


class DependencyRules(Section):
    """`born_before`: born earlier than this day makes a student independent."""

    born_before: date
    homeless_on_or_after: date
    orphan_foster_or_ward_since_age: int


class PayrollTax(Section):
    medicare_rate: ExactRate
    medicare_additional_rate_above_threshold: ExactRate
    medicare_threshold: dict[str, int]
    oasdi_rate: ExactRate
    oasdi_wage_base_per_earner: int
    oasdi_wage_base_joint_return: int


class FlatAllowance(Section):
    amount: int


class MaritalAllowance(Section):
    unmarried: int
    married: int


class SizedAllowance(Section):
    """An income protection allowance by family size."""

    by_family_size: dict[int, int] = Field(min_length=1)
    each_additional_member: int

    def for_size(self, family_size: int) -> int:
        """Whole dollars. Sizes below the table take its first row, above it the extra amount."""
        smallest, largest = min(self.by_family_size), max(self.by_family_size)
        listed = min(max(family_size, smallest), largest)
        return self.by_family_size[listed] + self.each_additional_member * max(family_size - largest, 0)


class IncomeProtection(_Frozen):
    dependent_student: FlatAllowance
    parents_of_dependent_student: SizedAllowance
    independent_without_dependents: MaritalAllowance
    independent_with_dependents_married: SizedAllowance
    independent_with_dependents_unmarried: SizedAllowance


class EmploymentExpense(Section):
    rate_of_combined_earned_income: ExactRate
    maximum: int


class NetWorthBracket(_Frozen):
    up_to: int | None
    base: int
    rate_over_lower_bound: ExactRate
    lower_bound: int


class BusinessAndFarm(Section):
    """`excluded_from_assets` names the kinds of business or farm that are left out in this year."""

    brackets: tuple[NetWorthBracket, ...] = Field(min_length=1)
    excluded_from_assets: tuple[str, ...]

    def adjusted(self, net_worth: int) -> int:
        """The part of a business's or farm's net worth that counts, in whole dollars."""
        if net_worth < 1:
            return 0
        bracket = next(b for b in self.brackets if b.up_to is None or net_worth <= b.up_to)
        return bracket.base + bracket.rate_over_lower_bound.of(net_worth - bracket.lower_bound)

    @property
    def leaves_out_family_farm_and_small_business(self) -> bool:
        return bool(self.excluded_from_assets)


class AssetProtection(Section):
    amount_at_every_age: int


class AssetContribution(Section):
    parents_of_dependent_student_rate: ExactRate
    dependent_student_rate: ExactRate
    independent_without_dependents_rate: ExactRate
    independent_with_dependents_rate: ExactRate
    minimum: int


class AssessmentBracket(_Frozen):
    up_to: int | None
    base: int
    rate: ExactRate
    of_amount_over: int


class Assessment(Section):
    """The schedule that turns adjusted available income into a contribution."""

    minimum_income: int
    contribution_below_minimum_income: int
    brackets: tuple[AssessmentBracket, ...] = Field(min_length=1)

    def contribution(self, adjusted_available_income: int) -> int:
        """Whole dollars. It may be below zero."""
        if adjusted_available_income < self.minimum_income:
            return self.contribution_below_minimum_income
        bracket = next(b for b in self.brackets if b.up_to is None or adjusted_available_income <= b.up_to)
        return bracket.base + bracket.rate.of(adjusted_available_income - bracket.of_amount_over)


class IncomeAssessment(Section):
    dependent_student_rate: ExactRate
    dependent_student_minimum: int
    independent_without_dependents_rate: ExactRate


class Index(Section):
    minimum: int
    maximum: int
    max_pell_nonfiler: int


class AssetExemption(Section):
    agi_limit: int
    schedule_c_limit: int
    states_and_territories: tuple[str, ...]


class Rule(Section):
    """A rule without figures of its own."""


class PellAmounts(Section):
    """None when the Department has not published the amounts."""

    maximum: int | None
    minimum: int | None
    sai_at_or_above_which_no_pell: int | None


class PovertyGuideline(_Frozen):
    first_person: int
    each_additional_person: int

    def for_size(self, family_size: int) -> int:
        """Whole dollars a year for a family of that size."""
        return self.first_person + self.each_additional_person * max(family_size - 1, 0)


class PovertyGuidelines(Section):
    year: int
    contiguous_states_dc_and_all_other_places: PovertyGuideline
    alaska: PovertyGuideline
    hawaii: PovertyGuideline

    def for_state(self, state: str) -> PovertyGuideline:
        """The guideline of a two-letter state; any but AK and HI, or none, takes the contiguous one."""
        if state == "AK":
            return self.alaska
        return self.hawaii if state == "HI" else self.contiguous_states_dc_and_all_other_places


class PellPathways(Section):
    agi: Literal["combined_agi", "combined_agi_plus_foreign_earned_income_exclusion"]
    max_pell_percent: dict[str, int]
    min_pell_percent: dict[str, int]


class PellAward(Section):
    """`full_non_federal_grant_coverage` is None in years without that rule."""

    full_non_federal_grant_coverage: str | None


class Enrollment(Section):
    intensity_percent: dict[str, int]


class PellEligibility(Section):
    lifetime_limit_percent: int
    without_pell: tuple[str, ...]
    bachelors_degree_ends_eligibility: bool


class Pell(_Frozen):
    award_amounts: PellAmounts
    poverty_guidelines: PovertyGuidelines
    pathways: PellPathways
    award_calculation: PellAward
    enrollment: Enrollment
    eligibility: PellEligibility


class AwardYear(_Frozen):
    """What the federal formula and the Pell Grant need for one `award_year`, such as "2026-27"."""

    award_year: str
    award_year_start: date
    award_year_end: date
    income_tax_year: int
    fafsa_form: Form
    dependency: DependencyRules
    total_income: Rule
    income_tax_allowance: Rule
    payroll_tax_allowance: PayrollTax
    income_protection_allowance: IncomeProtection
    employment_expense_allowance: EmploymentExpense
    business_and_farm_adjusted_net_worth: BusinessAndFarm
    asset_protection_allowance: AssetProtection
    asset_contribution: AssetContribution
    assessment_of_adjusted_available_income: Assessment
    income_assessment: IncomeAssessment
    student_aid_index: Index
    asset_reporting_exemption: AssetExemption
    pell: Pell
