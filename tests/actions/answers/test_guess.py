"""What is guessed from examples, where no rule reads an answer."""

from actions.answers.guess import Guesser, good

BOTH_ALIVE = {
    "yes": (
        "they are both alive", "both living", "mom and dad are alive", "my parents are fine", "los dos viven",
        "ambos están vivos", "mi mamá y mi papá viven", "gracias a dios viven", "alive and well", "they live together",
    ),
    "no": (
        "my dad died", "my mother passed away", "i lost my mom", "she is dead", "he passed in 2019", "mi papá murió",
        "falleció mi mamá", "perdí a mi papá", "they are not alive", "ya no vive", "no vive ninguno", "dad is gone",
    ),
}  # fmt: skip
OTHERS = (
    "let me ask my mom", "i have to look it up", "what does that mean", "who sees this", "déjeme ver",
    "qué significa eso", "tengo que preguntar", "hello", "thanks", "gracias",
)  # fmt: skip
READER = Guesser(BOTH_ALIVE, OTHERS)


def told(text: str) -> str | None:
    guess = READER.guess(text)
    return guess.value if guess is not None and good(guess) else None


def test_other_words_for_the_same_are_recognized_in_both_languages_and_misspelt() -> None:
    assert told("dad passed away in march") == "no"
    assert told("falecio mi papa") == "no"
    assert told("my mom and my dad are both alivee") == "yes"
    assert told("los 2 viven") == "yes"


def test_a_not_turns_the_guess_around() -> None:
    assert told("they are alive") == "yes"
    assert told("they are not alive") == "no"
    assert told("ya no viven") != "yes"


def test_a_message_like_nothing_said_before_is_not_guessed() -> None:
    assert READER.guess("zzz 77") is None
    assert told("the bus to school is late") is None


def test_putting_the_answer_off_is_no_answer() -> None:
    assert told("i have to ask my mom first") is None
    assert told("tengo que preguntarle") is None


def test_each_example_can_be_guessed_as_if_it_had_not_been_one() -> None:
    left_out = list(READER.left_out())
    assert [text for _value, text, _guess in left_out] == [*BOTH_ALIVE["yes"], *BOTH_ALIVE["no"], *OTHERS]
    without = Guesser(
        {value: tuple(t for t in said if t != "my dad died") for value, said in BOTH_ALIVE.items()}, OTHERS
    )
    alone, again = without.guess("my dad died"), next(g for _v, text, g in left_out if text == "my dad died")
    assert alone is not None
    assert again is not None
    assert alone.value == again.value == "no"
    assert abs(alone.sure - again.sure) < 0.25
