"""The values of a flow: questions, what was heard, what to say, and what stays for the next turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, Protocol

from actions.answers.parsed import Parsed

__all__ = ["AnswerKind", "Answers", "Flow", "FlowState", "Heard", "Outcome", "Question", "Say"]

Answers = Mapping[str, Any]
"""Canonical name -> canonical value. A name that is missing, or None, has no answer yet."""

AnswerKind = Literal[
    "choice", "yes_no", "money", "count", "date", "birth_date", "birth_year", "year", "state", "rate", "text", "phone",
    "email", "name", "school",
]  # fmt: skip
"""What an answer is. `year` is an award year; `date` may be a month ("2026-08"); `rate` is a percentage ("6.52")."""


@dataclass(frozen=True)
class Question:
    """One question as it can be asked.

    `key` is unique in a flow: the canonical name, or a name of its own for a question that settles several (`names`):
    amounts that are mostly all zero, or a choice whose answer is the one name that is true.
    `assume` is what the flow goes on with when the person skips it or isn't sure; None with `optional` leaves the
    name without an answer; `leave_open` does the same, but only once help did not help. Any other question must be
    answered.
    A date without its year is the nearest one in the past, or with `ahead` the nearest one to come.
    With `takes_questions` a question may be the answer ("what do you need help with?"): it is taken as one when no
    note answers it, or when the same is asked again after a note did.
    The `choices` of a yes-or-no question hold the words that mean yes or no to this question ("we typed it in").
    `subject` is what tells the question from others of the same name, such as a school: a correction that names it
    means this one.
    """

    key: str
    kind: AnswerKind
    prompt: str
    topic: str
    names: tuple[str, ...] = ()
    choices: str | None = None
    role: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    allow_negative: bool = False
    percent: bool = False
    ahead: bool = False
    assume: Any = None
    optional: bool = False
    leave_open: bool = False
    takes_questions: bool = False
    subject: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def settles(self) -> tuple[str, ...]:
        """The canonical names that an answer settles."""
        return self.names or (self.key,)

    @property
    def can_skip(self) -> bool:
        """Whether the flow can go on without an answer."""
        return self.optional or self.leave_open or self.assume is not None


@dataclass(frozen=True)
class Heard:
    """What came in this turn."""

    text: str
    language: str
    today: date
    intent: str = ""
    confidence: float = 0.0
    problem: str | None = None
    channel: str = "web"
    conversation_id: str = ""
    message_id: str = ""
    phone: str | None = None
    offered: str | None = None
    near: float = 0.0
    """How well a note answers these words as a question: 0 (none does) to 1."""
    wishes: tuple[tuple[str, float], ...] = ()
    """Flows that the words may ask for, each with its probability, the likeliest first."""
    listed: tuple[str, ...] = ()
    """The flows that the list shown last had to pick from, in its order."""
    by_parent: bool = False
    """Whether a parent of the student writes, going by what was said so far."""


@dataclass(frozen=True)
class Say:
    """One message: the response that holds its words, what fills the words' blanks, and data for the channel.

    `private` are the blanks that repeat what the person said of money or of their life: transcripts leave them out.
    """

    response: str | None
    params: Mapping[str, Any] = field(default_factory=dict)
    custom: Mapping[str, Any] = field(default_factory=dict)
    private: tuple[str, ...] = ()


@dataclass(frozen=True)
class FlowState:
    """What a flow remembers between turns beside the answers. Kept in the slot `flow_states`.

    `ended_by` is the message that first ended the flow: what is recorded under it is updated by a later change.
    """

    asked: str | None = None
    attempts: int = 0
    repeats: int = 0
    """How often the question that is open was asked again, for whatever reason."""
    assumed: tuple[str, ...] = ()
    expanded: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()
    confirm: Mapping[str, Any] | None = None
    reviewed: bool = False
    suspended: str | None = None
    tried: Mapping[str, Any] | None = None
    """What was only tried out after the result, by canonical name; it replaces no answer unless the person keeps it."""
    ended_by: str | None = None
    latest: str | None = None
    """The answer settled last: what "no, I meant 46,200" is about."""
    guessed: tuple[str, ...] = ()
    """What was guessed since the last answer, as `key=value`, `flow=name` for a flow opened, or `key?words` for a
    question explained that may be the answer: nothing is guessed twice.
    """

    @classmethod
    def load(cls, stored: Any) -> FlowState:
        """From the slot's value; anything unknown is left out, so that an old session still opens."""
        if not isinstance(stored, Mapping):
            return cls()
        known = {key: stored[key] for key in cls.__dataclass_fields__ if key in stored}
        for key in ("assumed", "expanded", "doubted", "guessed"):
            known[key] = tuple(known.get(key) or ())
        return cls(**known)

    def dump(self) -> dict[str, Any]:
        """As JSON values for the slot."""
        return {
            "asked": self.asked,
            "attempts": self.attempts,
            "repeats": self.repeats,
            "assumed": list(self.assumed),
            "expanded": list(self.expanded),
            "doubted": list(self.doubted),
            "confirm": dict(self.confirm) if self.confirm else None,
            "reviewed": self.reviewed,
            "suspended": self.suspended,
            "tried": dict(self.tried) if self.tried else None,
            "ended_by": self.ended_by,
            "latest": self.latest,
            "guessed": list(self.guessed),
        }

    def assuming(self, *names: str) -> FlowState:
        """With `names` marked as assumed."""
        latest = names[0] if names else self.latest
        return replace(self, assumed=tuple(dict.fromkeys((*self.assumed, *names))), latest=latest)

    def told(self, *names: str) -> FlowState:
        """With `names` answered by the person: no longer assumed, nothing open about them."""
        return replace(
            self,
            assumed=tuple(n for n in self.assumed if n not in names),
            attempts=0,
            confirm=None,
            reviewed=False,
            tried=None,
            latest=names[0] if names else self.latest,
            guessed=(),
        )


@dataclass(frozen=True)
class Outcome:
    """What a turn comes to.

    `next_flow` is a flow to go on with, or "restart" or "delete": all answers, or everything, is to be forgotten.
    `taken_as` says what the message was: an answer (or a try at one), or an order to the form ("back").
    """

    says: tuple[Say, ...]
    sets: Mapping[str, Any]
    state: FlowState
    status: Literal["asking", "done", "left"]
    next_flow: str | None = None
    taken_as: Literal["answer", "order"] = "answer"


class Flow(Protocol):
    """A form-filling conversation. `forgets` are answers that are dropped when it ends."""

    @property
    def name(self) -> str: ...

    @property
    def forgets(self) -> tuple[str, ...]: ...

    @property
    def reviewed(self) -> bool:
        """Whether the person looks over all answers before the result."""
        ...

    def misheard(self, heard: Heard) -> bool:
        """Whether the message that opened the flow asks something else after all."""
        ...

    def opening(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """Answers that the first message already holds; only what is certain."""
        ...

    def intro(self, heard: Heard) -> tuple[Say, ...]:
        """What is said before the first question."""
        ...

    def plan(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Question, ...]:
        """Every question in order, as far as the answers tell; unanswered branches taken the usual way."""
        ...

    def reads(self, question: Question, heard: Heard, answers: Answers) -> Parsed[Any] | None:
        """An answer that only this flow understands (an age, asked for a cutoff date); None for the usual parsers."""
        ...

    def hears(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """Answers that this flow reads in a message by itself, in place of the usual reading of the answer.

        For words whose meaning only the flow knows: several amounts under their names in one message, credits "a
        semester". Empty leaves the message to the usual reading.
        """
        ...

    def gather(self, question: Question, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """Further answers that the words of one answer hold ("4, and we live in Arizona"); only what is certain."""
        ...

    def undoes(self, before: Answers, after: Answers) -> tuple[str, ...]:
        """Answers that a change makes doubtful, to be asked again."""
        ...

    def remark(self, question: Question, before: Answers, after: Answers) -> tuple[Say, ...]:
        """What is worth saying once a question is answered, such as what the dependency answers add up to."""
        ...

    def before(self, question: Question, answers: Answers, heard: Heard) -> tuple[Say, ...]:
        """What is said right before a question: when it comes up and after a change, not when it is only repeated."""
        ...

    def finish(self, answers: Answers, state: FlowState, heard: Heard) -> tuple[Say, ...]:
        """The messages that end the flow; the last one with data carries `result`."""
        ...

    def amends(self, heard: Heard, answers: Answers) -> Mapping[str, Any]:
        """Answers that a message after the result changes in plain words ("my number is 505-555-0123")."""
        ...

    def afterwards(self, heard: Heard, answers: Answers, state: FlowState) -> tuple[Say, ...]:
        """What to say to a message after the result when it asks about that result; empty when it does not."""
        ...

    def offers(self, answers: Answers, state: FlowState) -> str | None:
        """The flow that a yes to `offer_next` after the result starts."""
        ...

    def reconsider(self, heard: Heard, answers: Answers, state: FlowState) -> Outcome | None:
        """What a message after the result tries out or changes about it ("what if ..."); None when it does neither."""
        ...
