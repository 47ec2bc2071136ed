"""A message is told from the notes' subject by the words around the one it shares with them."""

import pytest

from knowledge.boundaries import boundaries
from knowledge.library import library
from knowledge.search import Searcher
from knowledge.search.outside import OutsideSense

NOTES = ("my student loan is in default", "how do i pay my loan back", "who pays my fafsa refund")
ELSEWHERE = ("how do i pay my rent", "my landlord keeps my deposit", "who pays for a broken phone")


def test_words_of_the_notes_speak_for_them_and_words_of_elsewhere_against() -> None:
    sense = OutsideSense(NOTES, ELSEWHERE)
    assert sense.of("my loan is due") < 0 < sense.of("my landlord wants rent")


def test_what_it_tells_stays_within_its_bounds_and_no_words_tell_nothing() -> None:
    sense = OutsideSense(["loan"] * 1000, ["rent"] * 1000)
    assert sense.of(" ?! ") == 0.0
    assert sense.of("rent") == 4.0
    assert sense.of("loan") == -4.0


@pytest.fixture(scope="module")
def shipped() -> Searcher:
    return Searcher(library(), boundaries())


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("do you think my landlord can keep the whole deposit", "en"),
        ("what should i cook tonight for six people", "en"),
        ("help me write a poem for my biology teacher", "en"),
        ("qué cocino hoy para seis personas", "es"),
        ("mi casero no me devuelve el depósito", "es"),
    ],
)
def test_messages_on_other_subjects_find_no_note(shipped: Searcher, question: str, language: str) -> None:
    look = shipped.look(question, language)  # type: ignore[arg-type]
    assert look.boundary is not None or not look.found()


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("what happens if i stop paying my student loan", "en"),
        ("does money i make at my job lower my pell grant", "en"),
        ("qué pasa si dejo de pagar mi préstamo estudiantil", "es"),
    ],
)
def test_questions_on_aid_are_not_taken_for_something_else(shipped: Searcher, question: str, language: str) -> None:
    look = shipped.look(question, language)  # type: ignore[arg-type]
    assert look.boundary is None
    assert look.found()


def test_what_is_only_far_from_everything_gets_no_words_meant_for_something_else(shipped: Searcher) -> None:
    look = shipped.look("what do penguins eat?", "en")
    assert look.boundary is None
    assert look.found() == ()
