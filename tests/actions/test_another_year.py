"""The same question for another school year, once a result is shown."""

from __future__ import annotations

from typing import Any

import pytest

from actions.borrowing import Borrowing
from actions.dependency import Dependency
from actions.flow.model import Flow, Heard
from actions.verification import Verification
from tests.actions.talk import TODAY, Talk
from tests.actions.test_retelling import talk_to
from tests.actions.test_volunteered import BORROWS, CHECKED


def again(talk: Talk, text: str) -> dict[str, Any] | None:
    """What the result after another message says; None when it was no wish for another result."""
    heard = Heard(text=text, language=talk.language, today=TODAY)
    outcome = talk.flow.reconsider(heard, talk.answers, talk.state)
    if outcome is None:
        return None
    result = next(say.custom["result"] for say in reversed(outcome.says) if "result" in say.custom)
    return {**result["answers"], **result["values"]}


def over(flow: Flow, said: dict[str, Any], language: str = "en") -> Talk:
    talk = Talk(flow, language)
    talk.open("hello" if language == "en" else "hola")
    talk.answer_all(said)
    return talk


@pytest.mark.parametrize("text", ["¿Y para la FAFSA 2027-28?", "y para 2027-28"])
def test_someone_who_turns_24_in_between_is_independent_in_the_later_year(text: str) -> None:
    talk = talk_to(Dependency(), "born_before_cutoff", {"award_year": "2026-27"}, "es")
    talk.say("20 de diciembre de 2003")
    talk.answer_all({"student_marital_status": "never_married"})
    assert talk.result["values"]["dependency"] == "dependent"
    values = again(talk, text)
    assert values is not None
    assert (values["award_year"], values["dependency"], values["reason"]) == (
        "2027-28", "independent", "born_before_cutoff",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("flow", "said"),
    [
        (Verification(), {**CHECKED, "award_year": "2026-27", "school_deadline": "January 15 2027"}),
        (Borrowing(), {**BORROWS, "award_year": "2026-27"}),
    ],
)
def test_other_results_are_worked_out_for_it_too(flow: Flow, said: dict[str, Any]) -> None:
    values = again(over(flow, said), "what about 2027-28?")
    assert values is not None
    assert values["award_year"] == "2027-28"


@pytest.mark.parametrize("text", ["what about 2026-27?", "is the 2027-28 fafsa open", "and my brother?"])
def test_what_asks_for_no_other_year_is_left_to_the_notes(text: str) -> None:
    assert (
        again(over(Verification(), {**CHECKED, "award_year": "2026-27", "school_deadline": "January 15 2027"}), text)
        is None
    )
