"""The cookie that opens a conversation in a browser."""

from __future__ import annotations

from flask import current_app, request
from itsdangerous import URLSafeSerializer
from werkzeug.wrappers import Response

__all__ = ["COOKIE", "keep", "signer_for"]

COOKIE = "aidline"


def signer_for(secret_key: str) -> URLSafeSerializer:
    """What signs, and checks, the conversation's id with its token."""
    return URLSafeSerializer(secret_key, salt="conversation")


def keep[R: Response](answer: R, signed: str) -> R:
    """`answer` with the cookie, for as long as a session lasts."""
    answer.set_cookie(
        COOKIE, signed, httponly=True, samesite="Lax", secure=request.is_secure,
        max_age=current_app.config["SESSION_SECONDS"],
    )  # fmt: skip
    return answer
