"""Writes records to SQL: transcripts, requests for a person, wishes to be reminded, texts
to send, events. Each one once, however often read.

Every transaction begins by writing the rows of its conversations, in one order. That makes consumers which carry the
same conversation wait for each other, on SQLite and on PostgreSQL, so that what they read afterwards stays true.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict

import structlog
from sqlalchemy import bindparam, case, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, sessionmaker

from aidline.errors import RecordError
from aidline.storage.models import Conversation, Handoff, Message, Reminder, SmsText, TurnEvent
from aidline.storage.secrets import Vault
from channels.gateway.entries import (
    EventRecord,
    ForgetRecord,
    HandoffRecord,
    MessageRecord,
    Record,
    ReminderRecord,
)
from channels.gateway.forgetting import EMPTIED, Forgotten, forget, forgotten_in

__all__ = ["About", "Ledger"]

log = structlog.get_logger()


class About(TypedDict, total=False):
    """What the gateway knows of a conversation. Empty when it does not know it."""

    channel: str
    language: str
    phone: str
    """Encrypted."""


class Ledger:
    """The books that records are written in. `about` tells what the gateway knows of a conversation."""

    def __init__(self, sessions: sessionmaker[Session], vault: Vault, about: Callable[[str], About]) -> None:
        self._sessions, self._vault, self._about = sessions, vault, about

    def keep(self, records: Sequence[Record]) -> list[str]:
        """Writes all of them or none. Gives the keys of the texts to hand on for delivery.

        Raises RecordError for a record that contradicts what is on record, and SQLAlchemy's errors.
        """
        messages = [record for record in records if isinstance(record, MessageRecord)]
        others = [record for record in records if not isinstance(record, MessageRecord)]
        spoken = {message.conversation for message in messages}
        known = {
            name: self._about(name)
            for name in sorted({record.conversation for record in others} - spoken | _texted(messages))
        }
        rows = [_row(m.conversation, m.channel, m.language, m.at) for m in messages]
        rows += [
            _row(record.conversation, about["channel"], about.get("language", "en"), record.at)
            for record in others
            if (about := known.get(record.conversation)) and "channel" in about
        ]
        with self._sessions.begin() as session:
            if rows:
                _conversations(session, rows)
            gone = forgotten_in(session, spoken | {record.conversation for record in others})
            to_send = self._messages(session, messages, known, gone)
            for record in others:
                if isinstance(record, HandoffRecord):
                    self._handoff(session, record, gone.get(record.conversation))
                elif isinstance(record, ReminderRecord):
                    self._reminder(session, record, gone.get(record.conversation))
                elif isinstance(record, ForgetRecord):
                    forget(session, record)
            _events(session, [record for record in others if isinstance(record, EventRecord)])
        return to_send

    def _messages(
        self,
        session: Session,
        messages: Sequence[MessageRecord],
        known: dict[str, About],
        gone: Mapping[str, Forgotten],
    ) -> list[str]:
        by_key = {message.key: message for message in messages}
        if not by_key:
            return []
        kept = set(session.scalars(select(Message.id).where(Message.id.in_(by_key))))
        new = [message for key, message in by_key.items() if key not in kept]
        to_send = []
        if new:
            deleted = {m.key for m in new if (past := gone.get(m.conversation)) is not None and past.holds(m)}
            rows = _numbered(session, new)
            emptied = [{**row, "text": "", "extra": {}} if row["id"] in deleted else row for row in rows]
            session.execute(insert(Message), emptied)
            counts = [{"of": name, "n": n} for name, n in Counter(message.conversation for message in new).items()]
            session.connection().execute(
                update(Conversation.__table__)  # type: ignore[arg-type]
                .where(Conversation.__table__.c.id == bindparam("of"))
                .values(message_count=Conversation.__table__.c.message_count + bindparam("n")),
                counts,
            )
            sending = [message for message in new if message.key not in deleted]
            if texts := [text for message in sending if (text := self._text(message, known)) is not None]:
                session.execute(insert(SmsText), texts)
                to_send = [str(text["id"]) for text in texts]
        # Kept before, but that process may have died before it handed the texts on. Delivering looks at the status.
        waiting = select(SmsText.id).where(SmsText.id.in_(kept), SmsText.status == "queued")
        return [*(session.scalars(waiting) if kept else ()), *to_send]

    def _text(self, message: MessageRecord, known: dict[str, About]) -> dict[str, Any] | None:
        if message.channel != "sms" or message.sender != "aidline":
            return None
        phone = known[message.conversation].get("phone")
        if not phone:
            log.error("a text has no phone number to go to", conversation=message.conversation)
            return None
        return {
            "id": message.key,
            "conversation_id": message.conversation,
            "phone": phone,
            "phone_hash": self._vault.hash_phone(self._vault.decrypt_phone(phone)),
            "body": message.text if message.sent is None else message.sent,
            "asks": message.asks,
            "created_at": message.at,
            "status": "queued",
        }

    def _handoff(self, session: Session, record: HandoffRecord, gone: Forgotten | None) -> None:
        if session.get(Conversation, record.conversation) is None:
            raise RecordError("A request for a person belongs to no conversation.")
        kept = session.get(Handoff, record.reference)
        if kept is not None and kept.conversation_id != record.conversation:
            raise RecordError("The reference of a request for a person belongs to another request.")
        values = self._request(record)
        if gone is not None and gone.holds(record):
            values |= EMPTIED
        if kept is None:
            session.add(
                Handoff(reference=record.reference, conversation_id=record.conversation, created_at=record.at, **values)
            )
        elif record.at > (kept.updated_at or kept.created_at):
            # A correction. Who did the request already may not know of it, so it is open again.
            for name, value in {**values, "updated_at": record.at, "done_by": None, "done_at": None}.items():
                setattr(kept, name, value)
        session.flush()

    def _request(self, record: HandoffRecord) -> dict[str, Any]:
        """The columns that a request fills."""
        phone, case = record.contact_phone, record.case
        return {
            "kind": record.kind,
            "case_file": self._vault.encrypt_phone(json.dumps(case)) if case else None,
            "reason": record.handoff_reason or "",
            "contact_name": record.contact_name or "",
            "contact_method": record.contact_method or "",
            "contact_phone": self._vault.encrypt_phone(phone) if phone else None,
            "contact_email": record.contact_email,
            "contact_language": record.contact_language,
            "urgency": record.urgency,
            "best_time": record.best_time or None,
            "status": "open",
        }

    def _reminder(self, session: Session, record: ReminderRecord, gone: Forgotten | None) -> None:
        """The latest wish of a conversation for an award year counts, in whatever order the records are read."""
        if session.get(Conversation, record.conversation) is None:
            raise RecordError("A wish to be reminded belongs to no conversation.")
        if gone is not None and record.at <= gone.at:
            return
        kept = session.get(Reminder, record.key)
        if kept is not None and kept.consented_at >= record.at:
            return
        session.merge(
            Reminder(
                id=record.key,
                conversation_id=record.conversation,
                consented_at=record.at,
                phone=self._vault.encrypt_phone(record.phone),
                phone_hash=self._vault.hash_phone(record.phone),
                language=record.language,
                award_year=record.award_year,
                state=record.state,
                federal_deadline=record.federal_deadline,
                state_date=record.state_date,
                most_texts=record.most_texts,
            )
        )
        session.flush()


def _texted(messages: Iterable[MessageRecord]) -> set[str]:
    return {m.conversation for m in messages if m.channel == "sms" and m.sender == "aidline"}


def _row(conversation: str, channel: str, language: str, at: datetime) -> dict[str, Any]:
    return {"id": conversation, "channel": channel, "language": language, "started_at": at, "last_at": at}


def _conversations(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Adds conversations that are not on record, and brings the others up to the newest thing said."""
    newest: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (row["id"], row["last_at"])):
        first = newest.get(row["id"], row)["started_at"]
        newest[row["id"]] = {**row, "started_at": min(first, row["started_at"]), "message_count": 0}
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    adding = dialect.insert(Conversation).values(list(newest.values()))
    given = adding.excluded
    newer, older = given.last_at >= Conversation.last_at, given.started_at < Conversation.started_at
    session.execute(
        adding.on_conflict_do_update(
            index_elements=["id"],
            set_={
                "last_at": case((newer, given.last_at), else_=Conversation.last_at),
                "language": case((newer, given.language), else_=Conversation.language),
                "started_at": case((older, given.started_at), else_=Conversation.started_at),
            },
        )
    )


def _numbered(session: Session, messages: Sequence[MessageRecord]) -> list[dict[str, Any]]:
    """The rows of new messages. One whose number is taken, as after Redis lost its last second, goes to the end."""
    names = {message.conversation for message in messages}
    numbers = {message.seq for message in messages}
    taken = {
        (name, seq)
        for name, seq in session.execute(
            select(Message.conversation_id, Message.seq).where(
                Message.conversation_id.in_(names), Message.seq.in_(numbers)
            )
        )
    }
    last: dict[str, int] = {}
    rows = []
    for message in messages:
        own, seq = message.conversation, message.seq
        if (own, seq) in taken and own not in last:
            log.warning("messages bear numbers of earlier ones; they go to the end", conversation=own)
            highest = session.scalar(select(func.max(Message.seq)).where(Message.conversation_id == own)) or 0
            last[own] = max(highest, *(number for name, number in taken if name == own))
        if own in last:
            # Also those after it, whose numbers may be free, so that the order stays.
            seq = last[own] = last[own] + 1
        taken.add((own, seq))
        rows.append(
            {
                "id": message.key,
                "conversation_id": own,
                "seq": seq,
                "sender": message.sender,
                "at": message.at,
                "language": message.language,
                "text": message.text,
                "extra": message.extra,
            }
        )
    return rows


def _events(session: Session, events: Sequence[EventRecord]) -> None:
    """What the bot did for nobody's conversation, such as a health check, is left out."""
    by_key = {event.key: event for event in events}
    if not by_key:
        return
    kept = set(session.scalars(select(TurnEvent.id).where(TurnEvent.id.in_(by_key))))
    names = {event.conversation for event in events}
    there = set(session.scalars(select(Conversation.id).where(Conversation.id.in_(names))))
    rows = [
        {
            "id": key,
            "conversation_id": event.conversation,
            "message_id": event.message,
            "at": event.at,
            "intent": event.intent,
            "confidence": event.confidence,
            "actions": event.actions,
            "slots": event.slots,
        }
        for key, event in by_key.items()
        if key not in kept and event.conversation in there
    ]
    if rows:
        session.execute(insert(TurnEvent), rows)
