"""What the federal formula needs to know about a family.

Amounts are whole US dollars for one year, as on the tax return the award year asks for; assets are net worth
on the day of filing. Names and codes are those of the questions people answer.
"""

from dataclasses import dataclass, field, fields
from typing import Literal

FilerClass = Literal["", "us_filer", "us_territory_filer", "foreign_filer", "foreign_nonfiler", "nonfiler"]
FilingStatus = Literal[
    "",
    "single",
    "married_joint",
    "married_separate",
    "head_of_household",
    "qualifying_surviving_spouse",
]
StudentMaritalStatus = Literal["", "never_married", "married", "remarried", "separated", "divorced", "widowed"]
ParentMaritalStatus = Literal[
    "",
    "never_married",
    "married",
    "remarried",
    "separated",
    "divorced",
    "widowed",
    "unmarried_both_parents_together",
]
DependencyStatus = Literal["dependent", "independent", "provisional"]
Formula = Literal["A", "B", "C"]
EnrollmentLevel = Literal["full_time", "three_quarter", "half_time", "less_than_half"]
GradeLevel = Literal["", "first_year", "second_year", "third_year_or_later", "graduate", "professional"]

TWO_PEOPLE = frozenset({"married", "remarried", "unmarried_both_parents_together"})


@dataclass(frozen=True, slots=True)
class Person:
    """One student, spouse or parent.

    `filer_class` "" means it is not known how the person files; "nonfiler" means no return anywhere, so
    amounts of a return that are still given count as zero. On a joint return the return's amounts stand on
    the first person, `earned_income` is each person's own. `income_source` ("fti", "mixed", "self_reported",
    "" not known) matters only for parents living outside the US states and territories.
    """

    filer_class: FilerClass = ""
    filing_status: FilingStatus = ""
    income_source: str = ""
    files_schedule_abdefh: bool = False
    agi: int = 0
    ira_deductions: int = 0
    tax_exempt_interest: int = 0
    untaxed_ira_distributions: int = 0
    ira_rollover: int = 0
    untaxed_pensions: int = 0
    pension_rollover: int = 0
    foreign_income_exclusion: int = 0
    taxable_grants: int = 0
    education_credits: int = 0
    work_study: int = 0
    earned_income: int = 0
    income_tax_paid: int = 0
    schedule_c: int = 0


MONEY_OF_A_PERSON = tuple(entry.name for entry in fields(Person) if entry.type is int)

OWN_ON_A_JOINT_RETURN = ("earned_income", "work_study")
"""What is each person's own on a joint return; every other amount stands on the first person."""


@dataclass(frozen=True, slots=True)
class Assets:
    """Net worth today. A farm lived on or a small family business counts in years without that exclusion."""

    child_support_received: int = 0
    cash_savings: int = 0
    investments: int = 0
    business_farm: int = 0
    farm_lived_on: bool = False
    business_family_owned_small: bool = False


MONEY_OF_ASSETS = tuple(entry.name for entry in fields(Assets) if entry.type is int)


@dataclass(frozen=True, slots=True)
class Family:
    """Who counts. `family_size` None takes the smallest size that fits the marital status.

    `state_for_poverty` is the parents' state for a dependent student, else the student's (two letters).
    `means_tested_benefit` is any of the federal benefits that excuse a family from reporting assets;
    `eitc_received` is the earned income tax credit on the tax return the award year asks for.
    """

    dependency: DependencyStatus
    student_marital_status: StudentMaritalStatus = "never_married"
    parent_marital_status: ParentMaritalStatus = ""
    family_size: int | None = None
    state_for_poverty: str = ""
    means_tested_benefit: bool = False
    eitc_received: bool = False


@dataclass(frozen=True, slots=True)
class Study:
    """What the Pell Grant depends on besides the family. Costs and grants are for one year.

    `credits_enrolled` and `credits_full_time` (per term) win over `enrollment` when both are given.
    `pell_lifetime_used` is in percent of one year's award.
    """

    enrollment: EnrollmentLevel = "full_time"
    credits_enrolled: int | None = None
    credits_full_time: int | None = None
    cost_of_attendance: int | None = None
    other_grants: int = 0
    grade_level: GradeLevel = ""
    has_bachelors_degree: bool = False
    pell_lifetime_used: int = 0


@dataclass(frozen=True, slots=True)
class EstimateInputs:
    """What an estimate is made from. `parent` and `other_parent` count for dependent students only."""

    family: Family
    student: Person
    student_spouse: Person | None = None
    parent: Person | None = None
    other_parent: Person | None = None
    student_assets: Assets = field(default_factory=Assets)
    parent_assets: Assets = field(default_factory=Assets)
    study: Study = field(default_factory=Study)

    @property
    def is_dependent(self) -> bool:
        return self.family.dependency == "dependent"

    @property
    def students(self) -> tuple[Person, ...]:
        """The student, then the spouse if the student is independent and there is one."""
        if self.is_dependent or self.student_spouse is None:
            return (self.student,)
        return (self.student, self.student_spouse)

    @property
    def parents(self) -> tuple[Person, ...]:
        """The parents whose finances count: none for an independent student."""
        if not self.is_dependent:
            return ()
        return tuple(person for person in (self.parent, self.other_parent) if person is not None)

    @property
    def deciding_people(self) -> tuple[Person, ...]:
        """Whose income decides about assets and Pell: the parents, or the student and spouse."""
        return self.parents if self.is_dependent else self.students

    @property
    def deciding_pair(self) -> bool:
        """Whether the deciding people are a couple."""
        family = self.family
        return (family.parent_marital_status if self.is_dependent else family.student_marital_status) in TWO_PEOPLE

    @property
    def family_size(self) -> int:
        """The family size given, or the smallest that fits the marital status."""
        if self.family.family_size is not None:
            return self.family.family_size
        return 1 + self.is_dependent + self.deciding_pair

    @property
    def formula(self) -> Formula:
        """A dependent, B independent, C independent with dependents (20 U.S.C. 1087oo-qq)."""
        if self.is_dependent:
            return "A"
        return "C" if self.family_size > 1 + self.deciding_pair else "B"
