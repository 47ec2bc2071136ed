"""Names of what the gateway keeps in Redis. Everything about one conversation starts with its prefix.

All share one hash tag, so that a Redis Cluster keeps them on one node: the order across conversations is decided by
scripts that see them together, and some of those make names from the prefix.
"""

from __future__ import annotations

__all__ = [
    "CLAIMED", "EVENTS", "FENCE", "GROUP", "PREFIX", "READY", "RECORD", "RECORDS_ALIVE", "TAG", "WAKE", "WORKER_ALIVE",
    "conversation", "hand_over", "inbox", "out", "person", "seen", "told",
]  # fmt: skip

TAG = "{aidline}:"
PREFIX = f"{TAG}conv:"
READY = f"{TAG}turns:ready"
CLAIMED = f"{TAG}turns:claimed"
WAKE = f"{TAG}turns:wake"
FENCE = f"{TAG}turns:fence"
RECORD = f"{TAG}record"
EVENTS = f"{TAG}events"
GROUP = "transcripts"
WORKER_ALIVE = "worker:alive"
RECORDS_ALIVE = "records:alive"


def conversation(conversation_id: str) -> str:
    """Hash: channel, language, seq, token hash, encrypted phone; what was offered, the rest of a long text."""
    return f"{PREFIX}{conversation_id}"


def inbox(conversation_id: str) -> str:
    """List of accepted messages that wait for their turn."""
    return f"{PREFIX}{conversation_id}:inbox"


def seen(conversation_id: str) -> str:
    """Set of message ids accepted before."""
    return f"{PREFIX}{conversation_id}:seen"


def out(conversation_id: str) -> str:
    """Stream of what the person is shown."""
    return f"{PREFIX}{conversation_id}:out"


def told(conversation_id: str) -> str:
    """Set for a while after the person was told that too much came at once."""
    return f"{PREFIX}{conversation_id}:told"


def person(phone_hash: str) -> str:
    """The conversation of a phone number."""
    return f"{TAG}phone:{phone_hash}"


def hand_over(code_hash: str) -> str:
    """The conversation that a link leads to, until it is opened or too old."""
    return f"{TAG}hand-over:{code_hash}"
