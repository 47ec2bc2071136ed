"""What people ask in passing, in the middle of a form, finds the note on that and not one with a word in common."""

import pytest

from knowledge.answer import Answerer
from knowledge.boundaries import boundaries
from knowledge.library import library
from knowledge.notes import Language
from knowledge.search import Searcher


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    notes = library()
    return Answerer(notes, Searcher(notes, boundaries()), None)


@pytest.mark.parametrize(
    ("question", "language", "note_id"),
    [
        ("what counts, just my husband's or both of ours", "en", "contributor-spouse"),
        ("van a avisarle a la migra si lleno esto?", "es", "noncitizen-fafsa-safety"),
        ("why the hell do you need to know whats in MY bank account", "en", "assets-why-asked"),
        ("por que quieren saber lo que tengo en el banco", "es", "assets-why-asked"),
        ("y cuenta la renta o solo lo de la escuela?", "es", "cost-of-attendance"),
        ("do i count my overtime", "en", "income-agi"),
        ("when is it due", "en", "fafsa-deadlines"),
        ("para cuando es?", "es", "fafsa-deadlines"),
        ("soy la mama, cuanto me prestan para mi hija", "es", "parent-plus-limits"),
        ("how much can i borrow as his mother", "en", "parent-plus-limits"),
        ("can my dad take out a loan for me", "en", "parent-plus-who-can-borrow"),
    ],
)
def test_a_question_in_passing_finds_its_own_note(
    answerer: Answerer, question: str, language: Language, note_id: str
) -> None:
    assert answerer.answer(question, language).note_id == note_id


@pytest.mark.parametrize("said", ["cuanta ayuda me toca rápido", "rapido porfa, cuanta ayuda me dan en 2026-27"])
def test_somebody_in_a_hurry_does_not_hear_of_the_repayment_plan_rap(answerer: Answerer, said: str) -> None:
    assert "rap" not in (answerer.answer(said, "es").note_id or "").split("-")


@pytest.mark.parametrize(
    ("said", "language"),
    [("never got any", "en"), ("he passed away", "en"), ("not that one", "en"), ("nunca he pedido", "es")],
)
def test_a_few_words_that_ask_nothing_are_near_no_note(answerer: Answerer, said: str, language: Language) -> None:
    assert answerer.nearness(said, language) < 0.5


@pytest.mark.parametrize(
    ("said", "language"),
    [("what is sai", "en"), ("fafsa deadline", "en"), ("que es la pell", "es"), ("never got my pell?", "en")],
)
def test_a_few_words_that_name_the_subject_or_ask_are_as_near_as_ever(
    answerer: Answerer, said: str, language: Language
) -> None:
    assert answerer.nearness(said, language) >= 0.5
