"""Asking for a person: few questions, a reference, and the estimate waits."""

from __future__ import annotations

from typing import Any

import pytest

from actions.handoff import NAMES, Handoff, reference_for
from aidline.settings import Settings
from tests.actions.talk import Talk

ROSA: dict[str, Any] = {
    "handoff_reason": "My aid was cut", "contact_name": "Rosa Díaz", "contact_method": "text",
    "contact_phone": "505-555-0123", "contact_email": "rosa@example.com", "urgency": "today",
    "contact_language": "es",
}  # fmt: skip


def asked_for_a_person(said: dict[str, Any], language: str = "en", **context: Any) -> tuple[list[str], Talk]:
    talk = Talk(Handoff(), language, context=context)
    talk.open("talk to a person")
    return talk.answer_all(said), talk


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_request_ends_with_a_reference_and_every_answer(language: str) -> None:
    _asked, talk = asked_for_a_person(ROSA, language)
    assert talk.result["end"] == "handoff_recorded"
    assert talk.result["answers"]["handoff_reason"] == "My aid was cut"
    assert talk.result["values"]["contact_phone"] == "+15055550123"
    assert all(say.params["reference"] == talk.result["values"]["reference"] for say in talk.last.says)


def test_the_request_for_the_record_holds_everything_staff_need() -> None:
    _asked, talk = asked_for_a_person(ROSA)
    request = talk.last.says[-1].custom["handoff"]
    assert set(request) == {"reference", "kind", *NAMES}
    assert (request["kind"], request["contact_email"]) == ("handoff", None)


@pytest.mark.parametrize(("method", "asked_for"), [("text", "contact_phone"), ("phone", "contact_phone"),
                                                   ("email", "contact_email")])  # fmt: skip
def test_only_the_chosen_way_to_reach_someone_is_asked_for(method: str, asked_for: str) -> None:
    asked, _talk = asked_for_a_person({**ROSA, "contact_method": method})
    assert {"contact_phone", "contact_email"} & set(asked) == {asked_for}


def test_the_same_message_gives_the_same_reference_and_another_one_another() -> None:
    assert reference_for("c1", "m9") == reference_for("c1", "m9")
    assert len({reference_for(f"c{n}", "m9") for n in range(500)}) == 500


def test_a_reference_has_no_letter_that_is_misread_aloud() -> None:
    said = "".join(reference_for("c1", f"m{n}").removeprefix("AID-") for n in range(200))
    assert not set(said) & set("01ILOU")


def test_someone_texting_can_say_this_number() -> None:
    _asked, talk = asked_for_a_person({**ROSA, "contact_phone": "this number"}, phone="+15055550199")
    assert talk.result["values"]["contact_phone"] == "+15055550199"


def test_half_a_phone_number_is_asked_for_again() -> None:
    talk = Talk(Handoff())
    talk.open("talk to a person")
    talk.answer_until("contact_phone", ROSA)
    talk.say("555-0123")
    assert talk.responses[0] == "utter_bad_phone"
    assert talk.asked == "contact_phone"


def test_the_language_of_contact_is_an_answer_here_and_not_an_order() -> None:
    talk = Talk(Handoff())
    talk.open("talk to a person")
    talk.answer_until("contact_language", ROSA)
    talk.say("español")
    assert talk.answers["contact_language"] == "es"


def test_how_soon_and_in_which_language_may_be_skipped() -> None:
    talk = Talk(Handoff(), "es")
    talk.open("quiero hablar con una persona")
    talk.answer_until("urgency", ROSA)
    talk.say("saltar")
    talk.say("saltar")
    talk.say("saltar")
    assert talk.result["values"]["urgency"] == "whenever"
    assert talk.result["values"]["contact_language"] == "es"
    assert set(talk.result["assumed"]) >= {"urgency", "contact_language"}


def test_nobody_has_to_say_why_or_who_they_are() -> None:
    talk = Talk(Handoff())
    talk.open("talk to a person")
    talk.say("i don't know")
    assert talk.asked == "contact_name"
    talk.say("no")
    talk.answer_all({**ROSA, "contact_name": "skip"})
    assert talk.result["values"]["contact_name"] is None
    assert talk.last.says[-1].custom["handoff"]["handoff_reason"] is None


@pytest.mark.parametrize("language", ["en", "es"])
def test_who_is_sure_of_nothing_still_gets_a_reference_and_is_told_how_to_reach_staff(language: str) -> None:
    talk = Talk(Handoff(), language)
    talk.open("talk to a person")
    for _ in range(20):
        if talk.last.status != "asking":
            break
        talk.say({"en": "not sure", "es": "no sé"}[language])
    assert talk.result["end"] == "handoff_recorded"
    assert "utter_handoff_no_way" in talk.responses


def test_who_has_no_phone_is_asked_for_an_email_instead() -> None:
    talk = Talk(Handoff())
    talk.open("talk to a person")
    talk.answer_until("contact_phone", ROSA)
    talk.say("i don't have one")
    assert talk.asked == "contact_email"
    talk.answer_all({**ROSA, "contact_email": "rosa@example.com"})
    assert talk.result["values"]["contact_email"] == "rosa@example.com"
    assert "utter_handoff_no_way" not in talk.responses


def test_who_texts_and_gives_no_number_is_reached_at_the_one_they_text_from() -> None:
    _asked, talk = asked_for_a_person({**ROSA, "contact_phone": "skip"}, phone="+15055550199")
    assert talk.result["values"]["contact_phone"] == "+15055550199"


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [("my number is 505-555-0147, not that one", "contact_phone", "+15055550147"),
     ("no wait, change my name to Rosa Medina", "contact_name", "Rosa Medina"),
     ("cambie mi número a 505-555-0147", "contact_phone", "+15055550147"),
     ("use rosa.m@example.com", "contact_email", "rosa.m@example.com")],
)  # fmt: skip
def test_what_is_told_after_the_request_changes_it_under_the_same_reference(text: str, name: str, value: str) -> None:
    _asked, talk = asked_for_a_person(ROSA)
    reference = talk.result["values"]["reference"]
    talk.come_back(text)
    assert "utter_handoff_updated" in talk.responses
    assert talk.result["values"]["reference"] == reference
    assert talk.last.says[-1].custom["handoff"][name] == value


def test_a_number_told_with_the_last_answers_goes_where_it_belongs() -> None:
    talk = Talk(Handoff())
    talk.open("talk to a person")
    talk.answer_until("best_time", ROSA)
    talk.say("my number is really 505-555-0147")
    assert talk.answers["contact_phone"] == "+15055550147"
    assert talk.asked == "best_time"


def test_a_time_of_day_in_spanish_is_no_language() -> None:
    talk = Talk(Handoff(), "es")
    talk.open("quiero hablar con alguien")
    talk.answer_until("contact_language", ROSA)
    talk.say("en la tarde")
    assert talk.answers.get("contact_language") is None


def test_staff_hours_and_telephone_are_those_the_school_gave() -> None:
    given = Settings.model_construct(
        staff_hours_en="Monday to Friday", staff_hours_es="de lunes a viernes", staff_phone="505-555-0100"
    )
    for language, hours in (("en", "Monday to Friday"), ("es", "de lunes a viernes")):
        talk = Talk(Handoff(lambda: given), language)
        talk.open("talk to a person")
        talk.answer_all(ROSA)
        told = {say.response: say.params for say in talk.last.says}
        assert told["utter_handoff_next"]["hours"] == hours
        assert told["utter_handoff_today_school"]["staff_phone"] == "505-555-0100"


@pytest.mark.parametrize("urgency", ["this_week", "whenever"])
def test_telephone_numbers_are_for_who_cannot_wait(urgency: str) -> None:
    _asked, talk = asked_for_a_person({**ROSA, "urgency": urgency})
    assert talk.responses == ["utter_handoff_done", "utter_handoff_next"]


def test_a_question_no_note_answers_is_what_help_is_needed_with() -> None:
    talk = Talk(Handoff())
    talk.open("talk to a person")
    talk.say("why did the lady at the window tell me no?")
    assert talk.answers["handoff_reason"] == "why did the lady at the window tell me no?"


def test_a_question_that_a_note_answers_is_answered_and_taken_when_it_is_asked_again() -> None:
    talk = Talk(Handoff())
    talk.open("talk to a person")
    talk.say("how do i fix my fafsa?", near=0.8)
    assert "explain" in talk.last.says[0].custom
    assert talk.asked == "handoff_reason"
    talk.say("how do i fix my fafsa?", near=0.8)
    assert talk.answers["handoff_reason"] == "how do i fix my fafsa?"


def test_two_questions_that_notes_answer_are_no_reason_but_one_asked_twice_is() -> None:
    talk = Talk(Handoff())
    talk.open("talk to a person")
    talk.say("what is the FAFSA?", near=0.9)
    talk.say("do I have to pay back a Pell Grant?", near=0.9)
    assert "handoff_reason" not in talk.answers
    talk.say("do I have to pay back a pell grant?", near=0.9)
    assert talk.answers["handoff_reason"] == "do I have to pay back a pell grant?"
