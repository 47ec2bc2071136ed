"""Choices, states and contacts in people's own words, as they text them."""

from typing import Any

import pytest

from actions.answers.choice import parse_choice
from actions.answers.contact import parse_name
from actions.answers.state import parse_state
from actions.flow.words import choices
from actions.handoff import Handoff
from tests.actions.talk import Talk


@pytest.mark.parametrize(
    ("key", "said", "meant"),
    [
        ("lives_with", "one week each", "both"),
        ("lives_with", "i do a week w each", "both"),
        ("lives_with", "50/50", "both"),
        ("lives_with", "una semana con cada uno", "both"),
        ("parents_relationship", "never married n dont live together", "never_married_apart"),
        ("parents_relationship", "they were never married, they dont live together", "never_married_apart"),
        ("parents_relationship", "nunca se casaron y no viven juntos", "never_married_apart"),
        ("parents_relationship", "union libre", "unmarried_together"),
        ("parents_relationship", "juntados", "unmarried_together"),
        ("parents_relationship", "estamos separados pero no divorciados", "divorced_apart"),
        ("student_marital_status", "estamos separados pero no divorciados", "separated"),
        ("student_marital_status", "separated, not divorced", "separated"),
        ("student_marital_status", "shes just a kid", "never_married"),
        ("parent_marital_status", "union libre", "unmarried_both_parents_together"),
        ("more_support_parent", "they split everything", "equal"),
        ("identity_way", "over google meet", "video"),
        ("status_reason_processed", "i typed an extra zero", "error"),
        ("status_reason_processed", "le puse un cero de mas", "error"),
        ("status_reason", "mi papá no dio el consentimiento", "missing_consent"),
        ("status_reason", "my dad never gave consent", "missing_consent"),
        ("fafsa_status", "todavia dice en revicion", "in_review"),
    ],
)
def test_a_choice_is_known_by_what_people_call_it(key: str, said: str, meant: str) -> None:
    parsed = parse_choice(said, choices(key))
    assert (parsed.status, parsed.value) == ("ok", meant)


@pytest.mark.parametrize("said", ["got a bf", "tengo novia", "unión libre", "juntados", "lol no shes a kid", "engaged"])
def test_what_only_speaks_for_never_married_is_confirmed(said: str) -> None:
    parsed = parse_choice(said, choices("student_marital_status"))
    assert (parsed.status, parsed.value) == ("needs_confirmation", "never_married")


def test_a_hint_gives_way_to_what_is_said_outright() -> None:
    assert parse_choice("divorced, i have a boyfriend", choices("student_marital_status")).value == "divorced"


@pytest.mark.parametrize(
    ("said", "state"), [("niu yersi", "NJ"), ("nueva yersi", "NJ"), ("niu yor", "NY"), ("niu mexico", "NM")]
)
def test_a_state_written_by_ear_is_confirmed(said: str, state: str) -> None:
    parsed = parse_state(said)
    assert (parsed.status, parsed.value) == ("needs_confirmation", state)


@pytest.mark.parametrize(
    ("said", "state"),
    [("mexico", "OT"), ("nuevo leon, mexico", "OT"), ("Nuevo México", "NM"), ("nuestro estado es texas", "TX")],
)
def test_a_state_or_country_that_is_named_needs_no_ear(said: str, state: str) -> None:
    assert (parse_state(said).status, parse_state(said).value) == ("ok", state)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Tasha, 614-555-0177", "Tasha"),
        ("soy ana ruiz, mi cel es 614 555 0177", "Ana Ruiz"),
        ("its marcus and my number is (614) 555-0177", "Marcus"),
        ("Lee Chen lee.chen@example.com", "Lee Chen"),
    ],
)
def test_a_name_is_read_beside_a_number_or_an_address(said: str, name: str) -> None:
    assert parse_name(said).value == name


@pytest.mark.parametrize("said", ["614-555-0177", "lee@example.com"])
def test_a_number_alone_is_no_name(said: str) -> None:
    assert parse_name(said).status == "invalid"


@pytest.mark.parametrize(
    ("said", "way", "told"),
    [
        ("Tasha, 614-555-0177", "text", {"contact_phone": "+16145550177"}),
        ("Tasha tasha@example.com", "email", {"contact_email": "tasha@example.com"}),
    ],
)
def test_a_number_that_comes_with_the_name_is_not_asked_again(said: str, way: str, told: dict[str, Any]) -> None:
    talk = Talk(Handoff())
    talk.open("talk to a person")
    talk.answer_until("contact_name", {})
    talk.say(said)
    assert talk.answers["contact_name"] == "Tasha"
    talk.say(way)
    assert talk.asked == "urgency"
    assert {name: talk.answers[name] for name in told} == told
