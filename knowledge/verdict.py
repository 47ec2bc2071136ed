"""The "Yes." or "No." that a note's short answer begins with, and whether it answers this question too.

A note that is near may still answer another yes-or-no question ("Yes. A veteran is independent" to someone of twenty
who lives alone). What the note says stays true without its verdict; the verdict alone could be false.
"""

from __future__ import annotations

import re

__all__ = ["fits", "without_verdict"]

_VERDICT = re.compile(r"(?:yes|no|sí)(?:, [^.,;]{1,24}\.|[.,])\s+(?=\S)", re.I)
_ASKS_FOR_MORE = re.compile(
    r"(?:^|[.!?;:,]\s*|\b(?:and|but|so|y|pero|entonces)\s+)"
    r"(?:what|whats|how|hows|which|when|whens|where|wheres|who|whos|whose|why|"
    r"qu[eé]|cu[aá]l(?:es)?|cu[aá]nd[oa]|cu[aá]nt[oa]s?|c[oó]mo|d[oó]nde|qui[eé]n(?:es)?|por qu[eé])\b",
    re.I,
)
_WHAT_IF = re.compile(r"\b(?:what if|how about|what about|qu[eé] tal si|y qu[eé] (?:si|tal))\b", re.I)
# With questions held out, four in ten verdicts below this belonged to another question, one in four above it.
_NEAR = 0.6


def without_verdict(text: str) -> str:
    """The statement without the yes or no before it, if it begins with one."""
    rest = _VERDICT.sub("", text, count=1) if _VERDICT.match(text) else text
    return rest[:1].upper() + rest[1:]


def fits(question: str, score: float) -> bool:
    """Whether a note's verdict may be said to `question`, which is `score` (0 to 1) near to it."""
    asks_for_more = _ASKS_FOR_MORE.search(_WHAT_IF.sub(" ", question.strip()))
    return score >= _NEAR and asks_for_more is None
