"""Phone numbers, addresses and names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answers import parse_email, parse_name, parse_phone

OWN = "+15055550100"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("(505) 555-0147", "+15055550147"),
        ("5055550147", "+15055550147"),
        ("call me at 505.555.0147 after 4", "+15055550147"),
        ("1-505-555-0147", "+15055550147"),
        ("+52 55 1234 5678", "+525512345678"),
        ("this number", OWN),
        ("este numero", OWN),
        ("a este número", OWN),
        ("same number", OWN),
        ("to the one im using", OWN),
        ("a mi número", OWN),
    ],
)
def test_a_phone_number_is_kept_in_the_international_form(typed: str, number: str) -> None:
    assert parse_phone(typed, own=OWN).value == number


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("555-0147", "too_short"),
        ("banana", "not_a_phone"),
        ("no tengo", "none"),
        ("505-555-0147 or 505-555-0148", "ambiguous"),
        ("", "empty"),
    ],
)
def test_what_is_no_phone_number_is_refused(typed: str, problem: str) -> None:
    assert parse_phone(typed, own=OWN).problem == problem


@pytest.mark.parametrize("typed", ["555 123 4567", "my cell is (555) 123-4567", "1-555-123-4567"])
def test_an_area_code_nobody_has_is_asked_about(typed: str) -> None:
    told = parse_phone(typed)
    assert (told.status, told.value) == ("needs_confirmation", "+15551234567")


@pytest.mark.parametrize("typed", ["45000 and 52000", "45000 52000", "$5551234567", "I paid 555,123,4567"])
def test_amounts_are_no_phone_number(typed: str) -> None:
    assert parse_phone(typed).status == "invalid"


def test_this_number_needs_a_number_to_stand_for() -> None:
    assert parse_phone("this number").problem == "no_own_number"


@pytest.mark.parametrize(
    ("typed", "address"),
    [("Rosa@Gmail.COM", "Rosa@gmail.com"), ("my email is a.b+c@x.co.uk thanks", "a.b+c@x.co.uk")],
)
def test_an_email_address_is_found(typed: str, address: str) -> None:
    assert parse_email(typed).value == address


@pytest.mark.parametrize("typed", ["no tengo", "none", "I don't have one", "no uso correo"])
def test_having_no_email_is_a_fine_answer(typed: str) -> None:
    parsed = parse_email(typed)
    assert (parsed.value, parsed.status, parsed.problem) == (None, "ok", "none")


@pytest.mark.parametrize("typed", ["a@b", "rosa at gmail", "@x.com", "a@b.com or c@d.com"])
def test_a_broken_email_address_is_refused(typed: str) -> None:
    assert parse_email(typed).status == "invalid"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Rosa Medina", "Rosa Medina"),
        ("my name is luis ortega", "Luis Ortega"),
        ("me llamo María de la Cruz", "María de la Cruz"),
        ("maria de la cruz", "Maria de la Cruz"),
        ("soy Ana", "Ana"),
        ("I'm Tom", "Tom"),
        ("José, gracias", "José"),
        ("Simon Yes", "Simon Yes"),
        ("Immanuel Kant", "Immanuel Kant"),
        ("Soyla Esparza", "Soyla Esparza"),
    ],
)
def test_a_name_is_kept_as_the_person_writes_it(typed: str, name: str) -> None:
    assert parse_name(typed).value == name


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("what for?", "question"),
        ("why do you need my name", "question"),
        ("¿para qué?", "question"),
        ("Luis 5", "digits"),
        ("no", "not_a_name"),
        ("", "empty"),
    ],
)
def test_a_question_or_number_is_no_name(typed: str, problem: str) -> None:
    assert parse_name(typed).problem == problem


@given(st.text(max_size=60))
def test_no_text_is_too_odd(typed: str) -> None:
    phone, email, name = parse_phone(typed).value, parse_email(typed).value, parse_name(typed).value
    assert phone is None or (phone.startswith("+") and phone[1:].isdigit())
    assert email is None or "@" in email
    assert name is None or not any(char.isdigit() for char in name)
