"""The worksheet: every line of the calculation with its name, rule and source, so that it can be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from knowledge.award_years.model import AwardYear, IncomeProtection, Section
from knowledge.sai.inputs import Formula


@dataclass(frozen=True, slots=True)
class Line:
    """One worksheet line. `value` is whole dollars, or None when the line does not apply to this family.

    `key` is the name of the line in ED's records, such as "parent_ipa"; `source_url` is None when the
    source has no stable address.
    """

    key: str
    name_en: str
    label_es: str
    value: int | None
    rule_en: str
    rule_es: str
    source_name: str
    source_url: str | None


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The lines in the order they were worked out."""

    lines: tuple[Line, ...]

    def value(self, key: str) -> int | None:
        """The value of a line, None when it does not apply or there is no such line."""
        return next((line.value for line in self.lines if line.key == key), None)


def worksheet(values: Mapping[str, int | None], year: AwardYear, formula: Formula) -> Worksheet:
    """The worksheet of `values`, whole dollars by line key, in their order."""
    lines = []
    for key, value in values.items():
        who, name = _split(key)
        text, figures = _texts()["lines"][name], _figures(year, formula, who)
        owner = _texts()["who"].get(who)
        source = _section(year, text["section"], formula, who).source[0]
        lines.append(
            Line(
                key=key,
                name_en=f"{owner['en']}: {text['en']}" if owner else text["en"],
                label_es=f"{owner['es']}: {text['es']}" if owner else text["es"],
                value=value,
                rule_en=text.get(f"rule_en_{formula}", text["rule_en"]).format_map(figures),
                rule_es=text.get(f"rule_es_{formula}", text["rule_es"]).format_map(figures),
                source_name=source.name,
                source_url=source.url,
            )
        )
    return Worksheet(tuple(lines))


@cache
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    content = yaml.safe_load((Path(__file__).parent / "lines.yml").read_text(encoding="utf-8"))
    return {"who": content["who"], "lines": content["lines"]}


def _split(key: str) -> tuple[str, str]:
    """("parent", "ipa") for "parent_ipa"; ("", "sai") for the lines that belong to nobody."""
    who, _, name = key.partition("_")
    return (who, name) if who in _texts()["who"] else ("", key)


def _percent(rate: Decimal) -> str:
    """1.45% for the decimal 0.0145."""
    return f"{(rate * 100).normalize():f}%"


def _figures(year: AwardYear, formula: Formula, who: str) -> dict[str, str]:
    """The figures of the year that the rule of a line may mention."""
    assets, income = year.asset_contribution, year.income_assessment
    asset_rates = {
        ("A", "parent"): assets.parents_of_dependent_student_rate,
        ("A", "student"): assets.dependent_student_rate,
        ("B", "student"): assets.independent_without_dependents_rate,
        ("C", "student"): assets.independent_with_dependents_rate,
    }
    income_rate = income.dependent_student_rate if formula == "A" else income.independent_without_dependents_rate
    brackets = year.assessment_of_adjusted_available_income.brackets
    work = year.employment_expense_allowance
    return {
        "income_tax_year": str(year.income_tax_year),
        "medicare_rate": _percent(year.payroll_tax_allowance.medicare_rate),
        "oasdi_rate": _percent(year.payroll_tax_allowance.oasdi_rate),
        "employment_rate": _percent(work.rate_of_combined_earned_income),
        "employment_maximum": f"{work.maximum:,}",
        "income_rate": _percent(income_rate),
        "income_floor": f"{income.dependent_student_minimum:,}",
        "asset_rate": _percent(asset_rates.get((formula, who), Decimal(0))),
        "lowest_rate": _percent(brackets[0].rate),
        "highest_rate": _percent(brackets[-1].rate),
        "sai_minimum": f"{year.student_aid_index.minimum:,}",
        "sai_maximum": f"{year.student_aid_index.maximum:,}",
        "sai_nonfiler": f"{year.student_aid_index.max_pell_nonfiler:,}",
    }


def _section(year: AwardYear, name: str, formula: Formula, who: str) -> Section:
    found: Section | IncomeProtection = getattr(year, name)
    if isinstance(found, Section):
        return found
    if who == "parent":
        return found.parents_of_dependent_student
    of_the_student: dict[Formula, Section] = {
        "A": found.dependent_student,
        "B": found.independent_without_dependents,
        "C": found.independent_with_dependents_unmarried,
    }
    return of_the_student[formula]
