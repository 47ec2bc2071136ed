"""Scoring what Aidline says: question sets through the real path, by rules that no model takes part in."""
