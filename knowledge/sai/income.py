"""Total income and the allowances against it."""

from collections.abc import Iterable, Sequence

from knowledge.award_years.model import AwardYear, PayrollTax
from knowledge.sai.arithmetic import share, whole
from knowledge.sai.inputs import Person


def reports(person: Person) -> bool:
    """Whether the person's return lines count: a nonfiler has no return, so its lines are ignored."""
    return person.filer_class != "nonfiler"


def agi(people: Iterable[Person]) -> int:
    """Combined adjusted gross income."""
    return sum(person.agi for person in people if reports(person))


def foreign_exclusion(people: Iterable[Person]) -> int:
    """Combined foreign earned income exclusion, always as a positive amount."""
    return sum(abs(person.foreign_income_exclusion) for person in people if reports(person))


def additions(people: Iterable[Person]) -> int:
    """What is added to adjusted gross income. Of a distribution only what was not rolled over counts."""
    return sum(
        person.ira_deductions
        + person.tax_exempt_interest
        + max(person.untaxed_ira_distributions - person.ira_rollover, 0)
        + max(person.untaxed_pensions - person.pension_rollover, 0)
        + abs(person.foreign_income_exclusion)
        for person in people
        if reports(person)
    )


def offsets(people: Iterable[Person]) -> int:
    """What is taken off: taxable grants, education credits, federal work-study."""
    return sum(
        person.taxable_grants + person.education_credits + person.work_study for person in people if reports(person)
    )


def income_tax(people: Iterable[Person]) -> int:
    """Federal income tax paid, never below zero. State and local tax is no allowance."""
    return max(sum(person.income_tax_paid for person in people if reports(person)), 0)


def earnings(people: Iterable[Person]) -> tuple[int, ...]:
    """Earned income of each person who files; a loss counts as zero."""
    return tuple(max(person.earned_income, 0) for person in people if reports(person))


def payroll_tax(people: Sequence[Person], rules: PayrollTax) -> int:
    """Medicare and OASDI tax on earnings.

    A joint return takes the combined earnings against the joint limits; otherwise each earner stands against
    the limits of the first filer's status. Medicare of all earners is rounded once, OASDI likewise.
    """
    statuses = (person.filing_status for person in people if person.filing_status and reports(person))
    status = next(statuses, "single")
    earned = earnings(people)
    base = rules.oasdi_wage_base_per_earner
    if status == "married_joint":
        earned, base = (sum(earned),), rules.oasdi_wage_base_joint_return
    threshold = rules.medicare_threshold[status]
    up_to_threshold = sum(min(amount, threshold) for amount in earned)
    above_threshold = sum(max(amount - threshold, 0) for amount in earned)
    medicare = whole(
        rules.medicare_rate * up_to_threshold + rules.medicare_additional_rate_above_threshold * above_threshold
    )
    return medicare + share(rules.oasdi_rate, sum(min(amount, base) for amount in earned))


def employment_expense(people: Sequence[Person], year: AwardYear) -> int:
    """A share of the earnings of parents, couples or students with dependents, up to a limit."""
    rules = year.employment_expense_allowance
    return min(share(rules.rate_of_combined_earned_income, sum(earnings(people))), rules.maximum)
