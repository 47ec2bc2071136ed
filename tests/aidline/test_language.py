"""Aidline answers in the language a person writes in, and does not jump between the two."""

from __future__ import annotations

import pytest

from aidline.language import Language, asked_for, detect, from_header

ENGLISH = """
how much can i get for college
estimate my aid
i need help with the fafsa
when is the deadline
my parents are divorced, who fills it out
can i talk to someone
help
hey
do i have to pay it back
what is the SAI
my fafsa says in progress
it says action required
my deadlines please
""".strip().splitlines()
SPANISH = """
cuánto me dan para la universidad
calcular mi ayuda
necesito ayuda con la fafsa
cuándo es la fecha límite
mis papás están divorciados, quién la llena
quiero hablar con alguien
ayuda
hola
tengo que devolver el dinero
¿qué es el SAI?
necesito alluda con la faxsa xfa
mi fafsa dice in progress que hago
mi fafsa dice action required
mi fafsa dice draft y no sé qué hacer
""".strip().splitlines()
SHORT = ("no", "Texas", "4", "45,000", "ok", "sí", "si", "single", "Ohio", "OK!", "none", "👍", "...", "")


@pytest.mark.parametrize("text", ENGLISH)
def test_a_first_message_in_english_is_answered_in_english(text: str) -> None:
    assert detect(text, None).language == "en"


@pytest.mark.parametrize("text", SPANISH)
def test_a_first_message_in_spanish_is_answered_in_spanish(text: str) -> None:
    assert detect(text, None).language == "es"


@pytest.mark.parametrize("text", ["hello", "menu", "no"])
def test_a_first_word_that_is_english_or_either_is_answered_in_english(text: str) -> None:
    assert detect(text, None).language == "en"


def test_a_first_message_that_names_the_beca_pell_is_answered_in_spanish() -> None:
    assert detect("beca pell", None).language == "es"


@pytest.mark.parametrize("text", SHORT)
def test_a_short_answer_never_changes_the_language(text: str) -> None:
    assert detect(text, "en").language == "en"
    assert detect(text, "es").language == "es"


@pytest.mark.parametrize("text", ["quiero saber cuánta ayuda me van a dar", "no entiendo, ¿me lo puede explicar?"])
def test_a_sentence_in_spanish_changes_an_english_conversation(text: str) -> None:
    assert detect(text, "en").language == "es"


@pytest.mark.parametrize("text", ["I do not understand the question, can you explain it", "my mom makes 45k a year"])
def test_a_sentence_in_english_changes_a_spanish_conversation(text: str) -> None:
    assert detect(text, "es").language == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [("español", "es"), ("en español, por favor", "es"), ("Spanish please", "es"), ("do you speak spanish?", "es"),
     ("no hablo inglés", "es"), ("English", "en"), ("in english please", "en"), ("en inglés por favor", "en"),
     ("can we switch to english", "en"), ("hola, en español por favor", "es")],
)  # fmt: skip
def test_a_language_asked_for_by_name_is_given_whatever_was_spoken(text: str, language: str) -> None:
    assert asked_for(text) == language
    assert detect(text, "en").language == detect(text, "es").language == detect(text, None).language == language


@pytest.mark.parametrize(
    ("text", "language"),
    [("spanish pls, my dad is reading along", "es"), ("do u know spanish? im here with my mom", "es"),
     ("can we have this en español please, my dad is gonna read it too", "es"),
     ("puede ser en español, aquí está mi abuela conmigo", "es"), ("en español porfa, mi mamá lo va a leer", "es"),
     ("english please, my sister is helping me", "en"), ("¿podemos seguir en español? entiendo mejor", "es"),
     ("can we do english? its easier for me", "en"),
     ("could u do spanish? my dad wants to see it too", "es"),
     ("can u chat en español? its pa mi tía she dont speak english", "es"),
     ("Could we go on in Spanish? My wife is listening with me.", "es")],
)  # fmt: skip
def test_who_reads_along_may_be_said_beside_the_language(text: str, language: str) -> None:
    assert asked_for(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "my parents only speak spanish",
        "is the form in spanish too?",
        "I take English 101",
        "45,000",
        "my mom reads spanish",
        "can i do the fafsa in spanish? my aunt doesnt read english",
        "",
        "?!",
    ],
)
def test_speaking_about_a_language_is_not_asking_for_it(text: str) -> None:
    assert asked_for(text) is None


@pytest.mark.parametrize(
    "text",
    ["Bonjour, je voudrais savoir combien d'aide je peux recevoir", "我想申请助学金，请问怎么办",
     "Tôi cần giúp đỡ với học phí đại học", "كيف يمكنني الحصول على مساعدة مالية"],
)  # fmt: skip
def test_a_third_language_is_noticed_and_the_conversations_own_is_kept(text: str) -> None:
    assert detect(text, "es").other
    assert detect(text, "es").language == "es"


@pytest.mark.parametrize("text", [*ENGLISH, *SPANISH, *SHORT, "María José Hernández", "Phạm", "Schmidt", "São Paulo"])
def test_ordinary_answers_and_names_are_not_taken_for_a_third_language(text: str) -> None:
    assert not detect(text, "en").other


@pytest.mark.parametrize(
    ("header", "language"),
    [("es-MX,es;q=0.9,en;q=0.8", "es"), ("en-US,en;q=0.9,es;q=0.5", "en"), ("fr-FR,es;q=0.5,en;q=0.3", "es"),
     ("de", "en"), ("", "en"), (None, "en"), ("ES", "es"), (";;,,q=1", "en")],
)  # fmt: skip
def test_a_browsers_first_language_of_ours_is_taken(header: str | None, language: str) -> None:
    assert from_header(header) == language


@pytest.mark.parametrize(
    "text",
    [
        "ya se acabo el plan SAVE verdad",
        "¿Qué es la FAFSA?",
        "donde abro una cuenta de studentaid.gov",
        "puede usar mi clave de FSA para llenar mi parte",
        "que es el rap",
    ],
)
def test_names_of_the_field_do_not_make_a_spanish_question_english(text: str) -> None:
    assert detect(text, None).language == "es"


@pytest.mark.parametrize("text", ["what is FAFSA", "is RAP good", "do i qualify for pell", "parent plus loan max"])
def test_nor_an_english_one_spanish(text: str) -> None:
    assert detect(text, None).language == "en"


@pytest.mark.parametrize("name", ["City College de San Francisco", "Universidad de Houston", "Rosa María Díaz López"])
@pytest.mark.parametrize("current", ["en", "es"])
def test_a_name_changes_no_language(name: str, current: Language) -> None:
    assert detect(name, current).language == current


@pytest.mark.parametrize("text", ["St. Luke's College", "Saint Mary's University of Texas"])
def test_the_name_of_a_school_changes_no_language(text: str) -> None:
    assert detect(text, "es").language == "es"
