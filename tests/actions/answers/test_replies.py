"""Replies that mean "I don't know", whatever was asked."""

from __future__ import annotations

import pytest

from actions.answers.choice import parse_choice
from actions.answers.replies import says_not_sure
from actions.flow.words import choices


@pytest.mark.parametrize(
    "text",
    [
        "the college hasn't told us", "they won't tell me", "i haven't heard back", "don't have the letter yet",
        "it's not posted yet", "i'd have to look it up", "still waiting on that", "todavía no me avisan",
        "no me lo han dicho", "aún no lo publican", "tendría que revisar", "lo checo al rato", "depende",
    ],
)  # fmt: skip
def test_whoever_has_not_been_told_yet_does_not_know(text: str) -> None:
    assert says_not_sure(text)


@pytest.mark.parametrize(
    "text",
    [
        "they told me 400",
        "i haven't gotten any",
        "no me dan nada",
        "no one told me about the 3,000 fee",
        "never got any",
    ],
)
def test_whoever_was_given_nothing_does_know(text: str) -> None:
    assert not says_not_sure(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("casada con mi padrastro", "remarried"),
        ("she married my stepdad two years ago", "remarried"),
        ("never married but they share a house", "unmarried_both_parents_together"),
        ("viven juntos, nunca se casaron", "unmarried_both_parents_together"),
        ("casados", "married"),
        ("nunca se casaron", "never_married"),
    ],
)
def test_a_marriage_is_read_with_what_is_said_beside_it(text: str, status: str) -> None:
    assert parse_choice(text, choices("parent_marital_status")).value == status


def test_words_around_a_word_do_not_make_it_a_slip_for_another() -> None:
    assert parse_choice("mi mama vive con su novio", choices("parent_marital_status")).value != "widowed"
