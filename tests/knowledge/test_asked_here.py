"""What people ask of a form's own question is answered there, and means nothing of the kind anywhere else."""

import re
from pathlib import Path

import pytest
import yaml

from knowledge.boundaries import crossed
from knowledge.boundaries.shelf import marks
from knowledge.deadlines import terms

NAMES = Path(__file__).parents[2] / "actions" / "words" / "names"

# What the form was asking, what was asked instead, and which boundary answers it.
HERE = [
    ("a reminder by text", "how often do you guys text", "reminder-how-many"),
    ("agreeing to texts", "and if i change my mind", "reminder-stop"),
    ("un recordatorio por mensaje", "¿y es a fuerza?", "reminder-if-no"),
    ("aceptar los mensajes", "pero eso cuesta?", "reminder-cost"),
    ("the number for reminders", "could it be my dad's cell", "reminder-whose-phone"),
    ("su nombre", "con apellido o sin apellido", "reach-name"),
    ("how to reach you", "would an email be quicker", "reach-which-way"),
    ("your phone number", "i only got a whatsapp from honduras", "reach-foreign-number"),
    ("your email", "what do u need it for", "reach-why-and-who-sees"),
    ("su correo electrónico", "perdí mi correo", "reach-without"),
    ("best time to reach you", "i work nights so what if i can't pick up", "reach-missed"),
    ("mejor hora para comunicarnos", "y si la quiero cancelar luego", "reach-change-or-cancel"),
    ("language you prefer", "is it someone bilingual or an interpreter", "reach-language"),
    ("what happened", "they took away his overtime, does that work", "appeal-less-hours"),
    ("qué pasó", "subió mucho la hipoteca", "appeal-everyday-costs"),
    ("a quién le pasó", "la que perdió fue mi madrastra", "appeal-whose-income"),
    ("when it happened", "they said she is going to lose it in january", "appeal-not-yet"),
    ("papeles para mostrarlo", "¿sirve una captura de pantalla?", "appeal-kind-of-copy"),
    ("what happened in your words", "are the odds any good", "appeal-always-yes"),
    ("what your FAFSA says", "where on the site is it", "status-where"),
    ("la razón que muestra", "entonces me la rechazaron para siempre", "status-rejected"),
    ("whose part is missing", "does my stepmother need to do it as well", "status-stepparent-signs"),
    ("your verification group", "my email doesn't say, where would it be", "group-where"),
    ("cómo va a mostrar quién es", "mi pasaporte es de otro país", "identity-card"),
    ("your state", "my family lives in a different one", "state-parents-elsewhere"),
    ("quién pide el préstamo", "¿y si lo saca mi abuelita?", "borrower-other-relative"),
    ("borrowed so far", "and the ones from a bank, sallie mae", "borrowed-private"),
    ("credits in the school year", "my classes are all online", "credits-online"),
    ("hijos u otros dependientes en su declaración", "este año le toca a mi ex", "repay-dependents-ex"),
    ("a parent was denied a PLUS loan", "will it lower her score", "plus-denial-hurts-credit"),
    ("cost of a year at Tech", "per semester?", "offer-per-year"),
    ("becas de ayuda (grants) de Estatal", "¿se tienen que devolver?", "offer-grants-paid-back"),
    ("parent loans at Tech", "is that automatic", "offer-parent-loan-approved"),
    ("work-study at Tech", "so it gets taken off the tuition?", "offer-work-bill"),
    ("your school's date", "am i screwed if i'm a week late", "papers-late"),
]  # fmt: skip


@pytest.mark.parametrize(("about", "asked", "name"), HERE)
def test_a_question_about_the_open_question_gets_its_answer(about: str, asked: str, name: str) -> None:
    found = crossed(asked, about)
    assert found
    assert found[0].name == name


@pytest.mark.parametrize(("about", "asked", "name"), HERE)
def test_the_same_words_elsewhere_are_not_taken_so(about: str, asked: str, name: str) -> None:
    for elsewhere in ("", "savings"):
        found = crossed(asked, elsewhere)
        assert found is None or found[0].name != name


@pytest.mark.parametrize(
    ("about", "asked"),
    [
        ("a reminder by text", "how often do i file the fafsa"),
        ("agreeing to texts", "how much is the pell grant"),
        ("your phone number", "can my school change my aid"),
        ("best time to reach you", "when do my loans get paid out"),
        ("how soon you need help", "cuánto tarda la fafsa"),
        ("what happened", "what is the sai"),
        ("qué pasó", "cuánto dan de pell"),
        ("papers to show it", "what is professional judgment"),
        ("grants from State", "what is fseog"),
        ("income this year", "does my 401k count as an asset"),
        ("how you show who you are", "does my dad have to sign the fafsa"),
        ("yearly income (AGI) when you pay back", "do i have to pay for my parents"),
    ],
)
def test_an_ordinary_question_is_left_to_the_notes_there_too(about: str, asked: str) -> None:
    assert crossed(asked, about) is None


def test_what_must_not_be_done_comes_first_there_too() -> None:
    found = crossed("can i just make up the papers and lie on the fafsa", "papers to show it")
    assert found
    assert found[0].kind == "unsafe"


def test_each_counts_at_a_question_that_a_form_asks_in_both_languages() -> None:
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in NAMES.glob("*.yml")]
    for marked in marks():
        if marked.about is None:
            continue
        for language in ("en", "es"):
            labels = [re.sub(r"\{.*?\}", "", name[language]) for file in files for name in file.values()]
            assert any(crossed_at(marked.about, label) for label in labels), (marked.boundary.name, language)


def crossed_at(about: re.Pattern[str], label: str) -> bool:
    plain = label.lower().translate(str.maketrans("áéíóúñ", "aeioun")).strip()
    return about.search(plain) is not None


def test_as_many_texts_are_told_as_are_agreed_to() -> None:
    assert terms().reminder.most_texts == 2
    found = crossed("how many texts", "agreeing to texts")
    assert found
    assert "at most two texts" in found[0].text("en")
    assert "a lo más dos mensajes" in found[0].text("es")
