"""`python -m benchmarks.sessions_actions`: Aidline's action server, counting what Rasa sends it.

GET /counted -> {"requests", "bytes"}: how many turns Rasa handed over so far, and the bytes of their bodies
"""

from __future__ import annotations

from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.server import serve

__all__ = ["counting"]


def counting(app: Sanic) -> None:
    """Makes the server count."""
    counted = {"requests": 0, "bytes": 0}

    async def count(request: Request) -> None:
        if request.path == "/webhook":
            counted["requests"] += 1
            counted["bytes"] += int(request.headers.get("content-length", "0"))

    async def tell(_request: Request) -> HTTPResponse:
        return response.json(counted)

    app.register_middleware(count, "request")
    app.add_route(tell, "/counted", methods=["GET"])


if __name__ == "__main__":
    serve(counting)
