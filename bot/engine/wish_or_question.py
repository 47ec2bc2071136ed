"""Weighs wishes against questions by how well a note answers the message. Pure.

The words alone may leave it open whether a person wants a flow ("what can i borrow") or a fact. The nearer a note comes
to the very words, the likelier they ask for what it says.
"""

import math
from typing import Any, Dict, List, Text

__all__ = ["weighed"]

_MIDDLE = 0.56
"""As near as this a note says nothing for either side."""
_STEEPNESS = 3.0
"""How fast the odds of a wish fall as a note comes nearer; fitted by benchmarks/understanding.py."""
_WISHES = frozenset({
    "start_estimate_aid", "start_dependency", "start_who_is_parent", "start_deadlines", "start_fafsa_status",
    "start_verification", "start_appeal", "start_borrowing", "start_compare_offers", "talk_to_person",
    "what_can_you_do",
})  # fmt: skip


def weighed(ranking: List[Dict[Text, Any]], near: float) -> List[Dict[Text, Any]]:
    """The ranking with wishes made likelier or less likely, the likeliest first; the shares still add up as before."""
    factor = math.exp(_STEEPNESS * (_MIDDLE - near))
    shares = [entry["confidence"] * (factor if entry["name"] in _WISHES else 1.0) for entry in ranking]
    whole = sum(entry["confidence"] for entry in ranking) / (sum(shares) or 1.0)
    found = [{**entry, "confidence": share * whole} for entry, share in zip(ranking, shares, strict=True)]
    return sorted(found, key=lambda entry: -entry["confidence"])
