"""What answers "why?" after an estimate: the story of the result, or what one line of its worksheet means."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from actions.answers.command import command
from actions.answers.text import words
from actions.flow.model import Say
from knowledge.sai import Estimate
from knowledge.sai.why import why

__all__ = ["explanation"]

_RESULT = frozenset({"sai", "calculated_sai", "pell", "pell_scheduled"})


def explanation(text: str, language: str, found: Estimate) -> Say | None:
    """What to say to a message that asks why `found` is what it is; None for a message that asks something else."""
    said = " ".join(words(text))
    asks = _mentions(said, "asks") or command(text) == "why"
    key = found.worksheet.asked_about(said, language)
    line = found.worksheet.line(key) if key and key not in _RESULT else None
    if not asks and not (line and _mentions(said, "means") and _is_a_term(said, line.key, found, language)):
        return None
    if line is not None:
        spanish = language == "es"
        return Say(
            "utter_estimate_line",
            {
                "name": line.name_es if spanish else line.name_en,
                "explain": line.explain_es if spanish else line.explain_en,
                "rule": line.rule_es if spanish else line.rule_en,
                "source": line.source_name,
            },
        )
    if key or command(text) == "why" or _mentions(said, "result"):
        return Say("utter_estimate_why", {"story": " ".join(why(found, "es" if language == "es" else "en"))})
    return None


def _is_a_term(said: str, key: str, found: Estimate, language: str) -> bool:
    """Whether the message names the line by words that hardly mean anything else."""
    return any(" " in name and name in said for name in found.worksheet.names(key, language))


def _mentions(said: str, kind: str) -> bool:
    return any(f" {phrase} " in f" {said} " for phrase in _phrases()[kind])


@cache
def _phrases() -> dict[str, list[str]]:
    content: dict[str, list[str]] = yaml.safe_load(
        (Path(__file__).parent / "words" / "why.yml").read_text(encoding="utf-8")
    )
    return content
