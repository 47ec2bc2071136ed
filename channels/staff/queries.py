"""What the staff pages read from the record, and the one thing they change: whether a hand-off is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, CursorResult, Select, case, func, or_, select, update
from sqlalchemy.orm import Session

from aidline.storage.models import Conversation, Handoff, Message, TurnEvent

__all__ = [
    "PAGE_SIZE",
    "ConversationLine",
    "Filters",
    "Transcript",
    "close_handoff",
    "done_handoffs",
    "export_lines",
    "find_conversations",
    "open_handoffs",
    "read_transcript",
    "reopen_handoff",
]

PAGE_SIZE = 50
_URGENCY = case({"today": 0, "this_week": 1}, value=Handoff.urgency, else_=2)
_CHOICES = {"channel": ("web", "sms"), "language": ("en", "es"), "handoff": ("open", "any")}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list of conversations is narrowed to; kept in the page's address. Empty text: everything."""

    channel: str = ""
    language: str = ""
    handoff: str = ""
    q: str = ""
    page: int = 1

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> Filters:
        """Filters from an address; values that make no sense count as not given."""
        known = {name: args[name] for name, values in _CHOICES.items() if args.get(name) in values}
        page = args.get("page", "1")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
        return cls(**known, q=args.get("q", "").strip()[:200], page=max(1, number))

    def query(self, page: int | None = None) -> str:
        """The same filters as the query part of an address, on another page if `page` is given."""
        at = replace(self, page=self.page if page is None else page)
        pairs = {name: getattr(at, name) for name in ("channel", "language", "handoff", "q")}
        given = {name: value for name, value in pairs.items() if value}
        return urlencode(given | ({"page": str(at.page)} if at.page > 1 else {}))


@dataclass(frozen=True, slots=True)
class ConversationLine:
    """One conversation in the list. `handoff` is "open", "done" or "" (nobody asked for a person)."""

    id: str
    started_at: datetime
    last_at: datetime
    channel: str
    language: str
    message_count: int
    handoff: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation as recorded: its messages in order, and the hand-offs asked for in it.

    `understood` is what the dialogue manager made of a person's message, by the message's id.
    """

    conversation: Conversation
    messages: Sequence[Message]
    handoffs: Sequence[Handoff]
    understood: Mapping[str, TurnEvent]


def open_handoffs(session: Session) -> Sequence[Handoff]:
    """Hand-offs to take up: most urgent first, then whoever has waited longest."""
    return session.scalars(
        select(Handoff).where(Handoff.status == "open").order_by(_URGENCY, Handoff.created_at, Handoff.reference)
    ).all()


def done_handoffs(session: Session, limit: int = PAGE_SIZE) -> Sequence[Handoff]:
    """Hand-offs done lately, the last one first."""
    return session.scalars(
        select(Handoff).where(Handoff.status == "done").order_by(Handoff.done_at.desc(), Handoff.reference).limit(limit)
    ).all()


def close_handoff(session: Session, reference: str, username: str, now: datetime) -> bool:
    """Mark an open hand-off done; the caller commits. False: it was not open, so nothing changed."""
    return _move(session, reference, "open", {"status": "done", "done_by": username, "done_at": now})


def reopen_handoff(session: Session, reference: str) -> bool:
    """Put a hand-off that is done back among the open ones; the caller commits. False: it was not done."""
    return _move(session, reference, "done", {"status": "open", "done_by": None, "done_at": None})


def _move(session: Session, reference: str, status: str, values: dict[str, Any]) -> bool:
    statement = update(Handoff).where(Handoff.reference == reference, Handoff.status == status).values(**values)
    return cast(CursorResult[Any], session.execute(statement)).rowcount == 1


def find_conversations(session: Session, filters: Filters) -> tuple[list[ConversationLine], bool]:
    """One page of conversations, the latest first, and whether an older page follows."""
    first = (filters.page - 1) * PAGE_SIZE
    rows = session.execute(_lines(filters).offset(first).limit(PAGE_SIZE + 1)).all()
    return [ConversationLine(*row) for row in rows[:PAGE_SIZE]], len(rows) > PAGE_SIZE


def export_lines(session: Session, filters: Filters) -> Iterator[ConversationLine]:
    """Every conversation that the filters let through, whatever the page."""
    for row in session.execute(_lines(filters).execution_options(yield_per=500)):
        yield ConversationLine(*row)


def read_transcript(session: Session, conversation_id: str) -> Transcript | None:
    """A conversation with its messages and hand-offs, or None if there is none of that id."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None:
        return None
    events = session.scalars(select(TurnEvent).where(TurnEvent.conversation_id == conversation_id))
    understood = {event.id: event for event in events}
    return Transcript(conversation, list(conversation.messages), list(conversation.handoffs), understood)


def _lines(filters: Filters) -> Select[*tuple[Any, ...]]:
    # "open" sorts after "done", so the greatest status is the one that still needs someone.
    mark = (
        select(func.max(Handoff.status))
        .where(Handoff.conversation_id == Conversation.id)
        .correlate(Conversation)
        .scalar_subquery()
    )
    statement: Select[*tuple[Any, ...]] = select(
        Conversation.id,
        Conversation.started_at,
        Conversation.last_at,
        Conversation.channel,
        Conversation.language,
        Conversation.message_count,
        func.coalesce(mark, ""),
    ).order_by(Conversation.last_at.desc(), Conversation.id)
    if filters.channel:
        statement = statement.where(Conversation.channel == filters.channel)
    if filters.language:
        statement = statement.where(Conversation.language == filters.language)
    if filters.handoff:
        asked = select(Handoff.conversation_id)
        asked = asked.where(Handoff.status == "open") if filters.handoff == "open" else asked
        statement = statement.where(Conversation.id.in_(asked))
    if filters.q:
        statement = statement.where(_matches(filters.q))
    return statement


def _matches(wanted: str) -> ColumnElement[bool]:
    # SQLite folds the case of A-Z only, so other letters are also looked for as capitals and small letters.
    spellings = {wanted} if wanted.isascii() else {wanted, wanted.lower(), wanted.upper(), wanted.capitalize()}
    said = [Message.text.icontains(spelling, autoescape=True) for spelling in sorted(spellings)]
    return or_(
        Conversation.id.in_(select(Message.conversation_id).where(or_(*said))),
        Conversation.id.in_(select(Handoff.conversation_id).where(Handoff.reference == wanted.upper())),
    )
