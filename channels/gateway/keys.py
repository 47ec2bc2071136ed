"""Names of what the gateway keeps in Redis. Everything about one conversation starts with its prefix."""

from __future__ import annotations

__all__ = [
    "CLAIMED", "EVENTS", "FENCE", "GROUP", "PREFIX", "READY", "RECORD", "WAKE", "WORKER_ALIVE",
    "conversation", "inbox", "more", "out", "person", "seen", "told",
]  # fmt: skip

PREFIX = "conv:"
READY = "turns:ready"
CLAIMED = "turns:claimed"
WAKE = "turns:wake"
FENCE = "turns:fence"
RECORD = "record"
EVENTS = "events"
GROUP = "transcripts"
WORKER_ALIVE = "worker:alive"


def conversation(conversation_id: str) -> str:
    """Hash: channel, language, seq, token hash, encrypted phone."""
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


def more(conversation_id: str) -> str:
    """What is left of a long text message, sent when the person asks for MORE."""
    return f"{PREFIX}{conversation_id}:more"


def told(conversation_id: str) -> str:
    """Set for a while after the person was told that too much came at once."""
    return f"{PREFIX}{conversation_id}:told"


def person(phone_hash: str) -> str:
    """The conversation of a phone number."""
    return f"phone:{phone_hash}"
