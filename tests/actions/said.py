"""The words of messages, as a person on the page or on a phone reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from actions.flow.model import Say
from tests.actions.talk import Talk

__all__ = ["said", "wander", "words_of"]

_DOMAIN = Path(__file__).parents[2] / "bot/domain"


@cache
def _responses() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted(_DOMAIN.glob("*_words.yml")):
        found |= yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
    return found


def words_of(say: Say, language: str, channel: str = "web") -> str:
    """One message in words; "" for data alone. Raises KeyError when it has no words or leaves a blank empty."""
    if say.response is None:
        return ""
    fitting = [v for v in _responses()[say.response] if bool(v.get("condition")) == (language == "es")]
    chosen = next((v for v in fitting if v.get("channel") == channel), None)
    text: str = (chosen or next(v for v in fitting if "channel" not in v))["text"]
    return text.format_map(dict(say.params))


def said(talk: Talk, channel: str = "web") -> str:
    """The last turn in words, with its tables."""
    parts = []
    for one in talk.last.says:
        parts.append(words_of(one, talk.language, channel))
        parts += [f"{row['label']}: {row['value']} {row['note']}" for row in one.custom.get("rows", ())]
    return "\n".join(parts)


WANDERINGS = (
    "yes", "no", "sí", "not sure", "no sé", "idk", "purple elephants", "why", "back", "skip", "12", "1", "help",
    "what is the fafsa?", "¿qué es eso?", "3/4/2026", "asdf asdf", "", "none", "my mom", "🙂",
)  # fmt: skip


def wander(talk: Talk, opening: str, choose: Any, most: int = 60) -> int:
    """A person who says anything at all; after `most` turns they only say that they aren't sure.

    Gives the number of turns to the end. Every turn must ask something or end, and have words.
    """
    talk.open(opening)
    for turn in range(1, most + 40):
        spoken = said(talk)
        if talk.last.status != "asking":
            return turn
        assert talk.asks
        assert spoken.strip()
        assert "{" not in spoken
        talk.say(choose(WANDERINGS) if turn < most else "not sure")
    raise AssertionError(f"no end in sight at {talk.asked}")
