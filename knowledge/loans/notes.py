"""What a person should be told besides the amounts: codes, their words in both languages, and their sources."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from knowledge.errors import AnswerError, AwardYearDataError
from knowledge.loans.borrower import Borrower, WhoBorrows
from knowledge.loans.model import LoanYear, Rule, tables
from knowledge.loans.result import Citation, LoanLimits

_FILE = Path(__file__).parent / "notes.yml"
_ASSUMED = {
    "dependency": "assumed_dependency",
    "enrollment": "assumed_full_time",
    "legacy_borrower": "assumed_not_legacy",
    "parent_plus_denied": "assumed_no_denial",
}


@dataclass(frozen=True, slots=True)
class Note:
    """One or two short sentences for the person. `sources` is empty when they state no rule."""

    code: str
    text_en: str
    text_es: str
    sources: tuple[Citation, ...]


def note(code: str, borrower: WhoBorrows = "student") -> Note:
    """The words of a code, as said to the student or to a parent. Raises AnswerError for an unknown code."""
    if code not in note_codes():
        raise AnswerError("note", code, "one of " + ", ".join(note_codes()))
    entry = _texts()[code]
    said = {language: entry.get(f"{language}_{borrower}", entry[language]) for language in ("en", "es")}
    return Note(code, said["en"], said["es"], cited(_rules(code)))


@cache
def note_codes() -> tuple[str, ...]:
    """Every code there is, in the order of `notes.yml`."""
    return tuple(_texts())


def codes(borrower: Borrower, year: LoanYear, found: LoanLimits) -> tuple[str, ...]:
    """The codes that hold for these limits, most telling first."""
    about = _about_a_parent if borrower.borrower == "parent" else _about_a_student
    holds = {
        **about(borrower, year, found),
        **_about_amounts(borrower, found, at_least=left_is_at_least(borrower, year)),
        "school_may_set_lower": year.period.school_may_set_lower is not None and bool(found.annual),
        **{code: name in borrower.assumed for name, code in _ASSUMED.items()},
    }
    return tuple(code for code, applies in holds.items() if applies)


def left_is_at_least(borrower: Borrower, year: LoanYear) -> bool:
    """Whether more may be left of the total than `remaining`: what was for undergraduate study does not count in it."""
    return (
        borrower.borrower == "student"
        and borrower.at_graduate_level
        and not year.rules_for(legacy=borrower.legacy_borrower).graduate.undergraduate_loans_count
        and borrower.undergraduate_borrowed is None
        and bool(borrower.total_borrowed)
    )


def sources(borrower: Borrower, year: LoanYear, found: LoanLimits) -> tuple[Citation, ...]:
    """The rules behind the amounts, then those behind the notes, each source once."""
    rules = year.rules_for(legacy=borrower.legacy_borrower)
    undergraduate = year.tables.undergraduate
    amounts: list[Rule] = []
    if borrower.borrower == "parent":
        amounts.append(rules.parent_plus)
    elif borrower.at_graduate_level:
        amounts.append(rules.professional if borrower.grade_level == "professional" else rules.graduate)
    else:
        amounts.append(undergraduate.independent if borrower.has_independent_limits else undergraduate.dependent)
    if found.lifetime_remaining is not None and rules.lifetime is not None:
        amounts.append(rules.lifetime)
    return cited([*amounts, *(rule for code in found.notes for rule in _rules(code))])


def cited(rules: Iterable[Rule]) -> tuple[Citation, ...]:
    """The sources of the rules, each once, as the first rule that cites it knows it."""
    found: dict[tuple[str, str | None], Citation] = {}
    for rule in rules:
        for source in rule.source:
            found.setdefault((source.name, source.url), Citation(source.name, source.url, rule.as_of, rule.confidence))
    return tuple(found.values())


def _about_a_student(borrower: Borrower, year: LoanYear, found: LoanLimits) -> dict[str, bool]:
    rules = year.rules_for(legacy=borrower.legacy_borrower)
    at_graduate_level, professional = borrower.at_graduate_level, borrower.grade_level == "professional"
    dependent = borrower.is_dependent_undergraduate
    new_total = at_graduate_level and not rules.graduate.undergraduate_loans_count
    return {
        "parent_plus_denied": dependent and borrower.has_independent_limits,
        "parents_refuse": dependent and borrower.parents_refuse,
        "provisional": not at_graduate_level and borrower.dependency == "provisional",
        "not_half_time": not borrower.is_half_time,
        "reduced_for_part_time": year.period.part_time is not None and 0 < (found.annual or 0) < _full_time(found),
        "credits_needed": found.annual is None,
        "subsidized_needs_financial_need": found.annual_subsidized != 0,
        "no_subsidized_at_graduate_level": at_graduate_level,
        "undergraduate_loans_do_not_count": left_is_at_least(borrower, year),
        "graduate_loans_count_too": professional and new_total,
        "professional_list_in_court": professional and rules.professional_definition is not None,
        "graduate_may_be_professional": at_graduate_level
        and not professional
        and rules.professional_definition is not None,
        "health_professions": professional and rules.health_professions is not None,
        "grad_plus_up_to_cost": at_graduate_level and found.grad_plus != "no",
        "grad_plus_ended": at_graduate_level and found.grad_plus == "no",
        "legacy": rules is not year.period and (at_graduate_level or dependent),
        "parent_plus_limited": dependent and rules.parent_plus.annual is not None,
        "parent_plus_up_to_cost": dependent and rules.parent_plus.annual is None,
        "parent_will_not_borrow": dependent and not borrower.has_independent_limits,
    }


def _about_a_parent(borrower: Borrower, year: LoanYear, found: LoanLimits) -> dict[str, bool]:
    rules = year.rules_for(legacy=borrower.legacy_borrower)
    eligible = borrower.is_dependent_undergraduate
    part_time = found.intensity_percent != 100 and borrower.is_half_time
    return {
        "parent_plus_for_dependent_students": not eligible,
        "not_half_time": eligible and not borrower.is_half_time,
        "parent_plus_limited": eligible and rules.parent_plus.annual is not None,
        "parent_plus_up_to_cost": eligible and rules.parent_plus.annual is None,
        "parent_plus_denied": eligible and borrower.parent_plus_denied,
        "part_time_spares_parent_plus": eligible and part_time and year.period.part_time is not None,
        "legacy": eligible and rules is not year.period,
    }


def _about_amounts(borrower: Borrower, found: LoanLimits, *, at_least: bool) -> dict[str, bool]:
    """What limits the amount that can still be borrowed, and what is not known about it.

    With `at_least` nothing is said to be used up: more may be left of the total.
    """
    has_total = found.aggregate is not None and found.aggregate > 0
    available, annual, room = found.available_this_year, found.annual, borrower.room_under_cost
    # No fixed yearly amount is the room under cost already, so nothing else is shortened by it.
    short = available is not None and annual is not None and available < annual
    lifetime_reached = found.lifetime_remaining == 0
    return {
        "lifetime_reached": lifetime_reached,
        "total_reached": has_total and found.remaining == 0 and not lifetime_reached and not at_least,
        "subsidized_total_reached": found.aggregate_subsidized > 0
        and found.remaining_subsidized == 0
        and found.remaining != 0,
        "limited_by_total": short and found.remaining != 0 and available == found.remaining and not at_least,
        "limited_by_cost": short and available == room,
        "total_borrowed_unknown": has_total and borrower.total_borrowed is None,
        "subsidized_borrowed_unknown": borrower.total_borrowed is not None and found.remaining_subsidized is None,
    }


def _full_time(found: LoanLimits) -> int:
    return found.annual_full_time or 0


@cache
def _texts() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return content


def _rules(code: str) -> list[Rule]:
    """The rules a note states, named by their place in `limits.yml`."""
    found: list[Rule] = []
    for place in _texts()[code]["rules"].split():
        part: object = tables()
        for name in place.split("."):
            part = getattr(part, name, None)
        if not isinstance(part, Rule):
            raise AwardYearDataError(_FILE, f"{code}: there is no rule {place}")
        found.append(part)
    return found
