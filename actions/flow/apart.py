"""A change of an earlier answer beside an answer, a question, or another change, in one message.

"Single. And my birthday is july 5, not may 7": each stands in sentences of its own and holds by itself, the one as an
answer to what is asked or a question about it, the other as a correction. Whatever is less plain is left to the ways
that take a message as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from actions.answers.correction import without_lead_ins
from actions.answers.question import looks_like_question
from actions.answers.replacement import replacements
from actions.answers.text import compose, words
from actions.answers.yes_no import parse_yes_no
from actions.flow import asking
from actions.flow.answering import ask_next, pending_in, take_answer
from actions.flow.correcting import corrected
from actions.flow.hearing import read
from actions.flow.model import Answers, Flow, FlowState, Heard, Outcome, Question, Say
from actions.flow.putting_right import puts_right
from actions.flow.retelling import FREE_WORDS

__all__ = ["answered_and_changed", "changed_twice"]

_MOST_SENTENCES = 4
_PARTED = re.compile(
    r"(?<=[.!?;])\s+|\n+|,?\s+(?=(?:oh|ah|ay|wait|espera|espere|perd[oó]n|sorry)\b(?!\s*$))", re.IGNORECASE
)
_JOINED = re.compile(r"(?<=[.!?;])\s+|\n+|,?\s+(?:and|y)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class _Turn:
    flow: Flow
    answers: Answers
    state: FlowState
    heard: Heard
    plan: tuple[Question, ...]
    pending: Question


def answered_and_changed(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, plan: tuple[Question, ...], pending: Question
) -> Outcome | None:
    """Both at once, a question explained first; None for a message that does not hold both apart."""
    if pending.kind in FREE_WORDS:
        return None
    turn = _Turn(flow, answers, state, heard, plan, pending)
    for other, change in _apart(compose(heard.text), _PARTED):
        if (both := _both(turn, other, change) or _asked(turn, other, change)) is not None:
            return both
    return None


def changed_twice(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, plan: tuple[Question, ...], changed: Outcome
) -> Outcome:
    """`changed`, or with it a second change that its clause tells ("scrap the 3k, and Hollins is 51, not 41")."""
    pending = pending_in(plan, answers, state)
    if pending is None or pending.kind in FREE_WORDS or changed.status != "asking":
        return changed
    turn = _Turn(flow, answers, state, heard, plan, pending)
    for one, other in _apart(compose(heard.text), _JOINED):
        first, second = _change(turn, one), _change(turn, other)
        if first is None or second is None or first.state.confirm is not None:
            continue
        told = _keys(first) | _keys(second)
        if _keys(changed) < told and not _keys(first) & _keys(second):
            return _with(turn, replace(first, says=_told(turn, first)), second)
    return changed


def _apart(text: str, mark: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Every way to part a message in something and a change, the change last or first."""
    parts = [part.strip() for part in mark.split(text) if part.strip()]
    if not 2 <= len(parts) <= _MOST_SENTENCES:
        return
    for cut in range(1, len(parts)):
        first, second = " ".join(parts[:cut]), " ".join(parts[cut:])
        yield first, second
        yield second, first


def _both(turn: _Turn, answer: str, change: str) -> Outcome | None:
    changed = _change(turn, change)
    if changed is None:
        return None
    answered = _answer(turn, answer)
    if answered is None or set(answered.sets) & set(changed.sets):
        return None
    now = {**turn.answers, **answered.sets}
    says = turn.flow.remark(turn.pending, turn.answers, now)
    return _with(turn, replace(answered, says=says), changed)


def _with(turn: _Turn, first: Outcome, changed: Outcome) -> Outcome:
    """What `first` records, and the change with it."""
    if changed.state.confirm is not None:
        state = replace(first.state, confirm=changed.state.confirm)
        return replace(first, says=(*first.says, *changed.says), state=state)
    sets, says = {**first.sets, **changed.sets}, (*first.says, *_told(turn, changed))
    return ask_next(turn.flow, turn.answers, sets, first.state.told(*_keys(changed)), turn.heard, says)


def _told(turn: _Turn, changed: Outcome) -> tuple[Say, ...]:
    """What there is to say of a change that is made."""
    keys, language = _keys(changed), turn.heard.language
    return tuple(asking.changed(q, changed.sets[q.key], language) for q in turn.plan if q.key in keys)


def _keys(changed: Outcome) -> set[str]:
    """The answers that a change is about, asked back or not."""
    asked = changed.state.confirm
    return {asked["key"]} if asked is not None else {key for key, value in changed.sets.items() if value is not None}


def _asked(turn: _Turn, question: str, change: str) -> Outcome | None:
    """The question explained, and the change. What follows a question is often about it, unless it puts something
    right.
    """
    language = turn.heard.language
    if not looks_like_question(question, language) or looks_like_question(change, language):
        return None
    if not puts_right(change) and not any(replacements(change)):
        return None
    changed = _change(turn, change)
    if changed is None:
        return None
    explained = asking.explain(replace(turn.heard, text=question), turn.pending)
    return replace(changed, says=(explained, *changed.says))


def _change(turn: _Turn, text: str) -> Outcome | None:
    """The change that some sentences ask for, when they are no answer to what is asked."""
    said = replace(turn.heard, text=text)
    reading = read(turn.pending, said, turn.flow.reads(turn.pending, said, turn.answers))
    if reading.status == "ok" and turn.pending.kind != "yes_no" and not puts_right(text):
        return None
    changed = corrected(turn.flow, turn.answers, turn.state, said, turn.plan)
    if changed is None or changed.status != "asking":
        return None
    if (asked := changed.state.confirm) is not None:
        return changed if asked["value"] != turn.answers.get(asked["key"]) else None
    return changed if any(value is not None for value in changed.sets.values()) else None


def _answer(turn: _Turn, text: str) -> Outcome | None:
    """The answer that some sentences give, when they say nothing that is put right."""
    said = replace(turn.heard, text=text)
    if not without_lead_ins(text)[0] or looks_like_question(text, turn.heard.language) or _belongs(turn, text):
        return None
    reading = read(turn.pending, said, turn.flow.reads(turn.pending, said, turn.answers))
    if reading.status != "ok" or corrected(turn.flow, turn.answers, turn.state, said, turn.plan) is not None:
        return None
    answered = take_answer(turn.flow, turn.answers, turn.state, said, turn.pending, reading)
    return answered if answered.sets and answered.state.confirm is None and answered.status == "asking" else None


def _belongs(turn: _Turn, text: str) -> bool:
    """Whether a lone yes or no goes with the change ("i was wrong about the food stamps. yes")."""
    lone = len(words(text)) <= 1 and parse_yes_no(text).status == "ok"
    return lone and not (turn.pending.kind == "yes_no" and compose(turn.heard.text).startswith(text))
