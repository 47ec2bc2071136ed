"""What the actions tell the gateway of a message: what it was, and which words repeat a private answer."""

from __future__ import annotations

from typing import Any

import pytest

from aidline.private_answers import hidden, shown
from tests.actions.dialogue import ESTIMATE, Dialogue, at, at_agi


def told(messages: list[dict[str, Any]]) -> dict[str, Any]:
    return dict(messages[0]["custom"]["heard"])


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("95k", {"as": "answer", "names": ["parent_agi"]}),
        ("change family size to 5", {"as": "answer", "names": []}),
        ("back", {"as": "order", "names": []}),
        ("talk about something else", {"as": "answer", "names": []}),
        ("start over", {"as": "order", "names": []}),
    ],
)
def test_a_message_in_a_form_is_told_to_be_an_answer_or_an_order(text: str, heard: dict[str, Any]) -> None:
    assert told(at_agi().turn(ESTIMATE, text)) == heard


def test_a_correction_of_a_private_answer_is_told_by_its_name() -> None:
    messages = at("parent_earned_income").turn(ESTIMATE, "change parent marital status to divorced")
    assert told(messages)["names"] == ["parent_marital_status"]


def test_how_a_conversation_begins_is_told_to_be_no_answer() -> None:
    assert told(Dialogue().turn(ESTIMATE, "estimate my aid for 2026-27"))["as"] == "opening"


def test_the_words_of_a_changed_answer_are_marked_and_its_name_is_not() -> None:
    messages = at("parent_earned_income").turn(ESTIMATE, "wait, her agi was 46,200")
    changed = messages[0]
    assert (shown(changed["value"]), hidden(changed["value"])) == ("$46,200", "[answer]")
    assert changed["name"] == shown(changed["name"])


def test_the_review_marks_amounts_and_family_and_leaves_the_award_year() -> None:
    messages = at("parent_earned_income").turn(ESTIMATE, "show my answers")
    rows = {row["label"]: hidden(row["value"]) for row in messages[0]["custom"]["rows"]}
    assert rows["Award year"] == "2026-27"
    assert rows["Your parent's marital status"] == "[answer]"
    assert "[answer]" in rows.values()
    assert all("private" not in row for row in messages[0]["custom"]["rows"])
