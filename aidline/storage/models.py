"""What is on record: conversations, messages, events, hand-offs to a person, reminders wished for, texts, staff
accounts, dead letters.

The same models serve SQLite and PostgreSQL. Times are UTC and carry their zone. Phone numbers are encrypted
(`aidline.storage.secrets`); `phone_hash` finds a person again without reading the number.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Float, ForeignKey, Index, MetaData, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

__all__ = [
    "Base", "Conversation", "DeadLetter", "Handoff", "Message", "Reminder", "SmsText", "StaffUser", "TurnEvent",
    "UtcDateTime",
]  # fmt: skip


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC times, also where the database (SQLite) forgets zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("A time without a zone can't be stored; use datetime.now(UTC).")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Names every constraint, so that migrations can find it in any database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON}


class Conversation(Base):
    """One person on one channel."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(8))  # web | sms
    language: Mapped[str] = mapped_column(String(2))  # en | es
    started_at: Mapped[datetime]
    last_at: Mapped[datetime] = mapped_column(index=True)
    message_count: Mapped[int] = mapped_column(default=0)
    # The person had everything deleted up to this message, then: also what a late record brings.
    forgotten_seq: Mapped[int | None]
    forgotten_at: Mapped[datetime | None]
    messages: Mapped[list[Message]] = relationship(back_populates="conversation", order_by="Message.seq")
    handoffs: Mapped[list[Handoff]] = relationship(back_populates="conversation", order_by="Handoff.created_at")


class Message(Base):
    """One message of a transcript, redacted before it got here. `id` is the event's id, so a repeat changes nothing."""

    __tablename__ = "messages"
    __table_args__ = (Index(None, "conversation_id", "seq", unique=True),)

    id: Mapped[str] = mapped_column(String(96), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    seq: Mapped[int]
    sender: Mapped[str] = mapped_column(String(8))  # person | aidline
    at: Mapped[datetime]
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(Text)
    extra: Mapped[dict[str, Any]] = mapped_column(default=dict)  # asks, result, sources, rows: as in the web API
    conversation: Mapped[Conversation] = relationship(back_populates="messages")


class Handoff(Base):
    """Someone asked for a person, or made a case for a review of aid (`kind`).

    Staff move `status` from open to done. A correction changes the row and opens it again; who has their data deleted
    leaves the row without its content, as deleted.
    """

    __tablename__ = "handoffs"

    reference: Mapped[str] = mapped_column(String(16), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime | None]  # when it was corrected last
    kind: Mapped[str] = mapped_column(String(8), default="handoff", server_default="handoff")  # handoff | appeal
    case_file: Mapped[str | None] = mapped_column(Text)  # encrypted: a JSON list of {label, value, note}
    reason: Mapped[str] = mapped_column(Text)
    contact_name: Mapped[str] = mapped_column(String(200))
    contact_method: Mapped[str] = mapped_column(String(8))  # phone | text | email
    contact_phone: Mapped[str | None] = mapped_column(Text)  # encrypted
    contact_email: Mapped[str | None] = mapped_column(String(254))
    contact_language: Mapped[str] = mapped_column(String(2))
    urgency: Mapped[str] = mapped_column(String(12))  # today | this_week | whenever
    best_time: Mapped[str | None] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(8), default="open")  # open | done | deleted
    done_by: Mapped[str | None] = mapped_column(String(64))
    done_at: Mapped[datetime | None]
    conversation: Mapped[Conversation] = relationship(back_populates="handoffs")


class Reminder(Base):
    """Someone agreed to be reminded of a deadline by text: to which number, for which dates, and how many texts.

    Nothing is sent from here; whoever sends must keep to `most_texts` and leave out numbers that texted STOP.
    """

    __tablename__ = "reminders"

    id: Mapped[str] = mapped_column(String(48), primary_key=True)  # "<conversation>:<award year>"
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    consented_at: Mapped[datetime]  # the words agreed to stand in the transcript at that time
    phone: Mapped[str] = mapped_column(Text)  # encrypted
    phone_hash: Mapped[str] = mapped_column(String(64), index=True)
    language: Mapped[str] = mapped_column(String(2))
    award_year: Mapped[str] = mapped_column(String(7))
    state: Mapped[str | None] = mapped_column(String(2))
    federal_deadline: Mapped[date]
    state_date: Mapped[date | None]
    most_texts: Mapped[int]


class TurnEvent(Base):
    """What the dialogue manager made of one message: never a text, never a value, only names."""

    __tablename__ = "turn_events"

    id: Mapped[str] = mapped_column(String(96), primary_key=True)  # "<conversation>:<message>"
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)
    intent: Mapped[str | None] = mapped_column(String(64))
    confidence: Mapped[float | None] = mapped_column(Float)  # 0 to 1
    actions: Mapped[list[str]]
    slots: Mapped[list[str]]  # names of the slots that were set


class SmsText(Base):
    """The SMS outbox: one text to one phone, with what it asks, and what became of it.

    `status`: queued -> sending (the provider is being called since `attempt_at`) -> sent -> delivered or failed. From
    sending it may go to unsure: the provider gave no clear answer, and is asked before the text is sent again.
    """

    __tablename__ = "sms_texts"
    WAITING: ClassVar[tuple[str, ...]] = ("queued", "sending", "unsure")

    id: Mapped[str] = mapped_column(String(96), primary_key=True)  # the id of the message it carries
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    phone: Mapped[str] = mapped_column(Text)  # encrypted
    phone_hash: Mapped[str] = mapped_column(String(64), index=True)
    body: Mapped[str] = mapped_column(Text)
    asks: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(16), default="queued")
    attempt_at: Mapped[datetime | None]
    # Unique: two texts of ours with the same words are two texts of the provider's.
    provider_id: Mapped[str | None] = mapped_column(String(64), index=True, unique=True)
    error: Mapped[str | None] = mapped_column(String(200))


class DeadLetter(Base):
    """A record of the streams that could not be kept, as it was, until someone mends the cause and puts it back."""

    __tablename__ = "dead_letters"

    id: Mapped[str] = mapped_column(String(96), primary_key=True)  # "<stream>:<entry>"
    stream: Mapped[str] = mapped_column(String(16))  # record | events
    kind: Mapped[str] = mapped_column(String(16))  # message | handoff | reminder | event
    conversation_id: Mapped[str | None] = mapped_column(String(32))
    record_id: Mapped[str | None] = mapped_column(String(96))
    data: Mapped[str] = mapped_column(Text)  # encrypted: it may hold what a person wrote and how to reach them
    cause: Mapped[str] = mapped_column(String(64))  # the error's type
    at: Mapped[datetime] = mapped_column(index=True)


class StaffUser(Base):
    """A local staff account."""

    __tablename__ = "staff_users"

    username: Mapped[str] = mapped_column(String(64), primary_key=True)
    password_hash: Mapped[str] = mapped_column(String(200))  # argon2id
    created_at: Mapped[datetime]
    disabled: Mapped[bool] = mapped_column(default=False)
