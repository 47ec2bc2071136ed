from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aidline.doctor import Check, examine
from aidline.settings import Settings
from aidline.storage.accounts import add_user
from aidline.storage.models import DeadLetter
from aidline.storage.redis import connect
from aidline.storage.sql import make_engine, migrate, session_factory
from aidline.supervisor.programs import ALIVE_KEY, RECORDS_ALIVE_KEY


def finding(settings: Settings, name: str) -> Check:
    (found,) = examine(settings, only={name})
    return found


def test_looking_changes_nothing(settings: Settings, data_dir: Path) -> None:
    examine(settings)
    assert list(data_dir.iterdir()) == []


def test_whatever_is_wrong_has_a_remedy(settings: Settings) -> None:
    wrong = [check for check in examine(settings) if not check.ok]
    assert wrong
    assert all(check.remedy for check in wrong), wrong


@pytest.mark.parametrize(("part", "key"), [("worker", ALIVE_KEY), ("records", RECORDS_ALIVE_KEY)])
def test_a_running_redis_and_its_parts_are_seen(settings: Settings, redis_url: str, part: str, key: str) -> None:
    assert finding(settings, "Redis").ok
    assert not finding(settings, part).ok
    client = connect(redis_url)
    client.set(key, "1")
    client.close()
    assert finding(settings, part).ok


def test_a_part_that_is_down_while_aidline_runs_points_to_its_log(settings: Settings, redis_url: str) -> None:
    assert str(settings.data_dir / "logs" / "worker.log") in finding(settings, "worker").remedy


def test_an_old_database_and_a_missing_account_are_seen_and_then_mended(settings: Settings) -> None:
    assert not finding(settings, "database").ok
    migrate(settings.database)
    assert finding(settings, "database").ok
    assert "add-user" in finding(settings, "staff account").remedy
    engine = make_engine(settings.database)
    with session_factory(engine).begin() as session:
        add_user(session, "ana", "violet tractor seven", datetime.now(UTC))
    engine.dispose()
    assert finding(settings, "staff account").ok


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"twilio_account_sid": "AC1"}, "by halves"),
        ({"twilio_account_sid": "AC1", "twilio_auth_tokens": "t", "twilio_from": "5055550100"}, "neither"),
        (
            {"twilio_account_sid": "AC1", "twilio_auth_tokens": "t", "twilio_from": "+15055550100"},
            "PUBLIC_URL",
        ),
    ],
)
def test_twilio_set_by_halves_is_seen(make_settings: Callable[..., Settings], values: dict[str, str], why: str) -> None:
    check = finding(make_settings(**values), "Twilio")
    assert not check.ok
    assert why in check.detail


def test_twilio_set_whole_is_fine(make_settings: Callable[..., Settings]) -> None:
    whole = {"twilio_account_sid": "AC1", "twilio_auth_tokens": "t", "twilio_from": "MG" + "0" * 32}
    assert finding(make_settings(**whole, public_url="https://aid.example.edu"), "Twilio").ok


def test_a_model_file_other_than_the_pinned_one_is_seen(make_settings: Callable[..., Settings], tmp_path: Path) -> None:
    model = tmp_path / "model.gguf"
    model.write_bytes(b"GGUF")
    right = hashlib.sha256(b"GGUF").hexdigest()
    assert finding(make_settings(llama_model=model, llama_sha256=right), "Llama").ok
    assert not finding(make_settings(llama_model=model, llama_sha256="0" * 64), "Llama").ok
    assert "SHA256" in finding(make_settings(llama_model=model), "Llama").remedy


def test_a_data_folder_that_can_not_be_written_is_seen(make_settings: Callable[..., Settings], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    check = finding(make_settings(data_dir=tmp_path / "file"), "data folder")
    assert not check.ok
    assert "AIDLINE_DATA_DIR" in check.remedy


def test_records_that_could_not_be_kept_are_counted_with_the_newest_kind_and_cause(
    make_settings: Callable[..., Settings], database_url: str
) -> None:
    settings = make_settings(database_url=database_url)
    assert not finding(settings, "dead letters").ok
    migrate(settings.database)
    assert finding(settings, "dead letters").ok
    engine = make_engine(settings.database)
    for number, (kind, cause) in enumerate([("message", "DataError"), ("handoff", "ValidationError")]):
        with session_factory(engine).begin() as session:
            at = datetime(2026, 11, 21, 17, number, tzinfo=UTC)
            session.add(DeadLetter(id=f"record:{number}", stream="record", kind=kind, data="x", cause=cause, at=at))
        found = finding(settings, "dead letters")
        assert not found.ok
        assert f"{kind} of 2026-11-21 17:0{number} UTC ({cause})" in found.detail
    engine.dispose()
    assert found.detail.startswith("2 records could not be kept")
    assert "records retry" in found.remedy


def test_every_dialogue_manager_is_looked_for(
    make_settings: Callable[..., Settings], free_ports: tuple[int, int, int]
) -> None:
    check = finding(make_settings(rasa_port=free_ports[0], rasa_processes=2), "rasa")
    assert not check.ok
    assert str(free_ports[0]) in check.detail
