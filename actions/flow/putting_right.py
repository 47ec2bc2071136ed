"""What says that an earlier answer is being put right: "wait", "I put", "it should be", "cámbialo"."""

from __future__ import annotations

import re
from functools import cache

from actions.answers.correction import without_lead_ins
from actions.answers.tables import phrases, table
from actions.answers.text import compose, fold, has_phrase, strip_trailing, words

__all__ = ["asks_for_a_change", "begins_anew", "puts_right"]


def asks_for_a_change(text: str) -> bool:
    """Whether a message asks in so many words that something be changed ("corrige lo de este año")."""
    return _change_stems().search(fold(text)) is not None


@cache
def _change_stems() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, table("corrections")["change_stems"])) + ")")


def puts_right(text: str, leads: tuple[str, ...] | None = None) -> bool:
    """Whether a message says that something is being put right."""
    leads = without_lead_ins(compose(text))[1] if leads is None else leads
    said = any(has_phrase(words(text), phrases("corrections", key)) for key in ("put_right", "one_more", "may_i"))
    ends_so = strip_trailing(words(text), phrases("corrections", "trailing")) != words(text)
    return begins_anew(leads) or said or ends_so or _stem(fold(text))


def begins_anew(leads: tuple[str, ...]) -> bool:
    """Whether words said before a text take back what came before it ("no wait", "perdón")."""
    return bool(set(leads) & set(table("corrections")["strong_lead_ins"]))


@cache
def _stems() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, table("corrections")["put_right_stems"])) + ")")


def _stem(folded: str) -> bool:
    return _stems().search(folded) is not None
