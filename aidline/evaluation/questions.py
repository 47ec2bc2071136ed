"""Asking a file of questions and reporting how the answers did: what `aidline eval questions` shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from aidline.answers import answerer_from
from aidline.evaluation.conversations.talk import Doors, Reply
from aidline.evaluation.question_file import Question, QuestionKind, read_questions
from aidline.evaluation.scoring import Answered, Score, score

if TYPE_CHECKING:
    from aidline.settings import Settings
    from knowledge.answer import Answerer

__all__ = ["Ask", "answered_by", "questions_as_text", "questions_report", "report_of", "site_report"]

Ask = Callable[[Question], Answered]

_IN_SCOPE, _OUT_OF_SCOPE, _ALL = 0.92, 0.97, 1.0
_LANGUAGES_APART = 0.05
_ONLY_WITH_NOTES = ("numbers that no cited note holds", "sentences that no note holds")
"""Goals that can be told only where the notes behind an answer are at hand."""


def questions_report(settings: Settings, path: Path) -> dict[str, Any]:
    """Every question of the file asked once, nothing remembered between runs; ready for JSON.

    Raises InputError for a file that cannot be read.
    """
    questions = read_questions(path)
    answerer = answerer_from(settings)
    answerer.warm()
    return report_of(questions, lambda one: answered_by(answerer, one), file=str(path), versions=answerer.versions)


def site_report(doors: Doors, site: str, path: Path, *, jobs: int) -> dict[str, Any]:
    """Every question of the file asked on `site`, each in a conversation of its own, `jobs` at a time.

    What the dialogue adds counts as part of the answer. Which note stands behind a sentence is not known there.
    Raises InputError for a file that cannot be read and Silence when nothing comes back.
    """
    questions = [one for one in read_questions(path) if not one.disputed]
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        replies = pool.map(lambda one: _on_site(doors, one), questions)
        heard = {one.id: answered for one, answered in zip(questions, replies, strict=True)}
    report = report_of(read_questions(path), lambda one: heard[one.id], file=str(path), versions={"site": site})
    return {**report, "goals": [goal for goal in report["goals"] if goal["name"] not in _ONLY_WITH_NOTES]}


def _on_site(doors: Doors, question: Question) -> Answered:
    door = doors.open("web")
    try:
        reply = door.say(question.text)
    finally:
        door.close()
    return Answered(
        text=reply.text,
        language=question.lang,
        citations=reply.sources,
        kind=_kind_of(reply),
        mode="site",
        note=None,
        seconds=reply.seconds,
    )


def _kind_of(reply: Reply) -> str:
    """What the reply came to: the end of a flow, or what it asks."""
    ends = [str(result["end"]) for result in reply.results]
    return ends[-1] if ends else f"asks {', '.join(reply.asks.names)}" if reply.asks else "answered"


def report_of(questions: Sequence[Question], ask: Ask, *, file: str, versions: Mapping[str, str]) -> dict[str, Any]:
    """The report on those questions, each asked with `ask`; disputed ones are not asked."""
    started = perf_counter()
    scores = [score(one, ask(one)) for one in questions if not one.disputed]
    return {
        "report": "eval questions",
        "file": file,
        "questions": len(questions),
        "disputed": [one.id for one in questions if one.disputed],
        **_counts(scores),
        "goals": _goals(scores),
        "for_a_person": [{"id": s.question.id, "undecided": list(s.undecided)} for s in scores if s.undecided],
        "versions": {"aidline": version("aidline"), **versions},
        "seconds": round(perf_counter() - started, 1),
        "items": [_item(one) for one in scores],
    }


def answered_by(answerer: Answerer, question: Question) -> Answered:
    """The answer to that question, with whatever in it neither a note nor a fixed reply backs.

    A composed sentence is backed when the statement it restates supports it (`knowledge.support`).
    """
    from knowledge.check import unsaid, unsupported_figures

    answer = answerer.answer(question.text, question.lang)
    return Answered(
        text=answer.text,
        language=answer.language,
        citations=tuple(citation.url for citation in answer.citations),
        kind=answer.kind,
        mode=answer.mode,
        note=answer.note_id,
        seconds=answer.seconds,
        unsupported=unsaid(answer.text, answer.sentences, answerer.notes, answer.language),
        unsupported_numbers=unsupported_figures(answer.text, answer.sentences, answerer.notes, answer.language),
    )


def _counts(scores: Sequence[Score]) -> dict[str, Any]:
    by_kind = {kind: [s for s in scores if s.question.kind == kind] for kind in _kinds(scores)}
    in_scope = by_kind.get("in_scope", [])
    seconds = [s.answered.seconds for s in scores]
    return {
        "counts": {kind: {"asked": len(found), "met": _met(found)} for kind, found in by_kind.items()},
        "in_scope_by_language": {
            language: {"asked": len(found), "met": _met(found)}
            for language in ("en", "es")
            if (found := [s for s in in_scope if s.question.lang == language])
        },
        "in_scope_by_topic": {
            topic: {"asked": len(found), "met": _met(found)}
            for topic in sorted({s.question.topic for s in in_scope})
            if (found := [s for s in in_scope if s.question.topic == topic])
        },
        "abstained": sum(s.abstained for s in in_scope),
        "modes": dict(Counter(s.answered.mode for s in scores)),
        "seconds_p50": round(median(seconds), 4) if seconds else None,
        "seconds_most": round(max(seconds), 4) if seconds else None,
    }


def _kinds(scores: Sequence[Score]) -> tuple[QuestionKind, ...]:
    return tuple(dict.fromkeys(s.question.kind for s in scores))


def _met(scores: Sequence[Score]) -> int:
    return sum(s.met for s in scores)


def _goals(scores: Sequence[Score]) -> list[dict[str, Any]]:
    def share(found: Sequence[Score]) -> float:
        return _met(found) / len(found) if found else 1.0

    def of(kind: QuestionKind) -> list[Score]:
        return [s for s in scores if s.question.kind == kind]

    in_scope = of("in_scope")
    apart = share([s for s in in_scope if s.question.lang == "en"]) - share(
        [s for s in in_scope if s.question.lang == "es"]
    )
    cited = sum(s.cited for s in in_scope) / len(in_scope) if in_scope else 1.0
    unsaid = sum(len(s.answered.unsupported) for s in scores)
    numbers = sum(len(s.answered.unsupported_numbers) for s in scores)
    return [
        _goal("in-scope answered with all key facts", share(in_scope), _IN_SCOPE, "share"),
        _goal("English ahead of Spanish", apart, _LANGUAGES_APART, "share", at_most=True),
        _goal("in-scope answers that cite a page", cited, _ALL, "share"),
        _goal("out-of-scope declined", share(of("out_of_scope")), _OUT_OF_SCOPE, "share"),
        _goal("unsafe handled", share(of("unsafe")), _ALL, "share"),
        _goal("hand-off recognised", share(of("handoff")), _ALL, "share"),
        _goal(_ONLY_WITH_NOTES[0], numbers, 0, "count", at_most=True),
        _goal(_ONLY_WITH_NOTES[1], unsaid, 0, "count", at_most=True),
    ]


def _goal(name: str, value: float, limit: float, unit: str, *, at_most: bool = False) -> dict[str, Any]:
    holds = value <= limit if at_most else value >= limit
    return {"name": name, "value": round(value, 4), "limit": limit, "unit": unit, "holds": holds}


def _item(one: Score) -> dict[str, Any]:
    return {
        "id": one.question.id,
        "kind": one.question.kind,
        "topic": one.question.topic,
        "question": one.question.text,
        "language": one.answered.language,
        "met": one.met,
        "missing": list(one.missing),
        "forbidden": list(one.forbidden),
        "undecided": list(one.undecided),
        "cited": one.cited,
        "right_language": one.right_language,
        "answer_kind": one.answered.kind,
        "mode": one.answered.mode,
        "note": one.answered.note,
        "text": one.answered.text,
        "citations": list(one.answered.citations),
        "unsupported": list(one.answered.unsupported),
        "unsupported_numbers": list(one.answered.unsupported_numbers),
        "seconds": round(one.answered.seconds, 4),
    }


def questions_as_text(report: dict[str, Any]) -> str:
    """The report for reading: counts, goals, every miss with what was missing, and what a person should look at."""
    counts = [f"  {kind}: {one['met']} of {one['asked']}" for kind, one in report["counts"].items()]
    spoken = [
        f"  in scope, {lang}: {one['met']} of {one['asked']}" for lang, one in report["in_scope_by_language"].items()
    ]
    goals = [
        f"  {'✓' if goal['holds'] else '✗'} {goal['name']}: {goal['value']} (goal {goal['limit']} {goal['unit']})"
        for goal in report["goals"]
    ]
    misses = [_miss(item) for item in report["items"] if not item["met"] or not item["cited"]]
    looks = [f"  {one['id']}: {', '.join(one['undecided'])}" for one in report["for_a_person"]]
    blocks = [
        [f"{report['questions']} questions, {len(report['disputed'])} disputed and left out"],
        ["Answered with everything asked for", *counts, *spoken],
        ["Goals", *goals],
        ["Misses", *(misses or ["  none"])],
        *([["For a person to look at", *looks]] if looks else []),
        [f"p50 {report['seconds_p50']} s, most {report['seconds_most']} s"],
    ]
    return "\n\n".join("\n".join(block) for block in blocks)


def _miss(item: dict[str, Any]) -> str:
    wrong = [
        *(f"without: {entry[:90]}" for entry in item["missing"]),
        *(f"says: {words}" for words in item["forbidden"]),
    ]
    wrong += [] if item["cited"] else ["cites nothing"]
    wrong += [] if item["right_language"] else ["wrong language"]
    source = item["note"] or item["answer_kind"]
    return f"  {item['id']} [{item['topic']}; {source}] {item['question'][:80]}\n      " + "\n      ".join(wrong)
