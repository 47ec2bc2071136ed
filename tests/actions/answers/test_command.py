"""Whole messages that steer the conversation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.answers import Command, command

SAID = {
    Command.BACK: "go back|back|Go back please|atrás|la anterior|previous question|regresar a la anterior|"
    "scratch that|borra eso|quita la última respuesta|undo that",
    Command.SKIP: "skip|pass|skip this one|next question|id rather not say|pasa|saltar|prefiero no decir|la siguiente",
    Command.WHY: "why do you ask|why|why do you need that|"
    "por qué preguntan|por que me preguntas eso?|para que quieren saber eso|"
    "¿y esto para qué lo quieren saber?|para que es esto|why do yall need that|"
    "why the hell do you need to know whats in MY bank account|why on earth do you ask|why tf do u need this|"
    "what for|eso que tiene que ver|is that really necessary",
    Command.STOP: "stop|cancel|quit this|nevermind|"
    "i dont want to do this anymore|ya no quiero seguir|cancelar|basta|para|ya no quiero|ya no quiero nada|"
    "i dont want to answer any more questions anymore|im over this|ya me cansé|no more questions|ugh i quit",
    Command.START_OVER: "start over|restart|start from the beginning|"
    "empezar de nuevo|volver a empezar|desde el principio|ugh scratch all that, I want to start from scratch|"
    "ugh I want to start over from the beginning|lets just start over from scratch|forget everything i said|"
    "can we go back to the beginning|quiero empezar todo otra vez desde cero|mejor empecemos de cero|"
    "hay que volver a empezar desde el principio|i wanna redo everything from the start",
    Command.PERSON: "talk to a person|i want to talk to a real person please|human|agent|quiero hablar con alguien|"
    "this thing is useless give me a real person|this is stupid, get me a human|"
    "esto no sirve quiero hablar con una persona real|puedo hablar con una persona?|"
    "i dont want a bot, quiero hablar con alguien|no quiero un bot",
    Command.MENU: "menu|help|ayuda|what can you do|lol hi, what can u even do|que puedes hacer|que haces",
    Command.LANGUAGE_EN: "in English please|english|en inglés|can we do this in english|switch to english",
    Command.LANGUAGE_ES: "en español por favor|español|in spanish please|"
    "do you speak spanish?|mejor en español|habla español?",
    Command.REPEAT: "say that again|repeat the question|what was the question|"
    "repite|por favor repita la pregunta|otra vez|what was the last question|what did u ask again|"
    "cuál fue la última pregunta|que me preguntaste|whats the question|q me preguntaste",
    Command.RESUME: "hi|hola|hey|good morning|buenas tardes|I'm back, where were we?|donde nos quedamos|"
    "ya volví, ¿dónde nos quedamos?|where was i|en qué íbamos|ok im back|lets continue|sigamos|"
    "sorry, the baby was crying, im back|ok got off work late|my wifi went out sorry|sorry had a busy week|"
    "perdón, estaba en el trabajo|se me acabó la pila, ya volví|me quedé dormido",
    Command.REVIEW: "show my answers|show me my answers so far|mis respuestas|muéstrame mis respuestas|summary",
    Command.SHOW_DATA: "what do you know about me|show my data|mis datos|qué datos tienen de mí",
    Command.DELETE_DATA: "delete my data|erase everything about me|borra mis datos|forget me|"
    "oye mejor borra lo q te dije no quiero q guarden nada mio|borra todo lo que te dije|"
    "borre lo que le dije por favor|elimina todo lo que puse|delete everything i told you|erase what i said pls|"
    "i dont want you to keep my info|dont save anything|no quiero que guarden mis datos|"
    "actually delete all the stuff i gave you",
    Command.PAUSE: "luego le sigo|can i do this later|brb|gtg ill finish later|can i come back to this tomorrow|"
    "me tengo que ir|"
    "al rato regreso|puedo seguir después?|i gotta go to work|can i save this and finish later|le sigo mañana|"
    "hold on a sec|deme un momento|lo puedo terminar otro día?|ahorita vengo|i need a break",
    Command.PROGRESS: "how long is this|cuanto falta|how many more questions|how many questions are left|"
    "are we almost done|"
    "cuántas preguntas faltan|how much longer|falta mucho?|cuantas preguntas son en total|y cuanto se tarda esto|"
    "ugh how much longer is this gonna take|how many more are there|how much is left|cuantas mas faltan",
    Command.OTHER_DEVICE: "send me a link|continue on the website|mándame un enlace|seguir en la computadora|"
    "is there a link so i can do it on my laptop|ill finish this on the school computer, whats the link|"
    "text me the website|how do i open this on my chromebook|i'd rather type this on a computer|"
    "pásame la liga para terminar en la compu|tienen página web para seguir|prefiero hacerlo en la laptop de mi tía|"
    "¿lo puedo acabar en internet?|me da el enlace porfa|can i finish this en la compu? on the web",
}
CASES = [(each, typed) for each, said in SAID.items() for typed in said.split("|")]
NOT_MEANT_SO = (
    "no borre mis datos|no borren nada de lo que dije|dont delete my data|please dont stop|no pare|later|"
    "tomorrow|mañana|"
    "not right now|no quiero|i dont want to have any loans|i dont want to keep my loans|"
    "how long does it take to get the money|"
    "cuanto tarda en llegar la beca|how many people|how many are in my family|how much is left on my loan|despues|"
    "send me the link to the fafsa|can i do the fafsa online|text my mom the link to sign|i do school online|"
    "mándeme el enlace de la escuela|trabajo en la computadora|puedo llenar la fafsa en la compu|"
    "borra eso, son 64 mil|scratch that, its 5|no quiero que mis papas tengan deudas|not anymore|i have to pay rent|"
    "my mom is a real person who needs help|do i need a real person to sign it|i need a real number"
)
ANSWERS = (
    "45k|single|none|no|yes|my mom|no, I rent a room|soy yo|next fall|no tengo|para nada|para mi hermano|mis papas|"
    "go back, the savings should be 21,500|por que mi papa murio|me, I'm the student|just me|they just won't help|"
    "the full one|my mom never signed|la completa|por texto|nothing|nada|whatever|Cal State Fresno|i live with my dad"
)


@pytest.mark.parametrize(("meant", "typed"), CASES)
def test_a_command_is_understood(meant: Command, typed: str) -> None:
    assert command(typed) is meant


@pytest.mark.parametrize("typed", ANSWERS.split("|"))
def test_an_answer_is_no_command(typed: str) -> None:
    assert command(typed) is None


@pytest.mark.parametrize("typed", NOT_MEANT_SO.split("|"))
def test_what_only_holds_the_words_of_an_order_is_no_order(typed: str) -> None:
    assert command(typed) is None


def test_asking_for_a_person_wins_over_anything_else_in_the_message() -> None:
    assert command("stop. i want to talk to a person") is Command.PERSON


@given(st.text(max_size=80))
def test_no_text_is_too_odd(typed: str) -> None:
    assert command(typed) in {None, *Command}


@pytest.mark.parametrize(
    "text", ["actually never mind all this, let's start over from the beginning", "forget this, start over"]
)
def test_giving_up_to_start_over_is_starting_over(text: str) -> None:
    assert command(text) == Command.START_OVER


@pytest.mark.parametrize(
    ("meant", "text"),
    [
        (Command.DELETE_DATA, "i used my cousins phone for this, delete all my data"),
        (Command.DELETE_DATA, "presté este celular, quiero que borren mis datos"),
        (Command.OTHER_DEVICE, "ya llegué a mi casa, me manda el link para seguir en la compu?"),
        (Command.OTHER_DEVICE, "the battery is almost dead can i continue on my computer"),
        (Command.OTHER_DEVICE, "se me esta acabando la pila, puedo seguir en la computadora?"),
    ],
)
def test_an_order_that_loses_nothing_by_itself_may_have_a_story_beside_it(meant: Command, text: str) -> None:
    assert command(text) is meant
