"""Logs that read as sentences and carry ids in fields; what people write never enters them.

`configure` is called once by each process. Afterwards `structlog.get_logger()` and the standard library's
`logging` both write to stderr in one format. Fields that could hold a person's words are blanked here as a
last safeguard; code should not log them in the first place.
"""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from aidline.errors import ConfigError
from aidline.settings import Settings

__all__ = ["PRIVATE_FIELDS", "configure", "hide_private_fields"]

PRIVATE_FIELDS = frozenset(
    {
        "answer",
        "authorization",
        "body",
        "contact_email",
        "contact_name",
        "contact_phone",
        "cookie",
        "email",
        "from",
        "message",
        "messages",
        "name_given",
        "password",
        "phone",
        "question",
        "reason",
        "secret",
        "text",
        "to",
        "token",
    }
)
"""Names of fields whose values are never written to a log."""

_HIDDEN = "[not logged]"

# These write addresses, bodies or credentials at their ordinary levels.
_TALKATIVE = (
    "httpx",
    "httpcore",
    "urllib3",
    "twilio",
    "sqlalchemy.engine",
    "asyncio",
    "sanic.access",
    "alembic",
)


def hide_private_fields(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace the value of every field named in PRIVATE_FIELDS."""
    for name in PRIVATE_FIELDS & event.keys():
        event[name] = _HIDDEN
    return event


def configure(settings: Settings, process: str) -> None:
    """Set logging up for this process; `process` names it in every line (web, worker, actions, up ...).

    Raises ConfigError if `log_level` is not the name of a level.
    """
    level = logging.getLevelNamesMapping().get(settings.log_level.upper())
    if level is None:
        raise ConfigError(
            f"AIDLINE_LOG_LEVEL is {settings.log_level!r}, which is not a level.",
            remedy="Use DEBUG, INFO, WARNING or ERROR.",
        )

    def name_process(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event.setdefault("process", process)
        return event

    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        name_process,
        hide_private_fields,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    ending: list[Processor]
    if settings.log_json:
        ending = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        colors = sys.stderr.isatty()
        plain = structlog.dev.plain_traceback
        ending = [structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=plain)]

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
