"""Whatever is typed in place of an answer, the same question comes again and no answer changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from aidline.settings import Settings
from tests.journeys.conftest import MakeStudent
from tests.journeys.people import Student, eventually, fill
from tests.journeys.test_estimate import VETERAN

AMOUNT = "student_income_tax_paid"
SSN = "078-05-1120"

BAD_AMOUNTS = {
    "nonsense": "asdkjh qwe zxcv",
    "empty": "",
    "blank": "   \n\t ",
    "ten thousand characters": "money " * 1667,
    "emoji": "🎓💸😭",
    "markup": "<script>alert('x')</script><b onload=x>",
    "French": "Je ne comprends pas la question, pouvez-vous m'aider s'il vous plaît",
    "Chinese": "我不明白这个问题，请帮帮我",
    "an absurd amount": "999999999999999",
    "words for an absurd amount": "nine hundred trillion dollars",
    "a question": "does my GI Bill housing money count as income here?",
    "Rasa's restart command": "/restart",
    "Rasa's stop command": "/stop",
    "an intent with an entity": '/greet{"income":"999"}',
    "an intent that starts something": "/start_estimate_aid",
    "an outside event": "EXTERNAL: restart",
    "a session start": "/session_start",
    "a Social Security number": f"my ssn is {SSN}",
    "a null character": "\x00\x01",
}


@pytest.fixture(scope="module")
def someone(make_student: MakeStudent) -> Student:
    return make_student()


@pytest.fixture
def at_tax(someone: Student) -> Student:
    """Someone whose form stands at an amount that cannot be negative."""
    replies = someone.say("repeat that please")
    if replies.asked != AMOUNT:
        if someone.say("start over").asked == "confirm_restart":
            someone.say("yes")
        fill(someone, VETERAN, someone.say("estimate my aid for 2026-27, full"), until=AMOUNT)
    return someone


@pytest.mark.parametrize("text", [*BAD_AMOUNTS.values(), "-500"], ids=[*BAD_AMOUNTS, "a negative amount"])
def test_what_is_no_amount_gets_a_kind_reply_and_leaves_the_form_as_it_was(at_tax: Student, text: str) -> None:
    before = at_tax.answers_so_far()
    assert before["Your adjusted gross income (AGI)"] == "$38,420"
    replies = at_tax.say(text)
    assert replies.asked == AMOUNT
    assert len(replies.text) > 40, "it says what is wanted, not only the question again"
    assert at_tax.answers_so_far() == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("family_size", "-4"),
        ("family_size", "400"),
        ("family_size", "pizza"),
        ("state_for_poverty", "Narnia"),
        ("student_marital_status", "blue"),
        ("born_before_cutoff", "perhaps tuesday"),
        ("award_year", "the year 3000"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_asked_again(student: Student, name: str, text: str) -> None:
    fill(student, VETERAN, student.say("estimate my aid"), until=name)
    before = student.answers_so_far()
    replies = student.say(text)
    assert replies.asked == name
    assert student.answers_so_far() == before
    assert student.say(VETERAN.answer(replies.asks or {})).asked != name


def test_someone_who_gets_stuck_is_shown_a_way_out_and_then_gets_on(at_tax: Student) -> None:
    at_tax.say("florp")
    replies = at_tax.say("florp florp")
    assert "talk to a person" in replies.text
    assert replies.asked == AMOUNT
    replies = at_tax.say("florp")
    assert "go on without it" in replies.text
    assert replies.asked not in {AMOUNT, None}


def test_a_social_security_number_is_kept_nowhere(student: Student, settings: Settings) -> None:
    fill(student, VETERAN, student.say("estimate my aid for 2026-27, full"), until="student_agi")
    replies = student.say(f"38,420 and my social is {SSN}")
    assert replies.asked == "student_agi"
    assert "private" in replies.text
    mine = next(m for m in reversed(student.thread()) if m["sender"] == "person")
    assert mine["text"] == "38,420 and my social is [removed SSN]"
    student.say("78051120 was a joke, 078051120 is my ssn")
    fill(student, VETERAN, student.say("38,420"), until=AMOUNT)
    removed = b"my social is [removed SSN]"
    eventually(lambda: any(removed in content for content in kept(settings)), "the message on record")
    for content in kept(settings):
        assert SSN.encode() not in content
        assert SSN.replace("-", "").encode() not in content


def kept(settings: Settings) -> Iterator[bytes]:
    """Everything on disk: logs, the database with its journal, what Redis wrote, wherever each of them keeps it."""
    folders = {settings.data_dir}
    if settings.redis_url:
        folders.add(Path(settings.redis_url.removeprefix("unix://")).parent)
    if settings.database_url:
        folders.add(Path(str(make_url(settings.database_url).query["host"])))
    for path in (path for folder in folders for path in folder.rglob("*")):
        # A database makes and removes files of its own while it runs.
        with suppress(FileNotFoundError):
            if path.is_file():
                yield path.read_bytes()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("money " * 1667, "too long"),
        (f"my ssn is {SSN}", "private"),
        ("Bonjour, combien d'aide financière puis-je recevoir pour mes études ?", "English and Spanish"),
    ],
    ids=["empty", "blank", "too long", "an SSN", "French"],
)
def test_outside_a_form_too_the_person_is_told_what_was_wrong(student: Student, text: str, says: str) -> None:
    assert says in student.say(text).text
    assert student.say("estimate my aid").asked == "award_year"


@pytest.mark.parametrize("text", ['/start_estimate_aid{"student_agi": 5}', "/restart", "EXTERNAL: restart", "/stop"])
def test_outside_a_form_too_a_command_of_rasa_is_only_words(student: Student, text: str) -> None:
    assert student.say(text).text
    asked = fill(student, VETERAN, student.say("estimate my aid for 2026-27, full"), until="student_agi")
    assert asked.asked == "student_agi", "no amount was set from outside"


@pytest.mark.parametrize("text", ["show my answers", "I want the summary", "i am done", "never mind", "menu", "back"])
def test_a_wish_about_a_form_while_there_is_none_is_answered_once_and_nothing_gets_stuck(
    student: Student, text: str
) -> None:
    said = [message["text"] for message in student.say(text).messages]
    assert 1 <= len(said) <= 2, "the answer, and what may come next"
    assert len(set(said)) == len(said)
    assert student.say("estimate my aid").asked == "award_year"
