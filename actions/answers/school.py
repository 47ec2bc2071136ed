"""The name of a school as people type it."""

from __future__ import annotations

import re
from functools import cache

from actions.answers.figures import find_figures
from actions.answers.parsed import Parsed, invalid, not_sure, ok
from actions.answers.question import looks_like_question
from actions.answers.replies import says_not_sure
from actions.answers.state import parse_state
from actions.answers.tables import phrases
from actions.answers.text import compose, fold, has_phrase, words

LONGEST = 80
_LONGEST_NAME = 8
_LEAST_AMOUNT = 1000
_ARTICLE_BEFORE_NAME = re.compile(r"el (?=[A-Z])(?!(?:Camino|Centro|Paso)\b)")
"""The article that Spanish puts before the name of a school; capitals tell it from the name's own."""
_SHORTENED = {
    "its": "it'?s", "im": "i'?m", "ive": "i'?ve", "id": "i'?d", "ill": "i'?ll", "hes": "he'?s", "shes": "she'?s",
    "thats": "that'?s", "lets": "let'?s",
}  # fmt: skip
_LAST_PART = re.compile(r"(.{3,}?)\s*[,(]\s*([^,()]+?)\s*\)?[\s.!]*")
"""More characters than this are a story, not a name."""


def parse_school(text: str) -> Parsed[str]:
    """Give a school's name as typed, without "the first one is" before it and "I think" after it.

    Problems: `empty`, `too_long`, `not_a_school` ("none", "that's all", a bare number).
    """
    name = school_in(text)
    if not name:
        return invalid("not_a_school" if text.strip() else "empty")
    if has_phrase(words(text), phrases("schools", "undecided")):
        return not_sure()
    if looks_like_question(text):
        return invalid("not_a_school")
    if words(text) in phrases("schools", "no_school") or words(name) in phrases("schools", "no_school"):
        return invalid("not_a_school")
    if says_not_sure(text):
        return not_sure()
    if not any(char.isalpha() for char in name) or _tells_of_money(text):
        return invalid("not_a_school")
    return invalid("too_long") if len(name) > LONGEST else ok(name)


def _tells_of_money(text: str) -> bool:
    """Whether a longer text tells an amount, as no name of a school does."""
    return len(words(text)) > _LONGEST_NAME and any(one.value >= _LEAST_AMOUNT for one in find_figures(text))


def school_in(text: str) -> str:
    """Give `text` without the words people put around a name; "" when nothing is left."""
    name = " ".join(compose(text).split())
    for shape in _around():
        while (found := shape.search(fold(name))) and found.group():
            name = name[: found.start()] + name[found.end() :]
    name = _without_place(name)
    if _ARTICLE_BEFORE_NAME.match(name):
        name = name.split(" ", 1)[1]
    name = name.strip(" ,.;:!?\"'-")
    return name if name.count("(") == name.count(")") else name.strip("()")


def _without_place(name: str) -> str:
    """Drop the state that tells one school from another of its name ("Kent State, Ohio", "(ohio)")."""
    found = _LAST_PART.fullmatch(name)
    if found is None or parse_state(found.group(2)).status != "ok":
        return name
    return found.group(1)


def names_none(text: str) -> bool:
    """Tell whether `text` says that there is no school, or no further one."""
    return words(text) in phrases("schools", "no_school")


@cache
def _around() -> tuple[re.Pattern[str], ...]:
    lead_ins, who, goes, stops, asides = (
        "|".join(_loose(phrase) for phrase in phrases("schools", key))
        for key in ("lead_ins", "who", "goes", "stops", "asides")
    )
    leading = rf"(?:(?:{who})\s+)*(?:{goes})|{lead_ins}"
    return (
        re.compile(rf"^[\W_]*(?:{leading})\b[\s,.:!]+"),
        re.compile(rf"\s*(?:[,;(]|\s[-\u2013]\s)\s*(?:{asides})\b.*$"),
        re.compile(rf"[\s,.!]+(?:{stops})[\W_]*$"),
    )


def _loose(phrase: tuple[str, ...]) -> str:
    """Let "its" be typed with an apostrophe, and any space between words."""
    return r"\s+".join(_SHORTENED.get(word, re.escape(word)) for word in phrase)
