"""Made-up people, by what they would answer under each canonical name."""

from __future__ import annotations

from typing import Any

__all__ = ["ALEX", "DANA", "LUZ", "NOAH"]

ALEX: dict[str, Any] = {
    "award_year": "2026-27", "depth": "full", "born_before_cutoff": "no", "student_marital_status": "never_married",
    "any_dependency_reason": "no", "parent_marital_status": "married", "family_size": 4, "state_for_poverty": "OH",
    "parent_filer_class": "us_filer", "parent_filing_status": "married_joint", "parent_files_schedule_abdefh": "no",
    "parent_agi": 95_000, "parent_earned_income": 60_000, "other_parent_earned_income": 35_000,
    "parent_income_tax_paid": 7_000, "other_parent_filer_class": "us_filer", "student_filer_class": "nonfiler",
    "enrollment": "full_time", "grade_level": "first_year", "cost_of_attendance": 30_000,
}  # fmt: skip
"""Nineteen, two parents on one return."""

LUZ: dict[str, Any] = {
    **ALEX, "parent_marital_status": "divorced", "family_size": 3, "parent_filing_status": "head_of_household",
    "parent_agi": 41_850, "parent_earned_income": 41_850, "parent_income_tax_paid": 1_300,
}  # fmt: skip
"""Nineteen, with her mother and a brother; a small income on a simple return."""

DANA: dict[str, Any] = {
    "award_year": "2026-27", "depth": "full", "born_before_cutoff": "yes", "student_marital_status": "never_married",
    "family_size": 1, "state_for_poverty": "TX", "student_filer_class": "us_filer", "student_filing_status": "single",
    "student_agi": 72_000, "student_earned_income": 72_000, "student_income_tax_paid": 8_000,
    "enrollment": "half_time", "grade_level": "first_year", "cost_of_attendance": 20_000,
}  # fmt: skip
"""Thirty, on her own."""

NOAH: dict[str, Any] = {**ALEX, "parent_filer_class": "nonfiler", "other_parent_filer_class": "nonfiler"}
"""Nineteen, parents who file no return."""
