"""What a "what if" comes to, said beside the estimate there is: old and new, what changed, and what stays assumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from actions.estimate_hearing import estimate_words
from actions.estimate_result import compute, own, shown, shown_pell, with_assumptions
from actions.flow.model import Answers, FlowState, Heard, Say
from actions.flow.words import label, show_date
from actions.household import role_of
from knowledge import dependency
from knowledge.award_years import load
from knowledge.sai import Estimate, estimate, from_answers
from knowledge.sai.completeness import smallest_family
from knowledge.sai.inputs import TWO_PEOPLE
from knowledge.sai.quick import assume

__all__ = ["STATUSES", "compared"]

_INCOME = ("_agi", "_earned_income")
STATUSES = frozenset(
    {
        "born_before_cutoff",
        "any_dependency_reason",
        "dependency",
        "student_marital_status",
        *dependency.YES_NO_QUESTIONS,
    }
)
"""Answers about who the student is; trying one out leaves others open, so none is kept without being asked about."""


def compared(answers: Answers, tried: Mapping[str, Any], state: FlowState, heard: Heard) -> tuple[Say, ...]:
    """The estimate with `tried` in the place of some answers, beside the one without.

    The last message carries the new values in `result`; its answers stay those of the person. Raises AnswerError
    when the formula can't do without something that was not given.
    """
    tried = dict(tried)
    earlier = tried.pop("compared_with", None)
    before, _complete, _assumed = compute({**answers, "award_year": earlier} if earlier else answers, state)
    after, complete, assumed = _with(answers, tried, state)
    language = heard.language
    if "award_year" in tried:
        says = [*_years(before, after, language), *_changes(answers, complete, tried, state, language)]
    else:
        says = [*_changes(answers, complete, tried, state, language), *_numbers(before, after, language)]
        says += _remains(before, after, tried, assumed)
    said = {name: value for name, value in answers.items() if value is not None}
    values = {"depth": complete.get("depth", "full"), **after.values()}
    result = {
        "flow": "estimate_aid", "end": "estimate_shown", "values": values, "answers": said, "assumed": list(assumed),
    }  # fmt: skip
    kept = "utter_what_if_keep"
    if "award_year" in tried:
        kept = "utter_what_if_keep_year"
    elif STATUSES & tried.keys():
        kept = "utter_what_if_only_tried"
    return (*says, Say(kept, {"award_year": after.award_year}, {"result": result}))


def _with(
    answers: Answers, tried: Mapping[str, Any], state: FlowState
) -> tuple[Estimate, dict[str, Any], tuple[str, ...]]:
    changed = {name: value for name, value in {**own(answers), **tried}.items() if value is not None}
    if not STATUSES & tried.keys():
        return compute(changed, state)
    if "dependency" in tried:
        changed = {
            name: value
            for name, value in changed.items()
            if name not in STATUSES or name in {"dependency", "student_marital_status"}
        }
    alone = _on_their_own(answers, changed, tried)
    completed = assume(alone, date.min)
    assumed = tuple(dict.fromkeys((*state.assumed, *(alone.keys() - changed.keys()), *completed.assumed)))
    complete = dict(completed.answers)
    return estimate(from_answers(complete, date.min), load(str(complete["award_year"]))), complete, assumed


def _on_their_own(answers: Answers, changed: Mapping[str, Any], tried: Mapping[str, Any]) -> dict[str, Any]:
    """A student who no longer counts with the parents: the own family, and no income that was never told."""
    alone, couple = dict(changed), changed.get("student_marital_status") in TWO_PEOPLE
    if "family_size" not in tried and answers.get("parent_marital_status") is not None:
        supports = "yes" in (alone.get("supports_children"), alone.get("supports_other_dependents"))
        alone["family_size"] = smallest_family(dependent=False, couple=couple, supports_others=supports)
    if alone.get("student_agi") is None:
        alone["student_filer_class"] = "nonfiler"
    if couple:
        files = alone.get("student_filer_class") == "us_filer"
        alone |= {"student_filing_status": "married_joint"} if files else {"student_spouse_filer_class": "nonfiler"}
    return alone


def _changes(
    answers: Answers, complete: Answers, tried: Mapping[str, Any], state: FlowState, language: str
) -> Iterator[Say]:
    """What was changed, old and new."""
    words, base = estimate_words(), with_assumptions(answers, state)[0]
    parts = []
    for name, value in tried.items():
        if name == "dependency":
            parts.append(str(words["dependency"][language]))
        elif not name.endswith(("award_year", "filer_class")) and value is not None and base.get(name) != value:
            shape = words["instead_of" if base.get(name) is not None else "newly"][language]
            old = shown(name, base[name], language) if base.get(name) is not None else ""
            named = label(name, language, role_of(name, base))
            parts.append(shape.format(name=named, new=shown(name, value, language), old=old))
    if parts:
        yield Say("utter_what_if_changes", {"list": "; ".join(parts)})


def _numbers(before: Estimate, after: Estimate, language: str) -> Iterator[Say]:
    params = {
        "award_year": after.award_year, "sai": f"{after.sai:,}", "before": f"{before.sai:,}",
        "pell": shown_pell(after, language), "pell_before": shown_pell(before, language),
    }  # fmt: skip
    yield Say("utter_what_if_sai" if before.sai != after.sai else "utter_what_if_sai_same", params)
    if after.pell is None:
        yield Say("utter_what_if_pell_unknown", params)
    else:
        yield Say("utter_what_if_pell" if before.pell != after.pell else "utter_what_if_pell_same", params)


def _remains(before: Estimate, after: Estimate, tried: Mapping[str, Any], assumed: tuple[str, ...]) -> Iterator[Say]:
    """What stays as it was, and what a change of income means on the FAFSA."""
    if before.dependency != after.dependency:
        yield Say("utter_what_if_independent")
    if "student_marital_status" in tried:
        yield Say("utter_what_if_spouse")
    year = str(load(after.award_year).income_tax_year)
    if any(name.endswith(_INCOME) for name in tried):
        yield Say("utter_what_if_income", {"tax_year": year})


def _years(before: Estimate, after: Estimate, language: str) -> Iterator[Say]:
    """Two award years side by side, and why they differ."""
    words, years = estimate_words(), (before, after)
    figures = {
        "sai": [f"{one.sai:,}" for one in years],
        "pell": [shown_pell(one, language) for one in years],
        "tax_year": [str(load(one.award_year).income_tax_year) for one in years],
    }
    rows = [
        {
            "label": words["rows"][key][language],
            "value": "; ".join(f"{one.award_year}: {value}" for one, value in zip(years, values, strict=True)),
            "note": "",
        }
        for key, values in figures.items()
    ]
    params = {
        "first": before.award_year, "second": after.award_year, "sai": f"{after.sai:,}", "before": f"{before.sai:,}",
    }  # fmt: skip
    yield Say("utter_compare_years", params, {"rows": rows})
    yield Say("utter_compare_why", {**params, "tax_year": figures["tax_year"][1]})
    if after.pell is None:
        yield Say("utter_what_if_pell_unknown", {"award_year": after.award_year})
    if after.dependency != "provisional":
        cutoff = show_date(load(after.award_year).dependency.born_before.isoformat(), language)
        yield Say("utter_compare_cutoff", {"second": after.award_year, "cutoff": cutoff})
