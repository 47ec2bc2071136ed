"""What the status of a FAFSA means, and what to do next: a guide with sources, and the case that fits somebody."""

from knowledge.fafsa_status.explain import FormStatus, Standing, explain, is_late, year_is_over
from knowledge.fafsa_status.guide import NextStep, guide

__all__ = ["FormStatus", "NextStep", "Standing", "explain", "guide", "is_late", "year_is_over"]
