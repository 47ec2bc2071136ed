"""Changes to answers given before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answers import LAST, UNKNOWN, correction, parse_money

NAMES = {
    "parent_cash_savings": ("savings", "cash", "ahorros"),
    "student_income_tax_paid": ("taxes paid", "tax paid", "impuestos"),
    "parent_agi": ("agi", "income", "ingreso"),
    "family_size": ("family size", "people in my family", "tamaño de familia"),
    "state_for_poverty": ("state", "estado"),
    "student_marital_status": ("marital status", "estado civil"),
}


@pytest.mark.parametrize(
    ("typed", "name", "text"),
    [
        ("change family size to 5", "family_size", "5"),
        ("make family size 5", "family_size", "5"),
        ("change taxes paid to 823", "student_income_tax_paid", "823"),
        ("please change my state to Ohio", "state_for_poverty", "Ohio"),
        ("wait my mom says her agi was 46,200", "parent_agi", "46,200"),
        ("no, her agi was 46,200", "parent_agi", "46,200"),
        ("actually her agi is 46,200", "parent_agi", "46,200"),
        ("go back, the savings should be 21,500", "parent_cash_savings", "21,500"),
        ("correct the savngs to 900", "parent_cash_savings", "900"),
        ("sorry i put the wrong state, it should be Ohio", "state_for_poverty", "Ohio"),
        ("cambie el ingreso a 30 mil", "parent_agi", "30 mil"),
        ("perdón, mi ingreso es 30 mil", "parent_agi", "30 mil"),
        ("corrija los impuestos: 823", "student_income_tax_paid", "823"),
        ("estado civil debería ser casado", "student_marital_status", "casado"),
        ("quiero cambiar mi ingreso", "parent_agi", ""),
        ("the income is wrong", "parent_agi", ""),
        ("el ingreso está mal", "parent_agi", ""),
        ("no, I meant 46,200", LAST, "46,200"),
        ("no wait 46,200", LAST, "46,200"),
        ("i meant texas", LAST, "texas"),
        ("quise decir casada", LAST, "casada"),
        ("me equivoqué, son 5", LAST, "5"),
        ("oops 5", LAST, "5"),
        ("change it to 4", LAST, "4"),
        ("it should be 5", LAST, "5"),
        ("change my favorite color to blue", UNKNOWN, "blue"),
    ],
)
def test_what_is_changed_and_to_what_is_understood(typed: str, name: str, text: str) -> None:
    found = correction(typed, NAMES)
    assert found is not None
    assert (found.name, found.text) == (name, text)


@pytest.mark.parametrize(
    "typed",
    [
        "no",
        "45k",
        "single lol",
        "wait what",
        "wait, what is agi?",
        "no, I rent a room",
        "no, we talk, they just won't pay",
        "no my mom is married",
        "yes, she remarried last year",
        "changing jobs",
        "actually 3 people",
        "sorry idk",
    ],
)
def test_an_ordinary_answer_or_question_changes_nothing(typed: str) -> None:
    assert correction(typed, NAMES) is None


def test_when_two_answers_fit_the_first_given_leads_and_the_other_is_offered() -> None:
    names = {"student_agi": ("agi", "income"), "parent_agi": ("agi", "income")}
    found = correction("change income to 30k", names)
    assert found is not None
    assert (found.name, found.alternatives) == ("student_agi", ("parent_agi",))


@given(st.sampled_from(sorted(NAMES)), st.integers(min_value=0, max_value=9_999_999))
def test_every_name_can_be_changed_to_any_amount(name: str, dollars: int) -> None:
    found = correction(f"change {NAMES[name][0]} to {dollars:,}", NAMES)
    assert found is not None
    assert (found.name, parse_money(found.text).value) == (name, dollars)


@given(st.text(max_size=80))
def test_no_text_is_too_odd(typed: str) -> None:
    found = correction(typed, NAMES)
    assert found is None or found.name in {*NAMES, LAST, UNKNOWN}
