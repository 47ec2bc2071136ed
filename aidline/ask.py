"""One question, answered without any server: what `aidline ask` shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from aidline.settings import Settings

__all__ = ["answer_report", "as_text"]


def answer_report(settings: Settings, question: str, language: Literal["en", "es"]) -> dict[str, Any]:
    """The question, the full answer, its citations, how it was made, versions and seconds; ready for JSON.

    Raises KnowledgeError for notes that break their format or a model file that is not the pinned one.
    """
    from knowledge.answer import default_answerer

    answerer = default_answerer(
        model_path=settings.llama_model,
        model_sha256=settings.llama_sha256,
        model_url=settings.llama_url,
        model_name=settings.llama_model_name,
        n_threads=settings.llama_threads,
        budget=settings.explain_timeout,
    )
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
