"""States by name, code, Spanish name and near miss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answers import parse_state, state_codes
from actions.answers.state import state_named
from actions.answers.tables import table

NAMES = [(code, name) for code, names in table("states")["states"].items() for name in names]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("tejas", "TX"),
        ("tx", "TX"),
        ("i live in tx", "TX"),
        ("NM", "NM"),
        ("nuevo méxico", "NM"),
        ("new mexico", "NM"),
        ("Nueva York", "NY"),
        ("N.Y.", "NY"),
        ("in ny", "NY"),
        ("north carolina", "NC"),
        ("Carolina del Norte", "NC"),
        ("north carolna", "NC"),
        ("4, y vivimos en Arizona", "AZ"),
        ("estoy en la florida", "FL"),
        ("west virginia", "WV"),
        ("west virgina", "WV"),
        ("virginia", "VA"),
        ("virgina", "VA"),
        ("kansas", "KS"),
        ("arkansa", "AR"),
        ("washington dc", "DC"),
        ("washington", "WA"),
        ("pensilvenia", "PA"),
        ("misisipi", "MS"),
        ("californa", "CA"),
        ("OK", "OK"),
        ("OH", "OH"),
        ("Puerto Rico", "PR"),
        ("another country", "OT"),
        ("otro país", "OT"),
        ("mexico", "OT"),
    ],
)
def test_a_state_is_known_by_any_of_its_names(typed: str, code: str) -> None:
    parsed = parse_state(typed)
    assert (parsed.value, parsed.status) == (code, "ok")


@pytest.mark.parametrize(
    ("typed", "code"), [("ok", "OK"), ("me", "ME"), ("oh", "OH"), ("in", "IN"), ("la", "LA"), ("mi", "MI")]
)
def test_a_code_that_is_also_a_word_is_confirmed(typed: str, code: str) -> None:
    parsed = parse_state(typed)
    assert (parsed.value, parsed.status) == (code, "needs_confirmation")


@pytest.mark.parametrize("typed", ["hi", "Hi", "hi!"])
def test_a_greeting_is_not_hawaii(typed: str) -> None:
    assert parse_state(typed).value is None


@pytest.mark.parametrize("typed", ["HI", "hawaii", "Hawái", "we live in HI"])
def test_hawaii_is_hawaii(typed: str) -> None:
    assert (parse_state(typed).value, parse_state(typed).status) == ("HI", "ok")


@pytest.mark.parametrize(
    ("typed", "codes"),
    [("carolina", ("NC", "SC")), ("dakota", ("ND", "SD")), ("moved from texas to ohio", ("TX", "OH"))],
)
def test_two_states_are_offered_not_guessed(typed: str, codes: tuple[str, ...]) -> None:
    parsed = parse_state(typed)
    assert (parsed.problem, parsed.alternatives) == ("ambiguous", codes)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("west virginia not regular virginia", "WV"),
        ("not kansas, arkansas", "AR"),
        ("I study in Kentucky but my home is Indiana", "IN"),
        ("i work in ny, live in new jersey", "NJ"),
        ("estudio en Arizona pero vivimos en Nuevo México", "NM"),
    ],
)
def test_of_two_states_the_one_that_is_home_or_left_is_taken(typed: str, code: str) -> None:
    assert parse_state(typed).value == code


@pytest.mark.parametrize("typed", ["i like pie", "no", "me and my mom", "de la casa", "banana"])
def test_everyday_words_are_no_state(typed: str) -> None:
    assert parse_state(typed).value is None


def test_not_knowing_is_accepted() -> None:
    assert parse_state("idk").status == "not_sure"


def test_there_are_fifty_states_the_district_and_eight_territories_and_associated_states() -> None:
    assert len(state_codes()) == 59


@pytest.mark.parametrize(("code", "name"), NAMES)
def test_every_listed_name_leads_to_its_own_state_in_any_case(code: str, name: str) -> None:
    assert {parse_state(said).value for said in (name, name.lower(), name.upper(), f"we live in {name}!")} == {code}


@given(st.text(max_size=40))
def test_no_text_is_too_odd(typed: str) -> None:
    assert parse_state(typed).value in {None, "OT", *state_codes()}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("deadline for texas 26-27?", "TX"), ("cuando es la fecha limite d la fafsa en tejas", "TX"),
        ("i live in New York and am in college now", "NY"), ("deadline tx", "TX"), ("vivo en Puerto Rico", "PR"),
        ("OK when is it due", None), ("when do i have to file in la", None), ("when is it due for ohio state", None),
        ("my college in texas wants it", None), ("from ohio, going to a college in texas", None), ("", None),
    ],
)  # fmt: skip
def test_a_longer_message_names_a_home_state_only_beyond_doubt(typed: str, code: str | None) -> None:
    assert state_named(typed) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [("used to be in texas, we moved to utah", "UT"), ("antes en florida pero nos cambiamos a georgia", "GA")],
)
def test_the_state_somebody_moved_to_is_the_one_they_live_in(typed: str, code: str) -> None:
    parsed = parse_state(typed)
    assert (parsed.status, parsed.value) == ("ok", code)


@pytest.mark.parametrize(("typed", "code"), [("Houston", "TX"), ("mis papás viven en Chicago", "IL")])
def test_a_large_city_names_its_state_with_a_look_at_it(typed: str, code: str) -> None:
    parsed = parse_state(typed)
    assert (parsed.status, parsed.value) == ("needs_confirmation", code)
