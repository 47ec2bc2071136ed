"""One of a list, named by value, place, label, synonym or near miss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answers import Choice, parse_choice
from actions.answers.choice import choice_named

MARRIAGE = (
    Choice(
        "never_married",
        ("Single, never married", "Soltero/a, nunca me casé"),
        ("single", "never married", "not married", "soltero", "soltera", "nunca me case", "no estan casados"),
    ),
    Choice("married", ("Married", "Casado/a"), ("casados", "casada", "casado")),
    Choice("remarried", ("Remarried", "Casado/a de nuevo"), ("married again", "se volvio a casar")),
    Choice("separated", ("Separated", "Separado/a"), ("separados",)),
    Choice("divorced", ("Divorced", "Divorciado/a"), ("divorciados", "divorciada")),
    Choice("widowed", ("Widowed", "Viudo/a"), ("viuda",)),
)
DEPTH = (
    Choice("quick", ("Quick", "Rápido"), ("short", "rapida")),
    Choice("full", ("Full", "Completo"), ("long version", "completa", "complete")),
)
TOGETHER = (
    Choice("divorced_together", ("Divorced, living together",), ("divorced+together",)),
    Choice("divorced_apart", ("Divorced, living apart",), ("divorced+apart", "divorciad*+aparte")),
    Choice("never_married_apart", ("Never married, living apart",), ("never married+apart", "nunca se casaron+aparte")),
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("never_married", "never_married"),
        ("single lol", "never_married"),
        ("nope single", "never_married"),
        ("never married", "never_married"),
        ("not married", "never_married"),
        ("no estan casados", "never_married"),
        ("soltera, nunca me case", "never_married"),
        ("soltera, single", "never_married"),
        ("nvr married", "never_married"),
        ("marrid", "married"),
        ("no, married", "married"),
        ("my parents are married", "married"),
        ("2", "married"),
        ("#2", "married"),
        ("2)", "married"),
        ("option 2 please", "married"),
        ("the second one", "married"),
        ("la segunda", "married"),
        ("la última", "widowed"),
        ("the last one", "widowed"),
        ("remarrid", "remarried"),
        ("seperated", "separated"),
        ("shes divorced", "divorced"),
        ("divorsed", "divorced"),
    ],
)
def test_the_choice_meant_is_found(typed: str, value: str) -> None:
    parsed = parse_choice(typed, MARRIAGE)
    assert (parsed.value, parsed.status) == (value, "ok")


@pytest.mark.parametrize("typed", ["the quik one", "la rápida", "Quick", "short"])
def test_the_quick_estimate_is_found(typed: str) -> None:
    assert parse_choice(typed, DEPTH).value == "quick"


@pytest.mark.parametrize("typed", ["the full one", "la completa", "long version is fine", "el calculo completo"])
def test_the_full_estimate_is_found(typed: str) -> None:
    assert parse_choice(typed, DEPTH).value == "full"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("divorced, they live apart", "divorced_apart"),
        ("divorciados y viven aparte", "divorced_apart"),
        ("nunca se casaron y viven aparte", "never_married_apart"),
        ("divorced but still together", "divorced_together"),
    ],
)
def test_parts_said_apart_make_one_choice(typed: str, value: str) -> None:
    assert parse_choice(typed, TOGETHER).value == value


def test_two_choices_named_are_both_offered() -> None:
    parsed = parse_choice("married or divorced", MARRIAGE)
    assert (parsed.status, parsed.problem, set(parsed.alternatives)) == (
        "invalid",
        "ambiguous",
        {"married", "divorced"},
    )


def test_the_opposite_word_is_never_a_near_miss() -> None:
    assert parse_choice("unmarried", MARRIAGE).value is None
    dependency = (Choice("dependent", ("Dependent",)),)
    assert parse_choice("independent", dependency).value is None
    assert parse_choice("not marrid", MARRIAGE[1:]).value is None


def test_a_denied_choice_is_not_taken() -> None:
    assert parse_choice("he is not divorced", MARRIAGE).value is None


def test_denying_one_of_two_is_confirmed_as_the_other() -> None:
    parsed = parse_choice(
        "not dependent", (Choice("dependent", ("Dependent",)), Choice("independent", ("Independent",)))
    )
    assert (parsed.value, parsed.status) == ("independent", "needs_confirmation")


@pytest.mark.parametrize(("typed", "problem"), [("9", "out_of_range"), ("banana", "unknown"), ("", "empty")])
def test_what_is_no_choice_is_refused(typed: str, problem: str) -> None:
    assert parse_choice(typed, MARRIAGE).problem == problem


@pytest.mark.parametrize("typed", ["idk", "no sé", "not sure if married or single"])
def test_not_sure_is_accepted(typed: str) -> None:
    assert parse_choice(typed, MARRIAGE).status == "not_sure"


@given(st.sampled_from(MARRIAGE), st.data())
def test_value_place_and_labels_all_lead_back_to_the_choice(choice: Choice, data: st.DataObject) -> None:
    place = MARRIAGE.index(choice) + 1
    typed = data.draw(
        st.sampled_from([choice.value, str(place), f"#{place}", *choice.labels, choice.labels[0].upper()])
    )
    assert parse_choice(typed, MARRIAGE).value == choice.value


@given(st.text(max_size=60))
def test_no_text_is_too_odd(typed: str) -> None:
    parsed = parse_choice(typed, MARRIAGE)
    assert parsed.value is None or parsed.value in {choice.value for choice in MARRIAGE}


FILED = (
    Choice("filed", ("Yes, filed", "Sí, declaró"), ("yes", "sí", "filed")),
    Choice("not_filed", ("No, did not file", "No declaró"), ("no", "nope", "did not file", "not signed")),
)


@pytest.mark.parametrize(
    "typed",
    ["no sé", "no se", "no idea", "no tengo idea", "pues no sé", "no, not sure", "no sé si declaró", "not sure"],
)
def test_not_knowing_is_no_no(typed: str) -> None:
    assert parse_choice(typed, FILED).status == "not_sure"


@pytest.mark.parametrize("typed", ["no", "nope", "no declaró, no sé por qué"])
def test_a_no_stays_a_no(typed: str) -> None:
    assert parse_choice(typed, FILED).value == "not_filed"


@pytest.mark.parametrize(
    ("typed", "value"),
    [("my fafsa: we filed it in may", "filed"), ("we filed? no, did not file", None), ("nothing of the kind", None),
     ("we never filed", None)],
)  # fmt: skip
def test_a_longer_message_names_a_choice_only_in_so_many_words(typed: str, value: str | None) -> None:
    assert choice_named(typed, FILED) == value
