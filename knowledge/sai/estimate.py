"""The estimate: formula, Student Aid Index, Pell Grant and need, with the worksheet behind them."""

from dataclasses import dataclass

from knowledge.award_years.model import AwardYear
from knowledge.sai import pell, wealth
from knowledge.sai.formulas import FORMULAS
from knowledge.sai.inputs import DependencyStatus, EstimateInputs, Formula
from knowledge.sai.sheet import Sheet
from knowledge.sai.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Estimate:
    """Amounts in whole dollars a year.

    `min_pell_indicator`, `pell_scheduled` and `pell` are None when the year's Pell amounts decide them and
    are not published. `need` is the cost of attendance less an index of at least 0 (below 0 when the index
    is above the cost), None when the cost is not known. `notes` are codes for what a person should be told
    besides the numbers:

        means_tested_benefit, income_and_simple_return   why assets did not count
        family_farm_or_small_business_left_out           a business or farm was left out
        family_size_assumed                              no family size was given
        nonfiler_wages_left_out                          wages of someone who files no return do not count
        max_pell_nobody_files, max_pell_low_income       why the index is what it is
        provisional                                      the school still has to confirm independence
        sai_at_or_above_cost                             there is no financial need at this cost
        pell_amounts_not_published                       no Pell amount can be given for this year
        pell_limited_by_cost_of_attendance               the cost caps the scheduled award
        pell_limited_by_lifetime_limit                   what is left of a lifetime caps the award
        no_pell_...                                      sai_at_twice_the_maximum, other_grants_cover_cost,
                                                         lifetime_limit_reached, graduate_level,
                                                         bachelors_degree
    """

    award_year: str
    dependency: DependencyStatus
    formula: Formula
    sai: int
    assets_counted: bool
    max_pell_indicator: str
    min_pell_indicator: str | None
    pell_scheduled: int | None
    pell: int | None
    need: int | None
    worksheet: Worksheet
    notes: tuple[str, ...]

    def values(self) -> dict[str, str | int | None]:
        """The result values under their canonical names."""
        return {
            "award_year": self.award_year,
            "dependency": self.dependency,
            "formula": self.formula,
            "sai": self.sai,
            "assets_counted": "yes" if self.assets_counted else "no",
            "max_pell_indicator": self.max_pell_indicator,
            "min_pell_indicator": self.min_pell_indicator,
            "pell_scheduled": self.pell_scheduled,
            "pell": self.pell,
            "need": self.need,
        }


def estimate(inputs: EstimateInputs, year: AwardYear) -> Estimate:
    """The estimate for one family in one award year. Pure; raises nothing for documented inputs."""
    sheet, formula = Sheet(), inputs.formula
    exempt = wealth.exemption(inputs, year)
    calculated = FORMULAS[formula](sheet, inputs, year, assets_count=not exempt)
    routes = pell.routes(sheet, inputs, formula, year)
    sai = sheet.line("sai", pell.index(calculated, routes, year))
    min_code = pell.min_indicator(routes, year, sai)
    award = pell.award(sheet, inputs.study, year, sai, routes.max_code, min_code)
    need = _need(sheet, inputs.study.cost_of_attendance, sai)
    return Estimate(
        award_year=year.award_year,
        dependency=inputs.family.dependency,
        formula=formula,
        sai=sai,
        assets_counted=not exempt,
        max_pell_indicator=routes.max_code,
        min_pell_indicator=min_code,
        pell_scheduled=award.scheduled,
        pell=award.annual,
        need=need,
        worksheet=Worksheet(sheet.lines, inputs, year),
        notes=(*_notes(inputs, year, exempt, routes.max_code, need), *award.notes),
    )


def _need(sheet: Sheet, cost: int | None, sai: int) -> int | None:
    if cost is None:
        return None
    sheet.line("cost_of_attendance", cost)
    return sheet.line("need", cost - max(sai, 0))


def _notes(inputs: EstimateInputs, year: AwardYear, exempt: str, max_code: str, need: int | None) -> list[str]:
    notes: list[str] = [exempt] if exempt else []
    owners = (inputs.student_assets, inputs.parent_assets)
    if any(assets.business_farm > 0 and wealth.business_left_out(assets, year) for assets in owners):
        notes.append("family_farm_or_small_business_left_out")
    if inputs.family.family_size is None:
        notes.append("family_size_assumed")
    everyone = (*inputs.students, *inputs.parents)
    if any(person.filer_class == "nonfiler" and person.earned_income > 0 for person in everyone):
        notes.append("nonfiler_wages_left_out")
    if max_code:
        notes.append("max_pell_nobody_files" if max_code == "1" else "max_pell_low_income")
    if inputs.family.dependency == "provisional":
        notes.append("provisional")
    if need is not None and need <= 0:
        notes.append("sai_at_or_above_cost")
    return notes
