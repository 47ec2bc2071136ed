"""Looking after the notes: what is expired, untranslated, contradictory, too hard to read or badly linked."""

from knowledge.upkeep.findings import Finding, examine

__all__ = ["Finding", "examine"]
