"""Corrections as people word them: the answer they mean changes, and the question that was open comes again."""

from __future__ import annotations

from typing import Any

import pytest

from actions.estimate_aid import EstimateAid
from tests.actions.people import ALEX, LUZ
from tests.actions.talk import Talk

SAID = {**ALEX, "parent_agi": 60_000, "family_size": 4, "state_for_poverty": "OH"}


def at(name: str, said: dict[str, Any] | None = None, language: str = "en") -> Talk:
    talk = Talk(EstimateAid(), language)
    talk.open("estimate my aid")
    talk.answer_until(name, SAID if said is None else said)
    return talk


def after_agi(language: str = "en", said: dict[str, Any] | None = None) -> Talk:
    """The person has just given the AGI, and is asked the next question."""
    talk = at("parent_agi", said, language)
    talk.say("60000" if said is None else str(said["parent_agi"]))
    assert talk.answers["parent_agi"]
    return talk


def changed(talk: Talk, text: str) -> dict[str, Any]:
    """What a message changes. The open question must be asked again, and get no answer."""
    before, asked = dict(talk.answers), talk.asked
    talk.say(text)
    if talk.asked == "confirm_value":
        talk.say({"en": "yes", "es": "sí"}[talk.language])
    assert talk.asked == asked
    return {name: value for name, value in talk.answers.items() if before.get(name) != value}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "change the 60000 to 64000"),
        ("en", "can u change the 60k to 64k"),
        ("es", "cambia los 60000 por 64000"),
        ("es", "cambie 60 mil por 64 mil porfa"),
        ("en", "wait its 64k not 60"),
        ("en", "wait its 64k not 60k"),
        ("en", "64000 instead of 60000"),
        ("es", "perdon son 64 mil no 60"),
        ("es", "no son 60 mil, son 64 mil"),
        ("es", "son 64 mil en vez de 60 mil"),
        ("en", "my bad its 64"),
        ("en", "oops 64"),
        ("en", "ugh no its 64k"),
        ("en", "wait i put 60k but its 64k"),
        ("es", "puse 60 mil pero son 64 mil"),
        ("es", "borra eso, son 64 mil"),
        ("es", "me equivoqué, eran 64"),
        ("en", "no i meant 64 thousand not 60"),
    ],
)
def test_the_amount_that_was_wrong_is_found_and_changed(language: str, text: str) -> None:
    assert changed(after_agi(language), text) == {"parent_agi": 64_000}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "me equivoque somos 5"),
        ("es", "perdón, somos 5 no 4"),
        ("en", "hold on we are 5 not 4"),
        ("en", "actually 5 people in the family"),
        ("en", "sorry there are 5 of us"),
        ("en", "wait we're 5"),
        ("es", "espere, somos cinco"),
        ("en", "oops 5"),
        ("es", "no somos 4 somos 5"),
        ("es", "en realidad somos 5"),
        ("en", "we are 5"),
    ],
)
def test_a_count_said_after_an_amount_changes_the_count(language: str, text: str) -> None:
    assert changed(after_agi(language), text) == {"family_size": 5}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "i put the wrong state its indiana"),
        ("en", "we r in indiana not ohio"),
        ("es", "espera es indiana no ohio"),
        ("es", "puse mal el estado, es indiana"),
        ("en", "its not ohio its indiana"),
        ("es", "no es ohio es indiana"),
        ("en", "wait, indiana"),
        ("en", "its actually indiana"),
        ("en", "sorry we live in indiana"),
        ("es", "perdón vivimos en Indiana"),
    ],
)
def test_another_state_changes_the_state(language: str, text: str) -> None:
    assert changed(after_agi(language), text) == {"state_for_poverty": "IN"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "sorry my parents are divorced actually"),
        ("en", "wait my parents are divorced"),
        ("es", "perdón, mis papás están divorciados"),
    ],
)
def test_what_the_parents_are_after_all_changes_the_parents_and_not_the_student(language: str, text: str) -> None:
    talk = at("family_size", language=language)
    assert changed(talk, text) == {"parent_marital_status": "divorced"}


def test_an_amount_without_a_name_at_the_review_goes_to_the_answer_it_is_close_to() -> None:
    talk = at("confirm_summary", {**SAID, "parent_agi": 23_000, "depth": "quick"}, "es")
    assert changed(talk, "no, perdón, ya lo vi, son 22,300") == {"parent_agi": 22_300}


def test_an_amount_for_a_named_answer_changes_that_one() -> None:
    talk = at("confirm_summary", {**SAID, "parent_cash_savings": 22_000, "depth": "full"})
    assert changed(talk, "no i meant 27 thousand for their savings not 22") == {"parent_cash_savings": 27_000}


def test_an_amount_for_something_never_asked_changes_no_other_answer() -> None:
    talk = after_agi()
    before = dict(talk.answers)
    talk.say("no i meant 27 thousand for her boat")
    assert talk.answers == before
    assert talk.responses[0] == "utter_how_to_change"
    talk.say("sorry its 62,000 for earned income")
    assert talk.answers == {**before, "parent_earned_income": 62_000}


def test_a_birth_year_said_one_question_late_changes_the_answer_about_age() -> None:
    talk = at("student_marital_status", {**SAID, "born_before_cutoff": "no"})
    assert changed(talk, "wait i was born in 1999") == {"born_before_cutoff": "yes"}


def test_thousands_left_out_are_confirmed_before_they_are_recorded() -> None:
    talk = after_agi()
    talk.say("my bad its 64")
    assert (talk.asked, talk.asks["value"], talk.answers["parent_agi"]) == ("confirm_value", 64_000, 60_000)
    talk.say("no")
    assert talk.answers["parent_agi"] == 60_000


def test_where_two_answers_have_the_old_value_the_person_is_asked_which() -> None:
    talk = at("confirm_summary", {**SAID, "parent_earned_income": 60_000})
    before = dict(talk.answers)
    talk.say("change the 60000 to 64000")
    said = next(say for say in talk.last.says if say.response == "utter_which_to_change")
    assert ";" in said.params["list"]
    assert talk.answers == before
    assert talk.asked == "confirm_summary"


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        ("parent_agi", "60k not 50", 60_000),
        ("family_size", "actually 3 people", 3),
        ("family_size", "5 people, no pets", 5),
        ("state_for_poverty", "indiana", "IN"),
        ("parent_marital_status", "divorced not married", "divorced"),
    ],
)
def test_an_answer_that_corrects_nothing_stays_an_answer(asked: str, text: str, value: Any) -> None:
    talk = at(asked, {**LUZ, "family_size": 4})
    before = dict(talk.answers)
    talk.say(text)
    assert {**before, **talk.answers} == talk.answers, "no earlier answer changes"
    assert talk.answers.get(asked) in {None, value}


def test_the_answer_changed_last_is_the_one_that_a_second_thought_is_about() -> None:
    talk = at("confirm_summary", {**SAID, "depth": "quick"})
    talk.say("change the agi to 62,000")
    assert changed(talk, "no wait, 62,500") == {"parent_agi": 62_500}


def test_a_second_thought_about_a_question_that_settled_several_is_no_answer_to_the_next() -> None:
    talk = at("means_tested_benefit")
    assert talk.state.latest == "parent_taxable_grants"
    assert changed(talk, "oops 500") == {}
    assert talk.responses[0] == "utter_how_to_change"


@pytest.mark.parametrize(
    "text", ["its 30k now not 60k", "she makes 30000 not 60000 anymore", "ahora son 30 mil no 60 mil"]
)
def test_what_was_true_before_is_not_corrected_by_what_is_true_now(text: str) -> None:
    talk = after_agi()
    talk.say(text)
    assert talk.answers["parent_agi"] == 60_000


@pytest.mark.parametrize(
    "text", ["sorry, wrong form, I actually need this for 2027-28", "perdón, me equivoqué de año, es para 2027-28"]
)
def test_another_school_year_told_in_passing_counts_and_the_question_comes_again(text: str) -> None:
    talk = Talk(EstimateAid())
    talk.open("estimate my aid for 2026-27")
    talk.answer_until("parent_agi", ALEX)
    talk.say(text)
    assert talk.answers["award_year"] == "2027-28"


@pytest.mark.parametrize("text", ["wait she texted me its 49,200 not 47 5", "sorry it was 49200, not 47 500"])
def test_an_old_amount_told_as_it_is_spoken_is_found(text: str) -> None:
    assert changed(after_agi(said={**SAID, "parent_agi": 47_500}), text) == {"parent_agi": 49_200}


@pytest.mark.parametrize(
    "text", ["my sister moved out so make the household 3", "mi hermano se fue de la casa, ya somos 3"]
)
def test_a_change_asked_for_behind_its_reason_is_made(text: str) -> None:
    language = "es" if text.startswith("mi ") else "en"
    assert changed(after_agi(language), text) == {"family_size": 3}


def test_what_parents_are_to_each_other_is_no_answer_about_their_taxes() -> None:
    talk = at("parent_filer_class")
    talk.say("actually my parents arent married anymore theyre divorced i clicked wrong")
    assert "parent_filer_class" not in talk.answers
    assert (talk.asks["about"], talk.asks["value"]) == ("parent_marital_status", "divorced")
