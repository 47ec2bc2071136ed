"""The end of an estimate: the numbers, what they rest on, what was assumed, and what they are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from actions.estimate_hearing import estimate_words
from actions.flow.asking import YES_NO
from actions.flow.model import Answers, FlowState, Heard, Say
from actions.flow.words import label, show
from actions.household import role_of
from knowledge.award_years import load
from knowledge.errors import MissingAnswerError
from knowledge.sai import Estimate, estimate, from_answers
from knowledge.sai.quick import assume

__all__ = [
    "compute", "messages", "own", "result", "shown", "shown_pell", "with_assumptions", "without_income",
    "worksheet_rows",
]  # fmt: skip


def own(answers: Answers) -> dict[str, Any]:
    """The answers that an estimate rests on: it asks the questions behind dependency itself.

    What another flow took down as `dependency`, perhaps only assumed, must not contradict them.
    """
    return {name: value for name, value in answers.items() if value is not None and name != "dependency"}


def with_assumptions(
    answers: Answers, state: FlowState, tried: Mapping[str, Any] = MappingProxyType({})
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The answers completed with what a quick estimate assumes, and the names that were assumed.

    An income given as a rough figure, because nobody could look it up, counts as assumed too. `tried` are answers that
    somebody only tries out.
    """
    complete = {name: value for name, value in {**own(answers), **tried}.items() if value is not None}
    rough = tuple(name for name in state.doubted if name.endswith("_agi") and name in complete)
    told = tuple(dict.fromkeys((*state.assumed, *rough)))
    if complete.get("depth") != "quick":
        return complete, told
    quick = assume(complete, date.min)
    return dict(quick.answers), tuple(dict.fromkeys((*told, *quick.assumed)))


def compute(answers: Answers, state: FlowState) -> tuple[Estimate, dict[str, Any], tuple[str, ...]]:
    """The estimate, the answers it was made from, and which of them were assumed."""
    complete, assumed = with_assumptions(answers, state)
    year = load(str(complete["award_year"]))
    return estimate(from_answers(complete, date.min), year), complete, assumed


def result(answers: Answers, state: FlowState) -> dict[str, Any]:
    """The result as it goes along with the message that ends the flow."""
    found, complete, assumed = compute(answers, state)
    values = {"depth": complete.get("depth", "full"), **found.values()}
    return _result(values, answers, assumed)


def _result(values: dict[str, Any], answers: Answers, assumed: tuple[str, ...]) -> dict[str, Any]:
    said = {name: value for name, value in answers.items() if value is not None}
    return {
        "flow": "estimate_aid", "end": "estimate_shown", "values": values, "answers": said, "assumed": list(assumed),
    }  # fmt: skip


def messages(answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
    """What is said at the end, in order; the last message carries `result` and offers what comes next."""
    found, complete, assumed = compute(answers, state)
    language = heard.language
    params = {
        "award_year": found.award_year,
        "sai": f"{found.sai:,}",
        "pell": show(found.pell, "money", language) if found.pell is not None else "",
        "enrollment": show(complete.get("enrollment", "full_time"), "choice", language, "enrollment").lower(),
        "tax_year": str(load(found.award_year).income_tax_year),
    }
    says = [Say(f"utter_estimate_result_{_outcome(found)}", params)]
    if found.pell is None and found.max_pell_indicator:
        says.append(Say("utter_estimate_unknown_max", params))
    if found.sai < 0:
        says.append(Say("utter_estimate_negative", params))
    if found.need is not None:
        cost = show(complete["cost_of_attendance"], "money", language)
        need = show(max(found.need, 0), "money", language)
        says.append(Say("utter_estimate_need", {"cost": cost, "need": need}, private=("cost",)))
    if found.pell == 0 or (found.pell is None and found.sai > 0):
        says.append(Say("utter_estimate_high", params))
    if found.dependency == "provisional":
        says.append(Say("utter_estimate_provisional"))
    says.append(Say("utter_estimate_not", params))
    says += _assumptions(found, complete, assumed, state, params, language)
    says.append(_offer(complete, result(answers, state), language))
    return tuple(says)


def without_income(answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
    """What is said when nobody knows the income: no number of the person's own, but how it looks along a ladder."""
    names = [name for name in state.assumed if name.endswith("_agi") and answers.get(name) is None]
    given = own(answers) | {"depth": "quick"}
    words, language = estimate_words(), heard.language
    rows, found = [], None
    for income in words["incomes"]:
        found = _at_income({**given, names[0]: income, **dict.fromkeys(names[1:], 0)})
        rows.append({
            "label": words["at_income"][language].format(income=show(income, "money", language)),
            "value": words["sai_and_pell"][language].format(sai=f"{found.sai:,}", pell=shown_pell(found, language)),
            "note": "",
        })  # fmt: skip
    assert found is not None  # noqa: S101 - the ladder has steps
    unknown = dict.fromkeys(("sai", "max_pell_indicator", "min_pell_indicator", "pell_scheduled", "pell", "need"))
    values = {"depth": "quick", **found.values(), **unknown, "assets_counted": None}
    params = {"award_year": found.award_year, "tax_year": str(load(found.award_year).income_tax_year)}
    return (
        Say("utter_estimate_without_income", params, {"rows": rows}),
        Say("utter_estimate_not", params),
        Say("utter_estimate_income_next", params, {"result": _result(values, answers, state.assumed)}),
    )


def _at_income(given: dict[str, Any]) -> Estimate:
    """The estimate with these incomes; one that was never asked for, because another stayed open, counts as 0."""
    complete = assume(given, date.min).answers
    try:
        return estimate(from_answers(complete, date.min), load(str(complete["award_year"])))
    except MissingAnswerError as missing:
        if not missing.field.endswith("_agi"):
            raise
        return _at_income({**given, missing.field: 0})


def _assumptions(
    found: Estimate, complete: Answers, assumed: tuple[str, ...], state: FlowState, params: Answers, language: str
) -> Iterator[Say]:
    """What the numbers take for granted: in a quick estimate its usual assumptions, and whatever was skipped."""
    quick = complete.get("depth") == "quick"
    if quick and "max_pell_nobody_files" not in found.notes:
        yield Say(f"utter_estimate_assumed_{found.dependency.replace('provisional', 'independent')}", params)
    skipped = tuple(name for name in assumed if name in state.assumed)
    if told := _assumed(complete, skipped, language):
        yield Say("utter_estimate_assumed", {"list": told})
    rough = tuple(name for name in assumed if name in state.doubted and name not in state.assumed)
    if told := _assumed(complete, rough, language):
        yield Say("utter_estimate_rough", {**params, "list": told})


def _offer(complete: Answers, result: dict[str, Any], language: str) -> Say:
    """The last message: what comes next, and a yes or no to the full estimate or to the worksheet."""
    name = "offer_full" if complete.get("depth") == "quick" else "offer_worksheet"
    asks = {"name": name, "kind": "yes_no", "choices": YES_NO[language]}
    return Say(f"utter_estimate_{name}", {}, {"result": result, "asks": asks})


def _outcome(found: Estimate) -> str:
    if {"no_pell_graduate_level", "no_pell_bachelors_degree"} & set(found.notes):
        return "grad"
    if found.pell is None:
        return "unknown"
    if found.pell == 0:
        return "none"
    return "max" if found.sai <= 0 and found.pell == found.pell_scheduled else "some"


def shown_pell(found: Estimate, language: str) -> str:
    """The Pell Grant as people read it, or that its amounts are not published."""
    if found.pell is None:
        return str(estimate_words()["not_published"][language])
    return show(found.pell, "money", language)


def _assumed(complete: Answers, assumed: tuple[str, ...], language: str) -> str:
    """What was assumed in words; what stayed open is left out."""
    parts = []
    for name in assumed:
        value = complete.get(name)
        if value is not None:
            parts.append(f"{label(name, language, role_of(name, complete))}: {shown(name, value, language)}")
    return "; ".join(parts)


def shown(name: str, value: Any, language: str) -> str:
    """The value of an estimate's answer as people read it."""
    kind, choices_key = _kind(name)
    return show(value, kind, language, choices_key)


def _kind(name: str) -> tuple[str, str | None]:
    for suffix in ("filer_class", "filing_status"):
        if name.endswith(suffix):
            return "choice", suffix
    if name in {"award_year", "enrollment", "depth", "grade_level", "student_marital_status", "parent_marital_status"}:
        return "choice", name
    if name == "pell_lifetime_used":
        return "rate", None
    if name in {"family_size", "credits_enrolled", "credits_full_time", "state_for_poverty"}:
        return "count", None
    money = name in {"cost_of_attendance", "other_grants"} or name.startswith(("student_", "parent_", "other_parent_"))
    return ("money", None) if money and not name.endswith("abdefh") else ("yes_no", None)


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
