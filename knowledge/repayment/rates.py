"""The interest rate and the fee of a new federal loan, by award year and kind of loan, from `knowledge/figures`."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from knowledge import figures as figures_room
from knowledge.award_years.model import Confidence
from knowledge.errors import FigureError
from knowledge.figures import Figure, figures
from knowledge.loans import Citation

__all__ = ["LoanKind", "Rate", "fee", "kind_of_loan", "last_known", "rate"]

LoanKind = Literal["undergraduate", "graduate", "plus"]
_FILE = Path(figures_room.__file__).parent / "rates_and_fees.yml"
_FEE = {"undergraduate": "fee-direct", "graduate": "fee-direct", "plus": "fee-plus"}


@dataclass(frozen=True, slots=True)
class Rate:
    """A percentage of an award year (None where it holds for all), and where it was read."""

    percent: Decimal
    award_year: str | None
    source: Citation


def kind_of_loan(borrower: str, grade_level: str | None) -> LoanKind:
    """Which rate a borrower pays; undergraduate while the level of study is not known."""
    if borrower == "parent":
        return "plus"
    return "graduate" if grade_level in {"graduate", "professional"} else "undergraduate"


def rate(award_year: str, kind: LoanKind) -> Rate | None:
    """The fixed rate of loans first paid out in an award year; None while it has not been set."""
    return _known(kind).get(award_year)


def last_known(kind: LoanKind) -> Rate:
    """The rate of the latest award year that has one."""
    known = _known(kind)
    return known[max(known)]


def fee(kind: LoanKind) -> Rate:
    """What is taken out of each payment before the student gets it."""
    return _rate(figures()[_FEE[kind]])


def _known(kind: LoanKind) -> dict[str, Rate]:
    found = (figure for name, figure in figures().items() if name.startswith(f"rate-{kind}"))
    return {figure.award_year: _rate(figure) for figure in found if figure.award_year is not None}


def _rate(figure: Figure) -> Rate:
    if not isinstance(figure.value, Decimal) or figure.source is None:
        raise FigureError(_FILE, f"{figure.name} is no percentage with a source of its own")
    page = figure.source
    confidence: Confidence = "published" if page.confidence == "confirmed" else page.confidence
    return Rate(figure.value, figure.award_year, Citation(page.title, page.url, page.as_of, confidence))
