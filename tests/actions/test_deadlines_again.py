"""After the dates, another year or state is all that has to be said to hear its dates."""

from __future__ import annotations

from typing import Any

import pytest

from actions.deadlines import DeadlinesFlow
from tests.actions.talk import Talk

ASKED: list[tuple[str, str, dict[str, Any]]] = [
    ("es", "¿Y para la de 2027-28?", {"award_year": "2027-28"}),
    ("es", "y el año que viene?", {"award_year": "2027-28"}),
    ("es", "y en texas?", {"state": "TX"}),
    ("es", "¿y si vivo en Nueva York?", {"state": "NY"}),
    ("es", "no, perdón, ahí está la universidad; mi casa es en Wisconsin", {"state": "WI"}),
    ("en", "and for 2027-28?", {"award_year": "2027-28"}),
    ("en", "what about next year", {"award_year": "2027-28"}),
    ("en", "what about texas?", {"state": "TX"}),
    ("en", "and in tx?", {"state": "TX"}),
    ("en", "and for 27-28 in new york?", {"award_year": "2027-28", "state": "NY"}),
    ("en", "my school is there but i live in indiana", {"state": "IN"}),
]
ELSE = ["what about grants in texas?", "ok", "ok thanks", "no", "hi", "and then?", "y si no tengo papeles?",
        "maybe later",         "what is the deadline to appeal in 2027?", "in", "y ahora que", "me"]  # fmt: skip


def dates(language: str) -> Talk:
    talk = Talk(DeadlinesFlow(), language)
    talk.open("deadlines")
    talk.say("2026-27")
    talk.say("Ohio")
    assert talk.asked == "offer_reminder"
    return talk


@pytest.mark.parametrize(("language", "text", "meant"), ASKED)
def test_another_year_or_state_is_shown_after_the_dates(language: str, text: str, meant: dict[str, Any]) -> None:
    talk = dates(language)
    talk.say("no")
    assert talk.flow.amends(talk._heard(text), talk.answers) == meant
    talk.come_back(text)
    assert talk.result["values"].items() >= meant.items()


@pytest.mark.parametrize(("language", "text", "meant"), ASKED)
def test_another_year_or_state_is_shown_before_a_reminder_is_agreed(
    language: str, text: str, meant: dict[str, Any]
) -> None:
    talk = dates(language)
    outcome = talk.say(text)
    assert outcome.sets.items() >= meant.items()
    assert any(say.response.startswith("utter_deadlines_federal") for say in outcome.says if say.response)
    assert talk.asked == "offer_reminder"


@pytest.mark.parametrize("text", ELSE)
def test_anything_else_is_no_other_year_or_state(text: str) -> None:
    talk = dates("en")
    assert talk.flow.amends(talk._heard(text), talk.answers) == {}
