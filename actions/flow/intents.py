"""Which intent asks for which flow. The names of flows are those of the results they end with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["FLOW_OF_INTENT"]

FLOW_OF_INTENT: Mapping[str, str] = MappingProxyType(
    {
        "start_estimate_aid": "estimate_aid",
        "start_dependency": "dependency",
        "start_who_is_parent": "who_is_parent",
        "start_deadlines": "deadlines",
        "start_fafsa_status": "fafsa_status",
        "start_verification": "verification",
        "start_appeal": "appeal",
        "start_borrowing": "borrowing",
        "start_compare_offers": "compare_offers",
        "talk_to_person": "handoff",
    }
)
