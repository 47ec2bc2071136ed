"""Words that call for care before any answer about aid."""

import re
from functools import cache
from pathlib import Path

import yaml

from knowledge.notes import LANGUAGES, Language
from knowledge.search.text import fold

_FILE = Path(__file__).parent / "safety.yml"


def crisis(text: str) -> Language | None:
    """The language in which `text` says that someone may want to die, or None when it does not.

    Exact phrases only (see `safety.yml`), in both languages whatever the conversation's own, so nothing has
    to be guessed and nothing has to be running.
    """
    plain = " ".join(fold(text).split())
    for language in LANGUAGES:
        danger, harmless = _phrases(language)
        if danger.search(harmless.sub(" ", plain)):
            return language
    return None


@cache
def _phrases(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = yaml.safe_load(_FILE.read_text("utf-8"))[language]
    danger, harmless = (re.compile("|".join(f"(?:{one})" for one in data[name])) for name in ("crisis", "unless"))
    return danger, harmless
