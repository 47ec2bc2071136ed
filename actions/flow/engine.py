"""One turn of a form: hear, decide, say. Pure: the same state and words always give the same outcome.

The order of what is tried matters to people: first what they want from us (go back, stop, a person), then whether they
are correcting something, then whether they ask instead of answer, and only then the answer. A question never lands in
a slot, and an answer that can't be read changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.answers.command import Command, command
from actions.answers.correction import LAST, correction
from actions.answers.question import looks_like_question, question_score
from actions.answers.yes_no import parse_yes_no
from actions.flow import asking
from actions.flow.hearing import Reading, read
from actions.flow.model import Answers, Flow, FlowState, Heard, Outcome, Question, Say
from actions.flow.words import name_words

__all__ = ["open_flow", "take_turn"]

_SURE_OF_INTENT = 0.85
_SURE_OF_QUESTION = 0.95
_TRIES_BEFORE_A_WAY_OUT = 2
_ALSO_ANSWERS = frozenset({Command.LANGUAGE_EN, Command.LANGUAGE_ES, Command.PERSON, Command.MENU})
"""Orders that can be the answer to a closed question: "español", "call me"."""


def open_flow(flow: Flow, answers: Answers, state: FlowState, heard: Heard) -> Outcome:
    """The first turn of a flow, or its first after something came in between."""
    if state.asked is not None:
        return _ask_next(flow, answers, {}, state, heard, (Say("utter_resume"),))
    if (corrected := _corrected(flow, answers, state, heard, flow.plan(answers, state, heard))) is not None:
        return corrected
    sets = dict(flow.opening(heard, answers))
    known = any(answers.get(name) is not None for q in flow.plan(answers, state, heard) for name in q.settles)
    says = (
        flow.intro(heard)
        + ((Say("utter_resume"),) if known else ())
        + tuple(asking.noted(name, value, heard.language) for name, value in sets.items())
    )
    return _ask_next(flow, answers, sets, state, heard, says)


def take_turn(flow: Flow, answers: Answers, state: FlowState, heard: Heard) -> Outcome:
    """Any later turn, while the form is open and has asked something."""
    plan = flow.plan(answers, state, heard)
    pending = _pending(plan, answers, state)
    if heard.offered == "offer_person" and (taken := parse_yes_no(heard.text).value) is not None:
        if taken == "yes" and flow.name != "handoff":
            return Outcome((), {}, replace(state, suspended=flow.name), "left", "handoff")
        return _again(flow, answers, state, heard, (), count=False)
    if heard.problem:
        return _again(flow, answers, state, heard, (asking.problem(heard.problem),), count=False)
    if (left := _commanded(flow, answers, state, heard, pending)) is not None:
        return left
    if state.confirm is not None:
        return _confirmed(flow, answers, state, heard, plan)
    if pending is None:
        return _reviewed(flow, answers, state, heard, plan)
    if (corrected := _corrected(flow, answers, state, heard, plan)) is not None:
        return corrected
    if _asks_back(pending, heard):
        return _again(flow, answers, state, heard, (asking.explain(heard, pending),), count=False)
    reading = read(pending, heard)
    if reading.status == "invalid" and _wants_person(heard):
        return Outcome((), {}, replace(state, suspended=flow.name), "left", "handoff")
    return _answered(flow, answers, state, heard, pending, reading)


def _pending(plan: tuple[Question, ...], answers: Answers, state: FlowState) -> Question | None:
    """The first question nobody has answered, or None when only the review is left."""
    settled = {
        *(name for name, value in answers.items() if value is not None),
        *state.assumed,
        *state.expanded,
    }
    return next((q for q in plan if q.key not in settled and not all(n in settled for n in q.settles)), None)


def _asks_back(question: Question, heard: Heard) -> bool:
    """Whether the person asks instead of answering. In free words ("I don't get my letter") only a plain question."""
    if question.kind == "text":
        return question_score(heard.text, heard.language) >= _SURE_OF_QUESTION
    return looks_like_question(heard.text, heard.language)


def _wants_person(heard: Heard) -> bool:
    return heard.intent == "talk_to_person" and heard.confidence >= _SURE_OF_INTENT


def _commanded(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, pending: Question | None
) -> Outcome | None:
    order = command(heard.text)
    if order in _ALSO_ANSWERS and pending is not None and pending.choices and read(pending, heard).status == "ok":
        return None
    match order:
        case "person" if flow.name != "handoff":
            return Outcome((), {}, replace(state, suspended=flow.name), "left", "handoff")
        case "stop":
            return Outcome((asking.stopped(flow.name),), {}, FlowState(), "left", state.suspended)
        case "start_over":
            return Outcome((Say("utter_restarted"),), {}, FlowState(), "left", "restart")
        case "back":
            return _back(flow, answers, state, heard)
        case "skip" if pending is not None:
            return _skipped(flow, answers, state, heard, pending)
        case "why" if pending is not None:
            return _again(flow, answers, state, heard, (asking.why(pending),), count=False)
        case "repeat" | "language_en" | "language_es":
            says = (Say("utter_language_set"),) if order.startswith("language") else ()
            return _again(flow, answers, state, heard, says, count=False)
        case "menu":
            return _again(flow, answers, state, heard, (Say("utter_menu"),), count=False)
        case "review":
            says = (asking.summary(flow.plan(answers, state, heard), answers, state, heard),)
            return _again(flow, answers, state, heard, says, count=False)
        case _:
            return None


def _corrected(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, plan: tuple[Question, ...]
) -> Outcome | None:
    """ "change family size to 5", "wait, her agi was 46,200"."""
    done = [q for q in plan if not q.names and answers.get(q.key) is not None]
    found = correction(heard.text, name_words(tuple(q.key for q in reversed(done))))
    if found is None or not done:
        return None
    target = done[-1] if found.name == LAST else next((q for q in done if q.key == found.name), None)
    if target is None:
        return None
    if not found.text:
        cleared = _cleared(flow, answers, state, heard, target)
        return _ask_next(flow, answers, cleared, state.told(target.key), heard, ())
    reading = read(target, replace(heard, text=found.text))
    if reading.status == "needs_confirmation":
        return _confirm(flow, answers, state, heard, target, reading)
    if reading.status != "ok":
        return None
    return _set(flow, answers, state, heard, target, reading.value, changed=True)


def _cleared(flow: Flow, answers: Answers, state: FlowState, heard: Heard, target: Question) -> dict[str, Any]:
    return dict.fromkeys(target.settles)


def _back(flow: Flow, answers: Answers, state: FlowState, heard: Heard) -> Outcome:
    plan = flow.plan(answers, state, heard)
    pending = _pending(plan, answers, state)
    before = plan[: plan.index(pending)] if pending is not None else plan
    done = [q for q in before if any(answers.get(n) is not None or n in state.assumed for n in q.settles)]
    if not done:
        return _again(flow, answers, state, heard, (Say("utter_back_first"),), count=False)
    last = done[-1]
    state = replace(state.told(*last.settles), expanded=tuple(k for k in state.expanded if k != last.key))
    return _ask_next(flow, answers, dict.fromkeys(last.settles), state, heard, ())


def _skipped(flow: Flow, answers: Answers, state: FlowState, heard: Heard, question: Question) -> Outcome:
    if question.names and question.kind == "choice":
        return _one_by_one(flow, answers, state, heard, question)
    if not question.can_skip:
        return _again(flow, answers, state, heard, (Say("utter_cant_skip"), asking.why(question)), count=False)
    sets = dict.fromkeys(question.settles, question.assume)
    says = (asking.skipped(question, heard.language),)
    return _ask_next(flow, answers, sets, state.told().assuming(*question.settles), heard, says)


def _answered(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, question: Question, reading: Reading
) -> Outcome:
    if question.names:
        return _answered_merged(flow, answers, state, heard, question, reading)
    match reading.status:
        case "ok":
            return _set(flow, answers, state, heard, question, reading.value, changed=False)
        case "needs_confirmation":
            return _confirm(flow, answers, state, heard, question, reading)
        case "not_sure" if question.key in state.doubted and question.can_skip:
            return _skipped(flow, answers, state, heard, question)
        case "not_sure" if question.optional:
            return _skipped(flow, answers, state, heard, question)
        case "not_sure":
            state = replace(state, doubted=(*state.doubted, question.key))
            return _again(flow, answers, state, heard, (asking.not_sure(question),), count=False)
        case _:
            says: tuple[Say, ...] = (asking.misread(question, reading, heard),)
            if state.attempts + 1 >= _TRIES_BEFORE_A_WAY_OUT:
                says = (*says, Say("utter_bad_again"))
            return _again(flow, answers, state, heard, says, count=True)


def _answered_merged(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, question: Question, reading: Reading
) -> Outcome:
    """None of these: all zero. Anything else: each is asked by itself, so that no amount lands in the wrong place."""
    if question.kind == "choice":
        return _picked(flow, answers, state, heard, question, reading)
    if reading.status == "ok" and reading.value == 0:
        return _ask_next(flow, answers, dict.fromkeys(question.names, 0), state.told(*question.names), heard, ())
    if reading.status == "not_sure":
        return _skipped(flow, answers, state, heard, question)
    yes = read(replace(question, kind="yes_no", names=()), heard)
    if yes.value == "no":
        return _ask_next(flow, answers, dict.fromkeys(question.names, 0), state.told(*question.names), heard, ())
    if yes.value == "yes" or reading.value is not None:
        return _one_by_one(flow, answers, state, heard, question)
    return _again(flow, answers, state, heard, (asking.misread(question, reading, heard),), count=True)


def _picked(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, question: Question, reading: Reading
) -> Outcome:
    """The one of several that is true; when it is not clear which, each is asked by itself."""
    picked = next((name for name in question.names if name == reading.value), None)
    if reading.status == "ok" and picked is not None:
        after = {**answers, picked: "yes"}
        says = flow.remark(replace(question, key=picked, names=()), answers, after)
        return _ask_next(flow, answers, {picked: "yes"}, state.told(*question.names), heard, says)
    return _one_by_one(flow, answers, state, heard, question)


def _one_by_one(flow: Flow, answers: Answers, state: FlowState, heard: Heard, question: Question) -> Outcome:
    state = replace(state, expanded=(*state.expanded, question.key), attempts=0)
    return _ask_next(flow, answers, {}, state, heard, (Say("utter_one_by_one"),))


def _confirm(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, question: Question, reading: Reading
) -> Outcome:
    confirm = {"key": question.key, "value": reading.value, "problem": reading.problem}
    state = replace(state, confirm=confirm, attempts=0)
    return Outcome((asking.confirm_value(question, confirm, heard),), {}, state, "asking")


def _confirmed(flow: Flow, answers: Answers, state: FlowState, heard: Heard, plan: tuple[Question, ...]) -> Outcome:
    """The answer to "… for the whole year, is that right?"."""
    assert state.confirm is not None  # noqa: S101 - the caller looked
    question = next((q for q in plan if q.key == state.confirm["key"]), None)
    if question is None:
        return _ask_next(flow, answers, {}, replace(state, confirm=None), heard, ())
    if looks_like_question(heard.text, heard.language):
        says = (asking.explain(heard, question), asking.confirm_value(question, state.confirm, heard))
        return Outcome(says, {}, state, "asking")
    yes = read(replace(question, kind="yes_no", choices=None), heard)
    if yes.value == "yes":
        return _set(flow, answers, state, heard, question, state.confirm["value"], changed=False)
    fresh = read(question, heard)
    state = replace(state, confirm=None)
    if fresh.status in {"ok", "needs_confirmation"} and fresh.value not in (None, 0):
        return _answered(flow, answers, state, heard, question, fresh)
    if yes.value == "no" or state.attempts >= 1:
        return _ask_next(flow, answers, {}, state, heard, ())
    return _answered(flow, answers, state, heard, question, fresh)


def _reviewed(flow: Flow, answers: Answers, state: FlowState, heard: Heard, plan: tuple[Question, ...]) -> Outcome:
    """The answer to the summary: go on, or change something."""
    if (corrected := _corrected(flow, answers, state, heard, plan)) is not None:
        return corrected
    if looks_like_question(heard.text, heard.language):
        return _again(flow, answers, state, heard, (asking.explain(heard),), count=False)
    reading = read(asking.REVIEW, heard)
    if reading.value == "yes":
        state = replace(state, reviewed=True)
        return Outcome(flow.finish(answers, state, heard), {}, state, "done")
    if reading.value == "change":
        return _again(flow, answers, state, heard, (Say("utter_how_to_change"),), count=False)
    return _again(flow, answers, state, heard, (asking.misread(asking.REVIEW, reading, heard),), count=True)


def _set(
    flow: Flow,
    answers: Answers,
    state: FlowState,
    heard: Heard,
    question: Question,
    value: Any,
    *,
    changed: bool,
) -> Outcome:
    says: tuple[Say, ...] = ()
    if changed:
        says = (asking.changed(question, value, heard.language),)
    gathered = {} if changed else flow.gather(question, heard, answers)
    sets = {question.key: value, **gathered}
    says = (*says, *(asking.noted(name, told, heard.language) for name, told in gathered.items()))
    says = (*says, *flow.remark(question, answers, {**answers, **sets}))
    return _ask_next(flow, answers, sets, state.told(*sets), heard, says)


def _ask_next(
    flow: Flow,
    answers: Answers,
    sets: Mapping[str, Any],
    state: FlowState,
    heard: Heard,
    says: tuple[Say, ...],
) -> Outcome:
    """Says `says`, then the next open question; or the review; or the end, where a flow has no review."""
    sets = {**sets, **dict.fromkeys(flow.undoes(answers, {**answers, **sets}))}
    now = {**answers, **sets}
    plan = flow.plan(now, state, heard)
    pending = _pending(plan, now, state)
    if pending is not None:
        state = replace(state, asked=pending.key)
        says = (*says, asking.ask(pending, plan, heard))
    elif flow.name == "handoff" or state.reviewed:
        return Outcome((*says, *flow.finish(now, state, heard)), sets, state, "done")
    else:
        state = replace(state, asked=asking.REVIEW.key)
        says = (*says, asking.review(plan, now, state, heard))
    return Outcome(says, sets, state, "asking")


def _again(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, says: tuple[Say, ...], *, count: bool
) -> Outcome:
    """Says `says` and the pending question once more; nothing is changed."""
    state = replace(state, attempts=state.attempts + 1) if count else state
    if state.confirm is not None:
        question = next((q for q in flow.plan(answers, state, heard) if q.key == state.confirm["key"]), None)
        if question is not None:
            return Outcome((*says, asking.confirm_value(question, state.confirm, heard)), {}, state, "asking")
    return _ask_next(flow, answers, {}, replace(state, reviewed=False), heard, says)
