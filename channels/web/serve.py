"""`python -m channels.web.serve`: the web server: gunicorn with threads, of which each open chat page holds one."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from aidline.errors import AidlineError, RedisUnavailable
from aidline.settings import Settings, load_settings
from aidline.storage.redis import connect
from aidline.telemetry import configure
from channels.gateway.old_names import move_old_names
from channels.web.app import create_app

__all__ = ["main"]


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"{self._settings.host}:{self._settings.web_port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": self._settings.web_threads,
            "graceful_timeout": 5,
            "timeout": 60,
            "keepalive": 30,
            "proc_name": "aidline-web",
            "control_socket_disable": True,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        configure(self._settings, "web")
        with suppress(RedisUnavailable):
            move_old_names(connect(self._settings.redis))
        return create_app(self._settings)


def main() -> None:
    """Serves until it is told to stop."""
    settings = load_settings()
    configure(settings, "web")
    try:
        _Server(settings).run()
    except AidlineError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
