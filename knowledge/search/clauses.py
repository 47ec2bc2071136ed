"""The parts of a message that may each ask something of their own."""

import re

from knowledge.notes import Language
from knowledge.search.text import fold, words

__all__ = ["clauses"]

_BREAKS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"(?:[.?!;\n]+|,?\s+\b(?:and|also|plus|but|then)\b)(?:\s+|$)", re.I),
    "es": re.compile(r"(?:[.?!;\n]+|,?\s+\b(?:y|e|también|tambien|además|ademas|pero|luego)\b)(?:\s+|$)", re.I),
}
# "fall and spring" and "part time and full time" are no two questions.
_LEAST_WORDS = 2
_MOST = 5


def clauses(text: str, language: Language) -> tuple[str, ...]:
    """The parts between full stops and "and"s that carry words of their own; empty when there is only one."""
    parts = [part.strip(" ,¿¡") for part in _BREAKS[language].split(text)]
    telling = [part for part in parts if len(words(fold(part), language)) >= _LEAST_WORDS]
    return tuple(telling[:_MOST]) if len(telling) > 1 else ()
