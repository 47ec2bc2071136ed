"""The rule by which a sentence that a model wrote may be said: it has the shape of a statement, or of its beginning.

Both are brought into one shape (`knowledge.support.pieces`): small and harmless words are left out, equal words made
one, and all others stay where they are: negations, conditions, "only", "may" and "must", comparisons, figures, dates,
addresses, who does what to whom. Equal shapes say the same. So nothing can be added, turned round, or said without its
condition. Sentences that people would call right fail too, where they use other words; that is the price.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from knowledge.notes import Language
from knowledge.support.pieces import ends, numbers, shapes, tokens
from knowledge.support.wording import MARK, wording

__all__ = ["Fault", "faults", "opening", "supports"]

Fault = Literal["letters", "empty", "number", "opening", "subject", "polarity", "words"]
_DECIDES = ("not", "never", "always", "only", "may", "can", "must", "should", "without")
_POLARITY = frozenset(MARK + name for name in _DECIDES)

# What the notes are written in: a word in any other script would not be compared at all.
_LETTERS = re.compile(r"[\w\s.,;:()\"“”'‘’!¡?¿$%/@&+–—-]*", re.ASCII)
_ACCENTS = str.maketrans("áéíóúüñÁÉÍÓÚÜÑ", "aeiouunAEIOUUN")
# Small words are free, but not without end.
_LONGER = 1.5


def opening(text: str, language: Language) -> str | None:
    """The answer that a text begins with ("yes", "no", "depends"), or None."""
    known = wording(language)
    return known.opening(known.plain(text))[0]


def supports(statements: Sequence[str], sentence: str, language: Language) -> bool:
    """Whether `statements` (one, or neighbours in their note, in order) say all that `sentence` says, and as surely."""
    return not faults(statements, sentence, language)


def faults(statements: Sequence[str], sentence: str, language: Language) -> tuple[Fault, ...]:
    """Why the sentence does not pass, the gravest first; empty when it does."""
    known = wording(language)
    if not _LETTERS.fullmatch(sentence.translate(_ACCENTS)) or len(sentence) > _LONGER * sum(map(len, statements)):
        return ("letters",)
    said, rest = known.opening(known.plain(sentence).strip())
    told = tokens(rest, known, language)
    if not told:
        return ("empty",)
    begun = [known.opening(known.plain(one)) for one in statements]
    found: list[Fault] = []
    if said and (not begun or begun[0][0] != said):
        found.append("opening")
    stated = " ".join(text for _, text in begun)
    held = tokens(stated, known, language)
    if numbers(told) - numbers(held):
        found.append("number")
    if any((group & set(told)) - set(held) for group in known.opposites):
        found.append("subject")
    wanted = shapes(rest, known, language)
    # The last of the statements is the only one that may be left off half-way, and never at its beginning.
    before, last = " ".join(text for _, text in begun[:-1]), begun[-1][1] if begun else ""
    if any(wanted & shapes(f"{before} {end}".strip(), known, language) for end in ends(last, known, language)):
        return tuple(found)
    counts, backing = Counter(told), Counter(held)
    found.append("polarity" if any(counts[sign] > backing[sign] for sign in _POLARITY) else "words")
    return tuple(found)
