"""How soon and how well free-text questions are answered, with the bundled model on this machine.

    uv run python benchmarks/answers.py [--quick]

Prints JSON; the exit status is 0 only when every goal holds. `--quick` asks each question once (under 50 s),
otherwise three times, each time with nothing remembered.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from statistics import median
from time import perf_counter

from knowledge.answer import Answerer, default_answerer
from knowledge.check import answer_problems
from knowledge.llama import Deadline, LocalLlama, Prompt
from knowledge.notes import Language, Notes, load_notes

ARTICLES = Path(__file__).parents[1] / "knowledge" / "articles"

# Question, language, the note that answers it.
QUESTIONS: tuple[tuple[str, Language, str], ...] = (
    ("whats the biggest pell grant i could get next year", "en", "pell-grant"),
    ("does a pell grant have to be paid back", "en", "pell-grant"),
    ("is there a fee to send in the fafsa", "en", "fafsa-basics"),
    ("last day to turn in the 2026-27 fafsa?", "en", "fafsa-deadlines"),
    ("my mother has no social security number, can she still sign my fafsa", "en", "fsa-id-contributors"),
    ("how do i open a studentaid.gov account", "en", "fsa-id-contributors"),
    ("im 23 and pay my own rent am i independent", "en", "dependency-status"),
    ("which line of the 1040 is agi", "en", "untaxed-income-and-agi"),
    ("do my veterans benefits count as income", "en", "untaxed-income-and-agi"),
    ("why is my student aid index below zero", "en", "sai"),
    ("do we list the house we live in as an asset", "en", "assets"),
    ("what happens if i ignore verification", "en", "verification"),
    ("how much can a sophomore borrow in federal loans", "en", "direct-loans-limits-interest"),
    ("¿la beca Pell se tiene que devolver?", "es", "pell-grant"),
    ("¿cuánto cuesta mandar la fafsa?", "es", "fafsa-basics"),
    ("mi mamá no tiene seguro social, ¿puede firmar la fafsa?", "es", "fsa-id-contributors"),
    ("¿qué significa tener un sai de cero?", "es", "sai"),
    ("¿la casa donde vivimos cuenta como bien?", "es", "assets"),
    ("me pidieron verificación, ¿qué mando?", "es", "verification"),
    ("¿cuánto interés cobran los préstamos federales?", "es", "direct-loans-limits-interest"),
)
ELSEWHERE: tuple[tuple[str, Language], ...] = (
    ("can you recommend a laptop", "en"),
    ("what is the capital of france", "en"),
    ("how do i drop my chemistry lab", "en"),
    ("is there parking near the gym", "en"),
    ("who won the game last night", "en"),
    ("translate good morning to german", "en"),
    ("¿a qué hora cierra la biblioteca?", "es"),
    ("¿qué película me recomiendas?", "es"),
    ("¿cómo cocino arroz?", "es"),
    ("¿quién ganó el partido?", "es"),
)


def ask(answerer: Answerer, notes: Notes, question: str, language: Language) -> dict[str, object]:
    """One question, never seen before by this answerer, timed as a person would."""
    said: list[float] = []
    started = perf_counter()
    answer = answerer.answer(question, language, lambda _sentence: said.append(perf_counter() - started))
    seconds = perf_counter() - started
    found = answer.kind == "answered"
    problems = answer_problems(answer.text, answer.sentences, notes, language) if found else ()
    return {
        "question": question,
        "language": language,
        "kind": answer.kind,
        "mode": answer.mode,
        "note_id": answer.note_id,
        "confidence": answer.confidence,
        "text": answer.text,
        "citations": [citation.url for citation in answer.citations],
        "problems": [asdict(problem) for problem in problems],
        "first_sentence_seconds": round(said[0], 4),
        "seconds": round(seconds, 4),
    }


def model_speed() -> dict[str, float]:
    """Tokens a second that the bundled model reads and writes, and seconds to verify and load it."""
    llama = LocalLlama()
    started = perf_counter()
    llama.warm()
    load = perf_counter() - started
    prompt = Prompt("You help students.", "Fill out the FAFSA every year, as early as you can. " * 40)
    one, many = 1, 33
    seconds = []
    for count in (one, one, many):
        started = perf_counter()
        llama.draft(prompt, "root ::= [a-z ]+", count, Deadline.after(60))
        seconds.append(perf_counter() - started)
    cold, warm, long = seconds
    return {
        "load_seconds": round(load, 2),
        "prompt_tokens_per_second": round(llama.count_tokens(prompt) / (cold - warm), 1),
        "output_tokens_per_second": round((many - one) / (long - warm), 1),
    }


def goal(name: str, value: float, limit: float, unit: str, *, at_least: bool = False) -> dict[str, object]:
    """One line of the report's `goals`."""
    holds = value >= limit if at_least else value < limit
    return {"name": name, "value": round(value, 4), "limit": limit, "unit": unit, "holds": holds}


def main() -> int:
    """Run, print the report, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="ask each question once")
    rounds = 1 if parser.parse_args().quick else 3
    started = perf_counter()
    speed = model_speed()
    notes = load_notes(ARTICLES)
    items: list[dict[str, object]] = []
    elsewhere: list[dict[str, object]] = []
    right = 0
    for _ in range(rounds):
        answerer = default_answerer()
        answerer.warm()
        for question, language, note_id in QUESTIONS:
            item = ask(answerer, notes, question, language)
            right += item["note_id"] == note_id
            items.append({**item, "expected_note_id": note_id})
        elsewhere += [ask(answerer, notes, question, language) for question, language in ELSEWHERE]
    first = median(float(str(item["first_sentence_seconds"])) for item in items)
    whole = median(float(str(item["seconds"])) for item in items)
    goals = [
        goal("first sentence, p50", first, 0.7, "s"),
        goal("whole answer, p50", whole, 2.5, "s"),
        goal("questions that found their note", right / len(items), 0.9, "share", at_least=True),
        goal("sentences that failed the check", sum(bool(item["problems"]) for item in items), 1, "count"),
        goal("other questions answered", sum(one["kind"] == "answered" for one in elsewhere), 1, "count"),
    ]
    report = {
        "benchmark": "answers",
        "rounds": rounds,
        "questions": len(items) + len(elsewhere),
        "versions": answerer.versions,
        "model": speed,
        "modes": {mode: sum(item["mode"] == mode for item in items) for mode in ("select", "short", "none")},
        "slowest_seconds": max(float(str(item["seconds"])) for item in items),
        "goals": goals,
        "seconds": round(perf_counter() - started, 1),
        "items": items + elsewhere,
    }
    print(json.dumps(report, ensure_ascii=False, indent=2))
    return 0 if all(one["holds"] for one in goals) else 1


if __name__ == "__main__":
    sys.exit(main())
