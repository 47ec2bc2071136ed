"""What the phone network makes of a text: its alphabet, and how many messages a text is sent as."""

import math

__all__ = ["plain_letters", "segments"]

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€")
_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " ",
     "á": "a", "í": "i", "ó": "o", "ú": "u", "Á": "A", "Í": "I", "Ó": "O", "Ú": "U"}
)  # fmt: skip
"""Letters and marks that the network's alphabet lacks. One of them would more than halve what a message holds, and
readers of Spanish texts are used to seeing these vowels without their accent; é, ñ, ü, ¿ and ¡ are in the alphabet."""


def plain_letters(text: str) -> str:
    """The text in the network's alphabet where that changes only accents and typographic marks."""
    return text.translate(_PLAIN)


def segments(text: str) -> int:
    """How many messages a phone company counts for the text as Aidline sends it."""
    plain = plain_letters(text)
    if all(letter in _GSM or letter in _GSM_TWICE for letter in plain):
        length = sum(2 if letter in _GSM_TWICE else 1 for letter in plain)
        return 1 if length <= 160 else math.ceil(length / 153)
    length = len(plain.encode("utf-16-be")) // 2
    return 1 if length <= 70 else math.ceil(length / 67)
