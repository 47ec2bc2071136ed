"""After the cost of a loan, another income or another loan is all that has to be said to hear what it costs then."""

from __future__ import annotations

from typing import Any

import pytest

from actions.appeal import Appeal
from actions.borrowing import Borrowing
from actions.forms import FlowForm
from actions.looking_back import look_back
from tests.actions.dialogue import Dialogue, dependent, said
from tests.actions.talk import Talk
from tests.actions.test_borrowing import NEW, OWES, asked_for

SUPPOSED: list[tuple[str, str, dict[str, Any]]] = [
    ("en", "ok and if i earned 60k?", {"borrower_agi": 60_000}),
    ("en", "what if the job pays 3,000 a month", {"borrower_agi": 36_000}),
    ("en", "what about with two kids", {"borrower_dependents": 2}),
    ("en", "suppose i owed 40,000", {"loan_balance": 40_000}),
    ("es", "¿y si ganara 60 mil?", {"borrower_agi": 60_000}),
    ("es", "y con 2 hijos?", {"borrower_dependents": 2}),
    ("es", "y si debiera 15,000", {"loan_balance": 15_000}),
]
ELSE = ["what if i can't pay 300 a month", "what if i drop out", "thanks, that's about 200", "what about the fafsa",
        "how much is the pell grant", "y si pierdo el trabajo", "what if i never earn 30k"]  # fmt: skip


def tried(talk: Talk, text: str) -> dict[str, Any]:
    found = look_back(talk._heard(text), talk.answers, {"borrowing": talk.state.dump()})
    assert found is not None
    talk.answers |= {event["name"]: event["value"] for event in found[1] if event["name"] != "flow_states"}
    values: dict[str, Any] = next(say.custom["result"] for say in found[0] if "result" in say.custom)["values"]
    return values


@pytest.mark.parametrize(("language", "text", "changes"), SUPPOSED)
def test_what_is_supposed_is_worked_out_at_once(language: str, text: str, changes: dict[str, Any]) -> None:
    expected = asked_for({**OWES, **changes}, language=language)[1].result["values"]
    assert tried(asked_for(OWES, language=language)[1], text) == expected


def test_a_second_thing_supposed_builds_on_the_first() -> None:
    _asked, talk = asked_for(OWES)
    tried(talk, "what if i made 60,000")
    expected = asked_for({**OWES, "borrower_agi": 60_000, "borrower_dependents": 2})[1].result["values"]
    assert tried(talk, "and with two kids?") == expected


@pytest.mark.parametrize("text", ELSE)
def test_other_questions_after_the_cost_try_nothing_out(text: str) -> None:
    _asked, talk = asked_for(OWES)
    assert look_back(talk._heard(text), talk.answers, {"borrowing": talk.state.dump()}) is None
    assert not talk.flow.amends(talk._heard(text), talk.answers)


def test_what_has_to_be_asked_first_is_asked() -> None:
    _asked, talk = asked_for(NEW)
    talk.come_back("what if i go half time")
    assert talk.answers["enrollment"] == "half_time"
    assert talk.asked == "credits_year"


def test_an_answer_put_right_after_a_result_opens_no_other_flow() -> None:
    dialogue = dependent()
    dialogue.slots["requested_slot"] = None
    dialogue.turn(
        FlowForm(Appeal()), "sorry, actually i'm separated from my husband since march", intent="start_appeal"
    )
    assert dialogue.followup == "dependency_form"


def test_a_new_wish_after_a_result_opens_its_flow() -> None:
    dialogue = dependent()
    dialogue.slots["requested_slot"] = None
    messages = dialogue.turn(FlowForm(Appeal()), "my mom lost her job, can they look again", intent="start_appeal")
    assert "utter_appeal_intro" in said(messages)


def test_loans_are_tried_out_by_the_form_that_the_words_open() -> None:
    _asked, talk = asked_for(OWES)
    dialogue = Dialogue(flow_states={"borrowing": talk.state.dump()}, **talk.answers)
    messages = dialogue.turn(FlowForm(Borrowing()), "what would i pay if i made 60k", intent="start_borrowing")
    assert dialogue.slots["borrower_agi"] == 60_000
    assert "utter_changed" in said(messages)
