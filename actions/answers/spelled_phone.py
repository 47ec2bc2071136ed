"""A phone number told digit by digit, in words or mixed ("six one four, triple five, 01 seventy seven")."""

from __future__ import annotations

import re

from actions.answers.text import fold

_BELOW_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
    "dieciocho diecinueve",
)
_TENS = (
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
)
_TWENTIES = "veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"
_NUMBERS = {word: value for listed in _BELOW_TWENTY for value, word in enumerate(listed.split())}
_NUMBERS |= {word: 10 * value for listed in _TENS for value, word in enumerate(listed.split(), start=2)}
_NUMBERS |= {word: value for value, word in enumerate(_TWENTIES.split(), start=21)}
_NUMBERS |= {"oh": 0, "o": 0, "sero": 0, "sinco": 5, "quatro": 4, "ate": 8, "fourty": 40}
_TIMES = {"double": 2, "doble": 2, "triple": 3}
_LETTER_IN_DIGITS = re.compile(r"(?<=[\d-])o(?=[\do-])|(?<=\d)o\b")
_PIECE = re.compile(r"\d+|[a-z]+")
_LENGTHS = (10, 11)
_COUNTRY = "1"
_SMALLEST_TEN = 20


def digits_told(text: str) -> str | None:
    """Give the ten digits of a US number whose digits may be words, None where there are more, fewer or none in words.

    Words that are no digits may stand around it ("my cell is six one four ...").
    """
    pieces: list[str] = _PIECE.findall(_LETTER_IN_DIGITS.sub("0", fold(text)))
    told, at, times = "", 0, 1
    while at < len(pieces):
        said, after = _digits_at(pieces, at)
        told += said[:1] * (times - 1) + said
        times, at = _TIMES.get(pieces[at], 1), after
    if len(told) not in _LENGTHS or (len(told) == max(_LENGTHS) and told[0] != _COUNTRY):
        return None
    return told[-min(_LENGTHS) :]


def _digits_at(pieces: list[str], at: int) -> tuple[str, int]:
    """The digits that one piece stands for, with the ones after a ten ("fifty five", "cincuenta y cinco")."""
    piece = pieces[at]
    if piece.isdigit():
        return piece, at + 1
    value = _NUMBERS.get(piece)
    if value is None or (piece == "o" and not _among_digits(pieces, at)):
        return "", at + 1
    joined = at + 2 if pieces[at + 1 : at + 2] == ["y"] else at + 1
    ones = _NUMBERS.get(pieces[joined], 0) if joined < len(pieces) else 0
    if value >= _SMALLEST_TEN and value % 10 == 0 and 0 < ones < 10:
        return str(value + ones), joined + 1
    return str(value), at + 1


def _among_digits(pieces: list[str], at: int) -> bool:
    """Tell the letter for a zero from the Spanish "or"."""
    return at > 0 and (pieces[at - 1].isdigit() or pieces[at - 1] in _NUMBERS)
