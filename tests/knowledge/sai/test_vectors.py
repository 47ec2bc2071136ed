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
    report = check(written(tmp_path / "changed.csv", first_row(official_student_ipa="1")))
    assert not report.holds
    [difference] = report.rows[0].lines
    assert (difference.line, difference.official, difference.computed) == ("student_ipa", "1", "17890")


def first_row(**changes: str) -> dict[str, str]:
    with (VECTORS / "2025-26.csv").open(newline="", encoding="utf-8") as file:
        return {**next(csv.DictReader(file)), **changes}


def written(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"parent_agi": "41,850"}, "column 'parent_agi': '41,850' is not a whole number"),
        ({"student_agi": "12.5"}, "column 'student_agi': '12.5' is not a whole number"),
        ({"dependency": "sometimes"}, "column 'dependency': 'sometimes' is not one of dependent, independent"),
        ({"parent_filer_class": "yes"}, "column 'parent_filer_class': 'yes' is not one of us_filer"),
        ({"family_size": "0"}, "column 'family_size': '0' is not a whole number from 1"),
        ({"award_year": "2031-32"}, "column 'award_year': '2031-32' is not one of 2024-25, 2025-26"),
        ({"reproducible": "maybe"}, "column 'reproducible': 'maybe' is not one of true, false"),
        ({"correct_sai": "high"}, "column 'correct_sai': 'high' is not a whole number"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_by_line_and_column(
    tmp_path: Path, changes: dict[str, str], message: str
) -> None:
    path = written(tmp_path / "other.csv", first_row(), first_row(**changes))
    with pytest.raises(VectorFileError, match=f":3, {message}") as raised:
        check(path)
    assert (raised.value.line, raised.value.column) == (3, next(iter(changes)))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"other\.csv:1: has no header"),
        ("case_id,award_year\nx,2025-26\n", r"other\.csv:1, column 'dependency': this column is missing"),
    ],
)
def test_a_file_in_another_format_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "other.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(VectorFileError, match=message):
        check(path)


def test_a_row_of_another_length_is_named_by_line(tmp_path: Path) -> None:
    path = written(tmp_path / "other.csv", first_row())
    with path.open("a", encoding="utf-8") as file:
        file.write("2526-9999,2025-26\n")
    with pytest.raises(VectorFileError, match=r":3: has 2 cells, the header has \d+"):
        check(path)


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "other.csv", first_row())
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("case_id,", "case_id,case_id,", 1), encoding="utf-8")
    with pytest.raises(VectorFileError, match="column 'case_id': this column stands twice"):
        check(path)


def test_a_file_saved_by_a_spreadsheet_is_read_all_the_same(tmp_path: Path) -> None:
    path = written(tmp_path / "other.csv", first_row())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert check(path).holds


def test_agreement_is_told_by_year_formula_and_line(report: Report) -> None:
    agreement = report.agreement()
    assert {one.formula for one in agreement} == {"A", "B", "C"}
    by_line = {(one.formula, one.line): one for one in agreement}
    assert by_line["A", "parent_ipa"].agreeing == by_line["A", "parent_ipa"].compared > 0
    assert sum(one.compared for one in agreement if one.line == "max_pell_indicator") == len(report.rows)


def test_both_files_can_be_checked_at_once() -> None:
    assert len(check(*(VECTORS / f"{year}.csv" for year in FILES)).rows) == sum(FILES.values())


def test_a_missing_file_is_named() -> None:
    with pytest.raises(VectorFileError, match=r"nowhere\.csv: cannot be read"):
        check(Path("nowhere.csv"))
