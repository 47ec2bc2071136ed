"""Finding the note that answers a question."""

from knowledge.search.searcher import Hit, Look, Searcher, Tuning

__all__ = ["Hit", "Look", "Searcher", "Tuning"]
