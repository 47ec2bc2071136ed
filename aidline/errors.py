"""Every error Aidline raises on purpose.

    AidlineError
    ├── ConfigError          a setting is missing or wrong; names it and says how to mend it
    ├── SetupError           the machine lacks something (compiler, disk space, a free port)
    ├── UnavailableError     a part that should run does not answer
    │   ├── Busy             too many people wait already; `retry_after` says when to come back
    │   ├── RedisUnavailable
    │   ├── BotUnavailable
    │   ├── ProviderUnavailable
    │   └── Silence          a simulated person got no reply (`aidline.evaluation.conversations.talk`)
    ├── InputError           what was sent can't be accepted
    │   ├── NotSignedIn
    │   └── TooMuch          a limit was reached; `retry_after` says when to come back
    └── RecordError          a record is not what it should be (unknown conversation)
        └── StaleClaim       another worker has this conversation's turn now

`knowledge` imports no other room and keeps its own tree in `knowledge/errors.py`.
"""

from __future__ import annotations

__all__ = [
    "AidlineError",
    "BotUnavailable",
    "Busy",
    "ConfigError",
    "InputError",
    "NotSignedIn",
    "ProviderUnavailable",
    "RecordError",
    "RedisUnavailable",
    "SetupError",
    "StaleClaim",
    "TooMuch",
    "UnavailableError",
]


class AidlineError(Exception):
    """Base of the tree. The message says what happened; `remedy` says what to do next."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy

    def __str__(self) -> str:
        what = super().__str__()
        return f"{what} {self.remedy}" if self.remedy else what


class ConfigError(AidlineError):
    """A setting is missing or wrong."""


class SetupError(AidlineError):
    """The machine lacks something that Aidline needs to start."""


class UnavailableError(AidlineError):
    """A part that should run does not answer."""


class RedisUnavailable(UnavailableError):
    """Redis does not answer: nothing can be accepted until it does."""


class Busy(UnavailableError):
    """Too many people wait already. `retry_after` is whole seconds until it makes sense to try again."""

    def __init__(self, message: str, *, retry_after: int, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.retry_after = retry_after


class BotUnavailable(UnavailableError):
    """The dialogue manager (Rasa), or the actions behind it, did not answer a turn."""


class ProviderUnavailable(UnavailableError):
    """The text-message provider did not take a delivery."""


class InputError(AidlineError):
    """What was sent can't be accepted."""


class NotSignedIn(InputError):
    """The caller has no valid session or token."""


class TooMuch(InputError):
    """A limit was reached. `retry_after` is whole seconds until it makes sense to try again."""

    def __init__(self, message: str, *, retry_after: int, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.retry_after = retry_after


class RecordError(AidlineError):
    """A record is missing or is not in the state that the caller relied on."""


class StaleClaim(RecordError):
    """Another worker has this conversation's turn now and will answer; this one must let go of it."""
