"""A yes or no is said only to the question that it answers."""

import pytest

from knowledge.answer import Answerer
from knowledge.boundaries import boundaries
from knowledge.check import Sentence, sentence_problems
from knowledge.library import library
from knowledge.notes import Language
from knowledge.search import Searcher
from knowledge.verdict import fits, without_verdict


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Yes. A veteran is independent.", "A veteran is independent."),
        ("No, default stops more federal aid.", "Default stops more federal aid."),
        ("Sí, con límites. Tal vez pueda deducir los intereses.", "Tal vez pueda deducir los intereses."),
        ("No. El gobierno no llama.", "El gobierno no llama."),
        ("Nobody can promise it.", "Nobody can promise it."),
        ("No school decides alone.", "No school decides alone."),
        ("Yes.", "Yes."),
    ],
)
def test_what_a_statement_says_stays_when_its_yes_or_no_is_left_out(said: str, left: str) -> None:
    assert without_verdict(said) == left


@pytest.mark.parametrize(
    ("question", "score", "said"),
    [
        ("can my brother get pell in prison", 0.8, True),
        ("can my brother get pell in prison", 0.5, False),
        ("no puedo pagar mi préstamo, qué hago", 0.9, False),
        ("how do i sign up for fresh start", 0.9, False),
        ("what if my dad remarried, does his wife count", 0.8, True),
        ("mi mamá también firma", 0.7, True),
    ],
)
def test_a_verdict_is_kept_only_for_a_near_question_that_a_yes_or_no_answers(
    question: str, score: float, said: bool
) -> None:
    assert fits(question, score) is said


def test_every_note_passes_the_check_with_and_without_its_verdict() -> None:
    notes = library()
    for language in ("en", "es"):
        for note in notes.in_language(language):
            for text in (note.short.text, without_verdict(note.short.text)):
                assert not sentence_problems(Sentence(text, note.id, note.short.source_id), notes, language), note.id


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    notes = library()
    return Answerer(notes, Searcher(notes, boundaries()), None)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("i am nineteen and rent my own place so am i independent now", "en"),
        ("ya no me alcanza para pagar mis préstamos de estudiante, qué puedo hacer", "es"),
        ("how do I tell the school that my scholarship covers everything", "en"),
    ],
)
def test_nobody_is_told_yes_or_no_to_a_question_they_did_not_ask(
    answerer: Answerer, question: str, language: Language
) -> None:
    said = answerer.answer(question, language).text
    assert not said.startswith(("Yes", "Sí"))
