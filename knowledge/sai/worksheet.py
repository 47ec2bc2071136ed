"""The worksheet: every line of the calculation with its name, rule, meaning and source, so that it can be shown."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge.award_years.model import AwardYear, Section
from knowledge.sai import pell
from knowledge.sai.inputs import EstimateInputs

Unit = Literal["usd", "index", "percent"]
_OF_THE_STUDENT = frozenset({"student", "students", "own", "estudiante", "propio", "propia", "propios"})


@dataclass(frozen=True, slots=True)
class Line:
    """One worksheet line.

    `key` is the name of the line in the Department's records, such as "parent_ipa", where they have it. `value`
    is whole dollars, an index, or a whole percent by `unit`. `part` lines only break down another one. `rule` is
    the law's rule in one sentence, `explain` what the line means for this family. `source_url` is None without a
    stable address.
    """

    key: str
    name_en: str
    name_es: str
    value: int
    unit: Unit
    part: bool
    rule_en: str
    rule_es: str
    explain_en: str
    explain_es: str
    source_name: str
    source_url: str | None
    confidence: str

    @property
    def amount(self) -> str:
        """The value as people read it: $41,850, -$1,200, 75%, or -1,500 for an index."""
        return amount(self.value, self.unit)

    def as_dict(self) -> dict[str, object]:
        """Plain data for a JSON report."""
        return {**asdict(self), "amount": self.amount}


@dataclass(frozen=True)
class Worksheet:
    """The lines of one calculation in the order they were worked out. `values` are whole numbers by line key."""

    values: Mapping[str, int]
    inputs: EstimateInputs
    year: AwardYear

    def value(self, key: str) -> int | None:
        """The value of a line, None when it does not apply or there is no such line."""
        return self.values.get(key)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line with its words, written when somebody first reads them: most estimates are only counted."""
        return tuple(_line(key, value, self) for key, value in self.values.items())

    def shown(self, key: str) -> str:
        """The value of a line as people read it. Raises KeyError when it does not apply."""
        return amount(self.values[key], _words(key).unit)

    def facts(self, who: str) -> dict[str, str]:
        """The figures of the year and the family that words about this worksheet may mention, as people read them.

        `who` ("parent", "student") is whose rates are meant.
        """
        return _figures(self, who)

    def line(self, key: str) -> Line | None:
        """One line, None when it does not apply or there is no such line."""
        return _line(key, self.values[key], self) if key in self.values else None

    def asked_about(self, folded: str, language: str) -> str | None:
        """The key of the line that a message names, whether it applies to this family or not; None for none.

        `folded` is the message in lower case without accents and punctuation. The longest name wins; of a dependent
        student's two columns the parents' one, unless the message speaks of the student.
        """
        named = [
            (len(name), line)
            for line in _file()[1]
            for name in self.names(line, language)
            if f" {name} " in f" {folded} "
        ]
        if not named:
            return None
        line = max(named)[1]
        of_student = self.inputs.formula != "A" or bool(_OF_THE_STUDENT & set(folded.split()))
        columns = (f"student_{line}", f"parent_{line}") if of_student else (f"parent_{line}", f"student_{line}")
        return next((key for key in (line, *columns) if key in self.values), line)

    def names(self, key: str, language: str) -> tuple[str, ...]:
        """What people call a line, in lower case without accents. Raises KeyError when there is no such line."""
        return _words(key).asked_es if language == "es" else _words(key).asked_en


def amount(value: int, unit: Unit = "usd") -> str:
    """A value as people read it, the same in English and in US Spanish."""
    if unit == "percent":
        return f"{value}%"
    if unit == "index":
        return f"{value:,}"
    return f"-${-value:,}" if value < 0 else f"${value:,}"


class _Words(BaseModel):
    """One entry of `lines.yml`; wordings for one formula or person are extra keys such as rule_en_A_student."""

    model_config = ConfigDict(frozen=True, extra="allow")

    name_en: str
    name_es: str
    rule_en: str
    rule_es: str
    explain_en: str
    explain_es: str
    asked_en: tuple[str, ...]
    asked_es: tuple[str, ...]
    section: str
    unit: Unit = "usd"
    part: bool = False

    def best(self, field: str, cases: tuple[str, ...]) -> str:
        """The wording of `field` for the first of `cases` that has its own, else the general one."""
        own = self.model_extra or {}
        return next((own[f"{field}_{case}"] for case in cases if f"{field}_{case}" in own), None) or str(
            getattr(self, field)
        )


@cache
def _file() -> tuple[dict[str, dict[str, str]], dict[str, _Words]]:
    content = yaml.safe_load((Path(__file__).parent / "lines.yml").read_text(encoding="utf-8"))
    return content["who"], {name: _Words.model_validate(words) for name, words in content["lines"].items()}


def _split(key: str) -> tuple[str, str]:
    """("parent", "ipa") for "parent_ipa"; ("", "sai") for the lines that belong to nobody."""
    who, _, name = key.partition("_")
    return (who, name) if who in _file()[0] else ("", key)


@cache
def _words(key: str) -> _Words:
    return _file()[1][_split(key)[1]]


def _line(key: str, value: int, sheet: Worksheet) -> Line:
    who, _name = _split(key)
    words, figures = _words(key), _figures(sheet, who)
    owner = _file()[0].get(who, {})
    figures |= {"amount": amount(value, words.unit)}
    formula = sheet.inputs.formula
    cases = (f"{formula}_{who}", formula, "with_exclusion" if _counts_exclusion(sheet.year) else "")

    def text(field: str, language: str) -> str:
        owned = {"owner": owner.get(f"owner_{language}", ""), "whose": owner.get(f"whose_{language}", "")}
        return words.best(f"{field}_{language}", cases).format_map(figures | owned)

    section = _section(sheet, words.section, who)
    # What a reader can open comes before what they cannot.
    source = next((one for one in section.source if one.url), section.source[0])
    return Line(
        key=key,
        name_en=text("name", "en"),
        name_es=text("name", "es"),
        value=value,
        unit=words.unit,
        part=words.part,
        rule_en=text("rule", "en"),
        rule_es=text("rule", "es"),
        explain_en=text("explain", "en"),
        explain_es=text("explain", "es"),
        source_name=source.name,
        source_url=source.url,
        confidence=section.confidence,
    )


def _counts_exclusion(year: AwardYear) -> bool:
    return year.pell.pathways.agi != "combined_agi"


def _figures(sheet: Worksheet, who: str) -> dict[str, str]:
    """The figures of the year and the family that the words of a line may mention."""
    year, inputs = sheet.year, sheet.inputs
    assets, income, amounts = year.asset_contribution, year.income_assessment, year.pell.award_amounts
    asset_rates = {
        ("A", "parent"): assets.parents_of_dependent_student_rate,
        ("A", "student"): assets.dependent_student_rate,
        ("B", "student"): assets.independent_without_dependents_rate,
        ("C", "student"): assets.independent_with_dependents_rate,
    }
    asset_rate = asset_rates.get((inputs.formula, who))
    of_dependent = inputs.formula == "A"
    income_rate = income.dependent_student_rate if of_dependent else income.independent_without_dependents_rate
    brackets = year.assessment_of_adjusted_available_income.brackets
    work = year.employment_expense_allowance
    max_percent, min_percent = pell.percents(inputs, inputs.formula, year)
    return {
        "award_year": year.award_year,
        "income_tax_year": str(year.income_tax_year),
        "family_size": str(inputs.family_size),
        "medicare_rate": year.payroll_tax_allowance.medicare_rate.percent,
        "oasdi_rate": year.payroll_tax_allowance.oasdi_rate.percent,
        "employment_rate": work.rate_of_combined_earned_income.percent,
        "employment_maximum": f"{work.maximum:,}",
        "income_rate": income_rate.percent,
        "income_floor": f"{income.dependent_student_minimum:,}",
        "asset_rate": asset_rate.percent if asset_rate is not None else "",
        "lowest_rate": brackets[0].rate.percent,
        "highest_rate": brackets[-1].rate.percent,
        "sai_minimum": f"{year.student_aid_index.minimum:,}",
        "sai_maximum": f"{year.student_aid_index.maximum:,}",
        "sai_nonfiler": f"{year.student_aid_index.max_pell_nonfiler:,}",
        "guideline_year": str(year.pell.poverty_guidelines.year),
        "max_pell_percent": str(max_percent),
        "min_pell_percent": str(min_percent),
        # Lines that name the amounts are only written in years that have them.
        "pell_maximum": f"{amounts.maximum or 0:,}",
        "pell_minimum": f"{amounts.minimum or 0:,}",
    }


def _section(sheet: Worksheet, name: str, who: str) -> Section:
    if name == "income_protection_allowance":
        return _income_protection(sheet, who)
    found: object = sheet.year
    for part in name.split("."):
        found = getattr(found, part)
    if not isinstance(found, Section):
        raise TypeError(f"lines.yml names {name!r}, which is no section of an award year with a source of its own.")
    return found


def _income_protection(sheet: Worksheet, who: str) -> Section:
    protection, inputs = sheet.year.income_protection_allowance, sheet.inputs
    if who == "parent":
        return protection.parents_of_dependent_student
    if inputs.formula == "A":
        return protection.dependent_student
    if inputs.formula == "B":
        return protection.independent_without_dependents
    if inputs.deciding_pair:
        return protection.independent_with_dependents_married
    return protection.independent_with_dependents_unmarried
