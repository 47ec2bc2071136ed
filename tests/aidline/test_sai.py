"""The federal formula at the command line."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aidline.cli import main

VECTORS = Path(__file__).parents[1] / "knowledge" / "sai" / "vectors"
BOTH = [str(VECTORS / "2024-25.csv"), str(VECTORS / "2025-26.csv")]
ALONE = [
    "award_year=2026-27", "dependency=independent", "student_marital_status=never_married", "family_size=1",
    "student_filer_class=us_filer", "student_agi=38420", "student_earned_income=38420", "student_income_tax_paid=2626",
]  # fmt: skip


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["sai", *words], input=typed)


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A file whose one record has another income protection allowance than the tables."""
    with (VECTORS / "2025-26.csv").open(newline="", encoding="utf-8") as file:
        row = next(csv.DictReader(file))
    path = tmp_path / "wrong.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow({**row, "official_student_ipa": "1"})
    return path


def test_the_official_records_are_met_and_the_report_says_so() -> None:
    result = run("check", "--json", *BOTH)
    report = json.loads(result.output)
    assert result.exit_code == 0
    assert report["holds"]
    assert all(goal["holds"] and goal["value"] == goal["limit"] > 0 for goal in report["goals"])
    assert report["files"] == BOTH
    assert len(report["rows"]) == report["counts"]["rows"] == 446
    assert report["versions"]["aidline"]
    assert report["seconds"] > 0


def test_the_comparison_can_be_read_by_year_formula_and_line() -> None:
    result = run("check", *BOTH)
    assert result.exit_code == 0
    assert "2025-26, formula A: records that agree, by line" in result.output
    assert "433 of 433 reproducible records that agree on every line and the index" in result.output
    assert "2425-0080 (defective record): ED defect announced 2024-03-22" in result.output
    assert "    sai: ours 27330, theirs 21080" in result.output
    assert "✓ Everything that can be reproduced is." in result.output


def test_a_disagreement_is_shown_with_ours_and_theirs_and_fails(wrong: Path) -> None:
    shown = run("check", str(wrong))
    assert shown.exit_code == 1
    assert "student_ipa: ours 17890, theirs 1" in shown.output
    assert "✗ The formula and the records disagree." in shown.output
    report = json.loads(run("check", "--json", str(wrong)).output)
    assert report["rows"][0]["differing"] == [{"line": "student_ipa", "official": "1", "computed": "17890"}]
    assert [goal["holds"] for goal in report["goals"]] == [False, True, True]


def test_a_file_that_cannot_be_read_is_told_by_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    path.write_text((VECTORS / "2025-26.csv").read_text(encoding="utf-8").replace(",us_filer,", ",maybe,", 1))
    result = run("check", str(path))
    assert result.exit_code == 1
    assert "broken.csv:2, column 'student_filer_class': 'maybe' is not one of us_filer" in result.output


def test_one_family_s_worksheet_shows_each_line_its_rule_and_what_was_taken_for_granted() -> None:
    result = run("estimate", *ALONE)
    assert result.exit_code == 0
    assert "Student Aid Index (SAI): 7,273" in result.output
    assert "Student's income protection allowance: $18,310\n    Set by law for living costs" in result.output
    assert "student_cash_savings=0" in result.output
    assert "Índice de Ayuda Estudiantil (SAI): 7,273" in run("estimate", *ALONE, "--lang", "es").output


def test_a_worksheet_comes_as_json_from_json() -> None:
    answers = dict(pair.split("=") for pair in ALONE)
    result = run("estimate", "--json", typed=json.dumps(answers))
    report = json.loads(result.output)
    assert result.exit_code == 0
    assert report["values"]["sai"] == 7_273
    lines = {line["key"]: line for line in report["worksheet"]}
    assert lines["student_ipa"]["value"] == 18_310
    assert lines["student_ipa"]["source_url"].startswith("https://")
    assert report["assumed"]["student_investments"] == 0
    assert not set(answers) & set(report["assumed"])


def test_a_file_of_answers_can_be_changed_at_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "alone.json"
    path.write_text(json.dumps(dict(pair.split("=") for pair in ALONE)), encoding="utf-8")
    more = json.loads(run("estimate", "--json", str(path), "student_agi=48420").output)
    assert more["values"]["sai"] == 12_273


def test_a_quick_estimate_assumes_what_the_chat_assumes() -> None:
    report = json.loads(run("estimate", "--json", "depth=quick", *ALONE[:-2]).output)
    assert report["assumed"]["student_earned_income"] == "38420"
    assert report["assumed"]["student_income_tax_paid"] == 0


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (["studnt_agi=5"], "", "studnt_agi is not the name of a question; did you mean student_agi"),
        (["family_size=four"], "", "family_size is 'four'; allowed: a whole number from 1 to 99."),
        (["dependency=dependent"], "", "parent_marital_status is missing; needed:"),
        ([], "[1, 2]", "- holds no object. Give an object of canonical answers"),
        ([], "{", "- cannot be read as JSON"),
        (["nowhere.json"], "", "nowhere.json cannot be read as JSON"),
    ],
)
def test_answers_that_give_no_estimate_are_told_by_name(words: list[str], typed: str, said: str) -> None:
    result = run("estimate", *words, typed=typed)
    assert result.exit_code == 1
    assert f"✗ {said}" in result.output
