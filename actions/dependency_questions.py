"""The dependency questions of the FAFSA, as every flow asks them that has to know whether parents count.

One yes settles it, so asking stops there. Age is settled by yes or no, a birthday, a year or an age that leaves no
doubt; the reasons beside age and marriage are one list first, and each by itself only when that is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from actions.answers.choice import choice_named, parse_choice
from actions.answers.dates import parse_birth_date, parse_birth_year
from actions.answers.parsed import Parsed, confirm, invalid, not_sure, ok
from actions.answers.text import words
from actions.answers.yes_no import parse_yes_no, yes_no_by_place
from actions.flow.model import Answers, FlowState, Heard, Question
from actions.flow.statements import about_somebody_else, only_somebody_else, stated, wonders
from actions.flow.words import choices, show_date, told
from actions.parents_compared import living
from knowledge import dependency
from knowledge.award_years import AwardYear, load

__all__ = [
    "NAMES",
    "REASONS",
    "dependency_of",
    "facts",
    "gathered",
    "only_trains",
    "questions",
    "reads",
    "reason_named",
    "told_at_once",
    "undone",
]

REASONS = (*dependency.YES_NO_QUESTIONS, "unusual_circumstances")
"""The reasons for independence beside age and marriage, in the order of the form."""
AGE = ("birth_date", "birth_year", "born_before_cutoff")
"""Any one of these answers the question about age; the earlier one says more."""
NAMES = frozenset({*AGE, "student_marital_status", "any_dependency_reason", *REASONS})

_NO_PARENTS = "unusual_circumstances"
_WHICH = "which_dependency_reason"
_MARRIED = frozenset({"married", "remarried"})
_TOPICS = {
    "graduate_student": "graduate_student", "active_duty": "military", "veteran": "military",
    "supports_children": "support", "supports_other_dependents": "support", "both_parents_dead": "since_13",
    "foster_care": "since_13", "ward_of_court": "since_13", "emancipated_minor": "court",
    "legal_guardianship": "court", "homeless_or_at_risk": "homeless", "unusual_circumstances": "unusual",
}  # fmt: skip
_COUNTABLE = frozenset({"supports_children", "supports_other_dependents"})
"""Yes-or-no questions to which "2" may be how many, and not the second of the two answers."""
_OF_ONESELF = frozenset({
    "graduate_student", "active_duty", "veteran", "foster_care", "ward_of_court", "emancipated_minor",
    "homeless_or_at_risk",
})  # fmt: skip
"""What is told of a relative or a friend in these is nothing about the student ("my dad is a veteran")."""
_NO_FIRST = re.compile(r"\s*(?:no|nope|nah)\b\s*[,.;!]", re.IGNORECASE)
_SHORT = 3
"""Words of an answer that may be a misspelt reason; longer ones have to name it."""


def dependency_of(answers: Answers, year: AwardYear) -> dependency.Dependency | None:
    """What the answers so far make the student, or None while it is still open."""
    said = {name: answers[name] for name in (*NAMES, "grade_level") if answers.get(name) is not None}
    reached = dependency.status(said, year)
    if reached.reason == "any_dependency_reason":
        return None
    settled = (
        reached.status != "dependent"
        or said.get("any_dependency_reason") == "no"
        or all(said.get(reason) == "no" for reason in REASONS)
    )
    complete = any(name in said for name in AGE) and "student_marital_status" in said
    return reached if settled and (complete or reached.status != "dependent") else None


def questions(answers: Answers, state: FlowState, year: AwardYear, *, marriage_matters: bool) -> Iterator[Question]:
    """The questions up to the first yes; `marriage_matters` for who needs the marital status even after one."""
    known = next((reason for reason in REASONS if answers.get(reason) == "yes"), None)
    born = {name: answers[name] for name in AGE if answers.get(name) is not None}
    if born or (known is None and answers.get("student_marital_status") not in _MARRIED):
        yield _age(answers)
    old_enough = dependency.status(born, year).status == "independent"
    if marriage_matters or (not old_enough and (known is None or answers.get("student_marital_status"))):
        yield Question(
            "student_marital_status", "choice", "utter_q_student_marital_status", "student_marital_status",
            choices="student_marital_status", assume="never_married",
        )  # fmt: skip
    if old_enough or answers.get("student_marital_status") in _MARRIED:
        return
    if known is not None and answers.get("any_dependency_reason") is None:
        yield _reason(known)
        return
    yield Question("any_dependency_reason", "yes_no", "utter_q_any_dependency_reason", "dependency", assume="no")
    if answers.get("any_dependency_reason") != "yes":
        return
    one_by_one = _WHICH in state.expanded
    if known is None and not one_by_one:
        yield Question(
            _WHICH, "choice", "utter_q_which_dependency_reason", "dependency",
            names=REASONS, choices="dependency_reason", optional=True,
        )  # fmt: skip
    for reason in REASONS:
        if one_by_one or answers.get(reason) is not None:
            yield _reason(reason)
        if answers.get(reason) == "yes":
            return


def _age(answers: Answers) -> Question:
    """The question about age, in the form in which it was answered."""
    if answers.get("birth_date") is not None:
        return Question("birth_date", "birth_date", "utter_q_birth_date", "age", assume=None, optional=True)
    if answers.get("birth_year") is not None:
        return Question("birth_year", "birth_year", "utter_q_birth_year", "age", assume=None, optional=True)
    return Question("born_before_cutoff", "yes_no", "utter_q_born_before_cutoff", "age", assume="no")


def _reason(name: str) -> Question:
    return Question(name, "yes_no", f"utter_q_{name}", _TOPICS[name], assume="no")


def reads(question: Question, heard: Heard, year: AwardYear) -> Parsed[Any] | None:
    """A birthday instead of yes or no; a reason in the person's own words. None for the usual reading."""
    if question.key == "born_before_cutoff":
        return _hears_age(heard, year.dependency.born_before)
    if question.key == "any_dependency_reason":
        if _only_training(heard.text):
            return ok("no")
        if only_somebody_else(heard.text):
            return ok("no")
        if reason_named(heard.text):
            return ok("yes")
        return confirm("no", "negation") if _somebody_elses(heard.text) else None
    if question.key in _COUNTABLE and (place := yes_no_by_place(heard.text)):
        return confirm(place, "place")
    if question.key in REASONS:
        return _hears_reason(question.key, heard.text)
    if question.key == _WHICH and wonders(heard.text):
        return not_sure()
    if question.key == "student_marital_status":
        return _hears_marriage(heard.text)
    if question.key == "parents_refuse" and (told_value := told("parents_refuse", heard.text)) is not None:
        return ok(told_value)
    return None


def _hears_reason(name: str, text: str) -> Parsed[Any] | None:
    """A reason told as it is, or named; nobody who wonders whether it is theirs has named it."""
    if name == "both_parents_dead" and (told_of := living(text)):
        if any(told_of.values()):
            return ok("no")
        return ok("yes") if len(told_of) > 1 else None
    if name in _OF_ONESELF and only_somebody_else(text):
        return ok("no")
    if (value := stated(name, text)) is not None:
        return ok(value)
    if wonders(text):
        return not_sure()
    if _of_others(name, text) and parse_yes_no(text).status == "invalid":
        return confirm("no", "negation")
    return ok("yes") if reason_named(text) == name else None


def _somebody_elses(text: str) -> bool:
    """Whether a reason is named, but of somebody else."""
    named = parse_choice(text, choices("dependency_reason"), word_for_word=True)
    return _of_others(named.value, text)


def _of_others(reason: str | None, text: str) -> bool:
    """Whether a reason is told of somebody else. Parents who lose their home may take the student's home with it."""
    if reason == "homeless_or_at_risk" and {"mom", "dad", "parents", "mama", "papa", "papas", "padres"} & set(
        words(text)
    ):
        return False
    return reason in _OF_ONESELF and about_somebody_else(text)


def _hears_age(heard: Heard, cutoff: date) -> Parsed[Any] | None:
    born = parse_birth_date(heard.text, today=heard.today, language=heard.language)
    if born.status == "ok" and born.value is not None:
        return ok(_yes(born.value < cutoff))
    if born.status == "needs_confirmation":
        # March 4 or April 3 makes no difference unless the cutoff lies between them.
        days = [day for day in (born.value, *born.alternatives) if day is not None]
        sides = {day < cutoff for day in days}
        return ok(_yes(sides.pop())) if len(sides) == 1 else None
    year = parse_birth_year(heard.text, today=heard.today, language=heard.language)
    if year.value is None:
        return None
    sides = {one < cutoff.year for one in (year.value, *year.alternatives)}
    if len(sides) > 1:
        return invalid("age_close")
    return ok(_yes(sides.pop()))


def _hears_marriage(text: str) -> Parsed[Any] | None:
    """A bare yes or no to "are you married?"."""
    if len(words(text)) > _SHORT or parse_choice(text, choices("student_marital_status")).status != "invalid":
        return None
    match parse_yes_no(text).value:
        case "yes":
            return ok("married")
        case "no":
            return confirm("never_married", "negation")
        case _:
            return None


def reason_named(text: str) -> str | None:
    """The reason that the words name ("veteran", "I sleep in my car"), None when they name none or turn it around."""
    listed = choices("dependency_reason")
    named = parse_choice(text, listed, word_for_word=True)
    if named.status == "invalid" and named.problem == "unknown" and 0 < len(words(text)) <= _SHORT:
        named = parse_choice(text, listed)
    if named.status != "ok" or not any(char.isalpha() for char in text):
        # "They put me out and don't speak to me" holds a "don't" and denies nothing.
        parts = (text.split(",", 1)[-1], *(() if _NO_FIRST.match(text) else (text,)))
        return _NO_PARENTS if any(stated(_NO_PARENTS, part) == "yes" for part in parts) else None
    reason = str(named.value)
    return None if _of_others(reason, text) else reason


def told_at_once(text: str, answers: Answers) -> Mapping[str, Any]:
    """A reason that a first message tells with all that its question asks ("a judge gave my grandma guardianship")."""
    reason = choice_named(text, choices("reason_in_opening"))
    if reason is None or any(answers.get(one) == "yes" for one in REASONS):
        return {}
    kind = {"unusual_kind": "refugee"} if reason == "unusual_circumstances" else {}
    return {reason: "yes", **kind}


def only_trains(before: Answers, after: Answers) -> bool:
    """Whether an answer just told of military training, which is no active duty by itself."""
    new = after.get("active_duty") == "no" and before.get("active_duty") is None
    return new and after.get("any_dependency_reason") == "no"


def _only_training(text: str) -> bool:
    """Whether training is all the service there is, and nothing else is named."""
    return told("only_training", text) is not None and reason_named(text) in {None, "active_duty", "veteran"}


def gathered(question: Question, heard: Heard) -> Mapping[str, Any]:
    """The reason behind a yes ("yes, veteran"), the birthday behind an age; only what is certain."""
    if question.key == "any_dependency_reason":
        if _only_training(heard.text):
            return {"active_duty": "no"}
        reason = reason_named(heard.text)
        return {reason: "yes"} if reason in REASONS else {}
    if question.key == "born_before_cutoff":
        born = parse_birth_date(heard.text, today=heard.today, language=heard.language)
        if born.status == "ok" and born.value is not None:
            return {"birth_date": born.value.isoformat()}
        year = parse_birth_year(heard.text, today=heard.today, language=heard.language)
        return {"birth_year": year.value} if year.status == "ok" and born.value is None else {}
    return {}


def undone(before: Answers, after: Answers) -> tuple[str, ...]:
    """Dependency answers that a change makes doubtful."""
    doubtful = []
    if _cutoff_moved(before, after):
        doubtful.append("born_before_cutoff")
    if any(before.get(name) not in {None, after.get(name)} for name in ("birth_date", "birth_year")):
        doubtful.append("born_before_cutoff")
    if before.get("any_dependency_reason") == "yes" and after.get("any_dependency_reason") == "no":
        doubtful += [reason for reason in REASONS if after.get(reason) == "yes"]
    return tuple(doubtful)


def _cutoff_moved(before: Answers, after: Answers) -> bool:
    """Whether no to an earlier cutoff, or yes to a later one, no longer tells anything about the year meant now."""
    years, born = (before.get("award_year"), after.get("award_year")), after.get("born_before_cutoff")
    if None in years or years[0] == years[1] or born is None:
        return False
    was, now = (load(str(year)).dependency.born_before for year in years)
    return now > was if born == "no" else now < was


def facts(year: AwardYear, language: str) -> dict[str, str]:
    """What the words of the questions leave open: the years, the cutoff of age, the day homelessness counts from."""
    rules = year.dependency
    return {
        "award_year": year.award_year,
        "tax_year": str(year.income_tax_year),
        "cutoff": show_date(rules.born_before.isoformat(), language),
        "homeless_from": show_date(rules.homeless_on_or_after.isoformat(), language),
        "since_age": str(rules.orphan_foster_or_ward_since_age),
    }


def _yes(value: bool) -> str:
    return "yes" if value else "no"
