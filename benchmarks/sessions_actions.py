"""`python -m benchmarks.sessions_actions`: Aidline's action server, counting what Rasa sends it.

GET /counted -> {"requests", "bytes"}: how many turns Rasa handed over so far, and the bytes of their bodies
"""

from __future__ import annotations

import logging
import warnings

from rasa_sdk.endpoint import create_app
from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.server import executor
from aidline.settings import load_settings
from aidline.telemetry import configure

__all__ = ["main"]


def main() -> None:
    """Serves the same actions in the same way as `python -m actions.server`, until it is told to stop."""
    settings = load_settings()
    configure(settings, "actions")
    warnings.filterwarnings("ignore", message="Your versions of rasa and rasa_sdk")
    logging.getLogger("rasa_sdk").setLevel(logging.WARNING)
    logging.getLogger("sanic.access").setLevel(logging.WARNING)
    app = create_app(executor(), cors_origins=[])
    counted = {"requests": 0, "bytes": 0}

    async def count(request: Request) -> None:
        if request.path == "/webhook":
            counted["requests"] += 1
            counted["bytes"] += int(request.headers.get("content-length", "0"))

    async def tell(_request: Request) -> HTTPResponse:
        return response.json(counted)

    app.register_middleware(count, "request")
    app.add_route(tell, "/counted", methods=["GET"])
    app.config.KEEP_ALIVE_TIMEOUT = 600
    app.run(host="127.0.0.1", port=settings.actions_port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
