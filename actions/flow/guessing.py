"""The last resort for an answer from a closed list that no rule reads: a likely value, to be asked and never taken."""

from __future__ import annotations

from functools import cache

from actions.answers.guess import Guesser
from actions.answers.text import words
from actions.flow.hearing import Reading
from actions.flow.model import Heard, Question
from actions.flow.words import PERSON_PREFIXES, choices, examples

__all__ = ["LIKELY", "as_guessed", "contradicts", "guessed", "guesser", "likely_value"]

LIKELY = "likely"
"""The problem of a reading that is only a guess."""
_SHORT = 3
"""Words of a reply that is a yes or no and nothing more ("yes that's right")."""
_ASKING = frozenset("?¿")
_NO_ANSWER = "no_answer"
_PARTS = frozenset("+*")
"""What marks a word of a choice as parts that stand apart, which is no example."""
_YES_NO = ("yes", "no")


def guessed(question: Question, heard: Heard, before: tuple[str, ...]) -> Reading | None:
    """The likeliest answer, to be confirmed; None when none is likely enough, or when it was asked `before`.

    What bears a question mark may ask something that the question detector did not see: it is not guessed.
    """
    if _ASKING & set(heard.text):
        return None
    value = likely_value(question, heard.text)
    if value is None or as_guessed(question, value) in before:
        return None
    return Reading("needs_confirmation", value, LIKELY)


def as_guessed(question: Question, value: str) -> str:
    """How a guess is remembered."""
    return f"{question.key}={value}"


def contradicts(question: Question, heard: Heard, value: str) -> bool:
    """Whether a yes to a guess goes on to say something else ("yes, they both died", asked whether no was right)."""
    return len(words(heard.text)) > _SHORT and likely_value(question, heard.text) not in {None, value}


def likely_value(question: Question, text: str) -> str | None:
    """The value that words are most like, for a closed question; None when none is likely enough."""
    if question.kind not in {"choice", "yes_no"} or question.names:
        return None
    made = guesser(question.key, question.choices)
    if made is None or (guess := made.guess(text)) is None:
        return None
    return guess.value if made.good(guess) else None


@cache
def guesser(key: str, listed: str | None) -> Guesser | None:
    """The guesser of a question with the choices `listed`, or of yes or no; None for one without examples.

    The labels and sure words of its choices are examples too.
    """
    said = _examples(key, listed)
    if listed is None:
        known = {value: said[value] for value in _YES_NO if value in said}
    else:
        known = {
            choice.value: (*said[choice.value], *choice.labels, *(one for one in choice.words if not _PARTS & set(one)))
            for choice in choices(listed)
            if choice.value in said
        }
    return Guesser(known, examples(_NO_ANSWER)["any"]) if len(known) > 1 else None


def _examples(key: str, listed: str | None) -> dict[str, tuple[str, ...]]:
    """Those of the choices, of the question, or of the question without the person it is about, in this order."""
    bare = next((key.removeprefix(prefix) for prefix in PERSON_PREFIXES if key.startswith(prefix)), key)
    return next((dict(found) for name in (listed, key, bare) if name and (found := examples(name))), {})
