"""One person who sends too much at once, twice, out of order, or from two windows."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import uuid4

import pytest

from aidline.supervisor import Stack
from tests.journeys.conftest import MakeStudent
from tests.journeys.faults.crowd import Tireless, check_records
from tests.journeys.people import Phone, Student, eventually, fill
from tests.journeys.test_estimate import VETERAN

ROUNDS = 200
AT_ONCE = 4


@pytest.fixture
def at_agi(student: Student) -> Student:
    """Someone whose form stands at the income question."""
    fill(student, VETERAN, student.say("estimate my aid for 2026-27, full"), until="student_agi")
    return student


def answered(student: Student, ids: set[str]) -> bool:
    return ids <= {message["id"].rpartition(".")[0] for message in student.thread(wait=1.0)}


@pytest.mark.timeout(600, func_only=True)
def test_four_messages_at_once_are_taken_one_after_the_other_in_every_one_of_200_rounds(at_agi: Student) -> None:
    inconsistent = []
    sizes = random.Random(7)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _round in range(ROUNDS):
            wanted = {uuid4().hex: sizes.randint(1, 30) for _ in range(AT_ONCE)}
            sent = pool.map(lambda one: at_agi.send(f"change family size to {one[1]}", one[0]), wanted.items())
            assert {answer.status_code for answer in sent} == {202}
            eventually(partial(answered, at_agi, set(wanted)), "four answers")
            thread = at_agi.thread()
            accepted = [message["id"] for message in thread if message["id"] in wanted]
            replies = {m["id"].rpartition(".")[0]: m["text"] for m in thread if m["id"].endswith(".1")}
            each_right = all(str(size) in replies[client_id] for client_id, size in wanted.items())
            kept = at_agi.answers_so_far()["Family size"]
            if not each_right or kept != str(wanted[accepted[-1]]):
                inconsistent.append((wanted, accepted, kept))
    assert inconsistent == []


def test_a_message_sent_many_times_at_once_counts_once(at_agi: Student) -> None:
    client_id = uuid4().hex
    with ThreadPoolExecutor(8) as pool:
        codes = sorted(answer.status_code for answer in pool.map(lambda _: at_agi.send("38,420", client_id), range(8)))
    assert codes == [200] * 7 + [202]
    assert at_agi.heard(client_id).asked == "student_earned_income"
    assert at_agi.send("38,420", client_id).status_code == 200
    assert at_agi.answers_so_far()["Your adjusted gross income (AGI)"] == "$38,420"
    asked = [m["asks"]["name"] for m in at_agi.thread() if m.get("asks") and m["asks"].get("name")]
    assert asked.count("student_earned_income") == 2, "once by the form, once after the answers were shown"


def test_texts_that_come_twice_and_out_of_order_are_answered_once_each(stack: Stack, phone: Phone) -> None:
    phone.say("estimate my aid for 2026-27, quick")
    sids = [f"SM{uuid4().hex}" for _ in range(3)]
    texts = ["no", "single", "no"]
    for sid, text in [(sids[0], texts[0]), (sids[0], texts[0]), (sids[1], texts[1]), (sids[0], texts[0]),
                      (sids[2], texts[2]), (sids[1], texts[1])]:  # fmt: skip
        assert phone.post_as_twilio(text, sid).status_code == 200
    eventually(lambda: len(phone.received()) >= 4, "an answer to each text")
    asked = [t["asks"]["name"] for t in phone.thread() if t["direction"] == "out" and t.get("asks")]
    assert asked == ["born_before_cutoff", "student_marital_status", "any_dependency_reason", "parent_marital_status"]
    assert len(phone.received()) == 4


@pytest.mark.timeout(300, func_only=True)
def test_two_windows_of_one_person_see_one_conversation_in_one_order(stack: Stack, make_student: MakeStudent) -> None:
    one = make_student()
    other = one.in_another_window()
    windows = [Tireless(one), Tireless(other)]
    one.say("estimate my aid for 2026-27, full")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda window: [window.say(f"change family size to {n}") for n in range(1, 8)], windows))
    thread = one.thread()
    ids = [message["id"] for message in thread]
    assert ids == [message["id"] for message in other.thread()]
    assert len(ids) == len(set(ids))
    for window in windows:
        assert [client_id for client_id in ids if client_id in window.sent] == window.sent
    answered_ones = {client_id.rpartition(".")[0] for client_id in ids}
    assert {message["id"] for message in thread if message["sender"] == "person"} <= answered_ones
    check_records(stack.settings, {one.conversation_id: thread})
    other.close()
