"""Moves what an earlier version kept in Redis to today's names, so that nobody loses a form to an upgrade."""

from __future__ import annotations

from itertools import batched
from typing import Any

import redis
import structlog

from aidline.storage.redis import redis_errors
from channels.gateway import keys

__all__ = ["move_old_names"]

log = structlog.get_logger()

_BEGINNINGS = {"conv:": keys.PREFIX, "phone:": keys.person(""), "tasks:": "{tasks}:"}
_WHOLE = {
    "turns:ready": keys.READY, "turns:claimed": keys.CLAIMED, "turns:wake": keys.WAKE, "turns:fence": keys.FENCE,
    "record": keys.RECORD, "events": keys.EVENTS,
}  # fmt: skip
_AT_A_TIME = 1000


def move_old_names(client: redis.Redis) -> int:
    """Gives keys of an earlier version their new names; each keeps its time to live. Gives how many were moved.

    Call it at the start of a process, before it serves anybody. A second time there is nothing to move, and several
    processes may do it at once. It reads every name there is, a thousand at a time, so that Redis goes on serving
    others. A key whose new name is taken already stays where it is. Raises RedisUnavailable.
    """
    if isinstance(client, redis.RedisCluster):
        return 0  # Earlier versions could not use one.
    # redis-py types every answer as bytes or text; this client gives text (decode_responses).
    plain: Any = client
    moved = left = 0
    with redis_errors():
        for names in batched(plain.scan_iter(count=_AT_A_TIME), _AT_A_TIME):
            steps = plain.pipeline(transaction=False)
            for name in names:
                if new := _new_name(name):
                    steps.renamenx(name, new)
            for outcome in steps.execute(raise_on_error=False):
                if isinstance(outcome, Exception) and "no such key" not in str(outcome):
                    raise outcome
                # Where there is no such key, another process was quicker.
                moved += outcome is True
                left += outcome is False
    if moved or left:
        log.info("keys of an earlier version were given new names", moved=moved, left=left)
    return moved


def _new_name(name: str) -> str | None:
    if name in _WHOLE:
        return _WHOLE[name]
    return next((new + name.removeprefix(old) for old, new in _BEGINNINGS.items() if name.startswith(old)), None)
