"""What search promises: the right note for how people really write, and nothing when no note is about it."""

from pathlib import Path

import pytest

from knowledge.library import library
from knowledge.notes import Language, load_notes
from knowledge.search import Searcher
from knowledge.search.lexical import LexicalIndex
from knowledge.search.text import fold, normalise, says_again, terms

FIXTURES = Path(__file__).parent / "fixtures" / "notes"


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    return Searcher(load_notes(FIXTURES))


@pytest.fixture(scope="module")
def shipped() -> Searcher:
    return Searcher(library())


@pytest.mark.parametrize(
    ("question", "language", "note_id"),
    [
        ("How much is a Pell Grant?", "en", "pell-grant"),
        ("whats the max pell", "en", "pell-grant"),
        ("is the fasfa free", "en", "fafsa"),
        ("¿Tengo que devolver la beca Pell?", "es", "pell-grant"),
        ("tengo que devolver la pell", "es", "pell-grant"),
        ("donde lleno la fafsa", "es", "fafsa"),
    ],
)
def test_a_question_finds_its_note(searcher: Searcher, question: str, language: Language, note_id: str) -> None:
    hits = searcher.search(question, language)
    assert hits
    assert hits[0].note.id == note_id
    assert hits[0].note.language == language


@pytest.mark.parametrize(
    ("question", "language", "note_id"),
    [
        ("does money from a gi bill go under income", "en", "military-gi-bill-on-fafsa"),
        ("my stepmom wont give her consent", "en", "consent-refused"),
        ("can a sai be negative", "en", "sai-negative"),
        ("they picked my fafsa for verification", "en", "verification"),
        ("how much can a freshman borrow in direct loans", "en", "direct-loans-limits-interest"),
        (
            "mi papá no tiene seguro social, ¿puede abrir una cuenta de studentaid?",
            "es",
            "account-parent-no-ssn",
        ),
        ("cuánto me pueden prestar en el primer año", "es", "direct-loans-limits-interest"),
        ("¿cuentan los ahorros del banco?", "es", "assets-bank-savings"),
        ("hasta cuándo puedo mandar la fafsa 2027-28", "es", "fafsa-deadlines"),
        # Just as it stands with the note, though other notes share its words.
        ("did i do something wrong", "en", "verification"),
        ("Did I do somethin wrong?", "en", "verification"),
        ("do i need a cosigner", "en", "loan-credit-cosigner"),
        ("si me caso en junio cambia algo", "es", "dependency-married"),
    ],
)
def test_the_notes_aidline_ships_are_found_by_everyday_words(
    shipped: Searcher, question: str, language: Language, note_id: str
) -> None:
    assert [hit.note.id for hit in shipped.search(question, language)][:1] == [note_id]


@pytest.mark.parametrize("question", ["", "???", "how is it"])
def test_words_that_ask_nothing_find_nothing(shipped: Searcher, question: str) -> None:
    assert shipped.search(question, "en") == ()


def test_the_best_note_comes_first_and_scores_stay_between_0_and_1(searcher: Searcher) -> None:
    scores = [hit.score for hit in searcher.look("what is the fafsa", "en").ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 for score in scores)


def test_the_statement_that_answers_comes_before_the_others(searcher: Searcher) -> None:
    question = "what is the least pell pays"
    look = searcher.look(question, "en")
    found = look.statements(look.found(), 3)
    assert found[0][1].text == "The least a Pell Grant pays for 2026-27 is $740."
    assert len(found) <= 3


def test_accents_capitals_and_punctuation_make_no_difference(searcher: Searcher) -> None:
    plain, fancy = (
        searcher.look("que es la beca pell", "es").ranked,
        searcher.look("¿QUÉ ES LA BECA PELL?", "es").ranked,
    )
    assert [hit.note.id for hit in plain] == [hit.note.id for hit in fancy]
    assert plain[0].score == pytest.approx(fancy[0].score)


def test_spellings_of_one_idea_are_one_word() -> None:
    assert terms("my mom's 401k", "en") == terms("my dad IRA", "en")
    assert terms("what is the Student Aid Index?", "en") == terms("sai", "en")
    assert terms("préstamos", "es") == terms("PRESTAMO", "es")


def test_a_misspelled_word_counts_as_the_word_it_was_meant_to_be() -> None:
    index = LexicalIndex(["verification of income", "the deadline to file"], "en")
    for meant, typed in (("verification", "verfication"), ("income", "incomme")):
        assert (index.scores(index.terms(typed))[0] == index.scores(index.terms(meant))[0]).all()
    assert not index.scores(index.terms("vacation"))[0].any()


def test_what_only_repeats_is_told_from_what_adds() -> None:
    said = ["The FAFSA is the free form to apply for aid.", "The most is $7,395."]
    assert says_again("The most is 7395.", said, "en")
    assert says_again("You apply for aid with the free form, the FAFSA.", said, "en")
    assert not says_again("The most is $7,400.", said, "en")
    assert not says_again("The FAFSA opens in October.", said, "en")


def test_folding_keeps_the_amount_and_drops_its_comma() -> None:
    assert fold("Año: $7,395") == "ano: $7395"


def test_a_cache_key_ignores_only_case_accents_spaces_and_the_closing_mark() -> None:
    assert normalise("  Can I  appeal? ") == normalise("can i appeal")
    assert normalise("can i appeal") != normalise("cannot i appeal")
    assert normalise("¿Qué es?") == normalise("que es")
