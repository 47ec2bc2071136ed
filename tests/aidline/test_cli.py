from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aidline.cli import main
from aidline.settings import Settings
from aidline.storage.accounts import verify
from aidline.storage.sql import make_engine, session_factory


@pytest.fixture
def run(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("AIDLINE_DATA_DIR", str(data_dir))

    def invoke(*words: str, typed: str = "") -> Result:
        return CliRunner().invoke(main, words, input=typed)

    return invoke


def test_help_names_every_command_and_what_it_does(run: Callable[..., Result]) -> None:
    shown = run("--help").output
    for command in ("up", "doctor", "ask", "knowledge", "eval", "sai", "records", "staff"):
        assert f"\n  {command} " in shown


def test_help_is_quick_because_nothing_heavy_is_loaded() -> None:
    script = (
        "import sys; from click.testing import CliRunner; from aidline.cli import main;"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0;"
        "print(sorted({'pydantic', 'sqlalchemy', 'redis', 'llama_cpp', 'numpy'} & set(sys.modules)))"
    )
    seen = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[]"


def test_a_staff_account_can_be_added_and_signs_in(run: Callable[..., Result], settings: Settings) -> None:
    result = run("staff", "add-user", "Ana", "--password-stdin", typed="violet tractor seven\n")
    assert result.exit_code == 0, result.output
    assert "✓ ana can sign in at http://127.0.0.1:8000/staff" in result.output
    engine = make_engine(settings.database)
    with session_factory(engine)() as session:
        assert verify(session, "ana", "violet tractor seven")
    engine.dispose()


def test_the_password_is_asked_for_twice_and_not_shown(run: Callable[..., Result]) -> None:
    result = run("staff", "add-user", "ana", typed="violet tractor seven\nviolet tractor seven\n")
    assert result.exit_code == 0, result.output
    assert "violet" not in result.output
    different = run("staff", "add-user", "eva", typed="violet tractor seven\nviolet tractor eight\n")
    assert different.exit_code != 0


def test_what_is_wrong_is_one_line_with_the_remedy_and_no_traceback(run: Callable[..., Result]) -> None:
    result = run("staff", "add-user", "ana", "--password-stdin", typed="short\n")
    assert result.exit_code == 1
    assert result.output.startswith("✗ The password has 5 characters. Use 12 or more")
    assert result.output.count("\n") == 1


def test_a_wrong_setting_is_named(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIDLINE_WEB_PORT", "many")
    result = run("doctor")
    assert result.exit_code == 1
    assert "AIDLINE_WEB_PORT" in result.output
    assert "Traceback" not in result.output


def test_an_error_of_knowledge_is_one_line_too(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AIDLINE_LLAMA_MODEL", str(tmp_path / "x.gguf"))
    result = run("ask", "What is the FAFSA?")
    assert result.exit_code == 1
    assert "SHA-256" in result.output
    assert result.output.count("\n") == 1


def test_doctor_says_what_does_not_run_and_how_to_start_it(run: Callable[..., Result]) -> None:
    result = run("doctor")
    assert result.exit_code == 1
    assert "✗  Redis: Redis does not answer. Start Aidline: `uv run aidline up`." in result.output
    assert "ok Twilio: phone simulator" in result.output


def test_doctor_reports_the_same_as_json(run: Callable[..., Result]) -> None:
    result = run("doctor", "--json")
    report = json.loads(result.output)
    assert result.exit_code == 1
    assert report["ok"] is False
    redis = next(check for check in report["checks"] if check["name"] == "Redis")
    assert (redis["ok"], bool(redis["remedy"])) == (False, True)


def test_a_question_about_something_else_is_answered_honestly_and_with_who_knows(run: Callable[..., Result]) -> None:
    result = run("ask", "Which team will win the cup next summer?", "--json")
    report = json.loads(result.output)
    assert result.exit_code == 0
    assert report["kind"] in {"declined", "unknown"}
    assert report["mode"] == "fixed"
    assert report["language"] == "en"
    assert set(report) >= {"question", "text", "citations", "mode", "seconds", "versions"}


def test_a_question_about_the_fafsa_is_answered_with_its_source(run: Callable[..., Result]) -> None:
    result = run("ask", "¿Qué es la FAFSA?", "--lang", "es")
    assert result.exit_code == 0
    assert "FAFSA" in result.output
    assert "Fuente: " in result.output
    assert "https://" in result.output


def test_the_notes_can_be_checked_and_the_reviews_that_wait_are_listed_on_request(run: Callable[..., Result]) -> None:
    short, long = run("knowledge", "check"), run("knowledge", "check", "--reviews")
    assert "wait for a review" in short.output
    assert "not confirmed by two sources" not in short.output
    assert "not confirmed by two sources" in long.output
    report = json.loads(run("knowledge", "check", "--json").output)
    # The day will come when notes expire; nothing else may be wrong with them.
    assert set(report["counts"]) <= {"review", "expired"}
    assert report["goals"][0]["holds"] is ("expired" not in report["counts"])


def test_a_schools_own_note_is_checked_with_ours(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "hours.md").write_text(
        "---\nid: hours\ntitle: Our hours\ntopic: us\nlanguage: en\nowner: us\nas_of: 2025-01-01\n"
        "review_by: 2025-06-01\nquestions: [when are you open]\nshort: We are open at nine.\nshort_source: us\n"
        "sources: [{id: us, title: Us, url: 'https://aid.example.edu/x', as_of: 2025-01-01, confidence: confirmed}]\n"
        "---\n- We close at five. [us]\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("AIDLINE_NOTES_DIR", str(tmp_path))
    result = run("knowledge", "check")
    assert result.exit_code == 1
    for found in ("expired", "untranslated"):
        assert f"{found:<14} en/hours" in result.output


def test_the_schema_of_a_note_names_what_a_note_must_have(run: Callable[..., Result]) -> None:
    schema = json.loads(run("knowledge", "schema").output)
    assert {"id", "short", "sources", "review_by"} <= set(schema["required"])


def test_a_file_of_questions_is_scored_and_fails_with_its_goals(run: Callable[..., Result], tmp_path: Path) -> None:
    asked = {"lang": "en", "kind": "in_scope", "topic": "pell"}
    questions = [
        {**asked, "id": "q1", "text": "how much is the pell grant", "must_include": ["7,395"]},
        {**asked, "id": "q2", "text": "is the fafsa free", "must_include": ["a phrase that nobody says"]},
    ]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in questions), encoding="utf-8")
    result = run("eval", "questions", str(path), "--json")
    report = json.loads(result.output[result.output.index("{") :])
    assert result.exit_code == 1
    assert report["counts"] == {"in_scope": {"asked": 2, "met": 1}}
    item = report["items"][0]
    assert (item["id"], item["met"], item["note"]) == ("q1", True, "pell-grant")
    assert item["citations"][0].startswith("https://")
    assert item["unsupported"] == []
