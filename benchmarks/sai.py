"""How many students a school can score: estimates a second on one core, and the time for every official record.

    uv run python benchmarks/sai.py [--quick]

Prints JSON; the exit status is 0 only when every goal holds. Side by side in one run: the formula alone, the whole way
from people's answers, and with every line of the worksheet written out in both languages. `--quick` repeats less.
"""

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks.common import finish, goal, machine, spread
from knowledge.award_years import AwardYear, load
from knowledge.sai import EstimateInputs, estimate, from_answers
from knowledge.sai.vector_file import read
from knowledge.sai.vectors import check
from knowledge.sai.why import why

VECTORS = Path(__file__).parents[1] / "tests" / "knowledge" / "sai" / "vectors"
FILES = tuple(sorted(VECTORS.glob("*.csv")))
TODAY = date(2026, 11, 21)

# One family for each formula, as the chat would have their answers.
ANSWERS: tuple[dict[str, object], ...] = (
    {
        "award_year": "2026-27", "dependency": "dependent", "parent_marital_status": "married", "family_size": 4,
        "state_for_poverty": "AZ", "parent_filer_class": "us_filer", "parent_filing_status": "married_joint",
        "parent_agi": 68_000, "parent_earned_income": 39_000, "other_parent_earned_income": 29_000,
        "parent_income_tax_paid": 2_710, "parent_cash_savings": 5_000, "student_filer_class": "us_filer",
        "student_agi": 9_600, "student_earned_income": 9_600, "student_cash_savings": 800, "cost_of_attendance": 28_000,
    },
    {
        "award_year": "2026-27", "dependency": "independent", "student_marital_status": "never_married",
        "family_size": 1, "state_for_poverty": "GA", "student_filer_class": "us_filer",
        "student_filing_status": "single", "student_agi": 38_420, "student_earned_income": 38_420,
        "student_income_tax_paid": 2_626, "cost_of_attendance": 24_800,
    },
    {
        "award_year": "2026-27", "dependency": "independent", "student_marital_status": "divorced", "family_size": 3,
        "state_for_poverty": "TX", "student_filer_class": "us_filer", "student_filing_status": "head_of_household",
        "student_agi": 50_000, "student_earned_income": 50_000, "student_income_tax_paid": 900,
    },
)  # fmt: skip


def rate(work: Callable[[], int], rounds: int) -> dict[str, float | int]:
    """Items a second of processor time, the median of `rounds` runs; `work` gives how many items it did."""
    work()
    rates = []
    for _ in range(rounds):
        gc.collect()
        started = process_time()
        done = work()
        rates.append(done / (process_time() - started))
    return {"per_second": round(median(rates)), "microseconds_each": round(1e6 / median(rates), 1), "rounds": rounds}


def records() -> list[tuple[EstimateInputs, AwardYear]]:
    """The inputs of every official record with its year's tables."""
    return [(record.inputs, load(record.award_year)) for path in FILES for record in read(path)]


def estimates(families: Sequence[tuple[EstimateInputs, AwardYear]], repeat: int) -> int:
    for _ in range(repeat):
        for inputs, year in families:
            estimate(inputs, year)
    return repeat * len(families)


def from_answers_on(repeat: int) -> int:
    for _ in range(repeat):
        for answers in ANSWERS:
            estimate(from_answers(answers, TODAY), load(str(answers["award_year"])))
    return repeat * len(ANSWERS)


def explained(families: Sequence[tuple[EstimateInputs, AwardYear]]) -> int:
    for inputs, year in families:
        found = estimate(inputs, year)
        assert found.worksheet.lines
        assert why(found, "en")
        assert why(found, "es")
    return len(families)


def checked(rounds: int) -> list[float]:
    """Milliseconds to read, work out and compare every official record."""
    taken = []
    for _ in range(rounds):
        started = perf_counter()
        assert check(*FILES).holds
        taken.append(1000 * (perf_counter() - started))
    return taken


def main() -> int:
    """Run, print the report, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="repeat less")
    rounds = 5 if parser.parse_args().quick else 15
    started = perf_counter()
    on = machine()
    families = records()
    formula = rate(lambda: estimates(families, 40), rounds)
    answers = rate(lambda: from_answers_on(3000), rounds)
    shown = rate(lambda: explained(families), rounds)
    files = spread(checked(rounds))
    report = {
        "benchmark": "sai",
        "machine": on,
        "records": len(families),
        "formula": formula,
        "from_answers": answers,
        "with_worksheet_and_story": shown,
        "ratios": {
            "from_answers_to_formula": round(answers["per_second"] / formula["per_second"], 3),
            "with_words_to_formula": round(shown["per_second"] / formula["per_second"], 3),
        },
        "all_vector_files_ms": files,
        "seconds": round(perf_counter() - started, 1),
    }
    goals = [
        goal("estimates on one core", formula["per_second"], 20_000, "per second", at_least=True),
        goal("every official record read and compared, p50", float(files["p50"]), 2_000, "ms"),
    ]
    return finish(report, goals)


if __name__ == "__main__":
    sys.exit(main())
