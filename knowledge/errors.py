"""What can go wrong in `knowledge`.

KnowledgeError
├── AwardYearError
│   ├── UnknownAwardYearError   no tables for that award year
│   └── AwardYearDataError      a table file breaks its own format
├── AnswerError            an answer is not one of the values its question allows
│   ├── MissingAnswerError     nothing can be worked out without this answer
│   ├── ContradictionError     an answer cannot be true together with another
│   └── UnknownAnswerError     there is no question of that name
├── ParentRulesError       the rules of who is a parent break their format (in `knowledge.parents.rules`)
├── VectorFileError        a file of test vectors cannot be read
├── NoteError              a note breaks the format
├── FigureError            a file of figures breaks its format
├── RepaymentRulesError    the rules of repayment plans break their format
├── GuideError             a file of rules (deadlines, FAFSA status, verification) breaks its format
├── SpecialCircumstancesError  the file on special circumstances breaks its format
└── DraftError             the model gave nothing usable
    ├── ModelFileError     no model file, or not the one that was pinned
    ├── DraftTimeoutError  no answer before the deadline
    └── DraftServerError   the model server failed or answered something else
"""

from pathlib import Path


class KnowledgeError(Exception):
    """Base of every error this room raises."""


class AwardYearError(KnowledgeError):
    """Something is wrong with an award year or its tables."""


class UnknownAwardYearError(AwardYearError):
    """There are no tables for `year`; `available` lists the years there are."""

    def __init__(self, year: str, available: tuple[str, ...]) -> None:
        self.year = year
        self.available = available
        super().__init__(
            f"There are no tables for award year {year!r}. Choose one of {', '.join(available)}, or add its tables."
        )


class AwardYearDataError(AwardYearError):
    """The table file `path` breaks its format; `what` names the place."""

    def __init__(self, path: Path, what: str) -> None:
        self.path = path
        super().__init__(f"{path} cannot be used: {what}")


class AnswerError(KnowledgeError):
    """The answer to `field` is `given`, which is not allowed; `allowed` says in words or values what is."""

    def __init__(self, field: str, given: object, allowed: str) -> None:
        self.field = field
        self.given = given
        self.allowed = allowed
        super().__init__(f"{field} is {given!r}; allowed: {allowed}.")


class MissingAnswerError(AnswerError):
    """`field` has no answer and must have one."""

    def __init__(self, field: str, allowed: str) -> None:
        super().__init__(field, None, allowed)

    def __str__(self) -> str:
        return f"{self.field} is missing; needed: {self.allowed}."


class ContradictionError(AnswerError):
    """`field` is `given`, which cannot be when `because` holds; `allowed` says what can."""

    def __init__(self, field: str, given: object, because: str, allowed: str) -> None:
        self.because = because
        super().__init__(field, given, allowed)

    def __str__(self) -> str:
        return f"{self.field} is {self.given!r}, but {self.because}; allowed: {self.allowed}."


class UnknownAnswerError(AnswerError):
    """There is no question called `field`; `nearest` are names that look like it."""

    def __init__(self, field: str, given: object, nearest: tuple[str, ...]) -> None:
        self.nearest = nearest
        super().__init__(field, given, " or ".join(nearest) or "a name of the list in docs/formula.md")

    def __str__(self) -> str:
        return f"{self.field} is not the name of a question; did you mean {self.allowed}?"


class VectorFileError(KnowledgeError):
    """A file of test vectors cannot be read.

    `line` counts from 1 and is None when it is the whole file; `column` is the name in the header, None when it is the
    whole line.
    """

    def __init__(self, path: Path, line: int | None, what: str, column: str | None = None) -> None:
        self.path = path
        self.line = line
        self.column = column
        where = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{where}, column {column!r}: {what}" if column else f"{where}: {what}")


class NoteError(KnowledgeError):
    """A note breaks the format. `path` and `line` (counted from 1, None for a folder) say where."""

    def __init__(self, path: Path, line: int | None, what: str) -> None:
        self.path = path
        self.line = line
        where = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{where} {what}")


class FigureError(KnowledgeError):
    """The file of figures `path` cannot be used: it breaks its format, or names a place its table does not have."""

    def __init__(self, path: Path, what: str) -> None:
        self.path = path
        super().__init__(f"{path} cannot be used: {what}")


class RepaymentRulesError(KnowledgeError):
    """The file of repayment rules `path` breaks its format; `what` names the place."""

    def __init__(self, path: Path, what: str) -> None:
        self.path = path
        super().__init__(f"{path} cannot be used: {what}")


class SpecialCircumstancesError(KnowledgeError):
    """The file `path` on special circumstances breaks its format; `what` names the place."""

    def __init__(self, path: Path, what: str) -> None:
        self.path = path
        super().__init__(f"{path} cannot be used: {what}")


class DraftError(KnowledgeError):
    """The model gave nothing usable; an answer falls back to the note's own short answer."""


class ModelFileError(DraftError):
    """No model file, or not the pinned SHA-256: a GGUF can carry code, so it is not loaded."""


class DraftTimeoutError(DraftError):
    """The model was busy or too slow to answer before the deadline."""


class DraftServerError(DraftError):
    """The model server could not be reached, failed, or answered something that is not a completion."""


class GuideError(KnowledgeError):
    """The file of rules `path` breaks its format; `what` names the place."""

    def __init__(self, path: Path, what: str) -> None:
        self.path = path
        super().__init__(f"{path} cannot be used: {what}. Mend that entry.")
