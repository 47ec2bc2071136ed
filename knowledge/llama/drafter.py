"""What Aidline asks of a language model, whichever one it is."""

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
