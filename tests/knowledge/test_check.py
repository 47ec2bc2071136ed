"""What the check promises: a sentence that no note says, or that cites the wrong page, does not pass."""

from pathlib import Path

import pytest

from knowledge.check import Sentence, answer_problems, sentence_problems, unsupported
from knowledge.notes import load_notes

NOTES = load_notes(Path(__file__).parent / "fixtures" / "notes")
TRUE = Sentence("The most a Pell Grant pays for 2026-27 is $7,395.", "pell-grant", "pell-max")


def test_a_sentence_word_for_word_from_its_note_passes() -> None:
    assert sentence_problems(TRUE, NOTES, "en") == ()
    assert answer_problems(TRUE.text, [TRUE], NOTES, "en") == ()


def test_the_short_answer_of_a_note_passes() -> None:
    note = NOTES.get("fafsa", "es")
    assert note is not None
    assert sentence_problems(Sentence(note.short.text, "fafsa", "form"), NOTES, "es") == ()


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        (
            Sentence("The most a Pell Grant pays for 2026-27 is $50,000.", "pell-grant", "pell-max"),
            "not_in_note",
        ),
        (Sentence("You pay a Pell Grant back.", "pell-grant", "pell-general"), "not_in_note"),
        (Sentence(TRUE.text, "pell-grant", "pell-general"), "wrong_source"),
        (Sentence(TRUE.text, "pell-grant", None), "wrong_source"),
        (Sentence(TRUE.text, "fafsa", "form"), "not_in_note"),
        (Sentence(TRUE.text, "nowhere", "pell-max"), "no_note"),
        (Sentence(TRUE.text, None, "pell-max"), "no_note"),
    ],
)
def test_a_sentence_no_note_says_does_not_pass(sentence: Sentence, kind: str) -> None:
    assert [problem.kind for problem in sentence_problems(sentence, NOTES, "en")] == [kind]


def test_a_sentence_of_the_other_language_does_not_pass() -> None:
    assert sentence_problems(TRUE, NOTES, "es")


def test_words_added_beside_the_sentences_do_not_pass() -> None:
    problems = answer_problems(f"{TRUE.text} You may also get $9,999.", [TRUE], NOTES, "en")
    assert {problem.kind for problem in problems} == {"unsaid", "unsupported_number"}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Pell pays $7,395 in 2026-27.", []),
        ("Pell pays 7395 in 2026-27.", []),
        ("Pell pays $7,395 in 2027-28.", ["2027-28"]),
        ("Pell pays $739 in 2026-27.", ["739"]),
        ("Pell grows by 5%.", ["5%"]),
        ("See studentaid.gov.", ["studentaid.gov"]),
        ("See https://evil.example.com/pell now", ["https://evil.example.com/pell"]),
    ],
)
def test_every_number_and_url_must_stand_in_the_statement(text: str, faults: list[str]) -> None:
    assert [problem.words for problem in unsupported(text, [TRUE.text])] == faults


def test_every_sentence_of_every_note_aidline_ships_passes() -> None:
    notes = load_notes(Path(__file__).parents[2] / "knowledge" / "articles")
    for note in notes:
        for said in (note.short, *note.statements):
            sentence = Sentence(said.text, note.id, said.source_id)
            assert answer_problems(said.text, [sentence], notes, note.language) == ()
