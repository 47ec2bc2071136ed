"""Why an estimate came out as it did: a short story in plain words, every amount taken from its worksheet."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from knowledge.sai.estimate import Estimate
from knowledge.sai.worksheet import amount

_NO_AWARD = (
    "pell_amounts_not_published",
    "no_pell_sai_at_twice_the_maximum",
    "no_pell_other_grants_cover_cost",
    "no_pell_lifetime_limit_reached",
    "no_pell_graduate_level",
    "no_pell_bachelors_degree",
)
_LIMITS = ("pell_limited_by_cost_of_attendance", "pell_limited_by_lifetime_limit")


def why(found: Estimate, language: Literal["en", "es"]) -> tuple[str, ...]:
    """The story of `found`: sentences about the index, then about the grant. Nothing is said that was not computed."""
    figures = _figures(found)
    return tuple(_words()[key][language].format_map(figures) for key in (*_index(found), *_grant(found)))


@cache
def _words() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "why.yml").read_text(encoding="utf-8"))
    return content


def _index(found: Estimate) -> Iterator[str]:
    if found.max_pell_indicator == "1":
        yield "nobody_files"
        return
    dependent = found.formula == "A"
    couple = found.worksheet.inputs.deciding_pair and not dependent
    yield "income_A" if dependent else "income_two" if couple else "income"
    if found.formula == "B":
        yield "share_B"
    yield from _assets(found)
    if found.formula != "B":
        yield f"share_{found.formula}"
    if dependent:
        yield from _own_part(found)
    value = found.worksheet.value
    calculated, limits = value("calculated_sai") or 0, found.worksheet.year.student_aid_index
    if calculated == limits.minimum:
        yield "floor"
    yield "together"
    if found.max_pell_indicator:
        yield "max_pell_lowers" if calculated > found.sai else "max_pell_agrees"


def _assets(found: Estimate) -> Iterator[str]:
    who = "parent" if found.formula == "A" else "student"
    if not found.assets_counted:
        yield from (note for note in ("means_tested_benefit", "income_and_simple_return") if note in found.notes)
    elif found.worksheet.value(f"{who}_contribution_from_assets"):
        yield "assets_A" if found.formula == "A" else "assets"
    if "family_farm_or_small_business_left_out" in found.notes and found.assets_counted:
        yield "family_farm_or_small_business_left_out"


def _own_part(found: Estimate) -> Iterator[str]:
    own = _student_adds(found)
    yield "student_adds_A" if own > 0 else "student_adds_nothing_A" if own == 0 else "student_lowers_A"


def _student_adds(found: Estimate) -> int:
    value = found.worksheet.value
    return (value("student_contribution_from_income") or 0) + (value("student_contribution_from_assets") or 0)


def _grant(found: Estimate) -> Iterator[str]:
    none = [note for note in _NO_AWARD if note in found.notes]
    if none:
        yield from none
        return
    scheduled, amounts = found.pell_scheduled or 0, found.worksheet.year.pell.award_amounts
    limited = [note for note in _LIMITS if note in found.notes]
    if _LIMITS[0] in limited:
        pass
    elif found.max_pell_indicator or found.sai <= 0:
        yield "pell_maximum"
    elif found.min_pell_indicator and scheduled == amounts.minimum:
        yield "pell_minimum"
    else:
        yield "pell_calculated" if scheduled else "pell_none"
    yield from limited
    if scheduled and found.worksheet.value("enrollment_intensity") != 100:
        yield "part_time"


def _figures(found: Estimate) -> dict[str, str]:
    own, year = _student_adds(found), found.worksheet.year
    amounts = year.pell.award_amounts
    return {
        **found.worksheet.facts("student"),
        **{key: found.worksheet.shown(key) for key in found.worksheet.values},
        "student_adds": amount(own),
        "student_lowers": amount(-own),
        "asset_income_limit": amount(year.asset_reporting_exemption.agi_limit),
        "pell_maximum_amount": amount(amounts.maximum or 0),
        "pell_minimum_amount": amount(amounts.minimum or 0),
    }
