"""What the room gives: the parents on the form, and the rules that put them there."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["mother", "father", "stepmother", "stepfather"]

# The rules of rules.yml. Each one applied stands in `Parents.reasons`.
Reason = Literal[
    "both_parents_dead",
    "court_guardian",
    "foster_care",
    "independent_student",
    "contact_unsafe_or_impossible",
    "living_alone_not_enough",
    "adoptive_parents",
    "caregiver_not_parent",
    "stepparent_alone",
    "only_living_parent",
    "only_adoptive_parent",
    "married_parents",
    "unmarried_one_roof",
    "divorced_one_roof",
    "more_support_12_months",
    "equal_support_higher_income",
    "stepparent_included",
    "joint_return_one_signs",
    "separate_returns_both_sign",
    "unmarried_both_sign",
    "one_parent_signs",
    "one_parent_out_of_reach",
    "parent_in_jail",
    "parent_without_ssn",
    "parent_refuses",
]


@dataclass(frozen=True, slots=True)
class Parents:
    """Who goes on the FAFSA as a parent, as far as the answers tell.

    `roles` is () when no parent goes on the form, or when it is not known yet. `contributors` counts how many of
    them sign in, consent and sign: 0 when nobody does, None until everything is settled. `reasons` are ids of rules,
    in the order they applied. `unanswered` are the questions that could still change this: ask the first, then look
    again, as its answer can drop the others or bring new ones.
    """

    roles: tuple[Role, ...]
    contributors: int | None
    reasons: tuple[Reason, ...]
    unanswered: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether nothing is left to ask."""
        return not self.unanswered
