"""Am I dependent? The official questions, one yes at a time, with care where it is needed."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from actions.dependency import Dependency
from actions.dependency_questions import REASONS, dependency_of
from actions.flow.words import choice_labels
from knowledge.award_years import load
from tests.actions.talk import Talk

NINETEEN: dict[str, Any] = {
    "award_year": "2026-27", "born_before_cutoff": "no", "student_marital_status": "never_married",
    "any_dependency_reason": "no", "parents_refuse": "no",
}  # fmt: skip


def walk(said: dict[str, Any], opening: str = "am i dependent", language: str = "en") -> tuple[list[str], Talk]:
    talk = Talk(Dependency(), language)
    talk.open(opening)
    return talk.answer_all(said), talk


@pytest.mark.parametrize(
    ("more", "dependency", "reason"),
    [
        ({}, "dependent", "none"),
        ({"born_before_cutoff": "yes"}, "independent", "born_before_cutoff"),
        ({"student_marital_status": "married"}, "independent", "student_marital_status"),
        ({"student_marital_status": "remarried"}, "independent", "student_marital_status"),
        ({"student_marital_status": "separated"}, "dependent", "none"),
        ({"student_marital_status": "divorced"}, "dependent", "none"),
        *(({"any_dependency_reason": "yes", reason: "yes"}, "independent", reason) for reason in REASONS[:-1]),
        ({"any_dependency_reason": "yes", "unusual_circumstances": "yes"}, "provisional", "unusual_circumstances"),
        ({"any_dependency_reason": "yes"}, "dependent", "none"),
        ({"parents_refuse": "yes"}, "dependent", "none"),
    ],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_one_yes_decides_and_without_one_a_student_is_dependent(
    more: dict[str, Any], dependency: str, reason: str, language: str
) -> None:
    _asked, talk = walk({**NINETEEN, **more, "unusual_kind": "other"}, language=language)
    assert talk.result["end"] == "dependency_shown"
    assert talk.result["values"] == {"award_year": "2026-27", "dependency": dependency, "reason": reason}


@pytest.mark.parametrize(
    ("yes", "never_asked"),
    [
        ({"born_before_cutoff": "yes"}, {"student_marital_status", "any_dependency_reason", "parents_refuse"}),
        ({"student_marital_status": "married"}, {"any_dependency_reason", "parents_refuse"}),
        ({"any_dependency_reason": "yes", "veteran": "yes"}, {"parents_refuse", "unusual_kind"}),
    ],
)
def test_nothing_is_asked_after_the_first_yes(yes: dict[str, Any], never_asked: set[str]) -> None:
    asked, _talk = walk({**NINETEEN, **yes})
    assert not never_asked & set(asked)


@pytest.mark.parametrize(
    ("year", "typed", "dependency"),
    [
        ("2026-27", "December 31, 2002", "independent"),
        ("2026-27", "January 1, 2003", "dependent"),
        ("2027-28", "12/31/2003", "independent"),
        ("2027-28", "1/1/2004", "dependent"),
        ("2026-27", "2002", "independent"),
        ("2026-27", "2003", "dependent"),
        ("2026-27", "im 19", "dependent"),
        ("2026-27", "27 years old", "independent"),
        ("2024-25", "2000", "independent"),
        ("2026-27", "no, im 20", "dependent"),
        ("2026-27", "1", "independent"),
        ("2026-27", "2", "dependent"),
    ],
)
def test_a_birthday_or_an_age_answers_the_question_about_age(year: str, typed: str, dependency: str) -> None:
    talk = Talk(Dependency())
    talk.open("am i dependent")
    talk.answer_until("born_before_cutoff", {**NINETEEN, "award_year": year})
    talk.say(typed)
    if talk.last.status == "asking":
        talk.answer_all(NINETEEN)
    assert talk.result["values"]["dependency"] == dependency


def test_an_age_on_the_line_asks_for_the_birthday() -> None:
    talk = Talk(Dependency())
    talk.open("am i dependent for 2026-27")
    talk.say("im 23")
    assert talk.responses == ["utter_bad_age_close", "utter_q_born_before_cutoff"]
    talk.say("november 30 2002")
    assert talk.result["values"]["reason"] == "born_before_cutoff"


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("im 22 and live alone, am i independent?", {}),
        ("im 22 and live alone. 2026-27", {"born_before_cutoff": "no", "award_year": "2026-27"}),
        ("I'm 30 and going back to school", {"born_before_cutoff": "yes"}),
        ("tengo 19 años y vivo solo", {"born_before_cutoff": "no"}),
        ("born 2004", {}),
        ("i was born 3/14/2001, am i independent", {"birth_date": "2001-03-14"}),
        ("nací en 2005, soy dependiente?", {"birth_year": 2005}),
        ("I'm married and 20. do i need my parents", {"student_marital_status": "married"}),
        ("my parents are married", {}),
        ("no estoy casada", {}),
        ("im a veteran", {"veteran": "yes"}),
        ("im not a veteran", {}),
        ("my son is 19", {"asking_as": "parent"}),
        ("i take 12 credits", {}),
    ],
)
def test_the_first_message_is_taken_only_where_it_is_certain(said: str, known: dict[str, Any]) -> None:
    talk = Talk(Dependency())
    talk.open(said)
    assert talk.answers == known


def test_someone_who_says_at_once_that_they_served_is_asked_only_for_the_year() -> None:
    asked, talk = walk(NINETEEN, "im a veteran. do i need my parents on the fafsa?")
    assert asked == ["award_year"]
    assert talk.result["values"]["reason"] == "veteran"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("no tengo donde vivir, ando con amigos", "homeless_or_at_risk"),
        ("duermo en casas de amigos, no tengo casa", "homeless_or_at_risk"),
        ("i sleep in my car", "homeless_or_at_risk"),
        ("vetern", "veteran"),
        ("yes, i have a baby", "supports_children"),
        ("me corrieron de la casa", "unusual_circumstances"),
        ("i was in foster care", "foster_care"),
    ],
)
def test_a_reason_told_in_ones_own_words_is_a_yes(typed: str, reason: str) -> None:
    talk = Talk(Dependency())
    talk.open("am i dependent")
    talk.answer_until("any_dependency_reason", NINETEEN)
    talk.say(typed)
    if talk.last.status == "asking":
        talk.answer_all({**NINETEEN, "unusual_kind": "other"})
    assert talk.result["values"]["reason"] == reason


@pytest.mark.parametrize(
    "typed",
    ["no, we talk, they just won't pay", "no kids no army", "both my parents are alive so no", "no, I rent a room",
     "nope my parents are divorced", "ninguna", "no soy veterano"],
)  # fmt: skip
def test_words_that_name_no_reason_leave_a_student_dependent(typed: str) -> None:
    talk = Talk(Dependency())
    talk.open("am i dependent")
    talk.answer_until("any_dependency_reason", NINETEEN)
    talk.say(typed)
    talk.answer_all(NINETEEN)
    assert talk.result["values"]["dependency"] == "dependent"


@pytest.mark.parametrize(("typed", "refuse"), [("they just won't help", "yes"), ("se niegan", "yes"), ("no", "no"),
                                               ("they haven't refused", "no"), ("sí", "yes")])  # fmt: skip
def test_parents_who_refuse_are_told_apart_from_those_who_do_not(typed: str, refuse: str) -> None:
    talk = Talk(Dependency())
    talk.open("am i dependent")
    talk.answer_until("parents_refuse", NINETEEN)
    talk.say(typed)
    assert talk.result["answers"]["parents_refuse"] == refuse


def again(talk: Talk, text: str) -> None:
    """A message after the result, as the form opens for it."""
    talk.state = replace(talk.state, asked=None)
    talk.open(text)


def spoken(talk: Talk) -> str:
    return " ".join(str(value) for say in talk.last.says for value in say.params.values())


def test_parents_who_refuse_leave_the_unsubsidized_loan_and_a_person_is_offered() -> None:
    _asked, talk = walk({**NINETEEN, "parents_refuse": "yes"})
    assert "Unsubsidized" in spoken(talk)
    assert talk.asks["name"] == "offer_person"


def test_a_dependent_student_hears_that_living_alone_changes_nothing_and_is_offered_the_next_step() -> None:
    _asked, talk = walk(NINETEEN)
    assert "Living alone" in spoken(talk)
    assert talk.asks["name"] == "offer_next"
    assert Dependency().offers(talk.answers, talk.state) == "who_is_parent"


@pytest.mark.parametrize("reason", ["homeless_or_at_risk", "unusual_circumstances"])
def test_help_comes_before_the_form_and_a_person_is_offered(reason: str) -> None:
    talk = Talk(Dependency())
    talk.open("am i dependent")
    talk.answer_until("any_dependency_reason", NINETEEN)
    label = next(one["label"] for one in choice_labels("dependency_reason", "en") if one["value"] == reason)
    talk.say("yes")
    talk.say(label)
    assert talk.responses[0] in {"utter_dependency_care_homeless", "utter_dependency_care_unusual"}
    assert talk.last.says[0].params["phone"]
    if talk.last.status == "asking":
        talk.say("rather not say")
    assert talk.asks["name"] == "offer_person"


def test_someone_kicked_out_hears_about_help_in_the_first_reply() -> None:
    talk = Talk(Dependency())
    talk.open("my parents kicked me out, do i still need them on the fafsa?")
    assert talk.responses[0] == "utter_dependency_care_unusual"


def test_every_message_of_a_result_that_rests_on_a_note_says_where_and_when() -> None:
    some = {"any_dependency_reason": "yes", "unusual_kind": "abuse"}
    for more in ({}, {"born_before_cutoff": "yes"}, {**some, "foster_care": "yes"},
                 {**some, "unusual_circumstances": "yes"}):  # fmt: skip
        for language in ("en", "es"):
            _asked, talk = walk({**NINETEEN, **more}, language=language)
            sources = [one for say in talk.last.says for one in say.custom.get("sources", ())]
            assert sources
            assert all(one["url"].startswith("https://") and one["as_of"] for one in sources)


@pytest.mark.parametrize("language", ["en", "es"])
def test_not_sure_to_everything_ends_with_what_was_assumed(language: str) -> None:
    talk = Talk(Dependency(), language)
    talk.open("am i dependent")
    for turn in range(15):
        if talk.last.status != "asking":
            break
        assert turn < 14
        talk.say("no sé" if language == "es" else "not sure")
    assert talk.result["values"]["dependency"] == "dependent"
    assert {"award_year", "born_before_cutoff", "student_marital_status"} <= set(talk.result["assumed"])
    assert "utter_dependency_assumed" in talk.responses


def test_someone_unsure_which_reason_is_asked_one_by_one() -> None:
    talk = Talk(Dependency())
    talk.open("am i dependent")
    talk.answer_until("any_dependency_reason", NINETEEN)
    talk.say("yes")
    talk.say("not sure")
    assert talk.asked == "graduate_student"
    asked = talk.answer_all(NINETEEN)
    assert asked[-1] == "parents_refuse"
    assert talk.result["values"] == {"award_year": "2026-27", "dependency": "dependent", "reason": "none"}


def test_another_award_year_asks_again_what_its_cutoff_may_decide_otherwise() -> None:
    talk = Talk(Dependency())
    talk.open("am i dependent")
    talk.answer_until("any_dependency_reason", NINETEEN)
    talk.say("change award year to 2027-28")
    assert talk.asked == "born_before_cutoff"


def test_a_birthday_is_not_asked_again_for_another_award_year() -> None:
    talk = Talk(Dependency())
    talk.open("am i dependent")
    talk.say("2026-27")
    talk.say("march 3 2003")
    talk.say("change award year to 2027-28")
    assert talk.result["values"] == {
        "award_year": "2027-28", "dependency": "independent", "reason": "born_before_cutoff",
    }  # fmt: skip


def test_a_birthday_corrected_after_the_result_changes_it() -> None:
    talk = Talk(Dependency())
    talk.open("am i dependent for 2026-27")
    talk.say("march 3 2003")
    talk.answer_all(NINETEEN)
    assert talk.result["values"]["dependency"] == "dependent"
    again(talk, "change my birthday to march 3 2002")
    assert talk.result["values"]["dependency"] == "independent"


def test_a_reason_taken_back_is_no_reason_any_more() -> None:
    _asked, talk = walk({**NINETEEN, "any_dependency_reason": "yes", "veteran": "yes"})
    again(talk, "change that list to no")
    talk.answer_all(NINETEEN)
    assert talk.result["values"] == {"award_year": "2026-27", "dependency": "dependent", "reason": "none"}


def test_back_asks_for_the_answer_before() -> None:
    talk = Talk(Dependency())
    talk.open("am i dependent for 2026-27")
    talk.say("june 1 2007")
    talk.say("back")
    assert talk.asked == "born_before_cutoff"
    assert not {"birth_date", "born_before_cutoff"} & set(talk.answers)


def test_a_question_in_the_middle_leaves_the_form_where_it_was() -> None:
    talk = Talk(Dependency())
    talk.open("am i dependent for 2026-27")
    talk.say("what is a ward of the court?")
    assert "explain" in talk.last.says[0].custom
    assert talk.asked == "born_before_cutoff"


@pytest.mark.parametrize("language", ["en", "es"])
def test_why_after_the_result_gives_the_rule_with_its_source(language: str) -> None:
    _asked, talk = walk({**NINETEEN, "student_marital_status": "married"}, language=language)
    heard = talk._heard("why?" if language == "en" else "¿por qué?")
    [told] = Dependency().afterwards(heard, talk.answers, talk.state)
    assert told.custom["sources"]
    assert ("married" if language == "en" else "casado") in told.params["quoted"]
    assert Dependency().afterwards(talk._heard("what is pell?"), talk.answers, talk.state) == ()


def test_what_a_list_leaves_open_is_not_taken_for_an_answer() -> None:
    assert dependency_of({"born_before_cutoff": "no", "any_dependency_reason": "yes"}, load("2026-27")) is None


@pytest.mark.parametrize("seed", range(30))
def test_no_way_through_ends_nowhere(seed: int) -> None:
    chance = random.Random(seed)
    language = chance.choice(["en", "es"])
    talk = Talk(Dependency(), language)
    talk.open(chance.choice(["am i dependent", "im 19", "me corrieron de la casa", "2026-27?"]))
    for _turn in range(120):
        if talk.last.status != "asking":
            break
        assert talk.asks
        talk.say(chance.choice(["yes", "no", "no sé", "not sure", "skip", "asdf", "2", "back", "why", "veteran"]))
    else:
        talk.answer_all(NINETEEN)
    assert talk.result["flow"] == "dependency"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my folks threw me out n i got no contact w them"),
        ("en", "they wont speak to me"),
        ("en", "no, but they disowned me"),
        ("en", "i don't talk to my parents at all"),
        ("es", "mi papá me corrió y ya no me hablan"),
        ("es", "no tengo contacto con ellos"),
    ],
)
def test_no_contact_is_no_denial(language: str, text: str) -> None:
    talk = Talk(Dependency(), language)
    talk.answers = {"award_year": "2027-28", "born_before_cutoff": "no", "student_marital_status": "never_married"}
    talk.open("am i dependent")
    assert talk.asked == "any_dependency_reason"
    talk.say(text)
    assert talk.answers["unusual_circumstances"] == "yes"
