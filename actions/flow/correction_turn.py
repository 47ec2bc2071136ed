"""The turn in which a correction is looked for: what is on record, and what becomes of a change."""

from __future__ import annotations

from dataclasses import dataclass, replace

from actions.answers.tables import table
from actions.answers.text import words
from actions.flow import asking
from actions.flow.answering import ask_again, confirm, pending_in, settle
from actions.flow.hearing import Reading, read
from actions.flow.model import Answers, Flow, FlowState, Heard, Outcome, Question, Say

__all__ = ["Turn", "of_whom"]


@dataclass(frozen=True)
class Turn:
    """What a correction is looked for in. `done` are the answered questions, the latest first."""

    flow: Flow
    answers: Answers
    state: FlowState
    heard: Heard
    plan: tuple[Question, ...]
    done: tuple[Question, ...]

    @property
    def pending(self) -> Question | None:
        """The question that is open; None at the summary and after the result."""
        return pending_in(self.plan, self.answers, self.state)

    def reads(self, question: Question, text: str) -> Reading:
        """What `text` is as an answer to `question`."""
        said = replace(self.heard, text=text)
        return read(question, said, self.flow.reads(question, said, self.answers))

    def change(self, question: Question, reading: Reading, *, doubt: bool = False) -> Outcome | None:
        """The change, or with `doubt` the question whether it is meant; None when the words hold no value for it."""
        if reading.status == "needs_confirmation" or (doubt and reading.status == "ok"):
            return confirm(self.flow, self.answers, self.state, self.heard, question, reading)
        if reading.status != "ok":
            return None
        return settle(self.flow, self.answers, self.state, self.heard, question, reading.value, changed=True)

    def which(self, fitting: list[Question], text: str) -> Outcome:
        """The question which of several answers is meant."""
        reading = self.reads(fitting[0], text)
        say = asking.which_to_change(fitting, reading.value if reading.status == "ok" else text, self.heard.language)
        return self.say(say)

    def say(self, say: Say) -> Outcome:
        """`say`, and what is open once more."""
        return ask_again(self.flow, self.answers, self.state, self.heard, (say,), count=False)


def of_whom(fitting: list[Question], heard: Heard) -> list[Question]:
    """Of several questions those about the parents, where the words name them; else all."""
    if not set(words(heard.text)) & set(table("corrections")["of_parents"]):
        return fitting
    return [q for q in fitting if "parent" in q.key] or fitting
