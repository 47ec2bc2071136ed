"""What is told of a family in passing: in a first message, and by an answer that tells how it is."""

from __future__ import annotations

import re
from typing import Any

from actions.answers.choice import choice_named
from actions.answers.question import looks_like_question
from actions.answers.text import squash
from actions.estimate_hearing import who_writes
from actions.flow.model import Heard
from actions.flow.words import choices, result_words, told

__all__ = ["told_as_answer", "told_in_passing"]

_IN_PASSING = ("lives_with", "more_support_parent", "parents_refuse", "parents_relationship", "parents_alive")
_OTHER_PARENT = {"mother": "father", "father": "mother"}
_PARTS = re.compile(
    r"(?<=[.!;:\n,?])\s+|\s(?=(?:who|whose|which|do i|should i|can i|(?:a |de )?qui[eé]n|cu[aá]l|pongo|tengo que)\b)",
    re.I,
)
"""Where a question may begin, written with or without a comma before it."""


def told_in_passing(heard: Heard) -> dict[str, Any]:
    """Answers by canonical name that a first message tells plainly: with whom the student lives, who supports them, who
    died, that a parent writes. What it asks ("do I put both or just my mom") tells nothing.
    """
    parts = _PARTS.split(heard.text)
    text = ". ".join(part for part in parts if part and not looks_like_question(part, heard.language))
    found = {name: _told_of_parents(name, text) for name in _IN_PASSING}
    home, support = found["lives_with"], found["more_support_parent"]
    if home in _OTHER_PARENT and support == _OTHER_PARENT[home]:
        found["parents_alive"] = found["parents_alive"] or "both"
    if home in _OTHER_PARENT and found["parents_relationship"] is None:
        # Who lives with one of two parents that are divorced says that the other lives elsewhere.
        found["parents_relationship"] = told("parents_split", text)
    if found["parents_relationship"] is None:
        found["parents_relationship"] = _never_married_in(text)
    found |= who_writes(heard.text)
    return {name: value for name, value in found.items() if value is not None}


def told_as_answer(name: str, text: str) -> str | None:
    """How it is, in the words of an answer; "just my mom" tells who is alive only where that is asked."""
    if (value := _told_of_parents(name, text)) is not None:
        return value
    return told("parents_alive_asked", text) if name == "parents_alive" else None


def _told_of_parents(name: str, text: str) -> str | None:
    """What is told of the student's own parents, not of a stepdad or "my mom's dad", and not of what may be once."""
    others = result_words("parents_compared")["of_others"]
    return told(name, re.sub(others, " ", squash(text)))


def _never_married_in(text: str) -> str | None:
    """That the parents never married and live apart, where a first message tells both, and of nobody's second home."""
    if told("second_families", text):
        return None
    listed = [one for one in choices("parents_relationship") if one.value == "never_married_apart"]
    return choice_named(text, listed)
