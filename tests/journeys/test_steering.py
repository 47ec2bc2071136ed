"""Moving around in a form: back, skip, why, a correction, a question in the middle, another language."""

from __future__ import annotations

import pytest

from tests.journeys.people import Replies, Student, fill, walk
from tests.journeys.test_estimate import VETERAN


@pytest.fixture
def at_agi(student: Student) -> Replies:
    """The form stands at the student's income."""
    return fill(student, VETERAN, student.say("estimate my aid for 2026-27, full please"), until="student_agi")


def test_a_question_in_the_middle_is_answered_from_a_source_and_the_form_goes_on(
    student: Student, at_agi: Replies
) -> None:
    before = student.answers_so_far()
    replies = student.say("what counts as untaxed income?")
    assert replies.asked == "student_agi"
    assert "untaxed" in replies.text.lower()
    assert replies.sources[0]["url"].startswith("https://")
    assert replies.sources[0]["as_of"].startswith("20")
    assert student.answers_so_far() == before


def test_back_asks_the_earlier_question_again(student: Student, at_agi: Replies) -> None:
    replies = student.say("back")
    assert replies.asked is not None
    assert replies.asked != "student_agi"
    replies = student.say(VETERAN.answer(replies.asks or {}))
    assert replies.asked == "student_agi"


def test_what_can_be_skipped_is_assumed_and_said_so_at_the_end(student: Student, at_agi: Replies) -> None:
    replies = fill(student, VETERAN, at_agi, until="student_income_tax_paid")
    replies = student.say("skip")
    assert replies.asked != "student_income_tax_paid"
    result = walk(student, VETERAN, replies)
    assert "student_income_tax_paid" in result["assumed"]
    assert any("What I assumed" in message["text"] for message in student.thread())


def test_what_cannot_be_skipped_is_explained_and_asked_again(student: Student, at_agi: Replies) -> None:
    replies = student.say("skip")
    assert replies.asked == "student_agi"
    assert len(replies.text) > len(at_agi.text)


def test_why_is_answered_and_the_question_comes_again(student: Student, at_agi: Replies) -> None:
    replies = student.say("why do you need that?")
    assert replies.asked == "student_agi"
    assert len(replies.messages) == 2


def test_an_earlier_answer_can_be_corrected_in_the_middle(student: Student, at_agi: Replies) -> None:
    replies = student.say("change family size to 3")
    assert replies.asked == "student_agi"
    assert "3" in replies.text
    assert walk(student, VETERAN, replies)["answers"]["family_size"] == 3


def test_an_answer_can_be_changed_at_the_review_and_the_result_counts_it(student: Student, at_agi: Replies) -> None:
    fill(student, VETERAN, at_agi, until="confirm_summary")
    replies = student.say("change my agi to 20,000")
    assert replies.asked == "confirm_summary"
    assert "$20,000" in replies.rows.values()
    assert walk(student, VETERAN, replies)["answers"]["student_agi"] == 20000


def test_stop_ends_the_form_and_says_so(student: Student, at_agi: Replies) -> None:
    replies = student.say("stop")
    assert replies.asks is None
    assert replies.result is not None
    assert replies.result["end"] == "stopped"
    assert student.say("estimate my aid").asks is not None


def test_the_language_can_be_switched_in_the_middle(student: Student, at_agi: Replies) -> None:
    replies = student.say("en español por favor")
    assert replies.asked == "student_agi"
    assert "ingreso bruto ajustado" in replies.text
    replies = student.say("38 mil")
    assert "trabajo" in replies.text
    replies = student.say("English please")
    assert "money from work" in replies.text


def test_whoever_writes_spanish_first_is_answered_in_spanish_to_the_end(student: Student) -> None:
    persona = VETERAN.but(
        depth="completo", any_dependency_reason="sí, soy veterano", veteran="sí", student_marital_status="soltero",
        student_filer_class="sí declaré", student_filing_status="soltero", enrollment="tiempo completo",
        grade_level="primer año", born_before_cutoff="no",
    )  # fmt: skip
    replies = student.say("hola, quiero saber cuánta ayuda me pueden dar para 2026-27, completo por favor")
    assert "calcular su ayuda" in replies.text
    result = walk(student, persona, replies)
    assert result["values"]["sai"] == 7273
    said = [message for message in student.thread() if message["sender"] == "aidline"]
    assert {message["language"] for message in said} == {"es"}
    assert any("no una oferta" in message["text"] for message in said)
