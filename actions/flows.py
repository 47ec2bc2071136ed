"""Every flow there is. A flow that stands here has a form and rules in `bot/` that bear its name."""

from __future__ import annotations

from actions.appeal import Appeal
from actions.borrowing import Borrowing
from actions.compare_offers import CompareOffers
from actions.deadlines import DeadlinesFlow
from actions.dependency import Dependency
from actions.estimate_aid import EstimateAid
from actions.fafsa_status import FafsaStatus
from actions.flow.model import Flow
from actions.handoff import Handoff
from actions.verification import Verification
from actions.who_is_parent import WhoIsParent

__all__ = ["FLOWS", "flow_named"]

FLOWS: tuple[Flow, ...] = (
    EstimateAid(),
    Dependency(),
    WhoIsParent(),
    Appeal(),
    Borrowing(),
    CompareOffers(),
    Handoff(),
    DeadlinesFlow(),
    FafsaStatus(),
    Verification(),
)


def flow_named(name: str | None) -> Flow | None:
    """The flow of that name, None when there is none."""
    return next((flow for flow in FLOWS if flow.name == name), None)
