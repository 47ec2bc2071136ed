"""Dependency status for the FAFSA: dependent, independent, or provisionally so until the school decides.

Source of the rules: the dependency questions of the form, 20 U.S.C. 1087vv(d). The dates of each award year
stand in its tables.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.award_years.model import AwardYear
from knowledge.canonical import Answers, calendar_date, code, is_given, whole_number, yes

Status = Literal["dependent", "independent", "provisional"]

# In the order of the form. One yes to any of them makes a student independent.
YES_NO_QUESTIONS = (
    "graduate_student",
    "active_duty",
    "veteran",
    "supports_children",
    "supports_other_dependents",
    "both_parents_dead",
    "foster_care",
    "ward_of_court",
    "emancipated_minor",
    "legal_guardianship",
    "homeless_or_at_risk",
)
_MARITAL = ("never_married", "married", "remarried", "separated", "divorced", "widowed")
_MARRIED = ("married", "remarried")
_GRADUATE_LEVELS = ("graduate", "professional")
_EARLIEST_BIRTH_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Dependency:
    """`reason` is the name of the question that decided, "none" for a dependent student.

    `unanswered` names the questions without an answer that could still change this.
    """

    status: Status
    reason: str
    unanswered: tuple[str, ...] = ()


def status(answers: Answers, year: AwardYear) -> Dependency:
    """The dependency status from canonical answers. Raises AnswerError for one that is not canonical.

    A missing answer counts as no. Living alone, parents who refuse to help and not being claimed on their
    taxes are no reasons, so they are not looked at. "No" to `any_dependency_reason` answers every question
    of the list; "yes" to it alone means independent for a reason that is still to be asked.
    """
    born_before = _born_before_cutoff(answers, year.dependency.born_before)
    marital = code(answers, "student_marital_status", _MARITAL, "")
    any_reason = code(answers, "any_dependency_reason", ("yes", "no"), "")
    if born_before:
        return Dependency("independent", "born_before_cutoff")
    if marital in _MARRIED:
        return Dependency("independent", "student_marital_status")
    for question in YES_NO_QUESTIONS:
        if yes(answers, question) or (question == "graduate_student" and _at_graduate_level(answers)):
            return Dependency("independent", question)
    if yes(answers, "unusual_circumstances"):
        return Dependency("provisional", "unusual_circumstances")

    listed = () if any_reason == "no" else (*YES_NO_QUESTIONS, "unusual_circumstances")
    unanswered = [question for question in listed if not is_given(answers, question)]
    if any_reason == "yes" and unanswered:
        return Dependency("independent", "any_dependency_reason", tuple(unanswered))
    if marital == "":
        unanswered.insert(0, "student_marital_status")
    if born_before is None:
        unanswered.insert(0, "born_before_cutoff")
    return Dependency("dependent", "none", tuple(unanswered))


def _at_graduate_level(answers: Answers) -> bool:
    """A graduate grade level answers the question about graduate study, unless it was answered itself."""
    return not is_given(answers, "graduate_student") and answers.get("grade_level") in _GRADUATE_LEVELS


def _born_before_cutoff(answers: Answers, cutoff: date) -> bool | None:
    """None when no question about age was answered. A date wins over a year, a year over yes or no."""
    if (born := calendar_date(answers, "birth_date")) is not None:
        return born < cutoff
    if (year := whole_number(answers, "birth_year", _EARLIEST_BIRTH_YEAR, date.max.year)) is not None:
        # The cutoff is always a first of January, so the year alone decides.
        return year < cutoff.year
    return yes(answers, "born_before_cutoff") if is_given(answers, "born_before_cutoff") else None
