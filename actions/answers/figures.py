"""The numbers in a typed text: digits in US and Latin American styles, words in English and Spanish, and
mixtures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from text_to_num import text2num

from actions.answers.digits import LITERAL, point_may_be_decimal, read_digits
from actions.answers.marks import read_marks
from actions.answers.tables import numbers, phrases, table
from actions.answers.text import fold, just_after, just_before, squeeze

_PIECE = re.compile(rf"(?P<digits>{LITERAL})|(?P<word>[a-z]+)|(?P<other>\S)", re.ASCII)
_SHORTEST_BY_SOUND = 5
"""Letters of a number word that may be written as it sounds."""
_ORDINAL = re.compile(r"(?:st|nd|rd|th|er|do|ra|ro|da|to|ta|vo|va|mo|ma)\b")
_RETIREMENT = re.compile(r"\s?\(?k\)?\b")
_OWNED = re.compile(r"\b(?:my|our|her|his|their|the|a|from|in|into|mi|su|el|un|del|en)\s+$")

_BELOW_TEN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS = frozenset({"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One number read in a text.

    `start` and `end` are positions in the folded text. `scaled`: a thousand or more was said ("45k").
    `marked`: with a dollar sign or word. `guessed`: the separators can be read two ways. `article`: a lone
    "one" or "una", often no number at all. `spelled`: in words.
    """

    value: Decimal
    start: int
    end: int
    scaled: bool = False
    marked: bool = False
    foreign: bool = False
    percent: bool = False
    negative: bool = False
    guessed: bool = False
    article: bool = False
    spelled: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Part:
    value: Decimal
    after: int
    scaled: bool = False
    guessed: bool = False
    article: bool = False
    spelled: bool = False
    unit: int = 1


def find_figures(text: str, language: str = "en") -> tuple[Figure, ...]:
    """Give every number of `text`, left to right; `language` ("en" or "es") settles "1.200" and "once"."""
    folded = fold(text)
    pieces = tuple(
        _Piece(str(match.lastgroup), match.group(), match.start(), match.end()) for match in _PIECE.finditer(folded)
    )
    found: list[Figure] = []
    at = 0
    while at < len(pieces):
        part = _number_at(folded, pieces, at, language)
        if part is None:
            at += 1
            continue
        start, end = pieces[at].start, pieces[part.after - 1].end
        found.append(_figure(folded, part, start, end))
        at = part.after
    return tuple(found)


def _number_at(folded: str, pieces: tuple[_Piece, ...], at: int, language: str) -> _Part | None:
    part = _scaled_at(folded, pieces, at, language)
    if part is None or not part.scaled or part.unit < 1000 or pieces[part.after - 1].text in {"k", "m", "g"}:
        return part
    total, unit = part.value, part.unit
    while (next_at := _skip_joiner(folded, pieces, part.after)) < len(pieces):
        more = _scaled_at(folded, pieces, next_at, language)
        if more is None or more.value >= unit or more.value != more.value.to_integral_value():
            break
        if more.value < 100 and (more.article or not more.spelled) and more.after < len(pieces):
            break
        total += more.value
        unit = more.unit if more.scaled else 1
        part = _Part(total, more.after, True, part.guessed, False, part.spelled, unit)
        if unit == 1:
            break
    return part


def _scaled_at(folded: str, pieces: tuple[_Piece, ...], at: int, language: str) -> _Part | None:
    part = _small_at(folded, pieces, at, language)
    if part is None:
        return _magnitude_alone(pieces, at)
    if half := _phrase_at(pieces, part.after, "halves"):
        part = _Part(part.value + Decimal("0.5"), part.after + half, spelled=True)
    value, after, unit = part.value, part.after, 1
    if vague := _vague_thousands(pieces, after):
        after += vague
    units = numbers("numbers", "magnitudes")
    while after < len(pieces) and pieces[after].text in units and _touches(folded, pieces, after):
        word = pieces[after].text
        attached = pieces[after].start == pieces[after - 1].end
        if word in table("numbers")["attached_only"] and not attached:
            break
        if word == "hundred" and part.spelled and unit == 1 and part.value >= 100:
            break
        if unit == 1 and point_may_be_decimal(pieces[at].text):
            value = Decimal(pieces[at].text)
        value, unit, after = value * units[word], unit * units[word], after + 1
    if unit > 1:
        if unit >= 1_000 and (half := _phrase_at(pieces, after, "halves")):
            value, after = value + Decimal(unit) / 2, after + half
        return _Part(value, after, unit >= 1000, False, False, part.spelled, unit)
    if part.value == 0 and pieces[at].text in {"medio", "media"}:
        return None
    return part


def _small_at(folded: str, pieces: tuple[_Piece, ...], at: int, language: str) -> _Part | None:
    piece = pieces[at]
    if piece.kind == "digits":
        return _digits_at(folded, pieces, at, language)
    if piece.kind != "word" or (piece.start and folded[piece.start - 1] in "'"):
        return None
    units = numbers("numbers", "magnitudes")
    for key, amount in (("half_of", Decimal("0.5")), ("pairs", Decimal(2))):
        size = _phrase_at(pieces, at, key)
        scaled = at + size < len(pieces) and pieces[at + size].text in units
        if size and (scaled or key == "pairs"):
            return _Part(amount, at + size, spelled=True)
    if piece.text in table("numbers")["articles"]:
        follows = pieces[at + 1].text if at + 1 < len(pieces) else ""
        if follows == "hundred":
            return _spelled_at(folded, pieces, at + 1, language)
        return _Part(Decimal(1), at + 1, spelled=True) if len(follows) > 2 and follows in units else None
    return _spelled_at(folded, pieces, at, language)


def _spelled_at(folded: str, pieces: tuple[_Piece, ...], at: int, language: str) -> _Part | None:
    if pieces[at].text in {"cien", "ciento"} and at and pieces[at - 1].text == "por":
        return None
    order = (("spanish", "es"), ("english", "en")) if language == "es" else (("english", "en"), ("spanish", "es"))
    best: _Part | None = None
    for vocabulary, code in order:
        after = _run_end(folded, pieces, at, vocabulary)
        while after > at:
            run = [piece.text for piece in pieces[at:after] if piece.text != "-"]
            value = _read_words(tuple(run), vocabulary, code)
            if value is not None:
                if best is None or after > best.after:
                    lone = after == at + 1 and run[0] in {"one", "un", "una", "uno"}
                    best = _Part(Decimal(value), after, article=lone, spelled=True)
                break
            after -= 1
    if best is None:
        return None
    follows = pieces[best.after].text if best.after < len(pieces) else ""
    if best.after == at + 1 and pieces[at].text == "once" and language != "es" and follows != "mil":
        return None
    return best


@lru_cache(maxsize=2048)
def _read_words(run: tuple[str, ...], vocabulary: str, code: str) -> int | None:
    if _number_word(run[-1], vocabulary) is None:
        return None
    spoken = [_number_word(word, vocabulary) or word for word in run]
    try:
        return int(text2num(" ".join(spoken), code))
    except ValueError:
        return _hundreds_unsaid(spoken) if code == "en" else None


@lru_cache(maxsize=2048)
def _number_word(word: str, vocabulary: str) -> str | None:
    """Give the number word that `word` is, also as it sounds in Spanish ("docientos", "beinte"); None for others."""
    spellings: dict[str, str] = table("numbers")[vocabulary]
    if word in spellings or vocabulary != "spanish" or len(word) < _SHORTEST_BY_SOUND:
        return spellings.get(word)
    return None if word in table("numbers")["no_numbers"] else _by_sound().get(_sound(word))


@cache
def _by_sound() -> dict[str, str]:
    spellings = table("numbers")["spanish"]
    return {_sound(word): meant for word, meant in spellings.items() if len(word) >= _SHORTEST_BY_SOUND}


def _sound(word: str) -> str:
    """Give a word as it sounds in American Spanish: c, s and z alike, b and v alike, no h, no doubled letters."""
    for written, heard in (("qu", "k"), ("ce", "se"), ("ci", "si"), ("z", "s"), ("c", "k"), ("v", "b"), ("h", "")):
        word = word.replace(written, heard)
    return squeeze(word)


def _hundreds_unsaid(spoken: list[str]) -> int | None:
    """Give what "two fifty" comes to: 250."""
    if len(spoken) not in {2, 3} or not {spoken[0], *spoken[2:]} <= set(_BELOW_TEN) or spoken[1] not in _TENS:
        return None
    return (_BELOW_TEN.index(spoken[0]) + 1) * 100 + int(text2num(" ".join(spoken[1:]), "en"))


def _run_end(folded: str, pieces: tuple[_Piece, ...], at: int, vocabulary: str) -> int:
    joiners = table("numbers")["joiners"]

    def known(place: int) -> bool:
        return place < len(pieces) and _number_word(pieces[place].text, vocabulary) is not None

    after = at
    while after < len(pieces) and (after == at or _touches(folded, pieces, after)):
        word = pieces[after].text
        hyphen = word == "-" and after > at
        if hyphen and known(after + 1):
            after += 1
            continue
        if not known(after) and not (word in joiners and after > at and known(after + 1)):
            break
        after += 1
    return after


def _digits_at(folded: str, pieces: tuple[_Piece, ...], at: int, language: str) -> _Part | None:
    piece = pieces[at]
    before = just_before(folded, piece.start)
    if re.search(r"[a-z]-?$", before) and not re.search(r"(?:usd?|us|\d\s?[a-z]+-)$", before):
        return None
    rest = just_after(folded, piece.end)
    if _ORDINAL.match(rest):
        return None
    if piece.text == "401" and _RETIREMENT.match(rest) and _OWNED.search(before):
        # "my 401k" is a retirement plan, not four hundred thousand dollars.
        return None
    glued = re.match(r"[a-z]+", rest)
    known = {
        *numbers("numbers", "magnitudes"),
        *table("numbers")["currency"],
        *table("numbers")["foreign_currency"],
    }
    if glued and glued.group() not in known and len(glued.group()) < 2:
        return None
    value, guessed = read_digits(piece.text, language)
    return _Part(value, at + 1, guessed=guessed)


def _magnitude_alone(pieces: tuple[_Piece, ...], at: int) -> _Part | None:
    word = pieces[at].text
    vague = table("numbers")["vague_before"]
    if word not in table("numbers")["stands_alone"] or (at and pieces[at - 1].text in vague):
        return None
    if word == "mil" and at + 1 < len(pieces) and pieces[at + 1].text in {"gracias", "perdones", "disculpas"}:
        return None
    return _Part(Decimal(1000), at + 1, True, spelled=True, unit=1000)


def _phrase_at(pieces: tuple[_Piece, ...], at: int, key: str) -> int:
    for phrase in phrases("numbers", key):
        if tuple(piece.text for piece in pieces[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def _vague_thousands(pieces: tuple[_Piece, ...], at: int) -> int:
    """Give the length of what leaves the ones open before a magnitude ("20 something thousand"), else 0."""
    size = _phrase_at(pieces, at, "vague_after")
    after = at + size
    return size if size and after < len(pieces) and pieces[after].text in numbers("numbers", "magnitudes") else 0


def _touches(folded: str, pieces: tuple[_Piece, ...], at: int) -> bool:
    return folded[pieces[at - 1].end : pieces[at].start].strip(" -") == ""


def _skip_joiner(folded: str, pieces: tuple[_Piece, ...], at: int) -> int:
    if at < len(pieces) and pieces[at].text in {"and", "y", "con"}:
        at += 1
    return at if at < len(pieces) and _touches(folded, pieces, at) else len(pieces)


def _figure(folded: str, part: _Part, start: int, end: int) -> Figure:
    marks = read_marks(folded, start, end)
    return Figure(
        part.value,
        start,
        end,
        scaled=part.scaled,
        marked=marks.marked,
        foreign=marks.foreign,
        percent=marks.percent,
        negative=marks.negative,
        guessed=part.guessed,
        article=part.article,
        spelled=part.spelled,
    )
