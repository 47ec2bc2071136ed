"""Yes and no in many words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answers import parse_yes_no
from actions.answers.yes_no import ends_with_an_answer

YES = """yes|y|ya|yeah|yep|Yesss|sure|ya they file|yes ssi|i think so|they do|we did|yes, no problem|of course|👍
si|sí|siii|claro|claro que si|creo que si|pues si|si declaran con itin|si porfa|sí tengo dos niños|mi mama si declara"""
NO = """no|n|nah|nope|NOPE|noooo|never|she doesnt file|They don't file|no i didnt file|i dont think so|not yet|👎
no, we talk, they just won't pay|no, I rent a room|they just wont help|none of those|no, si hablo con ella
nel|nunca|claro que no|creo que no|ya no|para nada|no se casaron|no se declara|no hay papeles|no, nunca me adopto"""
NOT_SURE = "idk|not sure|no idea|no sé|no se|no se si declaran|no estoy seguro|maybe|depends|idk maybe|tal vez"


def listed(table: str) -> list[str]:
    return [entry for line in table.splitlines() for entry in line.split("|")]


@pytest.mark.parametrize("typed", listed(YES))
def test_a_yes_is_a_yes(typed: str) -> None:
    assert parse_yes_no(typed).value == "yes"


@pytest.mark.parametrize("typed", listed(NO))
def test_a_no_is_a_no(typed: str) -> None:
    assert parse_yes_no(typed).value == "no"


@pytest.mark.parametrize("typed", listed(NOT_SURE))
def test_not_sure_is_neither(typed: str) -> None:
    assert parse_yes_no(typed).status == "not_sure"


@pytest.mark.parametrize("typed", ["yes and no", "si pero no", "my mom yes my dad no", "yes or no"])
def test_yes_and_no_together_are_asked_again(typed: str) -> None:
    parsed = parse_yes_no(typed)
    assert (parsed.status, parsed.problem) == ("invalid", "ambiguous")


@pytest.mark.parametrize("typed", ["banana", "juntos", "45k", "soy soltero"])
def test_something_else_is_not_taken_for_a_yes_or_a_no(typed: str) -> None:
    assert parse_yes_no(typed).problem == "unknown"


def test_a_spanish_and_is_not_a_yes() -> None:
    assert parse_yes_no("y tu").value is None


def test_a_question_may_bring_words_of_its_own() -> None:
    assert parse_yes_no("medicaid", yes=("medicaid", "snap")).value == "yes"
    assert parse_yes_no("we don't get medicaid", yes=("medicaid",)).value == "no"
    assert parse_yes_no("i never typed it", yes=("never typed",)).value == "yes"
    assert parse_yes_no("duermo en casas de amigos", yes=("duermo en",)).value == "yes"


@given(st.text(max_size=60))
def test_no_text_is_too_odd(typed: str) -> None:
    parsed = parse_yes_no(typed)
    assert (parsed.value in {"yes", "no"}) == (parsed.status == "ok")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("no clue what that means but no", "no"),
        ("idk what those are so nope", "no"),
        ("no sé qué sea eso pero no", "no"),
        ("not sure what a schedule is but yes", "yes"),
    ],
)
def test_an_answer_that_ends_in_yes_or_no_is_one(typed: str, meant: str) -> None:
    assert ends_with_an_answer(typed)
    assert parse_yes_no(typed).value == meant


@pytest.mark.parametrize("typed", ["idk what that is", "not sure, maybe no one does", "no sé"])
def test_not_sure_alone_is_no_answer(typed: str) -> None:
    assert not ends_with_an_answer(typed)
    assert parse_yes_no(typed).status == "not_sure"


@pytest.mark.parametrize("typed", ["he has a gf but no they arent married", "she has a boyfriend but no, not married"])
def test_but_no_outweighs_what_comes_before_it(typed: str) -> None:
    assert parse_yes_no(typed).value == "no"
