"""Who is signed in to the staff pages: the session, tokens against forged forms, limits on guessing."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import abort, request, session
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from aidline.errors import TooMuch

__all__ = ["SignInLimit", "check_form", "form_token", "local_target", "sign_in", "sign_out", "signed_in_as"]

_KEY = "staff"
_TOKEN = "staff_form"  # noqa: S105 - the name of a session entry
_IDLE = timedelta(hours=2)
_AT_MOST = timedelta(hours=12)


class SignInLimit:
    """At most five tries a minute for one name from one address, and thirty from one address."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._per_name = parse("5/minute")
        self._per_address = parse("30/minute")

    def count(self, username: str, address: str) -> None:
        """Count one try. Raises TooMuch once the limit is passed."""
        name = username.strip().casefold()[:64]
        # Both are counted, so that a refused try still counts against the address.
        fine = self._limiter.hit(self._per_address, address)
        if not (self._limiter.hit(self._per_name, name, address) and fine):
            raise TooMuch("Too many tries to sign in.", retry_after=60, remedy="Wait a minute, then try again.")

    def forget(self, username: str, address: str) -> None:
        """Someone signed in: earlier slips with that name no longer count."""
        self._limiter.clear(self._per_name, username.strip().casefold()[:64], address)


def sign_in(username: str, now: datetime) -> None:
    """Start a fresh session, so that nothing planted before signing in lives on."""
    session.pop(_TOKEN, None)
    session[_KEY] = {"name": username.strip().casefold(), "since": now.timestamp(), "seen": now.timestamp()}


def sign_out() -> None:
    """End the session."""
    session.pop(_KEY, None)
    session.pop(_TOKEN, None)


def signed_in_as(now: datetime) -> str | None:
    """The user name, if someone signed in within 12 hours and was active within 2."""
    entry = session.get(_KEY)
    if not isinstance(entry, dict):
        return None
    if now.timestamp() - entry["seen"] > _IDLE.total_seconds():
        return None
    if now.timestamp() - entry["since"] > _AT_MOST.total_seconds():
        return None
    session[_KEY] = entry | {"seen": now.timestamp()}
    return str(entry["name"])


def form_token() -> str:
    """The token that each form of this session carries."""
    if _TOKEN not in session:
        session[_TOKEN] = secrets.token_urlsafe(24)
    return str(session[_TOKEN])


def check_form() -> None:
    """Refuse (403) a form that did not come from this session's own pages."""
    sent, expected = request.form.get("csrf_token", ""), session.get(_TOKEN)
    if not expected or not secrets.compare_digest(sent.encode(), str(expected).encode()):
        abort(403)


def local_target(target: str | None, default: str) -> str:
    """Where to go after signing in: `target` if it is a path of the staff pages, else `default`."""
    if not target or not target.startswith("/staff/") or "\\" in target or not target.isprintable():
        return default
    parts = urlsplit(target)
    inside = not parts.scheme and not parts.netloc and ".." not in parts.path.split("/")
    return target if inside else default
