"""Upkeep promises: what is wrong with a note is found and named, and a sound note is left in peace."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.library import library
from knowledge.notes import Language, Note, Notes, Source, Statement
from knowledge.upkeep import examine
from knowledge.upkeep.reading import grade

TODAY = date(2026, 11, 22)
SOURCE = Source(
    id="s", title="Page", url="https://studentaid.gov/page", as_of=date(2026, 11, 1), confidence="confirmed"
)


def note(language: Language = "en", note_id: str = "a", **given: object) -> Note:
    said = {
        "en": "The Pell Grant pays up to $7,395 for a full year of college.",
        "es": "La Beca Pell paga hasta $7,395 por un año completo.",
    }
    whole = Note(
        id=note_id, title="Title", topic="pell", language=language, award_year=None, owner="us",
        as_of=date(2026, 11, 1), review_by=date(2027, 2, 1), review="clear", questions=("q",),
        short=Statement(said[language], "s"), statements=(Statement("Ask the aid office.", "s"),), sources=(SOURCE,),
        next_steps=(), links=(),
    )  # fmt: skip
    return replace(whole, **given)  # type: ignore[arg-type]


def kinds(*notes: Note) -> list[tuple[str, str, str]]:
    return [(one.kind, one.note_id, one.language) for one in examine(Notes.of(notes), TODAY)]


def test_a_sound_pair_of_notes_has_no_findings() -> None:
    assert kinds(note(), note("es")) == []


def test_a_note_past_its_review_date_is_expired() -> None:
    late = note(review_by=date(2026, 11, 21))
    assert kinds(late, note("es")) == [("expired", "a", "en")]


def test_a_note_in_one_language_is_untranslated_whichever_it_is() -> None:
    assert kinds(note()) == [("untranslated", "a", "en")]
    assert kinds(note("es")) == [("untranslated", "a", "es")]


def test_a_translation_with_other_figures_another_source_or_another_length_differs() -> None:
    other = SOURCE.model_copy(update={"id": "t"})
    assert kinds(note(), note("es", short=Statement("La Beca Pell paga hasta $7,935 por un año.", "s"))) == [
        ("differs", "a", "es")
    ]
    moved = note("es", short=replace(note("es").short, source_id="t"), sources=(SOURCE, other))
    assert kinds(note(), moved) == [("differs", "a", "es")]
    assert kinds(note(), note("es", statements=())) == [("differs", "a", "es")]


def test_two_notes_with_different_numbers_for_one_fact_contradict() -> None:
    other = note(note_id="b", short=Statement("The Pell Grant pays up to $6,895 for a full year of college.", "s"))
    found = [one for one in kinds(note(), note("es"), other, note("es", "b")) if one[0] != "differs"]
    assert found == [("contradictory", "a", "en")]


@pytest.mark.parametrize(
    "said",
    [
        "The Pell Grant pays up to $7,395 for a full year of college.",
        "The Pell Grant pays up to $7,395, or $616 a month, for a full year of college.",
        "The Work-Study job pays at least $7 an hour at most schools.",
    ],
)
def test_the_same_number_more_numbers_and_other_facts_do_not_contradict(said: str) -> None:
    other = note(note_id="b", short=Statement(said, "s"))
    assert "contradictory" not in [kind for kind, _, _ in kinds(note(), other)]


def test_long_sentences_of_long_words_are_too_hard() -> None:
    hard = Statement(
        "Notwithstanding institutional verification procedures, applicants demonstrating extraordinary financial "
        "circumstances may subsequently petition administrators for professional reconsideration.",
        "s",
    )
    assert ("too_hard", "a", "en") in kinds(note(statements=(hard,)), note("es"))


def test_a_short_answer_of_more_than_two_texts_is_too_long() -> None:
    assert ("too_long", "a", "en") in kinds(note(short=Statement("A word. " * 40, "s")), note("es"))


@pytest.mark.parametrize(
    "url", ["http://studentaid.gov/x", "https://localhost/x", "https://studentaid.gov/a{b}", "https://example.org/x"]
)
def test_an_address_that_cannot_be_right_is_named(url: str) -> None:
    broken = note(sources=(Source.model_construct(**{**SOURCE.model_dump(), "url": url}),))
    assert ("bad_link", "a", "en") in kinds(broken, note("es"))


def test_facts_not_confirmed_wait_for_a_review_and_must_say_so() -> None:
    weak = (SOURCE.model_copy(update={"confidence": "single_source"}),)
    assert kinds(note(sources=weak, review="needed"), note("es")) == [("review", "a", "en")]
    assert ("differs", "a", "en") in kinds(note(sources=weak), note("es"))


def test_reading_grades_are_those_of_the_formulas() -> None:
    assert grade("The cat sat on the mat.", "en") == pytest.approx(0.39 * 6 + 11.8 * 6 / 6 - 15.59)
    assert grade("El gato come pan.", "es") == pytest.approx(-0.205 * 25 + 0.049 * 150 - 3.407)
    assert grade("", "en") == 0.0


def test_figures_and_addresses_do_not_make_a_text_harder() -> None:
    assert grade("Call us at studentaid.gov/help-center/contact today.", "en") == grade("Call us at today.", "en")


def test_the_notes_that_ship_need_no_mending() -> None:
    assert [one for one in examine(library(), TODAY) if one.kind != "review"] == []
