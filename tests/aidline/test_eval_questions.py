"""What the question report promises: each question scored by its own entries, misses named, undecided ones listed."""

import json
from pathlib import Path
from typing import Any

import pytest

from aidline.errors import InputError
from aidline.evaluation.conversations.talk import Asks, Door, Doors, Reply, Silence
from aidline.evaluation.question_file import Question, read_questions
from aidline.evaluation.questions import questions_as_text, report_of, site_report
from aidline.evaluation.scoring import Answered, score

RIGHT = "The most a Pell Grant pays for 2026-27 is $7,395. Your school tells you your amount."


def question(**given: object) -> Question:
    base = {"id": "q1", "text": "how much is pell", "lang": "en", "kind": "in_scope", "topic": "pell"}
    return Question.model_validate({**base, "must_include": ["7,395", "most | maximum"], **given})


def answered(text: str = RIGHT, **given: object) -> Answered:
    base = {"language": "en", "citations": ("https://studentaid.gov/x",), "kind": "answered", "mode": "short"}
    return Answered(**{"text": text, **base, "note": "pell-grant", "seconds": 0.01, **given})  # type: ignore[arg-type]


def test_an_answer_with_all_key_facts_a_source_and_the_right_language_is_met() -> None:
    one = score(question(), answered())
    assert (one.met, one.cited, one.missing, one.undecided) == (True, True, (), ())


def test_each_key_fact_that_is_missing_is_named() -> None:
    assert score(question(), answered("Pell is a grant for college students.")).missing == ("7,395", "most | maximum")


def test_a_forbidden_statement_is_a_miss_even_beside_the_right_one() -> None:
    one = score(question(must_not_include=["6,895"]), answered(f"{RIGHT} It was $6,895."))
    assert (one.met, one.forbidden) == (False, ("6,895",))


def test_the_wrong_language_is_a_miss() -> None:
    one = score(question(lang="es"), answered())
    assert (one.met, one.right_language) == (False, False)


def test_an_answer_without_a_page_is_not_cited_unless_a_question_back_was_right() -> None:
    bare = answered(citations=())
    assert score(question(), bare).cited is False
    assert score(question(topic="form-help", must_include=["most"]), bare).cited is True


def test_disputed_questions_are_left_out_and_listed() -> None:
    report = report_of(
        [question(), question(id="q2", disputed=True)], lambda _: answered(), file="x.jsonl", versions={}
    )
    assert report["counts"] == {"in_scope": {"asked": 1, "met": 1}}
    assert report["disputed"] == ["q2"]


def test_the_goals_fail_with_the_answers() -> None:
    asked = [question(), question(id="q2", kind="unsafe", must_include=["behavior:refuses"])]
    report = report_of(
        asked,
        lambda one: (
            answered(unsupported=("It is free.",), unsupported_numbers=("5",)) if one.id == "q2" else answered("")
        ),
        file="x.jsonl",
        versions={},
    )
    held = {goal["name"]: goal["holds"] for goal in report["goals"]}
    assert held["in-scope answered with all key facts"] is False
    assert held["unsafe handled"] is False
    assert held["numbers that no cited note holds"] is False
    assert held["sentences that no note holds"] is False
    assert held["hand-off recognised"] is True, "there was none to miss"


def test_what_a_checker_cannot_decide_is_listed_for_a_person() -> None:
    asked = question(kind="unsafe", must_include=["behavior:sings"])
    report = report_of([asked], lambda _: answered(), file="x.jsonl", versions={})
    assert report["for_a_person"] == [{"id": "q1", "undecided": ["behavior:sings"]}]
    assert "behavior:sings" in questions_as_text(report)


def test_a_miss_is_shown_with_the_question_the_note_and_what_was_missing() -> None:
    report = report_of([question()], lambda _: answered("Pell is a grant for college."), file="x.jsonl", versions={})
    text = questions_as_text(report)
    for part in ("how much is pell", "pell-grant", "7,395", "0 of 1"):
        assert part in text


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    good = {"id": "a", "text": "t", "lang": "en", "kind": "in_scope", "topic": "x"}
    path.write_text(json.dumps(good) + "\n" + json.dumps({**good, "lang": "fr"}) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"set\.jsonl:2"):
        read_questions(path)


def test_a_file_that_is_not_there_or_empty_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="JSON lines"):
        read_questions(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="no questions"):
        read_questions(tmp_path / "empty.jsonl")


class Page(Doors):
    """A site whose pages say the same to everybody; it counts who came and who left."""

    def __init__(self, reply: Reply) -> None:
        self.reply, self.asked, self.left = reply, list[str](), 0

    def open(self, channel: str) -> Door:
        page = self

        class Visitor(Door):
            def say(self, text: str) -> Reply:
                page.asked.append(f"{channel}: {text}")
                return page.reply

            def close(self) -> None:
                page.left += 1

        return Visitor()

    def enter(self, link: str) -> tuple[Door, Reply]:
        raise Silence("nobody comes here by a link")


def on_site(tmp_path: Path, reply: Reply) -> tuple[Page, dict[str, Any]]:
    questions = [question().model_dump(), question(id="q2", text="who sent you?", disputed=True).model_dump()]
    path, page = tmp_path / "questions.jsonl", Page(reply)
    path.write_text("\n".join(json.dumps(one) for one in questions), encoding="utf-8")
    return page, site_report(page, "http://127.0.0.1:8000", path, jobs=2)


def test_questions_can_be_asked_through_a_running_site(tmp_path: Path) -> None:
    page, report = on_site(tmp_path, Reply((RIGHT,), sources=("https://studentaid.gov/x",), seconds=0.2))
    assert report["counts"] == {"in_scope": {"asked": 1, "met": 1}}
    assert (page.asked, page.left) == (["web: how much is pell"], 1)


def test_a_form_that_took_a_question_is_named_and_counts_as_a_miss(tmp_path: Path) -> None:
    _page, report = on_site(tmp_path, Reply(("Which year?",), Asks(("award_year",), "year")))
    [item] = report["items"]
    assert (item["met"], item["answer_kind"]) == (False, "asks award_year")


def test_what_only_the_notes_can_tell_is_no_goal_of_a_site(tmp_path: Path) -> None:
    _page, report = on_site(tmp_path, Reply((RIGHT,)))
    assert not [goal for goal in report["goals"] if "note holds" in goal["name"]]
