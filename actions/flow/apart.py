"""An answer and a change of an earlier one in one message ("single. and my birthday is july 5, not may 7").

Each stands in sentences of its own, and each holds by itself: the one as an answer to what is asked, the other as a
correction. Whatever is less plain is left to the ways that take a message as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from actions.answers.correction import without_lead_ins
from actions.answers.question import looks_like_question
from actions.answers.text import compose
from actions.flow import asking
from actions.flow.answering import ask_next, take_answer
from actions.flow.correcting import corrected
from actions.flow.hearing import read
from actions.flow.model import Answers, Flow, FlowState, Heard, Outcome, Question
from actions.flow.retelling import FREE_WORDS

__all__ = ["answered_and_changed"]

_MOST_SENTENCES = 4
_PARTED = re.compile(
    r"(?<=[.!?;])\s+|\n+|,?\s+(?=(?:oh|ah|ay|wait|espera|espere|perd[oó]n|sorry)\b(?!\s*$))", re.IGNORECASE
)


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
    """Both at once; None for a message that does not hold both apart."""
    if pending.kind in FREE_WORDS:
        return None
    turn = _Turn(flow, answers, state, heard, plan, pending)
    both = (_both(turn, answer, change) for answer, change in _apart(compose(heard.text)))
    return next((one for one in both if one is not None), None)


def _apart(text: str) -> Iterator[tuple[str, str]]:
    """Every way to part a message in an answer and a change, the answer first or last."""
    parts = [part.strip() for part in _PARTED.split(text) if part.strip()]
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
    if changed.state.confirm is not None:
        state = replace(answered.state, confirm=changed.state.confirm)
        return replace(answered, says=(*says, *changed.says), state=state)
    told = {q.key: changed.sets[q.key] for q in turn.plan if changed.sets.get(q.key) is not None}
    says = (*says, *(asking.changed(q, told[q.key], turn.heard.language) for q in turn.plan if q.key in told))
    sets = {**answered.sets, **changed.sets}
    return ask_next(turn.flow, turn.answers, sets, answered.state.told(*told), turn.heard, says)


def _change(turn: _Turn, text: str) -> Outcome | None:
    """The change that some sentences ask for, when they are no answer to what is asked."""
    said = replace(turn.heard, text=text)
    reading = read(turn.pending, said, turn.flow.reads(turn.pending, said, turn.answers))
    if reading.status == "ok" and turn.pending.kind != "yes_no":
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
    if not without_lead_ins(text)[0] or looks_like_question(text, turn.heard.language):
        return None
    reading = read(turn.pending, said, turn.flow.reads(turn.pending, said, turn.answers))
    if reading.status != "ok" or corrected(turn.flow, turn.answers, turn.state, said, turn.plan) is not None:
        return None
    answered = take_answer(turn.flow, turn.answers, turn.state, said, turn.pending, reading)
    return answered if answered.sets and answered.state.confirm is None and answered.status == "asking" else None
