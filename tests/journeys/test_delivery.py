"""A message that was accepted is answered once, in order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import pytest

from tests.journeys.people import Student, fill
from tests.journeys.test_estimate import VETERAN


def test_a_message_sent_twice_under_one_id_is_answered_once(student: Student) -> None:
    fill(student, VETERAN, student.say("estimate my aid for 2026-27, full"), until="family_size")
    client_id = uuid4().hex
    first, second = student.send("1", client_id), student.send("1", client_id)
    assert first.status_code == 202
    assert (second.status_code, second.json()["duplicate"]) == (200, True)
    assert student.heard(client_id).asked != "family_size"
    last = student.say("repeat that please")
    mine = [m for m in student.thread() if m["id"] == client_id]
    answered = [m for m in student.thread() if m["id"].startswith(f"{client_id}.")]
    assert len(mine) == 1
    assert len(answered) == len(student.heard(client_id).messages)
    assert last.asked == student.heard(client_id).asked, "the answer counted once, so the form moved on by one"


def test_two_answers_sent_at_once_are_taken_in_the_order_they_came(student: Student) -> None:
    fill(student, VETERAN, student.say("estimate my aid for 2026-27, full"), until="student_agi")
    one, two = uuid4().hex, uuid4().hex
    student.send("38,420", one)
    student.send("31,111", two)
    assert student.heard(one).asked == "student_earned_income"
    assert student.heard(two).asked == "student_income_tax_paid"
    rows = student.answers_so_far()
    assert rows["Your adjusted gross income (AGI)"] == "$38,420"
    assert "$31,111" in rows.values()


def test_a_burst_of_messages_from_many_threads_is_answered_whole_and_one_by_one(student: Student) -> None:
    ids = [uuid4().hex for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        sent = list(threads.map(lambda client_id: student.send("hello", client_id), ids))
    assert {answer.status_code for answer in sent} == {202}
    for client_id in ids:
        assert student.heard(client_id).text
    thread = student.thread()
    assert [m["seq"] for m in thread] == sorted(m["seq"] for m in thread)
    asked = [m["id"] for m in thread if m["sender"] == "person"]
    answered = list(dict.fromkeys(m["id"].split(".")[0] for m in thread if m["sender"] == "aidline"))
    assert sorted(asked) == sorted(ids)
    assert answered == asked


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"client_id": "short", "text": "hi"}, 422),
        ({"client_id": "a" * 20}, 422),
        ({"client_id": "a" * 20, "text": "hi", "extra": 1}, 422),
    ],
)
def test_a_request_that_is_malformed_is_refused_with_the_reason(
    student: Student, body: dict[str, object], status: int
) -> None:
    answer = student.post(body)
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_nobody_can_speak_or_listen_in_a_conversation_without_its_token(site: str) -> None:
    for headers in ({}, {"Authorization": "Bearer made.up"}):
        sent = httpx.post(f"{site}/api/v1/messages", json={"client_id": "a" * 20, "text": "hi"}, headers=headers)
        assert sent.status_code == 401
        assert httpx.get(f"{site}/api/v1/messages", headers=headers).status_code == 401
