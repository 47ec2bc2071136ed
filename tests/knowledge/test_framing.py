"""What is asked is told from who said it, and a sentence in two languages becomes one in one."""

import pytest

from knowledge.framing import in_one, unframed
from knowledge.notes import Language


@pytest.mark.parametrize(
    ("text", "language", "left"),
    [
        ("My coworker told me that loans are free. Is that true?", "en", "loans are free"),
        ("ok so i saw on tiktok that pell is ending", "en", "pell is ending"),
        ("my mom says our car counts, is she right", "en", "our car counts"),
        ("Mi vecina dice que cuenta el carro, ¿es cierto?", "es", "cuenta el carro"),
        ("oí en las noticias que ya cerró la fafsa", "es", "ya cerró la fafsa"),
    ],
)
def test_only_what_was_heard_is_left(text: str, language: Language, left: str) -> None:
    assert unframed(text, language) == left


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("my mom says she won't sign", "en"),
        ("what is the SAI?", "en"),
        ("someone said", "en"),
        ("mi papá dijo que no va a firmar", "es"),
        ("¿es cierto?", "es"),
    ],
)
def test_a_parents_own_words_and_plain_questions_stay(text: str, language: Language) -> None:
    assert unframed(text, language) == text


def test_two_languages_become_the_one_that_is_spoken() -> None:
    assert "house" in in_one("la casa que tengo en Texas, does that count?", "en")
    assert "Texas".casefold() in in_one("la casa que tengo en Texas, does that count?", "en").casefold()
    assert "casa" in in_one("my house que tengo en Texas, does it cuenta mucho?", "es")


@pytest.mark.parametrize("text", ["does my house in El Paso count?", "my tía Rosa is my guardian", "what is the SAI"])
def test_a_name_or_one_foreign_word_is_no_second_language(text: str) -> None:
    assert in_one(text, "en") == text
