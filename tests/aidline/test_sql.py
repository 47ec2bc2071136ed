from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from aidline.errors import ConfigError, UnavailableError
from aidline.storage.models import Base, Conversation, Message, StaffUser
from aidline.storage.sql import at_head, make_engine, migrate, session_factory

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'a folder' / 'aidline.sqlite3'}"


def conversation(name: str = "c1") -> Conversation:
    return Conversation(id=name, channel="web", language="en", started_at=NOW, last_at=NOW)


def test_migrations_give_exactly_what_the_models_describe(url: str) -> None:
    migrate(url)
    engine = make_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_migrating_again_keeps_what_is_on_record(url: str) -> None:
    assert not at_head(url)
    migrate(url)
    engine = make_engine(url)
    with session_factory(engine).begin() as session:
        session.add(conversation())
    migrate(url)
    assert at_head(url)
    with session_factory(engine)() as session:
        assert session.get(Conversation, "c1") is not None
    engine.dispose()


def test_times_come_back_with_their_zone(url: str) -> None:
    migrate(url)
    engine = make_engine(url)
    with session_factory(engine).begin() as session:
        session.add(conversation())
    with session_factory(engine)() as session:
        assert session.get_one(Conversation, "c1").started_at == NOW
    engine.dispose()


def test_a_message_without_a_conversation_is_refused_and_the_error_keeps_the_words_to_itself(
    url: str,
) -> None:
    migrate(url)
    engine = make_engine(url)
    stray = Message(
        id="m1",
        conversation_id="none",
        seq=1,
        sender="person",
        at=NOW,
        language="en",
        text="my private words",
    )
    with session_factory(engine)() as session:
        session.add(stray)
        with pytest.raises(IntegrityError) as caught:
            session.commit()
    assert "private words" not in str(caught.value)
    engine.dispose()


def test_writers_wait_their_turn_and_readers_never_wait(url: str) -> None:
    migrate(url)
    engine = make_engine(url)
    sessions = session_factory(engine)
    with sessions.begin() as session:
        session.add(conversation())
    failures: list[Exception] = []

    def write() -> None:
        try:
            for _ in range(20):
                with sessions.begin() as session:
                    session.get_one(Conversation, "c1", with_for_update=True)
                    session.execute(text("UPDATE conversations SET message_count = message_count + 1"))
        except Exception as error:
            failures.append(error)

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Conversation)) == 1
    for writer in writers:
        writer.join()
    assert failures == []
    with sessions() as session:
        assert session.get_one(Conversation, "c1").message_count == 80
    engine.dispose()


def test_deleting_a_conversation_deletes_its_messages_and_no_account(url: str) -> None:
    migrate(url)
    engine = make_engine(url)
    with session_factory(engine).begin() as session:
        session.add_all([conversation(), StaffUser(username="ana", password_hash="x", created_at=NOW)])
        session.flush()
        session.add(Message(id="m", conversation_id="c1", seq=1, sender="person", at=NOW, language="en", text="hi"))
    with session_factory(engine).begin() as session:
        session.execute(text("DELETE FROM conversations"))
    with session_factory(engine)() as session:
        assert session.get(Message, "m") is None
        assert session.get(StaffUser, "ana") is not None
    engine.dispose()


@pytest.mark.parametrize("url", ["nonsense", "unheardof://x/y"])
def test_a_wrong_address_names_its_setting(url: str) -> None:
    with pytest.raises(ConfigError, match="AIDLINE_DATABASE_URL"):
        make_engine(url)


def test_a_database_that_can_not_be_opened_is_said_to_be_unavailable(tmp_path: Path) -> None:
    (tmp_path / "db").mkdir()
    with pytest.raises(UnavailableError, match="could not be prepared"):
        migrate(f"sqlite:///{tmp_path / 'db'}")
