"""The arithmetic of cost of attendance, financial need and aid offers. Pure; whole US dollars a year.

The rules it states stand in `need.yml` with their sources and the words for people.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge.award_years.model import Section
from knowledge.canonical import LARGEST_AMOUNT, Answers, is_given, whole_number
from knowledge.errors import AnswerError, MissingAnswerError

Warn = Literal["cost_not_known", "gift_above_cost", "aid_above_cost", "parent_loans_offered"]
MOST_OFFERS = 4
_FILE = Path(__file__).parent / "need.yml"


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    en: str
    es: str


class StatedRule(Section, _Words):
    """A rule in words, with its sources and the day it was read."""

    as_of: date


class WarningWords(_Words):
    """`{school}` stands for the school; `rule` is the stated rule it rests on."""

    rule: str


class Statements(BaseModel):
    """What `need.yml` holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    parts: dict[str, _Words]
    rules: dict[str, StatedRule]
    warnings: dict[Warn, WarningWords]


@cache
def statements() -> Statements:
    """The stated rules, the parts of a cost, and the words of every warning."""
    return Statements.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Costs:
    """What one year costs, part by part. Raises AnswerError for an amount that is none."""

    tuition_and_fees: int = 0
    books: int = 0
    food_and_housing: int = 0
    transport: int = 0
    personal: int = 0
    other: int = 0

    def __post_init__(self) -> None:
        for part in fields(self):
            _check_amount(part.name, getattr(self, part.name))

    @property
    def cost_of_attendance(self) -> int:
        return sum(getattr(self, part.name) for part in fields(self))


def need(cost: int, sai: int, other_aid: int = 0) -> int:
    """Cost of attendance less an index of at least 0 and other aid; below 0 when they are above the cost.

    Raises AnswerError for a negative cost or aid.
    """
    _check_amount("cost_of_attendance", cost)
    _check_amount("other_aid", other_aid)
    return cost - max(sai, 0) - other_aid


def need_based_room(cost: int, sai: int, other_aid: int = 0) -> int:
    """How much need-based aid still fits: the need, at least 0."""
    return max(need(cost, sai, other_aid), 0)


def aid_room(cost: int, all_aid: int = 0) -> int:
    """How much aid of any kind still fits under the cost, at least 0."""
    return max(need(cost, 0, all_aid), 0)


def subsidized_room(cost: int, sai: int, other_aid: int, limit: int) -> int:
    """How much of a subsidized loan fits: the need that is left, at most the borrower's limit for it."""
    _check_amount("annual_subsidized", limit)
    return min(need_based_room(cost, sai, other_aid), limit)


@dataclass(frozen=True, slots=True)
class Offer:
    """One school's letter, amounts for one year. `cost` None: the letter does not say.

    Raises MissingAnswerError without a school, AnswerError for an amount that is none.
    """

    school: str
    cost: int | None
    grants: int = 0
    scholarships: int = 0
    loans: int = 0
    parent_loans: int = 0
    work: int = 0

    def __post_init__(self) -> None:
        if not self.school.strip():
            raise MissingAnswerError("offer_school", "the name of the school")
        for name in ("cost", "grants", "scholarships", "loans", "parent_loans", "work"):
            if name != "cost" or self.cost is not None:
                _check_amount(f"offer_{name}", getattr(self, name))

    @property
    def gift(self) -> int:
        """Money that is not paid back and not worked for."""
        return self.grants + self.scholarships

    @property
    def borrowed(self) -> int:
        """What the student and the parents would borrow in a year."""
        return self.loans + self.parent_loans

    @property
    def total_aid(self) -> int:
        return self.gift + self.borrowed + self.work

    @property
    def net_price(self) -> int | None:
        """Cost less gift: loans and work never lower it. Below 0 when the gift is above the cost."""
        return None if self.cost is None else self.cost - self.gift

    @property
    def gap(self) -> int | None:
        """What the offer leaves uncovered; below 0 when it offers more than the cost."""
        return None if self.cost is None else self.cost - self.total_aid

    @property
    def loan_percent(self) -> int | None:
        """The share of the offer that is loans, in whole percent, a half up; None for an empty offer."""
        if self.total_aid == 0:
            return None
        return (200 * self.borrowed + self.total_aid) // (2 * self.total_aid)

    @property
    def warnings(self) -> tuple[Warn, ...]:
        """What to look at again, most telling first."""
        found: list[Warn] = []
        if self.cost is None:
            found.append("cost_not_known")
        elif self.gift > self.cost:
            found.append("gift_above_cost")
        elif self.total_aid > self.cost:
            found.append("aid_above_cost")
        if self.parent_loans:
            found.append("parent_loans_offered")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Offers in the order given. `lowest` names every school with the lowest net price, in that order.

    It is empty while the cost of one offer is not known, since that one could be the lowest.
    """

    offers: tuple[Offer, ...]
    lowest: tuple[str, ...] = field(default=())

    @property
    def is_tie(self) -> bool:
        return len(self.lowest) > 1

    @property
    def warnings(self) -> tuple[tuple[str, Warn], ...]:
        """(school, code) for every warning of every offer."""
        return tuple((offer.school, code) for offer in self.offers for code in offer.warnings)

    def values(self) -> dict[str, int | str | None]:
        """The result values under their canonical names; of a tie, the first school given."""
        values: dict[str, int | str | None] = {}
        for number, offer in enumerate(self.offers, start=1):
            values[f"gift_{number}"] = offer.gift
            values[f"net_price_{number}"] = offer.net_price
            values[f"loans_{number}"] = offer.loans
            values[f"work_{number}"] = offer.work
            values[f"gap_{number}"] = offer.gap
        values["lowest_net_price"] = self.lowest[0] if self.lowest else None
        return values


def compare(offers: Iterable[Offer]) -> Comparison:
    """The offers side by side. Raises MissingAnswerError when there are none."""
    given = tuple(offers)
    if not given:
        raise MissingAnswerError("offer_school_1", "the name of the school")
    prices = [offer.net_price for offer in given]
    known = [price for price in prices if price is not None]
    if len(known) < len(prices):
        return Comparison(given)
    lowest = min(known)
    return Comparison(given, tuple(offer.school for offer in given if offer.net_price == lowest))


def offers_from_answers(answers: Answers) -> tuple[Offer, ...]:
    """The offers under `offer_school_1`, `offer_cost_1` and so on, up to the first number without a school.

    Amounts nobody gave are 0, a missing cost is not known. Raises AnswerError naming the question, what was
    given and what is allowed.
    """
    found = []
    for number in range(1, MOST_OFFERS + 1):
        if not is_given(answers, f"offer_school_{number}"):
            break
        amounts = {
            name: whole_number(answers, f"offer_{name}_{number}", 0, LARGEST_AMOUNT)
            for name in ("cost", "grants", "scholarships", "loans", "parent_loans", "work")
        }
        cost = amounts.pop("cost")
        given = {name: amount or 0 for name, amount in amounts.items()}
        found.append(Offer(str(answers[f"offer_school_{number}"]), cost, **given))
    return tuple(found)


def _check_amount(name: str, given: object) -> None:
    if type(given) is not int or not 0 <= given <= LARGEST_AMOUNT:
        raise AnswerError(name, given, f"a whole number from 0 to {LARGEST_AMOUNT}")
