"""Total income and the allowances that are set by people's returns."""

from collections.abc import Iterable, Sequence

from knowledge.award_years.model import AwardYear, PayrollTax
from knowledge.award_years.rate import Rate
from knowledge.sai.inputs import FilingStatus, Person
from knowledge.sai.sheet import Sheet


def filers(people: Iterable[Person]) -> tuple[Person, ...]:
    """Those whose return lines count: a nonfiler has no return, so its lines are ignored."""
    return tuple(person for person in people if person.filer_class != "nonfiler")


def total_income(sheet: Sheet, who: str, filing: Sequence[Person]) -> int:
    """Adjusted gross income, plus untaxed income, less what the law takes off. It may be below zero."""
    gross = sheet.line(f"{who}_agi", agi(filing))
    added = sheet.line(f"{who}_income_additions", sum([additions(person) for person in filing]))
    taken_off = sheet.line(f"{who}_income_offsets", sum([offsets(person) for person in filing]))
    return sheet.line(f"{who}_total_income", gross + added - taken_off)


def taxes(sheet: Sheet, who: str, filing: Sequence[Person], year: AwardYear) -> int:
    """The allowances for federal income tax (never below zero; no state tax) and for payroll tax."""
    income_tax = sheet.line(f"{who}_income_tax", max(sum([person.income_tax_paid for person in filing]), 0))
    medicare, social_security = payroll_tax(filing, year.payroll_tax_allowance)
    sheet.line(f"{who}_medicare_tax", medicare)
    sheet.line(f"{who}_social_security_tax", social_security)
    return income_tax + sheet.line(f"{who}_payroll_tax_allowance", medicare + social_security)


def agi(filing: Iterable[Person]) -> int:
    """Combined adjusted gross income."""
    return sum([person.agi for person in filing])


def foreign_exclusion(filing: Iterable[Person]) -> int:
    """Combined foreign earned income exclusion, always as a positive amount."""
    return sum([abs(person.foreign_income_exclusion) for person in filing])


def additions(person: Person) -> int:
    """What is added to adjusted gross income. Of a distribution only what was not rolled over counts."""
    return (
        person.ira_deductions
        + person.tax_exempt_interest
        + max(person.untaxed_ira_distributions - person.ira_rollover, 0)
        + max(person.untaxed_pensions - person.pension_rollover, 0)
        + abs(person.foreign_income_exclusion)
    )


def offsets(person: Person) -> int:
    """What is taken off: taxable grants, education credits, federal work-study."""
    return person.taxable_grants + person.education_credits + person.work_study


def earnings(filing: Iterable[Person]) -> list[int]:
    """Earned income of each person; a loss counts as zero."""
    return [max(person.earned_income, 0) for person in filing]


def payroll_tax(filing: Sequence[Person], rules: PayrollTax) -> tuple[int, int]:
    """(Medicare, Social Security) tax on earnings, each summed over all earners and then rounded once.

    A joint return takes the combined earnings against the joint limits; otherwise each earner stands against the
    limits of their own filing status, whoever is named first.
    """
    earned, base = earnings(filing), rules.oasdi_wage_base_per_earner
    statuses = _statuses(filing)
    if "married_joint" in statuses:
        earned, statuses, base = [sum(earned)], ["married_joint"], rules.oasdi_wage_base_joint_return
    above = sum(
        [max(amount - rules.medicare_threshold[status], 0) for amount, status in zip(earned, statuses, strict=True)]
    )
    return _medicare(sum(earned) - above, above, rules), rules.oasdi_rate.of(sum([min(one, base) for one in earned]))


def _medicare(up_to_threshold: int, above_threshold: int, rules: PayrollTax) -> int:
    if not above_threshold:
        return rules.medicare_rate.of(up_to_threshold)
    tax = rules.medicare_rate * up_to_threshold + rules.medicare_additional_rate_above_threshold * above_threshold
    return Rate(tax).of(1)


def _statuses(filing: Sequence[Person]) -> list[FilingStatus]:
    """The filing status of each; where it is not known, that of the other person, else single."""
    known: FilingStatus = next((person.filing_status for person in filing if person.filing_status), "single")
    return [person.filing_status or known for person in filing]


def employment_expense(filing: Sequence[Person], year: AwardYear) -> int:
    """A share of the earnings of parents, couples or students with dependents, up to a limit."""
    rules = year.employment_expense_allowance
    return min(rules.rate_of_combined_earned_income.of(sum(earnings(filing))), rules.maximum)
