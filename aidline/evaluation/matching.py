"""Whether an answer holds the words or numbers that an entry of a question asks for."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["clean", "holds", "meets"]

_DROPPED = str.maketrans("", "", "$*_")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NUMBER = re.compile(r"[\d.]*\d[\d.]*%?\Z")


def clean(text: str) -> str:
    """Text as it is compared: lower case, no accents, no `$ * _`, no thousands commas, straight apostrophes."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("\u2019", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_DROPPED)
    return " ".join(_THOUSANDS.sub("", plain).split())


def holds(wanted: str, cleaned: str) -> bool:
    """Whether the cleaned answer holds one alternative: as a whole number if that is what it is, else as a part."""
    plain = clean(wanted)
    if _NUMBER.match(plain):
        return re.search(rf"(?<![\d.]){re.escape(plain)}(?!\d|\.\d)", cleaned) is not None
    return plain in cleaned


def meets(entry: str, cleaned: str) -> bool:
    """Whether the cleaned answer holds one of the entry's alternatives. An empty answer meets nothing."""
    return bool(cleaned) and any(holds(one, cleaned) for one in entry.split(" | ") if one.strip())
