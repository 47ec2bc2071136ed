"""Who wants to borrow, and what that depends on."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

from knowledge.canonical import LARGEST_AMOUNT, codes_of
from knowledge.errors import AnswerError, ContradictionError, MissingAnswerError
from knowledge.sai.inputs import DependencyStatus, EnrollmentLevel, GradeLevel

WhoBorrows = Literal["student", "parent"]
GRADUATE_LEVELS = ("graduate", "professional")
MOST_CREDITS_A_YEAR = 120
_AMOUNTS = (
    "total_borrowed",
    "subsidized_borrowed",
    "undergraduate_borrowed",
    "grad_plus_borrowed",
    "cost_of_attendance",
    "other_aid",
)


@dataclass(frozen=True, slots=True)
class Borrower:
    """One borrower in one academic year. Amounts are whole US dollars; None means not known.

    `borrower` "parent" asks for Parent PLUS for one dependent student. `total_borrowed` is then what all
    parents together have borrowed with it for this student; for a student it is every federal loan for their
    own study, of which `subsidized_borrowed`, `undergraduate_borrowed` and `grad_plus_borrowed` are parts.
    `other_aid` is all aid of the year except the loan asked about. Credits are those of the academic year and
    win over `enrollment`. `parents_refuse` means that they give no information on the form at all.
    `legacy_borrower`: in this program on June 30, 2026, with a Direct Loan for it made before July 1, 2026.
    `assumed` names the questions nobody answered whose usual answer stands here.

    Raises MissingAnswerError, ContradictionError or AnswerError naming the field, what was given and what is
    allowed: a student needs a `grade_level`, credits need `credits_full_time_year`, and no part of
    `total_borrowed` can be above it.
    """

    dependency: DependencyStatus
    grade_level: GradeLevel = ""
    borrower: WhoBorrows = "student"
    enrollment: EnrollmentLevel = "full_time"
    credits_year: int | None = None
    credits_full_time_year: int | None = None
    parent_plus_denied: bool = False
    parents_refuse: bool = False
    legacy_borrower: bool = False
    total_borrowed: int | None = None
    subsidized_borrowed: int | None = None
    undergraduate_borrowed: int | None = None
    grad_plus_borrowed: int | None = None
    cost_of_attendance: int | None = None
    other_aid: int | None = None
    assumed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_code("dependency", self.dependency, DependencyStatus)
        _check_code("borrower", self.borrower, WhoBorrows)
        _check_code("enrollment", self.enrollment, EnrollmentLevel)
        for name in _AMOUNTS:
            _check_number(name, getattr(self, name), 0, LARGEST_AMOUNT)
        _check_number("credits_year", self.credits_year, 0, MOST_CREDITS_A_YEAR)
        _check_number("credits_full_time_year", self.credits_full_time_year, 1, MOST_CREDITS_A_YEAR)
        if self.grade_level != "":
            _check_code("grade_level", self.grade_level, GradeLevel)
        elif self.borrower == "student":
            raise MissingAnswerError("grade_level", "one of " + ", ".join(codes_of(GradeLevel)))
        if self.credits_year is not None and self.credits_full_time_year is None:
            raise MissingAnswerError(
                "credits_full_time_year",
                f"a whole number from 1 to {MOST_CREDITS_A_YEAR}, to compare credits_year with",
            )
        self._check_parts()

    def _check_parts(self) -> None:
        total = self.total_borrowed
        if self.borrower == "parent" or total is None:
            return
        for name in ("subsidized_borrowed", "undergraduate_borrowed", "grad_plus_borrowed"):
            part = getattr(self, name)
            if part is not None and part > total:
                raise ContradictionError(name, part, f"total_borrowed is {total}", f"at most {total}")
        undergraduate, grad_plus = self.undergraduate_borrowed or 0, self.grad_plus_borrowed or 0
        if undergraduate + grad_plus > total:
            raise ContradictionError(
                "total_borrowed",
                total,
                f"undergraduate_borrowed is {undergraduate} and grad_plus_borrowed {grad_plus}",
                f"at least {undergraduate + grad_plus}",
            )

    @property
    def at_graduate_level(self) -> bool:
        return self.grade_level in GRADUATE_LEVELS

    @property
    def is_dependent_undergraduate(self) -> bool:
        """Students at graduate level are independent, whatever else was answered."""
        return self.dependency == "dependent" and not self.at_graduate_level

    @property
    def has_independent_limits(self) -> bool:
        """Independent undergraduates, and dependent ones whose parent was denied PLUS.

        Parents who give no information at all cannot raise them: dependent limits stay (see `limits.yml`).
        """
        if not self.is_dependent_undergraduate:
            return not self.at_graduate_level
        return self.parent_plus_denied and not self.parents_refuse

    @property
    def is_half_time(self) -> bool:
        """At least half of full time, which every Direct Loan asks for in the term that it is for.

        Who studies half time in one term only may take few credits in the year; the limit is cut by these.
        """
        if self.enrollment in {"half_time", "three_quarter"}:
            return True
        if self.credits_year is not None and self.credits_full_time_year is not None:
            return 2 * self.credits_year >= self.credits_full_time_year
        return self.enrollment != "less_than_half"

    @property
    def room_under_cost(self) -> int | None:
        """Cost of attendance less other aid, at least 0; None when the cost is not known.

        With other aid not known it is the most that can be.
        """
        if self.cost_of_attendance is None:
            return None
        return max(self.cost_of_attendance - (self.other_aid or 0), 0)


def _check_code(name: str, given: str, literal: Any) -> None:
    if given not in get_args(literal) or given == "":
        raise AnswerError(name, given, "one of " + ", ".join(codes_of(literal)))


def _check_number(name: str, given: object, lowest: int, highest: int) -> None:
    if given is None:
        return
    if type(given) is not int or not lowest <= given <= highest:
        raise AnswerError(name, given, f"a whole number from {lowest} to {highest}")
