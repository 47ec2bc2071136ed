"""Whether a figure counts the family: by the people named beside it ("somos 6", "make it 5, I forgot my grandma")."""

from __future__ import annotations

from actions.answers.replacement import without_what_was_wrong
from actions.answers.tables import phrases, table
from actions.answers.text import fold, has_phrase, words
from actions.flow.bare_values import only_figure, said_small

__all__ = ["counts_people", "of_us", "one_left_out"]


def counts_people(text: str, said: tuple[str, ...]) -> bool:
    """ "somos 6", a small figure beside people; "add my baby sister", one more of them."""
    text = without_what_was_wrong(text)
    if has_phrase(said, phrases("corrections", "one_more")) and has_phrase(said, phrases("people", "one")):
        return True
    figure = only_figure(text)
    if figure is None or not said_small(figure) or set(said) & set(table("corrections")["at_work"]):
        return False
    known = has_phrase(words(fold(text)[: figure.start])[-1:], phrases("corrections", "known_ones"))
    return not known and has_phrase(said, phrases("corrections", "people")) is not None


def one_left_out(text: str, said: tuple[str, ...]) -> bool:
    """ "Make it 5, I forgot my grandma": a small figure alone, and why there is one more."""
    figure = only_figure(text)
    if figure is None or not said_small(figure):
        return False
    rest = {*words(fold(text)[: figure.start] + " " + fold(text)[figure.end :])}
    alone = rest <= {*table("corrections")["change_verbs"], *table("corrections")["beside_a_figure"]}
    return alone and all(has_phrase(said, phrases(*key)) for key in (("corrections", "one_more"), ("people", "one")))


def of_us(text: str) -> bool:
    """Whether a figure stands right before the family it counts ("5 in the family", "3 people of us")."""
    figure = only_figure(without_what_was_wrong(text))
    after = words(fold(text)[figure.end :]) if figure is not None else ()
    begins = (after[: len(one)] == one or after[1 : len(one) + 1] == one for one in _in_the_family())
    return any(begins) or "somos" in words(text)


def _in_the_family() -> tuple[tuple[str, ...], ...]:
    return phrases("corrections", "in_the_family")
