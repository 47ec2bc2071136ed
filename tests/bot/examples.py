"""The examples and signs of bot/data/nlu, for tests."""

from pathlib import Path
from typing import NamedTuple

import yaml

NLU = Path(__file__).resolve().parents[2] / "bot/data/nlu"


class Told(NamedTuple):
    text: str
    intent: str
    language: str


def told():
    """Every example with its intent and language."""
    return [Told(line, entry["intent"], entry["metadata"]["language"]) for entry, line in _lines() if "intent" in entry]


def signs():
    """Name and pattern of every sign."""
    return [(entry["regex"], line) for entry, line in _lines() if "regex" in entry]


def _lines():
    for path in sorted(NLU.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in entry["examples"].splitlines():
                if line.strip():
                    yield entry, line.removeprefix("- ").strip()
