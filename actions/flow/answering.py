"""What becomes of an answer: stored, confirmed, skipped, or asked again. Every way ends with the next question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.answers.question import looks_like_question
from actions.answers.yes_no import yes_no_by_place
from actions.flow import asking
from actions.flow.guessing import LIKELY, as_guessed, contradicts, guessed
from actions.flow.hearing import Reading, declines, read
from actions.flow.model import Answers, Flow, FlowState, Heard, Outcome, Question, Say

__all__ = [
    "ask_again",
    "ask_next",
    "confirm",
    "ended",
    "pending_in",
    "settle",
    "skip",
    "take_answer",
    "take_confirmation",
    "take_told",
]

_TRIES_BEFORE_A_WAY_OUT = 2
_TRIES_BEFORE_GOING_ON = 3
"""Nobody stays at a question that the flow can do without, however they put their answer."""


def take_answer(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, question: Question, reading: Reading
) -> Outcome:
    if question.names:
        return _answered_merged(flow, answers, state, heard, question, reading)
    if declines(question, reading, heard):
        return skip(flow, answers, state, heard, question)
    match reading.status:
        case "ok":
            return settle(flow, answers, state, heard, question, reading.value, changed=False)
        case "needs_confirmation":
            return confirm(flow, answers, state, heard, question, reading)
        case "not_sure" if question.key in state.doubted and question.can_skip:
            return skip(flow, answers, state, heard, question)
        case "not_sure" if question.optional:
            return skip(flow, answers, state, heard, question)
        case "not_sure":
            return _not_sure(flow, answers, state, heard, question)
        case _ if (likely := guessed(question, heard, state.guessed)) is not None:
            return _guess(flow, answers, state, heard, question, likely)
        case _:
            return _misread(flow, answers, state, heard, question, reading)


def _guess(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, question: Question, likely: Reading
) -> Outcome:
    """Asks what the answer seems to say. It counts as a try: whoever is guessed wrong gets the ways out no later."""
    asked = confirm(flow, answers, state, heard, question, likely)
    known = (*state.guessed, as_guessed(question, likely.value))
    return replace(asked, state=replace(asked.state, attempts=state.attempts + 1, guessed=known))


def _not_sure(flow: Flow, answers: Answers, state: FlowState, heard: Heard, question: Question) -> Outcome:
    """Where the answer stands, or another way to put it; from the second time on, the ways out too."""
    again = question.key in state.doubted
    state = replace(state, doubted=tuple(dict.fromkeys((*state.doubted, question.key))))
    says = (asking.not_sure(question), Say("utter_bad_again")) if again else (asking.not_sure(question),)
    return ask_again(flow, answers, state, heard, says, count=False)


def _misread(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, question: Question, reading: Reading
) -> Outcome:
    """What is wanted, once more; then the ways out; then on without an answer where that can be."""
    if state.attempts + 1 >= _TRIES_BEFORE_GOING_ON and question.can_skip:
        gone_on = skip(flow, answers, state, heard, question)
        return replace(gone_on, says=(Say("utter_not_read"), *gone_on.says))
    if state.attempts + 1 >= _TRIES_BEFORE_GOING_ON and question.key not in state.doubted:
        return _not_sure(flow, answers, state, heard, question)
    says: tuple[Say, ...] = (asking.misread(question, reading, heard),)
    if state.attempts + 1 >= _TRIES_BEFORE_A_WAY_OUT:
        says = (*says, Say("utter_bad_again"))
    return ask_again(flow, answers, state, heard, says, count=True)


def _answered_merged(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, question: Question, reading: Reading
) -> Outcome:
    """None of these: all zero. Anything else: each is asked by itself, so that no amount lands in the wrong place."""
    if question.kind == "choice":
        return _picked(flow, answers, state, heard, question, reading)
    if reading.status == "ok" and reading.value == 0:
        return ask_next(flow, answers, dict.fromkeys(question.names, 0), state.told(*question.names), heard, ())
    if reading.status == "not_sure":
        return skip(flow, answers, state, heard, question)
    yes = read(replace(question, kind="yes_no", names=()), heard)
    if yes.value == "no" and yes_no_by_place(heard.text) is None:  # "2" is an amount here
        return ask_next(flow, answers, dict.fromkeys(question.names, 0), state.told(*question.names), heard, ())
    if yes.value == "yes" or reading.value is not None:
        return _one_by_one(flow, answers, state, heard, question)
    return _misread(flow, answers, state, heard, question, reading)


def _picked(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, question: Question, reading: Reading
) -> Outcome:
    """The one of several that is true; when it is not clear which, each is asked by itself."""
    picked = next((name for name in question.names if name == reading.value), None)
    if reading.status == "ok" and picked is not None:
        after = {**answers, picked: "yes"}
        says = flow.remark(replace(question, key=picked, names=()), answers, after)
        return ask_next(flow, answers, {picked: "yes"}, state.told(*question.names), heard, says)
    return _one_by_one(flow, answers, state, heard, question)


def _one_by_one(flow: Flow, answers: Answers, state: FlowState, heard: Heard, question: Question) -> Outcome:
    state = replace(state, expanded=(*state.expanded, question.key), attempts=0)
    how = "utter_one_by_one_yes_no" if question.kind == "choice" else "utter_one_by_one"
    return ask_next(flow, answers, {}, state, heard, (Say(how),))


def skip(flow: Flow, answers: Answers, state: FlowState, heard: Heard, question: Question) -> Outcome:
    if question.names and question.kind == "choice":
        return _one_by_one(flow, answers, state, heard, question)
    if not question.can_skip:
        state = replace(state, doubted=tuple(dict.fromkeys((*state.doubted, question.key))))
        return ask_again(flow, answers, state, heard, (Say("utter_cant_skip"), asking.why(question)), count=False)
    sets = dict.fromkeys(question.settles, question.assume)
    says = (asking.skipped(question, heard.language),)
    return ask_next(flow, answers, sets, state.told().assuming(*question.settles), heard, says)


def confirm(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, question: Question, reading: Reading
) -> Outcome:
    confirm = {
        "key": question.key, "value": reading.value, "problem": reading.problem, "between": list(reading.alternatives),
    }  # fmt: skip
    # After the result no question is open: the form has to wait for this one all the same.
    state = replace(state, confirm=confirm, attempts=0, asked=state.asked or question.key)
    return Outcome((asking.confirm_value(question, confirm, heard),), {}, state, "asking")


def take_confirmation(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, plan: tuple[Question, ...]
) -> Outcome:
    """The answer to "… for the whole year, is that right?"."""
    assert state.confirm is not None  # noqa: S101 - the caller looked
    question = next((q for q in plan if q.key == state.confirm["key"]), None)
    if question is None:
        return ask_next(flow, answers, {}, replace(state, confirm=None), heard, ())
    if looks_like_question(heard.text, heard.language):
        explained = (asking.explain(heard, question), *asking.about(question, heard))
        says = (*explained, asking.confirm_value(question, state.confirm, heard))
        return Outcome(says, {}, state, "asking")
    yes = read(replace(question, key="confirm_value", kind="yes_no", choices=None), heard)
    is_guess = state.confirm["problem"] == LIKELY
    known = {**answers, question.key: state.confirm["value"]}
    own = flow.reads(question, heard, known)
    plain = flow.reads(question, replace(heard, text=str(yes.value)), known)
    if question.kind == "choice" and own is not None and own != plain and own.status == "ok" and yes.value is not None:
        # "Yes but they still live in the same house" tells more than the yes.
        return settle(flow, answers, state, heard, question, own.value, changed=False)
    if yes.value == "yes" and not (is_guess and contradicts(question, heard, state.confirm["value"])):
        return settle(flow, answers, state, heard, question, state.confirm["value"], changed=False)
    if yes.status == "not_sure":
        return take_answer(flow, answers, replace(state, confirm=None), heard, question, Reading("not_sure"))
    fresh = read(question, heard, own)
    said_again = fresh.value == state.confirm["value"] and question.kind != "yes_no"
    if said_again and (yes.value != "no" or yes_no_by_place(heard.text)):
        return settle(flow, answers, state, heard, question, fresh.value, changed=False)
    state = replace(state, confirm=None)
    # A no to a guess says that the guess was wrong, not that no is the answer.
    only_no = is_guess and yes.value == "no" and fresh.value == read(question, replace(heard, text="no")).value
    if yes_no_by_place(heard.text) == "no" or only_no:
        return ask_next(flow, answers, {}, state, heard, ())
    if fresh.status in {"ok", "needs_confirmation"} and fresh.value not in (None, 0):
        return take_answer(flow, answers, state, heard, question, fresh)
    if yes.value == "no" or state.attempts >= 1:
        return ask_next(flow, answers, {}, state, heard, ())
    return take_answer(flow, answers, state, heard, question, fresh)


def settle(
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
        state = replace(state, doubted=tuple(key for key in state.doubted if key != question.key))
    gathered = {} if changed else flow.gather(question, heard, answers)
    sets = {question.key: value, **gathered}
    plan = flow.plan({**answers, **sets}, state, heard)
    says = (*says, *(asking.noted(name, told, heard.language, plan) for name, told in gathered.items()))
    says = (*says, *flow.remark(question, answers, {**answers, **sets}))
    return ask_next(flow, answers, sets, state.told(*sets), heard, says)


def take_told(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, question: Question, told: Mapping[str, Any]
) -> Outcome:
    """What the flow read in a message by itself; said back, because it was not read the usual way."""
    after = {**answers, **told}
    plan = flow.plan(after, state, heard)
    says = (asking.noted_all(told, heard.language, plan), *flow.remark(question, answers, after))
    return ask_next(flow, answers, told, state.told(*told), heard, says)


def pending_in(plan: tuple[Question, ...], answers: Answers, state: FlowState) -> Question | None:
    """The first question nobody has answered, or None when only the review is left."""
    settled = {
        *(name for name, value in answers.items() if value is not None),
        *state.assumed,
        *state.expanded,
    }
    return next((q for q in plan if q.key not in settled and not all(n in settled for n in q.settles)), None)


def ask_next(
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
    pending = pending_in(plan, now, state)
    state = replace(state, repeats=state.repeats if pending is not None and pending.key == state.asked else 0)
    if pending is not None:
        if sets or pending.key != state.asked:
            says = (*says, *flow.before(pending, now, heard))
        state = replace(state, asked=pending.key)
        says = (*says, asking.ask(pending, plan, heard))
    elif state.reviewed or not flow.reviewed:
        return ended(flow, now, sets, state, heard, says)
    else:
        state = replace(state, asked=asking.REVIEW.key)
        says = (*says, asking.review(plan, now, state, heard))
    return Outcome(says, sets, state, "asking")


def ended(
    flow: Flow,
    answers: Answers,
    sets: Mapping[str, Any],
    state: FlowState,
    heard: Heard,
    says: tuple[Say, ...],
) -> Outcome:
    """The flow's result."""
    told = flow.finish(answers, state, heard)
    state = replace(state, reviewed=True, ended_by=state.ended_by or heard.message_id)
    return Outcome((*says, *told), sets, state, "done")


def ask_again(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, says: tuple[Say, ...], *, count: bool
) -> Outcome:
    """Says `says` and the pending question once more; nothing is changed."""
    state = replace(state, attempts=state.attempts + 1) if count else state
    state = replace(state, repeats=state.repeats + 1)
    if state.repeats >= _TRIES_BEFORE_A_WAY_OUT and Say("utter_bad_again") not in says:
        says = (*says, Say("utter_way_out"))
    if state.confirm is not None:
        question = next((q for q in flow.plan(answers, state, heard) if q.key == state.confirm["key"]), None)
        if question is not None:
            return Outcome((*says, asking.confirm_value(question, state.confirm, heard)), {}, state, "asking")
    return ask_next(flow, answers, {}, replace(state, reviewed=False), heard, says)
