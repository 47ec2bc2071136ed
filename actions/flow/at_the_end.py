"""A change asked for at the end of a message, behind what it is about or why ("they turned us down, make that 0")."""

from __future__ import annotations

import re
from functools import cache

from actions.answers.tables import phrases, table
from actions.answers.text import compose, fold, has_phrase, words
from actions.flow.correction_turn import Turn, last_answered, names_of, of_whom, speaks_of
from actions.flow.hearing import Reading
from actions.flow.model import Outcome

__all__ = ["asked_for_at_the_end", "put_at_the_end", "taken_out"]


def asked_for_at_the_end(text: str) -> str:
    """The change asked for behind its reason ("my brother moved out so make the household 4"); "" for none."""
    found = _change_at_the_end().search(text)
    return found.group(1) if found else ""


@cache
def _change_at_the_end() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, table("corrections")["change_verbs"]))
    return re.compile(
        rf"(?:[\s,.;](?:so|and|then|now|please|asi que|así que|entonces|y)\s+|[.;!]\s*)((?:{verbs})\b[^?]*)$",
        re.IGNORECASE,
    )


def taken_out(turn: Turn) -> Outcome | None:
    """ "Scrap the scholarship at Lakeside", "lo de la manutención quítelo": an amount that is none after all."""
    said = words(turn.heard.text)
    if not has_phrase(said, phrases("corrections", "taken_out")):
        return None
    names = names_of(turn.done)
    named = [q for q in turn.done if q.kind == "money" and has_phrase(said, map(words, names[q.key]))]
    named = [q for q in named if q.subject and speaks_of(said, q.subject)] or of_whom(named, said, turn.answers)
    held = [q for q in named if turn.answers.get(q.key)]
    return turn.change(held[0], Reading("ok", 0), doubt=True) if len(held) == 1 else None


def put_at_the_end(turn: Turn) -> Outcome | None:
    """What a message names, and the value it asks for at its end ("they said no to parent loans, make that 0")."""
    found = _value_put_at_the_end().search(fold(turn.heard.text))
    if found is None:
        return None
    text = compose(turn.heard.text)
    before, value = text[: found.start()], text[slice(*found.span("value"))]
    names = names_of(turn.done)
    said = words(before)
    sizes = {q.key: max((len(words(form)) for form in names[q.key] if has_phrase(said, (words(form),))), default=0)
             for q in turn.done}  # fmt: skip
    best = max(sizes.values(), default=0)
    fitting = of_whom([q for q in turn.done if best and sizes[q.key] == best], said, turn.answers, own=True)
    fitting = [q for q in fitting if turn.reads(q, value).status == "ok"]
    fitting = [q for q in fitting if q.subject and speaks_of(said, q.subject)] or fitting
    numbered = len({re.sub(r"_\d$", "", q.key) for q in fitting}) == 1
    if len(fitting) == 1 or (fitting and numbered):
        return turn.change(fitting[0], turn.reads(fitting[0], value), doubt=True)
    if fitting:
        return turn.which(fitting, value)
    last = last_answered(turn)
    if best or last is None or last.kind not in {"choice", "yes_no", "state"}:
        return None
    return turn.change(last, turn.reads(last, value), doubt=True)


@cache
def _value_put_at_the_end() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, table("corrections")["change_verbs"]))
    it = r"(?:it|that|this|that one|this one|them|eso|esa|ese|esto)"
    return re.compile(
        rf"[\s,.;!](?:{verbs})(?:lo|la|le|los|las|me)?\s+(?:{it}\s+)?(?:(?:to|a|en|at|as)\s+)?"
        r"(?P<value>[^.,;?!]{1,24})[.!]*$"
    )
