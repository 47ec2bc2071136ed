"""Values said without a name: a lone figure, a state, a choice in its own words."""

from __future__ import annotations

from typing import Any

from actions.answers.choice import parse_choice
from actions.answers.figures import Figure, find_figures
from actions.answers.state import parse_state
from actions.answers.tables import table
from actions.flow.model import Question
from actions.flow.words import choices

__all__ = ["only_figure", "ratio", "said_small", "told_outright"]

_OF_ONESELF = 2
"""Words with which somebody names themselves ("me", "it's me")."""


def ratio(one: int, other: int) -> float:
    """How many times the smaller amount the larger one is; infinite beside a zero."""
    small, large = sorted((abs(one), abs(other)))
    return large / small if small else float("inf")


def only_figure(text: str) -> Figure | None:
    """The one figure of a text, None where there are none or several."""
    figures = find_figures(text)
    return figures[0] if len(figures) == 1 else None


def said_small(figure: Figure) -> bool:
    """Whether a figure was said as one says thousands without the word, or counts."""
    return 0 < figure.value < 1000 and not figure.marked and not figure.scaled and not figure.percent


def told_outright(question: Question, said: str) -> Any:
    """The state or choice that words name by themselves, None when they say more than that or something else."""
    if question.kind == "state":
        place = [word for word in said.split() if word not in table("corrections")["beside_a_state"]]
        state = parse_state(" ".join(place)) if place else None
        return state.value if state is not None and state.status == "ok" and len(place) <= 3 else None
    if question.kind != "choice":
        return None
    listed = choices(question.choices or question.key)
    named = parse_choice(said, listed, word_for_word=True)
    if named.value == "student" and len(said.split()) > _OF_ONESELF:
        # "I found my W-2" says nothing of whom it happened to.
        others = " ".join(word for word in said.split() if word not in table("corrections")["own"])
        named = parse_choice(others, listed, word_for_word=True)
    return named.value if named.status == "ok" else None
