"""A person is always one message away, and staff see who asked for one."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from aidline.settings import PROJECT, Settings
from aidline.supervisor.programs import settings_environment
from tests.journeys.people import Persona, Staff, Student, fill, walk
from tests.journeys.test_estimate import VETERAN

PASSWORD = "a long staff password 7"
DANA = Persona(
    {
        "handoff_reason": "my dad lost his job in March", "contact_name": "Dana Reyes", "contact_method": "text me",
        "contact_phone": "505-555-0188", "urgency": "this week", "contact_language": "English",
        "best_time": "after 4 pm", "contact_email": "dana@example.com",
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def staff(site: str, settings: Settings) -> Iterator[Staff]:
    """Someone on staff, whose account was added on the command line and who has signed in."""
    added = subprocess.run(
        [sys.executable, "-m", "aidline.cli", "staff", "add-user", "Rosa", "--password-stdin"],
        input=f"{PASSWORD}\n", capture_output=True, text=True, cwd=PROJECT, env=settings_environment(settings),
        check=False,
    )  # fmt: skip
    assert added.returncode == 0, added.stderr
    assert PASSWORD not in added.stdout
    staff = Staff(site)
    assert staff.sign_in("rosa", PASSWORD).status_code == 200
    yield staff
    staff.close()


def test_someone_asks_for_a_person_in_the_middle_and_then_finishes_the_estimate(student: Student, staff: Staff) -> None:
    fill(student, VETERAN, student.say("estimate my aid for 2026-27, full"), until="student_agi")
    replies = student.say("can I talk to a person?")
    assert replies.asked == "handoff_reason"
    while replies.result is None:
        assert replies.asks is not None
        replies = student.say(DANA.answer(replies.asks))
    assert replies.result["end"] == "handoff_recorded"
    values = replies.result["values"]
    reference = values["reference"]
    assert re.fullmatch(r"AID-[A-Z0-9]{6}", reference)
    assert reference in replies.text
    assert values["contact_phone"] == "+15055550188"
    assert (values["contact_method"], values["urgency"]) == ("text", "this_week")
    assert replies.asked == "student_agi", "the estimate goes on where it was"
    assert walk(student, VETERAN, replies)["values"]["sai"] == 7273

    waiting = staff.reads_eventually("/handoffs", reference)
    assert "Dana Reyes" in waiting
    assert "my dad lost his job in March" in waiting
    assert "505" in waiting
    transcript = staff.reads_eventually(f"/conversations/{student.conversation_id}", "7,273")
    assert "38,420" not in transcript, "what someone earns is theirs"
    assert "[answer: student_agi]" in transcript
    assert reference in transcript
    assert student.conversation_id in staff.read("/conversations")


def test_staff_pages_show_nothing_to_whoever_is_not_signed_in(site: str, staff: Staff) -> None:
    stranger = Staff(site)
    assert "Sign in" in stranger.read("/handoffs")
    assert "Dana Reyes" not in stranger.read("/handoffs")
    assert stranger.sign_in("rosa", "not the password").status_code == 401
    forged = {"csrf_token": "made up", "username": "rosa", "password": PASSWORD, "next": ""}
    assert httpx.post(f"{site}/staff/login", data=forged).status_code == 403
    stranger.close()


def test_aidline_says_when_it_does_not_know_and_a_yes_then_reaches_a_person(student: Student) -> None:
    replies = student.say("what do penguins eat?")
    assert "fish" not in replies.text.lower()
    assert "1-800-433-3243" in replies.text
    assert replies.asked == "offer_person"
    assert student.say("yes").asked == "handoff_reason"


def test_a_no_to_that_offer_starts_nothing_and_shows_what_else_there_is(student: Student) -> None:
    assert student.say("is jello vegan?").asked == "offer_person"
    replies = student.say("no")
    assert replies.text
    assert replies.asked == "flow"


def test_a_spanish_speaker_leaves_an_email_in_spanish(student: Student) -> None:
    persona = DANA.but(
        handoff_reason="necesito ayuda con mis préstamos", contact_method="correo electrónico", urgency="hoy",
        contact_language="español", best_time="por la tarde", contact_name="Lucía Gómez",
    )  # fmt: skip
    result = walk(student, persona, student.say("quiero hablar con una persona"), flow="handoff")
    assert result["values"]["contact_email"] == "dana@example.com"
    assert result["values"]["contact_language"] == "es"
    assert result["values"]["contact_phone"] is None


def test_whoever_has_everything_deleted_leaves_nothing_to_read(student: Student, staff: Staff) -> None:
    fill(student, VETERAN, student.say("estimate my aid for 2026-27, full"), until="student_agi")
    assert student.say("delete my data").asked == "confirm_delete"
    result = student.say("yes").result
    assert result is not None
    assert result["end"] == "data_deleted"
    page = staff.reads_eventually(f"/conversations/{student.conversation_id}", "deleted")
    assert "estimate my aid for 2026-27" not in page
    assert student.say("show my data").result is not None
