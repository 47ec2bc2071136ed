"""The flow for whoever was selected for verification: which papers the school wants, and how to get them there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from actions.another_year import another_year, worked_out_again
from actions.answers.award_year import award_year_named, award_year_of
from actions.answers.choice import choice_named, wished_choice
from actions.citing import sources_of
from actions.dependency_questions import dependency_of
from actions.flow.model import Answers, FlowState, Heard, Outcome, Question, Say
from actions.flow.simple import SimpleFlow
from actions.flow.words import choices
from knowledge.award_years import available, load
from knowledge.verification import Selected, guide, papers
from knowledge.verification.guide import Whose

__all__ = ["Verification"]

_RECORDED = (
    "award_year", "verification_group", "dependency", "data_from_irs", "student_filer_class", "parent_data_from_irs",
    "parent_filer_class", "identity_way", "school_deadline",
)  # fmt: skip


class Verification(SimpleFlow):
    """The flow `verification`."""

    name = "verification"
    reviewed = False

    def opening(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """The group and the award year, when the first message names them."""
        found = {
            "verification_group": _group_in(heard),
            "award_year": award_year_named(heard.text, today=heard.today, available=available(), relative=False),
        }
        return {name: value for name, value in found.items() if value is not None and answers.get(name) != value}

    def intro(self, heard: Heard) -> tuple[Say, ...]:
        """That being selected is no accusation."""
        return (Say("utter_verification_intro"),)

    def plan(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Question, ...]:
        """What the group looks at: taxes of whoever is on the form, identity, or both; then the school's date."""
        return tuple(_questions(answers, heard))

    def hears(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """A way to show who they are that is asked for ("can we do it on zoom?")."""
        way = wished_choice(heard.text, choices("identity_way")) if question.key == "identity_way" else None
        return {question.key: way} if way is not None else {}

    def reconsider(self, heard: Heard, answers: Answers, state: FlowState) -> Outcome | None:
        """The result for another award year, where that leaves nothing to ask."""
        return worked_out_again(self, self.amends(heard, answers), heard, answers, state)

    def amends(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """Another award year, after the result ("and for 2027-28?")."""
        return another_year(heard, answers)

    def finish(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
        """What the group is about, the papers, the steps, and that the school decides."""
        selected = Selected.of(answers, _year(answers, heard), _people(answers, heard))
        found = papers(selected, heard.today, heard.language)
        listed = "\n".join(f"- {paper}" for paper in found.papers)
        steps = "\n".join(f"{number}. {step}" for number, step in enumerate(found.steps, 1))
        asked = {question.key for question in _questions(answers, heard)}
        said = {name: answers[name] for name in _RECORDED if name in asked and answers.get(name) is not None}
        result = {
            "flow": "verification",
            "end": "verification_explained",
            "values": {"verification_group": selected.group, "documents": list(found.documents)},
            "answers": said,
            "assumed": [name for name in state.assumed if name in said],
        }
        return (
            Say("utter_cited", {"text": " ".join(found.about)}),
            Say("utter_verification_papers", {"list": listed}, {"sources": sources_of(found.citations)}),
            Say("utter_verification_steps", {"steps": steps}, {"result": result}),
        )


def _group_in(heard: Heard) -> str | None:
    """The group that a first message names by its code."""
    return choice_named(heard.text, [replace(group, labels=(), words=()) for group in choices("verification_group")])


def _year(answers: Answers, heard: Heard) -> str:
    return str(answers.get("award_year") or _usual_year(heard))


def _usual_year(heard: Heard) -> str:
    """Schools verify for the year that is running."""
    running = award_year_of(heard.today)
    return running if running in available() else available()[-1]


def _people(answers: Answers, heard: Heard) -> tuple[Whose, ...]:
    """Whose taxes are on the form."""
    return ("student", "parent") if _dependency(answers, heard) != "independent" else ("student",)


def _dependency(answers: Answers, heard: Heard) -> str | None:
    """As the questions behind it make it, else as asked here; provisionally independent means without parents."""
    reached = dependency_of(answers, load(_year(answers, heard)))
    if reached is None:
        return answers.get("dependency")
    return "dependent" if reached.status == "dependent" else "independent"


def _questions(answers: Answers, heard: Heard) -> Iterator[Question]:
    year = _year(answers, heard)
    told = {"award_year": year, "tax_year": str(load(year).income_tax_year)}
    yield Question(
        "award_year", "year", "utter_q_verification_award_year", "verification_year", choices="award_year",
        assume=_usual_year(heard), params=told,
    )  # fmt: skip
    yield Question(
        "verification_group", "choice", "utter_q_verification_group", "verification_group",
        choices="verification_group", leave_open=True,
    )  # fmt: skip
    checks = guide().groups[answers.get("verification_group") or "unknown"].checks
    if "taxes" in checks:
        yield from _taxes(answers, heard, told)
    if "identity" in checks:
        yield Question(
            "identity_way", "choice", "utter_q_identity_way", "identity_way", choices="identity_way", leave_open=True,
        )  # fmt: skip
    yield Question("school_deadline", "date", "utter_q_school_deadline", "school_deadline", ahead=True, optional=True)


def _taxes(answers: Answers, heard: Heard, told: Mapping[str, str]) -> Iterator[Question]:
    if dependency_of(answers, load(_year(answers, heard))) is None:
        # Left open, not assumed: other flows take this answer, and one nobody gave must not pass for theirs.
        yield Question(
            "dependency", "choice", "utter_q_verification_dependency", "verification_dependency",
            choices="verification_dependency", leave_open=True,
        )  # fmt: skip
    for person in _people(answers, heard):
        irs = "data_from_irs" if person == "student" else "parent_data_from_irs"
        yield Question(irs, "yes_no", f"utter_q_{irs}", "data_from_irs", choices=irs, assume="no", params=told)
        if answers.get(irs) != "yes":
            yield Question(
                f"{person}_filer_class", "choice", f"utter_q_filer_class_{person}", "verification_filing",
                choices="filer_class", role=person, leave_open=True, params=told,
            )  # fmt: skip
