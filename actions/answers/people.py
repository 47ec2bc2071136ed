"""How many people a listing names ("me and my mom and my bro", "mis dos hijos y yo")."""

from __future__ import annotations

from dataclasses import dataclass

from actions.answers.figures import Figure
from actions.answers.tables import Phrase, phrases
from actions.answers.text import fold, starts_with, strip_leading, words

_PAIRS = frozenset({"twins", "gemelos", "gemelas", "cuates", "mellizos", "mellizas"})


@dataclass(frozen=True, slots=True)
class Listing:
    """People listed in a text. `sure` is false when a word stands for an unknown number of people, or is no
    person.
    """

    people: int
    counts_self: bool
    others: int
    sure: bool


def _known(key: str) -> tuple[Phrase, ...]:
    return phrases("people", key)


def only_the_person(text: str) -> bool:
    """Say whether the person counts themself alone."""
    tokens = _after_none(words(text))
    alone = _known("self_alone")
    found = starts_with(tokens, alone)
    if found is None:
        return False
    rest = _after_none(tokens[len(found) :])
    listed = {phrase[0] for key in ("one", "two", "many") for phrase in _known(key)}
    return not listed & set(rest) and not {"and", "y", "n", "plus"} & set(rest[:1])


def names_no_group(text: str) -> bool:
    """Say whether the text opens with a group of people there is none of ("no kids", "no tengo hijos")."""
    return _after_no_group(words(text)) is not None


def _after_none(tokens: Phrase) -> Phrase:
    """Drop what says that there is nobody else ("none", "don't have kids") from the start."""
    while tokens:
        if starts_with(tokens, _known("self_alone")):
            return tokens
        shorter = _after_no_group(tokens)
        if shorter is None:
            said = starts_with(tokens, _known("before_alone"))
            shorter = tokens[len(said) :] if said else None
        if shorter is None:
            return tokens
        tokens = shorter
    return tokens


def _after_no_group(tokens: Phrase) -> Phrase | None:
    """Give what follows "no kids" or "don't have any kids", or None when `tokens` don't open with it."""
    said = starts_with(tokens, _known("no_others"))
    if said is None:
        return None
    named = strip_leading(tokens[len(said) :], (("any",), ("a",), ("ni",), *_known("adjectives")))
    groups = tuple(phrase for key in ("one", "two", "many") for phrase in _known(key))
    group = starts_with(named, groups)
    if group is None:
        return None
    after = named[len(group) :]
    more = starts_with(after[1:], groups) if after[:1] in (("or",), ("o",), ("ni",), ("nor",)) else None
    return after[1 + len(more) :] if more else after


def read_listing(text: str, figures: tuple[Figure, ...]) -> Listing:
    """Add up the people named in `text`; a number before a group ("2 sisters") says how many they are."""
    folded = fold(text)
    tokens: list[str | int] = []
    at = 0
    for figure in figures:
        tokens.extend(words(folded[at : figure.start]))
        tokens.append(int(figure.value) if figure.value < 1000 else 1000)
        at = figure.end
    tokens.extend(words(folded[at:]))
    return _add_up([word for word in tokens if word != "s"])


def _single(key: str) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in _known(key))


def _twins_as_people(tokens: list[str | int]) -> list[str | int]:
    """Count a twin that stands alone ("my twin and me"); "my twin sister" and "we're twins" add no one."""
    people, born_together = _single("one") | _single("many"), _single("were_born_together")
    kept: list[str | int] = []
    for at, said in enumerate(tokens):
        if said in _single("twin"):
            kept += [] if set(tokens[at + 1 : at + 2]) & people else ["brother"]
        elif said in _PAIRS and kept and kept[-1] in born_together:
            kept.pop()
        else:
            kept.append(said)
    return kept


def _add_up(tokens: list[str | int]) -> Listing:
    me, one, two, three, many = (_single(key) for key in ("self", "one", "two", "three", "many"))
    fillers = _single("fillers")
    tokens = _twins_as_people(tokens)
    counts_self, others, sure, pending = False, 0, True, 0
    for said in tokens:
        if isinstance(said, int):
            sure = sure and pending == 0
            pending = said
        elif said in me:
            counts_self = True
        elif said in two:
            others, pending = others + (pending if said in {"twins", "gemelos"} and pending > 2 else 2), 0
        elif said in three:
            others, pending = others + 3, 0
        elif said in many:
            if pending == 0:
                sure = False
            others, pending = others + pending, 0
        elif said in one:
            others, pending = others + max(pending, 1), 0
        elif said not in fillers:
            sure = False
    if pending and counts_self and tokens[-2] in ("plus", "and", "y", "n", "mas", "my", "mis"):
        others, pending = others + pending, 0
    return Listing(others + counts_self, counts_self, others, sure and pending == 0)
