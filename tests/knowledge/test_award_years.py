"""The statutory tables."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

import knowledge.award_years
from knowledge.award_years import available, load, read, year_to_file_for
from knowledge.award_years.rate import Rate
from knowledge.errors import AwardYearDataError, UnknownAwardYearError

FOLDER = Path(knowledge.award_years.__file__).parent


def raw(year: str) -> dict[str, Any]:
    return yaml.safe_load((FOLDER / f"{year}.yml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 11, 21), "2027-28"),
        (date(2026, 10, 1), "2027-28"),
        (date(2026, 9, 30), "2026-27"),
        (date(2024, 10, 15), "2024-25"),
        (date(2024, 11, 21), "2025-26"),
        (date(2020, 1, 1), "2024-25"),
    ],
)
def test_a_person_is_taken_to_file_for_the_year_whose_form_is_open(today: date, year: str) -> None:
    assert year_to_file_for(today) == year


@pytest.mark.parametrize("year", available())
def test_the_dates_of_a_year_belong_together(year: str) -> None:
    tables = load(year)
    start = tables.award_year_start
    assert tables.award_year == year == f"{start.year}-{(start.year + 1) % 100}"
    assert tables.income_tax_year == start.year - 2
    assert tables.fafsa_form.federal_deadline == tables.award_year_end
    # Turning 24 by 31 December of the year the award year starts.
    assert tables.dependency.born_before == date(start.year - 23, 1, 1)
    assert tables.dependency.homeless_on_or_after == date(start.year - 1, 7, 1)


@pytest.mark.parametrize("year", available())
def test_the_income_protection_tables_follow_from_the_law_and_prices(year: str) -> None:
    derivation = raw(year)["derivation_check"]
    numbers = re.findall(r"[\d.]+", derivation["cpi_factor"].split("(")[0])
    factor = Decimal(numbers[0]) / Decimal(numbers[1]) if len(numbers) > 1 else Decimal(numbers[0])
    tables = load(year).income_protection_allowance

    def indexed(base: int) -> int:
        return int((base * factor / 10).to_integral_value(rounding=ROUND_HALF_UP)) * 10

    for bases, table in (
        (derivation["statutory_base"]["parents"], tables.parents_of_dependent_student),
        (
            derivation["statutory_base"]["unmarried_with_dependents"],
            tables.independent_with_dependents_unmarried,
        ),
        (derivation["statutory_base"]["married_with_dependents"], tables.independent_with_dependents_married),
    ):
        expected = {size: indexed(base) for size, base in bases.items() if size != "additional"}
        assert table.by_family_size == expected
        assert table.each_additional_member == indexed(bases["additional"])


@pytest.mark.parametrize("year", available())
def test_the_assessment_schedule_has_no_gap(year: str) -> None:
    brackets = load(year).assessment_of_adjusted_available_income.brackets
    for lower, upper in pairwise(brackets):
        assert lower.up_to == upper.of_amount_over
        assert upper.base == lower.base + lower.rate * (lower.up_to - lower.of_amount_over)


@pytest.mark.parametrize("year", available())
def test_every_section_says_where_it_was_read(year: str) -> None:
    def sections(content: dict[str, Any]) -> list[dict[str, Any]]:
        inner = [s for value in content.values() if isinstance(value, dict) for s in sections(value)]
        return inner + ([content] if "confidence" in content else [])

    found = sections(raw(year))
    assert len(found) >= 20
    for section in found:
        assert section["source"]
        for source in section["source"]:
            assert source["url"] is None or source["url"].startswith("https://")


def test_an_unknown_year_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownAwardYearError, match="Choose one of 2024-25, 2025-26, 2026-27, 2027-28"):
        load("2019-20")


def test_a_table_without_its_source_is_refused_by_place(tmp_path: Path) -> None:
    content = raw("2026-27")
    content["pell"]["award_amounts"]["source"] = []
    path = tmp_path / "2026-27.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(AwardYearDataError, match=r"pell\.award_amounts\.source"):
        read(path)


@pytest.mark.parametrize("rate", ["a tenth", True, None])
def test_a_rate_that_is_no_number_is_refused_by_place(tmp_path: Path, rate: object) -> None:
    content = raw("2026-27")
    content["payroll_tax_allowance"]["oasdi_rate"] = rate
    path = tmp_path / "2026-27.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(AwardYearDataError, match=r"payroll_tax_allowance\.oasdi_rate: .*is not a rate such as 0\.0145"):
        read(path)


@pytest.mark.parametrize(
    ("written", "shown"), [("0.0145", "1.45%"), ("0.50", "50%"), ("1.00", "100%"), ("0.062", "6.2%")]
)
def test_a_rate_is_shown_as_a_percentage(written: str, shown: str) -> None:
    assert Rate(written).percent == shown
