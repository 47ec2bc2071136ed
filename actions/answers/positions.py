"""Picking from a list by place: "2", "#2", "the second one", "la segunda"."""

from __future__ import annotations

from actions.answers.figures import find_figures
from actions.answers.tables import numbers, phrases
from actions.answers.text import fold, strip_leading, strip_trailing, words


def find_position(text: str, size: int) -> int | None:
    """Give the place (from 1) that `text` names in a list of `size`; 0 when it lies outside, None when it
    names none.
    """
    tokens = words(text)
    around = phrases("positions", "around")
    core = strip_trailing(strip_leading(tokens, around), around)
    place = _place(core, tokens, text, size)
    return None if place is None else place if 1 <= place <= size else 0


def _place(core: tuple[str, ...], tokens: tuple[str, ...], text: str, size: int) -> int | None:
    if len(core) == 1:
        if core in phrases("positions", "last"):
            return size
        if core[0] in (known := numbers("positions", "ordinals")):
            return known[core[0]]
    if tokens and all(token in {"one", "uno", "una"} for token in tokens):
        return 1
    figures = find_figures(text, "en")
    if len(figures) != 1 or figures[0].value != figures[0].value.to_integral_value():
        return None
    figure, folded = figures[0], fold(text)
    if figure.percent or figure.marked or figure.scaled or figure.negative:
        return None
    rest = words(folded[: figure.start]) + words(folded[figure.end :])
    around = phrases("positions", "around")
    return int(figure.value) if not strip_leading(rest, around) else None
