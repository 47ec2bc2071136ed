"""From the answers people gave, under their canonical names, to the inputs of the formula."""

from datetime import date
from difflib import get_close_matches
from typing import Any, cast

from knowledge import dependency
from knowledge.award_years import available, load, year_to_file_for
from knowledge.canonical import Answers, amount, code, codes_of, is_given, whole_number, yes
from knowledge.errors import AnswerError, UnknownAnswerError
from knowledge.sai.completeness import problems
from knowledge.sai.inputs import (
    MONEY_OF_A_PERSON,
    MONEY_OF_ASSETS,
    OWN_ON_A_JOINT_RETURN,
    TWO_PEOPLE,
    Assets,
    DependencyStatus,
    EnrollmentLevel,
    EstimateInputs,
    Family,
    FilerClass,
    FilingStatus,
    GradeLevel,
    ParentMaritalStatus,
    Person,
    StudentMaritalStatus,
    Study,
)

_PEOPLE = ("student", "student_spouse", "parent", "other_parent")
NAMES = frozenset(
    {
        *("award_year", "depth", "asking_as", "family_size", "state", "state_for_poverty", "number_in_college"),
        *("dependency", "any_dependency_reason", "unusual_circumstances", *dependency.YES_NO_QUESTIONS),
        *("birth_date", "birth_year", "born_before_cutoff", "student_marital_status", "parent_marital_status"),
        *("means_tested_benefit", "eitc_received", "farm_lived_on", "business_family_owned_small"),
        *("enrollment", "credits_enrolled", "credits_full_time", "cost_of_attendance", "other_grants"),
        *("grade_level", "has_bachelors_degree", "pell_lifetime_used"),
        *(
            f"{who}_{name}"
            for who in _PEOPLE
            for name in ("filer_class", "filing_status", "files_schedule_abdefh", *MONEY_OF_A_PERSON)
        ),
        *(f"{who}_{name}" for who in ("student", "parent") for name in MONEY_OF_ASSETS),
    }
)
"""The canonical names of everything an estimate can ask."""

_FILER_CLASS_CODES = codes_of(FilerClass)
_FILING_STATUS_CODES = codes_of(FilingStatus)
_DEPENDENCY_STATUS_CODES = codes_of(DependencyStatus)
_STUDENT_MARITAL_STATUS_CODES = codes_of(StudentMaritalStatus)
_PARENT_MARITAL_STATUS_CODES = codes_of(ParentMaritalStatus)
_ENROLLMENT_LEVEL_CODES = codes_of(EnrollmentLevel)
_GRADE_LEVEL_CODES = codes_of(GradeLevel)
_LARGEST_FAMILY = 99
_MOST_CREDITS = 60
_MOST_LIFETIME_PERCENT = 1_000


def award_year_of(answers: Answers, today: date) -> str:
    """The award year answered, else the one a person would file for today. Raises AnswerError."""
    return code(answers, "award_year", available(), year_to_file_for(today))


def from_answers(answers: Answers, today: date) -> EstimateInputs:
    """The formula's inputs from canonical answers, such as {"family_size": 3, "parent_agi": 41850}.

    What an index cannot be worked out without must be there: dependency, the marital status of whoever counts, and
    each return's adjusted gross income (or that there is no return). Everything else is read as in
    `from_partial_answers`.

    Raises AnswerError naming the question, what was given and what is allowed; its kinds MissingAnswerError and
    ContradictionError for answers that are not there or cannot be true together.
    """
    inputs = from_partial_answers(answers, today)
    found = next(problems(answers, inputs, load(award_year_of(answers, today))), None)
    if found is not None:
        raise found
    return inputs


def from_partial_answers(answers: Answers, today: date) -> EstimateInputs:
    """What the answers tell so far, in the middle of a form.

    Missing amounts are 0, missing yes/no answers "no", a missing filing status the usual one for the family,
    and a missing way of filing "not known" (which never gives the Maximum Pell Grant of people who do not
    file). Answers about a spouse or second parent are left aside when the marital status says there is none;
    a joint return's amounts on the second person too, since they stand on the first. `dependency` wins over
    the dependency questions.

    Raises AnswerError naming the question, what was given and what is allowed.
    """
    year = load(award_year_of(answers, today))
    said = code(answers, "dependency", _DEPENDENCY_STATUS_CODES, "") or dependency.status(answers, year).status
    family = Family(
        dependency=cast(DependencyStatus, said),
        student_marital_status=cast(
            StudentMaritalStatus,
            code(answers, "student_marital_status", _STUDENT_MARITAL_STATUS_CODES, "never_married"),
        ),
        parent_marital_status=cast(
            ParentMaritalStatus, code(answers, "parent_marital_status", _PARENT_MARITAL_STATUS_CODES, "")
        ),
        family_size=whole_number(answers, "family_size", 1, _LARGEST_FAMILY),
        state_for_poverty=_state(answers),
        means_tested_benefit=yes(answers, "means_tested_benefit"),
        eitc_received=yes(answers, "eitc_received"),
    )
    is_dependent = family.dependency == "dependent"
    student = _person(answers, "student", usual_filing_status(family, "student"))
    parent = _person(answers, "parent", usual_filing_status(family, "parent")) if is_dependent else None
    student_is_married = family.student_marital_status in TWO_PEOPLE
    two_parents = family.parent_marital_status in TWO_PEOPLE
    return EstimateInputs(
        family=family,
        student=student,
        student_spouse=_second(answers, "student_spouse", student) if student_is_married else None,
        parent=parent,
        other_parent=_second(answers, "other_parent", parent) if parent and two_parents else None,
        student_assets=_assets(answers, "student"),
        parent_assets=_assets(answers, "parent"),
        study=_study(answers),
    )


def usual_filing_status(family: Family, who: str) -> FilingStatus:
    """What a `who` ("student" or "parent") who files most often files as.

    Joint for a couple, head of household for an unmarried person with dependents, else single.
    """
    if who == "student" and family.dependency == "dependent":
        return "single"
    marital = family.parent_marital_status if who == "parent" else family.student_marital_status
    if marital in ("married", "remarried"):
        return "married_joint"
    with_dependents = who == "parent" or (family.family_size or 1) > 1
    return "head_of_household" if with_dependents else "single"


def only_known(answers: Answers) -> None:
    """Raises UnknownAnswerError for a name that no question of an estimate has, with the names nearest to it."""
    unknown = next((name for name in answers if name not in NAMES), None)
    if unknown is not None:
        raise UnknownAnswerError(unknown, answers[unknown], tuple(get_close_matches(unknown, sorted(NAMES), n=3)))


def _state(answers: Answers) -> str:
    name = "state_for_poverty" if is_given(answers, "state_for_poverty") else "state"
    if not is_given(answers, name):
        return ""
    given = answers[name]
    if isinstance(given, str) and len(given) == 2 and given.isascii() and given.isalpha() and given.isupper():
        return given
    raise AnswerError(name, given, "a two-letter state such as OH")


def _person(answers: Answers, who: str, usual: FilingStatus) -> Person:
    filer = cast(FilerClass, code(answers, f"{who}_filer_class", _FILER_CLASS_CODES, ""))
    default = "" if filer == "nonfiler" else usual
    status = code(answers, f"{who}_filing_status", _FILING_STATUS_CODES, default)
    money: dict[str, Any] = {name: amount(answers, f"{who}_{name}") for name in MONEY_OF_A_PERSON}
    return Person(
        filer_class=filer,
        filing_status=cast(FilingStatus, status),
        files_schedule_abdefh=yes(answers, f"{who}_files_schedule_abdefh"),
        **money,
    )


def _second(answers: Answers, who: str, first: Person) -> Person:
    """The spouse or other parent. Whoever shares a joint return files as the first person does."""
    if first.filing_status != "married_joint" or first.filer_class == "nonfiler":
        return _person(answers, who, "")
    own: dict[str, Any] = {name: amount(answers, f"{who}_{name}") for name in OWN_ON_A_JOINT_RETURN}
    return Person(filer_class=first.filer_class, filing_status="married_joint", **own)


def _assets(answers: Answers, who: str) -> Assets:
    money: dict[str, Any] = {name: amount(answers, f"{who}_{name}") for name in MONEY_OF_ASSETS}
    return Assets(
        farm_lived_on=yes(answers, "farm_lived_on"),
        business_family_owned_small=yes(answers, "business_family_owned_small"),
        **money,
    )


def _grade_level(answers: Answers) -> GradeLevel:
    """A student who said to be at graduate level is, also where the year of study was never asked."""
    usual = "graduate" if yes(answers, "graduate_student") else ""
    return cast(GradeLevel, code(answers, "grade_level", _GRADE_LEVEL_CODES, usual))


def _study(answers: Answers) -> Study:
    cost_given = is_given(answers, "cost_of_attendance")
    enrollment = code(answers, "enrollment", _ENROLLMENT_LEVEL_CODES, "full_time")
    return Study(
        enrollment=cast(EnrollmentLevel, enrollment),
        credits_enrolled=whole_number(answers, "credits_enrolled", 0, _MOST_CREDITS),
        credits_full_time=whole_number(answers, "credits_full_time", 1, _MOST_CREDITS),
        cost_of_attendance=amount(answers, "cost_of_attendance") if cost_given else None,
        other_grants=amount(answers, "other_grants"),
        grade_level=_grade_level(answers),
        has_bachelors_degree=yes(answers, "has_bachelors_degree"),
        pell_lifetime_used=whole_number(answers, "pell_lifetime_used", 0, _MOST_LIFETIME_PERCENT) or 0,
    )
