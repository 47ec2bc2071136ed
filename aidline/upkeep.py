"""The state of the notes at the command line: what to mend, and what waits for a review."""

from __future__ import annotations

from collections import Counter
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from aidline.clock import SystemClock

if TYPE_CHECKING:
    from aidline.settings import Settings

__all__ = ["notes_as_text", "notes_report"]


def notes_report(settings: Settings) -> dict[str, Any]:
    """Every finding about the notes of this place, ready for JSON. `holds` when nothing needs mending.

    Raises NoteError for a note that breaks the format.
    """
    from knowledge.library import library
    from knowledge.upkeep import examine

    notes = library(settings.notes_dir)
    findings = examine(notes, SystemClock().today())
    to_mend = [one for one in findings if one.kind != "review"]
    return {
        "report": "knowledge check",
        "notes": {language: len(notes.in_language(language)) for language in ("en", "es")},
        "statements": sum(1 + len(note.statements) for note in notes),
        "own_notes": sum(note.own for note in notes),
        "counts": dict(Counter(one.kind for one in findings)),
        "goals": [
            {"name": "findings to mend", "value": len(to_mend), "limit": 0, "unit": "findings", "holds": not to_mend}
        ],
        "versions": {"aidline": version("aidline"), "notes": notes.version},
        "findings": [
            {"kind": one.kind, "note": one.note_id, "language": one.language, "what": one.what} for one in findings
        ],
    }


def notes_as_text(report: dict[str, Any], *, reviews: bool) -> str:
    """The report for reading; the list of reviews only when it is asked for, as it is long."""
    shown = [one for one in report["findings"] if reviews or one["kind"] != "review"]
    lines = [f"{one['kind']:<14} {one['language']}/{one['note']}: {one['what']}" for one in shown]
    waiting = report["counts"].get("review", 0)
    held = report["goals"][0]["holds"]
    told = "✓ Nothing to mend." if held else f"✗ {report['goals'][0]['value']} finding(s) to mend."
    english, spanish = report["notes"]["en"], report["notes"]["es"]
    ending = "." if reviews else "; list them with --reviews."
    lines += [f"{english} English and {spanish} Spanish notes, {report['statements']} statements"]
    return "\n".join([*lines, f"{told} {waiting} note(s) wait for a review of their source{ending}"])
