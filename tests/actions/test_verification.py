"""Verification: no accusation, the papers this person needs and no others, and where they go."""

from __future__ import annotations

import random
from typing import Any

import pytest

from actions.verification import Verification
from tests.actions.people import ALEX, DANA
from tests.actions.said import said, wander
from tests.actions.talk import Talk


def selected(opening: str, *lines: str, language: str = "en", answers: dict[str, Any] | None = None) -> Talk:
    talk = Talk(Verification(), language, answers=dict(answers or {}))
    talk.open(opening)
    for line in lines:
        talk.say(line)
    return talk


YEAR = "picked for verification 2026-27"


@pytest.mark.parametrize(
    ("lines", "group", "documents"),
    [
        (("V4", "in person", "not sure"), "V4", ["identity"]),
        (("V1", "no", "from the irs", "idk"), "V1", ["none_from_irs", "family_size_statement"]),
        (("V1", "no", "typed in", "yes i filed", "dec 15"), "V1", ["tax_transcript", "family_size_statement"]),
        (("V1", "yes", "no", "i didn't file", "no", "she filed", "idk"), "V1",
         ["nonfiler_statement", "w2", "tax_transcript", "family_size_statement"]),
        (("V1", "yes", "from the irs", "typed in", "filed in mexico", "idk"), "V1",
         ["signed_return", "family_size_statement"]),
        (("V1", "yes", "yes", "yes", "idk"), "V1", ["none_from_irs", "family_size_statement"]),
        (("V5", "just me", "by hand", "hacienda puerto rico", "zoom", "idk"), "V5",
         ["signed_return", "family_size_statement", "identity"]),
        (("idk", "idk", "no", "typed in", "yes", "idk"), None, ["tax_transcript", "family_size_statement"]),
        (("V1", "yes", "idk", "idk", "no idea", "no idea", "yes", "idk"), "V1",
         ["tax_transcript", "family_size_statement"]),
    ],
)  # fmt: skip
def test_the_papers_follow_the_group_and_where_the_data_came_from(
    lines: tuple[str, ...], group: str | None, documents: list[str]
) -> None:
    talk = selected(YEAR, *lines)
    assert talk.result["end"] == "verification_explained"
    assert talk.result["values"]["verification_group"] == group
    assert sorted(talk.result["values"]["documents"]) == sorted(documents)


def test_the_first_thing_said_is_that_it_is_no_accusation() -> None:
    assert "not an accusation" in said(selected("did i do something wrong? got picked for verification"))
    assert "no es una acusación" in said(selected("¿hice algo malo?", language="es"))


def test_a_group_named_at_the_start_is_not_asked_for() -> None:
    talk = selected("got a v4 email for 26-27")
    assert talk.asked == "identity_way"


def test_nobody_is_asked_about_taxes_for_v4() -> None:
    talk = selected(YEAR, "v4")
    assert talk.asked == "identity_way"


@pytest.mark.parametrize(("known", "asked_of_parents"), [(ALEX, True), (DANA, False)])
def test_who_is_on_the_form_is_known_from_an_estimate(known: dict[str, Any], asked_of_parents: bool) -> None:
    talk = selected("v1 verification", answers=known)
    assert talk.asked == "data_from_irs"
    talk.say("from the irs")
    assert (talk.asked == "parent_data_from_irs") is asked_of_parents


def test_the_transcript_is_of_the_tax_year_of_the_form() -> None:
    talk = selected("v1 for 2025-26", "no", "typed in", "yes", "idk")
    assert "2023 IRS tax transcript" in said(talk)
    assert "1-800-908-9946" in said(talk)


def test_rules_of_another_year_are_not_passed_off_as_this_ones() -> None:
    assert "2026-27 rules" in said(selected("v4 for 2027-28", "video", "idk"))
    assert "2026-27 rules" not in said(selected("v4 for 2026-27", "video", "idk"))


def test_each_persons_papers_are_called_theirs() -> None:
    talk = selected(YEAR, "v1", "sí", "no", "no trabajé", "no", "sí declaró", "no sé", language="es")
    text = said(talk)
    assert "que usted no declaró impuestos de 2024" in text
    assert "La transcripción de impuestos del IRS de 2024 de su papá o mamá" in text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("december 15", "by December 15, 2026"),
        ("next month", "in December 2026"),
        ("11/3/2026", "November 3, 2026 has passed"),
        ("october 2026", "October 2026 has passed"),
        ("not sure", "Ask the aid office for its date"),
    ],
)
def test_the_schools_date_is_said_back_or_looked_for(typed: str, words: str) -> None:
    assert words in said(selected("v4 for 2026-27", "video", typed))


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("we typed it in", "no"), ("a mano", "no"), ("it transferred automatically", "yes"), ("llegó del irs", "yes"),
        ("yes", "yes"), ("no, la escribimos a mano", "no"), ("i never typed anything", "yes"),
    ],
)  # fmt: skip
def test_where_the_data_came_from_can_be_said_in_plain_words(typed: str, answer: str) -> None:
    talk = selected(YEAR, "v1", "no", typed)
    assert talk.answers["data_from_irs"] == answer


def test_papers_go_to_the_school_and_never_into_the_chat() -> None:
    assert "Never to a chatbot" in said(selected("v4 for 2026-27", "video", "idk"))
    assert "Nunca a un chat" in said(selected("v4 2026-27", "video", "no sé", language="es"))


def test_what_nobody_said_is_no_answer_for_other_flows() -> None:
    talk = selected(YEAR, "v1", *["not sure"] * 12)
    assert talk.result["values"]["documents"] == ["tax_transcript", "family_size_statement"]
    assert not {"dependency", "student_filer_class", "parent_filer_class"} & talk.answers.keys()
    assert "With no return, it is a signed statement instead" in said(talk)


def test_the_questions_behind_dependency_win_over_a_word_on_it() -> None:
    talk = selected("v1 verification 2026-27", "from the irs", answers={**ALEX, "dependency": "independent"})
    assert talk.asked == "parent_data_from_irs"


def test_a_group_changed_on_the_way_drops_what_it_does_not_need() -> None:
    talk = selected(YEAR, "v1", "no", "typed in")
    talk.say("wait, change my group to V4")
    assert talk.asked == "identity_way"
    talk.say("in person")
    talk.say("idk")
    assert talk.result["values"]["documents"] == ["identity"]
    assert "data_from_irs" not in talk.result["answers"]


def test_going_back_and_asking_in_between_lose_nothing() -> None:
    talk = selected(YEAR, "v1", "no")
    talk.say("what is a tax transcript?")
    assert talk.asked == "data_from_irs"
    talk.say("back")
    assert talk.asked == "dependency"
    talk.say("why")
    assert talk.asked == "dependency"


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_said_the_flow_ends(seed: int) -> None:
    dice = random.Random(seed)
    wander(Talk(Verification(), dice.choice(["en", "es"])), "verification", dice.choice)
