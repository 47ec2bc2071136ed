"""One turn of a form: hear, decide, say. Pure: the same state and words always give the same outcome.

The order of what is tried matters to people: first what they want from us (go back, stop, a person), then whether they
are correcting something, then whether they ask instead of answer, and only then the answer. A question never lands in
a slot, and an answer that can't be read changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.answers.choice import is_choice
from actions.answers.command import Command, command, says_never_mind
from actions.answers.question import asks_of_the_question, asks_where, looks_like_question, question_score
from actions.answers.text import squash
from actions.answers.yes_no import ends_with_an_answer, parse_shown_yes_no
from actions.flow import asking
from actions.flow.answering import (
    ask_again,
    ask_next,
    confirm,
    ended,
    pending_in,
    skip,
    take_answer,
    take_confirmation,
    take_told,
)
from actions.flow.apart import answered_and_changed, changed_twice
from actions.flow.correcting import corrected
from actions.flow.hearing import read
from actions.flow.intents import FLOW_OF_INTENT
from actions.flow.model import Answers, Flow, FlowState, Heard, Outcome, Question, Say
from actions.flow.words import choices

__all__ = ["corrects", "open_flow", "take_turn"]

_SURE_OF_INTENT = 0.85
_SURE_OF_QUESTION = 0.95
_LIKELY_A_QUESTION = 0.6
_SURE_OF_NOTE = 0.7
_NEAR_ENOUGH = 0.6
"""From here on a note is near enough to what reads like a question where any words are an answer."""
_MARKED = frozenset("?\u00bf")
_ALSO_ANSWERS = frozenset(
    {
        Command.LANGUAGE_EN, Command.LANGUAGE_ES, Command.PERSON, Command.MENU, Command.RESUME, Command.OTHER_DEVICE,
    }
)  # fmt: skip
"""Orders that can be the answer to a closed question: "español", "call me", "continue", "HI" for Hawaii."""


def open_flow(flow: Flow, answers: Answers, state: FlowState, heard: Heard) -> Outcome:
    """The first turn of a flow, or its first after something came in between."""
    heard = _spoken(heard, answers)
    if state.asked is not None:
        return ask_next(flow, answers, {}, state, heard, (Say("utter_resume"),))
    known = flow.plan(answers, state, heard)
    if heard.offered != "offer_full" and (changed := corrected(flow, answers, state, heard, known)) is not None:
        return changed
    if state.reviewed and (amended := flow.amends(heard, answers)):
        return _amended(flow, answers, state, heard, amended)
    sets = dict(flow.opening(heard, answers))
    if state.reviewed and flow.reviewed:
        # A result was shown before: it is not told again without a look at what it rests on.
        state = replace(state, reviewed=False)
        if not sets and pending_in(known, answers, state) is None:
            return ask_next(flow, answers, {}, state, heard, (Say("utter_known_already"),))
    plan = flow.plan({**answers, **sets}, state, heard)
    says = (
        *flow.intro(heard),
        *(
            [asking.reusing(known, answers, heard.language)]
            if heard.offered != "offer_full" and _anything_known(known, answers)
            else ()
        ),
        *((asking.noted_all(sets, heard.language, plan),) if sets else ()),
    )
    return ask_next(flow, answers, sets, state, heard, says)


def _spoken(heard: Heard, answers: Answers) -> Heard:
    """The words with who speaks them: "me" is somebody else where a parent writes."""
    return replace(heard, by_parent=answers.get("asking_as") == "parent")


def corrects(flow: Flow, answers: Answers, state: FlowState, heard: Heard) -> bool:
    """Whether a message changes an answer of a flow that has ended."""
    return corrected(flow, answers, state, heard, flow.plan(answers, state, heard)) is not None


def _amended(flow: Flow, answers: Answers, state: FlowState, heard: Heard, amended: Mapping[str, Any]) -> Outcome:
    plan = flow.plan({**answers, **amended}, state, heard)
    changes = tuple(asking.changed(q, amended[q.key], heard.language) for q in plan if q.key in amended)
    return ask_next(flow, answers, amended, state.told(*amended), heard, changes)


def _anything_known(plan: tuple[Question, ...], answers: Answers) -> bool:
    return any(not question.names and answers.get(question.key) is not None for question in plan)


def take_turn(flow: Flow, answers: Answers, state: FlowState, heard: Heard) -> Outcome:
    """Any later turn, while the form is open and has asked something."""
    heard = _spoken(heard, answers)
    plan = flow.plan(answers, state, heard)
    pending = pending_in(plan, answers, state)
    if heard.offered == "offer_person" and (taken := parse_shown_yes_no(heard.text).value) is not None:
        if taken == "yes" and flow.name != "handoff":
            return Outcome((), {}, state, "left", "handoff")
        return ask_again(flow, answers, state, heard, (), count=False)
    if (controlled := _controlled(flow, answers, state, heard)) is not None:
        return replace(controlled, taken_as="order")
    if heard.problem:
        return ask_again(flow, answers, state, heard, (asking.problem(heard),), count=False)
    if (left := _commanded(flow, answers, state, heard, pending)) is not None:
        return replace(left, state=replace(left.state, attempts=0), taken_as="order")
    if state.confirm is not None:
        return take_confirmation(flow, answers, state, heard, plan)
    if pending is None:
        return _reviewed(flow, answers, state, heard, plan)
    if (both := answered_and_changed(flow, answers, state, heard, plan, pending)) is not None:
        return both
    if (changed := corrected(flow, answers, state, heard, plan)) is not None:
        return changed_twice(flow, answers, state, heard, plan, changed)
    if told := flow.hears(pending, heard, answers):
        return take_told(flow, answers, state, heard, pending, told)
    return _heard_out(flow, answers, state, heard, pending)


def _heard_out(flow: Flow, answers: Answers, state: FlowState, heard: Heard, pending: Question) -> Outcome:
    """What is neither an order nor a correction: a question, a wish for another flow, or an answer."""
    reading = read(pending, heard, flow.reads(pending, heard, answers))
    if pending.choices and not state.repeats and asks_of_the_question(heard.text):
        # Of an amount, "what is that?" has a note; the choices are explained where they are offered.
        return ask_again(flow, answers, state, heard, (asking.not_sure(pending),), count=False)
    explained = (asking.explain(heard, pending), *asking.about(pending, heard))
    if asks_where(heard.text):
        explained = (asking.not_sure(pending),)
    asked_before = f"{pending.key}?{squash(heard.text)}"
    is_the_answer = pending.takes_questions and (asked_before in state.guessed or not heard.near)
    if _asks_back(pending, heard) and not is_the_answer:
        plain = pending.kind != "text" and not pending.names and reading.status in {"ok", "needs_confirmation"}
        if asked_before in state.guessed and plain:
            # Said once more after an explanation: it may have been the answer ("can we do it on zoom").
            asked = confirm(flow, answers, state, heard, pending, reading)
            return replace(asked, says=(*explained, *asked.says))
        state = replace(state, guessed=tuple(dict.fromkeys((*state.guessed, asked_before))))
        return ask_again(flow, answers, state, heard, explained, count=False)
    unread = reading.status == "invalid" and reading.problem != "ambiguous"
    if unread and (wanted := _wants_another_flow(flow, state, heard)) is not None:
        # Whoever comes back to the same question with the same words was answering it.
        return Outcome((), {}, replace(state, guessed=(*state.guessed, f"flow={wanted}")), "left", wanted)
    if unread and not state.repeats and _is_known_question(heard):
        return ask_again(flow, answers, state, heard, explained, count=False)
    return take_answer(flow, answers, state, heard, pending, reading)


def _asks_back(question: Question, heard: Heard) -> bool:
    """Whether the person asks instead of answering. In free words ("I don't get my letter") only a plain question.

    A choice as it is offered is an answer even when it reads like a question ("How much I can borrow"), and so is
    "idk what that is but no".
    """
    if question.choices and _is_offered(heard.text, question.choices):
        return False
    if question.kind == "yes_no" and ends_with_an_answer(heard.text):
        return False
    if question.kind == "text":
        score = question_score(heard.text, heard.language)
        return score >= _SURE_OF_QUESTION or (score >= _LIKELY_A_QUESTION and heard.near >= _NEAR_ENOUGH)
    return looks_like_question(heard.text, heard.language)


def _is_offered(text: str, listed: str) -> bool:
    """Whether a choice is told as it is offered, whatever follows it ("both, how much and what it costs")."""
    first = text.partition(",")[0]
    return is_choice(text, choices(listed)) or (_MARKED.isdisjoint(text) and is_choice(first, choices(listed)))


def _is_known_question(heard: Heard) -> bool:
    """Whether words that are no answer are a question all the same: a note answers them ("dont get what agi means")."""
    return heard.near >= _SURE_OF_NOTE


def _wants_another_flow(flow: Flow, state: FlowState, heard: Heard) -> str | None:
    """The flow that a message surely asks for, in words that no order and no answer matched; none a second time."""
    wanted = FLOW_OF_INTENT.get(heard.intent)
    if f"flow={wanted}" in state.guessed:
        return None
    return wanted if wanted not in {None, flow.name} and heard.confidence >= _SURE_OF_INTENT else None


def _controlled(flow: Flow, answers: Answers, state: FlowState, heard: Heard) -> Outcome | None:
    """The answer to whether all answers, or all data, may go. Anything but a yes keeps them."""
    if heard.offered not in {"confirm_restart", "confirm_delete"}:
        return None
    taken = parse_shown_yes_no(heard.text).value
    if taken == "yes" and heard.offered == "confirm_delete":
        return Outcome((), {}, state, "left", "delete")
    if taken == "yes":
        return Outcome((asking.restarted(heard.language),), {}, FlowState(), "left", "restart")
    return ask_again(flow, answers, state, heard, (Say("utter_kept"),), count=False) if taken == "no" else None


def _commanded(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, pending: Question | None
) -> Outcome | None:
    order = command(heard.text)
    asked = pending or asking.REVIEW
    if _answers_after_all(order, asked, heard):
        return None
    match order:
        case "person" if flow.name != "handoff":
            return Outcome((), {}, state, "left", "handoff")
        case "stop":
            return Outcome((asking.stopped(flow.name),), {}, FlowState(), "left", state.suspended)
        case "start_over" | "show_data" | "delete_data":
            return _about_the_session(order, flow, answers, state, heard)
        case "back":
            return _back(flow, answers, state, heard)
        case "skip" if pending is not None:
            return skip(flow, answers, state, heard, pending)
        case "why" if pending is not None:
            return ask_again(flow, answers, state, heard, (asking.why(pending),), count=False)
        case "repeat" | "resume" | "pause" | "menu" | "other_device" | "language_en" | "language_es":
            says = {
                "repeat": (), "resume": (Say("utter_resume"),), "pause": (Say("utter_paused"),),
                "menu": (Say("utter_menu_in_form"),), "other_device": (asking.other_device(),),
            }.get(order, (Say("utter_language_set"),))  # fmt: skip
            return ask_again(flow, answers, state, heard, says, count=False)
        case "progress":
            plan = flow.plan(answers, state, heard)
            return ask_again(flow, answers, state, heard, (asking.progress(pending, plan),), count=False)
        case "review":
            says = (asking.summary(flow.plan(answers, state, heard), answers, state, heard),)
            return ask_again(flow, answers, state, heard, says, count=False)
        case _:
            return None


def _answers_after_all(order: Command | None, asked: Question, heard: Heard) -> bool:
    """Whether the words of an order answer the question that is open."""
    if order is None or (reading := read(asked, heard)).status != "ok":
        return False
    if order in _ALSO_ANSWERS and (asked.choices or asked.kind == "state"):
        # "My mom takes over, in Spanish please" answers no question but one about the language.
        return not order.startswith("language") or reading.value == order[-2:]
    # "Nah nvm" turns down what is asked, not the form.
    return order == "stop" and asked.kind == "yes_no" and says_never_mind(heard.text)


def _about_the_session(order: Command, flow: Flow, answers: Answers, state: FlowState, heard: Heard) -> Outcome:
    """Orders about everything that was said: what would lose it is asked once more, and the form waits for that."""
    if order == "show_data":
        return ask_again(flow, answers, state, heard, (asking.session_data(),), count=False)
    if order == "delete_data":
        return Outcome((asking.confirm_delete(heard.language),), {}, state, "asking")
    if answers:
        return Outcome((asking.confirm_restart(heard.language),), {}, state, "asking")
    return Outcome((asking.restarted(heard.language),), {}, FlowState(), "left", "restart")


def _back(flow: Flow, answers: Answers, state: FlowState, heard: Heard) -> Outcome:
    plan = flow.plan(answers, state, heard)
    pending = pending_in(plan, answers, state)
    before = plan[: plan.index(pending)] if pending is not None else plan
    done = [q for q in before if any(answers.get(n) is not None or n in state.assumed for n in q.settles)]
    if not done:
        return ask_again(flow, answers, state, heard, (Say("utter_back_first"),), count=False)
    last = done[-1]
    state = replace(state.told(*last.settles), expanded=tuple(k for k in state.expanded if k != last.key))
    return ask_next(flow, answers, dict.fromkeys(last.settles), state, heard, ())


def _reviewed(flow: Flow, answers: Answers, state: FlowState, heard: Heard, plan: tuple[Question, ...]) -> Outcome:
    """The answer to the summary: go on, or change something."""
    if (changed := corrected(flow, answers, state, heard, plan)) is not None:
        return changed
    if looks_like_question(heard.text, heard.language):
        return ask_again(flow, answers, state, heard, (asking.explain(heard),), count=False)
    reading = read(asking.REVIEW, heard)
    if reading.value == "yes":
        return ended(flow, answers, {}, state, heard, ())
    if reading.value == "change":
        return ask_again(flow, answers, state, heard, (asking.how_to_change(plan, heard.language),), count=False)
    return ask_again(flow, answers, state, heard, (asking.misread(asking.REVIEW, reading, heard),), count=True)
