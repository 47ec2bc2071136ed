"""How staff read times, phone numbers and recorded values."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers

from aidline.errors import RecordError
from aidline.storage.models import Handoff
from aidline.storage.secrets import Vault

__all__ = ["FILTERS", "case_of", "moment", "phone_of", "plain_value", "pretty_phone", "web_address"]

_EASTERN = ZoneInfo("America/New_York")
_LABELS = {
    "web": "Web",
    "sms": "Text message",
    "en": "English",
    "es": "Spanish",
    "today": "Today",
    "this_week": "This week",
    "whenever": "Whenever",
    "phone": "Call",
    "text": "Text",
    "email": "Email",
    "open": "Open",
    "done": "Done",
    "deleted": "Deleted by the person",
    "handoff": "Hand-off",
    "appeal": "Case for a review",
}


def moment(at: datetime) -> str:
    """A time as staff read it, in US Eastern time: "Nov 21, 2026, 5:05 PM EST"."""
    local = at.astimezone(_EASTERN)
    return f"{local:%b} {local.day}, {local.year}, {local.hour % 12 or 12}:{local:%M %p %Z}"


def label(code: str) -> str:
    """A recorded code in words; a code without words as it stands."""
    return _LABELS.get(code, code)


def pretty_phone(e164: str) -> str:
    """A number in E.164 as people write it, "+1 505-555-0100"; anything else as it stands."""
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def phone_of(handoff: Handoff, vault: Vault) -> tuple[str, str]:
    """The number to call (E.164, or "") and, if it can't be read, why and what to do."""
    if not handoff.contact_phone:
        return "", ""
    try:
        return vault.decrypt_phone(handoff.contact_phone), ""
    except RecordError as error:
        return "", str(error)


def case_of(handoff: Handoff, vault: Vault) -> list[dict[str, str]]:
    """The lines of a case (label, value, note), empty where there is none or its key is gone."""
    if not handoff.case_file:
        return []
    try:
        rows: list[dict[str, str]] = json.loads(vault.decrypt_phone(handoff.case_file))
    except RecordError:
        return []
    return rows


def plain_value(value: Any) -> str:
    """A recorded value on one line: lists with commas, nothing as a dash."""
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(plain_value(part) for part in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {plain_value(part)}" for name, part in value.items())
    return str(value)


def web_address(address: Any) -> str:
    """The address if a browser should open it, else ""."""
    text = str(address)
    return text if text.lower().startswith(("https://", "http://")) else ""


FILTERS: dict[str, Callable[..., str]] = {
    "label": label,
    "moment": moment,
    "plain_value": plain_value,
    "pretty_phone": pretty_phone,
    "web_address": web_address,
}
"""What the templates use."""
