"""Deadlines: the dates come first, each says whose it is and how sure, and a reminder is only noted with consent."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from actions.deadlines import DeadlinesFlow
from tests.actions.said import said, wander
from tests.actions.talk import Talk

PHONE = "+15055550199"


def asked_for_dates(opening: str, *lines: str, language: str = "en", **context: Any) -> Talk:
    talk = Talk(DeadlinesFlow(), language, context=context)
    talk.open(opening)
    for line in lines:
        talk.say(line)
    return talk


@pytest.mark.parametrize(
    ("year", "state", "basis", "day", "closed", "days"),
    [
        ("2026-27", "New York", "this_cycle", "2027-06-30", "no", 221),
        ("2026-27", "Texas", "this_cycle", "2026-01-15", "no", 221),
        ("2027-28", "Texas", "last_cycle", "2026-01-15", "no", 587),
        ("2027-28", "Illinois", "as_soon_as_possible", None, "no", 587),
        ("2026-27", "South Carolina", "as_soon_as_possible", None, "no", 221),
        ("2026-27", "Alabama", "ask_school", None, "no", 221),
        ("2026-27", "Minnesota", "ask_school", None, "no", 221),
        ("2026-27", "Puerto Rico", "ask_school", None, "no", 221),
        ("2026-27", "Kansas", "sources_disagree", None, "no", 221),
        ("2025-26", "Ohio", "ask_school", None, "yes", 0),
    ],
)
def test_each_state_is_told_its_date_or_what_is_known_of_it(
    year: str, state: str, basis: str, day: str | None, closed: str, days: int
) -> None:
    talk = asked_for_dates("my deadlines", year, state)
    if closed == "no":
        talk.say("no")
    values = talk.result["values"]
    assert (values["award_year"], values["state_basis"], values["state_date"]) == (year, basis, day)
    assert (values["federal_closed"], values["federal_days_left"]) == (closed, days)
    assert values["reminder"] == "none"


def test_the_dates_are_said_before_anything_is_offered() -> None:
    talk = asked_for_dates("deadline for texas 26-27?")
    assert talk.asked == "offer_reminder"
    text = said(talk)
    assert "June 30, 2027" in text
    assert "January 15, 2026" in text
    assert "has passed" in text


def test_last_years_date_is_called_last_years() -> None:
    text = said(asked_for_dates("fecha límite en tejas", "otoño 2027", language="es"))
    assert "Todavía no tengo la fecha de Texas para 2027-28" in text
    assert "Para 2026-27 fue: 15 de enero de 2026" in text


def test_what_else_a_state_asks_for_is_said_in_its_year() -> None:
    assert "TAP needs its own application" in said(asked_for_dates("deadlines in new york 2026-27"))
    assert "Tennessee Promise" in said(asked_for_dates("deadlines in tennessee 2027-28"))
    assert "Tennessee Promise" not in said(asked_for_dates("deadlines in tennessee 2026-27"))


def test_a_form_that_closed_leads_to_the_ones_that_are_open() -> None:
    talk = asked_for_dates("did i miss the 2025-26 date in ohio")
    text = said(talk)
    assert "closed on June 30, 2026" in text
    assert "FAFSA 2026-27, until June 30, 2027" in text
    assert talk.last.status == "done"


def test_every_date_comes_with_its_page_and_the_day_it_was_checked() -> None:
    [source] = asked_for_dates("deadline texas 26-27", "no").last.says[-1].custom["sources"]
    assert source["url"].startswith("https://studentaid.gov/")
    assert source["as_of"] == "2026-06-01"


def test_a_school_beside_a_state_is_not_where_someone_lives() -> None:
    assert asked_for_dates("when is fafsa due for ohio state 26-27").asked == "state"
    assert asked_for_dates("i live in ohio and go to ohio state, 26-27").answers["state"] == "OH"


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_wish_to_be_reminded_is_recorded_only_after_an_agreement_to_its_terms(language: str) -> None:
    talk = asked_for_dates("deadline texas 27-28", "sí", language=language, channel="sms", phone=PHONE)
    assert talk.asked == "reminder_consent"
    terms = said(talk, "sms")
    assert "STOP" in terms
    assert " 2 " in terms
    talk.say("sí")
    talk.say("este número")
    request = talk.last.says[-1].custom["reminder"]
    assert request["phone"] == PHONE
    assert (request["award_year"], request["state"], request["most_texts"]) == ("2027-28", "TX", 2)
    assert request["state_date"] is None, "last year's day is no day to remind of"
    assert talk.result["values"]["reminder"] == "opted_in"


@pytest.mark.parametrize(
    "lines", [("no",), ("yes", "no"), ("yes", "yes", "skip"), ("idk", "idk"), ("yes", "idk", "idk")]
)
def test_whoever_does_not_agree_is_not_recorded(lines: tuple[str, ...]) -> None:
    talk = asked_for_dates("deadline texas 27-28", *lines)
    assert talk.result["values"]["reminder"] == "none"
    assert all("reminder" not in one.custom for one in talk.last.says)


def test_nothing_is_promised_that_nothing_sends() -> None:
    talk = asked_for_dates("deadline texas 27-28", "yes", "yes", "505-555-0123")
    assert "may not be running yet" in said(talk)


def test_not_sure_is_an_answer_to_every_question() -> None:
    talk = asked_for_dates("my deadlines", *["not sure"] * 6)
    assert talk.result["values"]["state"] is None
    assert talk.result["values"]["award_year"] == "2027-28"
    assert talk.result["assumed"] == ["award_year"]


def test_another_state_after_the_result_gives_the_new_date() -> None:
    talk = asked_for_dates("deadline texas 26-27", "no")
    talk.open("change my state to New York")
    assert talk.result["values"]["state_date"] == "2027-06-30"
    assert "New York's date" in said(talk)


def test_another_year_asks_anew_before_reminding_of_it() -> None:
    talk = asked_for_dates("deadline texas 26-27", "yes", "yes", "505-555-0123")
    talk.open("change the award year to 2027-28")
    assert talk.asked == "offer_reminder"


def test_a_state_changed_while_a_reminder_is_noted_shows_in_the_end() -> None:
    talk = asked_for_dates("deadline texas 26-27", "yes", "change my state to ohio")
    assert talk.asked == "reminder_consent"
    talk.say("no")
    assert "Ohio: October 1, 2026" in said(talk)


def test_the_state_of_an_estimate_is_not_asked_for_again() -> None:
    talk = Talk(DeadlinesFlow(), answers={"state_for_poverty": "NY", "award_year": "2026-27"})
    talk.open("my deadlines")
    assert talk.asked == "offer_reminder"
    assert talk.responses[0] == "utter_reusing"
    talk.say("no")
    assert talk.result["answers"]["state"] == "NY"


def test_going_back_and_asking_in_between_lose_nothing() -> None:
    talk = asked_for_dates("my deadlines", "26-27")
    talk.say("what is a priority date?")
    assert talk.asked == "state"
    talk.say("back")
    assert talk.asked == "award_year"
    talk.say("27-28")
    talk.say("why")
    assert "utter_why_deadlines_state" in talk.responses
    assert talk.asked == "state"


def test_the_last_day_is_called_the_last_day() -> None:
    talk = Talk(DeadlinesFlow(), today=date(2027, 6, 30))
    talk.open("deadline texas 26-27")
    assert "Today is the last day" in said(talk)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_said_the_flow_ends(seed: int) -> None:
    dice = random.Random(seed)
    wander(Talk(DeadlinesFlow(), dice.choice(["en", "es"]), context={"phone": PHONE}), "my deadlines", dice.choice)


@pytest.mark.parametrize(
    ("text", "ended"), [("nah nvm no", "done"), ("no, olvídelo", "done"), ("stop", "left"), ("nvm", "left")]
)
def test_never_mind_with_a_no_turns_down_the_reminder_and_not_the_form(text: str, ended: str) -> None:
    talk = asked_for_dates("deadline", "2026-27", "Texas", "yes", phone=PHONE, channel="sms")
    assert talk.asked == "reminder_consent"
    assert talk.say(text).status == ended
