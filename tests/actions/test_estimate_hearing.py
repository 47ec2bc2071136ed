"""What an estimate hears beyond the answer itself: ages, birthdays, credits, rough incomes, several amounts at once."""

from __future__ import annotations

import random
from typing import Any

import pytest

from actions.estimate_aid import EstimateAid
from tests.actions.people import ALEX, DANA, LUZ
from tests.actions.talk import Talk


def at(name: str, said: dict[str, Any] = ALEX, language: str = "en") -> Talk:
    talk = Talk(EstimateAid(), language)
    talk.open("estimate my aid")
    talk.answer_until(name, said)
    return talk


@pytest.mark.parametrize(
    ("opening", "heard"),
    [
        ("estimate my aid for 26-27. im 25", {"award_year": "2026-27", "born_before_cutoff": "yes"}),
        ("I'm 18, how much could I get?", {"born_before_cutoff": "no"}),
        ("tengo 30 años, ¿cuánto me darían?", {"born_before_cutoff": "yes"}),
        ("estimate for 2026-27, i am 23", {"award_year": "2026-27"}),
        ("how much can my daughter get", {"asking_as": "parent"}),
        ("quiero saber cuánta ayuda recibiría mi hijo, cálculo completo", {"asking_as": "parent", "depth": "full"}),
        ("single mom with my son going back to school, how much help", {}),
        ("full time student, what could i get", {}),
    ],
)
def test_the_first_message_settles_only_what_is_certain(opening: str, heard: dict[str, Any]) -> None:
    talk = Talk(EstimateAid(), "es" if "¿" in opening or "quiero" in opening else "en")
    talk.open(opening)
    assert talk.answers == heard


def test_a_parent_is_told_whom_the_questions_speak_to() -> None:
    talk = Talk(EstimateAid())
    talk.open("my son starts college next fall, what aid would he get")
    assert "utter_estimate_for_parent" in talk.responses


@pytest.mark.parametrize(
    ("text", "born_before"),
    [("march 3 2008", "no"), ("2008", "no"), ("1/19/2001", "yes"), ("i'm 30", "yes"), ("19", "no"), ("nope", "no"),
     ("yes", "yes"), ("in 1994", "yes")],
)  # fmt: skip
def test_a_birthday_or_an_age_answers_whether_someone_was_born_before_the_cutoff(text: str, born_before: str) -> None:
    talk = at("born_before_cutoff")
    talk.say(text)
    assert talk.answers["born_before_cutoff"] == born_before


def test_credits_are_taken_with_what_is_full_time_at_the_school() -> None:
    talk = at("enrollment", DANA)
    talk.say("10 credits")
    assert talk.asked == "credits_full_time"
    talk.say("15")
    assert (talk.answers["credits_enrolled"], talk.answers["credits_full_time"]) == (10, 15)
    assert talk.answers["enrollment"] == "three_quarter"


def test_another_answer_about_enrollment_forgets_the_credits() -> None:
    talk = at("enrollment", DANA)
    talk.say("10 credits")
    talk.say("12")
    talk.say("change enrollment to full time")
    assert talk.answers["enrollment"] == "full_time"
    assert "credits_enrolled" not in talk.answers


@pytest.mark.parametrize(
    ("text", "amount", "response"),
    [
        ("1,200 a month", 14_400, "utter_q_confirm_value_year"),
        ("800 a week", 41_600, "utter_q_confirm_value_year"),
        ("1,500 every two weeks", 39_000, "utter_q_confirm_value_year"),
        ("40-45k", 42_500, "utter_q_confirm_value_range"),
        ("between 40,000 and 50,000", 45_000, "utter_q_confirm_value_range"),
    ],
)
def test_an_amount_for_a_span_or_a_range_is_confirmed_for_the_year(text: str, amount: int, response: str) -> None:
    talk = at("parent_agi", LUZ)
    talk.say(text)
    assert talk.responses == [response]
    assert talk.asks["value"] == amount
    talk.say("yes")
    assert talk.answers["parent_agi"] == amount


@pytest.mark.parametrize(
    ("name", "said", "language", "amount"),
    [
        ("parent_agi", "like 20ish", "en", 20_000),
        ("parent_agi", "como 20 y tantos", "es", 20_000),
        ("parent_agi", "yo 14 mil y el 21 mil", "es", 35_000),
        ("parent_agi", "15/hr 30 hrs a week", "en", 23_400),
        ("parent_earned_income", "9000 from one job and 4000 from another", "en", 13_000),
    ],
)
def test_an_income_that_takes_a_step_of_thought_is_shown_before_it_counts(
    name: str, said: str, language: str, amount: int
) -> None:
    talk = at(name, ALEX, language)
    talk.say(said)
    assert (talk.asks["about"], talk.asks["value"]) == (name, amount)
    assert name not in talk.answers
    talk.say("yes")
    assert talk.answers[name] == amount


@pytest.mark.parametrize("said", ["she dont pay a cent", "not yet", "todavia no", "nada de nada"])
def test_no_tax_in_other_words_is_zero(said: str) -> None:
    talk = at("parent_income_tax_paid", LUZ)
    talk.say(said)
    assert talk.answers["parent_income_tax_paid"] == 0


def test_several_amounts_go_where_their_words_say() -> None:
    talk = at("parent_agi", LUZ)
    talk.say("45k, and 1,300 tax, 2 kids")
    assert (talk.answers["parent_agi"], talk.answers["parent_income_tax_paid"]) == (45_000, 1_300)
    assert "utter_noted" in talk.responses
    assert talk.asked == "parent_earned_income"


def test_two_amounts_without_names_are_asked_about_and_not_guessed() -> None:
    talk = at("parent_agi", LUZ)
    talk.say("45k and 1,300")
    assert talk.asked == "parent_agi"
    assert "parent_agi" not in talk.answers


@pytest.mark.parametrize("depth", ["quick", "full"])
def test_without_any_income_a_ladder_is_shown_and_no_number_is_made_up(depth: str) -> None:
    talk = at("parent_agi", {**LUZ, "depth": depth})
    talk.say("no idea")
    talk.say("really not sure")
    talk.answer_all({**LUZ, "depth": depth})
    result = talk.result
    assert result["end"] == "estimate_shown"
    assert (result["values"]["sai"], result["values"]["pell"]) == (None, None)
    assert len(talk.last.says[0].custom["rows"]) > 3
    assert "parent_agi" not in result["answers"]


def test_a_rough_income_is_said_to_be_rough() -> None:
    talk = at("parent_agi", {**LUZ, "depth": "quick"})
    talk.say("idk")
    talk.say("3,000 a month")
    talk.answer_all({**LUZ, "depth": "quick"})
    assert "parent_agi" in talk.result["assumed"]
    assert "utter_estimate_rough" in talk.responses
    assert talk.result["answers"]["parent_agi"] == 36_000


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("depth", ["quick", "full"])
def test_someone_who_knows_nothing_still_comes_to_an_end(depth: str, language: str) -> None:
    talk = Talk(EstimateAid(), language)
    talk.open("estimate my aid")
    asked = []
    while talk.last.status == "asking":
        asked.append(talk.asked)
        assert asked[-3:] != [asked[-1]] * 3 or len(asked) < 3, asked[-1]
        known = {"depth": depth, "confirm_summary": "yes", "confirm_value": "yes"}
        text = talk.written(known[talk.asked]) if talk.asked in known else {"en": "not sure", "es": "no sé"}[language]
        talk.say(text)
        assert len(asked) < 90
    assert talk.result["end"] == "estimate_shown"


@pytest.mark.parametrize("seed", range(12))
def test_no_walk_through_the_form_ends_nowhere(seed: int) -> None:
    chance = random.Random(seed)
    talk = Talk(EstimateAid(), chance.choice(["en", "es"]))
    talk.open("estimate my aid")
    for _turn in range(150):
        if talk.last.status != "asking":
            break
        assert talk.asks
        words = ["yes", "no", "not sure", "skip", "purple", "3", "45k", "1,200 a month", "back", "why?", "2008"]
        usual = talk.written(talk.usual({**LUZ, "depth": "quick"}))
        talk.say(chance.choice(words) if chance.random() < 0.4 else usual)
    else:
        while talk.last.status == "asking":
            talk.say(talk.written(talk.usual({**LUZ, "depth": "quick"})))
    assert talk.result["end"] in {"estimate_shown", "stopped"}


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("where do i get that", "en"),
        ("wher would i find it", "en"),
        ("what line is that", "en"),
        ("de dónde saco ese dato", "es"),
        ("dnd lo veo", "es"),
    ],
)
def test_where_to_find_what_is_asked_is_told_and_the_question_comes_again(asked: str, language: str) -> None:
    talk = at("parent_income_tax_paid", language=language)
    before = dict(talk.answers)
    talk.say(asked)
    assert str(talk.responses[0]).startswith("utter_notsure_")
    assert talk.asked == "parent_income_tax_paid"
    assert talk.answers == before


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("wuts unsubsidized", "en"),
        ("freshman meaning", "en"),
        ("k significa licenciatura", "es"),
    ],
)
def test_a_word_asked_about_at_a_closed_question_is_explained(asked: str, language: str) -> None:
    talk = at("grade_level", language=language)
    talk.say(asked)
    assert "explain" in talk.last.says[0].custom
    assert talk.asked == "grade_level"


def test_a_refund_asked_about_is_no_tax_of_zero() -> None:
    talk = at("parent_income_tax_paid")
    talk.say("we got money back so is it zero")
    assert "parent_income_tax_paid" not in talk.answers
    assert talk.asked == "parent_income_tax_paid"
