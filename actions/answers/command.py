"""Whole messages that steer the conversation: go back, skip, stop, a person, another language."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from actions.answers.tables import Phrase, phrases, table
from actions.answers.text import fold, has_phrase, strip_leading, strip_trailing, words
from aidline.language import asked_for
from knowledge.spelling import spelt_out


class Command(StrEnum):
    """What a person can ask of the conversation itself."""

    BACK = "back"
    SKIP = "skip"
    WHY = "why"
    STOP = "stop"
    PAUSE = "pause"
    START_OVER = "start_over"
    PERSON = "person"
    MENU = "menu"
    LANGUAGE_EN = "language_en"
    LANGUAGE_ES = "language_es"
    REPEAT = "repeat"
    PROGRESS = "progress"
    RESUME = "resume"
    REVIEW = "review"
    SHOW_DATA = "show_data"
    DELETE_DATA = "delete_data"
    OTHER_DEVICE = "other_device"


_LONGEST = 16
_LANGUAGES = {"en": Command.LANGUAGE_EN, "es": Command.LANGUAGE_ES}
_ORDER = (Command.PERSON, *(each for each in Command if each is not Command.PERSON))
"""A person asked for comes before whatever else the message says."""


@cache
def _patterns() -> tuple[tuple[Command, re.Pattern[str]], ...]:
    listed = table("commands")["commands"]
    return tuple(
        (each, re.compile("|".join(f"(?:{shape})" for shape in listed[each.value])))
        for each in _ORDER
        if each in listed
    )


def command(text: str) -> Command | None:
    """Give the command that `text` as a whole is, or None when it says anything else.

    Answers to a question about language ("español") look like commands: ask `parse_choice` first there.
    """
    if len(words(text)) > _LONGEST:
        return None
    if asked := asked_for(text):
        return _LANGUAGES[asked]
    text = spelt_out(text)
    whole = _of(words(text))
    if whole is not None:
        return whole
    clauses = [words(clause) for clause in re.split(r"[,.;:!?\n]+", fold(text))]
    meant = [_of(clause) for clause in clauses if clause and not _merely_polite(clause)]
    for harmless in (Command.DELETE_DATA, Command.OTHER_DEVICE):  # one is asked back, the other changes nothing
        if harmless in meant:
            return harmless
    if not meant or None in meant:
        return None
    known = {each for each in meant if each is not None}
    if len(known) == 1:
        return known.pop()
    if known == {Command.STOP, Command.START_OVER}:
        return Command.START_OVER  # "never mind all this, let's start over"
    return Command.PERSON if Command.PERSON in known else None


def says_never_mind(text: str) -> bool:
    """Say whether `text` holds a "never mind", which may turn down no more than what was just asked."""
    return has_phrase(words(text), phrases("commands", "never_mind")) is not None


@cache
def _negated() -> re.Pattern[str]:
    return re.compile(table("commands")["negated"])


def _of(clause: Phrase) -> Command | None:
    if _negated().fullmatch(" ".join(clause)):
        return None
    polite = phrases("commands", "polite")
    bare = strip_trailing(strip_leading(clause, polite), polite)
    for core in (clause, strip_trailing(clause, polite), bare):
        said = " ".join(core)
        for each, pattern in _patterns():
            if said and pattern.fullmatch(said):
                return each
    return None


def _merely_polite(clause: Phrase) -> bool:
    return not strip_leading(clause, phrases("commands", "polite"))
