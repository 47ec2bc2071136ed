"""Borrowing: only what this borrower needs is asked, the amounts are the rules', and what is not known stays open."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from actions.borrowing import NAMES, Borrowing
from actions.flow.engine import open_flow
from actions.flow.model import Heard
from tests.actions.talk import TODAY, Talk

NEW: dict[str, Any] = {
    "borrow_topic": "limits", "award_year": "2026-27", "borrower": "student", "grade_level": "first_year",
    "dependency": "dependent", "enrollment": "full_time", "parent_plus_denied": "no", "total_borrowed": 0,
}  # fmt: skip
"""A dependent first-year student who has borrowed nothing."""

OWES: dict[str, Any] = {
    "borrow_topic": "cost", "award_year": "2026-27", "borrower": "student", "loans_since_july_2026": "yes",
    "loan_balance": 27_000, "loan_rate": "6.52", "borrower_agi": 50_000, "borrower_dependents": 0,
}  # fmt: skip
"""Somebody who owes and wants to know what it costs."""

PARENT: dict[str, Any] = {
    "borrow_topic": "limits", "award_year": "2026-27", "borrower": "parent", "dependency": "dependent",
    "legacy_borrower": "no", "total_borrowed": 10_000,
}  # fmt: skip


def asked_for(said: dict[str, Any], opening: str = "loans", language: str = "en") -> tuple[list[str], Talk]:
    talk = Talk(Borrowing(), language)
    talk.open(opening)
    return talk.answer_all(said), talk


def values(said: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = asked_for(said)[1].result["values"]
    return found


def at(name: str, said: dict[str, Any], language: str = "en") -> Talk:
    talk = Talk(Borrowing(), language)
    talk.open("loans")
    talk.answer_until(name, said)
    return talk


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_first_year_student_hears_the_limits_and_the_rate(language: str) -> None:
    asked, talk = asked_for(NEW, language=language)
    assert asked == ["borrow_topic", "award_year", "borrower", "grade_level", "dependency", "enrollment",
                     "parent_plus_denied", "total_borrowed"]  # fmt: skip
    assert talk.result["end"] == "borrowing_shown"
    assert talk.result["values"] == {
        "annual_limit": 5_500, "annual_subsidized": 3_500, "aggregate_limit": 31_000, "aggregate_remaining": 31_000,
        "grad_plus": "no", "interest_rate": 6.52, "rap_payment": None, "tiered_years": None, "tiered_payment": None,
        "plans": None,
    }  # fmt: skip
    assert talk.last.says[0].params["subsidized"] == "$3,500"
    assert talk.last.says[0].custom["sources"]


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({"grade_level": "second_year", "total_borrowed": 5_500, "subsidized_borrowed": 3_500},
         (6_500, 4_500, 31_000, 25_500)),
        ({"grade_level": "third_year_or_later", "dependency": "independent", "total_borrowed": 0},
         (12_500, 5_500, 57_500, 57_500)),
        ({"parent_plus_denied": "yes"}, (9_500, 3_500, 57_500, 57_500)),
        ({"award_year": "2025-26"}, (5_500, 3_500, 31_000, 31_000)),
        ({"enrollment": "half_time", "credits_year": 12, "credits_full_time_year": 24},
         (2_750, 1_750, 31_000, 31_000)),
        ({"enrollment": "three_quarter", "credits_year": 21, "credits_full_time_year": 24},
         (4_840, 3_080, 31_000, 31_000)),
        ({"enrollment": "less_than_half"}, (0, 0, 31_000, 31_000)),
        ({"grade_level": "graduate", "legacy_borrower": "no"}, (20_500, 0, 100_000, 100_000)),
        ({"grade_level": "professional", "legacy_borrower": "no"}, (50_000, 0, 200_000, 200_000)),
        ({"grade_level": "graduate", "legacy_borrower": "yes"}, (20_500, 0, 138_500, 138_500)),
    ],
)  # fmt: skip
def test_the_limits_are_those_of_the_rules(about: dict[str, Any], expected: tuple[int, ...]) -> None:
    found = values({**NEW, **about})
    assert tuple(found[n] for n in ("annual_limit", "annual_subsidized", "aggregate_limit", "aggregate_remaining")) == (
        expected
    )


@pytest.mark.parametrize(
    ("about", "grad_plus"),
    [
        ({"grade_level": "graduate", "legacy_borrower": "no"}, "no"),
        ({"grade_level": "graduate", "legacy_borrower": "yes"}, "legacy"),
        ({"grade_level": "professional", "award_year": "2025-26"}, "yes"),
        ({}, "no"),
    ],
)
def test_grad_plus_is_there_for_those_who_had_it(about: dict[str, Any], grad_plus: str) -> None:
    assert values({**NEW, **about})["grad_plus"] == grad_plus


@pytest.mark.parametrize(
    ("about", "percent"),
    [
        ({"award_year": "2025-26"}, 6.39),
        ({"grade_level": "graduate"}, 8.07),
        ({"award_year": "2024-25", "grade_level": "professional"}, 8.08),
        ({"award_year": "2027-28"}, None),
    ],
)
def test_the_rate_is_that_of_the_year_and_level_or_not_known_yet(about: dict[str, Any], percent: float | None) -> None:
    assert values({**NEW, **about})["interest_rate"] == percent


def test_a_rate_not_set_yet_is_said_with_the_last_one_known() -> None:
    _asked, talk = asked_for({**NEW, "award_year": "2027-28"})
    [said] = [say for say in talk.last.says if say.response == "utter_borrow_rate_open"]
    assert said.params == {"award_year": "2027-28", "rate": "6.52%", "known_year": "2026-27"}


def test_a_parent_is_asked_about_the_student_and_hears_of_plus() -> None:
    asked, talk = asked_for(PARENT)
    assert asked == ["borrow_topic", "award_year", "borrower", "dependency", "legacy_borrower", "total_borrowed"]
    found = talk.result["values"]
    assert (found["annual_limit"], found["aggregate_limit"], found["aggregate_remaining"]) == (20_000, 65_000, 55_000)
    assert found["interest_rate"] == 9.07
    assert talk.responses[-1] == "utter_borrow_next_parent"


def test_a_parent_under_the_older_rules_has_no_fixed_limit() -> None:
    _asked, talk = asked_for({**PARENT, "legacy_borrower": "yes"})
    assert talk.result["values"]["annual_limit"] is None
    assert talk.responses[0] == "utter_borrow_limit_parent_to_cost"


def test_a_parent_of_an_independent_student_hears_that_there_is_no_plus() -> None:
    asked, talk = asked_for({**PARENT, "dependency": "independent"})
    assert "total_borrowed" not in asked
    assert talk.responses[0] == "utter_borrow_limit_none"
    assert talk.result["values"]["annual_limit"] == 0


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({}, (166.67, 15, 235.5)),
        ({"borrower_agi": 40_000, "borrower_dependents": 1}, (50, 15, 235.5)),
        ({"borrower_agi": 0}, (10, 15, 235.5)),
        ({"loan_balance": 24_999, "loan_rate": "5"}, (166.67, 10, 265.15)),
        ({"loan_balance": 3_000}, (166.67, 10, 50)),
        ({"loan_balance": 120_000, "loan_rate": "8.07"}, (166.67, 25, 931.75)),
    ],
)
def test_what_a_loan_costs_a_month(about: dict[str, Any], expected: tuple[float, ...]) -> None:
    found = values({**OWES, **about})
    assert (found["rap_payment"], found["tiered_years"], found["tiered_payment"]) == expected
    assert found["plans"] == ["rap", "tiered_standard"]
    assert found["annual_limit"] is None


def test_without_a_new_loan_the_older_plans_are_open_and_tiered_is_not() -> None:
    _asked, talk = asked_for({**OWES, "loans_since_july_2026": "no"})
    found = talk.result["values"]
    assert {"ibr", "rap", "standard"} <= set(found["plans"])
    assert (found["tiered_years"], found["tiered_payment"]) == (None, None)
    [plans] = [say for say in talk.last.says if say.response == "utter_borrow_plans_balance"]
    assert "$306.85 a month for 10 years" in plans.params["list"]


def test_parent_loans_are_paid_back_on_one_plan_and_no_income_is_asked_for() -> None:
    asked, talk = asked_for({**OWES, "borrower": "parent"})
    assert "borrower_agi" not in asked
    assert talk.result["values"]["plans"] == ["tiered_standard"]
    assert talk.result["values"]["rap_payment"] is None


def test_both_gives_limits_and_cost_and_a_first_loan_is_known_to_be_new() -> None:
    asked, talk = asked_for({**NEW, **{n: OWES[n] for n in ("loan_balance", "loan_rate", "borrower_agi")},
                             "borrow_topic": "both"})  # fmt: skip
    assert "loans_since_july_2026" not in asked
    found = talk.result["values"]
    assert (found["annual_limit"], found["tiered_payment"]) == (5_500, 235.5)
    assert found["plans"] == ["rap", "tiered_standard"]


def test_without_a_balance_this_years_limit_is_the_example_and_no_value_is_made_up() -> None:
    talk = at("loan_balance", {**NEW, "borrow_topic": "both"})
    for _ in range(6):
        if talk.last.status == "asking":
            talk.say("not sure")
    assert talk.result["values"]["tiered_payment"] is None
    assert talk.result["values"]["rap_payment"] is None
    [example] = [say for say in talk.last.says if say.response == "utter_borrow_plans_example"]
    assert example.params["balance"] == "$5,500"


def test_a_rate_nobody_knows_is_this_years_and_said_so() -> None:
    talk = at("loan_rate", {**OWES, "loan_rate": None})
    talk.say("not sure")
    assert talk.asked == "grade_level", "the rate goes by the level of study"
    talk.answer_all({**OWES, "grade_level": "graduate"})
    assert talk.result["values"]["interest_rate"] == 8.07
    assert "loan_rate" in talk.result["assumed"]


def test_whoever_does_not_know_their_status_is_helped_to_find_it() -> None:
    talk = at("dependency", NEW)
    talk.say("not sure")
    assert talk.asked == "born_before_cutoff"
    talk.say("no")
    talk.say("single")
    talk.say("no")
    assert "utter_borrow_found_dependent" in talk.responses
    talk.answer_all(NEW)
    assert talk.result["values"]["annual_limit"] == 5_500


@pytest.mark.parametrize(
    ("answers", "annual"), [(["yes"], 9_500), (["no", "married"], 9_500), (["no", "single", "yes"], 9_500)]
)
def test_one_reason_is_enough_to_count_as_independent(answers: list[str], annual: int) -> None:
    talk = at("dependency", NEW)
    talk.say("not sure")
    for answer in answers:
        talk.say(answer)
    assert "utter_borrow_found_independent" in talk.responses
    assert talk.asked == "enrollment"
    asked = talk.answer_all(NEW)
    assert "parent_plus_denied" not in asked
    assert talk.result["values"]["annual_limit"] == annual


def test_what_an_estimate_settled_is_not_asked_again() -> None:
    known = {"born_before_cutoff": "no", "student_marital_status": "never_married", "any_dependency_reason": "no",
             "award_year": "2026-27", "enrollment": "full_time", "grade_level": "second_year"}  # fmt: skip
    talk = Talk(Borrowing(), answers=dict(known))
    talk.open("how much can i borrow")
    assert "utter_reusing" in talk.responses
    asked = talk.answer_all(NEW)
    assert not {"dependency", "award_year", "enrollment", "grade_level"} & set(asked)
    assert talk.result["values"]["annual_limit"] == 6_500


@pytest.mark.parametrize(
    ("said", "taken"),
    [("9 a semester", 18), ("18", 18), ("9 por semestre", 18), ("eighteen", 18), ("10 in the fall and 8 in spring", 18),
     ("18, so 9 n 9", 18), ("18 en total, 9 por semestre", 18), ("24 hours", 24)],
)  # fmt: skip
def test_credits_of_a_term_count_twice(said: str, taken: int) -> None:
    talk = at("credits_year", {**NEW, "enrollment": "three_quarter"})
    talk.say(said)
    assert talk.answers["credits_year"] == taken


def test_half_time_in_one_term_only_leaves_a_part_of_the_limit() -> None:
    talk = at("credits_year", {**NEW, "enrollment": "half_time"})
    talk.say("6, only in the fall")
    talk.say("24")
    talk.answer_all(NEW)
    assert talk.result["values"]["annual_limit"] == 1_375  # a quarter of 5,500


def test_without_credits_the_limit_of_a_part_time_student_stays_open() -> None:
    talk = at("credits_year", {**NEW, "enrollment": "half_time"})
    talk.say("not sure")
    talk.answer_all(NEW)
    assert talk.result["values"]["annual_limit"] is None
    assert talk.responses[0] == "utter_borrow_limit_credits"


def test_just_me_is_no_dependent() -> None:
    talk = at("borrower_dependents", OWES)
    talk.say("just me")
    assert talk.answers["borrower_dependents"] == 0


def test_a_part_above_its_whole_is_explained_and_both_are_asked_for_again() -> None:
    talk = at("subsidized_borrowed", {**NEW, "total_borrowed": 550})
    talk.say("3,500")
    assert talk.responses[0] == "utter_borrow_part_above_whole"
    assert talk.asked == "total_borrowed"
    talk.say("5,500")
    assert talk.asked == "subsidized_borrowed"
    talk.say("3,500")
    assert talk.result["values"]["aggregate_remaining"] == 25_500


@pytest.mark.parametrize(
    ("opening", "settled"),
    [
        ("How much can I borrow in federal loans my first year?",
         {"borrow_topic": "limits", "borrower": "student", "grade_level": "first_year"}),
        ("parent plus for my daughter, how much can we borrow for 26-27",
         {"borrow_topic": "limits", "borrower": "parent", "award_year": "2026-27"}),
        ("how much can i borrow and what would the monthly payment be", {"borrow_topic": "both"}),
        ("cuánto pagaría al mes por mis préstamos", {"borrow_topic": "cost"}),
        ("my mom was denied the parent plus, how much can i borrow",
         {"borrow_topic": "limits", "borrower": "student", "parent_plus_denied": "yes"}),
        ("i finished my first year, how much can i borrow", {"borrow_topic": "limits", "borrower": "student"}),
        ("tell me about loans", {}),
    ],
)  # fmt: skip
def test_the_first_message_settles_what_is_certain(opening: str, settled: dict[str, str]) -> None:
    talk = Talk(Borrowing())
    talk.open(opening)
    assert {name: value for name, value in talk.answers.items() if name in NAMES} == settled


@pytest.mark.parametrize("said", [NEW, OWES, PARENT, {**NEW, "grade_level": "graduate"},
                                  {**NEW, "borrow_topic": "both"},
                                  {**NEW, "enrollment": "half_time", "credits_year": 12,
                                   "credits_full_time_year": 24}])  # fmt: skip
@pytest.mark.parametrize("language", ["en", "es"])
def test_not_sure_is_taken_everywhere(said: dict[str, Any], language: str) -> None:
    """At each question in turn, and then to all that follow."""
    asked, _talk = asked_for(said, language=language)
    for name in asked:
        talk = at(name, said, language)
        for _ in range(60):
            if talk.last.status != "asking":
                break
            talk.say({"en": "not sure", "es": "no sé"}[language])
        assert talk.result["end"] == "borrowing_shown"


def test_a_correction_changes_the_result_and_what_is_asked() -> None:
    talk = at("total_borrowed", NEW)
    talk.say("wait, my year of college is grad school")
    assert talk.answers["grade_level"] == "graduate"
    assert talk.asked == "legacy_borrower"
    talk.answer_all(NEW)
    assert talk.result["values"]["annual_limit"] == 20_500


def test_a_correction_after_the_result_gives_a_new_result() -> None:
    _asked, talk = asked_for(NEW)
    heard = Heard(text="change the dependency to independent", language="en", today=TODAY)
    again = open_flow(talk.flow, talk.answers, replace(talk.state, asked=None), heard)
    [result] = [say.custom["result"] for say in again.says if "result" in say.custom]
    assert result["values"]["annual_limit"] == 9_500


def test_who_asked_for_the_limit_can_go_on_to_the_cost_without_saying_it_all_again() -> None:
    _asked, talk = asked_for(NEW)
    assert "utter_borrow_ask_cost" in talk.responses
    known = {name: value for name, value in talk.answers.items() if name not in talk.flow.forgets}
    again = Talk(Borrowing(), answers=known)
    again.open("what would i pay a month")
    asked = again.answer_all({**OWES, "borrow_topic": "cost"})
    assert asked[0] == "loans_since_july_2026"
    assert again.result["values"]["tiered_payment"] == 235.5


def test_back_asks_the_question_before() -> None:
    talk = at("enrollment", NEW)
    talk.say("back")
    assert talk.asked == "dependency"


@pytest.mark.parametrize("aside", ["what is a subsidized loan?", "why do you ask?", "menu", "show my answers"])
def test_a_question_in_the_middle_changes_nothing_and_the_same_question_comes_back(aside: str) -> None:
    talk = at("enrollment", NEW)
    before = dict(talk.answers)
    talk.say(aside)
    assert talk.asked == "enrollment"
    assert talk.answers == before


def test_the_result_holds_only_this_flows_answers() -> None:
    talk = Talk(Borrowing(), answers={"parent_agi": 90_000, "family_size": 4})
    talk.open("loans")
    talk.answer_all(NEW)
    assert not {"parent_agi", "family_size"} & set(talk.result["answers"])


def test_every_result_says_what_else_to_try_first_and_where_the_official_amount_is() -> None:
    for said in (NEW, OWES, PARENT):
        assert str(asked_for(said)[1].responses[-1]).startswith("utter_borrow_next_")


def test_why_after_the_result_tells_what_changed() -> None:
    _asked, talk = asked_for(NEW)
    [told] = talk.flow.afterwards(Heard(text="why?", language="en", today=TODAY), talk.answers, talk.state)
    assert told.params == {"changed": "July 1, 2026"}


WORDS = ("yes", "no", "not sure", "12,000", "independent", "asdf qwer", "back", "skip", "why", "grad school", "0", "18",
         "parent", "both", "4k a month", "???", "2027-28", "6.5%", "half time", "just me")  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_whatever_is_said_a_question_or_the_result_follows(seed: int) -> None:
    chance = random.Random(seed)
    talk = Talk(Borrowing(), chance.choice(["en", "es"]))
    talk.open("loans")
    for _ in range(60):
        if talk.last.status != "asking":
            break
        assert talk.asks
        talk.say(chance.choice(WORDS))
    for _ in range(60):
        if talk.last.status == "asking":
            talk.say("no" if talk.asked == "confirm_value" else "skip")
    assert talk.result["end"] == "borrowing_shown"


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("nunca he pedido", "es"),
        ("es mi primera vez", "es"),
        ("todavia no", "es"),
        ("this is my first one", "en"),
        ("never", "en"),
    ],
)
def test_who_never_borrowed_has_borrowed_nothing(said: str, language: str) -> None:
    talk = at("total_borrowed", NEW, language)
    talk.say(said)
    assert talk.answers["total_borrowed"] == 0


@pytest.mark.parametrize("said", ["none, just me", "dont have kids just me", "yo solita"])
def test_who_is_alone_has_no_dependents(said: str) -> None:
    talk = at("borrower_dependents", OWES)
    talk.say(said)
    assert talk.answers["borrower_dependents"] == 0
