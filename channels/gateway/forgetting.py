"""Deletes what a person said, at their wish: texts, requests, what waits in the outbox, what was set aside.

What stays is that a conversation took place, when, and which questions were asked. Records that were written before and
are read later, by another consumer or out of the dead letters, are found out by their number and kept without content.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from aidline.storage.models import Conversation, DeadLetter, Handoff, Message, Reminder, SmsText
from channels.gateway.entries import ForgetRecord, HandoffRecord, MessageRecord

__all__ = ["EMPTIED", "Forgotten", "forget", "forgotten_in"]

EMPTIED: dict[str, Any] = {
    "reason": "", "contact_name": "", "contact_method": "", "contact_phone": None, "contact_email": None,
    "best_time": None, "case_file": None, "status": "deleted",
}  # fmt: skip
"""What a request becomes when its content is deleted."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Up to which message, and when, a conversation was deleted."""

    seq: int
    at: datetime

    def holds(self, record: MessageRecord | HandoffRecord) -> bool:
        """Whether the record belongs to what was deleted. The time tells numbers apart that Redis gave twice."""
        return record.seq <= self.seq and record.at <= self.at


def forgotten_in(session: Session, conversations: Iterable[str]) -> dict[str, Forgotten]:
    """Those of `conversations` of which something was deleted."""
    rows = session.execute(
        select(Conversation.id, Conversation.forgotten_seq, Conversation.forgotten_at).where(
            Conversation.id.in_(set(conversations)), Conversation.forgotten_at.is_not(None)
        )
    )
    return {name: Forgotten(seq or 0, at) for name, seq, at in rows if at is not None}


def forget(session: Session, record: ForgetRecord) -> None:
    """Deletes the content of what is on record. Doing it again changes nothing; the caller commits."""
    own = record.conversation
    kept = session.get(Conversation, own)
    if kept is None:
        return
    if kept.forgotten_at is None or kept.forgotten_at < record.at:
        kept.forgotten_seq, kept.forgotten_at = record.seq, record.at
        session.flush()
    # Messages whose number was taken stand further on than it says; the time finds them.
    said = update(Message).where(
        Message.conversation_id == own, or_(Message.seq <= record.seq, Message.at < record.at), Message.at <= record.at
    )
    session.execute(said.values(text="", extra={}))
    asked = update(Handoff).where(
        Handoff.conversation_id == own, func.coalesce(Handoff.updated_at, Handoff.created_at) <= record.at
    )
    session.execute(asked.values(**EMPTIED))
    texts = update(SmsText).where(SmsText.conversation_id == own, SmsText.created_at <= record.at)
    before = select(Message.id).where(Message.conversation_id == own, Message.text == "")
    gone = texts.where(SmsText.id.in_(before)).execution_options(synchronize_session=False)
    session.execute(gone.where(SmsText.status.in_(SmsText.WAITING)).values(status="failed", error="deleted"))
    session.execute(gone.values(body="", asks=None))
    session.execute(delete(Reminder).where(Reminder.conversation_id == own, Reminder.consented_at <= record.at))
    session.execute(delete(DeadLetter).where(DeadLetter.conversation_id == own, DeadLetter.stream == "record"))
