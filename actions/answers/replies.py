"""Replies that mean "I don't know" or "none", whatever was asked."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from actions.answers.tables import Phrase, phrases, table
from actions.answers.text import compose, has_phrase, squeeze, starts_with, strip_leading, strip_trailing, words

type NoneSoFar = Literal["seldom", "usual", "so_far"]
"""How the kind of question takes "never" and "not yet": as a possible zero, as one, or, for what adds up over the
years, also in the words "this is my first"."""

_LONGEST_REASON = 10
_DENIES_EARLY = 3
"""Words from the beginning among which a denial stands that is the answer."""
_LONGEST_NOT_YET = 9
_NO_STOP = re.compile(r"\w+\s*[,.;:-]")


def core_words(text: str) -> tuple[str, ...]:
    """Give the folded words of `text` without the "um", "well", "creo que" people begin with."""
    tokens = words(text)
    stripped = strip_leading(tokens, phrases("replies", "lead_ins"))
    return stripped or tokens


def says_not_sure(text: str) -> bool:
    """Say whether the person says they do not know, anywhere in `text`."""
    tokens = words(text)
    if has_phrase(tokens, phrases("replies", "not_sure")) or has_phrase(
        tuple(squeeze(token) for token in tokens), (("idk",), ("no", "clue"), ("no", "idea"))
    ):
        return True
    if not tokens:
        return "?" in text or "\N{SHRUG}" in text
    return _says_no_se(text, tokens) or _not_told_yet(tokens)


def _not_told_yet(tokens: Phrase) -> bool:
    """ "They haven't told me yet", "tendría que buscarlo": short, and with no figure beside it."""
    if len(tokens) > _LONGEST_NOT_YET or any(token.isdigit() for token in tokens):
        return False
    return _not_yet().search(" ".join(tokens)) is not None


@cache
def _not_yet() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{shape})" for shape in table("replies")["not_told_yet"]))


def _says_no_se(text: str, tokens: tuple[str, ...]) -> bool:
    if "no s\u00e9" in compose(text).lower():
        return True
    followers = {phrase[0] for phrase in phrases("replies", "no_se_followers")}
    for at in range(len(tokens) - 1):
        if tokens[at : at + 2] == ("no", "se"):
            after = tokens[at + 2 : at + 3]
            if not after or after[0] in followers:
                return True
    return False


def says_none(text: str) -> bool:
    """Say whether the person has none to give, or gives none ("no", "I don't have one", "no thanks")."""
    tokens = core_words(text)
    return bool(starts_with(tokens, phrases("replies", "declines"))) or says_zero(text) != "no"


def says_zero(text: str, none: NoneSoFar = "seldom") -> Literal["yes", "perhaps", "no"]:
    """Say whether `text` means none at all: surely, perhaps (a bare "no"), or not; `none` is what the question makes
    of "never", "not yet" and "it's my first".
    """
    tokens = core_words(text)
    if not tokens:
        return "no"
    if has_phrase(tokens, phrases("replies", "zero_emphatic")):
        return "yes"
    if has_phrase(tokens, phrases("replies", "zero_blockers")):
        return "no"
    squeezed = tuple(squeeze(token) for token in tokens)
    if tokens in phrases("replies", "maybe_zero") or squeezed in phrases("replies", "maybe_zero"):
        return "perhaps"
    return _plain_zero(tokens, squeezed) or _so_far(tokens, none)


def says_no_and_why(text: str) -> bool:
    """Say whether `text` is a no with its reason and nothing else ("no, my mom is an employee", "they're married so
    no", "not anymore, they sold it", "only the house we live in").
    """
    tokens = words(text)
    if len(tokens) > _LONGEST_REASON or says_not_sure(text) or has_phrase(tokens, phrases("replies", "no_reason")):
        return False
    if tokens[-2:] and tokens[-1] == "no" and tokens[-2] in {"so", "que", "entonces", "pues"}:
        return True
    if tokens[:1] in phrases("replies", "nothing_but") and {"house", "home", "casa"} & set(tokens):
        return True
    said = starts_with(tokens, phrases("replies", "no_opening"))
    stops = bool(_NO_STOP.match(compose(text).lower().strip()))
    return said is not None and (stops or len(said) > 1 or tokens[len(said) : len(said) + 1] in _subjects())


def denies_having_any(text: str) -> bool:
    """Say whether a short text only denies ("didn't take any out", "no invierto"): likely none where none is usual."""
    tokens = core_words(text)
    if not 1 < len(tokens) <= _LONGEST_REASON or says_not_sure(text) or has_phrase(tokens, _other_matters()):
        return False
    return bool(set(tokens[:_DENIES_EARLY]) & set(table("replies")["zero_denials"]))


def _other_matters() -> tuple[Phrase, ...]:
    return (*phrases("replies", "no_reason"), *phrases("replies", "some_after_all"))


def _subjects() -> tuple[Phrase, ...]:
    return phrases("replies", "no_subjects")


def _plain_zero(tokens: Phrase, squeezed: Phrase) -> Literal["yes", "perhaps", "no"] | None:
    zero = phrases("replies", "zero")
    if opening := starts_with(tokens, zero) or starts_with(squeezed, zero):
        return "no" if _goes_on(tokens[len(opening) :], opening) else "yes"
    rest = strip_leading(tokens, phrases("replies", "zero_leads"))
    if opening := starts_with(rest, zero):
        return "no" if _goes_on(rest[len(opening) :], opening) else "yes"
    if _no_such_thing(tokens) or _not_a_cent(tokens):
        return "yes"
    if found := has_phrase(tokens, zero):
        after = next(at for at in range(len(tokens)) if tokens[at : at + len(found)] == found) + len(found)
        if not _goes_on(tokens[after:], found):
            return "yes" if len(tokens) <= 6 else "perhaps"
    return None


def _goes_on(rest: Phrase, said: Phrase) -> bool:
    """Tell "no tengo el papel" and "I never worked full time", where what follows is not denied altogether."""
    denies = len(said) > 1 and bool(_denials() & set(said))
    return denies and rest[:1] in phrases("replies", "zero_not_of")


def _denials() -> frozenset[str]:
    return frozenset(phrase[0] for phrase in phrases("replies", "zero_denials"))


def _no_such_thing(tokens: Phrase) -> bool:
    """Tell "no business" and "we don't have any savings"."""
    denials = _denials()
    at = next((place for place, word in enumerate(tokens[:5]) if word in denials), None)
    if at is None or strip_leading(tokens[:at], phrases("replies", "zero_leads")):
        return False
    passed = (*phrases("replies", "zero_thing_verbs"), *phrases("replies", "zero_thing_qualities"))
    named = strip_leading(tokens[at + 1 :], passed)
    thing = starts_with(named, phrases("replies", "zero_things"))
    if thing is None:
        return False
    after = named[len(thing) : len(thing) + 1]
    return not after or after in phrases("replies", "zero_thing_endings")


def _not_a_cent(tokens: Phrase) -> bool:
    coin = has_phrase(tokens, phrases("replies", "zero_coins"))
    if coin is None:
        return False
    at = next(place for place in range(len(tokens)) if tokens[place : place + len(coin)] == coin)
    return bool(_denials() & set(tokens[:at])) and not {"more", "less", "than", "mas", "menos"} & set(tokens)


def _so_far(tokens: Phrase, none: NoneSoFar) -> Literal["yes", "perhaps", "no"]:
    said = strip_leading(tokens, (("no",), ("nope",), ("nah",), ("pues",), ("ps",), ("and",), ("y",)))
    endings = (("lol",), ("yet",), ("sorry",), ("gracias",), ("thanks",), ("really",), ("so", "far"), ("la", "verdad"))
    ended = strip_trailing(said, endings)
    if {said, ended, tokens} & set(phrases("replies", "not_so_far")):
        return "perhaps" if none == "seldom" else "yes"
    if none == "so_far" and len(tokens) <= 8 and has_phrase(tokens, phrases("replies", "first_time")):
        return "yes"
    return "no"
