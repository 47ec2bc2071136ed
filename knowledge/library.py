"""Everything Aidline knows to say: its articles, what is said from tables, and a school's own notes before both."""

from pathlib import Path

from knowledge.notes import Notes, load_notes
from knowledge.states import state_notes

__all__ = ["ARTICLES", "library"]

ARTICLES = Path(__file__).parent / "articles"


def library(own: Path | None = None, articles: Path = ARTICLES) -> Notes:
    """All notes. One in `own` replaces ours of the same id and language, and comes first where both would answer.

    Raises `NoteError` for a note that breaks the format.
    """
    ours = load_notes(own, own=True) if own is not None else ()
    return Notes.of(load_notes(articles), state_notes(), ours)
