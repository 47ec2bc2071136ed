"""Who goes on the FAFSA as a parent, how many of them sign, and why."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import AnswerError, ContradictionError
from knowledge.notes import LANGUAGES, Language
from knowledge.parents import CHOICES, IF_NOT_SURE, ParentRulesError, Parents, Reason, rules, say, who_is_parent
from knowledge.parents.rules import read

Answers = dict[str, object]
Ending = tuple[dict[str, str], Parents, int]

# Asked of students whom somebody other than their parents raises; everybody else gets by with eight.
MOST_QUESTIONS = 10

HOME = {"lives_with": "both", "parents_alive": "both"}
APART = {**HOME, "lives_with": "father", "parents_relationship": "divorced_apart"}
MOM_ALONE = {"lives_with": "mother", "parents_alive": "mother_only"}
GRANDMA = {"lives_with": "grandparent", "legal_adoption": "no", "legal_guardianship": "no"}
ON_OWN = {"lives_with": "alone", "parents_alive": "both"}

# What the two published personas tell in their conversations.
LIVES_WITH_DAD_MOM_PAYS_MORE = {
    "parents_alive": "both",
    "parents_relationship": "divorced_apart",
    "parent_marital_status": "divorced",
    "more_support_parent": "mother",
    "lives_with": "father",
    "support_parent_remarried": "yes",
    "parents_filed_jointly": "yes",
    "parent_has_ssn": "yes",
    "legal_adoption": "no",
    "parent_reachable": "yes",
}
RAISED_BY_GRANDMOTHER = {
    "parents_alive": "mother_only",
    "lives_with": "grandparent",
    "legal_adoption": "no",
    "legal_guardianship": "no",
    "parents_relationship": "never_married_apart",
    "parent_marital_status": "never_married",
    "more_support_parent": "mother",
    "support_parent_remarried": "no",
    "parents_filed_jointly": "no",
    "parent_reachable": "yes",
    "parent_has_ssn": "yes",
}


@pytest.mark.parametrize(
    ("family", "roles", "contributors"),
    [
        pytest.param(LIVES_WITH_DAD_MOM_PAYS_MORE, ["mother", "stepfather"], 1, id="persona: mom pays more, remarried"),
        pytest.param(RAISED_BY_GRANDMOTHER, ["mother"], 1, id="persona: raised by a grandmother"),
        pytest.param(
            {**HOME, "parents_relationship": "married", "parents_filed_jointly": "yes"},
            ["mother", "father"],
            1,
            id="married, joint return",
        ),
        pytest.param(
            {**HOME, "parents_relationship": "married", "parents_filed_jointly": "no"},
            ["mother", "father"],
            2,
            id="married, separate returns",
        ),
        pytest.param(
            {**HOME, "parents_relationship": "unmarried_together"}, ["mother", "father"], 2, id="unmarried, together"
        ),
        pytest.param(
            {**HOME, "parents_relationship": "divorced_together"}, ["mother", "father"], 2, id="divorced, one roof"
        ),
        pytest.param(
            {**APART, "more_support_parent": "father", "support_parent_remarried": "no"},
            ["father"],
            1,
            id="divorced, dad gives more",
        ),
        pytest.param(
            {
                **HOME,
                "parents_relationship": "never_married_apart",
                "more_support_parent": "equal",
                "higher_income_parent": "father",
                "support_parent_remarried": "yes",
                "parents_filed_jointly": "no",
            },
            ["father", "stepmother"],
            2,
            id="equal support, dad earns more and married",
        ),
        pytest.param({**MOM_ALONE, "support_parent_remarried": "no"}, ["mother"], 1, id="widowed mother"),
        pytest.param(
            {"lives_with": "father", "parents_alive": "father_only", "support_parent_remarried": "yes"}
            | {"parents_filed_jointly": "yes"},
            ["father", "stepmother"],
            1,
            id="widowed father, remarried",
        ),
        pytest.param({"lives_with": "alone", "parents_alive": "neither"}, [], 0, id="both dead"),
        pytest.param(
            {"lives_with": "mother", "parents_alive": "neither", "legal_adoption": "no"},
            [],
            0,
            id="both dead, lives with the stepmother",
        ),
        pytest.param(
            {"lives_with": "grandparent", "legal_adoption": "yes", "parents_alive": "both"}
            | {"parents_relationship": "married", "parents_filed_jointly": "yes"},
            ["mother", "father"],
            1,
            id="adopted by grandparents",
        ),
        pytest.param(
            {"lives_with": "other", "legal_adoption": "yes", "parents_alive": "mother_only"}
            | {"support_parent_remarried": "no"},
            ["mother"],
            1,
            id="adopted by one aunt",
        ),
        pytest.param({**GRANDMA, "legal_guardianship": "yes"}, [], 0, id="guardian named by a court"),
        pytest.param({"foster_care": "yes", "lives_with": "other"}, [], 0, id="foster care"),
        pytest.param({**ON_OWN, "parent_reachable": "no"}, [], 0, id="contact unsafe"),
        pytest.param({"unusual_circumstances": "yes", "lives_with": "mother"}, [], 0, id="unusual circumstances"),
    ],
)
def test_every_family_hears_who_goes_on_the_form_and_how_many_sign(
    family: Answers, roles: list[str], contributors: int
) -> None:
    found = who_is_parent(family)
    assert (list(found.roles), found.contributors, found.unanswered) == (roles, contributors, ())
    assert found.settled
    assert found.reasons


def test_the_parent_a_student_lives_with_does_not_decide_the_one_who_gives_more_does() -> None:
    for home in ("mother", "father", "both"):
        found = who_is_parent({**APART, "lives_with": home, "more_support_parent": "mother"})
        assert found.roles == ("mother",)
        assert "more_support_12_months" in found.reasons


def test_a_grandparent_or_guardian_counts_only_after_an_adoption() -> None:
    for home in ("grandparent", "guardian", "other"):
        raised = {**RAISED_BY_GRANDMOTHER, "lives_with": home}
        assert "caregiver_not_parent" in who_is_parent(raised).reasons
        adopted = who_is_parent({**raised, "legal_adoption": "yes"})
        assert adopted.reasons[0] == "adoptive_parents"
        assert "caregiver_not_parent" not in adopted.reasons


def test_an_orphan_adopted_later_is_asked_what_the_form_asks_before_anybody_is_named() -> None:
    adopted = {"lives_with": "grandparent", "legal_adoption": "yes", "parents_alive": "neither"}
    assert who_is_parent(adopted).unanswered == ("both_parents_dead",)
    assert who_is_parent({**adopted, "both_parents_dead": "yes"}).reasons == ("both_parents_dead",)
    with pytest.raises(ContradictionError, match="adoptive parents"):
        who_is_parent({**adopted, "both_parents_dead": "no"})


def test_a_parent_who_refuses_stays_on_the_form_one_who_is_unsafe_to_reach_does_not() -> None:
    refuses = who_is_parent({**RAISED_BY_GRANDMOTHER, "parents_refuse": "yes"})
    assert refuses.roles == ("mother",)
    assert refuses.reasons[-1] == "parent_refuses"
    unsafe = who_is_parent({**RAISED_BY_GRANDMOTHER, "parents_refuse": "yes", "parent_reachable": "no"})
    assert unsafe.roles == ()
    assert unsafe.reasons[-1] == "contact_unsafe_or_impossible"


def test_nobody_who_cannot_safely_reach_a_parent_is_asked_about_money_or_marriage() -> None:
    found = who_is_parent({**ON_OWN, "parent_reachable": "no"})
    assert found == Parents((), 0, ("contact_unsafe_or_impossible",))


@pytest.mark.parametrize("question", ["veteran", "homeless_or_at_risk", "any_dependency_reason"])
def test_an_independent_student_puts_no_parent_on_the_form(question: str) -> None:
    found = who_is_parent({**RAISED_BY_GRANDMOTHER, question: "yes"})
    assert found == Parents((), 0, ("independent_student",))


def test_a_parent_without_a_social_security_number_is_still_the_parent_and_can_sign() -> None:
    found = who_is_parent({**RAISED_BY_GRANDMOTHER, "parent_has_ssn": "no"})
    assert (found.roles, found.contributors) == (("mother",), 1)
    assert "parent_without_ssn" in found.reasons


def test_a_parent_in_prison_is_still_a_parent_unless_contact_is_impossible() -> None:
    jailed = {**RAISED_BY_GRANDMOTHER, "unusual_kind": "incarceration"}
    assert who_is_parent(jailed).roles == ("mother",)
    assert "parent_in_jail" in who_is_parent(jailed).reasons
    assert who_is_parent({**jailed, "parent_reachable": "no"}).roles == ()


def test_one_parent_out_of_reach_does_not_free_a_student_who_lives_with_the_other() -> None:
    found = who_is_parent({**LIVES_WITH_DAD_MOM_PAYS_MORE, "parent_reachable": "no"})
    assert found.roles == ("mother", "stepfather")
    assert "one_parent_out_of_reach" in found.reasons


def test_abuse_at_home_is_asked_about_even_when_the_student_lives_there() -> None:
    at_home = {**HOME, "unusual_kind": "abuse"}
    assert who_is_parent(at_home).unanswered[0] == "parent_reachable"
    assert who_is_parent({**at_home, "parent_reachable": "no"}).roles == ()


def test_living_alone_takes_nobody_off_the_form() -> None:
    found = who_is_parent({**ON_OWN, "parent_reachable": "yes", "parents_relationship": "unmarried_together"})
    assert found.roles == ("mother", "father")
    assert "living_alone_not_enough" in found.reasons


@pytest.mark.parametrize(
    ("family", "unanswered"),
    [
        ({}, ("lives_with", "parents_alive")),
        ({"lives_with": "grandparent"}, ("legal_adoption", "legal_guardianship", "parents_alive")),
        ({"lives_with": "grandparent", "legal_adoption": "yes"}, ("parents_alive",)),
        ({"lives_with": "grandparent", "parents_alive": "neither"}, ("legal_adoption",)),
        ({"lives_with": "guardian", "any_dependency_reason": "no"}, ("legal_adoption", "parents_alive")),
        (HOME, ("parents_relationship",)),
        (ON_OWN, ("parent_reachable", "parents_relationship")),
        ({**ON_OWN, "unusual_circumstances": "no"}, ("parents_relationship",)),
        ({**HOME, "parents_relationship": "married"}, ("parents_filed_jointly",)),
        (APART, ("more_support_parent", "support_parent_remarried")),
        ({**APART, "more_support_parent": "equal"}, ("higher_income_parent", "support_parent_remarried")),
        ({**APART, "more_support_parent": "father"}, ("support_parent_remarried",)),
        (MOM_ALONE, ("support_parent_remarried",)),
        ({**MOM_ALONE, "support_parent_remarried": "yes"}, ("parents_filed_jointly",)),
    ],
)
def test_only_what_can_still_matter_is_asked(family: Answers, unanswered: tuple[str, ...]) -> None:
    found = who_is_parent(family)
    assert found.unanswered == unanswered
    assert found.contributors is None
    assert not found.settled


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"parents_alive": "mother_only", "more_support_parent": "father"}, "more_support_parent"),
        ({"parents_alive": "father_only", "higher_income_parent": "mother"}, "higher_income_parent"),
        ({"parents_alive": "mother_only", "both_parents_dead": "yes"}, "parents_alive"),
        ({"parents_alive": "neither", "both_parents_dead": "no", "legal_adoption": "no"}, "both_parents_dead"),
    ],
)
def test_answers_that_cannot_both_be_true_are_named(answers: Answers, field: str) -> None:
    with pytest.raises(ContradictionError) as caught:
        who_is_parent(answers)
    assert caught.value.field == field


@pytest.mark.parametrize("name", sorted(CHOICES))
@pytest.mark.parametrize("value", ["perhaps", 1, True, ["mother"]])
def test_an_answer_that_is_not_canonical_is_refused_by_name(name: str, value: object) -> None:
    with pytest.raises(AnswerError, match=name):
        who_is_parent({name: value})


ANY_ANSWERS = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in CHOICES.items()})


def attempt(answers: dict[str, str]) -> Parents | ContradictionError:
    try:
        return who_is_parent(answers)
    except ContradictionError as error:
        return error


@given(ANY_ANSWERS)
def test_any_family_gets_an_answer_or_a_named_contradiction(answers: dict[str, str]) -> None:
    found = attempt(answers)
    if isinstance(found, ContradictionError):
        assert answers[found.field] == found.given
        return
    assert len(set(found.reasons)) == len(found.reasons)
    assert not set(found.unanswered) & set(answers)
    assert set(found.unanswered) <= set(CHOICES)
    if found.settled:
        assert found.contributors is not None
        assert found.reasons
        assert (found.contributors == 0) == (found.roles == ())
        assert found.contributors <= len(found.roles) <= 2
    else:
        assert found.contributors is None


@given(ANY_ANSWERS)
def test_the_dead_are_never_on_the_form(answers: dict[str, str]) -> None:
    found = attempt(answers)
    if isinstance(found, ContradictionError):
        return
    roles = found.roles
    alive = answers.get("parents_alive")
    if alive == "neither":
        assert roles == ()
    if alive == "mother_only":
        assert not {"father", "stepmother"} & set(roles)
    if alive == "father_only":
        assert not {"mother", "stepfather"} & set(roles)


def conversations(answers: dict[str, str], taken_back: frozenset[tuple[str, str]], asked: int) -> Iterator[Ending]:
    """Every way a conversation can go that asks the first open question each time."""
    found = attempt(answers)
    if isinstance(found, ContradictionError):
        # The conversation says what does not fit and asks that one again.
        wrong = (found.field, answers[found.field])
        kept = {name: value for name, value in answers.items() if name != found.field}
        yield from conversations(kept, taken_back | {wrong}, asked)
    elif found.settled or asked > MOST_QUESTIONS:
        yield answers, found, asked
    else:
        question = found.unanswered[0]
        for value in CHOICES[question]:
            if (question, value) not in taken_back:
                yield from conversations({**answers, question: value}, taken_back, asked + 1)


def test_every_conversation_ends_settled_after_a_few_questions() -> None:
    endings = list(conversations({}, frozenset(), 0))
    assert len(endings) > 100
    for answers, found, asked in endings:
        assert found.settled
        assert asked <= (MOST_QUESTIONS if "legal_adoption" in answers else 8), answers


@given(ANY_ANSWERS)
def test_no_question_is_asked_whose_answer_makes_no_difference(answers: dict[str, str]) -> None:
    before = attempt(answers)
    if isinstance(before, ContradictionError):
        return
    for question in before.unanswered[:1]:
        after = [attempt({**answers, question: value}) for value in CHOICES[question]]
        possible = {found for found in after if isinstance(found, Parents)}
        assert all(question not in found.unanswered for found in possible)
        assert len(possible) > 1 or any(isinstance(found, ContradictionError) for found in after)


@given(st.sampled_from(sorted(CHOICES["parents_relationship"])), st.sampled_from(["mother", "father"]))
def test_somebody_who_is_not_sure_still_reaches_an_answer(relationship: str, richer: str) -> None:
    answers = {"parents_relationship": relationship, "higher_income_parent": richer}
    while not (found := who_is_parent(answers)).settled:
        question = found.unanswered[0]
        answers[question] = IF_NOT_SURE[question]
    assert found.roles


def test_what_is_assumed_is_an_answer_the_question_takes() -> None:
    for name, value in IF_NOT_SURE.items():
        assert value in CHOICES[name]


@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_can_be_said_in_both_languages_with_its_source(reason: Reason) -> None:
    english, spanish = (say(reason, language) for language in LANGUAGES)
    assert english.text != spanish.text
    assert english.source == spanish.source
    assert all(source.url and source.url.startswith("https://") for source in english.source)
    assert english.as_of == rules()[reason].as_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_fits_a_text_message_and_its_sentences_are_short(language: Language) -> None:
    for reason in get_args(Reason):
        text = say(reason, language).text
        assert len(text) <= 320, reason
        for sentence in re.split(r"(?<=[.:])\s+", text):
            assert len(sentence.split()) <= 30, sentence


def test_spanish_speaks_to_the_person_as_usted() -> None:
    for reason in get_args(Reason):
        assert not re.search(r"\b(tú|tu|tus|te|ti|tienes|puedes)\b", say(reason, "es").text, re.IGNORECASE)


def test_the_twelve_months_of_support_and_the_grandmother_are_named_in_the_reasons_of_the_personas() -> None:
    told = " ".join(say(reason, "en").text for reason in who_is_parent(LIVES_WITH_DAD_MOM_PAYS_MORE).reasons)
    assert "12 months" in told
    assert "support" in told
    told = " ".join(say(reason, "es").text for reason in who_is_parent(RAISED_BY_GRANDMOTHER).reasons)
    assert "abuela" in told


RULE = """
  - id: married_parents
    text_en: Both.
    text_es: Los dos.
    source: [{name: A page, url: https://example.org/}]
    as_of: 2026-11-21
    confidence: published
"""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("sources: []\nrules:" + RULE.replace("married_parents", "aunts"), "rules.0.id"),
        ("sources: []\nrules:" + RULE.replace("Los dos.", "''"), "rules.0.text_es"),
        ("sources: []\nrules:" + RULE.replace("published", "sure"), "rules.0.confidence"),
        ("sources: []\nrules:" + RULE.replace("[{name: A page, url: https://example.org/}]", "[]"), "rules.0.source"),
        ("sources: []\nrules:" + RULE + RULE, "married_parents stands there twice"),
        ("sources: []\nrules:" + RULE, "both_parents_dead is missing"),
        ("rules: [", "not valid YAML"),
    ],
)
def test_a_broken_rule_file_says_where(tmp_path: Path, text: str, place: str) -> None:
    path = tmp_path / "rules.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParentRulesError, match=re.escape(place)):
        read(path)


def test_a_rule_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParentRulesError, match="cannot be read"):
        read(tmp_path / "rules.yml")
