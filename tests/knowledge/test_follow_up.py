"""Follow-ups promise: what only makes sense after an answer leans on it, and what speaks for itself does not."""

import pytest

from knowledge.follow_up import follow_up
from knowledge.notes import Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("tell me more", "en"), ("more", "en"), ("Can you tell me more?", "en"), ("what else?", "en"),
        ("cuénteme más", "es"), ("más información por favor", "es"),
    ],
)  # fmt: skip
def test_asking_for_more_is_heard(text: str, language: Language) -> None:
    leans = follow_up(text, language)
    assert leans is not None
    assert (leans.kind, leans.language) == ("more", language)


@pytest.mark.parametrize(
    ("text", "spoken", "wanted"),
    [
        ("and in spanish?", "en", "es"), ("can you say that in Spanish", "en", "es"),
        ("en español por favor", "en", "es"),
        ("¿me lo puede decir en inglés?", "es", "en"), ("in english please", "es", "en"),
    ],
)  # fmt: skip
def test_asking_for_the_other_language_is_heard(text: str, spoken: Language, wanted: Language) -> None:
    leans = follow_up(text, spoken)
    assert leans is not None
    assert (leans.kind, leans.language) == ("again", wanted)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what about for grad school?", "en"), ("and if i'm part time?", "en"), ("how about my stepdad", "en"),
        ("¿y para posgrado?", "es"), ("y si estudio medio tiempo", "es"),
    ],
)  # fmt: skip
def test_another_side_of_the_question_is_heard(text: str, language: Language) -> None:
    leans = follow_up(text, language)
    assert leans is not None
    assert leans.kind == "about"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("how much is the pell grant", "en"), ("more than half my income is child support", "en"),
        ("and what happens to my subsidized loan interest while i am in school full time", "en"),
        ("can i get the fafsa in spanish", "en"), ("cuánto es la beca Pell", "es"), ("", "en"), ("?", "en"),
    ],
)  # fmt: skip
def test_what_speaks_for_itself_does_not_lean(text: str, language: Language) -> None:
    assert follow_up(text, language) is None
