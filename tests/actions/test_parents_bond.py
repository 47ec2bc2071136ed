"""What parents are to each other, by their bond and their homes, whatever choice of the list is never named."""

from __future__ import annotations

import pytest

from actions.parents_bond import relationship
from actions.who_is_parent import WhoIsParent
from tests.actions.talk import Talk


def asked_what_they_are(language: str = "en") -> Talk:
    talk = Talk(WhoIsParent(), language=language)
    talk.answers = {"any_dependency_reason": "no", "lives_with": "both", "parents_alive": "both"}
    talk.open("which parent")
    assert talk.asked == "parents_relationship"
    return talk


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("divorced, but dad never left the house", "divorced_together"),
        ("seperated n still under 1 roof", "divorced_together"),
        ("they split up but share an apartment", "divorced_together"),
        ("divorciados pero comparten la casa", "divorced_together"),
        ("se separaron y mi papá no se ha ido de la casa", "divorced_together"),
        ("divorced, she lives in another state", "divorced_apart"),
        ("separados, cada quien por su lado", "divorced_apart"),
        ("mom and dad split, he moved out", "divorced_apart"),
        ("never got married but same house", "unmarried_together"),
        ("no se han casado, viven juntos", "unmarried_together"),
        ("never married and he lives in ohio", "never_married_apart"),
        ("no son casados, viven en otra casa", "never_married_apart"),
        ("not divorced, still married", "married"),
        ("seprated, still livng togehter", "divorced_together"),
        ("nunca casdos pero viven juntso", "unmarried_together"),
    ],
)
def test_a_bond_and_a_home_are_enough(typed: str, meant: str) -> None:
    talk = asked_what_they_are()
    talk.say(typed)
    assert talk.answers.get("parents_relationship") == meant


@pytest.mark.parametrize(
    ("first", "then", "language"),
    [
        ("divorced", "same roof though", "en"),
        ("they are separated", "no, they didn't move out", "en"),
        ("separated", "yes but they share a house", "en"),
        ("divorciados", "pero viven en la misma casa", "es"),
        ("están separados", "no, juntos", "es"),
    ],
)
def test_a_shared_home_told_after_the_divorce_is_put_together_with_it(first: str, then: str, language: str) -> None:
    talk = asked_what_they_are(language)
    talk.say(first)
    assert talk.asked == "confirm_value"
    talk.say(then)
    assert talk.answers["parents_relationship"] == "divorced_together"


@pytest.mark.parametrize("typed", ["they are separated", "se divorciaron cuando tenía 5", "divorced, mom remarried"])
def test_a_divorce_alone_is_never_taken_for_more(typed: str) -> None:
    talk = asked_what_they_are()
    talk.say(typed)
    assert "parents_relationship" not in talk.answers
    assert talk.state.confirm is not None
    assert talk.state.confirm["value"] == "divorced_apart"


@pytest.mark.parametrize("typed", ["they live together", "viven en la misma casa"])
def test_a_shared_home_alone_leaves_the_bond_open(typed: str) -> None:
    read = relationship(typed)
    assert read is not None
    assert (read.status, set(read.alternatives)) == ("invalid", {"married", "unmarried_together", "divorced_together"})


@pytest.mark.parametrize("typed", ["my mom", "not sure", "are they divorced?", "they file separately", ""])
def test_what_tells_neither_is_left_alone(typed: str) -> None:
    assert relationship(typed) is None
