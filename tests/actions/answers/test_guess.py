"""What is guessed from examples, where no rule reads an answer."""

from actions.answers.guess import Guesser
from actions.flow.words import examples

READER = Guesser(examples("both_parents_dead"), examples("no_answer")["any"])


def told(text: str) -> str | None:
    guess = READER.guess(text)
    return guess.value if guess is not None and READER.good(guess) else None


def test_other_words_for_the_same_are_recognized_in_both_languages_and_misspelt() -> None:
    assert told("cancer took my mom, then dad died, so both are gone") == "yes"
    assert told("thankfuly my mother is alivee") == "no"
    assert told("los 2 fallecierron, mis papas") == "yes"


def test_a_not_turns_the_guess_around() -> None:
    assert told("they are both alive") == "no"
    assert told("they are not alive, neither of them") != "no"


def test_a_message_like_nothing_said_before_is_not_guessed() -> None:
    assert READER.guess("zzz 77") is None
    assert told("the bus to school is late") is None


def test_putting_the_answer_off_is_no_answer() -> None:
    assert told("i have to ask my mom first") is None
    assert told("tengo que preguntarle") is None


def test_each_example_can_be_guessed_as_if_it_had_not_been_one() -> None:
    left_out = list(READER.left_out())
    assert {text for _value, text, _guess in left_out} == {
        *(text for texts in examples("both_parents_dead").values() for text in texts), *examples("no_answer")["any"]
    }  # fmt: skip
    text = "they're both gone"
    assert READER.guess(text) != next(guess for _value, one, guess in left_out if one == text)


def test_sides_that_cannot_be_told_apart_are_not_guessed() -> None:
    either = Guesser({"mother": ("it is her", "that one", "the first"), "father": ("it is he", "that two", "the last")})
    assert not any(either.good(either.guess(text)) for text in ("it is her", "the first one", "that two"))
