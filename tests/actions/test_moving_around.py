"""Back, skip, why, stop, a person, corrections: the form follows the person, and no answer is lost on the way."""

from __future__ import annotations

from typing import Any

import pytest

from actions.estimate_aid import EstimateAid
from tests.actions.people import ALEX, LUZ
from tests.actions.talk import Talk

SAID = {
    "back": {"en": "go back", "es": "atrás"},
    "skip": {"en": "skip", "es": "saltar"},
    "why": {"en": "why do you ask?", "es": "¿por qué me pregunta eso?"},
    "stop": {"en": "stop", "es": "ya no quiero seguir"},
    "person": {"en": "talk to a person", "es": "quiero hablar con una persona"},
    "repeat": {"en": "say that again", "es": "repita la pregunta"},
    "review": {"en": "show my answers", "es": "mis respuestas"},
    "menu": {"en": "menu", "es": "ayuda"},
    "start_over": {"en": "start over", "es": "empezar de nuevo"},
}


def at(name: str, said: dict[str, Any] = ALEX, language: str = "en") -> Talk:
    talk = Talk(EstimateAid(), language)
    talk.open("estimate my aid")
    talk.answer_until(name, said)
    return talk


@pytest.mark.parametrize("language", ["en", "es"])
def test_back_asks_the_question_before_again_and_forgets_its_answer(language: str) -> None:
    talk = at("state_for_poverty", language=language)
    talk.say(SAID["back"][language])
    assert talk.asked == "family_size"
    assert "family_size" not in talk.answers
    assert talk.answers["parent_marital_status"] == "married"
    talk.say("5")
    assert talk.asked == "state_for_poverty"
    assert talk.answers["family_size"] == 5


def test_back_at_the_first_question_says_so_and_asks_it_again() -> None:
    talk = Talk(EstimateAid())
    talk.open()
    talk.say("back")
    assert "utter_back_first" in talk.responses
    assert talk.asked == "award_year"


def test_back_again_and_again_leads_to_the_beginning() -> None:
    talk = at("parent_agi")
    for _ in range(30):
        talk.say("back")
        if "utter_back_first" in talk.responses:
            break
    assert talk.asked == "award_year"
    assert talk.answers == {}


def test_back_from_the_review_asks_the_last_question() -> None:
    talk = at("confirm_summary")
    talk.say("back")
    assert talk.asked == "other_grants"


@pytest.mark.parametrize("language", ["en", "es"])
def test_back_over_a_merged_question_forgets_all_it_settled(language: str) -> None:
    talk = at("means_tested_benefit", language=language)
    talk.say(SAID["back"][language])
    assert talk.asked == "parent_taxable_grants"
    assert not {"parent_taxable_grants", "parent_education_credits", "parent_work_study"} & set(talk.answers)


@pytest.mark.parametrize("language", ["en", "es"])
def test_skip_goes_on_with_what_is_usual_and_says_it(language: str) -> None:
    talk = at("parent_income_tax_paid", language=language)
    talk.say(SAID["skip"][language])
    assert "utter_skipped" in talk.responses
    assert talk.last.says[0].params["value"] == "$0"
    assert talk.state.assumed == ("parent_income_tax_paid",)


def test_what_decides_everything_cannot_be_skipped_and_is_explained() -> None:
    talk = at("parent_agi")
    talk.say("skip")
    assert talk.responses[:2] == ["utter_cant_skip", "utter_why_agi"]
    assert talk.asked == "parent_agi"
    assert "parent_agi" not in talk.answers


def test_an_answer_given_after_a_skip_is_no_longer_assumed() -> None:
    talk = at("parent_income_tax_paid")
    talk.say("skip")
    talk.say("wait, the taxes were 6,500")
    assert talk.answers["parent_income_tax_paid"] == 6500
    assert talk.state.assumed == ()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("order", ["why", "repeat", "menu", "review"])
def test_asking_the_form_something_changes_no_answer_and_asks_again(order: str, language: str) -> None:
    talk = at("parent_agi", language=language)
    before = dict(talk.answers)
    talk.say(SAID[order][language])
    assert talk.asked == "parent_agi"
    assert talk.answers == before


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_review_so_far_shows_labels_and_amounts_as_people_read_them(language: str) -> None:
    talk = at("parent_earned_income", language=language)
    talk.say(SAID["review"][language])
    [summary] = [say for say in talk.last.says if "rows" in say.custom]
    shown = {row["label"]: row["value"] for row in summary.custom["rows"]}
    assert "$95,000" in shown.values()
    assert len(shown) == len(talk.answers)
    assert not any("_" in label for label in shown)


@pytest.mark.parametrize("language", ["en", "es"])
def test_stop_ends_the_form_with_nothing_computed(language: str) -> None:
    talk = at("parent_agi", language=language)
    outcome = talk.say(SAID["stop"][language])
    assert (outcome.status, outcome.next_flow) == ("left", None)
    assert talk.result["end"] == "stopped"
    assert talk.result["values"] == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_asking_for_a_person_keeps_the_form_for_later(language: str) -> None:
    talk = at("parent_agi", language=language)
    before = dict(talk.answers)
    outcome = talk.say(SAID["person"][language])
    assert (outcome.status, outcome.next_flow) == ("left", "handoff")
    assert outcome.state.asked == "parent_agi"
    assert talk.answers == before


def test_someone_surely_asking_for_a_person_in_other_words_gets_one() -> None:
    talk = at("parent_agi")
    outcome = talk.say("i need help from the office folks", intent="talk_to_person", confidence=0.97)
    assert outcome.next_flow == "handoff"


@pytest.mark.parametrize("language", ["en", "es"])
def test_starting_over_is_asked_once_more_and_then_passed_on(language: str) -> None:
    talk = at("parent_agi", language=language)
    before = dict(talk.answers)
    talk.say(SAID["start_over"][language])
    assert (talk.asked, talk.answers) == ("confirm_restart", before)
    outcome = talk.say({"en": "yes", "es": "sí"}[language], offered="confirm_restart")
    assert (outcome.status, outcome.next_flow) == ("left", "restart")
    assert talk.result["end"] == "restarted"


@pytest.mark.parametrize("question", ["confirm_restart", "confirm_delete"])
def test_a_no_to_losing_the_answers_keeps_them_and_asks_the_question_again(question: str) -> None:
    talk = at("parent_agi")
    before = dict(talk.answers)
    talk.say({"confirm_restart": "start over", "confirm_delete": "delete my data"}[question])
    assert talk.asked == question
    talk.say("no", offered=question)
    assert (talk.asked, talk.answers) == ("parent_agi", before)


@pytest.mark.parametrize("question", ["confirm_restart", "confirm_delete"])
def test_whoever_answers_the_form_instead_goes_on_with_it(question: str) -> None:
    talk = at("parent_agi")
    talk.say({"confirm_restart": "start over", "confirm_delete": "delete my data"}[question])
    talk.say("95,000", offered=question)
    assert talk.answers["parent_agi"] == 95_000


def test_starting_over_before_anything_was_said_needs_no_question() -> None:
    talk = Talk(EstimateAid())
    talk.open()
    assert talk.say("start over").next_flow == "restart"


def test_a_yes_to_deleting_everything_is_passed_on() -> None:
    talk = at("parent_agi")
    talk.say("delete my data")
    assert talk.say("yes", offered="confirm_delete").next_flow == "delete"


@pytest.mark.parametrize(("language", "text"), [("en", "show my data"), ("es", "mis datos")])
def test_what_is_held_can_be_seen_in_the_middle_of_a_form(language: str, text: str) -> None:
    talk = at("parent_agi", language=language)
    talk.say(text)
    assert talk.last.says[0].custom["session_data"]
    assert talk.asked == "parent_agi"


def test_a_form_taken_up_again_says_so_and_asks_where_it_stood() -> None:
    talk = at("parent_agi")
    talk.open("hello again")
    assert talk.responses[0] == "utter_resume"
    assert talk.asked == "parent_agi"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "change family size to 5"), ("es", "cambie el tamaño de la familia a 5"), ("en", "wait, family size is 5")],
)
def test_a_correction_changes_one_answer_and_keeps_the_question(language: str, text: str) -> None:
    talk = at("parent_agi", language=language)
    before = dict(talk.answers)
    talk.say(text)
    assert talk.asked == "parent_agi"
    assert "utter_changed" in talk.responses
    assert talk.answers == {**before, "family_size": 5}


def test_a_correction_at_the_review_shows_the_review_again() -> None:
    talk = at("confirm_summary")
    talk.say("no, the agi was 96,200")
    assert talk.answers["parent_agi"] == 96_200
    assert talk.asked == "confirm_summary"


def test_no_at_the_review_says_how_to_change_and_computes_nothing() -> None:
    talk = at("confirm_summary")
    talk.say("no")
    assert "utter_how_to_change" in talk.responses
    assert talk.last.status == "asking"


def test_another_award_year_plans_anew_and_keeps_the_answers() -> None:
    talk = at("confirm_summary", {**ALEX, "parent_business_farm": 300_000, "award_year": "2025-26"})
    assert "farm_lived_on" not in talk.answers
    talk.say("change the award year to 2026-27")
    assert talk.answers["award_year"] == "2026-27"
    assert talk.answers["parent_agi"] == 95_000
    asked = [talk.asked, *talk.answer_all(ALEX)]
    assert asked[0] == "born_before_cutoff", "each year has its own cutoff"
    assert "farm_lived_on" in asked
    assert "parent_agi" not in asked
    assert talk.result["values"]["award_year"] == "2026-27"


def test_a_family_that_became_too_small_for_who_is_in_it_is_asked_about_again() -> None:
    talk = at("parent_agi", {**LUZ, "family_size": 2})
    talk.say("change the parents' marital status to married")
    assert talk.asked == "family_size"
    assert "family_size" not in talk.answers
    talk.say("2")
    assert talk.asked == "family_size", "two parents and the student are three"
    talk.say("4")
    assert talk.answers["family_size"] == 4


def test_whoever_supports_a_child_is_a_family_of_two_or_more() -> None:
    talk = at("family_size", {**LUZ, "any_dependency_reason": "yes", "supports_children": "yes"})
    talk.say("1")
    assert talk.asked == "family_size"
    talk.say("2")
    assert talk.answers["family_size"] == 2


def test_a_parent_who_turns_out_not_to_file_is_not_asked_for_a_return() -> None:
    talk = at("parent_earned_income", LUZ)
    talk.say("change the tax return to no, did not file")
    assert talk.answers["parent_filer_class"] == "nonfiler"
    asked = [talk.asked, *talk.answer_all(LUZ)]
    assert "parent_income_tax_paid" not in asked


@pytest.mark.parametrize("opening", ["quick estimate for 2026-27", "cálculo rápido para 2026-27"])
def test_what_the_first_message_says_is_noted_and_not_asked(opening: str) -> None:
    talk = Talk(EstimateAid())
    talk.open(opening)
    assert talk.answers == {"award_year": "2026-27", "depth": "quick"}
    assert talk.responses.count("utter_noted_all") == 1
    assert talk.asked == "born_before_cutoff"


def test_what_comes_with_an_answer_is_noted_too() -> None:
    talk = at("family_size")
    talk.say("4, and we live in Arizona")
    assert (talk.answers["family_size"], talk.answers["state_for_poverty"]) == (4, "AZ")
    assert "utter_noted" in talk.responses


@pytest.mark.parametrize(
    ("problem", "response"),
    [("too_long", "utter_problem_too_long"), ("sensitive", "utter_problem_sensitive"),
     ("media", "utter_problem_media"), ("empty", "utter_problem_empty")],
)  # fmt: skip
def test_a_message_that_cannot_be_taken_says_why_and_asks_again(problem: str, response: str) -> None:
    talk = at("parent_agi")
    talk.say("45,000", problem=problem)
    assert talk.responses[0] == response
    assert talk.asked == "parent_agi"
    assert "parent_agi" not in talk.answers


def tried(asked: str, times: int) -> Talk:
    """Someone whose answers to a question can't be read, so many times."""
    talk = Talk(EstimateAid())
    talk.open()
    talk.answer_until(asked, ALEX)
    for _ in range(times):
        talk.say("purple elephants")
    return talk


def test_after_three_answers_that_cannot_be_read_the_form_goes_on_without_one() -> None:
    talk = tried("parent_marital_status", 2)
    assert talk.asked == "parent_marital_status"
    talk = tried("award_year", 3)
    assert talk.responses[:2] == ["utter_not_read", "utter_skipped"]
    assert talk.asked != "award_year"


def test_an_income_that_cannot_be_read_is_asked_for_roughly_and_then_left_open() -> None:
    talk = tried("parent_agi", 3)
    assert talk.responses == ["utter_notsure_agi", "utter_way_out", "utter_q_agi_rough"]
    talk.say("purple elephants")
    assert talk.responses[:2] == ["utter_not_read", "utter_skipped_unknown"]


def test_whoever_has_the_question_repeated_gets_all_tries_again() -> None:
    talk = tried("award_year", 2)
    talk.say("repeat that please")
    talk.say("purple elephants")
    assert talk.asked == "award_year"


@pytest.mark.parametrize(("language", "text"), [("en", "can i do this later"), ("es", "luego le sigo"), ("en", "brb")])
def test_whoever_has_to_leave_hears_that_the_answers_are_kept(language: str, text: str) -> None:
    talk = at("parent_agi", language=language)
    before = dict(talk.answers)
    talk.say(text)
    assert talk.responses[0] == "utter_paused"
    assert (talk.asked, talk.answers) == ("parent_agi", before)
    talk.say({"en": "resume", "es": "seguir"}[language])
    assert (talk.responses[0], talk.asked) == ("utter_resume", "parent_agi")


@pytest.mark.parametrize(
    ("language", "text"), [("en", "how long is this"), ("es", "cuanto falta"), ("en", "how many more questions")]
)
def test_how_long_the_form_is_gets_an_answer_and_the_question_again(language: str, text: str) -> None:
    talk = at("parent_agi", language=language)
    talk.say(text)
    said = next(say for say in talk.last.says if say.response == "utter_progress")
    assert (said.params["step"], said.params["steps"]) == (talk.asks["step"], talk.asks["steps"])
    assert talk.asked == "parent_agi"


def test_at_the_review_no_question_is_left_to_count() -> None:
    talk = at("confirm_summary")
    talk.say("how many more questions are there")
    assert talk.responses[0] == "utter_progress_review"
    assert talk.asked == "confirm_summary"


@pytest.mark.parametrize(
    "text", ["oye mejor borra lo q te dije no quiero q guarden nada mio", "borra todo lo que te dije"]
)
def test_wishing_that_nothing_is_kept_is_no_answer_but_asks_whether_to_delete(text: str) -> None:
    talk = at("born_before_cutoff", language="es")
    before = dict(talk.answers)
    talk.say(text)
    assert (talk.asked, talk.answers) == ("confirm_delete", before)
