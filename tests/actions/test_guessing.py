"""An answer from a closed list that no rule reads: the likeliest value is asked back, and never taken by itself."""

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

import actions.words
from actions.flow.guessing import LIKELY, guesser
from actions.flow.words import choices, examples, has_choices
from actions.flows import flow_named
from tests.actions.talk import Talk

SINGLE = {"any_dependency_reason": "no", "student_marital_status": "never_married", "born_before_cutoff": "no"}


def asked(flow: str, name: str, said: Mapping[str, str], language: str = "en") -> Talk:
    wanted = flow_named(flow)
    assert wanted is not None
    talk = Talk(wanted, language)
    talk.open("hello")
    talk.answer_until(name, said)
    return talk


def dead_parents(language: str = "en") -> Talk:
    """Asked by itself whether both parents have died."""
    talk = asked("dependency", "any_dependency_reason", SINGLE, language)
    talk.say("yes" if language == "en" else "sí")
    talk.say("not sure" if language == "en" else "no sé")
    talk.answer_until("both_parents_dead", SINGLE)
    return talk


@pytest.mark.parametrize(
    ("language", "typed", "value"),
    [
        ("en", "cancer took my dad and then mom died too, both gone", "yes"),
        ("en", "thankfully my mother is alive", "no"),
        ("es", "fallecieron los dos, mi papá y mi mamá", "yes"),
        ("es", "nomás murió mi papá, mi mamá vive", "no"),
    ],
)
def test_an_answer_told_in_a_story_is_asked_back(language: str, typed: str, value: str) -> None:
    talk = dead_parents(language)
    talk.say(typed)
    if talk.state.confirm is None:  # a rule reads it by now, which is better still
        assert talk.answers["both_parents_dead"] == value
        return
    assert talk.responses == ["utter_q_confirm_value"]
    assert talk.asks["value"] == value
    assert "both_parents_dead" not in talk.answers


GUESSED = "gracias a dios mi mamá sigue conmigo"


def guessed() -> Talk:
    talk = dead_parents("es")
    talk.say(GUESSED)
    assert talk.state.confirm is not None
    assert talk.state.confirm["problem"] == LIKELY
    assert talk.asks["value"] == "no"
    return talk


def test_a_yes_takes_the_guess() -> None:
    talk = guessed()
    talk.say("sí, así es")
    assert talk.answers["both_parents_dead"] == "no"


def test_a_no_to_the_guess_no_is_not_taken_for_the_answer_no() -> None:
    talk = guessed()
    talk.say("no")
    assert "both_parents_dead" not in talk.answers
    assert talk.asked == "both_parents_dead"


def test_a_yes_that_goes_on_to_say_the_opposite_does_not_take_the_guess() -> None:
    talk = guessed()
    talk.say("sí, los dos fallecieron, mi mamá y mi papá")
    assert talk.answers.get("both_parents_dead") != "no"


def test_the_same_guess_is_not_made_twice() -> None:
    talk = guessed()
    talk.say("no")
    talk.say(GUESSED)
    assert talk.state.confirm is None
    assert talk.asked == "both_parents_dead"
    assert "utter_bad_again" in talk.responses  # a guess counts as a try


def test_a_question_back_is_answered_and_not_guessed() -> None:
    talk = dead_parents()
    talk.say("what if only my dad died?")
    assert talk.state.confirm is None
    assert any("explain" in say.custom for say in talk.last.says)


def test_what_bears_a_question_mark_is_not_guessed() -> None:
    talk = dead_parents("es")
    talk.say(GUESSED + "?")
    assert talk.state.confirm is None


@pytest.mark.parametrize("typed", ["not sure", "i'd have to ask my aunt about that", "lol ok", "tell me a joke"])
def test_what_is_no_answer_is_not_guessed(typed: str) -> None:
    talk = dead_parents()
    talk.say(typed)
    assert talk.state.confirm is None
    assert "both_parents_dead" not in talk.answers


def test_words_near_a_note_are_answered_before_anything_is_guessed() -> None:
    talk = dead_parents("es")
    talk.say(GUESSED, near=0.9)
    assert talk.state.confirm is None
    assert any("explain" in say.custom for say in talk.last.says)


def test_a_guess_is_remembered_with_the_rest_of_the_form() -> None:
    state = guessed().state
    assert type(state).load(state.dump()) == state
    assert state.guessed == ("both_parents_dead=no",)


def _all_examples() -> dict[str, Mapping[str, tuple[str, ...]]]:
    """Those that stand under a name of their own."""
    files = (Path(actions.words.__file__).parent / "examples").glob("*.yml")
    keys = (key for file in files for key, entry in yaml.safe_load(file.read_text()).items() if entry != str(entry))
    return {key: examples(key) for key in keys}


def test_every_example_stands_under_a_value_of_its_question() -> None:
    for key, listed in _all_examples().items():
        if has_choices(key):
            assert listed.keys() <= {choice.value for choice in choices(key)}, key
        elif key != "no_answer":
            assert len(listed) > 1, key


def test_no_example_stands_under_two_values() -> None:
    for key, listed in _all_examples().items():
        said = [text.lower() for texts in listed.values() for text in texts]
        assert len(said) == len(set(said)), (key, [text for text in said if said.count(text) > 1])


def test_the_parents_and_the_student_share_the_examples_of_a_question() -> None:
    for key in ("parent_files_schedule_abdefh", "student_files_schedule_abdefh"):
        assert guesser(key, None) is not None
    assert guesser("a_question_without_examples", None) is None
