"""The notes Aidline answers from: cited and dated, one per subject and language."""

from knowledge.notes.files import load_notes
from knowledge.notes.model import LANGUAGES, Confidence, Language, Link, Note, Notes, Source, Statement

__all__ = ["LANGUAGES", "Confidence", "Language", "Link", "Note", "Notes", "Source", "Statement", "load_notes"]
