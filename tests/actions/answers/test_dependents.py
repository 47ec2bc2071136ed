"""Whoever claims dependents counts them without themself."""

from __future__ import annotations

import pytest

from actions.answers.dependents import parse_dependents
from actions.borrowing_words import topic_named


@pytest.mark.parametrize(
    ("typed", "language", "count"),
    [
        ("just my daughter", "en", 1),
        ("one, my son", "en", 1),
        ("two, a boy and a girl", "en", 2),
        ("i have three girls", "en", 3),
        ("2 kids, both under 12", "en", 2),
        ("don't have any kids", "en", 0),
        ("solo mi hijo", "es", 1),
        ("mi mamá y mis dos hijos", "es", 3),
        ("no tengo hijos", "es", 0),
    ],
)
def test_dependents_are_counted_without_the_person(typed: str, language: str, count: int) -> None:
    found = parse_dependents(typed, language=language)
    assert found is not None
    assert found.value == count


@pytest.mark.parametrize("typed", ["my wife and 2 kids", "not sure, maybe 2"])
def test_a_spouse_or_a_doubt_is_left_to_be_confirmed(typed: str) -> None:
    assert parse_dependents(typed) is None


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("how much can i get this year?", "limits"),
        ("what would i pay a month?", "cost"),
        ("¿cuánto voy a pagar al mes?", "cost"),
        ("how much i can borrow and what i'd pay back", "both"),
        ("what is a subsidized loan?", None),
    ],
)
def test_a_topic_may_be_named_by_asking(typed: str, topic: str | None) -> None:
    assert topic_named(typed) == topic
