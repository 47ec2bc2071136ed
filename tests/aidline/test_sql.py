from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, Executable, create_engine, func, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError, StatementError

from aidline.errors import ConfigError, UnavailableError
from aidline.storage.models import Base, Conversation, Message, SmsText, StaffUser
from aidline.storage.sql import _alembic_config, at_head, is_outage, make_engine, migrate, session_factory

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def url(database_url: str) -> str:
    return database_url


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """A database of the newest shape."""
    migrate(url)
    made = make_engine(url)
    yield made
    made.dispose()


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


def test_the_folder_of_a_new_sqlite_file_is_made(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path / 'a folder' / 'aidline.sqlite3'}")
    assert (tmp_path / "a folder" / "aidline.sqlite3").exists()


def moved(engine: Engine, step: Callable[[Any, str], None], revision: str) -> None:
    config = _alembic_config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        step(config, revision)
        connection.commit()


def test_the_newest_step_can_be_taken_back_and_again_and_keeps_what_is_on_record(engine: Engine) -> None:
    with session_factory(engine).begin() as session:
        session.add(conversation())
        session.flush()
        session.add(SmsText(id="c1:m1.1", conversation_id="c1", phone="x", phone_hash="y", body="Hi", created_at=NOW,
                            status="unsure", attempt_at=NOW))  # fmt: skip
    moved(engine, command.downgrade, "0001")
    assert not {"dead_letters", "turn_events"} & set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        assert connection.execute(text("SELECT body, status FROM sms_texts")).one() == ("Hi", "queued")
    moved(engine, command.upgrade, "head")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert connection.execute(text("SELECT body, status FROM sms_texts")).one() == ("Hi", "queued")


def test_all_steps_can_be_taken_back(engine: Engine) -> None:
    moved(engine, command.downgrade, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}


def test_a_time_from_another_zone_is_the_same_moment_in_utc(engine: Engine) -> None:
    there = NOW.astimezone(timezone(timedelta(hours=-7)))
    with session_factory(engine).begin() as session:
        session.add(Conversation(id="c1", channel="web", language="en", started_at=there, last_at=there))
    with session_factory(engine)() as session:
        found = session.scalars(select(Conversation).where(Conversation.started_at == NOW)).one()
        assert found.started_at == NOW
        assert found.started_at.utcoffset() == timedelta()


def test_a_time_without_a_zone_is_refused(engine: Engine) -> None:
    naive = NOW.replace(tzinfo=None)
    with session_factory(engine)() as session:
        session.add(Conversation(id="c1", channel="web", language="en", started_at=naive, last_at=naive))
        with pytest.raises(StatementError, match="without a zone"):
            session.commit()


def test_what_a_message_carries_comes_back_as_it_was(engine: Engine) -> None:
    carried = {"asks": {"name": "award_year", "choices": ["2026–27"]}, "rows": [1, 2.5, None, True], "ñ": "\x00"}
    with session_factory(engine).begin() as session:
        session.add(conversation())
        session.flush()
        session.add(Message(id="m", conversation_id="c1", seq=1, sender="aidline", at=NOW, language="es", text="¿Año?",
                            extra=carried))  # fmt: skip
    with session_factory(engine)() as session:
        assert session.get_one(Message, "m").extra == carried


@pytest.mark.parametrize(
    "twice",
    [
        [{"id": "same", "seq": 1}, {"id": "same", "seq": 2}],
        [{"id": "one", "seq": 1}, {"id": "two", "seq": 1}],
    ],
)
def test_no_message_and_no_place_in_a_conversation_is_taken_twice(engine: Engine, twice: list[dict[str, str]]) -> None:
    with session_factory(engine).begin() as session:
        session.add(conversation())
    rest = {"conversation_id": "c1", "sender": "person", "at": NOW, "language": "en", "text": "hi"}
    with session_factory(engine)() as session, pytest.raises(IntegrityError):
        session.execute(insert(Message), [rest | one for one in twice])


def test_two_texts_cannot_be_the_same_text_of_the_carriers_and_many_may_have_none(engine: Engine) -> None:
    def texts(*carriers: str | None) -> list[dict[str, object]]:
        rest = {"conversation_id": "c1", "phone": "x", "phone_hash": "y", "body": "Hi", "created_at": NOW}
        return [rest | {"id": f"{n}{one}", "provider_id": one, "status": "queued"} for n, one in enumerate(carriers)]

    with session_factory(engine).begin() as session:
        session.add(conversation())
        session.flush()
        session.execute(insert(SmsText), texts(None, None, "SM1", "SM2"))
    with session_factory(engine)() as session, pytest.raises(IntegrityError):
        session.execute(insert(SmsText), texts("SM1"))


def raised(engine: Engine, *statements: str | Executable) -> Exception:
    """What the last of these raises."""
    *before, last = (text(one) if isinstance(one, str) else one for one in statements)
    with engine.connect() as connection:
        for statement in before:
            connection.execute(statement)
        with pytest.raises((SQLAlchemyError, ValueError)) as caught:
            connection.execute(last)
    return caught.value


def test_a_database_that_is_not_ready_is_an_outage_and_wrong_data_is_none(engine: Engine) -> None:
    row = {"id": "c1", "channel": "web", "language": "en", "started_at": NOW, "last_at": NOW, "message_count": 0}
    assert is_outage(raised(engine, "SELECT * FROM not_there"))
    assert is_outage(raised(engine, "SELECT not_there FROM conversations"))
    assert not is_outage(raised(engine, insert(Conversation).values(row), insert(Conversation).values(row)))
    assert not is_outage(raised(engine, insert(Conversation).values(row | {"message_count": None})))
    assert not is_outage(ValueError("not of the database"))
    if engine.dialect.name == "postgresql":
        assert is_outage(raised(engine, "SET TRANSACTION READ ONLY", insert(Conversation).values(row)))
        assert is_outage(raised(engine, "SELECT pg_terminate_backend(pg_backend_pid())"))
        assert not is_outage(raised(engine, insert(Conversation).values(row | {"language": "english"})))
        assert not is_outage(raised(engine, insert(Conversation).values(row | {"id": "nul\x00"})))
    else:
        assert is_outage(raised(engine, "PRAGMA query_only=ON", insert(Conversation).values(row)))


def test_a_database_that_cannot_be_reached_or_a_file_that_is_damaged_is_an_outage(tmp_path: Path) -> None:
    (tmp_path / "damaged").write_bytes(b"not a database" * 100)
    for url in (f"postgresql+psycopg://aidline@/x?host={tmp_path}", f"sqlite:///{tmp_path}",
                f"sqlite:///{tmp_path / 'damaged'}"):  # fmt: skip
        engine = create_engine(url)
        with pytest.raises(SQLAlchemyError) as caught, engine.connect() as connection:
            connection.execute(text("SELECT * FROM sqlite_master"))
        engine.dispose()
        assert is_outage(caught.value)
