"""Plays one persona: says what the persona would say, until it ends, leads nowhere, or takes too long."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aidline.evaluation.conversations.persona import (
    MOST_IN_A_FOLLOW_UP,
    Correction,
    Expected,
    FollowUp,
    Interruption,
    Pause,
    Persona,
    Restart,
    Switch,
)
from aidline.evaluation.conversations.plans import Plans
from aidline.evaluation.conversations.stage import Stage
from aidline.evaluation.conversations.talk import Asks, Reply, Silence, Turn
from aidline.evaluation.conversations.words import Words

__all__ = ["Asked", "Played", "Stretch", "play"]

_MOST_TURNS = 120
_MOST_MORE = 5
_MORE = {"en": "MORE", "es": "MÁS"}
_LINK = re.compile(r"https?://[^\s)>\]]+")


@dataclass
class Asked:
    """An interruption with the reply it got; `came_back` tells whether the same question came with it."""

    interruption: Interruption
    reply: Reply
    came_back: bool


@dataclass
class Stretch:
    """A conversation up to one end: the whole of it, or one follow-up."""

    expected: Expected
    turns: list[Turn] = field(default_factory=list)
    result: Mapping[str, Any] | None = None
    stuck: str | None = None
    """Why it could not go on; None when it came to its end."""
    stuck_how: str = ""
    """`dead_end`, `silence`, `turns`, `repeats` or `elsewhere`."""


@dataclass
class Played:
    """What happened: the conversation, its follow-ups, the interruptions, and what there was no occasion for."""

    persona: Persona
    main: Stretch
    followups: list[Stretch] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    unexercised: tuple[str, ...] = ()

    @property
    def turns(self) -> list[Turn]:
        """All turns in order."""
        return [turn for stretch in (self.main, *self.followups) for turn in stretch.turns]


class _Stuck(Exception):
    def __init__(self, how: str, why: str) -> None:
        super().__init__(why)
        self.how = how


def play(persona: Persona, stage: Stage) -> Played:
    """Plays `persona` on `stage` and gives what happened; whether that was right is for the judge to say."""
    return _Player(persona, stage).play()


class _Player:
    def __init__(self, persona: Persona, stage: Stage) -> None:
        self._persona, self._stage = persona, stage
        self._words, self._plans = Words(persona), Plans(persona)
        self._played = Played(persona, Stretch(persona.expect))
        self._stretch = self._played.main
        self._language = persona.expect.reply_language or persona.language
        self._happened: list[str] = []
        self._repeats = 0
        self._prompt = ""

    def play(self) -> Played:
        try:
            self._door = self._stage.doors.open(self._persona.channel)
        except Silence as error:
            self._stretch.stuck, self._stretch.stuck_how = str(error), "silence"
            return self._played
        try:
            self._converse()
            for followup in self._persona.followups:
                self._follow_up(followup)
        except Silence as error:
            self._stretch.stuck, self._stretch.stuck_how = str(error), "silence"
        except _Stuck as error:
            self._stretch.stuck, self._stretch.stuck_how = str(error), error.how
        finally:
            self._door.close()
        self._played.unexercised = tuple(self._plans.unexercised())
        return self._played

    def _converse(self) -> None:
        persona = self._persona
        most = persona.expect.max_turns or _MOST_TURNS
        for text in persona.opening:
            reply = self._say(text, "opening")
            if self._ended(reply):
                break
        while True:
            if self._ended(reply):
                if (correction := self._plans.late_correction()) is None:
                    return
                self._stretch.result = None
                reply = self._correct(correction)
            elif len(self._stretch.turns) >= most:
                raise _Stuck("turns", f"not over after {most} messages")
            else:
                reply = self._go_on(reply)

    def _follow_up(self, followup: FollowUp) -> None:
        self._stretch = Stretch(followup.expect)
        self._played.followups.append(self._stretch)
        reply = self._say(followup.say, "followup")
        while followup.expect.end and not self._ended(reply):
            if len(self._stretch.turns) >= MOST_IN_A_FOLLOW_UP:
                raise _Stuck("turns", f"not over after {MOST_IN_A_FOLLOW_UP} messages")
            reply = self._go_on(reply)

    def _ended(self, reply: Reply) -> bool:
        """Whether a result that counts came: an end that is expected, or the end of the flow they came for."""
        ends = self._stretch.expected.end
        for result in reply.results:
            if result.get("end") in ends or result.get("flow") == self._persona.flow:
                self._stretch.result = result
        return self._stretch.result is not None

    def _go_on(self, reply: Reply) -> Reply:
        asks = reply.asks
        if asks is None:
            ends = ", ".join(f"{one.get('flow')}/{one.get('end')}" for one in reply.results)
            raise _Stuck("elsewhere", f"it ended as {ends}, and nothing more was asked")
        self._plans.asked(asks)
        while (step := self._plans.step()) is not None:
            if (said := self._take(step)) is not None:
                return said
        if (correction := self._plans.correction(asks)) is not None:
            return self._correct(correction)
        if (interruption := self._plans.interruption(asks)) is not None:
            return self._interrupt(interruption, asks, reply)
        text = self._words.answer(asks)
        self._plans.gave_answer()
        return self._say(text, f"answer to {asks}")

    def _take(self, step: Restart | Pause | Switch) -> Reply | None:
        """Does what is due; the reply if something was said with it."""
        match step:
            case Restart():
                self._stage.restart(step.process)
                self._happened.append(f"{step.process} restarted")
                return None
            case Pause():
                self._stage.pass_time(step.length)
                self._happened.append(f"{step.length} passed")
                return self._say(step.say, "back after a pause") if step.say is not None else None
            case Switch():
                if step.language is not None:
                    self._language = step.language
                    return self._say(step.say, f"switch to {step.language}")
                return self._move(step.say)

    def _move(self, say: str) -> Reply:
        """To the page, by the link in the reply; there the pending question stands."""
        reply = self._say(say, "switch to web", may_end_here=True)
        link = _LINK.search(reply.text)
        if link is None:
            raise _Stuck("dead_end", "the reply holds no link to the page")
        self._door.close()
        self._door, there = self._stage.doors.enter(link[0].rstrip(".,;"))
        if there.asks is None:
            raise _Stuck("dead_end", "nothing is asked on the page that the link leads to")
        self._happened.append("went on on the page")
        return there

    def _correct(self, correction: Correction) -> Reply:
        self._words.correct(correction.sets)
        return self._say(correction.say, "correction")

    def _interrupt(self, interruption: Interruption, asks: Asks, before: Reply) -> Reply:
        reply = self._say(interruption.say, "interruption", may_end_here=True)
        came_back = reply.asks is not None and set(reply.asks.names) == set(asks.names)
        self._played.asked.append(Asked(interruption, reply, came_back))
        # Without a question of its own the reply leaves the one before pending.
        return reply if reply.asks or reply.results else Reply(reply.texts, asks, before.prompt)

    def _say(self, text: str, why: str, *, may_end_here: bool = False) -> Reply:
        turns = self._stretch.turns
        language = None if self._language == "mixed" else self._language
        turns.append(turn := Turn(len(turns) + 1, why, text, Reply(()), language, self._happened))
        self._happened = []
        turn.reply = self._door.say(text)
        for _more in range(_MOST_MORE):
            if not turn.reply.more:
                break
            turn.reply = turn.reply.and_then(self._door.say(_MORE[self._persona.speaks]))
        reply = turn.reply
        if reply.asks is None and not reply.results and not may_end_here:
            raise _Stuck("dead_end", f"nothing is asked after {text!r}")
        self._count_repeats(reply)
        return reply

    def _count_repeats(self, reply: Reply) -> None:
        if reply.asks is None:
            return
        self._repeats = self._repeats + 1 if reply.prompt == self._prompt else 1
        self._prompt = reply.prompt
        if self._repeats > (most := self._persona.expect.no_repeat_more_than):
            raise _Stuck("repeats", f"the same prompt came {self._repeats} times in a row (at most {most})")
