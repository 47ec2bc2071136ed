"""Secrets that Aidline makes for itself, and the phone numbers it keeps under them."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from aidline.errors import ConfigError, RecordError
from aidline.settings import Settings

__all__ = ["Secrets", "Vault", "load_or_make"]

_FILE = "secrets.json"


@dataclass(frozen=True, slots=True)
class Secrets:
    """`secret_key` signs cookies and tokens; `phone_key` is one or more Fernet keys, separated by commas."""

    secret_key: str = field(repr=False)
    phone_key: str = field(repr=False)


def load_or_make(settings: Settings) -> Secrets:
    """The secrets in force: those of the settings, else those in `secrets.json` of the data folder.

    The file is made at the first call, readable by this user only; processes that start together agree on
    one. Raises ConfigError if the file can't be read or written.
    """
    given_secret = settings.secret_key.get_secret_value() if settings.secret_key else None
    given_phone = settings.phone_key.get_secret_value() if settings.phone_key else None
    if given_secret and given_phone:
        return Secrets(given_secret, given_phone)
    kept = _kept(settings.data_dir / _FILE)
    return Secrets(given_secret or kept.secret_key, given_phone or kept.phone_key)


def _kept(path: Path) -> Secrets:
    try:
        if not path.exists():
            _make(path)
        record = json.loads(path.read_text(encoding="utf-8"))
        return Secrets(secret_key=str(record["secret_key"]), phone_key=str(record["phone_key"]))
    except OSError as error:
        raise ConfigError(
            f"{path} can't be read or written: {error.strerror}.",
            remedy="Give this user access to the data folder, or set AIDLINE_DATA_DIR to another one.",
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"{path} is damaged.",
            remedy="Restore it from a backup; without it, phone numbers on record can't be read again.",
        ) from error


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    record = {"secret_key": secrets.token_urlsafe(48), "phone_key": Fernet.generate_key().decode("ascii")}
    # mkstemp makes the file readable by this user only.
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".secrets-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(record, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        # A link appears whole or not at all, and never replaces what another process made first.
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(temporary)


class Vault:
    """Keeps phone numbers unreadable in the database and still findable.

    `phone_key` holds Fernet keys separated by commas. To rotate, put a new key first: new records use it,
    old ones stay readable. Keep the oldest key last, because finding a person again depends on it.
    """

    def __init__(self, phone_key: str) -> None:
        keys = [key.strip() for key in phone_key.split(",") if key.strip()]
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
            oldest = keys[-1].encode("ascii")
        except (ValueError, IndexError) as error:
            raise ConfigError(
                "AIDLINE_PHONE_KEY is not a Fernet key (32 bytes, URL-safe base64).",
                remedy="Make one with `openssl rand -base64 32 | tr +/ -_`, or leave it unset.",
            ) from error
        self._hash_key = hmac.new(oldest, b"aidline phone hash 1", hashlib.sha256).digest()

    def encrypt_phone(self, e164: str) -> str:
        """The number, encrypted; twice the same number gives two different texts."""
        return self._fernet.encrypt(e164.encode("utf-8")).decode("ascii")

    def decrypt_phone(self, encrypted: str) -> str:
        """The number again.

        Raises RecordError if it was encrypted under a key that is gone, or was altered.
        """
        try:
            return self._fernet.decrypt(encrypted.encode("utf-8")).decode("utf-8")
        except InvalidToken as error:
            raise RecordError(
                "A phone number on record can't be read with the present AIDLINE_PHONE_KEY.",
                remedy="Add the key it was stored under at the end of AIDLINE_PHONE_KEY.",
            ) from error

    def hash_phone(self, e164: str) -> str:
        """64 hexadecimal digits, the same for the same number, useless without the key (HMAC-SHA256)."""
        return hmac.new(self._hash_key, e164.encode("utf-8"), hashlib.sha256).hexdigest()
