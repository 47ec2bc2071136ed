"""What Aidline asks of a language model, whichever one it is."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Protocol


@dataclass(frozen=True)
class Prompt:
    """What a model reads: standing instructions, then this turn's words with the question last."""

    system: str
    user: str


@dataclass(frozen=True)
class Deadline:
    """A moment by which an answer must be there, on the monotonic clock."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """The moment `seconds` from now."""
        return cls(monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds until then, never below 0."""
        return max(0.0, self.at - monotonic())


class Drafter(Protocol):
    """A model that writes. What it writes is a proposal: callers check it before anyone reads it."""

    @property
    def name(self) -> str:
        """Which model this is, exact enough for a cache key and for a report."""
        ...

    def draft(self, prompt: Prompt, grammar: str, max_tokens: int, deadline: Deadline) -> str:
        """Text of at most `max_tokens` tokens that follows the GBNF `grammar`.

        Raises `DraftError` when there is no model, it fails, or the deadline passes.
        """
        ...


OnText = Callable[[str], None]
"""Called with each new bit of text as a model writes it."""


class Writer(Protocol):
    """A model that writes prose bit by bit. As with `Drafter`, callers check it before anyone reads it."""

    @property
    def name(self) -> str:
        """See `Drafter.name`."""
        ...

    def write(self, prompt: Prompt, max_tokens: int, deadline: Deadline, on_text: OnText) -> None:
        """Prose of at most `max_tokens` tokens, given to `on_text` as it is written.

        Raises `DraftError` as `Drafter.draft` does; what was written until then has been given to `on_text`.
        """
        ...
