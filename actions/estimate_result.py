"""The end of an estimate: the numbers, what they rest on, what was assumed, and what they are not."""

from __future__ import annotations

from datetime import date
from typing import Any

from actions.flow.model import Answers, FlowState, Heard, Say
from actions.flow.words import label, show
from knowledge.award_years import load
from knowledge.sai import Estimate, estimate, from_answers
from knowledge.sai.quick import assume

__all__ = ["compute", "messages", "with_assumptions", "worksheet_rows"]


def with_assumptions(answers: Answers, state: FlowState) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The answers completed with what a quick estimate assumes, and the names that were assumed."""
    complete = {name: value for name, value in answers.items() if value is not None}
    if complete.get("depth") != "quick":
        return complete, state.assumed
    quick = assume(complete, date.min)
    return dict(quick.answers), tuple(dict.fromkeys((*state.assumed, *quick.assumed)))


def compute(answers: Answers, state: FlowState) -> tuple[Estimate, dict[str, Any], tuple[str, ...]]:
    """The estimate, the answers it was made from, and which of them were assumed."""
    complete, assumed = with_assumptions(answers, state)
    year = load(str(complete["award_year"]))
    return estimate(from_answers(complete, date.min), year), complete, assumed


def messages(answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
    """What is said at the end, in order; the last message carries `result`."""
    found, complete, assumed = compute(answers, state)
    language = heard.language
    params = {
        "award_year": found.award_year,
        "sai": f"{found.sai:,}",
        "pell": show(found.pell, "money", language) if found.pell is not None else "",
        "enrollment": show(complete.get("enrollment", "full_time"), "choice", language, "enrollment").lower(),
        "tax_year": str(load(found.award_year).income_tax_year),
    }
    values = {"depth": complete.get("depth", "full"), **found.values()}
    said = {name: value for name, value in answers.items() if value is not None}
    result = {
        "flow": "estimate_aid", "end": "estimate_shown", "values": values, "answers": said, "assumed": list(assumed),
    }  # fmt: skip
    says = [Say(f"utter_estimate_result_{_outcome(found)}", params)]
    if found.pell is None and found.max_pell_indicator:
        says.append(Say("utter_estimate_unknown_max", params))
    if found.sai < 0:
        says.append(Say("utter_estimate_negative", params))
    if found.need is not None:
        cost = show(complete["cost_of_attendance"], "money", language)
        says.append(Say("utter_estimate_need", {"cost": cost, "need": show(max(found.need, 0), "money", language)}))
    if found.pell == 0 or (found.pell is None and found.sai > 0):
        says.append(Say("utter_estimate_high", params))
    if found.dependency == "provisional":
        says.append(Say("utter_estimate_provisional"))
    if complete.get("depth") == "quick" and "max_pell_nobody_files" not in found.notes:
        says.append(Say(f"utter_estimate_assumed_{found.dependency.replace('provisional', 'independent')}", params))
    elif assumed and complete.get("depth") != "quick":
        says.append(Say("utter_estimate_assumed", {"list": _assumed(complete, assumed, language)}))
    says += [Say("utter_estimate_not", params), Say("utter_estimate_next", {}, {"result": result})]
    return tuple(says)


def _outcome(found: Estimate) -> str:
    if {"no_pell_graduate_level", "no_pell_bachelors_degree"} & set(found.notes):
        return "grad"
    if found.pell is None:
        return "unknown"
    if found.pell == 0:
        return "none"
    return "max" if found.sai <= 0 and found.pell == found.pell_scheduled else "some"


def _assumed(complete: Answers, assumed: tuple[str, ...], language: str) -> str:
    """What was assumed in words; lines that were all assumed zero are named without their amount."""
    parts = []
    for name in assumed:
        value = complete.get(name)
        kind, choices_key = _kind(name)
        if value is None:
            continue
        parts.append(f"{label(name, language)}: {show(value, kind, language, choices_key)}")
    return "; ".join(parts)


def _kind(name: str) -> tuple[str, str | None]:
    for suffix in ("filer_class", "filing_status"):
        if name.endswith(suffix):
            return "choice", suffix
    if name in {"enrollment", "depth", "grade_level"}:
        return "choice", name
    if name.endswith("abdefh") or name in {"means_tested_benefit", "eitc_received", "has_bachelors_degree",
                                           "farm_lived_on", "business_family_owned_small"}:  # fmt: skip
        return "yes_no", None
    return ("count", None) if name in {"pell_lifetime_used"} else ("money", None)


def worksheet_rows(found: Estimate, language: str) -> list[dict[str, str]]:
    """Every line of the worksheet with its value and its rule; lines that only break down a zero are left out."""
    return [
        {
            "label": line.name_es if language == "es" else line.name_en,
            "value": line.amount,
            "note": line.rule_es if language == "es" else line.rule_en,
        }
        for line in found.worksheet.lines
        if line.value or not line.part
    ]
