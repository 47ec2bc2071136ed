"""How much can be borrowed in federal Direct Loans: limits by award year, as pure functions over cited tables.

`from_answers` turns canonical answers into a `Borrower`, `limits` gives the `LoanLimits` of an award year, and
`note` the words of each of their notes in English and Spanish.
"""

from knowledge.loans.answers import from_answers
from knowledge.loans.borrower import Borrower
from knowledge.loans.limits import limits
from knowledge.loans.model import LoanYear, available, load
from knowledge.loans.notes import Note, note, note_codes
from knowledge.loans.result import Citation, LoanLimits

__all__ = [
    "Borrower",
    "Citation",
    "LoanLimits",
    "LoanYear",
    "Note",
    "available",
    "from_answers",
    "limits",
    "load",
    "note",
    "note_codes",
]
