"""From the answers people gave, under their canonical names, to a borrower."""

from dataclasses import replace
from datetime import date
from typing import cast

from knowledge import dependency
from knowledge.award_years import load as load_award_year
from knowledge.canonical import LARGEST_AMOUNT, Answers, code, codes_of, is_given, whole_number, yes
from knowledge.loans.borrower import MOST_CREDITS_A_YEAR, Borrower, WhoBorrows
from knowledge.loans.model import load
from knowledge.sai.answers import award_year_of
from knowledge.sai.inputs import DependencyStatus, EnrollmentLevel, GradeLevel


def from_answers(answers: Answers, today: date) -> Borrower:
    """The borrower from canonical answers, such as {"grade_level": "first_year", "total_borrowed": 0}.

    Without `dependency` it is worked out from the dependency questions for the award year answered, else the
    one to file for on `today`. Amounts nobody gave stay unknown. A missing yes/no answer counts as no, missing
    enrollment as full time; `assumed` names those of them that can change the limits. `other_aid` is all aid
    of the year except the loan asked about; `undergraduate_borrowed` and `grad_plus_borrowed` are the parts
    of `total_borrowed` that a graduate student may know.

    Raises MissingAnswerError, ContradictionError or AnswerError naming the question, what was given and what
    is allowed; UnknownAwardYearError when there are no limits for the year.
    """
    award_year = award_year_of(answers, today)
    worked_out = dependency.status(answers, load_award_year(award_year))
    status = cast(DependencyStatus, code(answers, "dependency", codes_of(DependencyStatus), worked_out.status))
    grade = cast(GradeLevel, code(answers, "grade_level", codes_of(GradeLevel), ""))
    borrower = Borrower(
        dependency=status,
        grade_level=grade,
        borrower=cast(WhoBorrows, code(answers, "borrower", codes_of(WhoBorrows), "student")),
        enrollment=cast(EnrollmentLevel, code(answers, "enrollment", codes_of(EnrollmentLevel), "full_time")),
        credits_year=whole_number(answers, "credits_year", 0, MOST_CREDITS_A_YEAR),
        credits_full_time_year=whole_number(answers, "credits_full_time_year", 1, MOST_CREDITS_A_YEAR),
        parent_plus_denied=yes(answers, "parent_plus_denied"),
        parents_refuse=yes(answers, "parents_refuse"),
        legacy_borrower=yes(answers, "legacy_borrower"),
        total_borrowed=_dollars(answers, "total_borrowed"),
        subsidized_borrowed=_dollars(answers, "subsidized_borrowed"),
        undergraduate_borrowed=_dollars(answers, "undergraduate_borrowed"),
        grad_plus_borrowed=_dollars(answers, "grad_plus_borrowed"),
        cost_of_attendance=_dollars(answers, "cost_of_attendance"),
        other_aid=_dollars(answers, "other_aid"),
    )
    return _with_assumptions(borrower, answers, award_year, dependency_is_sure=not worked_out.unanswered)


def _dollars(answers: Answers, name: str) -> int | None:
    return whole_number(answers, name, 0, LARGEST_AMOUNT)


def _with_assumptions(borrower: Borrower, answers: Answers, award_year: str, *, dependency_is_sure: bool) -> Borrower:
    """The borrower, knowing which questions that can change the limits nobody answered."""
    dependent, asks = borrower.is_dependent_undergraduate, borrower.borrower == "parent"
    can_matter = {
        "dependency": dependent and not dependency_is_sure,
        "enrollment": borrower.credits_year is None,
        "legacy_borrower": load(award_year).old is not None and (borrower.at_graduate_level or (asks and dependent)),
        "parent_plus_denied": dependent and not asks,
    }
    assumed = tuple(name for name, matters in can_matter.items() if matters and not is_given(answers, name))
    return replace(borrower, assumed=assumed)
