"""The canonical answers about a family, read and checked against each other."""

from dataclasses import dataclass
from types import MappingProxyType

from knowledge.canonical import Answers, code
from knowledge.dependency import YES_NO_QUESTIONS
from knowledge.errors import ContradictionError

_YES_NO = ("yes", "no")

# Every answer that is looked at, with its canonical values. Their meaning is that of the question on the form.
CHOICES = MappingProxyType(
    {
        "lives_with": ("mother", "father", "both", "grandparent", "guardian", "alone", "other"),
        "legal_adoption": _YES_NO,
        "parents_alive": ("both", "mother_only", "father_only", "neither"),
        "parent_reachable": _YES_NO,
        "parents_relationship": (
            "married",
            "unmarried_together",
            "divorced_together",
            "divorced_apart",
            "never_married_apart",
        ),
        "more_support_parent": ("mother", "father", "equal"),
        "higher_income_parent": ("mother", "father"),
        "support_parent_remarried": _YES_NO,
        "parents_filed_jointly": _YES_NO,
        "parent_has_ssn": _YES_NO,
        "parents_refuse": _YES_NO,
        "unusual_circumstances": _YES_NO,
        "unusual_kind": ("abuse", "abandonment", "estrangement", "trafficking", "refugee", "incarceration", "other"),
        "any_dependency_reason": _YES_NO,
        **dict.fromkeys(YES_NO_QUESTIONS, _YES_NO),
    }
)
LIVING = MappingProxyType(
    {
        "both": ("mother", "father"),
        "mother_only": ("mother",),
        "father_only": ("father",),
        "neither": (),
    }
)
_CAREGIVERS = ("grandparent", "guardian", "other")


@dataclass(frozen=True, slots=True)
class Family:
    """Answers by name; the ones not given are not in `given`."""

    given: MappingProxyType[str, str]

    def says(self, name: str, *values: str) -> bool:
        """Whether `name` was answered with one of `values`."""
        return self.given.get(name) in values

    def lacks(self, name: str) -> bool:
        """Whether `name` has no answer."""
        return name not in self.given

    @property
    def adopted(self) -> bool:
        return self.says("legal_adoption", "yes")

    @property
    def with_caregiver(self) -> bool:
        """Whether the student lives with somebody who is a parent only by adoption."""
        return self.says("lives_with", *_CAREGIVERS)

    @property
    def living(self) -> tuple[str, ...]:
        """The parents alive; () when none is, or when that is not known."""
        return LIVING.get(self.given.get("parents_alive", "neither"), ())

    @property
    def with_parent(self) -> bool:
        """Whether the student lives with a parent, so that contact with one is there."""
        home = self.given.get("lives_with")
        return (home == "both" and bool(self.living)) or home in self.living or (self.adopted and self.with_caregiver)


def family_of(answers: Answers) -> Family:
    """The family in canonical answers; other answers are not looked at.

    Raises AnswerError for a value that is not canonical and ContradictionError for answers that cannot both hold.
    """
    read = {name: code(answers, name, choices, "") for name, choices in CHOICES.items()}
    family = Family(MappingProxyType({name: value for name, value in read.items() if value}))
    _check_the_dead_give_nothing(family)
    _check_both_dead(family)
    return family


def _check_the_dead_give_nothing(family: Family) -> None:
    if family.lacks("parents_alive"):
        return
    for question in ("more_support_parent", "higher_income_parent"):
        named = family.given.get(question)
        if named in ("mother", "father") and named not in family.living:
            because = f"parents_alive is {family.given['parents_alive']!r}"
            raise ContradictionError(question, named, because, " or ".join(family.living) or "no answer")


def _check_both_dead(family: Family) -> None:
    """A student adopted after losing both parents has a living parent again, so adoption makes a difference."""
    if family.says("both_parents_dead", "yes") and family.living and not family.adopted:
        given = family.given["parents_alive"]
        raise ContradictionError("parents_alive", given, "both_parents_dead is 'yes'", "neither")
    if family.says("parents_alive", "neither") and family.says("both_parents_dead", "no"):
        if family.adopted:
            raise ContradictionError(
                "parents_alive",
                "neither",
                "legal_adoption is 'yes' and both_parents_dead is 'no', so it is about the adoptive parents",
                "both, mother_only or father_only",
            )
        if family.says("legal_adoption", "no"):
            raise ContradictionError("both_parents_dead", "no", "parents_alive is 'neither'", "yes")
