"""Two parents told side by side: who of them gives or earns more, and who of them is alive."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from actions.answers.money import parse_money
from actions.answers.replies import says_not_sure
from actions.answers.text import fold, squash
from actions.flow.words import result_words

__all__ = ["alive", "does_more", "living", "with_whom"]

type Parent = Literal["mother", "father"]

_PARENTS: tuple[Parent, ...] = ("mother", "father")
_BREAKS = re.compile(r"[,.;:()\n]+|\b(?:and|but|while|cause|because|so|y|pero|porque|aunque|mientras)\b")
_WITH_ME = re.compile(r"\b(just|only|solo|nomas|nada mas) (?:me|yo|us) (?:and|n|y|&) ")
"""In "just me and my dad" the "and" begins no other clause."""
_AMOUNT = re.compile(r"\$?\d[\d,.]*\s?(?:k|mil)?\b")


@cache
def _is(kind: str) -> re.Pattern[str]:
    return re.compile(result_words("parents_compared")[kind])


def does_more(text: str) -> Parent | None:
    """Who of the two gives or earns more: the one named first before "than", the one of whom no "little" is said,
    the larger of two amounts. None when the words leave it open.
    """
    if (by_amount := _larger(text)) is not None:
        return by_amount
    if says_not_sure(text) or _is("same").search(squash(text)):
        return None
    first, second = _sides(text)
    if len(first) != 1 or first == second:
        return None
    return first.pop()


def _sides(text: str) -> tuple[set[Parent], set[Parent]]:
    """Who does more, and who does less, by the clauses of a text."""
    more: set[Parent] = set()
    less: set[Parent] = set()
    speaker = next((one for one in _PARENTS if _is(f"speaker_{one}").search(squash(text))), None)
    for clause in _clauses(text):
        named = _named(clause, speaker)
        if len(named) > 1 and not _is("than").search(clause):
            return set(), set()
        if named:
            lower = _is("less").search(clause) is not None
            (less if lower else more).add(named[0])
            (more if lower else less).update(named[1:])
    more -= less
    if not more and len(less) == 1:
        more = {other for other in _PARENTS if other not in less}
    return more, less


def _clauses(text: str) -> list[str]:
    joined = _WITH_ME.sub(r"\1 ", fold(text))
    return [clause for part in _BREAKS.split(joined) if (clause := squash(part))]


def _named(clause: str, speaker: Parent | None) -> list[Parent]:
    """The parents in a clause, in their order; who speaks of themself or of "her" is one of them."""
    if _is("speaker_mother").search(clause) or _is("speaker_father").search(clause):
        return []
    places = {one: found.start() for one in _PARENTS if (found := _is(one).search(clause))}
    if places:
        return sorted(places, key=lambda one: places[one])
    if speaker and _is("speaker").search(clause):
        return [speaker]
    if _is("she").search(clause):
        return ["mother"]
    return ["father"] if _is("he").search(clause) else []


def _larger(text: str) -> Parent | None:
    """Whose amount is the larger, where each parent has one ("dad 30k mom 45k")."""
    folded = fold(text)
    named = sorted((found.start(), found.end(), one) for one in _PARENTS if (found := _is(one).search(folded)))
    amounts = list(_AMOUNT.finditer(folded))
    if len(named) != len(_PARENTS) or len(amounts) != len(_PARENTS):
        return None
    leads = amounts[0].start() < named[0][0]
    values = [parse_money(amount.group()).value for amount in amounts]
    if None in values or values[0] == values[1] or leads != (amounts[1].start() < named[1][0]):
        return None
    return named[0][2] if (values[0] or 0) > (values[1] or 0) else named[1][2]


def alive(text: str) -> str | None:
    """Who of two parents is living ("both", "mother_only", "father_only", "neither"), None when not all is told."""
    told = living(text)
    if len(told) < len(_PARENTS):
        return None
    found = [one for one in _PARENTS if told[one]]
    return "neither" if not found else "both" if len(found) == len(_PARENTS) else f"{found[0]}_only"


def living(text: str) -> Mapping[Parent, bool]:
    """Whether each parent is living, as far as it is told; what is said of one goes on to the next ("and mom too")."""
    told: dict[Parent, bool] = {}
    last: bool | None = None
    for clause in () if "?" in text or says_not_sure(text) else _clauses(text):
        named = _about(clause)
        last = _lives(clause, last, only=len(named) == 1 and _is("only").search(clause) is not None)
        if last is not None:
            told.update(dict.fromkeys(named, last))
        if last is not None and len(named) == 1 and _is("only").search(clause):
            told.setdefault("father" if named == ["mother"] else "mother", not last)
    return told


def _lives(clause: str, last: bool | None, *, only: bool) -> bool | None:
    died, lives = (_is(kind).search(clause) is not None for kind in ("died", "lives"))
    if _is("never_alive").search(clause) is not None:
        return False if died or lives else last
    if only and not died:
        return True  # "just me and my dad"
    return lives if died != lives else last


def with_whom(text: str) -> tuple[str, ...]:
    """Whom a student lives with in the words of a parent: both ("with us, her mother and me"), the one who writes, or
    either of the two ("vive conmigo"); empty for other words.
    """
    said = squash(text)
    if any(_is(one).search(said) for one in _PARENTS) and _is("with_us").search(said):
        return ("both",)
    if not _is("with_me").search(said):
        return ()
    writes = next((one for one in _PARENTS if _is(f"speaker_{one}").search(said)), None)
    return (writes,) if writes else _PARENTS


def _about(clause: str) -> list[Parent]:
    return list(_PARENTS) if _is("both").search(clause) else _named(clause, None)
