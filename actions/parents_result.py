"""What is said at the end about parents: who goes on the form, why, who signs, and what each of them has to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.flow.model import Answers, FlowState, Heard, Say
from actions.flow.words import label, phrase, show
from actions.quoting import Quote, said, short, sources, statement
from knowledge.notes import Language
from knowledge.parents import CHOICES, Parents, Reason, say

__all__ = ["because", "messages", "people"]

_BOTH = ("mother", "father")
_SPOUSE = {"mother": "stepfather", "father": "stepmother"}
_ABOUT_SSN: Reason = "parent_without_ssn"
_FOR_NOW: Reason = "contact_unsafe_or_impossible"
_LISTED = frozenset(
    {"lives_with", "parents_alive", "parents_relationship", "more_support_parent", "higher_income_parent"}
)


def people(said_so_far: Mapping[str, Any], language: str) -> dict[str, str]:
    """How the questions speak of the parent who counts so far, and of the couple they belong to."""
    alive, support = said_so_far.get("parents_alive"), said_so_far.get("more_support_parent")
    one = {"mother_only": "mother", "father_only": "father"}.get(str(alive))
    one = one or (said_so_far.get("higher_income_parent") if support == "equal" else support)
    if one not in _SPOUSE:
        return {"parent": phrase("roles", "parent", language), "couple": phrase("roles", "both", language),
                "is_married": phrase("roles", "married_parent", language)}  # fmt: skip
    couple = _roles((str(one), _SPOUSE[str(one)]), language)
    return {"parent": phrase("roles", str(one), language), "couple": couple,
            "is_married": phrase("roles", f"married_{one}", language)}  # fmt: skip


def messages(
    found: Parents | None, rests_on: Mapping[str, Any], answers: Answers, state: FlowState, heard: Heard
) -> tuple[Say, ...]:
    """The messages in order; the last one carries `result`."""
    language = heard.language
    values: dict[str, Any] = {
        "parents": list(found.roles) if found is not None else None,
        "parent_contributors": found.contributors if found is not None else None,
    }
    result = {
        "flow": "who_is_parent", "end": "parents_shown", "values": values, "assumed": list(state.assumed),
        "answers": {name: value for name, value in answers.items() if value is not None},
    }  # fmt: skip
    assumed = _assumed(rests_on, state, language)
    stated = [Say("utter_dependency_assumed", {"list": assumed})] if assumed else []
    offer = Say("utter_parents_offer_person", {}, {"result": result, "asks": _offer(language)})
    if found is None:
        return (Say("utter_parents_open"), *stated, offer)
    says = [_headline(found, heard), because(found, language), *stated]
    if found.roles:
        return (*says, _to_do(found, language), Say("utter_parents_end", {}, {"result": result}))
    if _FOR_NOW in found.reasons:
        proof = said(short("unusual-circumstances-proof", language))
        return (*says, proof, Say("utter_dependency_next_provisional"), offer)
    return (*says, Say("utter_parents_end_none", {}, {"result": result}))


def _headline(found: Parents, heard: Heard) -> Say:
    language = heard.language
    if not found.roles:
        return Say("utter_parents_none_for_now" if _FOR_NOW in found.reasons else "utter_parents_none")
    if len(found.roles) == 1:
        response = "utter_parents_one"
    else:
        response = "utter_parents_two_one_signs" if found.contributors == 1 else "utter_parents_two_both_sign"
    rows = {} if heard.channel == "sms" else {"rows": _rows(found, language)}
    return Say(response, {"parents": _roles(found.roles, language)}, rows)


def _rows(found: Parents, language: str) -> list[dict[str, str]]:
    """One line for each person on the form: whether they sign."""
    signs = "one_of_two" if found.contributors == 1 and len(found.roles) > 1 else "signs"
    return [
        {"label": phrase("roles", f"{role}_alone", language), "value": phrase("roles", signs, language), "note": ""}
        for role in found.roles
    ]


def because(found: Parents, language: str) -> Say:
    """The rules that put these people on the form, each with its source."""
    reasons = [reason for reason in found.reasons if reason != _ABOUT_SSN]
    return said(*(_rule(reason, language) for reason in reasons))


def _rule(reason: Reason, language: str) -> Quote:
    spoken: Language = "es" if language == "es" else "en"
    rule = say(reason, spoken)
    page = rule.source[0]
    return Quote(rule.text, {"title": page.name, "url": str(page.url), "as_of": rule.as_of.isoformat()})


def _to_do(found: Parents, language: str) -> Say:
    """What each person who signs has to do; the way without a Social Security number where one is missing."""
    quotes = [short("contributor-invite-how", language), short("consent-refused", language)]
    if _ABOUT_SSN in found.reasons:
        quotes += [
            _rule(_ABOUT_SSN, language),
            statement("account-parent-no-ssn", "no-ssn-account", language),
            statement("account-parent-no-ssn", "noncitizen", language),
            statement("consent-without-ssn", "no-ssn-taxes", language),
            statement("consent-without-ssn", "by-hand", language),
        ]
    text = "\n".join(quote.text for quote in quotes)
    return Say("utter_parents_to_do", {"quoted": text}, {"sources": sources(quotes)})


def _roles(roles: tuple[str, ...], language: str) -> str:
    if set(roles) == set(_BOTH):
        return phrase("roles", "both", language)
    return phrase("roles", "and", language).join(phrase("roles", role, language) for role in roles)


def _offer(language: str) -> dict[str, Any]:
    choices = [{"value": value, "label": show(value, "yes_no", language)} for value in ("yes", "no")]
    return {"name": "offer_person", "kind": "yes_no", "choices": choices}


def _assumed(rests_on: Mapping[str, Any], state: FlowState, language: str) -> str:
    """What was taken for granted, in words."""
    assumed = [name for name in state.assumed if name in rests_on and name in CHOICES]
    shown = (show(rests_on[name], "yes_no", language, name if name in _LISTED else None) for name in assumed)
    return "; ".join(f"{label(name, language)}: {value}" for name, value in zip(assumed, shown, strict=True))
