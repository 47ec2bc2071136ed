"""A lone figure that puts an answer right, in a message that says little else ("sorry, found the paper, it's 36k")."""

from __future__ import annotations

import re

from actions.answers.correction import without_lead_ins
from actions.answers.figures import Figure, find_figures
from actions.answers.tables import table
from actions.answers.text import compose, fold, words
from actions.flow.bare_values import only_figure, said_small
from actions.flow.putting_right import begins_anew, puts_right
from actions.flow.retelling import PARTED

__all__ = ["figure_put_right"]

_IS = re.compile(r"\b(?:it'?s|it is|they'?re|they are|son|es|eran|era)\s+(?:like |about |como |unos |unas )?\$?$")
"""Before the figure that something comes to."""
_SHORT = 12


def figure_put_right(text: str, *, no_answer: bool = False) -> str | None:
    """The figure of a message that puts something right and says little else ("sorry, found the paper, it's 36k").

    `no_answer`: a figure can't be the answer to what is asked just now, so that a "no" before it is enough.
    """
    body, leads = without_lead_ins(compose(text))
    alone = [part for part in PARTED.split(body) if (figure := only_figure(part)) and _nothing_but(part, figure)]
    cue = puts_right(text, leads) or (no_answer and "no" in leads)
    figures = find_figures(body)
    if len(figures) == 1 and len(alone) == 1 and cue:
        return alone[0].strip()
    is_so = _IS.search(fold(body)[: figures[0].start]) if no_answer and len(figures) == 1 else None
    told = is_so is not None and begins_anew(leads) and len(words(body)) <= _SHORT and not said_small(figures[0])
    return body[is_so.start() :].strip() if is_so is not None and told else None


def _nothing_but(part: str, figure: Figure) -> bool:
    folded = fold(part)
    rest = words(folded[: figure.start] + " " + folded[figure.end :])
    return all(word in table("corrections")["beside_a_figure"] for word in rest)
