"""What a school asks for in verification, and how to get it: a guide with sources, and the papers for somebody."""

from knowledge.verification.guide import Document, Group, guide
from knowledge.verification.papers import Papers, Selected, papers

__all__ = ["Document", "Group", "Papers", "Selected", "guide", "papers"]
