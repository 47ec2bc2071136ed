"""The end of the borrowing flow: the limits, what it costs to pay back, what to try first, what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from actions.answers.command import command
from actions.flow.model import Answers, FlowState, Heard, Say
from actions.flow.words import label, result_words, show, show_date
from actions.repayment_lines import plan_lines
from knowledge.loans import Citation, LoanLimits, from_answers, limits, load, note
from knowledge.loans.borrower import WhoBorrows
from knowledge.repayment import (
    LoanKind,
    Rate,
    fee,
    kind_of_loan,
    last_known,
    plans_open,
    rap_payment,
    rate,
    rules,
    tiered_standard,
    tiered_years,
)

__all__ = ["Cost", "explained", "messages"]

_LIMITS = ("annual_limit", "annual_subsidized", "aggregate_limit", "aggregate_remaining", "grad_plus")
_MOST_SOURCES = 4


@dataclass(frozen=True)
class Cost:
    """What is known about paying back: `percent` is the rate used, `set_rate` the year's own (None: not set yet)."""

    parent: bool
    new: bool
    percent: Decimal
    set_rate: Rate | None
    fallback: Rate
    balance: int | None
    agi: int | None
    dependents: int

    @property
    def plans(self) -> tuple[str, ...]:
        """The plans open to this borrower."""
        return tuple(plans_open(parent=self.parent, new=self.new).plans)


def messages(answers: Answers, said: Mapping[str, Any], state: FlowState, heard: Heard) -> tuple[Say, ...]:
    """What is said at the end, in order; the last message carries `result`. `said` are the flow's own answers."""
    topic, parent = said.get("borrow_topic", "both"), said.get("borrower") == "parent"
    year, kind = str(said["award_year"]), kind_of_loan(str(said.get("borrower")), answers.get("grade_level"))
    found = _limits(answers, said, heard.today) if topic != "cost" else None
    cost = _cost(said, year, kind, parent=parent)
    assumed = [name for name in state.assumed if name in said]
    assumed += [name for name in (found.assumed if found else ()) if name not in assumed]
    told_rate = said.get("loan_rate") is not None and "loan_rate" not in assumed
    if topic != "limits" and cost.balance and not told_rate and "loan_rate" not in assumed:
        assumed.append("loan_rate")
    values: dict[str, Any] = {**dict.fromkeys(_LIMITS), **(found.values() if found else {})}
    values |= {"interest_rate": _rate_value(cost, told=told_rate)} | _cost_values(cost, shown=topic != "limits")
    result = {
        "flow": "borrowing", "end": "borrowing_shown", "values": values, "answers": dict(said), "assumed": assumed,
    }  # fmt: skip
    says: list[Say] = []
    if found is not None:
        says += _about_limits(found, heard, parent=parent)
    says += _about_rate(cost, kind, year, found, heard.language, told=told_rate)
    if topic != "limits":
        says += _about_cost(cost, found, heard.language)
    if topic == "limits":
        says.append(Say("utter_borrow_ask_cost"))
    if stated := _stated(said, state, heard.language):
        says.append(Say("utter_borrow_assumed", {"list": stated}))
    says.append(Say(f"utter_borrow_next_{'parent' if parent else 'student'}", {}, {"result": result}))
    return tuple(says)


def explained(heard: Heard, answers: Answers) -> tuple[Say, ...]:
    """What changed in July 2026, for a message that asks why; empty for any other message."""
    if command(heard.text) != "why":
        return ()
    return (Say("utter_borrow_changes", {"changed": show_date(rules().new_from.isoformat(), heard.language)}),)


def _limits(answers: Answers, said: Mapping[str, Any], today: date) -> LoanLimits:
    given = {name: value for name, value in answers.items() if value is not None}
    if "credits_full_time_year" not in said:
        # A share needs both numbers; with one alone the yearly limit stays open.
        given.pop("credits_year", None)
    if "credits_year" not in said:
        given.pop("credits_full_time_year", None)
    for name in ("total_borrowed", "subsidized_borrowed", "legacy_borrower", "parent_plus_denied"):
        if name not in said:
            given.pop(name, None)
    borrower = from_answers(given, today)
    return limits(borrower, str(said["award_year"]))


def _cost(said: Mapping[str, Any], year: str, kind: LoanKind, *, parent: bool) -> Cost:
    of_the_year, fallback = rate(year, kind), last_known(kind)
    own = said.get("loan_rate")
    percent = Decimal(str(own)) if own is not None else (of_the_year or fallback).percent
    new = said.get("loans_since_july_2026", "yes" if load(year).old is not None else "no") == "yes"
    return Cost(
        parent, new, percent, of_the_year, fallback, said.get("loan_balance"), said.get("borrower_agi"),
        int(said.get("borrower_dependents") or 0),
    )  # fmt: skip


def _rate_value(cost: Cost, *, told: bool) -> float | None:
    if told:
        return float(cost.percent)
    return float(cost.set_rate.percent) if cost.set_rate else None


def _cost_values(cost: Cost, *, shown: bool) -> dict[str, Any]:
    values: dict[str, Any] = dict.fromkeys(("rap_payment", "tiered_years", "tiered_payment", "plans"))
    if not shown:
        return values
    values["plans"] = list(cost.plans)
    if "rap" in cost.plans and cost.agi is not None:
        values["rap_payment"] = _number(rap_payment(cost.agi, cost.dependents))
    if "tiered_standard" in cost.plans and cost.balance:
        monthly = tiered_standard(cost.balance, cost.percent).monthly
        values |= {"tiered_years": tiered_years(cost.balance), "tiered_payment": _number(monthly)}
    return values


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _about_limits(found: LoanLimits, heard: Heard, *, parent: bool) -> list[Say]:
    language = heard.language
    params = {
        "award_year": found.award_year,
        "annual": _dollars(found.annual, language),
        "subsidized": _dollars(found.annual_subsidized, language),
        "aggregate": _dollars(found.aggregate, language),
        "remaining": _dollars(found.remaining, language),
        "available": _dollars(found.available_this_year, language),
    }
    custom: dict[str, Any] = {"sources": _sources(found.sources)}
    if heard.channel != "sms":
        custom["rows"] = _rows(found, language, parent=parent)
    says = [Say(f"utter_borrow_limit_{_outcome(found, parent=parent)}", params, custom)]
    if found.remaining is not None and found.aggregate is not None:
        says.append(Say(_left(found), params))
    who: WhoBorrows = "parent" if parent else "student"
    notes = [note(code, who) for code in found.notes]
    if notes:
        texts = (one.text_es if language == "es" else one.text_en for one in notes)
        says.append(Say("utter_borrow_notes", {"list": "\n".join(f"- {text}" for text in texts)}))
    return says


def _left(found: LoanLimits) -> str:
    """How what is left of the total is said: as it is, or as the least of it, where part may not count."""
    if "undergraduate_loans_do_not_count" not in found.notes:
        return "utter_borrow_left"
    return "utter_borrow_left_at_least" if found.remaining else "utter_borrow_left_open"


def _outcome(found: LoanLimits, *, parent: bool) -> str:
    if parent:
        if found.annual is None:
            return "parent_to_cost"
        return "parent" if found.annual else "none"
    if found.annual is None:
        return "credits"
    if found.annual == 0:
        return "none"
    return "both_kinds" if found.annual_subsidized else "unsubsidized"


def _rows(found: LoanLimits, language: str, *, parent: bool) -> list[dict[str, str]]:
    amounts: dict[str, int | None] = {"annual": found.annual, "aggregate": found.aggregate}
    if found.annual_subsidized:
        amounts["subsidized"] = found.annual_subsidized
    open_left = _left(found) != "utter_borrow_left"
    amounts["remaining"] = None if open_left and not found.remaining else found.remaining
    if found.available_this_year is not None and found.available_this_year != found.annual:
        amounts["available"] = found.available_this_year
    if not parent and found.parent_plus_annual:
        amounts |= {"parent_annual": found.parent_plus_annual, "parent_total": found.parent_plus_total}
    words = result_words("borrowing")["rows"]
    order = ("annual", "subsidized", "available", "aggregate", "remaining", "parent_annual", "parent_total")
    return [
        {
            "label": str(words[name][language]),
            "value": _dollars(amounts[name], language),
            "note": str(words["at_least"][language]) if name == "remaining" and open_left else "",
        }
        for name in order
        if amounts.get(name) is not None
    ]


def _about_rate(
    cost: Cost, kind: LoanKind, year: str, found: LoanLimits | None, language: str, *, told: bool
) -> list[Say]:
    """The rate of a new loan of that year, and the fee, which comes out before the student gets anything."""
    if told and found is None:
        return []
    if cost.set_rate is None:
        known = cost.fallback
        params = {"award_year": year, "rate": f"{known.percent}%", "known_year": known.award_year or ""}
        return [Say("utter_borrow_rate_open", params, {"sources": _sources([known.source])})]
    charge = fee(kind)
    amount = (found.available_this_year if found else None) or None
    params = {"award_year": year, "rate": f"{cost.set_rate.percent}%", "fee": f"{charge.percent}%"}
    custom = {"sources": _sources([cost.set_rate.source, charge.source])}
    if amount is None:
        return [Say("utter_borrow_rate", params, custom)]
    kept = (Decimal(amount) * (1 - charge.percent / 100)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    params |= {"amount": _dollars(amount, language), "received": _dollars(int(kept), language)}
    return [Say("utter_borrow_rate_example", params, custom)]


def _about_cost(cost: Cost, found: LoanLimits | None, language: str) -> list[Say]:
    """The plans that are open, with amounts as far as they can be worked out."""
    planned = (found.available_this_year if found else None) or None
    balance = cost.balance or planned
    says: list[Say] = []
    open_to = plans_open(parent=cost.parent, new=cost.new)
    params = {
        "balance": _dollars(balance, language),
        "rate": f"{cost.percent}%",
        "list": "\n".join(f"- {line}" for line in plan_lines(cost.plans, balance, cost, language)),
    }
    sources = _sources(
        Citation(source.name, source.url, open_to.as_of, open_to.confidence) for source in open_to.source
    )
    which = "balance" if cost.balance else "example" if planned else "open"
    says.append(Say(f"utter_borrow_plans_{which}", params, {"sources": sources}))
    if cost.new and not cost.parent:
        says.append(Say("utter_borrow_new_loans", {"changed": show_date(rules().new_from.isoformat(), language)}))
    elif not cost.new and not cost.parent:
        closing, changed = (show_date(day.isoformat(), language) for day in (rules().closing.by, rules().new_from))
        says.append(Say("utter_borrow_older_loans", {"closing": closing, "changed": changed}))
    return says


def _stated(said: Mapping[str, Any], state: FlowState, language: str) -> str:
    """What was assumed, in words."""
    kinds = {
        "enrollment": ("choice", "enrollment"), "grade_level": ("choice", "grade_level"),
        "borrow_topic": ("choice", "borrow_topic"), "borrower": ("choice", "borrower"),
        "dependency": ("choice", "dependency"), "student_marital_status": ("choice", "student_marital_status"),
        "award_year": ("year", None), "loan_rate": ("rate", None), "borrower_dependents": ("count", None),
    }  # fmt: skip
    parts = []
    for name in state.assumed:
        if name in said and name != "borrow_topic":
            kind, choices = kinds.get(name, ("yes_no", None))
            parts.append(f"{label(name, language)}: {show(said[name], kind, language, choices)}")
    return "; ".join(parts)


def _dollars(amount: int | None, language: str) -> str:
    return show(amount, "money", language) if amount is not None else show(None, "money", language)


def _sources(citations: Iterable[Citation]) -> list[dict[str, str]]:
    """The pages behind a message, each once, most telling first."""
    pages = {
        one.url: {"title": one.name, "url": one.url, "as_of": one.as_of.isoformat()}
        for one in citations
        if one.url is not None
    }
    return list(pages.values())[:_MOST_SOURCES]
