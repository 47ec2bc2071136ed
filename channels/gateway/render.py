"""From what the bot said to what a channel can show.

The web gets every message with its data. A phone gets one text a turn: short, with the rest on request (MORE), and
with the question of the turn always in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from aidline.language import Language
from channels.gateway.messages import Outgoing, Source
from channels.gateway.words import words
from knowledge.sms import plain_letters

__all__ = ["FIRST_TEXT", "for_sms", "plain"]

FIRST_TEXT = 480
"""Characters of a text before the rest has to be asked for: three segments of plain letters."""


def plain(message: Outgoing) -> str:
    """A message as text alone: its words, its table line by line, its choices by number."""
    parts = [message.text] if message.text else []
    if message.rows:
        parts.append(
            "\n".join(f"{row.label}: {row.value}" + (f" ({row.note})" if row.note else "") for row in message.rows)
        )
    if message.asks and message.asks.kind == "choice" and message.asks.choices:
        parts.append("\n".join(f"{n}) {choice.label}" for n, choice in enumerate(message.asks.choices, 1)))
    return "\n".join(parts)


def for_sms(messages: Sequence[Outgoing], language: Language) -> tuple[Outgoing, str]:
    """One text for a whole turn, and the rest for later ("" when all of it fitted).

    The text keeps the data of the turn: what it asks, its result, its sources.
    """
    asking = next((m for m in reversed(messages) if m.asks), None)
    result = next((m.result for m in messages if m.result), None)
    sources = tuple(source for m in messages for source in m.sources)
    bodies = [plain(m) for m in messages if m is not asking]
    question = "\n".join(part for part in (plain(asking), _progress(asking, language)) if part) if asking else ""
    first, rest = _split("\n\n".join(bodies), FIRST_TEXT - min(len(question), FIRST_TEXT // 2))
    ending = words("more", language) if rest else ""
    source = _source_line(sources, language)
    # Where the question of the turn is all that is said, its words come before where they stand.
    parts = (first, source, ending, question) if first else (question, source)
    text = plain_letters("\n\n".join(part for part in parts if part))
    joined = Outgoing(
        id=messages[0].id, seq=0, at=messages[0].at, language=messages[-1].language, text=text,
        asks=asking.asks if asking else None, result=result, sources=sources, more=bool(rest),
    )  # fmt: skip
    return joined, rest


def _progress(asking: Outgoing, language: Language) -> str:
    """Where a person stands in a form: "(4 of about 9)"."""
    if asking.asks is None or not asking.asks.step or not asking.asks.steps:
        return ""
    step = asking.asks.step
    return words("progress", language).format(step=step, steps=max(step, asking.asks.steps))


def _source_line(sources: Sequence[Source], language: Language) -> str:
    """Where the answer stands: the first source, always in the first text."""
    if not sources:
        return ""
    return f"{words('source', language)}: {sources[0].url} ({words('checked', language)} {sources[0].as_of})"


def _split(text: str, limit: int) -> tuple[str, str]:
    """The part that fits, cut between paragraphs, lines or sentences, and the rest."""
    if len(text) <= limit + 60:
        return text, ""
    for mark in ("\n\n", "\n", ". ", " "):
        at = text.rfind(mark, limit // 3, limit)
        if at > 0:
            return text[: at + (mark == ". ")].rstrip(), text[at + len(mark) :].lstrip()
    return text[:limit], text[limit:]
