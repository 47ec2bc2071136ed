"""What two parents are to each other, told in the person's own words: their bond and their homes, one beside the other.

"Divorced but he never moved out" names no choice of the list; a bond (split, never married, married) and a home
(shared, apart) do.
"""

from __future__ import annotations

import re
from functools import cache

from actions.answers.parsed import Parsed, confirm, invalid, ok
from actions.answers.replies import says_not_sure
from actions.answers.slips import mend
from actions.answers.text import words
from actions.flow.words import result_words

__all__ = ["relationship", "shares_home"]

_MEANT = {
    ("split", "together"): "divorced_together", ("split", "apart"): "divorced_apart",
    ("never", "together"): "unmarried_together", ("never", "apart"): "never_married_apart",
}  # fmt: skip
_BOND_OF = {value: bond for (bond, _home), value in _MEANT.items()} | {"married": "married"}
_ONE_HOME = frozenset({"divorced_together", "unmarried_together"})
_MOST = 12
"""Words of an answer that says no more than that parents split up; a longer one may tell of something else."""


def relationship(text: str, asked_about: str | None = None) -> Parsed[str] | None:
    """Give the value of `parents_relationship` that the words come to, None where they leave it to the usual reading.

    `asked_about` is the value that is being confirmed: of whoever was said to be divorced, "same house" tells the rest.
    """
    said = " ".join(mend(words(text), frozenset(result_words("parents_bond")["spelt"].split())))
    bond, home = _bond(said), _home(said)
    if says_not_sure(text) or "?" in text:
        return None
    if bond == "split" and home is None:
        return confirm("divorced_apart", "negation") if len(words(text)) <= _MOST else None
    if bond is not None and home is not None:
        return ok(_MEANT[bond, home]) if (bond, home) in _MEANT else None
    if bond is None and home is not None:
        known = _BOND_OF.get(asked_about or "")
        if (known, home) in _MEANT:
            return ok(_MEANT[str(known), home])
        return _home_alone(said, home)
    return None


def shares_home(text: str) -> bool:
    """Whether the words tell of two parents who are not married to each other and live together all the same."""
    read = None if _is("others").search(" ".join(words(text))) else relationship(text)
    return read is not None and read.status == "ok" and read.value in _ONE_HOME


def _home_alone(said: str, home: str) -> Parsed[str] | None:
    """Sharing a home all the same is said of parents who split up; of a home alone nothing follows."""
    if home == "apart":
        return confirm("divorced_apart", "likely") if _is("not_now").search(said) else None
    if _is("still").search(said):
        return confirm("divorced_together", "likely")
    return invalid("ambiguous", ("married", "unmarried_together", "divorced_together"))


def _bond(said: str) -> str | None:
    """split, never or married; None for none of them, or for two that cannot both be."""
    split = _is("split").search(_is("not_split").sub(" ", said)) is not None
    if split:
        return "split"
    if _is("never").search(said):
        return "never"
    return "married" if _is("married").search(_is("not_married").sub(" ", said)) else None


def _home(said: str) -> str | None:
    apart, together = _is("apart").search(said), _is("together").search(_is("apart").sub(" ", said))
    if apart and together:
        return None
    return "apart" if apart else "together" if together else None


@cache
def _is(kind: str) -> re.Pattern[str]:
    return re.compile(result_words("parents_bond")[kind])
