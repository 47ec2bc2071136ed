from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from sqlalchemy.orm import Session, sessionmaker

from aidline.errors import InputError
from aidline.storage.accounts import add_user, any_user, verify
from aidline.storage.models import StaffUser

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
GOOD = "violet tractor seven"


@pytest.fixture
def session(records: sessionmaker[Session]) -> Iterator[Session]:
    with records() as session:
        yield session


def test_the_right_password_signs_in_and_a_wrong_one_does_not(session: Session) -> None:
    add_user(session, "Ana.Lopez", GOOD, NOW)
    assert verify(session, "ana.lopez", GOOD)
    assert verify(session, " ANA.LOPEZ ", GOOD)
    assert not verify(session, "ana.lopez", GOOD + "!")
    assert not verify(session, "ana.lopez", "")


def test_a_name_that_nobody_has_does_not_sign_in(session: Session) -> None:
    assert not verify(session, "nobody", GOOD)
    assert not verify(session, "nobody", "nobody has this password")


def test_a_disabled_account_does_not_sign_in(session: Session) -> None:
    add_user(session, "ana", GOOD, NOW).disabled = True
    assert not verify(session, "ana", GOOD)
    assert not any_user(session)


def test_the_password_itself_is_not_stored(session: Session) -> None:
    user = add_user(session, "ana", GOOD, NOW)
    assert user.password_hash.startswith("$argon2id$")
    assert GOOD not in user.password_hash


@pytest.mark.parametrize(
    ("name", "password", "why"),
    [
        ("ana", "too short", "9 characters"),
        ("ana", "", "0 characters"),
        ("ana", "aaaaaaaaaaaaaaaa", "repeats"),
        ("ana.lopez", "I am Ana.Lopez 1", "contains the user name"),
        ("ana", "x1y2z" * 100, "too long"),
        ("a", GOOD, "user name"),
        ("ana lopez", GOOD, "user name"),
        ("<script>", GOOD, "user name"),
    ],
)
def test_a_weak_password_or_odd_name_is_refused_with_the_reason(
    session: Session, name: str, password: str, why: str
) -> None:
    with pytest.raises(InputError, match=why):
        add_user(session, name, password, NOW)
    assert not any_user(session)


def test_a_name_is_given_once_whatever_its_capitals(session: Session) -> None:
    add_user(session, "ana", GOOD, NOW)
    with pytest.raises(InputError, match="already"):
        add_user(session, "ANA", GOOD, NOW)


def test_the_same_letters_from_another_keyboard_sign_in(session: Session) -> None:
    add_user(session, "jose", "contrase\u00f1a del r\u00edo", NOW)
    assert verify(session, "jose", "contrasen\u0303a del ri\u0301o")


def test_an_old_hash_is_renewed_when_its_owner_signs_in(session: Session) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    session.add(StaffUser(username="ana", password_hash=old, created_at=NOW, disabled=False))
    session.commit()
    assert verify(session, "ana", GOOD)
    session.commit()
    renewed = session.get_one(StaffUser, "ana").password_hash
    assert renewed != old
    assert verify(session, "ana", GOOD)
