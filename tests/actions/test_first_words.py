"""What a first message tells is not asked again; what it only half tells is asked."""

from datetime import date
from typing import Any

import pytest

from actions.borrowing import Borrowing
from actions.compare_offers import CompareOffers
from actions.dependency import Dependency
from actions.estimate_aid import EstimateAid
from actions.estimate_result import shown
from actions.fafsa_status import FafsaStatus
from actions.flow.asking import confirm_value
from actions.flow.model import Flow, Heard, Question
from actions.verification import Verification
from actions.who_is_parent import WhoIsParent
from knowledge.special_circumstances import special_circumstances
from tests.actions.said import said
from tests.actions.talk import Talk


def opened(flow: Flow, text: str, language: str = "en") -> Talk:
    talk = Talk(flow, language=language)
    talk.open(text)
    return talk


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        (
            "Me llegó un correo que dice acción requerida, creo que es porque mi papá no aceptó lo de los impuestos",
            "es",
            {"fafsa_status": "action_required", "status_reason": "missing_consent", "who_missing": "parent"},
        ),
        (
            "it says action required, my dad never gave consent",
            "en",
            {"fafsa_status": "action_required", "status_reason": "missing_consent", "who_missing": "parent"},
        ),
        ("ya mande la fafsa y todavia dice en revicion, esta mal algo??", "es", {"fafsa_status": "in_review"}),
        (
            "It went through and says processed but I think I typed an extra zero on my income",
            "en",
            {"fafsa_status": "processed", "status_reason": "error"},
        ),
        ("says processed but i made a mistake", "en", {"fafsa_status": "processed", "status_reason": "error"}),
        ("dice procesada pero tiene un error", "es", {"fafsa_status": "processed", "status_reason": "error"}),
    ],
)
def test_the_status_and_what_is_wrong_are_heard(text: str, language: str, told: dict[str, str]) -> None:
    talk = opened(FafsaStatus(), text, language)
    assert {name: talk.answers.get(name) for name in told} == told


@pytest.mark.parametrize("text", ["it says processed, did i make a mistake?", "procesada, no hay un error verdad"])
def test_a_mistake_that_is_only_asked_about_is_not_taken_for_one(text: str) -> None:
    assert "status_reason" not in opened(FafsaStatus(), text).answers


@pytest.mark.parametrize(
    ("text", "language", "reason"),
    [
        ("Un juez le dio mi tutela legal a mi abuela cuando yo tenía 15", "es", "legal_guardianship"),
        ("a judge made my aunt my legal guardian when i was 14, am i independent", "en", "legal_guardianship"),
        (
            "mi hermanito de 9 vive conmigo y yo lo mantengo al cien. Soy independiente?",
            "es",
            "supports_other_dependents",
        ),
        ("my little brother lives with me and i support him", "en", "supports_other_dependents"),
        ("I have asylum. No he hablado con mis papás, no sé ni dónde están", "es", "unusual_circumstances"),
        ("im a refugee and dont know where they are", "en", "unusual_circumstances"),
    ],
)
def test_a_reason_that_is_told_whole_is_not_asked_again(text: str, language: str, reason: str) -> None:
    talk = opened(Dependency(), text, language)
    assert talk.answers.get(reason) == "yes"
    asked = talk.answer_all({})
    assert not {"any_dependency_reason", reason} & set(asked)
    assert talk.result["values"]["reason"] == reason


@pytest.mark.parametrize(
    "text",
    [
        "my grandma is like my guardian, no court or anything",
        "i have asylum",
        "my brother lives with me",
        "i was a ward of the court",
        "do i need a judge to make my grandma my guardian",
    ],
)
def test_a_reason_that_is_half_told_is_asked(text: str) -> None:
    talk = opened(Dependency(), text)
    assert not {"legal_guardianship", "unusual_circumstances", "supports_other_dependents"} & set(talk.answers)


def test_parents_who_never_married_and_a_week_with_each_are_heard() -> None:
    talk = opened(
        WhoIsParent(),
        "ok so my mom n dad were never married they split when i was 2, i do a week w each and they split all my stuff"
        " 50/50 so whose taxes do i put",
    )
    told = {"lives_with": "both", "parents_relationship": "never_married_apart", "more_support_parent": "equal"}
    assert {name: talk.answers.get(name) for name in told} == told
    asked = talk.answer_all({"higher_income_parent": "mother", "parents_alive": "both"})
    assert not told.keys() & set(asked)
    assert talk.result["values"]["parents"] == ["mother"]


@pytest.mark.parametrize(
    "text",
    ["my mom n stepdad were never married, they split", "mi mama y su novio nunca se casaron y viven aparte"],
)
def test_somebody_elses_marriage_is_not_the_parents(text: str) -> None:
    assert "parents_relationship" not in opened(WhoIsParent(), text).answers


@pytest.mark.parametrize(
    "text", ["mi mama y mi papa viven en union libre", "my mom and dad arent married but live together, who signs"]
)
def test_parents_who_live_together_unmarried_are_heard(text: str) -> None:
    assert opened(WhoIsParent(), text).answers["parents_relationship"] == "unmarried_together"


def test_a_couple_that_may_be_the_students_own_is_not_taken_for_the_parents() -> None:
    talk = opened(WhoIsParent(), "El papá de mi hijo y yo nunca nos casamos pero vivimos juntos, ¿quién firma?", "es")
    assert "parents_relationship" not in talk.answers


@pytest.mark.parametrize("flow", [Dependency(), WhoIsParent()])
@pytest.mark.parametrize("text", ["my daughters a senior, does she need my info", "es para mi hija"])
def test_a_parent_is_told_who_you_is(flow: Flow, text: str) -> None:
    talk = opened(flow, text)
    assert talk.answers["asking_as"] == "parent"
    assert "utter_estimate_for_parent" in talk.responses


@pytest.mark.parametrize(
    ("text", "language"), [("yo sí, él no", "es"), ("solo yo", "es"), ("i do, he doesnt", "en"), ("just my mom", "en")]
)
def test_when_one_signer_has_a_number_and_the_other_has_none_it_is_confirmed(text: str, language: str) -> None:
    talk = opened(WhoIsParent(), "which parent goes on the fafsa", language)
    talk.answer_until("parent_has_ssn", {})
    talk.say(text)
    assert talk.asked == "confirm_value"
    talk.say("yes")
    assert talk.answers["parent_has_ssn"] == "no"


@pytest.mark.parametrize(
    "text", ["just the reserve thing, only training tho", "army reserve but just training", "puro entrenamiento"]
)
def test_training_alone_is_no_active_duty_and_that_is_said(text: str) -> None:
    talk = opened(Dependency(), "am i dependent", "en")
    talk.answer_until("any_dependency_reason", {"student_marital_status": "never_married"})
    talk.say(text)
    assert talk.answers["any_dependency_reason"] == "no"
    assert "does not count" in said(talk)


def test_training_beside_another_reason_leaves_that_reason() -> None:
    talk = opened(Dependency(), "am i dependent")
    talk.answer_until("any_dependency_reason", {"student_marital_status": "never_married"})
    talk.say("the reserve is just training but i have a kid")
    assert talk.answers["any_dependency_reason"] == "yes"


@pytest.mark.parametrize("text", ["can we do it on zoom", "¿puedo hacerlo por video?", "could i do a video call"])
def test_a_way_to_identify_that_is_asked_for_is_the_answer(text: str) -> None:
    talk = opened(Verification(), "i got picked for V4")
    talk.answer_until("identity_way", {})
    talk.say(text)
    assert talk.answers["identity_way"] == "video"


@pytest.mark.parametrize("text", ["what is zoom?", "is video as good as going in person?"])
def test_a_question_about_a_way_is_answered_as_a_question(text: str) -> None:
    talk = opened(Verification(), "i got picked for V4")
    talk.answer_until("identity_way", {})
    talk.say(text)
    assert "identity_way" not in talk.answers


@pytest.mark.parametrize(
    "text", ["12k total, 8k of it subsidized", "total 12,000, sub 8,000", "12,000 in all, 8,000 subsidized"]
)
def test_all_that_was_borrowed_and_its_subsidized_part_come_in_one_answer(text: str) -> None:
    talk = opened(Borrowing(), "how much can i borrow")
    talk.answer_until("total_borrowed", {"grade_level": "second_year", "dependency": "dependent"})
    talk.say(text)
    assert (talk.answers["total_borrowed"], talk.answers["subsidized_borrowed"]) == (12_000, 8_000)


def test_a_graduate_hears_that_undergraduate_loans_leave_more_and_that_nursing_may_be_professional() -> None:
    talk = opened(Borrowing(), "how much can i borrow for my msn")
    assert talk.answers["grade_level"] == "graduate"
    talk.answer_all({"award_year": "2026-27", "total_borrowed": 30_000, "borrower": "student"})
    spoken = said(talk)
    assert "at least $70,000" in spoken
    assert "MSN" in spoken


def test_a_graduate_whose_loans_may_be_from_college_is_not_told_that_nothing_is_left() -> None:
    talk = opened(Borrowing(), "how much can i borrow in grad school")
    talk.answer_all({"award_year": "2026-27", "total_borrowed": 100_000, "borrower": "student"})
    assert "$0 left" not in said(talk)
    assert "depends on how much was for undergraduate study" in said(talk)


@pytest.mark.parametrize("text", ["7,395 de pell y 1,000 del estado", "7395 pell and 1000 from the state"])
def test_grants_told_part_by_part_are_added_up(text: str) -> None:
    talk = opened(CompareOffers(), "compare my letters")
    talk.answer_until("offer_grants_1", {"offer_school_1": "Northgate", "offer_cost_1": 20_000})
    talk.say(text)
    assert talk.answers["offer_grants_1"] == 8_395


def test_the_total_of_a_letter_is_its_cost_unless_it_only_adds_up_the_aid() -> None:
    told: list[dict[str, Any]] = []
    for text in ("25,900 total, 6,200 grants and 4k scholarship", "grants 7k, scholarships 2k, total 9k"):
        talk = opened(CompareOffers(), "compare my letters")
        talk.answer_until("offer_cost_1", {"offer_school_1": "Northgate"})
        talk.say(text)
        told.append(talk.answers)
    assert [told[0][f"offer_{what}_1"] for what in ("cost", "grants", "scholarships")] == [25_900, 6_200, 4_000]
    assert "offer_cost_1" not in told[1]


def test_a_list_asked_one_by_one_as_yes_or_no_does_not_speak_of_zero() -> None:
    talk = opened(Dependency(), "¿soy dependiente?", "es")
    talk.answer_until("any_dependency_reason", {"student_marital_status": "never_married"})
    talk.say("sí")
    talk.say("sí")
    assert talk.asked == "graduate_student"
    assert "0" not in said(talk).split("Cuando empiece")[0]


@pytest.mark.parametrize(("language", "paper"), [("en", "death certificate"), ("es", "acta de defunción")])
def test_after_a_death_its_certificate_is_among_the_papers(language: str, paper: str) -> None:
    assert any(paper in one for one in special_circumstances().papers.listed("death", language))


@pytest.mark.parametrize("language", ["en", "es"])
def test_pell_already_used_is_shown_as_a_percentage(language: str) -> None:
    assert shown("pell_lifetime_used", 200, language) == "200%"
    question = Question("pell_lifetime_used", "count", "utter_q_pell_lifetime_used", "school", percent=True)
    heard = Heard("200", language, date(2026, 11, 22))
    say = confirm_value(question, {"key": question.key, "value": 200, "problem": None}, heard)
    assert say.params["value"] == "200%"


@pytest.mark.parametrize(
    "text",
    [
        "my folks never married but share a house, should i list the two of them or only my mom",
        "only my mom does taxes here, who has to sign",
        "¿pongo a los dos o solo mi papá?",
        "my step dad died last spring, whose info do i use",
        "what happens if my dad died",
        "my mom's dad passed away and we moved, which parent do i put",
    ],
)
def test_nobody_is_taken_for_dead_by_a_question_or_by_somebody_elses_death(text: str) -> None:
    assert "parents_alive" not in opened(WhoIsParent(), text).answers


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("my dad passed away when i was 9 so who goes on it", "mother_only"),
        ("mi mamá ya murió, a quién pongo", "father_only"),
    ],
)
def test_a_death_beside_a_question_is_heard(text: str, who: str) -> None:
    assert opened(WhoIsParent(), text).answers["parents_alive"] == who


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("soy la mamá, mi hijo entra en agosto, cuánto le darían", "es"),
        ("quick estimate, i start in january", "en"),
    ],
)
def test_a_start_told_by_its_month_alone_leaves_the_year_to_be_asked(text: str, language: str) -> None:
    assert "award_year" not in opened(EstimateAid(), text, language).answers


@pytest.mark.parametrize("text", ["estimate for august 2027", "i start in january, fall is over. estimate for 27-28"])
def test_a_year_told_with_the_month_is_taken(text: str) -> None:
    assert opened(EstimateAid(), text).answers["award_year"] == "2027-28"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("starting my MBA next fall, quick estimate please", "graduate"),
        ("im a law student, what would i get for 2026-27", "professional"),
        ("voy a empezar la maestría, cuánto me toca", "graduate"),
        ("my daughter starts med school in august, estimate please", "professional"),
    ],
)
def test_graduate_study_told_at_once_is_not_asked(text: str, level: str) -> None:
    talk = Talk(EstimateAid())
    talk.open(text)
    assert (talk.answers["graduate_student"], talk.answers["grade_level"]) == ("yes", level)
    assert talk.asked not in {"born_before_cutoff", "any_dependency_reason"}


@pytest.mark.parametrize(
    "text",
    [
        "my brother is in grad school, i start college next year, estimate",
        "i want to go to law school someday, how much aid for my first year",
        "si termino la licenciatura pienso hacer una maestría, cuánto me toca",
    ],
)
def test_graduate_study_of_others_or_of_some_day_is_not_taken(text: str) -> None:
    talk = Talk(EstimateAid())
    talk.open(text)
    assert "graduate_student" not in talk.answers
