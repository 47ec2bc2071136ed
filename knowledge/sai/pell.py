"""Federal Pell Grant: the pathway indicators and the award (20 U.S.C. 1070a)."""

from dataclasses import dataclass

from knowledge.award_years.model import AwardYear
from knowledge.sai.arithmetic import nearest, percent_of
from knowledge.sai.income import agi, foreign_exclusion
from knowledge.sai.inputs import EstimateInputs, Study

_SINGLE_PARENT_STATUSES = frozenset({"head_of_household", "qualifying_surviving_spouse"})
_MIN_PELL_CODES = {
    "dependent_single_parent": "1",
    "dependent_not_single_parent": "2",
    "independent_single_parent": "3",
    "independent_parent_not_single": "4",
    "independent_not_parent": "5",
}


@dataclass(frozen=True, slots=True)
class PellAward:
    """`scheduled` is for full time, `annual` at this enrollment; None when not known. `notes` are codes."""

    scheduled: int | None
    annual: int | None
    notes: tuple[str, ...] = ()


def max_indicator(inputs: EstimateInputs, year: AwardYear) -> str:
    """Maximum Pell code: "1" nobody files, "2" low-income single parent, "3" other low income, "" none."""
    people = inputs.deciding_people
    if people and all(person.filer_class == "nonfiler" for person in people):
        return "1"
    single = _single_parent(inputs)
    percent = year.pell.pathways.max_pell_percent["single_parent" if single else "not_single_parent"]
    if _pathway_agi(inputs, year) > 0 and _within(percent, inputs, year):
        return "2" if single else "3"
    return ""


def min_indicator(inputs: EstimateInputs, year: AwardYear, sai: int, max_code: str) -> str | None:
    """Minimum Pell code "1" to "5", "" none, None when amounts that decide it are not published."""
    kind = _min_pell_kind(inputs)
    if max_code or sai <= 0 or not _within(year.pell.pathways.min_pell_percent[kind], inputs, year):
        return ""
    amounts = year.pell.award_amounts
    if amounts.maximum is None or amounts.minimum is None:
        return None
    ceiling = amounts.sai_at_or_above_which_no_pell
    if sai <= amounts.maximum - amounts.minimum or (ceiling is not None and sai >= ceiling):
        return ""
    return _MIN_PELL_CODES[kind]


def award(study: Study, year: AwardYear, sai: int, max_code: str, min_code: str | None) -> PellAward:
    """The scheduled award and the award at this student's enrollment."""
    rules = year.pell.eligibility
    if study.grade_level in rules.without_pell:
        return PellAward(0, 0, ("no_pell_graduate_level",))
    if study.has_bachelors_degree and rules.bachelors_degree_ends_eligibility:
        return PellAward(0, 0, ("no_pell_bachelors_degree",))
    scheduled, notes = _scheduled(study, year, sai, max_code, min_code)
    left = rules.lifetime_limit_percent - study.pell_lifetime_used
    if left <= 0:
        return PellAward(scheduled, 0, ("no_pell_lifetime_limit_reached",))
    if _grants_cover_cost(study, year):
        return PellAward(scheduled, 0, ("no_pell_other_grants_cover_cost",))
    if scheduled is None:
        return PellAward(None, None, notes)
    intensity = enrollment_intensity(study, year)
    if left < intensity and scheduled:
        notes = (*notes, "pell_limited_by_lifetime_limit")
    return PellAward(scheduled, percent_of(min(intensity, left), scheduled), notes)


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


def _pathway_agi(inputs: EstimateInputs, year: AwardYear) -> int:
    people = inputs.deciding_people
    if year.pell.pathways.agi == "combined_agi":
        return agi(people)
    return agi(people) + foreign_exclusion(people)


def _within(percent: int, inputs: EstimateInputs, year: AwardYear) -> bool:
    guideline = year.pell.poverty_guidelines.for_state(inputs.family.state_for_poverty)
    return 100 * _pathway_agi(inputs, year) <= percent * guideline.for_size(inputs.family_size)


def _single_parent(inputs: EstimateInputs) -> bool:
    """Unmarried, and filed as head of household or surviving spouse or got the earned income tax credit."""
    if inputs.deciding_pair or inputs.formula == "B":
        return False
    filed_so = any(person.filing_status in _SINGLE_PARENT_STATUSES for person in inputs.deciding_people)
    return filed_so or inputs.family.eitc_received


def _min_pell_kind(inputs: EstimateInputs) -> str:
    single = _single_parent(inputs)
    if inputs.is_dependent:
        return "dependent_single_parent" if single else "dependent_not_single_parent"
    if inputs.formula == "B":
        return "independent_not_parent"
    return "independent_single_parent" if single else "independent_parent_not_single"
