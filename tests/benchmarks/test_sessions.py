"""What the sessions benchmark reckons from what it measured."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from benchmarks.sessions import ONE, TWO, two_over_one, unlike
from benchmarks.sessions_load import Load, summary, undisturbed
from benchmarks.sessions_talk import Person, Said, lengthened
from benchmarks.sessions_turns import Cost, table

TURNS = 7


def user(number: int) -> dict[str, Any]:
    return {
        "event": "user", "text": f"answer {number}", "timestamp": 100.0 + number, "message_id": f"id {number}",
        "metadata": {"message_id": f"id {number}"},
    }  # fmt: skip


def listen(number: int) -> dict[str, Any]:
    return {"event": "action", "name": "action_listen", "timestamp": 100.5 + number}


def lived() -> list[dict[str, Any]]:
    """Seven turns, as Rasa keeps them; the last four are two rounds of the same two."""
    start = [{"event": "session_started", "timestamp": 99.0}]
    return start + [event for number in range(TURNS) for event in (user(number), listen(number))]


def load(rate: float, others: float = 0.0) -> Load:
    return Load(round(rate * 2), 2.0, (1.0,) * round(rate * 2), {"rasa 1": 1.0, "actions": 0.5, "others": others * 2})


def said(turn: int, text: str) -> Said:
    return Said(turn, 1.0, [{"text": text}])


@pytest.mark.parametrize("turns", [9, 99, 399])
def test_a_lengthened_history_has_as_many_turns_as_asked_for(turns: int) -> None:
    events = lengthened(lived(), turns)
    assert sum(event["event"] == "user" for event in events) == turns


def test_a_lengthened_history_goes_on_where_the_lived_one_would_have() -> None:
    texts = [event["text"] for event in lengthened(lived(), 11) if event["event"] == "user"]
    assert texts[:TURNS] == [f"answer {number}" for number in range(TURNS)]
    assert texts[TURNS:] == ["answer 5", "answer 6", "answer 5", "answer 6"]


def test_no_two_messages_of_a_lengthened_history_share_an_id_and_time_never_runs_back() -> None:
    events = lengthened(lived(), 99)
    ids = [event["message_id"] for event in events if event["event"] == "user"]
    assert len(set(ids)) == 99
    times = [event["timestamp"] for event in events]
    assert times == sorted(times)
    assert times[-1] == lived()[-1]["timestamp"]


def test_a_history_that_would_end_in_the_middle_of_a_round_is_refused() -> None:
    with pytest.raises(ValueError, match="whole round"):
        lengthened(lived(), 10)


def test_a_shorter_history_is_the_beginning_of_the_lived_one() -> None:
    assert lengthened(lived(), 3) == lived()[: 1 + 3 * 2]


def test_a_person_answers_and_goes_back_after_the_first_questions() -> None:
    words = [Person(turns).next_words() for turns in range(3, 7)]
    assert words[0] == words[2]
    assert words[1] == words[3] == "go back"


def test_stores_that_say_something_else_in_the_same_turn_are_found() -> None:
    first = {10: [said(10, "How many?"), said(11, "Married?"), said(10, "How many?")], 100: [said(100, "How many?")]}
    second = {10: [said(11, "Married?")], 100: [said(100, "How many?"), said(101, "Married?")]}
    assert unlike({"a": first, "b": second}) == []
    assert unlike({"a": first, "b": {**second, 10: [said(11, "What?")]}}) == [10]


def test_two_processes_are_held_against_one_in_the_same_round() -> None:
    ratio = two_over_one({ONE: [load(10), load(20), load(40)], TWO: [load(17), load(36), load(40)]}, TWO)
    assert ratio == pytest.approx(1.7)


def test_load_is_measured_again_while_others_use_the_processors() -> None:
    coming = [load(30, others=0.9), load(10, others=0.5), load(12, others=0.1), load(99)]

    async def run() -> Load:
        return coming.pop(0)

    assert asyncio.run(undisturbed(run, tries=4)).rate == 12
    coming[:] = [load(30, others=0.9), load(10, others=0.5), load(12, others=0.7)]
    assert asyncio.run(undisturbed(run, tries=3)).rate == 10


def test_a_summary_tells_what_a_turn_costs_each_process() -> None:
    told = summary([load(10), load(30)])
    assert told["turns_per_second"] == 20
    assert told["processor_ms_per_turn"] == {"rasa 1": 25.0, "actions": 12.5}
    assert told["cores_used"] == 0.75


def test_a_store_without_redis_has_no_bytes_in_its_table() -> None:
    (line,) = table({10: [Cost(20.0, None, None, 9000), Cost(30.0, None, None, 9100)]})
    assert line["redis_bytes_in"] is None
    assert line["action_request_bytes"] == 9050
