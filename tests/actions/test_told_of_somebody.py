"""What is told of others stays theirs; what is told of tax figures and of a PLUS loan needs no yes or no."""

from __future__ import annotations

from typing import Any

import pytest

from actions.borrowing import Borrowing
from actions.dependency import Dependency
from actions.flow.hearing import read
from actions.flow.model import Flow, Heard, Question
from actions.verification import Verification
from tests.actions.talk import TODAY


def heard_as(flow: Flow, key: str, typed: str, choices: str | None = None) -> tuple[str, Any]:
    question = Question(key, "yes_no", f"utter_q_{key}", key, choices=choices)
    heard = Heard(typed, "es" if any(char in "áéíóúñ" for char in typed) else "en", TODAY)
    reading = read(question, heard, flow.reads(question, heard, {}))
    return reading.status, reading.value


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("any_dependency_reason", "my best friend was in foster care"),
        ("any_dependency_reason", "my grandpa is a veteran"),
        ("any_dependency_reason", "mi hermano está en servicio activo"),
        ("foster_care", "mi primo estuvo en foster"),
        ("foster_care", "my cousin was"),
        ("veteran", "my uncle was in the marines"),
        ("active_duty", "mi novio está en la marina"),
        ("homeless_or_at_risk", "my friend is homeless"),
        ("graduate_student", "my sister is in grad school"),
        ("emancipated_minor", "my roommate got emancipated"),
    ],
)
def test_what_happened_to_somebody_else_is_never_a_yes(key: str, typed: str) -> None:
    assert heard_as(Dependency(), key, typed) == ("needs_confirmation", "no")


@pytest.mark.parametrize(
    ("key", "typed", "meant"),
    [
        ("foster_care", "my sister was but not me", "no"),
        ("veteran", "mi papá sí pero yo no", "no"),
        ("any_dependency_reason", "my dad was in the army, i wasn't", "no"),
        ("any_dependency_reason", "my brother and i were in foster care", "yes"),
        ("any_dependency_reason", "my aunt is my legal guardian", "yes"),
        ("any_dependency_reason", "my dad hits me", "yes"),
        ("any_dependency_reason", "mi mamá murió y estuve en hogar de crianza", "yes"),
        ("any_dependency_reason", "working on my masters", "yes"),
        ("any_dependency_reason", "voy a empezar la maestría", "yes"),
        ("foster_care", "my foster mom raised me", "yes"),
        ("veteran", "soy veterana", "yes"),
    ],
)
def test_whoever_is_meant_themself_is_heard(key: str, typed: str, meant: str) -> None:
    assert heard_as(Dependency(), key, typed) == ("ok", meant)


@pytest.mark.parametrize("key", ["data_from_irs", "parent_data_from_irs"])
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("we put the numbers in ourselves", "no"),
        ("yes, we typed it", "no"),
        ("it didnt come over so we copied our return", "no"),
        ("my tax lady entered it", "no"),
        ("no llegaron del irs", "no"),
        ("los puse yo", "no"),
        ("lo llenamos nosotros con los papeles", "no"),
        ("they filled in on their own", "yes"),
        ("the irs sent them", "yes"),
        ("we didn't type anything", "yes"),
        ("it was already there", "yes"),
        ("se llenaron solos", "yes"),
        ("los pasó el irs", "yes"),
        ("directo del irs", "yes"),
    ],
)
def test_where_tax_figures_came_from_is_told_as_it_was(key: str, typed: str, meant: str) -> None:
    assert heard_as(Verification(), key, typed, choices=key) == ("ok", meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("they turned my dad down", "yes"),
        ("mom failed the credit check", "yes"),
        ("no pasó la revisión de crédito", "yes"),
        ("le dijeron que no", "yes"),
        ("no se lo aprobaron", "yes"),
        ("she was approved", "no"),
        ("my mom already has it", "no"),
        ("ya se lo dieron", "no"),
        ("sí lo aprobaron", "no"),
        ("we never applied for one", "no"),
        ("todavía no lo han solicitado", "no"),
        ("nunca se lo han negado", "no"),
        ("they havent been denied", "no"),
    ],
)
def test_what_became_of_a_plus_loan_is_told_as_it_was(typed: str, meant: str) -> None:
    assert heard_as(Borrowing(), "parent_plus_denied", typed, choices="parent_plus_denied") == ("ok", meant)


def test_both_sides_told_at_once_are_asked_about() -> None:
    both = heard_as(Borrowing(), "parent_plus_denied", "bad credit but hasn't applied", choices="parent_plus_denied")
    assert both[0] == "invalid"
    mixed = heard_as(
        Verification(), "data_from_irs", "mine came from the irs but mom typed hers", choices="data_from_irs"
    )
    assert mixed[0] == "invalid"
