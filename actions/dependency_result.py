"""What is said at the end of the dependency questions: what the student is, why, what it changes, what to do next."""

from __future__ import annotations

from typing import Any

from actions.answers.command import command
from actions.dependency_questions import NAMES, REASONS, facts
from actions.flow.model import Answers, FlowState, Heard, Say
from actions.flow.words import label, phrase, show
from actions.quoting import Quote, said, short, statement
from knowledge import dependency
from knowledge.award_years import AwardYear, load
from knowledge.figures import figures

__all__ = ["care", "messages", "why"]

_NOTE_OF_REASON = {
    "born_before_cutoff": "dependency-age-24", "student_marital_status": "dependency-married",
    "graduate_student": "dependency-graduate-student", "active_duty": "dependency-military",
    "veteran": "dependency-military", "supports_children": "dependency-own-children",
    "supports_other_dependents": "dependency-supporting-relatives", "both_parents_dead": "dependency-both-parents-dead",
    "foster_care": "foster-care", "ward_of_court": "dependency-ward-of-the-court",
    "emancipated_minor": "dependency-emancipated-minor", "legal_guardianship": "dependency-legal-guardianship",
    "homeless_or_at_risk": "homeless-youth", "unusual_circumstances": "unusual-circumstances-no-contact",
    "none": "dependency-status",
}  # fmt: skip
"""The note that holds the rule behind each result."""
_ALSO = {"homeless_or_at_risk": ("homeless-youth-proof",), "foster_care": ("foster-care-chafee",)}
"""Notes that help somebody with this reason."""
_CARE = {
    "homeless_or_at_risk": ("utter_dependency_care_homeless", "phone-local-help"),
    "unusual_circumstances": ("utter_dependency_care_unusual", "phone-domestic-violence"),
}
"""What is said at once, and the number it names."""
_CHOICES = {"award_year": "award_year", "student_marital_status": "student_marital_status"}


def reached(answers: Answers, year: AwardYear) -> dependency.Dependency:
    """What the answers make the student. A yes to the list with a no to each of its reasons is a no."""
    given = {name: answers[name] for name in NAMES if answers.get(name) is not None}
    if not any(given.get(reason) == "yes" for reason in REASONS):
        given.pop("any_dependency_reason", None)
    return dependency.status(given, year)


def care(reason: str | None) -> tuple[Say, ...]:
    """Where help is near for who has no home, or is not safe with their parents; empty for other reasons."""
    if reason not in _CARE:
        return ()
    response, phone = _CARE[reason]
    return (Say(response, {"phone": figures()[phone].said("en")}, {"care": True}),)


def messages(answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
    """The messages in order; the last one carries `result`, and the offer of whoever helps next."""
    language = heard.language
    year = load(str(answers["award_year"]))
    found = reached(answers, year)
    params = facts(year, language)
    if found.status != "dependent":
        params["because"] = phrase("because", found.reason, language).format_map(params)
        params["papers"] = phrase("papers", found.reason, language)
    values = {"award_year": year.award_year, "dependency": found.status, "reason": found.reason}
    result = {
        "flow": "dependency", "end": "dependency_shown", "values": values, "assumed": list(state.assumed),
        "answers": {name: value for name, value in answers.items() if value is not None},
    }  # fmt: skip
    refused = found.status == "dependent" and answers.get("parents_refuse") == "yes"
    says = [Say(f"utter_dependency_{found.status}", params), said(*_quotes(found, language, refused=refused))]
    if assumed := _assumed(answers, state, language):
        says.append(Say("utter_dependency_assumed", {"list": assumed}))
    says.append(Say(f"utter_dependency_next_{_next(found, refused=refused)}", params))
    says.append(_last(found, result, language, refused=refused))
    return tuple(says)


def _quotes(found: dependency.Dependency, language: str, *, refused: bool) -> list[Quote]:
    if found.status == "provisional":
        notes = ("unusual-circumstances-provisional", "unusual-circumstances-proof")
        return [short(note, language) for note in notes]
    if found.status == "dependent":
        rule = statement("dependency-status", "not-reasons", language)
        return [rule, short("parents-refuse-fafsa", language)] if refused else [rule]
    # The words are about whose information is needed; the page cited first is the one with the reason.
    whose = short("dependency-independent-whose-information", language)
    return [*(short(note, language) for note in _ALSO.get(found.reason, ())), whose]


def _next(found: dependency.Dependency, *, refused: bool) -> str:
    if refused:
        return "refused"
    return "homeless" if found.reason == "homeless_or_at_risk" else found.status


def _last(found: dependency.Dependency, result: dict[str, Any], language: str, *, refused: bool) -> Say:
    """That this is no decision; and the offer of a person, or of the flow that tells which parent."""
    if refused or found.reason in {"homeless_or_at_risk", "unusual_circumstances"}:
        return Say("utter_dependency_offer_person", {}, {"result": result, "asks": _offer("offer_person", language)})
    if found.status == "dependent":
        return Say("utter_dependency_offer_parents", {}, {"result": result, "asks": _offer("offer_next", language)})
    return Say("utter_dependency_end", {}, {"result": result})


def _offer(name: str, language: str) -> dict[str, Any]:
    choices = [{"value": value, "label": show(value, "yes_no", language)} for value in ("yes", "no")]
    return {"name": name, "kind": "yes_no", "choices": choices}


def _assumed(answers: Answers, state: FlowState, language: str) -> str:
    """What was taken for granted, in words."""
    parts = []
    for name in state.assumed:
        value = answers.get(name)
        if value is not None and name in {*_CHOICES, *NAMES, "parents_refuse"}:
            shown = show(value, "choice" if name in _CHOICES else "yes_no", language, _CHOICES.get(name))
            parts.append(f"{label(name, language)}: {shown}")
    return "; ".join(parts)


def why(answers: Answers, heard: Heard) -> tuple[Say, ...]:
    """The rule behind the result, to a plain why; empty for anything else."""
    if command(heard.text) != "why" or answers.get("award_year") is None:
        return ()
    found = reached(answers, load(str(answers["award_year"])))
    return (said(short(_NOTE_OF_REASON[found.reason], heard.language)),)
