"""What if: a second estimate beside the first, in people's own words; nothing is overwritten unless they say so."""

from __future__ import annotations

from typing import Any

import pytest

from actions.estimate_aid import EstimateAid
from actions.flow.model import Heard, Outcome
from tests.actions.people import ALEX, DANA, LUZ, NOAH
from tests.actions.talk import TODAY, Talk
from tests.test_rooms import RESPONSES

QUICK = {"depth": "quick"}


def finished(said: dict[str, Any], language: str = "en") -> Talk:
    talk = Talk(EstimateAid(), language)
    talk.open("estimate my aid")
    talk.answer_all(said)
    return talk


def supposed(talk: Talk, text: str) -> Outcome | None:
    outcome = talk.flow.reconsider(Heard(text, talk.language, TODAY), talk.answers, talk.state)
    if outcome is not None:
        talk._take(outcome)
    return outcome


def values(talk: Talk, text: str) -> dict[str, Any]:
    """What the estimate comes to when `text` is supposed."""
    assert supposed(talk, text) is not None, text
    found: dict[str, Any] = talk.result["values"]
    return found


@pytest.mark.parametrize(
    ("text", "tried"),
    [
        ("what if my mom earned 20k less?", {"parent_agi": 21_850, "parent_earned_income": 21_850}),
        ("what if my mom made 30,000", {"parent_agi": 30_000, "parent_earned_income": 30_000}),
        ("what if her income dropped to 30k?", {"parent_agi": 30_000, "parent_earned_income": 30_000}),
        ("how about if mom made 10% less", {"parent_agi": 37_665, "parent_earned_income": 37_665}),
        ("would I get more if my mom earned 200 a month less", {"parent_agi": 39_450, "parent_earned_income": 39_450}),
        ("and if my mom made half as much?", {"parent_agi": 20_925, "parent_earned_income": 20_925}),
        ("y si mi mamá ganara 10 mil menos", {"parent_agi": 31_850, "parent_earned_income": 31_850}),
        ("¿qué pasa si mi mamá gana mil al mes más?", {"parent_agi": 53_850, "parent_earned_income": 53_850}),
        ("if we had 4 in the family", {"family_size": 4}),
        ("what if there were 2 more people in our family", {"family_size": 5}),
        ("what if my mom has another baby", {"family_size": 4}),
        ("¿y si fuéramos 5 en la familia?", {"family_size": 5}),
        ("what if i go half time", {"enrollment": "half_time"}),
        ("y si estudio medio tiempo", {"enrollment": "half_time"}),
        ("what if i only take 9 credits", {"credits_enrolled": 9, "credits_full_time": 12}),
        ("what if our savings were 50k", {"parent_cash_savings": 50_000}),
        ("wat if my mom made 20 k less", {"parent_agi": 21_850, "parent_earned_income": 21_850}),
        ("if my mom made 5k less would i get more pell", {"parent_agi": 36_850, "parent_earned_income": 36_850}),
        ("what if we move to alaska", {"state_for_poverty": "AK"}),
        ("¿y si tuviéramos 20 mil ahorrados?", {"parent_cash_savings": 20_000}),
        ("suppose the cost was 41,000", {"cost_of_attendance": 41_000}),
        ("what if my mom earned 5k less and we were 4 in the family",
         {"parent_agi": 36_850, "parent_earned_income": 36_850, "family_size": 4}),
    ],
)  # fmt: skip
def test_what_is_supposed_is_understood_as_people_say_it(text: str, tried: dict[str, Any]) -> None:
    talk = finished(LUZ, "es" if set("áéíóúñ¿") & set(text) or text.startswith("y si") else "en")
    outcome = supposed(talk, text)
    assert outcome is not None
    assert {name: value for name, value in (outcome.state.tried or {}).items() if value is not None} == tried


@pytest.mark.parametrize(
    "text",
    [
        "what if i miss the deadline",
        "what if my parents refuse to pay",
        "what happens if i drop a class",
        "what if my dad lost his job",
        "when is the deadline for 2027-28?",
        "what is the maximum pell for 2027-28",
        "how much can i borrow if i go half time with loans",
        "if i worked half time would that be ok",
        "thanks",
        "why is it so high?",
        "¿y si no tengo seguro social?",
        "sí, 4 en la familia",
        "change family size to 5",
    ],
)
def test_a_question_or_a_correction_is_not_taken_for_a_what_if(text: str) -> None:
    assert supposed(finished(LUZ), text) is None


def test_the_old_estimate_stands_beside_the_new_one_and_no_answer_changes() -> None:
    talk = finished(ALEX)
    before, answers = talk.result["values"], dict(talk.answers)
    after = values(talk, "what if my dad earned 20k less?")
    assert after["sai"] < before["sai"]
    assert talk.answers == answers
    [said] = [say.params for say in talk.last.says if say.response == "utter_what_if_sai"]
    assert (said["before"], said["sai"]) == (f"{before['sai']:,}", f"{after['sai']:,}")
    assert talk.result["answers"]["parent_agi"] == 95_000


def test_each_what_if_starts_from_the_persons_own_answers_unless_it_says_also() -> None:
    talk = finished(LUZ)
    values(talk, "what if my mom earned 5k less?")
    alone = values(talk, "what if we were 4 in the family?")
    values(talk, "what if my mom earned 5k less?")
    both = values(talk, "and what if we were also 4 in the family?")
    assert both["sai"] <= alone["sai"]
    assert (talk.state.tried or {}).keys() >= {"parent_agi", "family_size"}


@pytest.mark.parametrize(("text", "language"), [("keep that", "en"), ("quédese con eso", "es")])
def test_keep_that_puts_the_change_in_the_place_of_the_answers(text: str, language: str) -> None:
    talk = finished(LUZ, language)
    tried = values(talk, "¿y si fuéramos 5 en la familia?" if language == "es" else "what if we were 5 in the family?")
    kept = values(talk, text)
    assert talk.answers["family_size"] == 5
    assert kept == tried
    assert supposed(talk, text) is None, "there is nothing left to keep"


def test_keep_that_with_nothing_tried_is_left_to_others() -> None:
    assert supposed(finished(LUZ), "keep that") is None


def test_being_independent_leaves_the_parents_out_and_says_what_it_takes() -> None:
    talk = finished(ALEX)
    found = values(talk, "what if I were independent?")
    assert found["dependency"] == "independent"
    assert found["formula"] == "B"
    assert "utter_what_if_independent" in talk.responses
    values(talk, "keep that")
    assert talk.responses == ["utter_what_if_not_kept"]
    assert talk.result["values"]["dependency"] == "dependent"


def test_an_independent_student_is_told_that_the_parents_figures_are_missing() -> None:
    talk = finished(DANA)
    values(talk, "what if I was dependent?")
    assert talk.responses == ["utter_what_if_needs_parents"]


def test_marriage_counts_the_spouse_with_no_income_and_says_so() -> None:
    talk = finished(DANA)
    before = talk.result["values"]["sai"]
    assert values(talk, "what if i got married")["sai"] < before
    assert "utter_what_if_spouse" in talk.responses


def test_what_one_of_two_people_on_a_joint_return_earns_is_not_guessed() -> None:
    talk = finished({**ALEX, **QUICK})
    values(talk, "what if my dad made 30k?")
    assert talk.responses == ["utter_what_if_say_more"]


def test_a_parent_who_asks_means_the_parents_income_by_i() -> None:
    talk = Talk(EstimateAid())
    talk.open("how much could my daughter get? quick one please")
    assert talk.answers["asking_as"] == "parent"
    talk.answer_all({**LUZ, **QUICK})
    supposed(talk, "what if I earned 5k less?")
    assert talk.state.tried == {"parent_agi": 36_850}


def test_parents_who_filed_nothing_can_be_supposed_to_have_an_income() -> None:
    talk = finished({**NOAH, **QUICK})
    found = values(talk, "what if my parents made 60k?")
    assert found["max_pell_indicator"] != "1"
    assert found["sai"] > -1500


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "what about 2027-28?"), ("en", "same numbers for 27-28"), ("en", "compare 26-27 and 27-28"),
     ("es", "y para 2027-28?"), ("es", "y con esos mismos números for 27-28?"), ("es", "compare 2026-27 con 2027-28")],
)  # fmt: skip
def test_another_award_year_is_set_beside_the_first_with_the_reasons(language: str, text: str) -> None:
    talk = finished(LUZ, language)
    found = values(talk, text)
    assert found["award_year"] == "2027-28"
    assert found["pell"] is None
    assert talk.responses[:3] == ["utter_compare_years", "utter_compare_why", "utter_what_if_pell_unknown"]
    assert talk.last.says[1].params["tax_year"] == "2025"
    assert talk.answers["award_year"] == "2026-27"


def test_two_other_years_can_be_compared_with_each_other() -> None:
    talk = finished(LUZ)
    found = values(talk, "compare 2024-25 and 2025-26")
    assert found["award_year"] == "2025-26"
    assert talk.last.says[0].params["first"] == "2024-25"


@pytest.mark.parametrize("said", [ALEX, LUZ, DANA, NOAH, {**ALEX, **QUICK}, {**LUZ, **QUICK}])
def test_every_word_of_a_what_if_is_there_in_both_languages(said: dict[str, Any]) -> None:
    texts = ["what if i were independent", "what if we were 6 in the family", "what if my mom earned 9k less",
             "what about 2027-28", "what if i go half time", "what if i got married", "keep that",
             "what if my mom makes half", "what if i was dependent"]  # fmt: skip
    talk = finished(said)
    for text in texts:
        outcome = supposed(talk, text)
        assert {say.response for say in outcome.says if outcome} - set(RESPONSES) == set() if outcome else True


def test_before_the_result_nothing_is_supposed() -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("parent_agi", LUZ)
    assert supposed(talk, "what if my mom earned 20k less?") is None
