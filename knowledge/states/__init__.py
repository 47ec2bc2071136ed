"""When each state wants the FAFSA for its own aid: a table with sources, and the notes that are said from it."""

from knowledge.states.deadlines import StateDate, StateDeadline, state_deadlines
from knowledge.states.notes import said_dates, state_notes

__all__ = ["StateDate", "StateDeadline", "said_dates", "state_deadlines", "state_notes"]
