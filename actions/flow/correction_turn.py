"""The turn in which a correction is looked for: what is on record, and what becomes of a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from actions.answers.tables import table
from actions.answers.text import has_phrase, words
from actions.flow import asking
from actions.flow.answering import ask_again, confirm, pending_in, settle
from actions.flow.hearing import Reading, read
from actions.flow.model import Answers, Flow, FlowState, Heard, Outcome, Question, Say
from actions.flow.words import name_words

__all__ = ["Turn", "last_answered", "names_of", "of_whom", "speaks_of"]

_TELLING = 4
"""Letters of a part of a name that is enough to tell whose it is."""


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


def names_of(questions: Iterable[Question]) -> dict[str, tuple[str, ...]]:
    """How people refer to each question when they correct its answer; by its year too, where it is about one."""
    known = {q.key: q for q in questions}
    forms = name_words(tuple(known))
    return {key: (*forms[key], q.subject) if q.subject.isdecimal() else forms[key] for key, q in known.items()}


def last_answered(turn: Turn) -> Question | None:
    """The question answered last; None when it was one that settled several, and none of them can be told apart."""
    latest = turn.state.latest
    if latest is None or latest == turn.state.asked:
        return turn.done[0]
    return next((q for q in turn.done if q.key == latest), None)


def of_whom(fitting: list[Question], said: tuple[str, ...], answers: Answers, *, own: bool = False) -> list[Question]:
    """Of several questions those about the parents, or about the student, as the words tell; else all.

    "Our" is the parents' household, "my" the parent's own where a parent writes. `own`: a student's "my" counts too.
    """
    if len(fitting) < 2:
        return fitting
    told = set(said)
    by_parent = answers.get("asking_as") == "parent"
    if by_parent and told & _words("of_the_child") and not told & _words("of_a_spouse"):
        parents = False
    elif told & _words("of_parents") or (by_parent and told & _words("own")):
        parents = True
    elif own and told & _words("own"):
        parents = False
    else:
        return fitting
    return [q for q in fitting if ("parent" in q.key) == parents] or fitting


def _words(key: str) -> set[str]:
    return set(table("corrections")[key])


def speaks_of(said: tuple[str, ...], subject: str) -> bool:
    """Whether a school or the like is named, whole or by what sets its name apart, also as an owner ("UTSA's cost")."""
    name = words(subject)
    own = tuple(word for word in name if word not in table("schools")["kind_words"])
    short = own if sum(map(len, own)) >= _TELLING else name
    return any(has_phrase(said, (form, (*form[:-1], f"{form[-1]}s"))) for form in (name, short) if form)
