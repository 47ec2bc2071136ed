"""Local staff accounts: who may read transcripts and hand-offs."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from aidline.errors import InputError
from aidline.storage.models import StaffUser

__all__ = ["MIN_PASSWORD", "add_user", "any_user", "verify"]

MIN_PASSWORD = 12
"""Fewest characters of a password."""

# Longer ones would only serve to keep the server busy.
_MAX_PASSWORD = 256
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")

_hasher = PasswordHasher()


def add_user(session: Session, username: str, password: str, now: datetime) -> StaffUser:
    """Add an account; the caller commits.

    User names are 2 to 64 letters, digits and . _ @ -, without regard to capitals.
    Raises InputError if the name or the password won't do or the name is taken.
    """
    name = _tidy_name(username)
    if not _USERNAME.fullmatch(name):
        raise InputError(
            f"{username!r} can't be a user name.",
            remedy="Use 2 to 64 letters, digits or . _ @ - and begin with a letter or digit.",
        )
    _check_password(name, password)
    if session.get(StaffUser, name) is not None:
        raise InputError(f"There already is an account named {name!r}.", remedy="Choose another name.")
    user = StaffUser(username=name, password_hash=_hasher.hash(_tidy(password)), created_at=now, disabled=False)
    session.add(user)
    session.flush()
    return user


def verify(session: Session, username: str, password: str) -> bool:
    """Do this name and password open an account that is not disabled?

    Takes the same effort for names that don't exist. If the password is right and its hash was made with
    older parameters, a new hash is put in the session; it stays if the caller commits.
    """
    if len(password) > _MAX_PASSWORD:
        return False
    user = session.get(StaffUser, _tidy_name(username))
    stored = user.password_hash if user is not None else _nobodys_hash()
    try:
        _hasher.verify(stored, _tidy(password))
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False
    if user is None or user.disabled:
        return False
    if _hasher.check_needs_rehash(stored):
        user.password_hash = _hasher.hash(_tidy(password))
    return True


def any_user(session: Session) -> bool:
    """Is there at least one account that can sign in?"""
    return bool(session.scalar(select(exists().where(StaffUser.disabled.is_(False)))))


def _check_password(name: str, password: str) -> None:
    if len(password) < MIN_PASSWORD:
        raise InputError(
            f"The password has {len(password)} characters.",
            remedy=f"Use {MIN_PASSWORD} or more; a few unrelated words are easy to remember.",
        )
    if len(password) > _MAX_PASSWORD:
        raise InputError("The password is too long.", remedy=f"Use at most {_MAX_PASSWORD} characters.")
    if name in password.casefold():
        raise InputError("The password contains the user name.", remedy="Choose one that does not.")
    if len(set(password)) < 5:
        raise InputError("The password repeats too few characters.", remedy="Use at least five different ones.")


def _tidy_name(username: str) -> str:
    return username.strip().casefold()


def _tidy(password: str) -> str:
    # The same letters typed on another keyboard may arrive as other code points (NIST SP 800-63B, 5.1.1.2).
    return unicodedata.normalize("NFKC", password)


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")
