"""Only staff get in, and guessing passwords gets nobody anywhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from aidline.storage.models import StaffUser
from channels.staff.signin import local_target

if TYPE_CHECKING:
    from tests.channels.staff.conftest import Browser, Office

PRIVATE = [
    "/staff/",
    "/staff/handoffs",
    "/staff/conversations",
    "/staff/conversations.csv",
    "/staff/conversations/c1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_nobody_sees_anything_without_signing_in(office: Office, visitor: Browser, address: str) -> None:
    office.message(office.conversation("c1"), "person", "something private")
    answer = visitor.open(address)
    assert answer.status_code == 303
    assert answer.location.startswith("/staff/login")
    assert "something private" not in answer.text


def test_signing_in_leads_to_the_page_that_was_wanted(visitor: Browser) -> None:
    sent = visitor.open("/staff/conversations?language=es&q=beca")
    form = visitor.open(sent.location).text
    assert 'value="/staff/conversations?language=es&amp;q=beca"' in form
    answer = visitor.sign_in(target="/staff/conversations?language=es&q=beca")
    assert answer.location == "/staff/conversations?language=es&q=beca"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/staff/",
        "/\\evil.example",
        "/staff/\\evil.example",
        "/staff/../admin",
        "javascript:alert(1)",
        "/staff/\r\nSet-Cookie: x",
        "/other",
        "",
        None,
    ],
)
def test_signing_in_never_leads_away_from_the_staff_pages(target: str | None) -> None:
    assert local_target(target, "/staff/handoffs") == "/staff/handoffs"


def test_a_wrong_password_is_said_kindly_and_opens_nothing(visitor: Browser) -> None:
    answer = visitor.sign_in(password="not the password")
    assert answer.status_code == 401
    assert "don&#39;t match" in answer.text
    assert 'value="maria"' in answer.text
    assert "not the password" not in answer.text
    assert visitor.open("/staff/handoffs").status_code == 303


def test_an_unknown_name_gets_the_same_answer_as_a_wrong_password(visitor: Browser) -> None:
    wrong, unknown = visitor.sign_in(password="not the password"), visitor.sign_in(name="nobody")
    assert unknown.status_code == wrong.status_code
    assert unknown.text.replace("nobody", "maria") == wrong.text


def test_the_sixth_try_in_a_minute_is_refused_even_with_the_right_password(visitor: Browser) -> None:
    for _ in range(5):
        assert visitor.sign_in(password="not the password").status_code == 401
    refused = visitor.sign_in()
    assert refused.status_code == 429
    assert "Wait a minute" in refused.text
    assert refused.headers["Retry-After"] == "60"
    assert visitor.open("/staff/handoffs").status_code == 303


def test_capitals_in_the_name_make_no_new_tries(visitor: Browser) -> None:
    for name in ("maria", "Maria", "MARIA", " maria", "mariA"):
        visitor.sign_in(name=name, password="not the password")
    assert visitor.sign_in(name="mAria").status_code == 429


def test_a_sign_in_form_from_elsewhere_is_refused(visitor: Browser) -> None:
    answer = visitor.post("/staff/login", username="maria", password="correct horse battery")
    assert answer.status_code == 403
    assert visitor.open("/staff/handoffs").status_code == 303


def test_signing_out_ends_it(maria: Browser) -> None:
    assert maria.open("/staff/handoffs").status_code == 200
    maria.send("/staff/handoffs", "/staff/logout")
    assert maria.open("/staff/handoffs").status_code == 303


def test_a_form_from_elsewhere_cannot_sign_anyone_out(maria: Browser) -> None:
    assert maria.post("/staff/logout").status_code == 403
    assert maria.open("/staff/handoffs").status_code == 200


def test_two_idle_hours_end_the_session(office: Office, maria: Browser) -> None:
    office.clock.at += timedelta(hours=1, minutes=59)
    assert maria.open("/staff/handoffs").status_code == 200
    office.clock.at += timedelta(hours=2, minutes=1)
    assert maria.open("/staff/handoffs").status_code == 303


def test_twelve_hours_end_the_session_of_the_busiest(office: Office, maria: Browser) -> None:
    for _ in range(12):
        office.clock.at += timedelta(hours=1)
        assert maria.open("/staff/handoffs").status_code == 200
    office.clock.at += timedelta(minutes=1)
    assert maria.open("/staff/handoffs").status_code == 303


def test_a_disabled_account_is_out_at_once(office: Office, maria: Browser) -> None:
    with office.sessions.begin() as session:
        session.get_one(StaffUser, "maria").disabled = True
    assert maria.open("/staff/handoffs").status_code == 303


def test_browsers_keep_no_copy_and_run_no_script(maria: Browser) -> None:
    answer = maria.open("/staff/handoffs")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "script" not in answer.text
