"""Answers about who, from students, from parents, and from whoever is married to one."""

from __future__ import annotations

from typing import Any

import pytest

from actions.answers.relation import parent_meant
from actions.flow.hearing import read
from actions.flow.model import Heard, Question
from tests.actions.talk import TODAY


def heard_as(key: str, typed: str, language: str = "en") -> tuple[str, Any]:
    question = Question(key, "choice", f"utter_q_{key}", key, choices=key)
    reading = read(question, Heard(typed, language, TODAY))
    return reading.status, reading.value


@pytest.mark.parametrize("key", ["appeal_who", "borrower", "who_missing"])
@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("me, im her dad", "en"),
        ("it's me (his mom)", "en"),
        ("me, the kid's mother", "en"),
        ("my husband, his father", "en"),
        ("my ex wife, her mom", "en"),
        ("us, his parents", "en"),
        ("my dad's wife", "en"),
        ("yo, su mamá", "es"),
        ("yo, soy el papa", "es"),
        ("mi esposo, el papá", "es"),
        ("nosotros, sus papás", "es"),
        ("el papá de la estudiante", "es"),
        ("el esposo de mi mamá", "es"),
    ],
)
def test_a_parent_is_known_whoever_speaks(key: str, typed: str, language: str) -> None:
    assert heard_as(key, typed, language) == ("ok", "parent")


@pytest.mark.parametrize(
    ("key", "typed", "meant"),
    [
        ("appeal_who", "me, not his dad", "student"),
        ("appeal_who", "mi hija, la estudiante", "student"),
        ("appeal_who", "my husband", "spouse"),
        ("appeal_who", "a mi señora", "spouse"),
        ("borrower", "me, i'm the one in school", "student"),
        ("borrower", "para mí", "student"),
        ("who_missing", "my daughter hasn't done it", "student"),
    ],
)
def test_nobody_else_becomes_a_parent(key: str, typed: str, meant: str) -> None:
    assert heard_as(key, typed) == ("ok", meant)


@pytest.mark.parametrize("typed", ["me and my mom", "me, his guardian", "yo, su tía"])
def test_two_people_or_one_who_is_neither_are_asked_about(typed: str) -> None:
    assert heard_as("appeal_who", typed)[0] == "invalid"


@pytest.mark.parametrize("typed", ["my mom", "i lost my job", "me and my dad", "my husband and his dad", ""])
def test_a_student_speaking_of_their_own_is_left_alone(typed: str) -> None:
    assert parent_meant(typed) is None
