"""Finding the note that answers a question."""

from knowledge.search.searcher import Hit, Searcher, Tuning

__all__ = ["Hit", "Searcher", "Tuning"]
