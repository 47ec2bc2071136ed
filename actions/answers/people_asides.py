"""What a listing of people holds beside them: pets, side clauses, and ages that stand for a child."""

from __future__ import annotations

import re

from actions.answers.tables import phrases
from actions.answers.text import compose, fold, words

_PETS = (
    r"cats?|kitt(?:y|ies)|kittens?|dogs?|dogg(?:y|ies|o)|pupp(?:y|ies)|pups?|pets?|fish|hamsters?|birds?|parrots?|"
    r"rabbits?|bunn(?:y|ies)|turtles?|lizards?|"
    r"gat(?:o|a|os|as|ito|ita|itos|itas)|perr(?:o|a|os|as|ito|ita|itos|itas)|mascotas?|conejos?|peces|pajaros?"
)
_PET = re.compile(
    rf"(?:\s*(?:,|&|\+|\b(?:and|n|y|plus|mas|with|con)\b))*\s*\b(?:(?:my|our|the|an?|mi|mis|un|una|el|la|los|las|"
    rf"one|two|three|dos|tres|\d)\s+)*(?:{_PETS})\b"
)
_SIDE_CLAUSE = re.compile(
    r"\b(?:who|whom|that|que|quien)\s+(?!is\b|tiene\b)(?:(?!\b(?:and|n|y|plus)\b)[^,.;:\d])*(?!\d)"
)
_SELF = {"me", "myself", "yo", "mi", "us", "conmigo"}
_OWNER = re.compile(r"\b(?:my|our|an?|one|mi|un|una|the|el|la)\s+$")


def without_asides(text: str) -> str:
    """Give `text` without pets, and without what is told about a person listed ("grandma who my parents care for").

    Text that names nothing else stays as it is.
    """
    plain, folded = compose(text), fold(text)
    cuts = [match.span() for match in _PET.finditer(folded)]
    for clause in _SIDE_CLAUSE.finditer(folded):
        before, said = words(folded[: clause.start()]), words(clause.group())
        # "los que viven conmigo", "mas que yo": what it says is who they are.
        if before and (before[-1],) in phrases("people", "one") and not _SELF & set(said):
            cuts.append(clause.span())
    left, at = "", 0
    for start, end in sorted(cuts):
        if start >= at:
            left += plain[at:start] + " "
            at = end
    left += plain[at:]
    return left.strip() if words(left) else text


def ages_alone(before: str, after: str, ages: int) -> str:
    """Give the children that ages without a noun stand for ("my 2 year old and me"), "" where a noun is there."""
    follows = words(after)[:1]
    ends = (
        not follows or follows[0] in {"and", "y", "n", "plus", "e", "with", "con"} or after.lstrip()[:1] in {",", "&"}
    )
    return (f"{ages} kids" if ages > 1 else "kid") if ends and _OWNER.search(fold(before)) else ""
