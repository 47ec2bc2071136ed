"""The same conversation by text: signed webhooks, one short text a turn, the network's own words."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.journeys.people import Persona, Phone, asked_in
from tests.journeys.test_estimate import ONE_PARENT

MakePhone = Callable[[], Phone]


def texts_until_review(phone: Phone, persona: Persona, text: str) -> dict[str, str]:
    """Answer each text until the review; gives the text that asks for it."""
    came = phone.say(text)
    for _turn in range(40):
        assert came["asks"], f"a dead end after: {came['body']}"
        if asked_in(came["asks"]) == "confirm_summary":
            return came
        came = phone.say(persona.answer(came["asks"]))
    raise AssertionError("the review never came")


@pytest.mark.parametrize("signature", ["", "bm90IHRoZSByaWdodCBvbmU="], ids=["none", "a wrong one"])
def test_a_text_without_the_right_signature_is_refused_and_nothing_happens(phone: Phone, signature: str) -> None:
    assert phone.post_as_twilio("hello from a forger", signature=signature).status_code == 403
    # A genuine text afterwards shows that the forged one was not merely late.
    assert phone.post_as_twilio("hello from me").status_code == 200
    phone.next_text()
    assert [text["body"] for text in phone.thread() if text["direction"] == "in"] == ["hello from me"]


def test_twilio_gets_its_empty_answer_at_once_and_the_reply_comes_as_a_text(phone: Phone) -> None:
    began = time.monotonic()
    answer = phone.post_as_twilio("what counts as untaxed income?")
    assert time.monotonic() - began < 10, "Twilio gives up after 15 s"
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/xml")
    assert answer.text.endswith("<Response/>")
    reply = phone.next_text()
    assert reply["status"] == "sent"
    assert "Source: https://" in reply["body"], "in the first text, however long the answer is"
    assert "MORE" in reply["body"]
    assert phone.say("MORE")["body"]


def test_a_text_that_twilio_delivers_twice_is_answered_once(phone: Phone) -> None:
    sid = f"SM{uuid4().hex}"
    assert phone.post_as_twilio("estimate my aid for 2026-27, quick", sid).status_code == 200
    assert phone.post_as_twilio("estimate my aid for 2026-27, quick", sid).status_code == 200
    first = phone.next_text()
    again = phone.say("repeat please")
    assert asked_in(again["asks"]) == asked_in(first["asks"])
    assert [text["direction"] for text in phone.thread()] == ["in", "out", "in", "out"]


def test_a_quick_estimate_by_text_says_all_that_matters_at_once_or_on_request(phone: Phone) -> None:
    review = texts_until_review(phone, ONE_PARENT, "quick estimate of my aid for 2026-27 pls")
    assert len(review["body"]) <= 1600
    result = phone.say("yes")["body"]
    assert "(SAI) for 2026-27 is 0." in result
    assert "$7,395" in result
    rest = ""
    for _text in range(5):
        if "MORE" not in (rest or result):
            break
        rest = phone.say("MORE")["body"]
        result += rest
    assert "assumed" in result
    assert "not an offer" in result
    assert phone.say("MORE")["body"] == "That was everything."
    assert all(len(body) <= 1600 for body in phone.received())


def test_a_question_by_text_leaves_the_form_where_it_was(phone: Phone) -> None:
    before = phone.say("estimate my aid for 2026-27, quick")
    came = phone.say("what is the pell grant?")
    assert asked_in(came["asks"]) == asked_in(before["asks"])
    assert "Pell" in came["body"]


def test_choices_can_be_answered_by_their_number(phone: Phone) -> None:
    phone.say("estimate my aid for 2026-27, quick")
    came = phone.say("no")
    assert asked_in(came["asks"]) == "student_marital_status"
    assert "1) " in came["body"]
    assert asked_in(phone.say("1")["asks"]) != "student_marital_status"


def test_after_stop_nothing_is_sent_until_start(phone: Phone) -> None:
    phone.say("hello")
    assert "START" in phone.say("STOP")["body"]
    phone.send("are you there?")
    assert "Welcome back" in phone.say("START")["body"]
    assert [text["direction"] for text in phone.thread()] == ["in", "out", "in", "out", "in", "in", "out"]
    assert asked_in(phone.say("estimate my aid")["asks"]) == "award_year"


@pytest.mark.parametrize(("word", "answer"), [("HELP", "1-800-433-3243"), ("AYUDA", "Federal Student Aid")])
def test_help_is_answered(phone: Phone, word: str, answer: str) -> None:
    assert answer in phone.say(word)["body"]


def test_someone_who_texts_in_spanish_is_answered_in_spanish(phone: Phone) -> None:
    persona = ONE_PARENT.but(
        depth="rápido",
        student_marital_status="soltera",
        parent_marital_status="divorciada",
        parent_filer_class="sí declaró",
    )
    review = texts_until_review(phone, persona, "hola, quiero saber cuánta ayuda me dan para 2026-27, rápido")
    assert "¿" in review["body"]
    result = phone.say("sí")["body"]
    # The phone network's alphabet has no Í.
    assert "Indice de Ayuda Estudiantil" in result
    assert "$7,395" in result
    assert "MAS" in result
    assert phone.say("más")["body"]


def test_each_phone_has_a_conversation_of_its_own(make_phone: MakePhone) -> None:
    one, other = make_phone(), make_phone()
    one.say("estimate my aid for 2026-27, quick")
    assert asked_in(other.say("hello")["asks"]) == "flow", "nothing of the first one's form"
    assert asked_in(one.say("no")["asks"]) == "student_marital_status"


@pytest.mark.parametrize(
    ("text", "language"),
    [("hello", "en"), ("hi", "en"), ("menu", "en"), ("hola", "es"), ("ayuda con becas", "es"), ("buenas", "es")],
)
def test_one_word_is_enough_to_be_answered_in_its_language(phone: Phone, text: str, language: str) -> None:
    spanish = re.search(r"\b(?:con|para|por|puede|puedo|usted)\b", phone.say(text)["body"])
    assert bool(spanish) == (language == "es")


def test_an_empty_text_and_a_number_that_is_no_phone_are_taken_calmly(phone: Phone) -> None:
    assert "empty" in phone.say("  ")["body"]
    refused = phone.simulate("22395", "hi")
    assert refused.status_code == 400
    assert "phone number" in refused.json()["detail"]
