"""State deadlines promise: every state answers in both languages and says whose year and which page it is."""

import pytest

from knowledge.notes import LANGUAGES, Language, Note
from knowledge.states import state_deadlines, state_notes

NOTES = {(note.id, note.language): note for note in state_notes()}


def text(note: Note) -> str:
    return " ".join((note.short.text, *(one.text for one in note.statements)))


def test_all_fifty_states_and_the_capital_answer_in_both_languages() -> None:
    assert len(state_deadlines().states) == 51
    assert len(NOTES) == 102


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_left_to_be_filled_in(language: Language) -> None:
    for note in NOTES.values():
        if note.language == language:
            assert "{" not in " ".join((note.title, text(note), *note.questions)), note.id


def test_a_date_is_given_for_its_year_and_not_for_the_next() -> None:
    texas = NOTES["state-deadline-tx", "en"]
    assert "January 15, 2026" in texas.short.text
    assert "2026-27" in texas.short.text
    assert "2027-28 date is not confirmed" in texas.short.text
    assert "15 de enero de 2026" in NOTES["state-deadline-tx", "es"].short.text


def test_a_state_that_runs_out_of_money_says_so() -> None:
    assert "can run out" in text(NOTES["state-deadline-il", "en"])
    assert "se puede acabar" in text(NOTES["state-deadline-il", "es"])


def test_a_state_without_a_date_sends_people_to_their_school() -> None:
    assert "no date" in NOTES["state-deadline-al", "en"].short.text
    assert "aid office" in NOTES["state-deadline-al", "en"].short.text


def test_sources_that_disagree_are_both_told() -> None:
    kansas = NOTES["state-deadline-ks", "en"].short.text
    assert "April 1, 2026" in kansas
    assert "April 15, 2026" in kansas
    assert "disagree" in kansas


def test_both_languages_hold_the_same_statements_with_the_same_sources() -> None:
    for code in state_deadlines().states:
        english, spanish = (NOTES[f"state-deadline-{code.lower()}", language] for language in LANGUAGES)
        assert [one.source_id for one in english.statements] == [one.source_id for one in spanish.statements]


def test_every_statement_has_a_source_of_its_note() -> None:
    for note in NOTES.values():
        assert {one.source_id for one in (note.short, *note.statements)} <= {source.id for source in note.sources}
