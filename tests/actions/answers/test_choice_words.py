"""What people type for the choices of the aid estimate is read, with slips and in two parts."""

from __future__ import annotations

import pytest

from actions.answers import parse_choice
from actions.answers.slips import mend
from actions.flow.words import choices


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        ("parents_relationship", "never marrid, they live togethr", "unmarried_together"),
        ("parents_relationship", "divorsed but still live togther", "divorced_together"),
        ("parents_relationship", "divorsiados pero viven juntso", "divorced_together"),
        ("parent_marital_status", "biuda", "widowed"),
        ("parent_marital_status", "they are divorsed", "divorced"),
        ("parent_marital_status", "my parents never got married but we all share the same apartment",
         "unmarried_both_parents_together"),
        ("parent_marital_status", "nunca se casaron pero viven en la misma casa", "unmarried_both_parents_together"),
        ("parent_marital_status", "nunca estuvo casado", "never_married"),
        ("parent_marital_status", "never married and not together", "never_married"),
        ("parent_marital_status", "my dad died and my mom got remarried", "remarried"),
        ("parent_marital_status", "my mom passed last year", "widowed"),
        ("student_marital_status", "sigo casado pero ya no vivo con ella", "separated"),
        ("student_filer_class", "no hice declaración", "nonfiler"),
        ("parent_filer_class", "ninguno de los dos declara", "nonfiler"),
        ("parent_filer_class", "no declaran nada", "nonfiler"),
        ("parent_filer_class", "she lives in honduras and doesn't have to file there", "foreign_nonfiler"),
        ("parent_filing_status", "cada uno hace lo suyo, cada quien por su lado", "married_separate"),
        ("parent_filing_status", "married, but they file their own", "married_separate"),
        ("depth", "por encimita nomás", "quick"),
        ("depth", "a grandes rasgos", "quick"),
        ("depth", "por arribita", "quick"),
        ("depth", "nothing fancy", "quick"),
        ("depth", "the fastest one", "quick"),
        ("depth", "con todo detalle por favor", "full"),
        ("depth", "gimme the whole thing", "full"),
        ("depth", "lo más exacto posible", "full"),
        ("grade_level", "first year of law school", "professional"),
        ("grade_level", "second year of my master's", "graduate"),
        ("grade_level", "segundo año de maestría", "graduate"),
    ],
)  # fmt: skip
def test_wordings_of_a_choice_are_sure(question: str, typed: str, value: str) -> None:
    listed = choices(_SHARED.get(question, question))
    parsed = parse_choice(typed, listed)
    assert (parsed.status, parsed.value) == ("ok", value)


_SHARED = {
    "student_filer_class": "filer_class",
    "parent_filer_class": "filer_class",
    "parent_filing_status": "filing_status",
}


def test_parts_that_are_denied_do_not_count() -> None:
    parsed = parse_choice("divorced and they don't live together", choices("parents_relationship"))
    assert parsed.value != "divorced_together"


@pytest.mark.parametrize("word", ["divorce", "other", "there", "house", "father"])
def test_a_word_of_its_own_is_no_slip(word: str) -> None:
    known = frozenset({"divorced", "mother", "three", "spouse"})
    assert mend((word,), known - {word}) == (word,)


@pytest.mark.parametrize("typed", ["haven't decided yet", "todavía no decido"])
def test_an_open_decision_is_not_sure(typed: str) -> None:
    assert parse_choice(typed, choices("enrollment")).status == "not_sure"
