"""Was it right? Everything that a persona's file asks for, held against what happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from aidline.evaluation.conversations.mentions import mentioned, plain
from aidline.evaluation.conversations.names import NAMES
from aidline.evaluation.conversations.player import Asked, Played, Stretch
from aidline.evaluation.conversations.talk import Turn
from aidline.language import tongue

__all__ = ["Failure", "Kind", "judge"]

Kind = Literal[
    "dead_end", "silence", "turns", "repeats", "elsewhere", "end", "value", "slot", "missing", "forbidden",
    "interruption", "language", "unlisted_name",
]  # fmt: skip

_NOT_PROSE = re.compile(r"https?://\S+|\S+@\S+|\"[^\"]*\"|“[^”]*”|«[^»]*»|\([^)]*\)|[\d$%.,:/-]+")
_WORDS_TO_TELL = 6


@dataclass(frozen=True)
class Failure:
    """One thing that was not right."""

    kind: Kind
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


def judge(played: Played) -> tuple[Failure, ...]:
    """Everything that was not right; nothing when the persona passes."""
    found = [*_of_stretch(played.main, "")]
    for number, followup in enumerate(played.followups, 1):
        found += _of_stretch(followup, f"follow-up {number}: ")
    for asked in played.asked:
        found += _of_interruption(asked)
    for turn in played.turns:
        found += _of_turn(turn)
    missed = len(played.persona.followups) - len(played.followups)
    if missed and played.main.stuck is None and all(one.stuck is None for one in played.followups):
        found.append(Failure("end", f"{missed} follow-up(s) were not said"))
    return tuple(dict.fromkeys(found))


def _of_stretch(stretch: Stretch, where: str) -> Iterator[Failure]:
    expected, result = stretch.expected, stretch.result
    if stretch.stuck is not None:
        yield Failure(stretch.stuck_how, f"{where}{stretch.stuck}")  # type: ignore[arg-type]
    elif result is not None and expected.end and result.get("end") not in expected.end:
        yield Failure("end", f"{where}it ended as {result.get('end')}, not as {' or '.join(expected.end)}")
    if result is not None:
        for kind, key, matchers in (("value", "values", expected.values), ("slot", "answers", expected.slots)):
            there = result.get(key) or {}
            for name, matcher in matchers.items():
                if not matcher.holds(there.get(name)):
                    yield Failure(kind, f"{where}{name} is {there.get(name)!r}, not {matcher}")  # type: ignore[arg-type]
    elif expected.values and stretch.stuck is None:
        yield Failure("end", f"{where}there is no result")
    said = plain("\n".join(turn.reply.text for turn in stretch.turns))
    yield from (Failure("missing", f"{where}{one}") for one in expected.must_mention_all if not mentioned(one, said))
    if expected.must_mention_any and not any(mentioned(one, said) for one in expected.must_mention_any):
        yield Failure("missing", f"{where}{' | '.join(expected.must_mention_any)}")
    yield from (Failure("forbidden", f"{where}{one}") for one in expected.must_not_mention if mentioned(one, said))


def _of_interruption(asked: Asked) -> Iterator[Failure]:
    one, said = asked.interruption, plain(asked.reply.text)
    about = f"after {one.say!r}"
    if one.same_question_again and not asked.came_back:
        asks = asked.reply.asks
        yield Failure("interruption", f"{about} {f'{asks} was asked' if asks else 'nothing was asked'} instead")
    if one.reply_mentions_any and not any(mentioned(words, said) for words in one.reply_mentions_any):
        yield Failure("interruption", f"{about} none of: {' | '.join(one.reply_mentions_any)}")
    for words in one.reply_mentions_all:
        if not mentioned(words, said):
            yield Failure("interruption", f"{about} not: {words}")
    for words in one.reply_mentions_none:
        if mentioned(words, said):
            yield Failure("interruption", f"{about} it said: {words}")


def _of_turn(turn: Turn) -> Iterator[Failure]:
    asks = turn.reply.asks
    if asks is not None and (unlisted := [name for name in asks.names if name not in NAMES]):
        yield Failure("unlisted_name", ", ".join(unlisted))
    if turn.language is not None:
        prose = " ".join(_NOT_PROSE.sub(" ", turn.reply.text).split())
        if len(prose.split()) >= _WORDS_TO_TELL and (found := tongue(prose)) not in (None, turn.language):
            yield Failure("language", f"{found}, not {turn.language}, after {turn.said!r}: {prose[:80]}")
