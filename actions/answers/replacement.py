"""One value in place of another: "64k, not 60", "change the 60000 to 64000", "no somos 4, somos 5".

The value that was wrong tells which answer is meant, so no name is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from actions.answers.correction import without_lead_ins
from actions.answers.tables import table
from actions.answers.text import compose, fold, words

__all__ = ["Replacement", "replacements", "without_what_was_wrong"]

_LONGEST_OLD = 5
_REPORTED = re.compile(
    r"^.{0,40}?\b(?:que|that|says|said)\s+(?=(?:no|not|it|it's|its|son|eran|es|era)\b)", re.IGNORECASE
)
"""Who says so, before what is said ("dice mi mamá que no eran 39 sino 36")."""
_SUBJECT = re.compile(
    r"^.{1,40}?\s(?=(?:no (?:son|es|era|eran|fue|fueron)|(?:is|was|are|were) not|(?:is|was|are|were)n'?t)\s)",
    re.IGNORECASE,
)
"""What it is about, before what is denied of it ("los 8 mil del banco no son 8 mil, son 800")."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """The new and the old value, as typed. `sure`: the person began as one does who corrects ("wait", "change")."""

    new: str
    old: str
    sure: bool


@cache
def _any_of(key: str) -> str:
    return "(?:" + "|".join(re.escape(str(e)) for e in sorted(table("corrections")[key], key=len, reverse=True)) + ")"


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], bool], ...]:
    verb = rf"(?:{_any_of('wishes')}\s+)*{_any_of('change_verbs')}\s+(?:from\s+|de\s+)?"
    linked = rf"(?:(?:it|that)\s+)?{_any_of('own_links')}\s+"
    told = "put|said|typed|wrote|told you|puse|puesto|dije|dicho|escribi"
    put = rf"(?:i\s+|we\s+|le\s+|te\s+)?(?:(?:had|habia)\s+)?(?:{told})\s+"
    meant = rf"(?:(?:it|that)\s+)?(?:{_any_of('meant')}|{_any_of('should_be')})"
    instead = _any_of("in_place_of")
    negated = rf"(?:(?:{linked})?(?:not|no)\s+(?:{linked})?|(?:(?:it|that)\s+)?(?:is|was|are|were)n'?t\s+)"
    one = r"(?:[^,;.]|,(?=\d{3})|\.(?=\d))+"
    return (
        (re.compile(rf"{verb}(?P<old>.+?)\s+(?:to|into|with|for|por|a|con)\s+(?P<new>.+)"), True),
        (re.compile(rf"{put}(?P<old>.+?)\s*,?\s+(?:but|and|pero|y)\s+(?:{linked}|{meant}\s+)(?P<new>.+)"), True),
        (re.compile(rf"{negated}(?P<old>.+?)\s*,?\s+(?:{linked}|but\s+|sino\s+)(?P<new>.+)"), False),
        (re.compile(rf"{linked}not\s+(?P<old>.+?)\s*,\s*(?P<new>.+)"), False),
        (re.compile(rf"(?P<new>.+?)[\s,.!]+{put}(?P<old>{one}?)(?:\s+(?:por error|by mistake|by accident))?"), False),
        (re.compile(rf"(?P<new>.+?)[\s,!]*[,!\s]{instead}\s+(?:{linked})?(?P<old>{one})(?:[,;.].*)?"), False),
    )  # fmt: skip


def replacements(text: str) -> Iterator[Replacement]:
    """Every way to read `text` as one value in place of another, the plainest first; none for most texts."""
    typed = compose(text).strip(" .!?")
    body, leads = without_lead_ins(typed)
    strong = bool(set(leads) & set(table("corrections")["strong_lead_ins"]))
    said, told_of = (lead.sub("", body if strong else typed, count=1) for lead in (_REPORTED, _SUBJECT))
    for part in dict.fromkeys((body, typed, said, told_of)):
        sure = strong and part != typed
        for shape, ordered in _shapes():
            found = shape.fullmatch(fold(part))
            if found is None or len(words(found["old"])) > _LONGEST_OLD:
                continue
            new, old = (_without_excuse(part[slice(*found.span(name))].strip(" ,")) for name in ("new", "old"))
            if new and old:
                yield Replacement(_first_figure_told(new), old, ordered or sure)


def _without_excuse(value: str) -> str:
    """A value without the "sorry" said after it."""
    found = re.search(rf"[\s,]+{_any_of('trailing')}$", fold(value))
    return value[: found.start()] if found else value


def _first_figure_told(new: str) -> str:
    """A new figure without the clause after it ("800, I typed a zero too many")."""
    value, _, more = new.partition(", ")
    return value if any(char.isdigit() for char in value) and more[:1].isalpha() else new


def without_what_was_wrong(text: str) -> str:
    """`text` without its "not 60"; as it stands where there is none."""
    typed = compose(text).strip(" .!?")
    found = _shapes()[-1][0].fullmatch(fold(typed))
    if found is None or not any(char.isdigit() for char in found["old"]):
        return text
    return typed[: found.end("new")].strip(" ,")
