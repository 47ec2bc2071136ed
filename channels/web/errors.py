"""One place where errors become HTTP answers: plain problem JSON, with when to come back where that is known."""

from __future__ import annotations

import structlog
from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from aidline.errors import AidlineError, Busy, InputError, NotSignedIn, RecordError, TooMuch, UnavailableError
from aidline.language import from_header
from channels.gateway.words import words

__all__ = ["register_errors"]

log = structlog.get_logger()

_STATUS: tuple[tuple[type[AidlineError], int, str], ...] = (
    (NotSignedIn, 401, "No open conversation"),
    (TooMuch, 429, "Too much at once"),
    (InputError, 400, "This can't be read"),
    (RecordError, 404, "Not here"),
    (UnavailableError, 503, "Not available just now"),
)


def register_errors(app: Flask) -> None:
    """Maps the error tree, and whatever else goes wrong, to answers."""

    @app.errorhandler(AidlineError)
    def known(error: AidlineError) -> tuple[Response, int]:
        status, title = next(
            ((code, name) for kind, code, name in _STATUS if isinstance(error, kind)),
            (500, "Something failed"),
        )
        detail = str(error)
        if isinstance(error, Busy):
            log.warning("a message was turned away: too many people wait", path=request.path)
        elif status >= 500:
            log.error("a request could not be served", path=request.path, cause=type(error).__name__)
            detail = words("apology", from_header(request.headers.get("Accept-Language")))
        return _problem(title, detail, status, error.retry_after if isinstance(error, TooMuch | Busy) else None)

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> tuple[Response, int]:
        return _problem(error.name, error.description or error.name, error.code or 500, None)

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> tuple[Response, int]:
        log.exception("a request failed", path=request.path)
        detail = words("apology", from_header(request.headers.get("Accept-Language")))
        return _problem("Something failed", detail, 500, None)


def _problem(title: str, detail: str, status: int, retry_after: int | None) -> tuple[Response, int]:
    if status == 503 and retry_after is None:
        retry_after = 5
    body = {"title": title, "detail": detail}
    answer = jsonify({**body, "retry_after": retry_after} if retry_after else body)
    if retry_after:
        answer.headers["Retry-After"] = str(retry_after)
    return answer, status
