"""FAFSA status: what it means, who has to do what, and the first thing to do."""

from __future__ import annotations

import random
from typing import Any

import pytest

from actions.fafsa_status import FafsaStatus
from tests.actions.said import said, wander
from tests.actions.talk import Talk


def told(opening: str, *lines: str, language: str = "en", **context: Any) -> Talk:
    talk = Talk(FafsaStatus(), language, context=context)
    talk.open(opening)
    for line in lines:
        talk.say(line)
    return talk


@pytest.mark.parametrize(
    ("lines", "status", "step"),
    [
        (("not started",), "not_started", "file_new"),
        (("it says draft",), "draft", "finish_section"),
        (("in progress", "someone has not finished", "my dad"), "in_progress", "finish_section"),
        (("in progress", "my mom never signed"), "in_progress", "sign"),
        (("in progress", "not sure", "not sure"), "in_progress", "finish_section"),
        (("in progress", "consent", "my wife"), "in_progress", "consent"),
        (("in review", "yesterday"), "in_review", "wait"),
        (("in review", "not sure"), "in_review", "wait"),
        (("in review", "october 3"), "in_review", "contact_fsa"),
        (("in review", "september"), "in_review", "contact_fsa"),
        (("in review", "november"), "in_review", "wait"),
        (("processed", "looks right"), "processed", "review"),
        (("processed", "i put the wrong income"), "processed", "correct"),
        (("action required", "a signature is missing", "me"), "action_required", "sign"),
        (("action required", "my ssn doesn't match"), "action_required", "correct"),
        (("action required", "citizenship"), "action_required", "contact_school"),
        (("action required", "there's an error"), "action_required", "correct"),
        (("action required", "it doesn't say"), "action_required", "contact_fsa"),
        (("closed",), "closed", "file_new"),
        (("idk", "idk"), None, "contact_fsa"),
        (("en proceso", "mi mamá no ha firmado"), "in_progress", "sign"),
        (("me la rechazaron", "mi nombre no coincide"), "action_required", "correct"),
        (("está en revisión", "la mandé el 2 de octubre"), "in_review", "contact_fsa"),
        (("action required", "no pudieron confirmar mi ciudadanía"), "action_required", "contact_school"),
        (("ya está procesada", "puse mal mi ingreso"), "processed", "correct"),
        (("se requiere acción", "falta el consentimiento", "mi papá"), "action_required", "consent"),
    ],
)
def test_each_status_leads_to_its_next_step(lines: tuple[str, ...], status: str | None, step: str) -> None:
    talk = told("my fafsa status", *lines)
    assert talk.result["end"] == "status_explained"
    assert talk.result["values"] == {"fafsa_status": status, "next_step": step}


@pytest.mark.parametrize(
    ("opening", "asked"),
    [
        ("my fafsa says in progress since like october", "status_reason"),
        ("mi fafsa dice in review", "submitted_date"),
        ("my fafsa got processed now what", "status_reason"),
        ("it says action required bc of a signature", "who_missing"),
    ],
)
def test_what_the_first_words_say_is_not_asked(opening: str, asked: str) -> None:
    assert told(opening).asked == asked


def test_one_message_can_hold_all_of_it() -> None:
    talk = told("my fafsa says in progress because my mom hasn't signed")
    assert talk.result["values"]["next_step"] == "sign"
    assert talk.result["answers"]["who_missing"] == "parent"


def test_nobody_is_told_to_use_someone_elses_account() -> None:
    assert "Your parent logs in at studentaid.gov with their own account" in said(told("in progress, mom never signed"))
    spanish = said(told("dice in progress, mi esposo no ha firmado", language="es"))
    assert "su esposo o esposa entre a studentaid.gov con su propia cuenta" in spanish


def test_a_form_of_a_year_that_is_over_is_not_to_be_finished() -> None:
    talk = told("my 25-26 fafsa still says in progress")
    assert talk.result["values"]["next_step"] == "file_new"
    assert "FAFSA 2026-27, until June 30, 2027" in said(talk)


def test_not_sure_is_helped_first() -> None:
    talk = told("my fafsa status", "not sure")
    assert "utter_notsure_fafsa_status" in talk.responses
    assert talk.asked == "fafsa_status"


def test_not_sure_is_not_read_as_not_signed() -> None:
    talk = told("my fafsa says action required", "not sure")
    assert talk.asked == "status_reason"
    assert "utter_notsure_status_reason" in talk.responses


def test_a_changed_status_asks_for_the_reason_it_can_have() -> None:
    talk = told("my fafsa says in progress", "a signature is missing")
    talk.say("no wait, change the status to processed")
    assert talk.answers["fafsa_status"] == "processed"
    assert talk.asked == "status_reason"
    talk.say("looks right")
    assert talk.result["values"]["next_step"] == "review"
    assert "who_missing" not in talk.result["answers"]


def test_a_reason_changed_after_the_result_changes_the_advice() -> None:
    talk = told("my fafsa says action required", "my ssn doesn't match")
    talk.open("change the reason to citizenship")
    assert talk.result["values"]["next_step"] == "contact_school"


def test_going_back_and_asking_in_between_lose_nothing() -> None:
    talk = told("my fafsa status", "in progress")
    talk.say("what is a contributor?")
    assert talk.asked == "status_reason"
    talk.say("back")
    assert talk.asked == "fafsa_status"
    talk.say("draft")
    assert talk.result["values"]["next_step"] == "finish_section"


def test_it_says_that_it_cannot_see_the_form_and_where_the_official_word_is() -> None:
    for language in ("en", "es"):
        text = said(told("my fafsa says draft", language=language))
        assert "studentaid.gov" in text
        assert "My Activity" in text


def test_the_pages_it_rests_on_come_with_the_steps() -> None:
    sources = [source for one in told("my fafsa says draft").last.says for source in one.custom.get("sources", ())]
    assert sources
    assert len({source["url"] for source in sources}) == len(sources)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_said_the_flow_ends(seed: int) -> None:
    dice = random.Random(seed)
    wander(Talk(FafsaStatus(), dice.choice(["en", "es"])), "my fafsa status", dice.choice)
