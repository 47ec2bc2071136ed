"""Federal Pell Grant: the routes by income, and the award (20 U.S.C. 1070a)."""

from dataclasses import dataclass

from knowledge.award_years.model import AwardYear
from knowledge.sai.arithmetic import nearest, percent_of
from knowledge.sai.income import agi, filers, foreign_exclusion
from knowledge.sai.inputs import EstimateInputs, Formula, Study
from knowledge.sai.sheet import Sheet

_SINGLE_PARENT_STATUSES = frozenset({"head_of_household", "qualifying_surviving_spouse"})
# The Department's code for each way to the minimum grant.
_MIN_PELL_CODES = {
    "dependent_single_parent": "1",
    "dependent_not_single_parent": "2",
    "independent_single_parent": "3",
    "independent_parent_not_single": "4",
    "independent_not_parent": "5",
}


@dataclass(frozen=True, slots=True)
class Routes:
    """Where the family's income stands.

    `max_code`: "1" nobody files, "2" low-income single parent, "3" other low income, "" none. `within_min_limit`:
    whether the income alone allows the minimum grant, by the route `min_code`.
    """

    max_code: str
    min_code: str
    within_min_limit: bool


@dataclass(frozen=True, slots=True)
class PellAward:
    """`scheduled` is for full time, `annual` at this enrollment; None when not known. `notes` are codes."""

    scheduled: int | None
    annual: int | None
    notes: tuple[str, ...] = ()


def routes(sheet: Sheet, inputs: EstimateInputs, formula: Formula, year: AwardYear) -> Routes:
    """Compares the family's income with the poverty guideline for its size and state."""
    people = inputs.deciding_people
    filing = filers(people)
    max_percent, min_percent = percents(inputs, formula, year)
    guideline = year.pell.poverty_guidelines.for_state(inputs.family.state_for_poverty).for_size(inputs.family_size)
    income = agi(filing)
    if year.pell.pathways.agi == "combined_agi_plus_foreign_earned_income_exclusion":
        income += foreign_exclusion(filing)
    sheet.line("pell_income", income)
    sheet.line("poverty_guideline", guideline)
    # Incomes are whole dollars, so a limit may drop its cents.
    max_limit = sheet.line("max_pell_income_limit", max_percent * guideline // 100)
    min_limit = sheet.line("min_pell_income_limit", min_percent * guideline // 100)
    if people and not filing:
        max_code = "1"
    elif 0 < income <= max_limit:
        max_code = "2" if _single_parent(inputs, formula) else "3"
    else:
        max_code = ""
    return Routes(max_code, _MIN_PELL_CODES[_kind(inputs, formula)], income <= min_limit)


def percents(inputs: EstimateInputs, formula: Formula, year: AwardYear) -> tuple[int, int]:
    """How many percent of the poverty guideline this family's income may be for the maximum and the minimum grant."""
    rules = year.pell.pathways
    single = "single_parent" if _single_parent(inputs, formula) else "not_single_parent"
    return rules.max_pell_percent[single], rules.min_pell_percent[_kind(inputs, formula)]


def index(calculated: int, found: Routes, year: AwardYear) -> int:
    """The Student Aid Index: what was calculated, unless the income gives the Maximum Pell Grant."""
    if found.max_code == "1":
        return year.student_aid_index.max_pell_nonfiler
    return min(calculated, 0) if found.max_code else calculated


def min_indicator(found: Routes, year: AwardYear, sai: int) -> str | None:
    """Minimum Pell code "1" to "5", "" none, None when amounts that decide it are not published."""
    if found.max_code or sai <= 0 or not found.within_min_limit:
        return ""
    amounts = year.pell.award_amounts
    if amounts.maximum is None or amounts.minimum is None:
        return None
    ceiling = amounts.sai_at_or_above_which_no_pell
    if sai <= amounts.maximum - amounts.minimum or (ceiling is not None and sai >= ceiling):
        return ""
    return found.min_code


def award(sheet: Sheet, study: Study, year: AwardYear, sai: int, max_code: str, min_code: str | None) -> PellAward:
    """The scheduled award and the award at this student's enrollment."""
    rules = year.pell.eligibility
    if study.grade_level in rules.without_pell:
        return PellAward(0, 0, ("no_pell_graduate_level",))
    if study.has_bachelors_degree and rules.bachelors_degree_ends_eligibility:
        return PellAward(0, 0, ("no_pell_bachelors_degree",))
    scheduled, notes = _scheduled(study, year, sai, max_code, min_code)
    if scheduled is not None:
        sheet.line("pell_scheduled", scheduled)
    left = rules.lifetime_limit_percent - study.pell_lifetime_used
    if left <= 0:
        return PellAward(scheduled, 0, ("no_pell_lifetime_limit_reached",))
    if _grants_cover_cost(study, year):
        return PellAward(scheduled, 0, ("no_pell_other_grants_cover_cost",))
    if scheduled is None:
        return PellAward(None, None, notes)
    intensity = sheet.line("enrollment_intensity", enrollment_intensity(study, year))
    if left < intensity and scheduled:
        notes = (*notes, "pell_limited_by_lifetime_limit")
    return PellAward(scheduled, sheet.line("pell", percent_of(min(intensity, left), scheduled)), notes)


def enrollment_intensity(study: Study, year: AwardYear) -> int:
    """Percent of full time, at most 100: the credits, to a whole percent, or the level's own percent."""
    if study.credits_enrolled is not None and study.credits_full_time:
        taken, full = study.credits_enrolled, study.credits_full_time
        return min((200 * taken + full) // (2 * full), 100)
    return year.pell.enrollment.intensity_percent[study.enrollment]


def _scheduled(
    study: Study, year: AwardYear, sai: int, max_code: str, min_code: str | None
) -> tuple[int | None, tuple[str, ...]]:
    amounts = year.pell.award_amounts
    maximum, minimum = amounts.maximum, amounts.minimum
    if maximum is None or minimum is None:
        return None, ("pell_amounts_not_published",)
    ceiling = amounts.sai_at_or_above_which_no_pell
    if ceiling is not None and sai >= ceiling:
        return 0, ("no_pell_sai_at_twice_the_maximum",)
    if max_code or sai <= 0:
        by_index = maximum
    else:
        calculated = nearest(5, max(maximum - sai, 0))
        by_index = calculated if calculated >= minimum else (minimum if min_code else 0)
    cost = study.cost_of_attendance
    if cost is not None and cost < by_index:
        return cost, ("pell_limited_by_cost_of_attendance",)
    return by_index, ()


def _grants_cover_cost(study: Study, year: AwardYear) -> bool:
    rule = year.pell.award_calculation.full_non_federal_grant_coverage
    cost = study.cost_of_attendance
    return rule is not None and cost is not None and study.other_grants >= cost


def _single_parent(inputs: EstimateInputs, formula: Formula) -> bool:
    """Unmarried, and filed as head of household or surviving spouse or got the earned income tax credit."""
    if formula == "B" or inputs.deciding_pair:
        return False
    filed_so = any(person.filing_status in _SINGLE_PARENT_STATUSES for person in inputs.deciding_people)
    return filed_so or inputs.family.eitc_received


def _kind(inputs: EstimateInputs, formula: Formula) -> str:
    single = _single_parent(inputs, formula)
    if formula == "A":
        return "dependent_single_parent" if single else "dependent_not_single_parent"
    if formula == "B":
        return "independent_not_parent"
    return "independent_single_parent" if single else "independent_parent_not_single"
