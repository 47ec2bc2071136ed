"""A staff site on a real database, with a clock that stands still, and someone at the browser."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from aidline.storage.accounts import add_user
from aidline.storage.models import Base, Conversation, Handoff, Message, StaffUser, TurnEvent
from aidline.storage.secrets import Vault
from aidline.storage.sql import make_engine, session_factory
from channels.staff import create_staff_blueprint

NOW = datetime(2026, 11, 21, 22, 5, tzinfo=UTC)
PASSWORD = "correct horse battery"


@dataclass
class StillClock:
    """A clock that moves only when told to."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()


@dataclass
class Office:
    """The record that staff look at, and ways to put things on it."""

    sessions: sessionmaker[Session]
    vault: Vault
    clock: StillClock
    app: Flask
    counted: int = field(default=0)

    def conversation(self, name: str, *, channel: str = "web", language: str = "en", ago: int = 0) -> str:
        at = NOW - timedelta(minutes=ago)
        with self.sessions.begin() as session:
            session.add(
                Conversation(id=name, channel=channel, language=language, started_at=at, last_at=at, message_count=0)
            )
        return name

    def message(self, conversation: str, sender: str, text: str, **extra: Any) -> None:
        self.counted += 1
        with self.sessions.begin() as session:
            found = session.get_one(Conversation, conversation)
            found.message_count += 1
            session.add(
                Message(
                    id=f"m{self.counted}",
                    conversation_id=conversation,
                    seq=found.message_count,
                    sender=sender,
                    at=NOW + timedelta(seconds=self.counted),
                    language=found.language,
                    text=text,
                    extra=extra,
                )
            )

    def understood(self, conversation: str, message_id: str, *, intent: str, confidence: float) -> None:
        with self.sessions.begin() as session:
            session.add(
                TurnEvent(
                    id=message_id, conversation_id=conversation, message_id=message_id, at=NOW, intent=intent,
                    confidence=confidence, actions=["action_menu"], slots=[],
                )
            )  # fmt: skip

    def handoff(self, reference: str, conversation: str, **given: Any) -> None:
        values: dict[str, Any] = {
            "created_at": NOW,
            "reason": "My aid was cut and I do not know why",
            "contact_name": "Rosa Díaz",
            "contact_method": "phone",
            "contact_phone": self.vault.encrypt_phone("+15055550123"),
            "contact_language": "es",
            "urgency": "this_week",
        }
        with self.sessions.begin() as session:
            session.add(Handoff(reference=reference, conversation_id=conversation, **(values | given)))


class Browser:
    """Someone at the staff pages: opens pages and sends the forms that are on them."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def open(self, address: str) -> TestResponse:
        return self._client.get(address)

    def post(self, address: str, **fields: str) -> TestResponse:
        """Send a form without the token that the page would have carried."""
        return self._client.post(address, data=fields)

    def send(self, page: str, address: str, **fields: str) -> TestResponse:
        """Open `page` and send one of its forms to `address`."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.open(page).text)
        assert found, f"{page} has no form"
        return self.post(address, csrf_token=found[1], **fields)

    def sign_in(self, name: str = "maria", password: str = PASSWORD, target: str = "") -> TestResponse:
        fields = {"username": name, "password": password, "next": target}
        return self.send("/staff/login", "/staff/login", **fields)


@pytest.fixture(scope="session")
def password_hash() -> str:
    """Hashing the password takes long, so it is done once."""
    engine = make_engine("sqlite://")
    Base.metadata.create_all(engine)
    with session_factory(engine).begin() as session:
        found = add_user(session, "maria", PASSWORD, NOW).password_hash
    engine.dispose()
    return found


@pytest.fixture
def office(records: sessionmaker[Session], password_hash: str) -> Office:
    with records.begin() as session:
        session.add(StaffUser(username="maria", password_hash=password_hash, created_at=NOW))
    vault, clock = Vault(Fernet.generate_key().decode()), StillClock()
    app = Flask("staff-test")
    app.config.update(SECRET_KEY="test", TESTING=True)
    app.register_blueprint(create_staff_blueprint(records, vault, clock))
    return Office(records, vault, clock, app)


@pytest.fixture
def visitor(office: Office) -> Browser:
    """Somebody who has not signed in."""
    return Browser(office.app.test_client())


@pytest.fixture
def maria(visitor: Browser) -> Browser:
    """A member of staff, signed in."""
    assert visitor.sign_in().status_code == 303
    return visitor
