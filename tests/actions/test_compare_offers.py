"""Comparing aid letters: what is given counts, what is lent or earned does not, and a missing cost is never zero."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from actions.compare_offers import AMOUNTS, NAMES, CompareOffers
from actions.flow.engine import corrects, open_flow
from actions.flow.model import Heard
from actions.offer_amounts import read_letter
from tests.actions.talk import TODAY, Talk

HILL: dict[str, Any] = {
    "school": "Hillcrest", "cost": 31_000, "grants": 8_000, "scholarships": 4_000, "loans": 5_500,
    "parent_loans": 0, "work": 1_500,
}  # fmt: skip
BAY: dict[str, Any] = {
    "school": "Bayview Tech", "cost": 24_500, "grants": 3_000, "scholarships": 0, "loans": 3_500,
    "parent_loans": 2_000, "work": 0,
}  # fmt: skip


def letters(*offers: dict[str, Any]) -> dict[str, Any]:
    """The answers of somebody with these letters."""
    said = {f"offer_{what}_{n}": value for n, offer in enumerate(offers, 1) for what, value in offer.items()}
    return {"award_year": "2027-28", **said}


def compared(*offers: dict[str, Any], language: str = "en") -> Talk:
    talk = Talk(CompareOffers(), language)
    talk.open("compare my offers")
    said = letters(*offers)
    for _ in range(60):
        if talk.last.status != "asking":
            break
        if talk.asked == "offer_more":
            named = sum(f"offer_school_{n}" in talk.answers for n in range(1, 5))
            talk.say({"en": "yes", "es": "sí"}[language] if named < len(offers) else "no")
        else:
            value = said[talk.asked]
            talk.say("not sure" if value is None else talk.written(value))
    return talk


def at(name: str, said: dict[str, Any], language: str = "en") -> Talk:
    talk = Talk(CompareOffers(), language)
    talk.open("compare my offers")
    talk.answer_until(name, {**said, "offer_more": "yes"})
    return talk


@pytest.mark.parametrize("language", ["en", "es"])
def test_two_letters_are_told_apart_by_net_price(language: str) -> None:
    talk = compared(HILL, BAY, language=language)
    assert talk.result["end"] == "offers_compared"
    assert talk.result["values"] == {
        "gift_1": 12_000, "net_price_1": 19_000, "loans_1": 5_500, "work_1": 1_500, "gap_1": 12_000,
        "gift_2": 3_000, "net_price_2": 21_500, "loans_2": 3_500, "work_2": 0, "gap_2": 16_000,
        "lowest_net_price": "Hillcrest",
    }  # fmt: skip
    assert talk.responses[0] == "utter_offers_lowest"
    assert talk.last.says[0].params == {"school": "Hillcrest", "price": "$19,000"}
    assert talk.last.says[0].custom["sources"]


def test_up_to_four_letters_are_taken_and_no_fifth_is_asked_for() -> None:
    talk = compared(HILL, BAY, {**HILL, "school": "Cole"}, {**BAY, "school": "Dunmore", "cost": 15_000})
    assert talk.result["values"]["lowest_net_price"] == "Dunmore"
    assert talk.result["values"]["net_price_4"] == 12_000
    assert "gift_5" not in talk.result["values"]


def test_a_single_letter_shows_its_net_price() -> None:
    talk = compared(HILL)
    assert talk.responses[0] == "utter_offers_one"
    assert talk.result["values"]["net_price_1"] == 19_000


def test_a_cost_nobody_knows_stays_open_and_no_school_is_called_the_cheapest() -> None:
    talk = compared(HILL, {**BAY, "cost": None})
    values = talk.result["values"]
    assert (values["net_price_2"], values["gap_2"], values["lowest_net_price"]) == (None, None, None)
    assert talk.responses[0] == "utter_offers_open"
    assert talk.last.says[0].params == {"schools": "Bayview Tech"}
    assert "offer_cost_2" not in talk.result["assumed"]


def test_the_same_net_price_is_called_a_tie() -> None:
    talk = compared(HILL, {**BAY, "cost": 22_000})
    assert talk.responses[0] == "utter_offers_tie"


def test_a_letter_that_only_lends_more_is_not_made_to_look_cheaper() -> None:
    talk = compared(HILL, {**BAY, "parent_loans": 14_000})
    [warning] = [say for say in talk.last.says if say.response == "utter_offers_less_now"]
    assert warning.params["school"] == "Bayview Tech"
    assert warning.params["loans"] == "$17,500"


def test_more_aid_than_cost_is_pointed_out() -> None:
    talk = compared({**HILL, "cost": 14_000}, BAY)
    [notes] = [say for say in talk.last.says if say.response == "utter_offers_notes"]
    assert "Hillcrest: all the aid together is more than the cost" in notes.params["list"]
    rows = {row["label"]: row["value"] for row in talk.last.says[0].custom["rows"]}
    assert rows["Above the cost at Hillcrest"] == "$5,000"


def test_a_phone_gets_one_line_for_each_school() -> None:
    talk = at("offer_more", letters(HILL))
    talk.say("no", channel="sms")
    [row] = talk.last.says[0].custom["rows"]
    assert row["value"] == "$19,000"
    assert "$5,500" in row["note"]


@pytest.mark.parametrize(
    ("language", "text", "amounts"),
    [
        ("en", "cost 31,000, grants 8k, scholarships 4000, loans 5,500", (31_000, 8_000, 4_000, 5_500)),
        ("en", "31k cost, 8,000 grants, 4,000 scholarship and 5.5k loans", (31_000, 8_000, 4_000, 5_500)),
        ("en", "coa is $31,000 pell 7,000 state grant 1,000 merit 4,000 sub 3,500 unsub 2,000",
         (31_000, 8_000, 4_000, 5_500)),
        ("es", "costo 31 mil, beca pell 8 mil, becas 4,000, préstamos 5,500", (31_000, 8_000, 4_000, 5_500)),
    ],
)  # fmt: skip
def test_a_whole_letter_in_one_message_is_read_under_its_names(
    language: str, text: str, amounts: tuple[int, ...]
) -> None:
    talk = at("offer_cost_1", letters(HILL), language)
    talk.say(text)
    names = ("cost", "grants", "scholarships", "loans")
    assert tuple(talk.answers[f"offer_{name}_1"] for name in names) == amounts
    assert talk.responses[0] == "utter_noted_all"
    assert talk.asked == "offer_parent_loans_1"


def test_a_name_and_amounts_may_come_together() -> None:
    talk = at("offer_school_1", letters(HILL))
    talk.say("Hillcrest College: cost 31,000, grants 8,000")
    assert talk.answers["offer_school_1"] == "Hillcrest College"
    assert talk.answers["offer_grants_1"] == 8_000
    assert talk.asked == "offer_scholarships_1"


@pytest.mark.parametrize(
    "text",
    ["31,000", "cost 31,000", "31,000 and 8,000", "cost 31,000, 8,000", "cost 15,000 and grants 4,000 a semester",
     "between 30k and 32k", "grants 20% loans 80%"],
)  # fmt: skip
def test_amounts_without_sure_names_are_asked_one_by_one(text: str) -> None:
    assert read_letter(text, "en") is None


def test_an_amount_for_a_semester_is_confirmed_for_the_year() -> None:
    talk = at("offer_grants_1", letters(HILL))
    talk.say("4k a semester")
    assert talk.asked == "confirm_value"
    assert talk.asks["value"] == 8_000
    talk.say("yes")
    assert talk.answers["offer_grants_1"] == 8_000


@pytest.mark.parametrize("what", AMOUNTS)
def test_not_sure_is_helped_with_once_and_then_taken(what: str) -> None:
    talk = at(f"offer_{what}_1", letters(HILL))
    for _ in range(2):
        if talk.asked == f"offer_{what}_1":
            talk.say("not sure")
    assert talk.asked != f"offer_{what}_1"
    assert talk.answers.get(f"offer_{what}_1") == (None if what == "cost" else 0)


@pytest.mark.parametrize(("language", "text"), [("en", "it doesn't say"), ("en", "not listed"), ("es", "no dice"),
                                               ("es", "no aparece en la carta")])  # fmt: skip
def test_a_letter_that_does_not_say_leaves_the_cost_open(language: str, text: str) -> None:
    talk = at("offer_cost_1", letters(HILL), language)
    talk.say(text)
    assert "offer_cost_1" not in talk.answers
    assert talk.asked == "offer_grants_1"


@pytest.mark.parametrize("opening", ["compare my letters for next fall", "comparar mis cartas del año que viene"])
def test_a_year_that_is_not_named_is_asked_for(opening: str) -> None:
    talk = Talk(CompareOffers())
    talk.open(opening)
    assert talk.asked == "award_year"


def test_a_school_without_a_name_gets_one() -> None:
    talk = at("offer_school_1", letters(HILL), "es")
    talk.say("no sé")
    assert talk.answers["offer_school_1"] == "Escuela 1"
    assert talk.asked == "offer_cost_1"


@pytest.mark.parametrize(("language", "done"), [("en", "that's all"), ("es", "es todo"), ("en", "only one")])
def test_whoever_said_yes_to_another_letter_may_still_say_there_is_none(language: str, done: str) -> None:
    talk = at("offer_school_2", letters(HILL), language)
    talk.say(done)
    assert talk.result["values"]["net_price_1"] == 19_000


def test_the_next_school_may_come_with_the_yes() -> None:
    talk = at("offer_more", letters(HILL))
    talk.say("yes, Bayview Tech")
    assert talk.answers["offer_school_2"] == "Bayview Tech"
    assert talk.asked == "offer_cost_2"


def test_each_letter_is_followed_by_the_question_for_another() -> None:
    talk = at("offer_work_2", letters(HILL, BAY))
    talk.say("0")
    assert talk.asked == "offer_more"


def test_back_from_the_first_amount_asks_for_the_name_again() -> None:
    talk = at("offer_cost_2", letters(HILL, BAY))
    talk.say("back")
    assert talk.asked == "offer_school_2"
    talk.say("Bayside")
    assert talk.answers["offer_school_2"] == "Bayside"
    assert talk.asked == "offer_cost_2"


def test_back_again_leads_to_the_letter_before() -> None:
    talk = at("offer_cost_2", letters(HILL, BAY))
    for expected in ("offer_school_2", "offer_work_1", "offer_parent_loans_1"):
        talk.say("back")
        assert talk.asked == expected


@pytest.mark.parametrize(
    ("said", "name", "value"),
    [
        ("change the grants at Hillcrest to 9,500", "offer_grants_1", 9_500),
        ("wait, the cost at Bayview Tech is 25,000", "offer_cost_2", 25_000),
        ("cambie las becas de Hillcrest a 5 mil", "offer_scholarships_1", 5_000),
        ("no wait, 26,000", "offer_cost_2", 26_000),
    ],
)
def test_a_correction_means_the_school_it_names(said: str, name: str, value: int) -> None:
    talk = at("offer_grants_2", letters(HILL, BAY))
    talk.say(said)
    assert talk.answers[name] == value
    assert talk.asked == "offer_grants_2"


def test_a_correction_after_the_result_gives_a_new_result() -> None:
    talk = compared(HILL, BAY)
    heard = Heard(text="change the cost at Bayview Tech to 18,000", language="en", today=TODAY)
    assert corrects(talk.flow, talk.answers, talk.state, heard)
    again = open_flow(talk.flow, talk.answers, replace(talk.state, asked=None), heard)
    [result] = [say.custom["result"] for say in again.says if "result" in say.custom]
    assert result["values"]["lowest_net_price"] == "Bayview Tech"


def test_a_new_comparison_is_no_correction_and_starts_empty() -> None:
    talk = compared(HILL, BAY)
    heard = Heard(text="compare my aid offers", language="en", today=TODAY)
    assert not corrects(talk.flow, talk.answers, talk.state, heard)
    assert set(NAMES) >= {name for name in talk.answers if name.startswith("offer_")}


@pytest.mark.parametrize("aside", ["what is work study?", "why do you ask?", "menu", "show my answers"])
def test_a_question_in_the_middle_changes_nothing_and_the_same_question_comes_back(aside: str) -> None:
    talk = at("offer_work_1", letters(HILL))
    before = dict(talk.answers)
    talk.say(aside)
    assert talk.asked == "offer_work_1"
    assert talk.answers == before


def test_the_year_in_the_first_message_is_not_asked_again() -> None:
    talk = Talk(CompareOffers())
    talk.open("compare my letters for 2026-27")
    assert talk.answers["award_year"] == "2026-27"
    assert talk.asked == "offer_school_1"


def test_why_after_the_result_gives_the_rule_with_its_source() -> None:
    talk = compared(HILL, BAY)
    heard = Heard(text="why don't loans count?", language="en", today=TODAY)
    [told] = talk.flow.afterwards(heard, talk.answers, talk.state)
    assert "pay it back" in told.params["list"]
    assert told.custom["sources"]
    assert talk.flow.afterwards(Heard(text="thanks", language="en", today=TODAY), talk.answers, talk.state) == ()


WORDS = ("yes", "no", "not sure", "12,000", "Lakeside", "asdf qwer", "back", "skip", "why", "cost 20k grants 5k", "0",
         "that's all", "none", "4k a semester", "???", "2027-28", "loans 3,000 work 2,000")  # fmt: skip


@pytest.mark.parametrize("seed", range(25))
def test_whatever_is_said_a_question_or_the_result_follows(seed: int) -> None:
    chance = random.Random(seed)
    talk = Talk(CompareOffers(), chance.choice(["en", "es"]))
    talk.open("compare my offers")
    for _ in range(80):
        if talk.last.status != "asking":
            break
        assert talk.asks
        talk.say(chance.choice(WORDS))
    for _ in range(80):
        if talk.last.status == "asking":
            talk.say("no" if talk.asked in {"offer_more", "confirm_value"} else "skip")
    assert talk.result["end"] == "offers_compared"
