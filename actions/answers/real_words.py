"""The words of our own edited texts: what is spelled like one of them is no slip of the keyboard.

`python -m actions.answers.real_words` gathers them anew, from the notes and the words that people are shown.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path

from actions.answers.text import words

__all__ = ["gathered", "real_words"]

_ROOT = Path(__file__).parents[2]
_EDITED = ("knowledge/articles", "knowledge/boundaries", "bot/domain")
_SHORTEST = 4
_PER_LINE = 12


@cache
def real_words() -> frozenset[str]:
    """Give every word of the list, folded."""
    return frozenset(files("actions.answers").joinpath("data", "real_words.txt").read_text(encoding="utf-8").split())


def gathered() -> list[str]:
    """Give the words of the edited texts as they are now, in order."""
    found: set[str] = set()
    for place in _EDITED:
        for file in sorted((_ROOT / place).rglob("*")):
            if file.suffix in {".yml", ".md"}:
                text = re.sub(r"https?://\S+|\{[^}]*\}|`[^`]*`", " ", file.read_text(encoding="utf-8"))
                found.update(word for word in words(text) if len(word) >= _SHORTEST and word.isalpha())
    return sorted(found)


if __name__ == "__main__":
    listed = gathered()
    lines = (" ".join(listed[at : at + _PER_LINE]) for at in range(0, len(listed), _PER_LINE))
    target = _ROOT / "actions" / "answers" / "data" / "real_words.txt"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(listed)} words in {target.relative_to(_ROOT)}\n")
