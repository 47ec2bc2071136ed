"""The end of a request for a review: the case file, what the school may do with it, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from actions.contact_questions import reachable
from actions.flow.model import Answers, FlowState, Heard, Say
from actions.flow.words import choice_labels, label, show
from actions.handoff import reference_for, request_for
from knowledge.award_years import load
from knowledge.special_circumstances import Statement, special_circumstances

__all__ = ["case_rows", "messages"]

_KINDS = {
    "appeal_reason": "choice", "appeal_who": "choice", "appeal_date": "date", "award_year": "text",
    "income_before": "money", "income_now": "money", "proof": "text", "school_name": "text", "appeal_story": "text",
}  # fmt: skip
"""The lines of a case in the order of the form, with the kind of each."""
_VALUES = ("appeal_reason", "appeal_who", "appeal_date", "income_before", "income_now", "school_name")
_SAID = ("may_change", "may_not", "school_decides", "must_look")


def messages(answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
    """What is said at the end, in order; the last message carries `result` and the case for the record."""
    language = heard.language
    reference = reference_for(heard.conversation_id, state.ended_by or heard.message_id)
    params = {
        "reference": reference,
        "school": str(answers.get("school_name") or ("su escuela" if language == "es" else "your school")),
        "papers": ", ".join(special_circumstances().papers.listed(answers.get("appeal_reason"), language)),
    }
    stated = special_circumstances().statements
    params |= {name: stated[name].in_language(language) for name in ("file_first", "each_school")}
    rows = case_rows(answers, language)
    done = "utter_appeal_updated" if state.ended_by else "utter_appeal_done"
    reason = next(row["value"] for row in rows if row["name"] == "appeal_reason")
    request = {
        **request_for(answers, reference, language),
        "kind": "appeal",
        "handoff_reason": f"{label('appeal_reason', language)}: {reason}",
        "case": [{"label": row["label"], "value": row["value"], "note": row["note"]} for row in rows],
    }
    result = {
        "flow": "appeal", "end": "appeal_recorded", "assumed": list(state.assumed),
        "values": {"reference": reference, **{name: answers.get(name) for name in _VALUES}},
        "answers": {name: value for name, value in answers.items() if value is not None},
    }  # fmt: skip
    contact = "utter_appeal_contact" if reachable(answers) else "utter_appeal_no_contact"
    return (
        Say(done, params, {"rows": [{k: v for k, v in row.items() if k != "name"} for row in rows]}),
        Say("utter_appeal_next", params),
        Say(contact, params),
        _what_a_school_may_do(language, {"result": result, "handoff": request}),
    )


def case_rows(answers: Answers, language: str) -> list[dict[str, Any]]:
    """The case line by line, as a school reads it; what is open says so."""
    tax_year = str(load(str(answers["award_year"])).income_tax_year) if answers.get("award_year") else ""
    rows = []
    for name, kind in _KINDS.items():
        closed = name if any(c["value"] == str(answers.get(name)) for c in _choices(name, language)) else None
        rows.append(
            {
                "name": name,
                "label": label(name, language),
                "value": show(answers.get(name), kind, language, closed),
                "note": tax_year if name == "income_before" else "",
                "private": name not in {"award_year", "school_name"} and answers.get(name) is not None,
            }
        )
    return rows


def _choices(name: str, language: str) -> list[dict[str, str]]:
    return choice_labels(name, language) if name in {"appeal_reason", "appeal_who"} else []


def _what_a_school_may_do(language: str, data: Mapping[str, Any]) -> Say:
    """The rules in words, with their sources; `data` goes along."""
    stated = special_circumstances().statements
    told = [stated[name] for name in _SAID]
    rules = " ".join(one.in_language(language) for one in told)
    unusual = stated["unusual"].in_language(language)
    return Say("utter_appeal_rules", {"rules": rules, "unusual": unusual}, {**data, "sources": _sources(told)})


def _sources(told: Iterable[Statement]) -> list[dict[str, str]]:
    """Each page once, with the day it was read."""
    pages = {source.url: (source.name, one.as_of) for one in told for source in one.source if source.url}
    return [{"title": title, "url": url, "as_of": as_of.isoformat()} for url, (title, as_of) in pages.items()]
