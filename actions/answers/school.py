"""The name of a school as people type it."""

from __future__ import annotations

import re
from functools import cache

from actions.answers.parsed import Parsed, invalid, not_sure, ok
from actions.answers.replies import says_not_sure
from actions.answers.tables import phrases
from actions.answers.text import compose, fold, words

LONGEST = 80
"""More characters than this are a story, not a name."""


def parse_school(text: str) -> Parsed[str]:
    """Give a school's name as typed, without "the first one is" before it and "I think" after it.

    Problems: `empty`, `too_long`, `not_a_school` ("none", "that's all", a bare number).
    """
    name = school_in(text)
    if not name:
        return invalid("not_a_school" if text.strip() else "empty")
    if words(text) in phrases("schools", "no_school") or words(name) in phrases("schools", "no_school"):
        return invalid("not_a_school")
    if says_not_sure(text):
        return not_sure()
    if not any(char.isalpha() for char in name):
        return invalid("not_a_school")
    return invalid("too_long") if len(name) > LONGEST else ok(name)


def school_in(text: str) -> str:
    """Give `text` without the words people put around a name; "" when nothing is left."""
    name = " ".join(compose(text).split())
    for shape in _around():
        while (found := shape.search(fold(name))) and found.group():
            name = name[: found.start()] + name[found.end() :]
    return name.strip(" ,.;:!?\"'()-")


def names_none(text: str) -> bool:
    """Tell whether `text` says that there is no school, or no further one."""
    return words(text) in phrases("schools", "no_school")


@cache
def _around() -> tuple[re.Pattern[str], ...]:
    leading, trailing = (
        "|".join(_loose(phrase) for phrase in phrases("schools", key)) for key in ("lead_ins", "stops")
    )
    return re.compile(rf"^[\W_]*(?:{leading})\b[\s,.:!]+"), re.compile(rf"[\s,.!]+(?:{trailing})[\W_]*$")


def _loose(phrase: tuple[str, ...]) -> str:
    """Let "its" be typed with an apostrophe, and any space between words."""
    return r"\s+".join("it'?s" if word == "its" else re.escape(word) for word in phrase)
