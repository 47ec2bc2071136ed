from __future__ import annotations

import json
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from aidline.errors import ConfigError, RecordError
from aidline.settings import Settings
from aidline.storage.secrets import Secrets, Vault, load_or_make

PHONE = "+15055550100"


def test_secrets_are_made_once_and_kept_where_only_this_user_can_read_them(settings: Settings, data_dir: Path) -> None:
    first = load_or_make(settings)
    assert load_or_make(settings) == first
    assert stat.S_IMODE((data_dir / "secrets.json").stat().st_mode) == 0o600
    assert len(first.secret_key) >= 32


def test_processes_that_start_together_agree(settings: Settings, data_dir: Path) -> None:
    found: list[Secrets] = []
    gate = threading.Barrier(8)

    def load() -> None:
        gate.wait()
        found.append(load_or_make(settings))

    threads = [threading.Thread(target=load) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({secrets.phone_key for secrets in found}) == 1
    assert [path.name for path in data_dir.iterdir()] == ["secrets.json"]


def test_keys_of_the_settings_win_and_need_no_file(make_settings: Callable[..., Settings], data_dir: Path) -> None:
    key = Fernet.generate_key().decode()
    secrets = load_or_make(make_settings(secret_key="s" * 40, phone_key=key))
    assert (secrets.secret_key, secrets.phone_key) == ("s" * 40, key)
    assert list(data_dir.iterdir()) == []


def test_secrets_do_not_show_in_logs_or_tracebacks(settings: Settings) -> None:
    secrets = load_or_make(settings)
    assert secrets.secret_key not in repr(secrets)
    assert secrets.phone_key not in repr(secrets)


def test_a_damaged_file_is_not_replaced(settings: Settings, data_dir: Path) -> None:
    (data_dir / "secrets.json").write_text(json.dumps({"secret_key": "only half"}), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"damaged.*Restore it from a backup"):
        load_or_make(settings)


def test_a_phone_number_comes_back_and_is_not_readable_meanwhile() -> None:
    vault = Vault(Fernet.generate_key().decode())
    stored = vault.encrypt_phone(PHONE)
    assert "5055550100" not in stored
    assert vault.decrypt_phone(stored) == PHONE
    assert stored != vault.encrypt_phone(PHONE)


def test_the_same_number_is_found_again_and_another_one_is_not() -> None:
    vault = Vault(Fernet.generate_key().decode())
    assert vault.hash_phone(PHONE) == vault.hash_phone(PHONE)
    assert vault.hash_phone(PHONE) != vault.hash_phone("+15055550101")
    assert len(vault.hash_phone(PHONE)) == 64


def test_a_hash_is_useless_without_the_key() -> None:
    one, other = (Vault(Fernet.generate_key().decode()) for _ in range(2))
    assert one.hash_phone(PHONE) != other.hash_phone(PHONE)


def test_after_a_new_key_is_put_first_old_numbers_are_read_and_found() -> None:
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    before, after = Vault(old), Vault(f"{new}, {old}")
    assert after.decrypt_phone(before.encrypt_phone(PHONE)) == PHONE
    assert after.hash_phone(PHONE) == before.hash_phone(PHONE)
    assert Vault(new).decrypt_phone(after.encrypt_phone(PHONE)) == PHONE


def test_a_number_under_a_key_that_is_gone_says_how_to_get_it_back() -> None:
    stored = Vault(Fernet.generate_key().decode()).encrypt_phone(PHONE)
    with pytest.raises(RecordError, match="AIDLINE_PHONE_KEY"):
        Vault(Fernet.generate_key().decode()).decrypt_phone(stored)


@pytest.mark.parametrize("key", ["", "short", ",", "é" * 44])
def test_a_key_that_is_none_is_refused_with_the_way_to_make_one(key: str) -> None:
    with pytest.raises(ConfigError, match="openssl rand"):
        Vault(key)
