"""Asking for a person: few questions, a reference, and the estimate waits."""

from __future__ import annotations

from typing import Any

import pytest

from actions.handoff import NAMES, Handoff, reference_for
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
    [done] = talk.last.says
    assert done.params["reference"] == talk.result["values"]["reference"]


def test_the_request_for_the_record_holds_everything_staff_need() -> None:
    _asked, talk = asked_for_a_person(ROSA)
    request = talk.last.says[-1].custom["handoff"]
    assert set(request) == {"reference", *NAMES}
    assert request["contact_email"] is None


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


def test_a_name_and_a_reason_cannot_be_skipped() -> None:
    talk = Talk(Handoff())
    talk.open("talk to a person")
    for name in ("handoff_reason", "contact_name"):
        talk.answer_until(name, ROSA)
        talk.say("skip")
        assert talk.asked == name
        assert name not in talk.answers
