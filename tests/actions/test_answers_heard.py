"""What people type is understood, confirmed when in doubt, and never taken for something it is not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.estimate_aid import EstimateAid
from actions.flow import asking
from actions.flow.model import Flow, Heard, Question
from actions.handoff import Handoff
from tests.actions.people import ALEX, DANA
from tests.actions.talk import Talk

QUESTIONS = """
what is the SAI?
what does AGI mean
how much is the pell grant
when is the fafsa due?
do I have to pay it back?
what counts as untaxed income?
is my sister part of our family size?
where do I find line 11
who counts as my parent?
how many people should I count?
can I use last year's taxes?
what if my parents are divorced?
does child support count as income?
why is my aid so low?
what is a 529 plan?
do I report my 401k?
is the fafsa free?
how long does it take?
what happens if I make a mistake?
will my parents have to pay?
can undocumented parents file?
what's the difference between a grant and a loan?
how do I sign the form?
what is work study?
am I dependent?
¿qué es el SAI?
qué significa AGI
cuánto da la beca pell
¿cuándo es la fecha límite de la fafsa?
¿tengo que devolver el dinero?
¿quién cuenta como mi papá?
dónde encuentro la línea 11
¿cuántas personas debo contar?
¿mi hermana cuenta en la familia?
¿qué pasa si mis papás no tienen seguro social?
¿la fafsa es gratis?
cómo firmo el formulario
¿qué es un préstamo?
¿por qué es tan baja mi ayuda?
¿puedo usar los impuestos del año pasado?
¿qué es trabajo y estudio?
""".strip().splitlines()  # fmt: skip


def standing_at(every: list[Talk], flow: Flow, language: str, said: dict[str, Any]) -> None:
    """Adds a talk for each question of a whole form."""
    talk = Talk(flow, language)
    talk.open("estimate my aid")
    while talk.last.status == "asking":
        every.append(Talk(flow, language, dict(talk.answers), talk.state, [*talk.history]))
        talk.say(talk.written(talk.usual(said)))


EVERYWHERE: list[Talk] = []
for spoken in ("en", "es"):
    standing_at(EVERYWHERE, EstimateAid(), spoken, ALEX)
    standing_at(EVERYWHERE, EstimateAid(), spoken, DANA)


@settings(max_examples=300, deadline=None)
@given(place=st.sampled_from(EVERYWHERE), question=st.sampled_from(QUESTIONS))
def test_a_question_never_answers_the_form(place: Talk, question: str) -> None:
    talk = Talk(place.flow, place.language, dict(place.answers), place.state, [*place.history])
    before, asked = dict(talk.answers), talk.asked
    talk.say(question)
    assert talk.answers == before
    assert talk.last.status == "asking"
    assert talk.asked == asked


def test_a_free_question_goes_to_the_notes_with_what_was_being_asked() -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("parent_agi", ALEX)
    talk.say("what is that?")
    [explain] = [say.custom["explain"] for say in talk.last.says if "explain" in say.custom]
    assert explain["question"] == "what is that?"
    assert "adjusted gross income" in explain["about"]


def test_a_question_about_several_amounts_is_explained_by_their_names() -> None:
    names = ("parent_untaxed_ira_distributions", "parent_untaxed_pensions")
    amounts = Question("parent_additions", "money", "utter_q_additions", "income", names=names)
    heard = Heard("what is that", "en", date(2026, 11, 21))
    about = asking.explain(heard, amounts).custom["explain"]["about"]
    assert "IRA withdrawals" in about
    assert "pension" in about


@pytest.mark.parametrize(("near", "told"), [(0.0, ["utter_why_agi", "utter_notsure_agi"]), (0.8, [])])
def test_where_no_note_is_near_what_is_known_of_the_question_goes_along(near: float, told: list[str]) -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("parent_agi", ALEX)
    talk.say("is that what they kept or what they made?", near=near)
    assert [say.response for say in talk.last.says if say.custom.get("about_what_was_asked")] == told
    assert talk.asked == "parent_agi"


@settings(max_examples=100, deadline=None)
@given(place=st.sampled_from(EVERYWHERE), noise=st.text(max_size=80))
def test_whatever_is_typed_the_form_goes_on_or_ends_in_words(place: Talk, noise: str) -> None:
    talk = Talk(place.flow, place.language, dict(place.answers), place.state, [*place.history])
    outcome = talk.say(noise)
    assert outcome.status in {"asking", "left", "done"}
    assert outcome.says or outcome.next_flow


@pytest.mark.parametrize("name", ["parent_agi", "family_size", "state_for_poverty", "born_before_cutoff", "depth"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_nonsense_twice_offers_a_way_out_and_keeps_the_question(name: str, language: str) -> None:
    talk = Talk(EstimateAid(), language)
    talk.open()
    talk.answer_until(name, ALEX)
    offered = []
    for _ in range(2):
        talk.say("qwrtp zxcv bnm")
        offered.append("utter_bad_again" in talk.responses)
        assert talk.asked == name
    assert offered == [False, True]
    assert name not in talk.answers


def test_monthly_pay_is_turned_into_a_year_and_confirmed() -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("parent_earned_income", ALEX)
    talk.say("1,200 a month")
    assert talk.asked == "confirm_value"
    assert talk.asks["about"] == "parent_earned_income"
    assert talk.asks["value"] == 14_400
    assert "parent_earned_income" not in talk.answers
    talk.say("yes")
    assert talk.answers["parent_earned_income"] == 14_400


def test_a_no_to_a_confirmation_asks_again_and_keeps_nothing() -> None:
    talk = Talk(EstimateAid(), "es")
    talk.open()
    talk.answer_until("parent_earned_income", ALEX)
    talk.say("1,200 al mes")
    talk.say("no")
    assert talk.asked == "parent_earned_income"
    assert "parent_earned_income" not in talk.answers


def test_an_amount_in_place_of_a_confirmation_is_taken() -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("parent_earned_income", ALEX)
    talk.say("1,200 a month")
    talk.say("no, 16,000 a year")
    assert talk.answers["parent_earned_income"] == 16_000


def test_a_question_during_a_confirmation_keeps_the_confirmation() -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("parent_earned_income", ALEX)
    talk.say("1,200 a month")
    talk.say("does overtime count?")
    assert talk.asked == "confirm_value"
    talk.say("yes")
    assert talk.answers["parent_earned_income"] == 14_400


ADDITIONS = (
    "parent_ira_deductions", "parent_tax_exempt_interest", "parent_untaxed_ira_distributions",
    "parent_untaxed_pensions", "parent_foreign_income_exclusion",
)  # fmt: skip


@pytest.fixture
def merged() -> Talk:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until(ADDITIONS[0], ALEX)
    assert talk.asks["names"] == list(ADDITIONS)
    return talk


@pytest.mark.parametrize("none", ["none", "no", "0", "nothing", "ninguno"])
def test_none_of_several_lines_makes_each_of_them_zero(merged: Talk, none: str) -> None:
    merged.say(none)
    assert {name: merged.answers[name] for name in ADDITIONS} == dict.fromkeys(ADDITIONS, 0)


@pytest.mark.parametrize("some", ["yes", "3,400", "yes, 3,400 in pensions"])
def test_any_of_several_lines_is_asked_one_by_one_so_no_amount_lands_on_the_wrong_one(merged: Talk, some: str) -> None:
    merged.say(some)
    assert "utter_one_by_one" in merged.responses
    assert not set(ADDITIONS) & set(merged.answers)
    asked = []
    while merged.asked in ADDITIONS:
        asked.append(merged.asked)
        merged.say("3,400" if merged.asked == "parent_untaxed_pensions" else "0")
    assert asked == list(ADDITIONS)
    assert merged.asked == "parent_pension_rollover"
    assert merged.answers["parent_untaxed_pensions"] == 3_400


def test_not_sure_about_several_lines_goes_on_with_zero_and_says_so(merged: Talk) -> None:
    merged.say("not sure")
    assert "utter_skipped_group" in merged.responses
    assert set(merged.state.assumed) == set(ADDITIONS)


@pytest.mark.parametrize("language", ["en", "es"])
def test_not_sure_once_helps_and_twice_goes_on_where_that_is_possible(language: str) -> None:
    talk = Talk(EstimateAid(), language)
    talk.open()
    talk.answer_until("parent_income_tax_paid", ALEX)
    talk.say({"en": "not sure", "es": "no sé"}[language])
    assert talk.responses[0] == "utter_notsure_income"
    assert talk.asked == "parent_income_tax_paid"
    talk.say({"en": "i don't know", "es": "no sé"}[language])
    assert talk.asked != "parent_income_tax_paid"
    assert "parent_income_tax_paid" in talk.state.assumed


def test_who_cannot_find_the_income_is_helped_and_then_asked_for_a_rough_one() -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("parent_agi", ALEX)
    talk.say("idk")
    assert talk.responses == ["utter_notsure_agi", "utter_q_agi_rough"]
    assert talk.last.says[0].params["where"] == "AGI is on Form 1040, line 11."
    talk.say("around 3,000")
    assert (talk.asks["name"], talk.asks["value"]) == ("confirm_value", 36_000)
    talk.say("yes")
    assert talk.answers["parent_agi"] == 36_000
    assert talk.asked != "parent_agi"


@pytest.mark.parametrize("size", ["2", "1", "31"])
def test_a_family_smaller_than_its_parents_or_too_large_is_questioned(size: str) -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until("family_size", ALEX)
    talk.say(size)
    assert talk.asked == "family_size"
    assert talk.responses[0] == "utter_bad_count_range"
    assert (talk.last.says[0].params["min"], talk.last.says[0].params["max"]) == (3, 30)


def test_a_question_about_help_is_no_reason_for_a_request() -> None:
    talk = Talk(Handoff())
    talk.open("talk to a person")
    talk.say("when is the fafsa due?", near=0.9)
    assert talk.asked == "handoff_reason"
    assert "handoff_reason" not in talk.answers
