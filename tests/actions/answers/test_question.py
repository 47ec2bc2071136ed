"""A question is told from an answer, with or without question marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answers import looks_like_question
from actions.answers.question import asks_of_the_question, asks_where

QUESTIONS = """what counts as untaxed income?|whats agi|why do you ask
does my GI Bill housing money count as income here?
Where do I find that on her tax return?|what is that|i dont know what agi is|is my stepdad counted?
do i count my roommate
can i skip this|huh?|wait what|and what if we dont file|does 45k count as low income|who counts as family
my mom gets child support is that income?|how do i find my agi|explain untaxed income
is it safe to give you this
my grandma lives with us, does she count|what do you mean|what line on the 1040|why
y les van a preguntar por su estatus migratorio?|por que me preguntas eso?|no sé qué es eso|que es el AGI
ke es eso?
donde encuentro eso|se cuenta mi abuela?|no entiendo|tengo que poner a mi padrastro?
y si mis papas no tienen ssn?|y las cartas se las mando a usted por aqui?|los recibos los subo aqui?
a girl told me i need a lawyer. true?|dicen que ya cerró la solicitud. ¿Es cierto?
leí que van a quitar la beca. ¿Será verdad?
el seguro social de mi hermana cuenta?|cuanto es lo maximo|me van a deportar si pongo eso|porque preguntan eso
mom got denied parent plus what now|i failed 2 classes will i lose my aid|que diferencia hay entre los dos
necesito el ssn de mi papa?|que pongo si no se|¿Para qué sirve?|a que se refiere con eso"""
ANSWERS = """is it 45k?|45k?|like 45 grand?|yes?|single lol|enough to survive lol|texas?|married?|2027?
next fall?
maybe like 45000 before taxes?|my dad made 45k last year i think?|when i was 15 my parents died|did not file|idk
is it 3?
are married|64,000 from the farm and the feed store|4 me my parents n my sis|she is married|what i made was 30k
i do
divorced, they live apart|idk how much my mom makes|they do|we do|so do i|no, we talk, they just won't pay
me, I'm the student
como 39 mil|porque mi papa murio|no se|mi mama, mi papa ya murio|no hay papeles|somos 6?|son 45 mil?|si?
no, nunca me adopto|duermo en casas de amigos, no tengo casa|no se cuanto gano|cuando tenia 13 murieron
como 1,500 al mes|mi fafsa was rejected y no entiendo nada de eso
my mom is the one who files, true|yes, from when I was 14 until I was 16|es cierto, somos cinco
cerraron la planta y no ha encontrado trabajo"""
ASKED_IN_PASSING = """my sister is in college too does that lower it|my stepdad pays nothing is he still counted
will this hurt my chances|would lying about this get me in trouble|can having a job lower my pell
does my sisters income go here|do food stamps count|do my roth ira savings matter|is babysitting money income
are tips counted|what exactly counts as an investment|wtf is a w2|wait so gross or net|does it have to be exact
is an estimate ok|what if im not sure about the exact number|what if she never filed
if i live with my aunt does she count|if he doesnt claim me do i still put him|u mean my money or my moms
you guys gonna tell my dad|this gonna affect my green card|any idea where i can find that
i was wondering if stepdads count|how am i supposed to know that|why tf do u need that|who sees this
since when is that a thing|will they take my medicaid away|you wont call my boss right
can they deport my mom for this|is that yearly or monthly|does a car loan count as debt
would getting married change anything|does unemployment go here too|do i say yes if its only part time
should it be before taxes|are scholarships supposed to go here|is it bad if i leave it blank
what does that have to do with aid|could this make my mom lose her section 8|will saying no stop my application
hasnt the deadline passed already|do grandparents sign too|what do they mean by household|isnt that the same as agi
me afecta si digo que no|le quitan el seguro a mi papa si pongo eso|van a checar si es verdad
eso cuenta como ingreso|y si no tengo ese papel|y si mi papa no quiere firmar|pongo lo de antes o lo de ahora
lo pongo aunque no viva aqui|tengo que contar a mi hermano el grande|ocupo poner a mi padrastro
es lo mismo que el itin|es bruto o neto|es malo si lo dejo en blanco|esta bien si pongo un aproximado
hay problema si no lo se exacto|hay alguna forma de saberlo|de que año es eso|en que hoja viene eso
de donde saco eso|a quien le pregunto eso|con quien puedo checar eso|hasta cuando tengo|porque ocupan saber eso
para que lo piden|si digo que no me bajan la ayuda|si mi mama no trabaja que pongo|si me caso cambia algo
puedo poner cualquier numero|nos pueden deportar por contestar|me pueden castigar si me equivoco
no le van a decir a mi jefe verdad|ustedes comparten esto con migracion|tu sabes cuanto es lo normal
que tan exacto tiene que ser|que cosa es un w2|las propinas tambien cuentan|el dinero de mi abuela se cuenta
vale igual si es pagado en efectivo|sirve una foto del papel|como voy a saber yo eso|como compruebo eso
cuando llega el dinero|es por mes o por año|el terreno en mexico cuenta tambien|eso que es|y eso q es
pero eso afecta mis papeles|le hace daño a mi caso de inmigracion|aunque sea poquito lo tengo que poner
estas seguro que eso va ahi|oiga y cuanto se tardan|y los frijoles que vende mi mama cuentan
is texting safe?|¿cuento las propinas?|sirve la credencial?|cuesta algo el mensaje?"""
TYPED_AS_IT_SOUNDS = """wuts unsubsidized|wht is an asset|hw long is this|y do they want it|wen do i sign|wher is my w2
wich parent do i put|dose it matter|what r untaxed things|sai meaning|subsidized means what|never heard of that number
dependent meaning|we got money back so is it zero|idk what unsubsidized is
kien firma|kuando se vence|kuanto dan de beca|dnd firmo|k significa eso|qe es dependiente|ques un contribuyente
q kiere desir neto|significado de agi|no se que es subsidiado|x q lo piden|el sai que es|pa k quieren eso
mi mama firma, queda debiendo?|somos dos, lo dividen?
si mi madrastra firma queda debiendo algo|se vuelve aval al firmar|tiene que pagar si ella firma"""
STILL_ANSWERS = """were married|y mi papa|k|45 k|gana 45 k al mes|dose|q no|wen|my mom y my dad|we were in mexico|ke no
so do i|idk what my mom makes|idk what her income is|idk what the total is
pk se murio mi papa|porque k no tengo|dos, nada mas?
wendy|queda poco|baja como 200|son cuates
si firma mi mama|paga mi papa|firma ella y paga el"""


SAID_LIKE_A_QUESTION = """when my dad died we moved|when i was in eighth grade
when my mom lost her job|what i make is not much
who i live with is my grandma|where i stay is with my cousin|who pays for me is my aunt|quien me mantiene es mi mama
quien gana mas es mi papa|donde vivo es con mi tia|quien sabe|quien sabe mi papa nunca dice|que yo sepa no|como sea
cual sea|whatever she made|does not apply|did not work|do both please|do the full one|do it quick
will be married in june|was in foster care|is divorced|are separated|has a job at walmart|have two jobs
did my taxes already|did that last year|didnt file|cant remember|dont have any|wont help me|yes she does
my mom does it by herself|he does that for work|no puedo pagar|no tengo que pagar nada|no se cuenta nada
no cuentan conmigo|no me van a ayudar|no le pagan|no hay nadie|no es mi papa|si cuenta con seguro|si puedo
si es ciudadana|si tengo que cuidar a mi hermano|sí me pueden llamar|si le dan estampillas|si nos dan medicaid
me quitaron la beca|me bajaron las horas|nos cobran renta|me cobran 400 al mes|le pagan en efectivo|pago la renta yo
pongo 0|le pongo como 3000|son mi mama y mi papa|es el negocio de mi papa|es soltera|es mi papa el que paga
mi mama o mi papa|son 3 o 4|mi tia cuida de mi|si, mi papa es veterano|y si tengo trabajo|y sí trabajo
y sí mi mamá trabaja|you can call me|you can text me after 5|they are both citizens|they will not sign
it is a small farm|this is my second year|any of them|is like 200 a month|i think about half|i think single?
creo que soltera?|a lo mejor casados?|it was me and my brother|there is a house in mexico|the same as last year
it is the same|igual que el año pasado|lo mismo|for sure|like a mechanic|con mi mama|de mi papa|a mi mama
por mi cuenta|cuando murio mi papa|cuando tenia ocho años|como tres mil|porque no quieren|porque mi papa nos dejo
porque me pega|porque trabajo|que no|que si|que sigue en revision|que falta la firma|que me seleccionaron
in person is better|zoom is fine|can do zoom|could do either|do grad school|would like to borrow 5000
should be around 4000|will probably be 12|might be less|not right|that is right|everything looks right
yes all correct|es cierto|si es verdad|esa es la verdad|thats all there is|both of them work|either one|neither
my mom is the one who does it all|i do the taxes|all i can do is work|i know what it is its 4500
she knows what she owes|no clue how much|ni idea de cuanto gana|se cancelo la boda|se murio|se separaron
le dicen taller pero es la casa|quedo igual|vale|sirve|aceptan|va en segundo año|van a divorciarse|estan casados
es por mes|son al mes 300|es menos que antes|es igual que el otro|no, es de mi tio|this year it went up
it dropped by half|you already have it|u have my number|they denied her|they sent a letter|will do|can do|is fine
is ok"""


def listed(table: str) -> list[str]:
    return [entry for line in table.splitlines() for entry in line.split("|")]


@pytest.mark.parametrize("typed", listed(QUESTIONS))
def test_a_question_is_heard_as_one(typed: str) -> None:
    assert looks_like_question(typed)


@pytest.mark.parametrize("typed", listed(ANSWERS))
def test_an_answer_even_a_doubtful_one_is_not_a_question(typed: str) -> None:
    assert not looks_like_question(typed)


@pytest.mark.parametrize("typed", listed(ASKED_IN_PASSING))
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_question_needs_no_mark_and_no_question_word(typed: str, language: str) -> None:
    assert looks_like_question(typed, language)


@pytest.mark.parametrize("typed", listed(SAID_LIKE_A_QUESTION))
def test_an_answer_that_shares_words_with_questions_stays_an_answer(typed: str) -> None:
    assert not looks_like_question(typed)


@pytest.mark.parametrize("typed", listed(TYPED_AS_IT_SOUNDS))
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_question_is_heard_however_its_words_are_spelt(typed: str, language: str) -> None:
    assert looks_like_question(typed, language)


@pytest.mark.parametrize("typed", listed(STILL_ANSWERS))
def test_a_spelling_that_is_a_word_of_its_own_asks_nothing(typed: str) -> None:
    assert not looks_like_question(typed)


@pytest.mark.parametrize(
    "typed",
    listed("""where can i see that|wher do we get it|which line is that on|how do i find out
how am i supposed to know this|en donde lo veo|de dónde saco ese dato|dnd viene|cómo calculo eso"""),
)
def test_where_to_find_what_is_asked_is_heard(typed: str) -> None:
    assert asks_where(typed)


@pytest.mark.parametrize(
    "typed",
    listed(
        "what if i don't know that|what happens if my dad can't remember|y si no me acuerdo|qué hago si mi mamá no sabe"
    ),
)
def test_what_to_do_without_knowing_is_answered_by_the_help_of_the_question(typed: str) -> None:
    assert looks_like_question(typed)
    assert asks_where(typed)


@pytest.mark.parametrize("typed", listed("where do i send it|how do i get my aid back|where is the office|dónde firmo"))
def test_where_something_else_is_stays_a_question_for_the_notes(typed: str) -> None:
    assert not asks_where(typed)


@given(st.integers(min_value=0, max_value=10_000_000))
def test_an_amount_with_a_question_mark_is_an_answer(dollars: int) -> None:
    assert not any(looks_like_question(f"{lead}{dollars:,}?") for lead in ("", "is it ", "like $", "como "))


@given(st.text(max_size=80))
def test_no_text_is_too_odd(typed: str) -> None:
    assert looks_like_question(typed) in {True, False}


@pytest.mark.parametrize(
    "text",
    [
        "so what's the difference?", "wait what do these mean", "wut does that mean", "i don't get the question",
        "what do u mean?", "can you explain the options", "¿cuál es la diferencia entre esas?",
        "no entendí la pregunta",
        "qué quiere decir eso", "me lo puede explicar?",
    ],
)  # fmt: skip
def test_asking_what_was_asked_is_told_from_asking_of_something(text: str) -> None:
    assert asks_of_the_question(text)


@pytest.mark.parametrize(
    "text",
    ["what does agi mean", "explain the sai", "i don't get it, he never filed", "what's the difference between loans",
     "no entiendo qué es el pell", "what are those loans called"],
)  # fmt: skip
def test_asking_of_something_is_for_the_notes(text: str) -> None:
    assert not asks_of_the_question(text)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("hold on is work study a loan", "en"),
        ("are scholarships counted as gift money", "en"),
        ("is the gi bill part of this", "en"),
        ("son las becas parte de esto", "es"),
    ],
)
def test_asking_of_a_kind_of_money_is_a_question(typed: str, language: str) -> None:
    assert looks_like_question(typed, language)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("my cousin said they look at your 401k too is that true", "en"),
        ("i made like 5k at wendys is that gonna mess up my aid", "en"),
        ("i did two years at cc already does pell ever run out", "en"),
        ("they split up but share the apartment so whos the parent", "en"),
        ("but she hasnt lived with us for 2 years doesnt that matter", "en"),
        ("my neighbor said small shops dont count anymore", "en"),
        ("sent it tuesday and still in review how long does it take", "en"),
        ("tenemos un terrenito en Guatemala eso cuenta", "es"),
        ("nunca se casaron pero viven juntos van los dos", "es"),
        ("puse mal mi apellido y ya la mandé se puede arreglar", "es"),
        ("mi prima dice que los negocios chicos ya no cuentan", "es"),
    ],
)
def test_a_question_at_the_end_of_a_story_or_told_as_hearsay_asks(typed: str, language: str) -> None:
    assert looks_like_question(typed, language)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("my dad said he doesnt have any", "en"),
        ("my mom says they file every year", "en"),
        ("por video si se puede", "es"),
        ("mi mamá dice que no tiene", "es"),
        ("he works two jobs but she stays home", "en"),
    ],
)
def test_what_somebody_says_of_their_own_answers(typed: str, language: str) -> None:
    assert not looks_like_question(typed, language)
