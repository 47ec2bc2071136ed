"""A change told in whatever words, while something else is asked ("she says it didn't come from the IRS after all").

Nothing in such a message need name the answer it changes. What gives it away is that both the old and the new answer
are named ("V5, not V1"), or that the words, as an answer to an earlier question, come to another value than the one on
record. It is always asked back and never taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.answers.choice import named_and_denied, wished_choice
from actions.answers.correction import without_lead_ins
from actions.answers.figures import find_figures
from actions.answers.question import looks_like_question
from actions.answers.replacement import without_what_was_wrong
from actions.answers.state import states_named
from actions.answers.tables import phrases
from actions.answers.text import compose, has_phrase, words
from actions.flow.correction_turn import Turn, of_whom
from actions.flow.guessing import likely_value
from actions.flow.hearing import Reading
from actions.flow.model import Outcome, Question
from actions.flow.putting_right import puts_right
from actions.flow.retelling import FREE_WORDS, PEOPLE
from actions.flow.statements import stated
from actions.flow.words import choices, name_words

__all__ = ["asked_for_both", "volunteered"]

_YES_OR_NO = re.compile(r"\b(?:no|yes|s[ií])\b", re.IGNORECASE)
_BOTH, _TOLD, _LIKE = 3, 2, 1
"""How sure it is that an earlier answer is meant: old and new are named, the new one is told, it is only alike."""
_WITH_BOTH = "borrow_topic"
"""The choices that are one thing, another, or both of them."""


@dataclass(frozen=True)
class _Found:
    question: Question
    value: str
    sure: int


def asked_for_both(turn: Turn) -> Outcome | None:
    """ "I'd like to know the cost too": one of two was asked for, and now the other as well."""
    text = compose(turn.heard.text)
    as_well = has_phrase(words(text), phrases("corrections", "as_well")) is not None
    if not as_well or find_figures(text) or looks_like_question(text, turn.heard.language):
        return None
    for question in turn.done:
        held = turn.answers.get(question.key)
        one_of_two = question.choices == _WITH_BOTH and held not in {None, "both"}
        if one_of_two and likely_value(question, text) not in {None, held}:
            return turn.change(question, Reading("ok", "both"), doubt=True)
    return None


def volunteered(turn: Turn) -> Outcome | None:
    """The change asked back, the question which answer is meant, or None where the words change none."""
    text = compose(turn.heard.text)
    pending = turn.pending
    if looks_like_question(text, turn.heard.language):
        return _wished_for(turn, text)
    cue = puts_right(text)
    reading = turn.reads(pending, text) if pending is not None else None
    unread = reading is None or reading.status == "invalid" or _only_a_yes_or_no(turn, pending, text)
    if pending is not None and pending.kind in FREE_WORDS and not cue:
        return None
    least = (_LIKE if unread else _TOLD) if cue else (_TOLD if unread else _BOTH)
    of_a_choice = not cue and not unread and pending is not None and pending.kind == "choice"
    asked_about = [q for q in turn.done if q.kind == "state" or not of_a_choice]
    found = [one for q in asked_about if (one := _found(turn, q, text)) is not None and one.sure >= least]
    found = [one for one in found if not _answers(turn, one.question, reading)]
    best = [one for one in found if one.sure == max(other.sure for other in found)]
    meant = of_whom([one.question for one in best], words(text), turn.answers, own=True)
    meant = _named(meant, text)
    if not meant:
        return None
    values = {one.value for one in best if one.question in meant}
    if len(meant) > 1:
        return turn.which(meant, values.pop()) if len(values) == 1 and _alike(meant) else None
    return turn.change(meant[0], Reading("ok", values.pop()), doubt=True)


def _wished_for(turn: Turn, text: str) -> Outcome | None:
    """ "Can we just do the short one": a wish for another choice than the one on record."""
    if has_phrase(words(text), phrases("corrections", "rather")) is None:
        return None
    wished = {q.key: wished_choice(text, choices(q.choices or q.key)) for q in turn.done if q.kind == "choice"}
    other = [q for q in turn.done if wished.get(q.key) not in {None, turn.answers.get(q.key)}]
    if len(other) != 1 or (turn.pending is not None and turn.reads(turn.pending, text).status == "ok"):
        return None
    return turn.change(other[0], Reading("ok", wished[other[0].key]), doubt=True)


def _only_a_yes_or_no(turn: Turn, pending: Question | None, text: str) -> bool:
    """Whether nothing but a "no" or a "yes" somewhere in the words makes them an answer to a choice."""
    if pending is None or pending.kind != "choice":
        return False
    rest = _YES_OR_NO.sub(" ", text)
    return rest != text and turn.reads(pending, rest).status == "invalid"


def _found(turn: Turn, question: Question, text: str) -> _Found | None:
    """The other value that the words come to for an answered question."""
    held = turn.answers.get(question.key)
    if question.names or held is None:
        return None
    body, _leads = without_lead_ins(text)
    found: _Found | None = None
    match question.kind:
        case "state":
            found = _other_state(question, str(held), text)
        case "yes_no":
            found = _yes_or_no(question, body)
        case "choice":
            found = _chosen(question, str(held), text)
    if found is None and question.kind in {"choice", "yes_no"}:
        guess = likely_value(question, body)
        people = guess in PEOPLE and not _by_name(question, text)
        found = _Found(question, guess, _LIKE) if guess is not None and not people else None
    return found if found is not None and found.value != held else None


def _other_state(question: Question, held: str, text: str) -> _Found | None:
    named = states_named(text)
    other = [code for code in named if code != held]
    if len(other) != 1:
        return None
    return _Found(question, other[0], _BOTH if held in named else _LIKE)


def _yes_or_no(question: Question, text: str) -> _Found | None:
    told = stated(question.key, text)
    return _Found(question, told, _TOLD) if told is not None else None


def _chosen(question: Question, held: str, text: str) -> _Found | None:
    listed = choices(question.choices or question.key)
    named, denied = named_and_denied(text, listed)
    new = named - {held}
    if len(new) != 1 or (new <= PEOPLE and not _by_name(question, text)):
        return None
    if held in named | denied:
        return _Found(question, next(iter(new)), _BOTH)
    alone, _ = named_and_denied(without_what_was_wrong(text), listed)
    return _Found(question, next(iter(new)), _TOLD) if alone == new else None


def _by_name(question: Question, text: str) -> bool:
    return has_phrase(words(text), map(words, name_words((question.key,))[question.key])) is not None


def _answers(turn: Turn, question: Question, reading: Reading | None) -> bool:
    """Whether the words answer what is asked just now in the same way ("divorced", asked for the other's)."""
    pending = turn.pending
    if pending is None or reading is None or reading.status not in {"ok", "needs_confirmation"}:
        return False
    if pending.kind == "yes_no" and question.kind == "yes_no":
        return stated(pending.key, turn.heard.text) is not None
    return pending.kind == question.kind and (pending.choices or pending.key) == (question.choices or question.key)


def _named(found: list[Question], text: str) -> list[Question]:
    """Of several, those that the words name."""
    if len(found) < 2:
        return found
    names = name_words(tuple(q.key for q in found))
    named = [q for q in found if has_phrase(words(text), map(words, names[q.key]))]
    return named or found


def _alike(found: list[Question]) -> bool:
    """Whether all are one question about several people."""
    return len({q.choices or q.key for q in found}) == 1
