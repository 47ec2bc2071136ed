"""The estimate: formula, Student Aid Index, Pell Grant and need, with the worksheet behind them."""

from dataclasses import dataclass

from knowledge.award_years.model import AwardYear
from knowledge.sai import formulas, pell, wealth
from knowledge.sai.inputs import DependencyStatus, EstimateInputs, Formula
from knowledge.sai.worksheet import Worksheet, worksheet


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
    exempt = wealth.exemption(inputs, year)
    lines = formulas.calculate(inputs, year, assets_count=not exempt)
    max_code = pell.max_indicator(inputs, year)
    sai = _index(lines["calculated_sai"] or 0, max_code, year)
    min_code = pell.min_indicator(inputs, year, sai, max_code)
    award = pell.award(inputs.study, year, sai, max_code, min_code)
    cost = inputs.study.cost_of_attendance
    need = None if cost is None else cost - max(sai, 0)
    return Estimate(
        award_year=year.award_year,
        dependency=inputs.family.dependency,
        formula=inputs.formula,
        sai=sai,
        assets_counted=not exempt,
        max_pell_indicator=max_code,
        min_pell_indicator=min_code,
        pell_scheduled=award.scheduled,
        pell=award.annual,
        need=need,
        worksheet=worksheet({**lines, "sai": sai}, year, inputs.formula),
        notes=(*_notes(inputs, year, exempt, max_code, need), *award.notes),
    )


def _index(calculated: int, max_code: str, year: AwardYear) -> int:
    if max_code == "1":
        return year.student_aid_index.max_pell_nonfiler
    return min(calculated, 0) if max_code else calculated


def _notes(inputs: EstimateInputs, year: AwardYear, exempt: str, max_code: str, need: int | None) -> tuple[str, ...]:
    everyone = (*inputs.students, *inputs.parents)
    owners = (inputs.student_assets, inputs.parent_assets)
    applies = {
        exempt: bool(exempt),
        "family_farm_or_small_business_left_out": any(
            assets.business_farm > 0 and wealth.business_left_out(assets, year) for assets in owners
        ),
        "family_size_assumed": inputs.family.family_size is None,
        "nonfiler_wages_left_out": any(
            person.filer_class == "nonfiler" and person.earned_income > 0 for person in everyone
        ),
        "max_pell_nobody_files": max_code == "1",
        "max_pell_low_income": max_code in ("2", "3"),
        "provisional": inputs.family.dependency == "provisional",
        "sai_at_or_above_cost": need is not None and need <= 0,
    }
    return tuple(note for note, holds in applies.items() if holds)
