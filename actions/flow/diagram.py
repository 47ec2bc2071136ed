"""Draws each flow as it is: which question may follow which, and on what answer.

`python -m actions.flow.diagram` prints `docs/flows.md`. Nothing is written down by hand: people with made-up answers
walk through each flow, the same ones each time.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from actions.flow.engine import open_flow, take_turn
from actions.flow.model import Flow, FlowState, Heard, Question
from actions.flow.words import choice_labels, label
from actions.flows import FLOWS

__all__ = ["Drawing", "drawn", "page"]

_WALKS = 100
_LONGEST = 150
_SMALL = 24
_MOST_NAMED = 3
_START, _REVIEW, _END = "start", "confirm_summary", "end"
_TODAY = date(2026, 11, 21)
_UNSURE = 0.1
_SAMPLES: Mapping[str, tuple[str, ...]] = {
    "money": ("0", "0", "900", "5500", "24000", "61000", "190000"), "state": ("Ohio", "Texas", "Puerto Rico"),
    "rate": ("6.52%",), "date": ("August 15, 2026", "March 2027"), "birth_date": ("March 14, 2008", "June 1, 1998"),
    "birth_year": ("2008", "1998"), "phone": ("505-555-0123",), "email": ("ana@example.com",), "name": ("Ana",),
    "school": ("Hillside College", "Lake State"), "text": ("in a few words",),
}  # fmt: skip


@dataclass
class Drawing:
    """What the walks saw. `steps` are the answers on which one question follows another."""

    name: str
    questions: dict[str, Question] = field(default_factory=dict)
    steps: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)


def drawn(flow: Flow) -> Drawing:
    """Everything that can follow in `flow`."""
    drawing, random = Drawing(flow.name), Random(flow.name)  # noqa: S311  # nothing secret
    for _ in range(_WALKS):
        _walk(flow, drawing, random)
    return drawing


def _walk(flow: Flow, drawing: Drawing, random: Random) -> None:
    answers: dict[str, Any] = {}
    outcome = open_flow(flow, answers, FlowState(), _heard(""))
    before, said = _START, ""
    for _ in range(_LONGEST):
        answers = {name: value for name, value in {**answers, **outcome.sets}.items() if value is not None}
        state = outcome.state
        after = _END if outcome.status != "asking" else str(state.asked)
        if after != before:
            drawing.steps.setdefault((before, after), set()).add(said)
        if outcome.status != "asking":
            break
        plan = flow.plan(answers, state, _heard(""))
        question = next((one for one in plan if one.key == after), None)
        if question is not None:
            drawing.questions[after] = question
        before = after
        said, typed = ("", "yes") if question is None or state.confirm else _answer(question, random)
        outcome = take_turn(flow, answers, state, _heard(typed))
    else:
        raise RuntimeError(f"The flow {flow.name} asks without end; the last question was {before}.")
    drawing.ends |= {str(say.custom["result"]["end"]) for say in outcome.says if "result" in say.custom}


def _heard(text: str) -> Heard:
    return Heard(text, "en", _TODAY, conversation_id="c", message_id="m", phone="+15055550123")


def _answer(question: Question, random: Random) -> tuple[str, str]:
    """An answer: how the drawing names it, and what is typed."""
    if question.can_skip and random.random() < _UNSURE:
        return "not sure", "not sure"
    if question.choices:
        picked = random.choice([*choice_labels(question.choices, "en")])
        return picked["value"], picked["label"]
    if question.kind == "yes_no":
        return (value := random.choice(("yes", "no"))), value
    if question.kind == "count":
        least = question.minimum or 0
        return "", str(random.choice([least, least, least + 1, min(question.maximum or 99, least + 3)]))
    return "", random.choice(_SAMPLES[question.kind])


def page() -> str:
    """The whole of `docs/flows.md`."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield "# The flows"
    yield ""
    yield "Drawn from the flows themselves by `uv run python -m actions.flow.diagram > docs/flows.md`: what a hundred"
    yield "made-up people met on their way through each. A test fails when this page is not what that prints. An arrow"
    yield "without words is taken whatever the answer. Anywhere a person may ask a question, correct an answer, go back"
    yield "or on, stop or ask for a person; that is the same in every flow and is not drawn. A large flow is drawn by"
    yield "subject instead of by question."
    for flow in FLOWS:
        drawing = drawn(flow)
        yield from ("", f"## {flow.name}", "", "```mermaid", "flowchart TD")
        yield from _by_question(drawing) if len(drawing.questions) <= _SMALL else _by_topic(drawing)
        yield "```"
        if len(drawing.questions) > _SMALL:
            asked = ", ".join(f"`{name}`" for name in sorted(_names(drawing)))
            yield from (
                "",
                f"{len(drawing.questions)} questions, of which a person is asked those that matter: {asked}.",
            )
    yield ""


def _names(drawing: Drawing) -> set[str]:
    return {name for question in drawing.questions.values() for name in question.settles}


def _by_question(drawing: Drawing) -> Iterator[str]:
    words = {key: label(key, "en", question.role) for key, question in drawing.questions.items()}
    return _arrows(drawing.steps, words, drawing)


def _by_topic(drawing: Drawing) -> Iterator[str]:
    topic = {key: question.topic for key, question in drawing.questions.items()}
    steps: dict[tuple[str, str], set[str]] = {}
    for (before, after), _ in drawing.steps.items():
        ends = topic.get(before, before), topic.get(after, after)
        if ends[0] != ends[1]:
            steps[ends] = set()
    return _arrows(steps, {name: name.replace("_", " ") for name in topic.values()}, drawing)


def _arrows(steps: Mapping[tuple[str, str], set[str]], words: Mapping[str, str], drawing: Drawing) -> Iterator[str]:
    yield f"  {_START}([{drawing.name.replace('_', ' ')}])"
    for key in sorted(words):
        yield f'  q_{key}["{words[key]}"]'
    if any(_REVIEW in pair for pair in steps):
        yield f"  {_REVIEW}{{{{all answers: right?}}}}"
    yield f"  {_END}([{' or '.join(sorted(drawing.ends))}])"
    followers: dict[str, set[str]] = {}
    for before, after in steps:
        followers.setdefault(before, set()).add(after)
    for before, after in sorted(steps):
        said = sorted(answer for answer in steps[before, after] if answer)
        plain = len(followers[before]) == 1 or not said
        few = said if len(said) <= _MOST_NAMED else [*said[: _MOST_NAMED - 1], "..."]
        arrow = "-->" if plain else f"-- {', '.join(few)} -->".replace("_", " ")
        yield f"  {_node(before, words)} {arrow} {_node(after, words)}"


def _node(key: str, words: Mapping[str, str]) -> str:
    return f"q_{key}" if key in words else key


if __name__ == "__main__":
    sys.stdout.write(page())
