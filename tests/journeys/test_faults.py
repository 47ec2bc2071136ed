"""Processes are restarted and killed in the middle of a form: the person is told, and nothing is lost."""

from __future__ import annotations

import os
import signal
from uuid import uuid4

import httpx
import pytest

from aidline.supervisor import Stack
from tests.journeys.conftest import readiness
from tests.journeys.people import Phone, Student, eventually, fill, walk
from tests.journeys.test_estimate import VETERAN


@pytest.fixture
def at_agi(student: Student) -> Student:
    """Someone whose form stands at the income question."""
    fill(student, VETERAN, student.say("estimate my aid for 2026-27, full"), until="student_agi")
    return student


@pytest.mark.parametrize("name", ["rasa", "actions", "worker", "records", "web", "redis"])
def test_a_restart_in_the_middle_of_a_form_changes_nothing(whole: Stack, at_agi: Student, name: str) -> None:
    whole.restart(name)
    eventually(lambda: readiness(whole.settings.site)[0] == 200, f"everything ready after {name} was restarted")
    replies = at_agi.say("38,420")
    assert replies.asked == "student_earned_income"
    assert walk(at_agi, VETERAN, replies)["values"]["sai"] == 7273


def test_while_the_actions_are_dead_a_message_waits_and_is_answered_once_they_are_back(
    whole: Stack, at_agi: Student
) -> None:
    whole.kill("actions")
    client_id = uuid4().hex
    assert at_agi.send("38,420", client_id).status_code == 202
    status, parts = readiness(whole.settings.site)
    assert status == 503
    assert parts["actions"] == "failing"
    assert parts["redis"] == "ok"
    assert at_agi.heard(client_id).asked == "student_earned_income"
    assert at_agi.answers_so_far()["Your adjusted gross income (AGI)"] == "$38,420"


def test_while_the_worker_is_dead_messages_are_kept_and_answered_when_it_is_back(
    whole: Stack, at_agi: Student, phone: Phone
) -> None:
    whole.kill("worker")
    one, two = uuid4().hex, uuid4().hex
    assert at_agi.send("38,420", one).status_code == 202
    assert at_agi.send("38,420", two).status_code == 202
    phone.send("estimate my aid for 2026-27, quick")
    eventually(lambda: readiness(whole.settings.site)[1]["worker"] == "failing", "/readyz names the worker")
    whole.await_ready("worker")
    assert at_agi.heard(one).asked == "student_earned_income"
    assert at_agi.heard(two).asked == "student_income_tax_paid"
    assert phone.next_text()["asks"]["name"] == "born_before_cutoff"


def test_while_redis_is_down_a_message_is_not_accepted_and_says_so_in_plain_words(
    whole: Stack, at_agi: Student
) -> None:
    whole.kill("redis")
    client_id = uuid4().hex
    answer = at_agi.send("38,420", client_id)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "talk to a person" in answer.json()["detail"] or "1-800-433-3243" in answer.json()["detail"]
    status, parts = readiness(whole.settings.site)
    assert (status, parts["redis"]) == (503, "failing")
    whole.await_ready("redis")
    # The same id again: not accepted before, so it is not a duplicate now.
    assert at_agi.send("38,420", client_id).status_code == 202
    assert at_agi.heard(client_id).asked == "student_earned_income"


def test_a_redis_that_hangs_does_not_hang_the_person(whole: Stack, at_agi: Student) -> None:
    pid = whole.pids()["redis"]
    os.kill(pid, signal.SIGSTOP)
    try:
        answer = at_agi.send("38,420")
        assert answer.status_code == 503
    finally:
        os.kill(pid, signal.SIGCONT)
    eventually(lambda: readiness(whole.settings.site)[0] == 200, "everything ready after Redis went on")


def test_a_worker_killed_in_the_middle_of_a_turn_loses_nothing(whole: Stack, at_agi: Student) -> None:
    client_id = uuid4().hex
    assert at_agi.send("what counts as untaxed income?", client_id).status_code == 202
    whole.kill("worker")
    whole.await_ready("worker")
    replies = at_agi.heard(client_id)
    assert replies.asked == "student_agi"
    assert walk(at_agi, VETERAN, replies)["values"]["sai"] == 7273


def test_the_staff_pages_and_the_phone_tell_calmly_that_something_is_down(whole: Stack, phone: Phone) -> None:
    whole.kill("redis")
    assert phone.post_as_twilio("hello", sid := f"SM{uuid4().hex}").status_code == 503
    assert httpx.get(f"{whole.settings.site}/healthz").status_code == 200
    assert httpx.get(f"{whole.settings.site}/staff/login").status_code == 200
    whole.await_ready("redis")
    # Twilio tries again by itself.
    assert phone.post_as_twilio("hello", sid).status_code == 200
    assert phone.next_text()["body"]
