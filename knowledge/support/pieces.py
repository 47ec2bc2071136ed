"""A text as comparable words, and the places where a statement may be left off."""

import re
from collections.abc import Iterator
from itertools import pairwise

from knowledge.notes import Language
from knowledge.search.text import stems
from knowledge.support.wording import MARK, Wording

__all__ = ["Shape", "ends", "numbers", "shapes", "tokens"]

_TOKEN = re.compile(
    r"(?:https?://|www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:gov|org|com|edu|net)\b(?:/[\w/.-]*\w)?"
    r"|\$?\d+(?:[.:/-]\d+)*%?|[a-z]+-?\d+[a-z0-9]*|[a-z_]+(?:'[a-z]+)?|\?"
)
_YEARS = re.compile(r"\b(20\d\d)-(?:20)?(\d\d)\b(?: (?:school|award|academic) year)?")
_YEAR = re.compile(r"20\d\d-\d\d")
_FIGURE = re.compile(r"[\d.]")
_ASIDE = re.compile(r"\s\([^()]*\)")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”)]*\s+")

Shape = tuple[str, ...]
"""What a text says: the words that carry meaning, in their order."""


def tokens(plain: str, wording: Wording, language: Language) -> Shape:
    """The words of a plain text that count: signs, figures, addresses, and the others without their endings."""
    found = []
    for raw in _TOKEN.findall(wording.marked(_YEARS.sub(r"\1-\2", plain))):
        word = raw.split("'")[0]
        if word.startswith(MARK) or word == "?" or _FIGURE.search(word):
            found.append(word)
        elif word not in wording.small and (stem := stems([word], language)[0]) not in wording.harmless:
            found.append(stem)
    return tuple(found)


def numbers(found: Shape) -> set[str]:
    """The figures, addresses and form names among them."""
    return {word for word in found if _FIGURE.search(word)}


def shapes(plain: str, wording: Wording, language: Language) -> set[Shape]:
    """What the text says, also with an "if …," or "for …," at its beginning moved to the end of its first sentence."""
    found = [_floating(tokens(plain, wording, language))]
    end = _SENTENCE.search(plain)
    first, others = (plain[: end.start()], plain[end.start() :]) if end else (plain, "")
    head, comma, rest = first.partition(",")
    if comma and _framed(head, wording):
        found.append(_floating(tokens(f"{rest} {head} {others}", wording, language)))
    return set(found)


def ends(plain: str, wording: Wording, language: Language) -> Iterator[str]:
    """The whole text, and each shorter one that is as true: without its last sentences, or an ", and …" at the end."""
    yield plain
    shorter = _ASIDE.sub("", plain)
    if shorter != plain and not any(figure.isdigit() for aside in _ASIDE.findall(plain) for figure in aside):
        yield shorter
    starts = [0, *(found.end() for found in _SENTENCE.finditer(plain)), len(plain)]
    for number, (start, end) in enumerate(pairwise(starts)):
        if number and not wording.contrasts.match(plain, start):
            yield plain[:start]
        sentence = plain[start:end]
        for found in wording.breaks.finditer(sentence):
            if _may_end(sentence[: found.start()], sentence[found.start() :], wording, language, reason=False):
                yield plain[:start] + sentence[: found.start()]
        for found in wording.reasons.finditer(sentence):
            if _may_end(sentence[: found.start()], sentence[found.start() :], wording, language, reason=True):
                yield plain[:start] + sentence[: found.start()]


def _may_end(head: str, tail: str, wording: Wording, language: Language, *, reason: bool) -> bool:
    """Whether the head is true without the tail: no list is cut in two, and nothing in the tail limits the head."""
    told, left_off = set(tokens(head, wording, language)), set(tokens(tail, wording, language))
    lists = head.count(",") > (1 if _framed(head, wording) else 0)
    if not told or lists or wording.limits & (left_off | told):
        return False
    return not (reason and f"{MARK}not" in told)


def _framed(head: str, wording: Wording) -> bool:
    return bool(head.split()) and head.split(maxsplit=1)[0] in wording.frames


def _floating(found: Shape) -> Shape:
    """One award year holds for the whole and may stand anywhere; of two, each belongs to what stands beside it."""
    years = {word for word in found if _YEAR.fullmatch(word)}
    return (*years, *(word for word in found if word not in years)) if len(years) == 1 else found
