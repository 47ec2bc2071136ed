"""The notes Aidline answers from: cited and dated, one per subject and language."""

from knowledge.notes.files import front_matter_schema, load_note, load_notes
from knowledge.notes.model import LANGUAGES, Confidence, Language, Link, Note, Notes, Source, Statement

__all__ = [
    "LANGUAGES",
    "Confidence",
    "Language",
    "Link",
    "Note",
    "Notes",
    "Source",
    "Statement",
    "front_matter_schema",
    "load_note",
    "load_notes",
]
