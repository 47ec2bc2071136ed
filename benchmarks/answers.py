"""How soon and how well free-text questions are answered, with the bundled model on this machine.

    uv run python benchmarks/answers.py [--quick]

Prints JSON; the exit status is 0 only when every goal holds. `--quick` asks each question once (under 50 s),
otherwise three times, each time with nothing remembered.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.common import finish, goal
from knowledge.answer import Answerer, default_answerer
from knowledge.boundaries import boundaries
from knowledge.check import answer_problems
from knowledge.library import library
from knowledge.llama import DEFAULT_THREADS, Deadline, LocalLlama, Prompt, bundled_model
from knowledge.notes import Language, Notes
from knowledge.search import Searcher

_LETTERS = "root ::= [a-z ]+"

# Question, language, the note that answers it.
QUESTIONS: tuple[tuple[str, Language, str], ...] = (
    ("whats the biggest pell grant i could get next year", "en", "pell-next-year"),
    ("does a pell grant have to be paid back", "en", "pell-pay-back"),
    ("is there a fee to send in the fafsa", "en", "fafsa-paid-help"),
    ("last day to turn in the 2026-27 fafsa?", "en", "fafsa-deadlines"),
    ("my mother has no social security number, can she still sign my fafsa", "en", "account-parent-no-ssn"),
    ("how do i open a studentaid.gov account", "en", "account-create"),
    ("im 23 and pay my own rent am i independent", "en", "dependency-living-alone"),
    ("which line of the 1040 is agi", "en", "income-agi"),
    ("do my veterans benefits count as income", "en", "income-veterans-benefits"),
    ("why is my student aid index below zero", "en", "sai-negative"),
    ("do we list the house we live in as an asset", "en", "assets-home"),
    ("what happens if i ignore verification", "en", "verification-no-answer"),
    ("how much can a sophomore borrow in federal loans", "en", "direct-loans-limits-interest"),
    ("¿la beca Pell se tiene que devolver?", "es", "pell-pay-back"),
    ("¿cuánto cuesta mandar la fafsa?", "es", "fafsa-paid-help"),
    ("mi mamá no tiene seguro social, ¿puede firmar la fafsa?", "es", "account-parent-no-ssn"),
    ("¿qué significa tener un sai de cero?", "es", "sai-zero"),
    ("¿la casa donde vivimos cuenta como bien?", "es", "assets-home"),
    ("me pidieron verificación, ¿qué mando?", "es", "verification-v1-papers"),
    ("¿cuánto interés cobran los préstamos federales?", "es", "loan-interest-rates"),
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
    """Tokens a second that the bundled model reads and writes, beside the bare library on the same file and words."""
    llama = LocalLlama()
    started = perf_counter()
    llama.warm()
    load = perf_counter() - started
    prompt = Prompt("You help students.", "Fill out the FAFSA every year, as early as you can. " * 40)
    tokens = llama.count_tokens(prompt)
    ours = _speed(lambda count: llama.draft(prompt, _LETTERS, count, Deadline.after(60)), tokens)
    theirs = _speed(_bare(tokens), tokens)
    return {
        "load_seconds": round(load, 2),
        "prompt_tokens_per_second": round(ours[0], 1),
        "output_tokens_per_second": round(ours[1], 1),
        "bare_prompt_tokens_per_second": round(theirs[0], 1),
        "bare_output_tokens_per_second": round(theirs[1], 1),
        "prompt_of_bare": round(ours[0] / theirs[0], 3),
        "output_of_bare": round(ours[1] / theirs[1], 3),
    }


def _speed(write: Callable[[int], object], tokens: int) -> tuple[float, float]:
    """Tokens read and written a second, from a cold prompt, a warm one, and a longer answer."""
    one, many = 1, 33
    seconds = []
    for count in (one, one, many):
        started = perf_counter()
        write(count)
        seconds.append(perf_counter() - started)
    cold, warm, long = seconds
    return tokens / (cold - warm), (many - one) / (long - warm)


def _bare(tokens: int) -> Callable[[int], object]:
    """llama-cpp-python by itself: the same file, threads and number of tokens."""
    from llama_cpp import Llama, LlamaGrammar

    model = bundled_model()
    threads = DEFAULT_THREADS
    llama = Llama(str(model.path), n_ctx=2048, n_threads=threads, n_threads_batch=threads, verbose=False)
    words = llama.tokenize(b"Fill out the FAFSA every year, as early as you can. " * 60)[:tokens]
    grammar = LlamaGrammar.from_string(_LETTERS, verbose=False)
    return lambda count: llama.create_completion(words, max_tokens=count, temperature=0.0, grammar=grammar)


def search_and_cache(answerer: Answerer) -> tuple[float, float]:
    """Median seconds of a search, and of an answer that was given before."""
    searcher = Searcher(answerer.notes, boundaries())
    looked = [_timed(searcher.look, question, language) for question, language, _ in QUESTIONS]
    again = [_timed(answerer.answer, question, language) for question, language, _ in QUESTIONS]
    return median(looked), median(again)


def _timed(ask: Callable[[str, Language], object], question: str, language: Language) -> float:
    started = perf_counter()
    ask(question, language)
    return perf_counter() - started


def main() -> int:
    """Run, print the report, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="ask each question once")
    rounds = 1 if parser.parse_args().quick else 3
    started = perf_counter()
    speed = model_speed()
    notes = library()
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
    search, cached = search_and_cache(answerer)
    first = median(float(str(item["first_sentence_seconds"])) for item in items)
    whole = median(float(str(item["seconds"])) for item in items)
    goals = [
        goal("first sentence, p50", first, 0.7, "s"),
        goal("whole answer, p50", whole, 2.5, "s"),
        goal("search, p50", search, 0.005, "s"),
        goal("answer given before, p50", cached, 0.01, "s"),
        goal("tokens read a second, of the bare library", speed["prompt_of_bare"], 0.9, "ratio", at_least=True),
        goal("tokens written a second, of the bare library", speed["output_of_bare"], 0.9, "ratio", at_least=True),
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
        "modes": {mode: sum(item["mode"] == mode for item in items) for mode in ("select", "short", "fixed")},
        "slowest_seconds": max(float(str(item["seconds"])) for item in items),
        "seconds": round(perf_counter() - started, 1),
        "items": items + elsewhere,
    }
    return finish(report, goals)


if __name__ == "__main__":
    sys.exit(main())
