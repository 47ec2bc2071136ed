"""What people type for the choices of the aid estimate is read, with slips and in two parts."""

from __future__ import annotations

import pytest

from actions.answers import parse_choice
from actions.answers.slips import mend
from actions.answers.yes_no import parse_shown_yes_no
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


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        ("means_tested_benefit", "my grandma gets ssi", "yes"),
        ("means_tested_benefit", "nos dan cupones de comida", "yes"),
        ("means_tested_benefit", "medicaid, not snap", "yes"),
        ("means_tested_benefit", "no snap but we have medicaid", "yes"),
        ("means_tested_benefit", "we used to get wic when i was little", "no"),
        ("means_tested_benefit", "we make too much for food stamps", "no"),
        ("means_tested_benefit", "i have never gotten any of that", "no"),
        ("means_tested_benefit", "ya no recibimos estampillas", "no"),
        ("has_bachelors_degree", "i already got one in mexico", "yes"),
        ("has_bachelors_degree", "tengo la licenciatura de allá", "yes"),
        ("has_bachelors_degree", "just my high school diploma", "no"),
        ("has_bachelors_degree", "solo la prepa", "no"),
        ("has_bachelors_degree", "ya mero la termino", "no"),
        ("files_schedule_abdefh", "they itemize", "yes"),
        ("files_schedule_abdefh", "anexo b nada más", "yes"),
        ("files_schedule_abdefh", "just the schedule c for his business", "no"),
        ("files_schedule_abdefh", "only a w2 job", "no"),
    ],
)
def test_a_yes_or_no_in_the_questions_own_words(question: str, typed: str, value: str) -> None:
    own = {choice.value: choice.words for choice in choices(question)}
    parsed = parse_shown_yes_no(typed, yes=own["yes"], no=own["no"])
    assert (parsed.status, parsed.value) == ("ok", value)
