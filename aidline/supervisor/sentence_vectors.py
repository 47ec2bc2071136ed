"""`python -m aidline.supervisor.sentence_vectors`: keeps the sentence vectors of all that the bot learns from.

To be run after many examples or notes' questions were added: a training encodes what is not kept, some 30 ms a text.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from aidline.supervisor.bot_lessons import lessons, nlu_lines
from aidline.supervisor.programs import BOT

__all__ = ["missing"]


def _taught() -> list[str]:
    """Every text that the bot learns an intent from, each once, sorted."""
    examples = {line for entry, line in nlu_lines() if "intent" in entry}
    return sorted(examples | {one.text for one in lessons() if one.intent})


def missing() -> list[str]:
    """The texts among them that have no kept vector, so that each training has to encode them."""
    found: list[str] = json.loads(_run("--missing"))
    return found


def _run(*options: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.json"
        texts.write_text(json.dumps(_taught(), ensure_ascii=False), encoding="utf-8")
        command = [str(BOT / ".venv/bin/python"), "-m", "engine.sentence_vectors", str(texts), *options]
        return subprocess.run(command, cwd=BOT, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    _run(*sys.argv[1:])
