"""What most flows have in common: nothing special. A flow inherits this and says what is its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.answers.parsed import Parsed
from actions.flow.model import Answers, FlowState, Heard, Outcome, Question, Say

__all__ = ["SimpleFlow"]


class SimpleFlow:
    """The parts of `actions.flow.model.Flow` that a flow may leave as they are. It adds `name`, `plan` and `finish`."""

    forgets: tuple[str, ...] = ()
    reviewed: bool = True

    def misheard(self, heard: Heard) -> bool:
        """Never: what opened the flow was meant."""
        return False

    def opening(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """Nothing is taken from the first message."""
        return {}

    def intro(self, heard: Heard) -> tuple[Say, ...]:
        """Nothing is said before the first question."""
        return ()

    def reads(self, question: Question, heard: Heard, answers: Answers) -> Parsed[Any] | None:
        """Nothing beyond what the usual parsers read."""
        return None

    def hears(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """Answers are read the usual way."""
        return {}

    def gather(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """Each answer stands for itself."""
        return {}

    def undoes(self, before: Answers, after: Answers) -> tuple[str, ...]:
        """No answer rests on another."""
        return ()

    def remark(self, question: Question, before: Answers, after: Answers) -> tuple[Say, ...]:
        """Nothing to add on the way."""
        return ()

    def before(self, question: Question, answers: Answers, heard: Heard) -> tuple[Say, ...]:
        """A question comes by itself."""
        return ()

    def amends(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """Nothing is changed after the result without saying that it is a change."""
        return {}

    def afterwards(self, heard: Heard, answers: Answers, state: FlowState) -> tuple[Say, ...]:
        """Nothing more to say about the result."""
        return ()

    def offers(self, answers: Answers, state: FlowState) -> str | None:
        """Nothing is offered after the result."""
        return None

    def reconsider(self, heard: Heard, answers: Answers, state: FlowState) -> Outcome | None:
        """The result is not tried out with other answers."""
        return None
