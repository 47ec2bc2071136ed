"""Is it alive (/healthz), and can it serve a person right now (/readyz)?"""

from __future__ import annotations

from collections.abc import Callable

import httpx
import redis
import structlog
from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from aidline.settings import Settings
from channels.gateway import keys

__all__ = ["create_health_blueprint"]

log = structlog.get_logger()

_NOBODY = "readyz"


def create_health_blueprint(client: redis.Redis, sessions: sessionmaker[Session], settings: Settings) -> Blueprint:
    """The blueprint with both addresses."""
    health = Blueprint("health", __name__)
    http = httpx.Client(timeout=httpx.Timeout(4.0, connect=1.0))
    actions = f"http://127.0.0.1:{settings.actions_port}"

    def turn() -> bool:
        """One whole turn in each Rasa: it understands, an action runs, the dialogue is stored."""
        try:
            return all(_whole_turn(http, rasa) for rasa in settings.rasa_urls)
        finally:
            # The dialogue of nobody would grow for ever.
            client.delete(*(f"tracker:{{{_NOBODY}}}:{part}" for part in ("head", "turns", "ids")))

    def database() -> bool:
        with sessions() as session:
            return session.execute(text("SELECT 1")).scalar() == 1

    parts: dict[str, Callable[[], bool]] = {
        "redis": lambda: bool(client.ping()),
        "database": database,
        "actions": lambda: http.get(f"{actions}/health").raise_for_status().is_success,
        "rasa": lambda: all(http.get(f"{rasa}/").raise_for_status().is_success for rasa in settings.rasa_urls),
        "turn": turn,
        "worker": lambda: client.exists(keys.WORKER_ALIVE) == 1,
        "records": lambda: client.exists(keys.RECORDS_ALIVE) == 1,
    }

    @health.get("/healthz")
    def alive() -> Response:
        return jsonify({"status": "ok"})

    @health.get("/readyz")
    def ready() -> tuple[Response, int]:
        found = {name: _works(name, check) for name, check in parts.items()}
        good = all(found.values())
        status = {"status": "ready" if good else "not ready"}
        body = {**status, "parts": {name: "ok" if works else "failing" for name, works in found.items()}}
        return jsonify(body), 200 if good else 503

    return health


def _whole_turn(http: httpx.Client, rasa: str) -> bool:
    body = {"sender": _NOBODY, "message": "hello", "metadata": {"language": "en"}}
    return bool(http.post(f"{rasa}/webhooks/aidline/turn", json=body).raise_for_status().json()["replies"])


def _works(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception as error:
        log.warning("a part does not answer", part=name, cause=type(error).__name__)
        return False
