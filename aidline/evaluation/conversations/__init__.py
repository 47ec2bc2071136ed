"""Simulated people (personas) who talk to Aidline through its public doors, and a judge of how it went.

The format of a persona is described in docs/personas.md. No model takes part: what a persona says is written down, and
what counts as right is decided by rules.
"""
