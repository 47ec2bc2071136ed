"""What people ask while a form waits for them, about this chat or about what counts, is answered and never scolded."""

import re

import pytest

from knowledge.answer import Answerer
from knowledge.boundaries import boundaries
from knowledge.library import library
from knowledge.notes import Language
from knowledge.search import Searcher

SCOLDS = re.compile(r"\$20,000|[Ll]ying|Mentir|I can't help with|No puedo ayudarle (?:con|a)")


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    notes = library()
    return Answerer(notes, Searcher(notes, boundaries()), None)


ABOUT_THIS_CHAT = [
    ("would a rough number be enough", "en", "a close guess is fine"),
    ("should i round it up to the nearest thousand", "en", "whole dollars"),
    ("what if i can't remember", "en", "say \"not sure\""),
    ("and what if my stepdad doesn't know that", "en", "say \"not sure\""),
    ("will i be in trouble if i put a wrong number", "en", "nobody in trouble"),
    ("how many minutes is this going to take", "en", "depends on your answers"),
    ("ok and when i'm done what happens", "en", "i show you the result"),
    ("does answering these count as filing my fafsa", "en", "not the fafsa"),
    ("are you from the government", "en", "not the government"),
    ("who else gets to look at my answers", "en", "not sent to the fafsa"),
    ("you're not gonna call my dad right", "en", "i don't call, text or write"),
    ("could my older sister help me answer", "en", "with someone you trust"),
    ("do i have to tell you my mother's name", "en", "need no names"),
    ("does this work on an android", "en", "works on a phone"),
    ("do i need my taxes in front of me", "en", "start with no papers"),
    ("can i stop and finish it tomorrow", "en", "your answers are kept"),
    ("could i get a printed copy of this", "en", "print it"),
    ("is someone going to call me", "en", "unless you ask"),
    ("basta si le doy un número redondo", "es", "cifra aproximada"),
    ("tiene que ser la cantidad exacta", "es", "cifra aproximada"),
    ("y si no me acuerdo de cuánto es", "es", "conteste \"no sé\""),
    ("qué pasa si mi papá no sabe", "es", "conteste \"no sé\""),
    ("hay problema si me equivoco en un número", "es", "error sin querer"),
    ("esto va a tardar mucho", "es", "depende de lo que conteste"),
    ("cuando acabe, qué sigue", "es", "le muestro el resultado"),
    ("al contestar aquí ya se manda mi fafsa", "es", "no es la fafsa"),
    ("ustedes son del gobierno", "es", "tampoco soy el gobierno"),
    ("quién más lee mis respuestas", "es", "no se envía a la fafsa"),
    ("le van a llamar a mi papá", "es", "no llamo"),
    ("mi prima me puede ayudar a contestar esto", "es", "de su confianza"),
    ("tengo que decirle los nombres de mis hermanos", "es", "no necesito nombres"),
    ("funciona en mi teléfono", "es", "funciona en el teléfono"),
    ("tengo que tener mis impuestos enfrente", "es", "empezar sin papeles"),
    ("puedo dejarlo y seguir otro día", "es", "quedan guardadas"),
    ("hay que imprimir esto", "es", "no tiene que imprimir"),
    ("alguien me va a llamar", "es", "si no lo pide"),
    ("how many questions does the full one have", "en", "closer"),
    ("cuál de los dos es más preciso", "es", "se acerca más"),
    ("is it safe to share my date of birth", "en", "the year you were born is enough"),
    ("para qué quieren saber mi fecha de nacimiento", "es", "basta el año"),
    ("i have no idea what my mom earns", "en", "say \"not sure\""),
    ("may we still fix one thing", "en", "you can change any answer"),
]  # fmt: skip


@pytest.mark.parametrize("context", ["", "AGI"])
@pytest.mark.parametrize(("asked", "language", "says"), ABOUT_THIS_CHAT)
def test_a_question_about_this_chat_hears_what_aidline_does(
    answerer: Answerer, asked: str, language: Language, says: str, context: str
) -> None:
    text = answerer.answer(asked, language, context=context).text
    assert re.search(says, text.casefold()), text
    assert not SCOLDS.search(text)


WHAT_COUNTS = [
    ("pretax or take home", "en", "before taxes are taken out"),
    ("should it be my pay for the month or the whole year", "en", "whole tax year"),
    ("is what i got from unemployment counted", "en", "part of the adjusted gross income"),
    ("do i put in the extra hours i worked", "en", "do not add them again"),
    ("my aunt pays me cash for babysitting, does that count", "en", "income from work"),
    ("our baby comes in may, do we count her already", "en", "more than half of the support"),
    ("my fiance stays with me, is he in my family", "en", "not married to"),
    ("the guy who rents our spare room, do i count him", "en", "not in the family size"),
    ("do i put the state of my dorm or of my home", "en", "true, lasting home"),
    ("es el sueldo bruto o lo que le llega", "es", "antes de que quiten los impuestos"),
    ("se pone el sueldo del mes o del año", "es", "de todo el año"),
    ("mi mamá cobró desempleo, eso cuenta", "es", "ingreso bruto ajustado"),
    ("las horas extras también van", "es", "no los sume otra vez"),
    ("nuestro bebé nace en mayo, ya cuenta", "es", "más de la mitad"),
    ("mi prometido vive aquí, cuenta en la familia", "es", "sin estar casados"),
    ("pongo el estado del dormitorio o el de mi casa", "es", "hogar fijo"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "language", "says"), WHAT_COUNTS)
def test_what_counts_is_said_in_the_first_answer(answerer: Answerer, asked: str, language: Language, says: str) -> None:
    text = answerer.answer(asked, language).text
    assert says in text, text


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("is my dad allowed to sign from work", "en"),
        ("my dad, puede firmar?", "en"),
        ("do you want my brothers names", "en"),
        ("do i count my girlfriend", "en"),
        ("what about my housemate", "en"),
        ("what if we don't know this one", "en"),
        ("does this get printed", "en"),
        ("mi papá también firma", "es"),
        ("y mi roommate", "es"),
        ("cuento a mi novia", "es"),
        ("y si mi mamá no lo sabe", "es"),
        ("lo hago con mi mamá", "es"),
        ("y luego", "es"),
        ("nuestro negocito cuenta", "es"),
        ("do i put my parents or mine", "en"),
    ],
)
def test_whoever_asks_in_all_innocence_is_not_told_off(answerer: Answerer, asked: str, language: Language) -> None:
    answer = answerer.answer(asked, language, context="")
    assert answer.kind != "declined"
    assert not SCOLDS.search(answer.text)


@pytest.mark.parametrize(
    ("asked", "language", "context"),
    [
        ("how quick will someone get back to people", "en", "How soon you need an answer"),
        ("are you all going to sell my cell number", "en", "Your phone number"),
        ("the baby is one and my sister brings us diapers, still a yes?", "en", "Children you support"),
        ("mi papá murió y mi mamá vive en otro país, pongo que sí?", "es", "Sus dos padres fallecieron"),
        ("se molestan si escribo con faltas", "es", "Lo que pasó, en sus palabras"),
    ],
)
def test_in_a_form_what_is_merely_like_another_subject_is_not_refused(
    answerer: Answerer, asked: str, language: Language, context: str
) -> None:
    answer = answerer.answer(asked, language, context=context)
    assert answer.kind != "declined"
    assert answer.weak or answer.kind != "unknown"


@pytest.mark.parametrize(
    ("asked", "language", "context", "note_id"),
    [
        ("what do i put here", "en", "Family size", "family-size"),
        ("i don't understand this question", "en", "Your parents' adjusted gross income (AGI)", "income-agi"),
        ("qué pongo aquí", "es", "Tamaño de la familia", "family-size"),
    ],
)
def test_in_a_form_nobody_is_asked_which_question_they_mean(
    answerer: Answerer, asked: str, language: Language, context: str, note_id: str
) -> None:
    assert answerer.answer(asked, language, context=context).note_id == note_id
    assert answerer.answer(asked, language).boundary == "which-question"


def test_in_a_form_what_must_be_refused_still_is(answerer: Answerer) -> None:
    asked = "can i sign for my mom since she gave me her password"
    assert answerer.answer(asked, "en", context="Who is missing").boundary == "fraud-signature"
    assert answerer.answer("what time does the library close", "en", context="Your state").kind == "declined"


def test_an_answer_is_weak_unless_a_note_is_near(answerer: Answerer) -> None:
    assert not answerer.answer("what is the maximum pell grant", "en").weak
    assert answerer.answer("which shoes should i wear on sunday", "en").weak


@pytest.mark.parametrize(
    ("asked", "language", "name"),
    [
        ("can i sign as my mom, i have her password", "en", "fraud-signature"),
        ("what if i say i don't know my dad so i get more", "en", "fraud-independence"),
        ("can i just guess lower than we make so i get more pell, like lie", "en", "fraud"),
        ("me hago pasar por mi mamá para firmar", "es", "fraud-signature"),
        ("puedo poner menos de lo que ganamos", "es", "fraud"),
        ("my boyfriend broke up with me", "en", "relationships"),
        ("what time does the library close", "en", "library"),
    ],
)
def test_what_must_be_refused_still_is(answerer: Answerer, asked: str, language: Language, name: str) -> None:
    assert answerer.answer(asked, language).boundary == name


@pytest.mark.parametrize(
    ("asked", "language", "context", "note_id"),
    [
        ("which line is it on", "en", "your parents' adjusted gross income (AGI)", "income-agi"),
        ("en qué línea está", "es", "ingreso bruto ajustado (AGI) de sus papás", "income-agi"),
        ("what year should it be", "en", "your adjusted gross income (AGI)", "income-which-year"),
        ("es de qué año", "es", "su ingreso bruto ajustado (AGI)", "income-which-year"),
    ],
)
def test_which_line_and_year_are_those_of_the_question(
    answerer: Answerer, asked: str, language: Language, context: str, note_id: str
) -> None:
    assert answerer.answer(asked, language, context=context).note_id == note_id
