"""Twenty people are in the middle of a form when a part dies: each gets every answer once, and the right result."""

from __future__ import annotations

import os
import signal
import time

import pytest

from aidline.supervisor import Stack
from tests.journeys.conftest import MakeStudent, readiness
from tests.journeys.faults.crowd import Crowd, check_records, check_thread, talking
from tests.journeys.people import eventually
from tests.journeys.test_estimate import VETERAN

CROWD = 20
OPENING = "I got out of the Army in March. What would my aid look like for 2026-27? Full version please."
FROZEN_SECONDS = 10.0


def check(stack: Stack, crowd: Crowd) -> None:
    threads = {person.student.conversation_id: check_thread(person) for person in crowd.people}
    for person in crowd.people:
        assert person.results, "someone never came to the end"
        assert {result["values"]["sai"] for result in person.results} == {7273}
        assert not any("Sorry" in message["text"] for message in threads[person.student.conversation_id])
    check_records(stack.settings, threads)


@pytest.mark.timeout(400, func_only=True)
@pytest.mark.parametrize("name", ["web", "worker", "rasa", "rasa-2", "actions", "records", "redis"])
def test_a_process_that_is_killed_costs_nobody_a_word(whole: Stack, make_student: MakeStudent, name: str) -> None:
    with talking([make_student() for _ in range(CROWD)], VETERAN, OPENING) as crowd:
        whole.kill(name)
        whole.await_ready(name)
        eventually(lambda: readiness(whole.settings.site)[0] == 200, f"everything ready after {name} was killed")
    check(whole, crowd)


@pytest.mark.timeout(400, func_only=True)
def test_a_redis_that_hangs_for_a_while_costs_nobody_a_word(whole: Stack, make_student: MakeStudent) -> None:
    with talking([make_student() for _ in range(CROWD)], VETERAN, OPENING) as crowd:
        pid = whole.pids()["redis"]
        os.kill(pid, signal.SIGSTOP)
        try:
            time.sleep(FROZEN_SECONDS)
        finally:
            os.kill(pid, signal.SIGCONT)
        eventually(lambda: readiness(whole.settings.site)[0] == 200, "everything ready after Redis went on")
    check(whole, crowd)


@pytest.mark.timeout(400, func_only=True)
def test_a_redis_that_is_restarted_costs_nobody_a_word(whole: Stack, make_student: MakeStudent) -> None:
    with talking([make_student() for _ in range(CROWD)], VETERAN, OPENING) as crowd:
        whole.restart("redis")
        eventually(lambda: readiness(whole.settings.site)[0] == 200, "everything ready after Redis was restarted")
    check(whole, crowd)
