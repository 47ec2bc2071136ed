"""The formula against the Department's own test records."""

import csv
from pathlib import Path

import pytest

from knowledge.errors import VectorFileError
from knowledge.sai.vectors import Report, check

VECTORS = Path(__file__).parent / "vectors"
FILES = {"2024-25": 52, "2025-26": 394}


@pytest.fixture(scope="module", params=FILES)
def report(request: pytest.FixtureRequest) -> Report:
    return check(VECTORS / f"{request.param}.csv")


def test_every_reproducible_record_agrees_on_every_official_line_and_the_index(report: Report) -> None:
    differing = {row.case_id: row.lines for row in report.rows if row.reproducible and row.lines}
    assert differing == {}


def test_every_record_agrees_on_both_pell_indicators(report: Report) -> None:
    differing = {row.case_id: row.indicators for row in report.rows if row.indicators}
    assert differing == {}


def test_every_index_is_what_the_published_formula_gives(report: Report) -> None:
    assert [row.case_id for row in report.rows if not row.correct] == []


def test_no_record_is_left_out_of_the_comparison(report: Report) -> None:
    counts = report.counts()
    assert counts["rows"] == FILES[report.rows[0].award_year]
    assert counts["values_compared"] > 15 * counts["rows"]
    assert report.holds


def test_the_defect_of_the_2024_25_processor_is_not_copied() -> None:
    rows = {row.case_id: row for row in check(VECTORS / "2024-25.csv").rows}
    assert rows["2425-0080"].sai == 27330
    assert [difference.official for difference in rows["2425-0080"].lines] == ["21080"]


def test_a_record_that_disagrees_is_reported_with_both_values(tmp_path: Path) -> None:
    path = tmp_path / "changed.csv"
    with (VECTORS / "2025-26.csv").open(newline="", encoding="utf-8") as file:
        rows = [next(csv.DictReader(file))]
    rows[0]["official_student_ipa"] = "1"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    report = check(path)
    assert not report.holds
    [difference] = report.rows[0].lines
    assert (difference.line, difference.official, difference.computed) == ("student_ipa", "1", "17890")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("case_id,award_year\nx,2025-26\n", r":2 has no column 'dependency'"),
        ("case_id,dependency\nx,sometimes\n", r":2 is not in the format \(dependency is 'sometimes'\)"),
    ],
)
def test_a_file_in_another_format_is_refused_by_line(tmp_path: Path, content: str, place: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(VectorFileError, match=place):
        check(path)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(VectorFileError, match=r"nowhere\.csv cannot be read"):
        check(Path("nowhere.csv"))
