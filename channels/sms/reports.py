"""What a provider reports about a text on its way, also when the report is faster than our own record of sending it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from aidline.storage.models import SmsText

__all__ = ["report"]

_STATUSES = {"sent": "sent", "delivered": "delivered", "undelivered": "failed", "failed": "failed"}
"""Twilio's words for what is worth keeping. https://www.twilio.com/docs/messaging/api/message-resource"""
_ORDER = (*SmsText.WAITING, "sent", "failed", "delivered")


def report(
    sessions: sessionmaker[Session], *, text_id: str | None, provider_id: str, status: str, error: str | None
) -> bool:
    """Keeps a report; False if no text is known by either id, so that nothing was kept.

    `text_id` is ours, from the address that the provider was told to report to: it finds a text whose provider's id is
    not on record yet. Reports come in any order: a text that arrived stays delivered.
    """
    with sessions.begin() as session:
        text = session.scalar(select(SmsText).where(SmsText.provider_id == provider_id).with_for_update())
        if text is None and text_id:
            unnamed = select(SmsText).where(SmsText.id == text_id, SmsText.provider_id.is_(None))
            text = session.scalar(unnamed.with_for_update())
        if text is None:
            return False
        text.provider_id = provider_id
        # Whatever it reports, the provider has the text.
        reached = _STATUSES.get(status) or "sent"
        if _ORDER.index(reached) > _ORDER.index(text.status):
            text.status = reached
            text.error = error if reached == "failed" else None
    return True
