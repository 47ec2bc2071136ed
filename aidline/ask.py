"""One question, answered without any server: what `aidline ask` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from aidline.answers import answerer_from

if TYPE_CHECKING:
    from aidline.settings import Settings

__all__ = ["answer_report", "as_text"]


def answer_report(settings: Settings, question: str, language: Literal["en", "es"]) -> dict[str, Any]:
    """The question, the full answer, its citations, how it was made, versions and seconds; ready for JSON.

    Raises KnowledgeError for notes that break their format or a model file that is not the pinned one.
    """
    answerer = answerer_from(settings)
    answer = answerer.answer(question, language)
    return {
        "question": question,
        "language": answer.language,
        "kind": answer.kind,
        "text": answer.text,
        "citations": [
            {"title": c.title, "url": c.url, "as_of": c.as_of.isoformat(), "confidence": c.confidence}
            for c in answer.citations
        ],
        "note": answer.note_id,
        "boundary": answer.boundary,
        "mode": answer.mode,
        "confidence": answer.confidence,
        "review_needed": answer.review_needed,
        "seconds": round(answer.seconds, 3),
        "versions": answerer.versions,
    }


def as_text(report: dict[str, Any]) -> str:
    """The report for reading: the answer, then a line for each source."""
    source, checked = ("Fuente", "revisada el") if report["language"] == "es" else ("Source", "checked")
    lines = [report["text"], ""]
    lines += [f"{source}: {c['title']} ({checked} {c['as_of']}) {c['url']}" for c in report["citations"]]
    return "\n".join(lines).rstrip()
