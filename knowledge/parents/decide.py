"""Who is a parent on the FAFSA.

Source of the rules: rules.yml, rule by rule; the page "Reporting parent information" of studentaid.gov covers most.
"""

from dataclasses import dataclass
from typing import Literal

from knowledge.canonical import Answers
from knowledge.dependency import YES_NO_QUESTIONS
from knowledge.parents.family import LIVING, Family, family_of
from knowledge.parents.model import Parents, Reason, Role

_Own = Literal["mother", "father"]
_SPOUSE: dict[_Own, Role] = {"mother": "stepfather", "father": "stepmother"}
_REASON_OF_YES: dict[str, Reason] = {
    "both_parents_dead": "both_parents_dead",
    "legal_guardianship": "court_guardian",
    "foster_care": "foster_care",
}


@dataclass(frozen=True, slots=True)
class _Step:
    """What one step found. `final` when no later step matters."""

    reasons: tuple[Reason, ...] = ()
    unanswered: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    contributors: int | None = None
    final: bool = False


def who_is_parent(answers: Answers) -> Parents:
    """The parents on the form of a student, from canonical answers.

    Raises AnswerError for an answer that is not canonical, ContradictionError for two that cannot both hold.

    Answers that make a student independent whatever the parents are (the yes-or-no dependency questions) leave
    nobody on the form. Age and marriage are not looked at: ask `knowledge.dependency.status`. A new spouse of the
    mother is called stepfather, of the father stepmother. With an adoption, answers about parents are about the
    adoptive ones.
    """
    family = family_of(answers)
    reasons: tuple[Reason, ...] = ()
    unanswered: tuple[str, ...] = ()
    for step in (_without_parents, _home, _alive, _contact, _on_the_form):
        found = step(family)
        reasons += found.reasons
        unanswered += tuple(name for name in found.unanswered if name not in unanswered)
        if found.final:
            break
    if found.roles:
        reasons += _good_to_know(family, found.roles)
    return Parents(found.roles, None if unanswered else found.contributors, reasons, unanswered)


def _without_parents(family: Family) -> _Step:
    """Students who need no parent, or none until the school has decided."""
    for question in YES_NO_QUESTIONS:
        if family.says(question, "yes"):
            return _nobody(_REASON_OF_YES.get(question, "independent_student"))
    if family.says("unusual_circumstances", "yes"):
        return _nobody("contact_unsafe_or_impossible")
    if family.says("any_dependency_reason", "yes"):
        return _nobody("independent_student")
    return _Step()


def _home(family: Family) -> _Step:
    """Who raises the student, and whether that makes them a parent."""
    if family.adopted:
        return _Step(("adoptive_parents",))
    if family.lacks("lives_with"):
        return _Step(unanswered=("lives_with",))
    if family.with_caregiver:
        known: tuple[Reason, ...] = () if family.lacks("legal_adoption") else ("caregiver_not_parent",)
        # Without living parents nobody goes on the form, with a guardian or without.
        guardian_matters = not family.says("parents_alive", "neither") and not _no_dependency_reason(family)
        asked = ("legal_adoption", "legal_guardianship") if guardian_matters else ("legal_adoption",)
        return _Step(known, _missing(family, *asked))
    return _Step()


def _alive(family: Family) -> _Step:
    if family.lacks("parents_alive"):
        return _Step(unanswered=("parents_alive",), final=True)
    if family.living:
        return _Step()
    if family.adopted:
        # Birth parents or adoptive ones? Only the question of the form can tell.
        return _Step(unanswered=("both_parents_dead",), final=True)
    with_stepparent = family.says("lives_with", "mother", "father", "both")
    if with_stepparent or family.says("both_parents_dead", "no"):
        stepparent: tuple[Reason, ...] = ("stepparent_alone",) if with_stepparent else ()
        return _nobody("both_parents_dead", *stepparent, unanswered=_missing(family, "legal_adoption"))
    return _nobody("both_parents_dead")


def _contact(family: Family) -> _Step:
    """Whether the parents can be reached safely: asked of those who live with none of them."""
    alone: tuple[Reason, ...] = ("living_alone_not_enough",) if family.says("lives_with", "alone") else ()
    ruled_out = family.says("unusual_circumstances", "no") or _no_dependency_reason(family)
    reached = family.says("parent_reachable", "yes") or (ruled_out and family.lacks("parent_reachable"))
    if reached or not _contact_is_in_doubt(family):
        # An adopted student was not asked about home before.
        return _Step(alone, () if reached else _missing(family, "lives_with"))
    if family.says("parent_reachable", "no"):
        return _nobody("contact_unsafe_or_impossible")
    return _Step(alone, ("parent_reachable",))


def _contact_is_in_doubt(family: Family) -> bool:
    # One parent in prison leaves the other; abuse can come from the parent at home.
    if not family.lacks("unusual_kind") and not family.says("unusual_kind", "incarceration"):
        return True
    return not family.with_parent and not family.lacks("lives_with")


def _on_the_form(family: Family) -> _Step:
    if family.says("parents_alive", "mother_only", "father_only"):
        reason: Reason = "only_adoptive_parent" if family.adopted else "only_living_parent"
        return _with_spouse(family, "mother" if family.says("parents_alive", "mother_only") else "father", (reason,))
    if family.says("parents_relationship", "married"):
        return _married(family, ("mother", "father"), ("married_parents",))
    if family.says("parents_relationship", "unmarried_together"):
        return _Step(("unmarried_one_roof", "unmarried_both_sign"), (), ("mother", "father"), 2)
    if family.says("parents_relationship", "divorced_together"):
        return _Step(("divorced_one_roof", "unmarried_both_sign"), (), ("mother", "father"), 2)
    if family.lacks("parents_relationship"):
        return _Step(unanswered=("parents_relationship",))
    return _apart(family)


def _apart(family: Family) -> _Step:
    reasons: tuple[Reason, ...] = ("more_support_12_months",)
    deciding = "more_support_parent"
    if family.says(deciding, "equal"):
        reasons += ("equal_support_higher_income",)
        deciding = "higher_income_parent"
    if family.lacks(deciding):
        return _Step(reasons, (deciding, *_missing(family, "support_parent_remarried")))
    return _with_spouse(family, "mother" if family.says(deciding, "mother") else "father", reasons)


def _with_spouse(family: Family, own: _Own, reasons: tuple[Reason, ...]) -> _Step:
    """One parent, and whoever that parent is married to now."""
    if family.says("support_parent_remarried", "yes"):
        return _married(family, (own, _SPOUSE[own]), (*reasons, "stepparent_included"))
    if family.says("support_parent_remarried", "no"):
        return _Step((*reasons, "one_parent_signs"), (), (own,), 1)
    return _Step(reasons, ("support_parent_remarried",), (own,))


def _married(family: Family, couple: tuple[Role, ...], reasons: tuple[Reason, ...]) -> _Step:
    """On a joint return one of the couple signs for both."""
    if family.says("parents_filed_jointly", "yes"):
        return _Step((*reasons, "joint_return_one_signs"), (), couple, 1)
    if family.says("parents_filed_jointly", "no"):
        return _Step((*reasons, "separate_returns_both_sign"), (), couple, 2)
    return _Step(reasons, ("parents_filed_jointly",), couple)


def _good_to_know(family: Family, roles: tuple[Role, ...]) -> tuple[Reason, ...]:
    """Rules that change nobody on the form, but answer a worry the person told."""
    lives_elsewhere = any(role in LIVING["both"] and not family.says("lives_with", role, "both") for role in roles)
    worries: tuple[tuple[Reason, bool], ...] = (
        ("one_parent_out_of_reach", lives_elsewhere and family.says("parent_reachable", "no")),
        ("parent_in_jail", family.says("unusual_kind", "incarceration")),
        ("parent_without_ssn", family.says("parent_has_ssn", "no")),
        ("parent_refuses", family.says("parents_refuse", "yes")),
    )
    return tuple(reason for reason, applies in worries if applies)


def _nobody(*reasons: Reason, unanswered: tuple[str, ...] = ()) -> _Step:
    return _Step(reasons, unanswered, (), 0, final=True)


def _missing(family: Family, *names: str) -> tuple[str, ...]:
    return tuple(name for name in names if family.lacks(name))


def _no_dependency_reason(family: Family) -> bool:
    """No to the whole list answers each of its questions that has no answer of its own."""
    return family.says("any_dependency_reason", "no")
