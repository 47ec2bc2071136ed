"""What an index cannot be worked out without, and what cannot be true together."""

from collections.abc import Iterator

from knowledge import dependency
from knowledge.award_years.model import AwardYear
from knowledge.canonical import Answers, is_given, yes
from knowledge.errors import AnswerError, ContradictionError, MissingAnswerError
from knowledge.sai.inputs import MONEY_OF_A_PERSON, MONEY_OF_ASSETS, OWN_ON_A_JOINT_RETURN, EstimateInputs, Person

_NO_RETURN = ("nonfiler", "foreign_nonfiler")
_SUPPORTS = ("supports_children", "supports_other_dependents")
_SECOND = ("student_spouse", "other_parent")
_LARGEST = 99


def problems(answers: Answers, inputs: EstimateInputs, year: AwardYear) -> Iterator[AnswerError]:
    """Every reason why `answers`, read as `inputs`, give no index, in the order in which a form asks."""
    yield from _dependency(answers, inputs, year)
    yield from _who_counts(answers, inputs)
    yield from _family_size(answers, inputs)
    yield from _returns(answers, inputs)
    for given, needed in (("credits_enrolled", "credits_full_time"), ("credits_full_time", "credits_enrolled")):
        if is_given(answers, given) and not is_given(answers, needed):
            yield MissingAnswerError(needed, f"credits per term as a whole number, since {given} is given")


def taken_for_granted(answers: Answers, inputs: EstimateInputs) -> dict[str, object]:
    """What `inputs` hold, by canonical name, for questions that nobody answered: amounts of 0, "no", the usual status.

    Only what can matter to this family: no lines of a return for someone who files none.
    """
    taken: dict[str, object] = {}
    for who, person in _people(inputs):
        if person.filer_class in _NO_RETURN:
            continue
        joint_second = who in _SECOND and person.filing_status == "married_joint"
        names = (
            OWN_ON_A_JOINT_RETURN if joint_second else ("filing_status", "files_schedule_abdefh", *MONEY_OF_A_PERSON)
        )
        taken |= {f"{who}_{name}": getattr(person, name) for name in names}
    owners = ("parent", "student") if inputs.is_dependent else ("student",)
    for who in owners:
        assets = inputs.parent_assets if who == "parent" else inputs.student_assets
        taken |= {f"{who}_{name}": getattr(assets, name) for name in MONEY_OF_ASSETS}
    if inputs.is_dependent:
        del taken["student_child_support_received"]  # a dependent student's own assets have no such line
    taken |= {name: getattr(inputs.family, name) for name in ("means_tested_benefit", "eitc_received")}
    taken["enrollment"] = inputs.study.enrollment
    shown = {name: ("yes" if value else "no") if isinstance(value, bool) else value for name, value in taken.items()}
    return {name: value for name, value in shown.items() if not is_given(answers, name)}


def smallest_family(*, dependent: bool, couple: bool, supports_others: bool = False) -> int:
    """The smallest family size there can be: the student, the parent or spouse, and whoever else is supported."""
    return 1 + dependent + couple + (supports_others and not dependent)


def _people(inputs: EstimateInputs) -> Iterator[tuple[str, Person]]:
    everyone = (
        ("student", inputs.student),
        ("student_spouse", None if inputs.is_dependent else inputs.student_spouse),
        ("parent", inputs.parent if inputs.is_dependent else None),
        ("other_parent", inputs.other_parent if inputs.is_dependent else None),
    )
    yield from ((who, person) for who, person in everyone if person is not None)


def _dependency(answers: Answers, inputs: EstimateInputs, year: AwardYear) -> Iterator[AnswerError]:
    asked = {name: value for name, value in answers.items() if name != "dependency"}
    worked_out = dependency.status(asked, year)
    settled = worked_out.status != "dependent" or not worked_out.unanswered
    if not is_given(answers, "dependency"):
        if not settled:
            yield MissingAnswerError(
                "dependency",
                "dependent, independent or provisional, or an answer to every dependency question "
                f"(still open: {', '.join(worked_out.unanswered)})",
            )
    elif settled and (worked_out.status == "dependent") != inputs.is_dependent:
        because = (
            "no dependency question is yes" if worked_out.reason == "none" else f"{worked_out.reason} decides otherwise"
        )
        yield ContradictionError("dependency", answers["dependency"], because, worked_out.status)


def _who_counts(answers: Answers, inputs: EstimateInputs) -> Iterator[AnswerError]:
    name = "parent_marital_status" if inputs.is_dependent else "student_marital_status"
    if not is_given(answers, name):
        who = "a dependent student's parents" if inputs.is_dependent else "an independent student"
        yield MissingAnswerError(name, f"the marital status of {who}, such as married or divorced")


def _family_size(answers: Answers, inputs: EstimateInputs) -> Iterator[AnswerError]:
    supports = any(yes(answers, name) for name in _SUPPORTS)
    smallest = smallest_family(
        dependent=inputs.is_dependent, couple=inputs.deciding_pair, supports_others=supports
    )  # fmt: skip
    given = inputs.family.family_size
    if given is not None and given < smallest:
        because = "the student supports others" if supports and not inputs.is_dependent else (
            "the student and everyone named with them count"
        )  # fmt: skip
        yield ContradictionError("family_size", given, because, f"a whole number from {smallest} to {_LARGEST}")


def _returns(answers: Answers, inputs: EstimateInputs) -> Iterator[AnswerError]:
    first, second = ("parent", "other_parent") if inputs.is_dependent else ("student", "student_spouse")
    head = inputs.parent if inputs.is_dependent else inputs.student
    joint = head is not None and head.filing_status == "married_joint" and head.filer_class not in _NO_RETURN
    for who in (first, second) if inputs.deciding_pair and not joint else (first,):
        if not is_given(answers, f"{who}_agi") and answers.get(f"{who}_filer_class") not in _NO_RETURN:
            otherwise = f"or {who}_filer_class nonfiler if there is no return"
            yield MissingAnswerError(f"{who}_agi", f"whole dollars from the tax return, {otherwise}")
