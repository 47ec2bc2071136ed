"""What a persona means to do on the way besides answering: change an answer, ask back, go away, switch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from aidline.evaluation.conversations.persona import Correction, Interruption, Pause, Persona, Restart, Switch
from aidline.evaluation.conversations.talk import Asks

__all__ = ["Plans"]

_KNOWN_FROM_THE_START = frozenset({"award_year", "depth"})
_CONFIRMED = "confirm_value"
_SUMMARY = "confirm_summary"

type Step = Restart | Pause | Switch


@dataclass
class Plans:
    """What is still to be done, in the light of what was asked and answered so far.

    `number` counts the questions, one that comes again only once; `answered` holds the names that were accepted.
    """

    persona: Persona
    number: int = 0
    answered: set[str] = field(default_factory=set)
    _open: tuple[str, ...] = ()
    _answer_given: bool = False
    _steps: list[Step] = field(default_factory=list)
    _due: list[Step] = field(default_factory=list)
    _corrections: list[Correction] = field(default_factory=list)
    _ripe: list[Correction] = field(default_factory=list)
    _interruptions: list[Interruption] = field(default_factory=list)

    def __post_init__(self) -> None:
        # In the order in which they happen when several fall on one answer.
        self._steps = [*self.persona.restarts, *self.persona.pauses, *self.persona.switches]
        self._corrections = list(self.persona.corrections)
        self._interruptions = list(self.persona.interruptions)

    def asked(self, asks: Asks | None) -> None:
        """A question came, or None when there is no more: whatever was answered before it was accepted."""
        names = asks.names if asks else ()
        if names in {self._open, (_CONFIRMED,)}:
            return
        if self._answer_given and self._open:
            self._accept(self._open)
        self._open, self._answer_given = names, False
        self.number += 1

    def gave_answer(self) -> None:
        """The pending question was answered."""
        self._answer_given = True

    def _accept(self, names: Sequence[str]) -> None:
        self.answered |= set(names)
        ready = [step for step in self._steps if step.after.meets(names, self.number)]
        self._due += ready
        self._steps = [step for step in self._steps if step not in ready]
        self._ripe += [
            correction
            for correction in self._corrections
            if correction.after is not None
            and correction not in self._ripe
            and correction.after.meets(names, self.number)
        ]

    def step(self) -> Step | None:
        """The next restart, pause or switch that is due."""
        return self._due.pop(0) if self._due else None

    def correction(self, asks: Asks) -> Correction | None:
        """A correction to say in place of the answer to this question."""
        for correction in self._corrections:
            if _SUMMARY in asks.names or (correction in self._ripe and self._can_be_made(correction)):
                return self._said(correction)
        return None

    def late_correction(self) -> Correction | None:
        """A correction that was not said by the end."""
        return self._said(self._corrections[0]) if self._corrections else None

    def _said(self, correction: Correction) -> Correction:
        self._corrections.remove(correction)
        return correction

    def _can_be_made(self, correction: Correction) -> bool:
        return bool((self.answered | _KNOWN_FROM_THE_START) & set(correction.sets))

    def interruption(self, asks: Asks) -> Interruption | None:
        """What is said once in place of the answer to this question."""
        for interruption in self._interruptions:
            if interruption.when_asked.meets(asks.names, self.number):
                self._interruptions.remove(interruption)
                return interruption
        return None

    def unexercised(self) -> Iterator[str]:
        """What there was no occasion for."""
        for one in self._interruptions:
            yield f"interruption at {one.when_asked}"
        for step in (*self._due, *self._steps):
            yield f"{type(step).__name__.lower()} after {step.after}"
