"""Whose information goes on the form: families as they are, and who of them signs."""

from __future__ import annotations

import random
from typing import Any

import pytest

from actions.flow.words import told
from actions.who_is_parent import WhoIsParent
from tests.actions.talk import Talk

FAMILY: dict[str, Any] = {
    "any_dependency_reason": "no", "lives_with": "both", "parents_alive": "both", "parents_relationship": "married",
    "parents_filed_jointly": "yes", "parent_has_ssn": "yes", "parent_reachable": "yes", "legal_adoption": "no",
    "legal_guardianship": "no", "support_parent_remarried": "no", "more_support_parent": "mother",
    "higher_income_parent": "father", "both_parents_dead": "yes",
}  # fmt: skip
"""Two married parents on one return; the rest is what a question would get."""


def walk(said: dict[str, Any], opening: str = "which parent", language: str = "en") -> tuple[list[str], Talk]:
    talk = Talk(WhoIsParent(), language)
    talk.open(opening)
    return talk.answer_all({**FAMILY, **said}), talk


APART = {"lives_with": "mother", "parents_relationship": "divorced_apart"}
FAMILIES: list[tuple[dict[str, Any], list[str], int]] = [
    ({}, ["mother", "father"], 1),
    ({"parents_filed_jointly": "no"}, ["mother", "father"], 2),
    ({"parents_relationship": "unmarried_together"}, ["mother", "father"], 2),
    ({"parents_relationship": "divorced_together"}, ["mother", "father"], 2),
    (APART, ["mother"], 1),
    ({**APART, "more_support_parent": "father"}, ["father"], 1),
    ({**APART, "lives_with": "father", "parents_relationship": "never_married_apart"}, ["mother"], 1),
    ({**APART, "more_support_parent": "equal"}, ["father"], 1),
    ({**APART, "support_parent_remarried": "yes"}, ["mother", "stepfather"], 1),
    ({**APART, "support_parent_remarried": "yes", "parents_filed_jointly": "no"}, ["mother", "stepfather"], 2),
    ({**APART, "more_support_parent": "father", "support_parent_remarried": "yes"}, ["father", "stepmother"], 1),
    ({"lives_with": "mother", "parents_alive": "mother_only"}, ["mother"], 1),
    ({"lives_with": "father", "parents_alive": "father_only", "support_parent_remarried": "yes"},
     ["father", "stepmother"], 1),
    ({"lives_with": "grandparent", "parents_alive": "mother_only"}, ["mother"], 1),
    ({"lives_with": "grandparent", "legal_adoption": "yes"}, ["mother", "father"], 1),
    ({"lives_with": "grandparent", "legal_guardianship": "yes"}, [], 0),
    ({"lives_with": "other", "parents_alive": "neither"}, [], 0),
    ({"lives_with": "alone"}, ["mother", "father"], 1),
    ({"lives_with": "alone", "parent_reachable": "no"}, [], 0),
]  # fmt: skip


@pytest.mark.parametrize(("more", "parents", "contributors"), FAMILIES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_family_gets_its_own_answer(
    more: dict[str, Any], parents: list[str], contributors: int, language: str
) -> None:
    asked, talk = walk(more, language=language)
    assert talk.result["end"] == "parents_shown"
    assert talk.result["values"] == {"parents": parents, "parent_contributors": contributors}
    assert len(asked) == len(set(asked)) <= 9


def test_married_parents_are_not_asked_who_gives_more() -> None:
    asked, _talk = walk({})
    assert not {"more_support_parent", "higher_income_parent", "support_parent_remarried", "legal_adoption"} & set(
        asked
    )


def test_who_has_more_income_is_asked_only_when_support_is_equal() -> None:
    assert "higher_income_parent" not in walk(APART)[0]
    assert "higher_income_parent" in walk({**APART, "more_support_parent": "equal"})[0]


@pytest.mark.parametrize("reason", ["veteran", "supports_children", "foster_care", "unusual_circumstances"])
def test_a_student_who_needs_no_parent_is_asked_nothing_about_one(reason: str) -> None:
    asked, talk = walk({
        "any_dependency_reason": "yes", reason: "yes", "award_year": "2027-28", "born_before_cutoff": "no",
        "student_marital_status": "never_married",
    })  # fmt: skip
    assert not {"lives_with", "parents_alive", "parents_relationship"} & set(asked)
    assert talk.result["values"] == {"parents": [], "parent_contributors": 0}


def test_a_student_old_enough_needs_no_parent() -> None:
    asked, talk = walk({"any_dependency_reason": "yes", "award_year": "2027-28", "born_before_cutoff": "yes"})
    assert asked == ["any_dependency_reason", "award_year", "born_before_cutoff"]
    assert talk.result["values"]["parents"] == []


def test_a_student_who_says_they_are_married_needs_no_parent() -> None:
    talk = Talk(WhoIsParent())
    talk.open("which parent goes on it")
    talk.say("yes, i'm married")
    assert talk.result["values"]["parents"] == []


def test_what_the_first_message_tells_is_not_asked_again() -> None:
    asked, talk = walk(
        {"support_parent_remarried": "yes"},
        "My parents are divorced. I live with my dad but my mom pays for more. Whose info goes on the FAFSA?",
    )
    assert not {"lives_with", "parents_alive", "parents_relationship", "more_support_parent"} & set(asked)
    assert talk.result["values"]["parents"] == ["mother", "stepfather"]


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("mi abuela me crio, ella va como mi papá en la fafsa?", {}),
        ("vivo con mi abuela y mi papá murió", {"lives_with": "grandparent", "parents_alive": "mother_only"}),
        ("i don't live with my dad", {}),
        ("no vivo con mi mamá", {}),
        ("my parents are divorced, which one?", {}),
        ("my parents never married and i live with my mom",
         {"lives_with": "mother", "parents_relationship": "never_married_apart"}),
        ("my stepdad died", {}),
        ("my mom died and my dad died", {}),
        ("mis papás viven juntos pero no están casados", {"parents_relationship": "unmarried_together"}),
    ],
)  # fmt: skip
def test_the_first_message_is_taken_only_where_it_is_certain(said: str, known: dict[str, Any]) -> None:
    talk = Talk(WhoIsParent())
    talk.open(said)
    assert talk.answers == known


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        ("parents_alive", "mi mamá, mi papá ya murio", "mother_only"),
        ("parents_alive", "my dad passed away when i was 5", "mother_only"),
        ("parents_alive", "yes both", "both"),
        ("parents_alive", "neither, i'm an orphan", "neither"),
        ("parents_relationship", "divorced, they live apart", "divorced_apart"),
        ("parents_relationship", "nunca se casaron y viven aparte", "never_married_apart"),
        ("parents_relationship", "not married but they live together", "unmarried_together"),
        ("parents_relationship", "3", "divorced_apart"),
        ("lives_with", "my grandma", "grandparent"),
        ("lives_with", "con mi mamá y mi padrastro", "mother"),
        ("lives_with", "con amigos", "alone"),
        ("lives_with", "my aunt", "other"),
        ("lives_with", "mom and dad", "both"),
    ],
)
def test_families_are_told_in_ones_own_words(question: str, typed: str, value: str) -> None:
    talk = Talk(WhoIsParent())
    talk.open("which parent")
    talk.answer_until(question, FAMILY)
    talk.say(typed)
    assert talk.answers[question] == value


def test_a_bare_no_to_both_living_asks_which_one_is() -> None:
    talk = Talk(WhoIsParent())
    talk.open("which parent")
    talk.answer_until("parents_alive", FAMILY)
    talk.say("no")
    assert talk.responses[0] == "utter_ambiguous"
    assert talk.asked == "parents_alive"


def test_divorced_alone_is_confirmed_before_it_counts_as_living_apart() -> None:
    talk = Talk(WhoIsParent())
    talk.open("which parent")
    talk.answer_until("parents_relationship", FAMILY)
    talk.say("divorced")
    assert talk.asks["name"] == "confirm_value"
    talk.say("yes")
    assert talk.answers["parents_relationship"] == "divorced_apart"


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [("support_parent_remarried", "she only has a boyfriend", "no"),
     ("support_parent_remarried", "sí, se volvió a casar", "yes"),
     ("parents_filed_jointly", "they file separately", "no"), ("parents_filed_jointly", "juntos", "yes"),
     ("parent_has_ssn", "they only have an ITIN, no ssn", "no"), ("parent_has_ssn", "no tienen papeles", "no"),
     ("legal_adoption", "no, nunca me adoptó", "no"), ("parent_reachable", "sí hablo con ella", "yes"),
     ("parent_reachable", "i can't find them", "no")],
)  # fmt: skip
def test_a_yes_or_no_told_as_a_story_is_understood(question: str, typed: str, value: str) -> None:
    talk = Talk(WhoIsParent())
    talk.open("which parent")
    said = {**FAMILY, **APART, "support_parent_remarried": "yes"}
    said |= {"lives_with": "grandparent"} if question in {"legal_adoption", "parent_reachable"} else {}
    talk.answer_until(question, said)
    talk.say(typed)
    assert talk.answers[question] == value


def test_a_parent_without_a_number_gets_the_way_without_one_in_both_languages() -> None:
    for language, word in (("en", "ITIN"), ("es", "ITIN")):
        _asked, talk = walk({"parent_has_ssn": "no"}, language=language)
        [to_do] = [say for say in talk.last.says if say.response == "utter_parents_to_do"]
        assert word in to_do.params["quoted"]
        assert {"immigration", "migratorio"} & set(to_do.params["quoted"].replace(".", " ").split())
        assert to_do.custom["sources"]


def test_every_rule_that_decided_is_said_with_its_page() -> None:
    _asked, talk = walk(APART)
    [rules] = [say for say in talk.last.says if say.response == "utter_quoted"]
    assert "12 months" in rules.params["quoted"]
    assert all(one["url"].startswith("https://") and one["as_of"] for one in rules.custom["sources"])


@pytest.mark.parametrize("language", ["en", "es"])
def test_who_does_not_know_what_the_parents_are_to_each_other_is_not_given_a_guess(language: str) -> None:
    talk = Talk(WhoIsParent(), language)
    talk.open("which parent")
    talk.answer_until("parents_relationship", FAMILY)
    unsure = "no sé" if language == "es" else "not sure"
    talk.say(unsure)
    assert talk.asked == "parents_relationship"
    talk.say(unsure)
    assert talk.result["values"] == {"parents": None, "parent_contributors": None}
    assert talk.asks["name"] == "offer_person"


def test_not_sure_about_support_goes_by_income_and_says_what_was_assumed() -> None:
    talk = Talk(WhoIsParent())
    talk.open("which parent")
    talk.answer_until("more_support_parent", {**FAMILY, **APART})
    talk.say("not sure")
    talk.say("not sure")
    talk.answer_all(FAMILY)
    assert talk.result["values"]["parents"] == ["father"]
    assert "more_support_parent" in talk.result["assumed"]
    assert "utter_dependency_assumed" in talk.responses


@pytest.mark.parametrize("language", ["en", "es"])
def test_not_sure_to_everything_still_comes_to_an_end(language: str) -> None:
    talk = Talk(WhoIsParent(), language)
    talk.open("which parent")
    for _turn in range(20):
        if talk.last.status == "asking":
            talk.say("no sé" if language == "es" else "not sure")
    assert talk.result["values"]["parents"] is None


def test_another_supporting_parent_brings_the_question_about_marriage_again() -> None:
    talk = Talk(WhoIsParent())
    talk.open("which parent")
    talk.answer_until("parent_has_ssn", {**FAMILY, **APART, "support_parent_remarried": "yes"})
    talk.say("change who pays more to my dad")
    assert talk.asked == "support_parent_remarried"
    talk.answer_all({**FAMILY, **APART})
    assert talk.result["values"]["parents"] == ["father"]


def test_answers_that_cannot_both_be_are_asked_again_kindly() -> None:
    talk = Talk(WhoIsParent())
    talk.open("which parent")
    talk.answer_until("both_parents_dead", {**FAMILY, "lives_with": "grandparent", "legal_adoption": "yes",
                                            "parents_alive": "neither"})  # fmt: skip
    talk.say("no")
    assert talk.responses[0] == "utter_parents_clash"
    assert talk.asked == "parents_alive"


def test_back_and_a_question_in_the_middle_keep_their_place() -> None:
    talk = Talk(WhoIsParent())
    talk.open("which parent")
    talk.answer_until("parents_relationship", FAMILY)
    talk.say("does my stepdad have to pay for college?")
    assert "explain" in talk.last.says[0].custom
    assert talk.asked == "parents_relationship"
    talk.say("back")
    assert talk.asked == "parents_alive"


def test_dependency_answers_from_before_are_not_asked_again() -> None:
    known = {"award_year": "2027-28", "born_before_cutoff": "no", "student_marital_status": "never_married",
             "any_dependency_reason": "no"}  # fmt: skip
    talk = Talk(WhoIsParent(), answers=dict(known))
    talk.open("yes")
    assert talk.asked == "lives_with"


def test_the_phone_gets_no_table_and_the_page_does() -> None:
    for channel, tables in (("sms", 0), ("web", 1)):
        talk = Talk(WhoIsParent(), context={"channel": channel})
        talk.open("which parent")
        talk.answer_all(FAMILY)
        assert len([say for say in talk.last.says if say.custom.get("rows")]) == tables


@pytest.mark.parametrize("text", ["my mom pays more but my dad pays for everything", "hello", ""])
def test_what_tells_nothing_or_two_things_is_not_taken(text: str) -> None:
    assert told("more_support_parent", text) is None


@pytest.mark.parametrize("seed", range(30))
def test_no_way_through_ends_nowhere(seed: int) -> None:
    chance = random.Random(seed)
    talk = Talk(WhoIsParent(), chance.choice(["en", "es"]))
    talk.open(chance.choice(["which parent", "vivo con mi abuela", "my dad died"]))
    said = ["yes", "no", "no sé", "not sure", "skip", "asdf", "2", "back", "why", "my mom", "divorced"]
    for _turn in range(120):
        if talk.last.status != "asking":
            break
        assert talk.asks
        talk.say(chance.choice(said))
    else:
        talk.answer_all(FAMILY)
    assert talk.result["flow"] == "who_is_parent"


def test_not_sure_to_is_that_right_gets_help_and_then_goes_on() -> None:
    talk = Talk(WhoIsParent())
    talk.open("which parent")
    talk.answer_until("parents_relationship", FAMILY)
    talk.say("divorced")
    assert talk.asks["name"] == "confirm_value"
    talk.say("not sure")
    assert talk.responses == ["utter_notsure_parents_relationship", "utter_q_parents_relationship"]
