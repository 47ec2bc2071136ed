"""What the bot is taught from the notes."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from actions.flow.intents import FLOW_OF_INTENT
from aidline.supervisor.bot_lessons import lessons, write_lessons
from aidline.supervisor.bot_model import model_sources
from aidline.supervisor.sentence_vectors import missing
from knowledge.boundaries import boundaries
from knowledge.library import library

PLAN = yaml.safe_load((Path(__file__).parents[2] / "aidline/supervisor/bot_lessons.yml").read_text(encoding="utf-8"))


def test_the_notes_teach_in_both_languages_that_a_question_is_one() -> None:
    taught = {(one.language, one.subject) for one in lessons() if one.intent == "ask_question"}
    for language in ("en", "es"):
        unclaimed = {note.id for note in library().in_language(language)} - {
            one.subject for one in lessons() if one.flow
        }
        assert {(language, note) for note in unclaimed} <= taught


def test_one_note_does_not_outweigh_another() -> None:
    counts: dict[tuple[str, str], int] = {}
    for one in lessons():
        if one.intent == "ask_question" and one.flow is None and not one.subject.startswith("boundary"):
            counts[one.language, one.subject] = counts.get((one.language, one.subject), 0) + 1
    assert max(counts.values()) == PLAN["questions_of_a_note"]


def test_a_question_about_ones_own_case_is_left_to_the_flow_that_works_it_out() -> None:
    mine = [one for one in lessons() if one.flow == "start_dependency" and one.text.casefold().startswith("am i ")]
    assert mine
    assert {one.intent for one in mine} == {None}


def test_a_general_question_of_the_same_notes_is_taught_as_a_question() -> None:
    general = [one.text for one in lessons() if one.flow and one.intent == "ask_question"]
    assert len(general) > 100
    assert any(text.casefold().startswith("what is ") for text in general)
    assert [text for text in general if " my " in f" {text.casefold()} "] == []


def test_no_date_of_a_state_is_taught_as_a_general_question() -> None:
    assert {one.intent for one in lessons() if one.subject.startswith("state-deadline-")} == {None}


def test_the_plan_names_only_notes_subjects_boundaries_and_wishes_that_there_are() -> None:
    notes, topics = {note.id for note in library()}, {note.topic for note in library()}
    for flow, its in PLAN["flows"].items():
        assert flow in FLOW_OF_INTENT
        assert set(its["notes"]) <= notes, flow
        assert set(its["topics"]) <= topics, flow
    names = {one.name for one in boundaries()} | {one.kind for one in boundaries()}
    assert set(PLAN["boundaries"]) <= names
    assert {one.kind for one in boundaries()} <= set(PLAN["boundaries"])


def test_a_training_finds_nearly_all_that_it_encodes_already_kept() -> None:
    assert len(missing()) <= 500, "Run `uv run python -m aidline.supervisor.sentence_vectors` and commit what it wrote."


def test_the_file_for_the_bot_holds_every_lesson(tmp_path: Path) -> None:
    write_lessons(tmp_path / "lessons.json")
    written = json.loads((tmp_path / "lessons.json").read_text(encoding="utf-8"))
    assert [(one["text"], one["subject"], one["intent"]) for one in written] == [
        (one.text, one.subject, one.intent) for one in lessons()
    ]


def test_the_bot_is_trained_again_when_the_notes_are_asked_something_new() -> None:
    names = {path.as_posix() for path in model_sources()}
    for part in (
        "knowledge/articles/en/pell-grant.md",
        "knowledge/boundaries/examples.yml",
        "supervisor/bot_lessons.yml",
    ):
        assert any(name.endswith(part) for name in names), part
