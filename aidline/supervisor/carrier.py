"""Whether the carrier of text messages is set up whole."""

from __future__ import annotations

import re

from aidline.errors import ConfigError
from aidline.settings import Settings

__all__ = ["check_twilio"]

_SERVICE_SID = re.compile(r"MG[0-9a-f]{32}")
_E164 = re.compile(r"\+[1-9]\d{6,14}")


def check_twilio(settings: Settings) -> str:
    """What carries texts, in words. Raises ConfigError if Twilio is set by halves or in a wrong way."""
    values: dict[str, object] = {
        "AIDLINE_TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "AIDLINE_TWILIO_AUTH_TOKENS": settings.twilio_auth_tokens,
        "AIDLINE_TWILIO_FROM": settings.twilio_from,
    }
    missing = [name for name, value in values.items() if not value]
    if len(missing) == len(values):
        return "phone simulator"
    if missing:
        raise ConfigError(
            f"Twilio is set by halves: {', '.join(missing)} is missing.", remedy="Set all of them or none."
        )
    sender = settings.twilio_from or ""
    if not (_E164.fullmatch(sender) or _SERVICE_SID.fullmatch(sender)):
        raise ConfigError(
            "AIDLINE_TWILIO_FROM is neither a number like +15055550100 nor a Messaging Service SID (MG...).",
            remedy="Copy it from the Twilio console.",
        )
    if not (settings.public_url or "").startswith("https://"):
        raise ConfigError(
            "Twilio's signatures can't be checked without AIDLINE_PUBLIC_URL.",
            remedy="Set it to the https:// address that Twilio calls.",
        )
    return f"texts come from {sender}"
