"""Secrets leave a message before anything keeps it; ordinary numbers stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidline.redaction import mask_phones, redact

SECRETS = [
    ("my ssn is 123-45-6789", "my ssn is [removed SSN]", "ssn"),
    ("123–45–6789", "[removed SSN]", "ssn"),
    ("my social is 123 45 6789 ok", "my social is [removed SSN] ok", "ssn"),
    ("ssn 123456789", "ssn [removed SSN]", "ssn"),
    ("123456789 is my ssn", "[removed SSN] is my ssn", "ssn"),
    ("123456789", "[removed SSN]", "ssn"),
    ("mi seguro social es 123456789", "mi seguro social es [removed SSN]", "ssn"),
    ("Mi ITIN es 912-34-5678", "Mi ITIN es [removed SSN]", "ssn"),
    ("last 4 of my ssn are 1234", "last 4 of my ssn are [removed SSN]", "ssn"),
    ("card 4111 1111 1111 1111", "card [removed card number]", "card"),
    ("4111-1111-1111-1111 exp 12/29", "[removed card number] exp 12/29", "card"),
    ("my password is hunter2", "my password is [removed password]", "password"),
    ("pw: abc123 thx", "pw: [removed password] thx", "password"),
    ('my password is "two words"', "my password is [removed password]", "password"),
    ("mi contraseña es Gato123!", "mi contraseña es [removed password]", "password"),
    ("la clave es 1234", "la clave es [removed password]", "password"),
    ("verification code is 123456", "verification code is [removed code]", "code"),
    ("account number 000123456789", "account number [removed bank number]", "bank"),
    ("my A# is A123456789", "my A# is [removed A-number]", "a_number"),
]


@pytest.mark.parametrize(("typed", "kept", "kind"), SECRETS)
def test_a_secret_is_taken_out_and_named(typed: str, kept: str, kind: str) -> None:
    redacted = redact(typed)
    assert (redacted.text, redacted.found) == (kept, (kind,))


HARMLESS = [
    "i made 45000",
    "my agi is $1,234,567",
    "agi 123,456,789",
    "$123456789",
    "call 505-555-0147",
    "(505) 555-0147",
    "5055550147",
    "1-800-433-3243",
    "+52 55 1234 5678",
    "87501",
    "87501-1234",
    "EIN 12-3456789",
    "2009-02-14",
    "02/14/2009",
    "school code 002345",
    "2026-27",
    "ssn didnt match, call me at 505-555-0147",
    "my ssn is wrong and my zip is 87501-1234",
    "social security income 12345",
    "my password is wrong",
    "my password isn't working",
    "mi contraseña es incorrecta",
    "i forgot my password",
    "1234 5678 9012 3456",
    "",
]


@pytest.mark.parametrize("typed", HARMLESS)
def test_ordinary_numbers_and_words_stay_as_they_are(typed: str) -> None:
    redacted = redact(typed)
    assert (redacted.text, redacted.found) == (typed, ())


def test_several_secrets_are_each_taken_out_in_order() -> None:
    redacted = redact("ssn 123-45-6789, password: abc123, i made 45k")
    assert redacted.text == "ssn [removed SSN], password: [removed password], i made 45k"
    assert redacted.found == ("ssn", "password")


@given(st.integers(0, 999), st.integers(0, 99), st.integers(0, 9999), st.sampled_from(["-", " ", "\u2013"]))
def test_no_written_social_security_number_survives(area: int, group: int, serial: int, gap: str) -> None:
    number = f"{area:03d}{gap}{group:02d}{gap}{serial:04d}"
    assert number not in redact(f"here it is {number} thanks").text


@given(st.integers(0, 999_999_999))
def test_nine_digits_called_a_social_never_survive(digits: int) -> None:
    number = f"{digits:09d}"
    for said in (f"my ssn is {number}", f"mi seguro social es {number}", f"{number} is my social security number"):
        assert number not in redact(said).text


def _with_check_digit(body: str) -> str:
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(body))]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return f"{body}{-total % 10}"


@given(st.from_regex(r"4[0-9]{14}", fullmatch=True))
def test_no_valid_card_number_survives(body: str) -> None:
    card = _with_check_digit(body)
    spaced = " ".join(card[at : at + 4] for at in range(0, 16, 4))
    assert card not in redact(f"use {card}").text
    assert spaced not in redact(f"use {spaced} ok").text


@given(st.integers(0, 99_999_999))
def test_no_amount_is_ever_eaten(dollars: int) -> None:
    for typed in (f"{dollars}", f"${dollars:,}", f"my agi is {dollars:,}", f"{dollars} a month"):
        assert redact(typed).text == typed


@given(st.integers(200, 999), st.integers(200, 999), st.integers(0, 9999))
def test_no_phone_number_is_ever_eaten(area: int, exchange: int, line: int) -> None:
    for typed in (f"({area}) {exchange}-{line:04d}", f"{area}-{exchange}-{line:04d}", f"+1{area}{exchange}{line:04d}"):
        assert redact(f"call {typed}").text == f"call {typed}"


@given(st.text(max_size=80))
def test_redacting_again_changes_nothing(typed: str) -> None:
    once = redact(typed)
    assert redact(once.text) == type(once)(once.text, ())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("(505) 233-0147", "[phone number]"),
        ("call me at 505 233 0147 after 4", "call me at [phone number] after 4"),
        ("+1 505 233 0147, gracias", "[phone number], gracias"),
        ("about 45,000 a year", "about 45,000 a year"),
        ("2027-28", "2027-28"),
        ("born 3/14/2008", "born 3/14/2008"),
    ],
)
def test_staff_read_that_a_phone_number_was_given_but_not_the_number(typed: str, kept: str) -> None:
    assert mask_phones(typed) == kept
