"""Whether assets count, and how much."""

from typing import Literal

from knowledge.award_years.model import AwardYear
from knowledge.award_years.rate import Rate
from knowledge.sai.income import agi, filers
from knowledge.sai.inputs import Assets, EstimateInputs, Person
from knowledge.sai.sheet import Sheet

Exemption = Literal["", "means_tested_benefit", "income_and_simple_return"]

_FILES_OR_EXCUSED_ABROAD = frozenset({"foreign_filer", "foreign_nonfiler"})
_FROM_THE_IRS = frozenset({"fti", "mixed"})


def exemption(inputs: EstimateInputs, year: AwardYear) -> Exemption:
    """Why assets are left out: a benefit, or a low income on simple returns; "" when they count."""
    rules = year.asset_reporting_exemption
    if _never_exempt(inputs, rules.states_and_territories):
        return ""
    if inputs.family.means_tested_benefit:
        return "means_tested_benefit"
    people = inputs.deciding_people
    if agi(filers(people)) >= rules.agi_limit or any(person.files_schedule_abdefh for person in people):
        return ""
    small_business = abs(sum([person.schedule_c for person in people])) <= rules.schedule_c_limit
    return "income_and_simple_return" if small_business else ""


def asset_contribution(
    sheet: Sheet, who: str, assets: Assets, year: AwardYear, rate: Rate, *, with_child_support: bool = True
) -> int:
    """A share of what is owned. A dependent student's own assets have no child support line."""
    rules = year.business_and_farm_adjusted_net_worth
    child_support = sheet.line(f"{who}_child_support_received", max(assets.child_support_received, 0)) if (
        with_child_support
    ) else 0  # fmt: skip
    cash = sheet.line(f"{who}_cash_savings", max(assets.cash_savings, 0))
    investments = sheet.line(f"{who}_investments", max(assets.investments, 0))
    counted = 0 if business_left_out(assets, year) else assets.business_farm
    business = sheet.line(f"{who}_business_farm", rules.adjusted(counted))
    worth = sheet.line(f"{who}_net_worth", child_support + cash + investments + business)
    protected = sheet.line(f"{who}_asset_protection_allowance", year.asset_protection_allowance.amount_at_every_age)
    return sheet.line(
        f"{who}_contribution_from_assets", max(rate.of(worth - protected), year.asset_contribution.minimum)
    )


def business_left_out(assets: Assets, year: AwardYear) -> bool:
    """Whether the year leaves out this family's farm or small business."""
    rules = year.business_and_farm_adjusted_net_worth
    return rules.leaves_out_family_farm_and_small_business and (
        assets.farm_lived_on or assets.business_family_owned_small
    )


def _never_exempt(inputs: EstimateInputs, inside: tuple[str, ...]) -> bool:
    """Parents who file abroad, or live outside the states and territories with nothing from the IRS."""
    if not inputs.is_dependent:
        return False
    if any(person.filer_class in _FILES_OR_EXCUSED_ABROAD for person in inputs.parents):
        return True
    state = inputs.family.state_for_poverty
    return state != "" and state not in inside and not any(_has_irs_data(person) for person in inputs.parents)


def _has_irs_data(person: Person) -> bool:
    # Where it is not known, whoever files with the IRS is taken to have given consent to its data.
    return person.income_source in _FROM_THE_IRS or (person.income_source == "" and person.filer_class == "us_filer")
