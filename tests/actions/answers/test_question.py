"""A question is told from an answer, with or without question marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answers import looks_like_question

QUESTIONS = """what counts as untaxed income?|whats agi|why do you ask
does my GI Bill housing money count as income here?
Where do I find that on her tax return?|what is that|i dont know what agi is|is my stepdad counted?
do i count my roommate
can i skip this|huh?|wait what|and what if we dont file|does 45k count as low income|who counts as family
my mom gets child support is that income?|how do i find my agi|explain untaxed income
is it safe to give you this
my grandma lives with us, does she count|what do you mean|what line on the 1040|why
y les van a preguntar por su estatus migratorio?|por que me preguntas eso?|no sé qué es eso|que es el AGI
ke es eso?
donde encuentro eso|se cuenta mi abuela?|no entiendo|tengo que poner a mi padrastro?
y si mis papas no tienen ssn?
el seguro social de mi hermana cuenta?|cuanto es lo maximo|me van a deportar si pongo eso|porque preguntan eso
mom got denied parent plus what now|i failed 2 classes will i lose my aid|que diferencia hay entre los dos
necesito el ssn de mi papa?|que pongo si no se|¿Para qué sirve?|a que se refiere con eso"""
ANSWERS = """is it 45k?|45k?|like 45 grand?|yes?|single lol|enough to survive lol|texas?|married?|2027?
next fall?
maybe like 45000 before taxes?|my dad made 45k last year i think?|when i was 15 my parents died|did not file|idk
is it 3?
are married|64,000 from the farm and the feed store|4 me my parents n my sis|she is married|what i made was 30k
i do
divorced, they live apart|idk how much my mom makes|they do|we do|so do i|no, we talk, they just won't pay
me, I'm the student
como 39 mil|porque mi papa murio|no se|mi mama, mi papa ya murio|no hay papeles|somos 6?|son 45 mil?|si?
no, nunca me adopto|duermo en casas de amigos, no tengo casa|no se cuanto gano|cuando tenia 13 murieron
como 1,500 al mes|mi fafsa was rejected y no entiendo nada de eso
cerraron la planta y no ha encontrado trabajo"""


def listed(table: str) -> list[str]:
    return [entry for line in table.splitlines() for entry in line.split("|")]


@pytest.mark.parametrize("typed", listed(QUESTIONS))
def test_a_question_is_heard_as_one(typed: str) -> None:
    assert looks_like_question(typed)


@pytest.mark.parametrize("typed", listed(ANSWERS))
def test_an_answer_even_a_doubtful_one_is_not_a_question(typed: str) -> None:
    assert not looks_like_question(typed)


@given(st.integers(min_value=0, max_value=10_000_000))
def test_an_amount_with_a_question_mark_is_an_answer(dollars: int) -> None:
    assert not any(looks_like_question(f"{lead}{dollars:,}?") for lead in ("", "is it ", "like $", "como "))


@given(st.text(max_size=80))
def test_no_text_is_too_odd(typed: str) -> None:
    assert looks_like_question(typed) in {True, False}
