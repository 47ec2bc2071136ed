"""Whether assets count, and how much."""

from typing import Literal

from knowledge.award_years.model import AwardYear, BusinessAndFarm
from knowledge.sai.arithmetic import share
from knowledge.sai.income import agi
from knowledge.sai.inputs import Assets, EstimateInputs, Person

Exemption = Literal["", "means_tested_benefit", "income_and_simple_return"]

_FILES_OR_EXCUSED_ABROAD = frozenset({"foreign_filer", "foreign_nonfiler"})
_FROM_THE_IRS = frozenset({"fti", "mixed"})


def exemption(inputs: EstimateInputs, year: AwardYear) -> Exemption:
    """Why assets are left out: a benefit, or a low income on simple returns; "" when they count."""
    rules = year.asset_reporting_exemption
    people = inputs.deciding_people
    if _never_exempt(inputs, rules.states_and_territories):
        return ""
    if inputs.family.means_tested_benefit:
        return "means_tested_benefit"
    simple = not any(person.files_schedule_abdefh for person in people)
    small_business = abs(sum(person.schedule_c for person in people)) <= rules.schedule_c_limit
    if agi(people) < rules.agi_limit and simple and small_business:
        return "income_and_simple_return"
    return ""


def _never_exempt(inputs: EstimateInputs, inside: tuple[str, ...]) -> bool:
    """Parents who file abroad, or live outside the states and territories with nothing from the IRS."""
    if not inputs.is_dependent:
        return False
    if any(person.filer_class in _FILES_OR_EXCUSED_ABROAD for person in inputs.parents):
        return True
    from_the_irs = any(_has_irs_data(person) for person in inputs.parents)
    state = inputs.family.state_for_poverty
    return state != "" and state not in inside and not from_the_irs


def _has_irs_data(person: Person) -> bool:
    # Where it is not known, whoever files with the IRS is taken to have given consent to its data.
    return person.income_source in _FROM_THE_IRS or (person.income_source == "" and person.filer_class == "us_filer")


def business_left_out(assets: Assets, year: AwardYear) -> bool:
    """Whether the year leaves out this family's farm or small business."""
    rules = year.business_and_farm_adjusted_net_worth
    return rules.leaves_out_family_farm_and_small_business and (
        assets.farm_lived_on or assets.business_family_owned_small
    )


def adjusted_business_and_farm(net_worth: int, rules: BusinessAndFarm) -> int:
    """The part of a business's or farm's net worth that counts."""
    if net_worth < 1:
        return 0
    bracket = next(b for b in rules.brackets if b.up_to is None or net_worth <= b.up_to)
    return bracket.base + share(bracket.rate_over_lower_bound, net_worth - bracket.lower_bound)


def net_worth(assets: Assets, year: AwardYear, *, with_child_support: bool) -> int:
    """What counts of the assets. A dependent student's own assets have no child support line."""
    business = 0 if business_left_out(assets, year) else assets.business_farm
    return (
        (max(assets.child_support_received, 0) if with_child_support else 0)
        + max(assets.cash_savings, 0)
        + max(assets.investments, 0)
        + adjusted_business_and_farm(business, year.business_and_farm_adjusted_net_worth)
    )
