"""`python -m channels.records`: keeps transcripts, and sends texts.

A process of its own, so that neither a slow database nor a slow provider can hold up a turn. Any number can run; each
record goes to one of them.
"""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
import time
from typing import Any

import dramatiq
import structlog

from aidline.errors import AidlineError, RedisUnavailable, UnavailableError
from aidline.settings import Settings, load_settings
from aidline.storage.redis import connect, redis_errors
from aidline.storage.secrets import Vault, load_or_make
from aidline.storage.sql import make_engine, session_factory
from aidline.telemetry import configure
from channels.gateway import keys
from channels.gateway.old_names import move_old_names
from channels.gateway.record import Recorder
from channels.sms.delivery import Deliveries, broker
from channels.sms.providers import provider_for

__all__ = ["keep", "main"]

log = structlog.get_logger()

_ALIVE_SECONDS = 10
_PAUSE_AFTER_TROUBLE = 1.0
_WAIT_MS = 2000
_TAKE_OVER_EVERY = 15


def keep(recorder: Recorder, client: Any, stopping: threading.Event) -> None:
    """Keeps records until `stopping` is set. Trouble with Redis or the database is waited out."""
    prepared, rounds = False, 0
    while not stopping.is_set():
        try:
            if not prepared:
                recorder.prepare()
                prepared = True
            with redis_errors():
                client.set(keys.RECORDS_ALIVE, "1", ex=_ALIVE_SECONDS)
            recorder.step(wait_ms=_WAIT_MS)
            if rounds % _TAKE_OVER_EVERY == 0:
                recorder.take_over()
            rounds += 1
        except UnavailableError as error:
            prepared = prepared and not isinstance(error, RedisUnavailable)
            log.warning("records wait", cause=type(error).__name__)
            time.sleep(_PAUSE_AFTER_TROUBLE)
        except Exception:
            log.exception("records could not be kept; they stay in the stream")
            time.sleep(_PAUSE_AFTER_TROUBLE)


def _run(settings: Settings) -> None:
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    vault = Vault(load_or_make(settings).phone_key)
    sessions = session_factory(make_engine(settings.database))
    client = connect(settings.redis)
    with contextlib.suppress(RedisUnavailable):
        move_old_names(client)
    tasks = broker(settings.redis)
    deliveries = Deliveries(tasks, sessions, vault, provider_for(settings))
    recorder = Recorder(client, sessions, vault, deliveries.enqueue, name=_name(settings))
    sender = dramatiq.Worker(tasks, worker_threads=2, worker_timeout=500)
    sender.start()
    log.info("records are kept from here on")
    keep(recorder, client, stopping)
    sender.stop(5000)


def _name(settings: Settings) -> str:
    """Who reads the streams here. The same after a restart, so that what was read and not finished is gone on with."""
    return f"{socket.gethostname()}:{settings.data_dir.resolve()}"


def main() -> None:
    """Runs until it is told to stop."""
    settings = load_settings()
    configure(settings, "records")
    try:
        _run(settings)
    except AidlineError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
