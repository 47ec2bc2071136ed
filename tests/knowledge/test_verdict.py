"""A yes or no is said only to the question that it answers."""

import re

import pytest

from knowledge.answer import Answerer
from knowledge.boundaries import boundaries
from knowledge.check import Sentence, sentence_problems
from knowledge.library import library
from knowledge.notes import Language, Notes
from knowledge.search import Searcher
from knowledge.verdict import fits, without_verdict


@pytest.fixture(scope="module")
def notes() -> Notes:
    return library()


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
    ("question", "note_id", "language"),
    [
        ("does our house count", "assets-home", "en"),
        ("do i have to take the loans in my offer", "aid-offer-decline-loan", "en"),
        ("my mom was denied a plus loan can i borrow more", "loan-after-parent-plus-denied", "en"),
        ("Is the SAVE plan over? yes or no", "repayment-save-ended", "en"),
        ("i was in foster care am i independent or not", "foster-care", "en"),
        ("estuve en foster care, soy independiente?", "foster-care", "es"),
        ("todavia puedo mandar la fafsa 2025-26", "fafsa-2025-26-closed", "es"),
        ("el novio de mi mama va en la fafsa?", "parent-partner-not-married", "es"),
    ],
)
def test_a_verdict_is_said_to_the_question_that_the_notes_title_asks(
    notes: Notes, question: str, note_id: str, language: Language
) -> None:
    note = notes.get(note_id, language)
    assert note is not None
    assert fits(question, note)


@pytest.mark.parametrize(
    ("question", "note_id", "language"),
    [
        ("can my parents take out a loan for me", "loan-parent-will-not-borrow", "en"),
        ("mis papas pueden sacar un prestamo parent plus?", "loan-parent-will-not-borrow", "es"),
        ("im 20 and pay my own rent do i still need my moms info", "dependency-living-alone", "en"),
        ("vivo con mi novio, tengo que poner a mis papas?", "parent-partner-not-married", "es"),
        ("estuve en foster care, necesito datos de mis papas?", "foster-care", "es"),
        ("i was in foster care do i need my parents info", "foster-care", "en"),
        ("can i take the loans in my offer", "aid-offer-decline-loan", "en"),
        ("does our house not count", "assets-home", "en"),
        ("does only our house count", "assets-home", "en"),
        ("puedo aceptar toda mi oferta de ayuda", "aid-offer-accept-part", "es"),
        ("puedo no aceptar los prestamos de mi oferta", "aid-offer-decline-loan", "es"),
        ("can i still file the 2026-27 fafsa", "fafsa-2025-26-closed", "en"),
        ("my mom was denied a plus loan how much more can i borrow", "loan-after-parent-plus-denied", "en"),
        ("no puedo pagar mi préstamo, qué hago", "default-consolidation", "es"),
        ("am i independent", "dependency-married", "en"),
        ("is there a limit on parent plus", "parent-plus-earlier-borrowers", "en"),
    ],
)
def test_a_verdict_is_not_said_to_another_question_or_the_same_turned_round(
    notes: Notes, question: str, note_id: str, language: Language
) -> None:
    note = notes.get(note_id, language)
    assert note is not None
    assert not fits(question, note)


@pytest.mark.parametrize("language", ["en", "es"])
def test_some_of_the_known_questions_still_hear_the_verdict_of_their_note(notes: Notes, language: Language) -> None:
    own = [note for note in notes.in_language(language) if without_verdict(note.short.text) != note.short.text]
    assert sum(fits(note.title, note) for note in own) > 0.9 * len(own)
    assert sum(fits(question, note) for note in own for question in note.questions) >= 25


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_left_without_its_verdict_is_a_sentence(notes: Notes, language: Language) -> None:
    for note in notes.in_language(language):
        first = without_verdict(note.short.text).split(". ")[0]
        left = without_verdict(note.short.text) != note.short.text
        assert not (left and re.match(r"(?:not|that|si|if) [^,]*$", first, re.I)), first


def test_every_note_passes_the_check_with_and_without_its_verdict(notes: Notes) -> None:
    for language in ("en", "es"):
        for note in notes.in_language(language):
            for text in (note.short.text, without_verdict(note.short.text)):
                assert not sentence_problems(Sentence(text, note.id, note.short.source_id), notes, language), note.id


@pytest.fixture(scope="module")
def answerer(notes: Notes) -> Answerer:
    return Answerer(notes, Searcher(notes, boundaries()), None)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("i am nineteen and rent my own place so am i independent now", "en"),
        ("ya no me alcanza para pagar mis préstamos de estudiante, qué puedo hacer", "es"),
        ("how do I tell the school that my scholarship covers everything", "en"),
        ("can my parents take out a loan for me", "en"),
        ("mis papas pueden sacar un prestamo parent plus?", "es"),
        ("im 20 and pay my own rent do i still need my moms info", "en"),
        ("vivo con mi novio, tengo que poner a mis papas?", "es"),
        ("estuve en foster care, necesito datos de mis papas?", "es"),
    ],
)
def test_nobody_is_told_yes_or_no_to_a_question_they_did_not_ask(
    answerer: Answerer, question: str, language: Language
) -> None:
    said = answerer.answer(question, language).text
    assert not re.match(r"(?:Yes|Sí|No)[.,]", said), said
