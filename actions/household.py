"""The questions about one household's taxes and assets: the parents', or the student's own.

Who is asked about what follows the return: on a joint return the amounts stand once and only earnings are asked of
each person; someone who files no return is asked for no line of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from actions.flow.model import Answers, FlowState, Question
from knowledge.award_years import AwardYear
from knowledge.sai import from_partial_answers
from knowledge.sai.completeness import smallest_family
from knowledge.sai.inputs import TWO_PEOPLE
from knowledge.sai.wealth import exemption

__all__ = [
    "NO_RETURN",
    "dependent_student",
    "income_open",
    "joint",
    "nobody_files",
    "parents",
    "role_of",
    "smallest",
    "student",
]

NO_RETURN = frozenset({"nonfiler", "foreign_nonfiler"})
_ADDITIONS = (
    "ira_deductions", "tax_exempt_interest", "untaxed_ira_distributions", "untaxed_pensions",
    "foreign_income_exclusion",
)  # fmt: skip
_OFFSETS = ("taxable_grants", "education_credits", "work_study")
_SECOND = {"parent": "other_parent", "student": "student_spouse"}
_MONEY_MAY_BE_NEGATIVE = frozenset({"agi", "earned_income", "schedule_c", "foreign_income_exclusion"})


def _couple(answers: Answers, first: str) -> bool:
    return answers.get(f"{first}_marital_status") in TWO_PEOPLE


def joint(answers: Answers, first: str) -> bool:
    """Whether the couple whose first person is `first` filed one return together."""
    return _couple(answers, first) and answers.get(f"{first}_filing_status") == "married_joint"


def nobody_files(answers: Answers, first: str) -> bool:
    """Whether everyone who counts filed no return at all; the formula then needs nothing more about money."""
    people = [first, _SECOND[first]] if _couple(answers, first) else [first]
    return all(answers.get(f"{person}_filer_class") in NO_RETURN for person in people)


def parents(answers: Answers, state: FlowState, year: AwardYear, *, full: bool) -> Iterator[Question]:
    """The household of a dependent student's parents."""
    yield Question(
        "parent_marital_status", "choice", "utter_q_parent_marital_status", "marital_status",
        choices="parent_marital_status", assume="married",
    )  # fmt: skip
    yield from _household(answers, state, year, "parent", full=full)


def student(answers: Answers, state: FlowState, year: AwardYear, *, full: bool) -> Iterator[Question]:
    """The household of an independent student."""
    yield from _household(answers, state, year, "student", full=full)


def _household(answers: Answers, state: FlowState, year: AwardYear, first: str, *, full: bool) -> Iterator[Question]:
    status = "dependent" if first == "parent" else "independent"
    yield Question(
        "family_size", "count", f"utter_q_family_size_{status}", "family_size",
        minimum=smallest(answers, first), maximum=30, assume=smallest(answers, first),
    )  # fmt: skip
    yield Question(
        "state_for_poverty", "state", f"utter_q_state_{status}", "state",
        optional="state_for_poverty" in state.doubted,
    )  # fmt: skip
    yield from _returns(answers, state, year, first, full=full)
    if full and not nobody_files(answers, first):
        yield from _benefits(answers, first)
        yield from _schedule_c(answers, year, first)
        if not _assets_excused(answers, year):
            yield from _assets(answers, year, first, role=_everyone(answers, first), child_support=True)


def smallest(answers: Answers, first: str) -> int:
    """The smallest family these answers allow."""
    supports = "yes" in (answers.get("supports_children"), answers.get("supports_other_dependents"))
    return smallest_family(dependent=first == "parent", couple=_couple(answers, first), supports_others=supports)


def dependent_student(answers: Answers, state: FlowState, year: AwardYear) -> Iterator[Question]:
    """A dependent student's own return and assets."""
    yield _filer_class("student", "utter_q_filer_class_student", "student", assume="nonfiler")
    if answers.get("student_filer_class") not in NO_RETURN:
        yield from _lines(answers, state, "student", "student")
        yield from _money(answers, state, "student", "student", spouse=None)
    if not _assets_excused(answers, year):
        yield from _assets(answers, year, "student", role="student", child_support=False)


def _everyone(answers: Answers, first: str) -> str:
    """How to speak of everyone who counts: the couple together, or the one person."""
    return {"parent": "parents_joint", "student": "student_joint"}[first] if _couple(answers, first) else first


def _role(answers: Answers, first: str) -> str:
    """How to speak of whoever the first return belongs to."""
    if not _couple(answers, first):
        return first
    if answers.get(f"{first}_filing_status") in {None, "married_joint"}:
        return f"{first}s_joint" if first == "parent" else "student_joint"
    return "parent_first" if first == "parent" else "student"


def role_of(name: str, answers: Answers) -> str | None:
    """How to speak of the parents where two of them share an amount."""
    if not name.startswith("parent_") or answers.get("parent_marital_status") not in TWO_PEOPLE:
        return None
    return "parent_first" if name.endswith("_earned_income") else "parents_joint"


def _filer_class(person: str, prompt: str, role: str, assume: str | None = None) -> Question:
    return Question(
        f"{person}_filer_class", "choice", prompt, "filing", choices="filer_class", role=role, assume=assume
    )


def _returns(answers: Answers, state: FlowState, year: AwardYear, first: str, *, full: bool) -> Iterator[Question]:
    second, couple = _SECOND[first], _couple(answers, first)
    role = _everyone(answers, first)
    yield _filer_class(first, f"utter_q_filer_class_{role}", role, assume="us_filer")
    files = answers.get(f"{first}_filer_class") not in NO_RETURN
    if files and full:
        yield _filing_status(first, role, couple)
    together = couple and files and _one_return(answers, first, full=full)
    if full:
        role = _role(answers, first)
    elif couple and not together:
        role = "parent_first" if first == "parent" else "student"
    if files:
        yield from (_lines(answers, state, first, role) if full else (_agi(state, first, role),))
        if full:
            yield from _money(answers, state, first, role, spouse=second if together else None)
    if not couple or together:
        return
    yield _filer_class(second, f"utter_q_filer_class_{second}", second, assume="us_filer")
    if answers.get(f"{second}_filer_class") in NO_RETURN:
        return
    if full:
        yield _filing_status(second, second, couple)
        yield from _lines(answers, state, second, second)
        yield from _money(answers, state, second, second, spouse=None)
    else:
        yield _agi(state, second, second)


def _one_return(answers: Answers, first: str, *, full: bool) -> bool:
    """Whether a couple that files is taken to file together: as they say, or because they are married."""
    if full:
        return answers.get(f"{first}_filing_status") in {None, "married_joint"}
    return answers.get(f"{first}_marital_status") != "unmarried_both_parents_together"


def _filing_status(person: str, role: str, couple: bool) -> Question:
    return Question(
        f"{person}_filing_status", "choice", f"utter_q_filing_status_{role}", "filing",
        choices="filing_status", role=role, assume="married_joint" if couple else "single",
    )  # fmt: skip


def _amount(person: str, field: str, role: str, topic: str = "income") -> Question:
    return Question(
        f"{person}_{field}", "money", f"utter_q_{field}", topic, role=role,
        allow_negative=field in _MONEY_MAY_BE_NEGATIVE, assume=0,
    )  # fmt: skip


def _agi(state: FlowState, person: str, role: str) -> Question:
    """The income everything starts from. Whoever can't find it is asked for a rough one; only then is it left open."""
    known = _amount(person, "agi", role, "agi")
    if known.key in state.doubted:
        return replace(known, prompt="utter_q_agi_rough", assume=None, optional=True)
    return replace(known, assume=None)


def income_open(answers: Answers, state: FlowState) -> tuple[str, ...]:
    """The incomes that were asked for and stayed open."""
    return tuple(name for name in state.assumed if name.endswith("_agi") and answers.get(name) is None)


def _lines(answers: Answers, state: FlowState, person: str, role: str) -> Iterator[Question]:
    if not (person == "student" and role == "student" and answers.get("parent_marital_status")):
        yield Question(
            f"{person}_files_schedule_abdefh", "yes_no", "utter_q_files_schedule_abdefh", "filing",
            role=role, choices="files_schedule_abdefh", assume="no",
        )  # fmt: skip
    own = person == "student" and answers.get("parent_marital_status")  # beside the parents' it may be taken as 0
    yield _amount(person, "agi", role, "agi") if own else _agi(state, person, role)


def _money(answers: Answers, state: FlowState, person: str, role: str, *, spouse: str | None) -> Iterator[Question]:
    own = {"parents_joint": "parent_first", "student_joint": "student"}.get(role, role)
    yield _amount(person, "earned_income", own)
    if spouse is not None:
        yield _amount(spouse, "earned_income", spouse)
    yield _amount(person, "income_tax_paid", role)
    yield from _group(answers, state, person, role, "additions", _ADDITIONS)
    for taken, rolled in (
        ("untaxed_ira_distributions", "ira_rollover"),
        ("untaxed_pensions", "pension_rollover"),
    ):
        if answers.get(f"{person}_{taken}"):
            yield _amount(person, rolled, role)
    yield from _group(answers, state, person, role, "offsets", _OFFSETS)


def _group(
    answers: Answers, state: FlowState, person: str, role: str, group: str, fields: tuple[str, ...]
) -> Iterator[Question]:
    """One question for lines that most people leave empty; each by itself once any of them is not."""
    names = tuple(f"{person}_{field}" for field in fields)
    key = f"{person}_{group}"
    yield Question(key, "money", f"utter_q_{group}", "offsets" if group == "offsets" else "income",
                   names=names, role=role, assume=0)  # fmt: skip
    if key in state.expanded:
        yield from (_amount(person, field, role) for field in fields)


def _benefits(answers: Answers, first: str) -> Iterator[Question]:
    yield Question(
        "means_tested_benefit",
        "yes_no",
        "utter_q_means_tested_benefit",
        "benefits",
        choices="means_tested_benefit",
        assume="no",
    )
    unmarried = not _couple(answers, first)
    family = int(answers.get("family_size") or 1)
    if unmarried and family > 1 and answers.get(f"{first}_filing_status") in {None, "single", "married_separate"}:
        yield Question("eitc_received", "yes_no", "utter_q_eitc_received", "benefits", assume="no")


def _assets_excused(answers: Answers, year: AwardYear) -> str:
    """Why no asset has to be reported, going by the answers so far; "" when assets count."""
    # Which household this is follows from the questions asked here, not from what another flow took down.
    known = {name: value for name, value in answers.items() if value is not None and name != "dependency"}
    return exemption(from_partial_answers({**known, "award_year": year.award_year}, date.min), year)


def _schedule_c(answers: Answers, year: AwardYear, first: str) -> Iterator[Question]:
    """Only the excuse from asset questions for simple returns looks at Schedule C."""
    without = {name: value for name, value in answers.items() if not name.endswith("_schedule_c")}
    if _assets_excused(without, year) != "income_and_simple_return":
        return
    people = [first] if not _couple(answers, first) or joint(answers, first) else [first, _SECOND[first]]
    for person in people:
        if answers.get(f"{person}_filer_class") not in NO_RETURN:
            yield _amount(person, "schedule_c", _role(answers, first) if person == first else person)


def _assets(answers: Answers, year: AwardYear, person: str, *, role: str, child_support: bool) -> Iterator[Question]:
    fields = ("child_support_received",) if child_support else ()
    for field in (*fields, "cash_savings", "investments", "business_farm"):
        yield _amount(person, field, role, "assets")
    excluded = year.business_and_farm_adjusted_net_worth.leaves_out_family_farm_and_small_business
    if excluded and answers.get(f"{person}_business_farm"):
        yield Question("farm_lived_on", "yes_no", "utter_q_farm_lived_on", "assets", assume="no")
        if answers.get("farm_lived_on") != "yes":
            yield Question(
                "business_family_owned_small",
                "yes_no",
                "utter_q_business_family_owned_small",
                "assets",
                assume="no",
            )
