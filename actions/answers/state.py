"""A US state or territory, as people name it in English or Spanish."""

from __future__ import annotations

import re
from functools import cache

from actions.answers.closeness import closest
from actions.answers.parsed import Parsed, confirm, invalid, not_sure, ok
from actions.answers.replies import core_words, says_not_sure
from actions.answers.tables import Phrase, phrases, table
from actions.answers.text import compose, has_phrase, words

ABROAD = "OT"
"""What stands for a place outside the states and territories."""

_SURE = 86.0
_LIKELY = 76.0
_SOUNDS_LIKE = 84.0
_SAYS_NEW = re.compile(r"(?:niu|nyu|nu\b|nueva\b)")
"""How the English "new" is written by ear (and half by ear): these name no place abroad."""
_SOUNDS = (
    (r"\b(?:niu|nyu|new|nu|nueva|nuevo)\b\s?", "nu "), (r"\b(?:niu|nyu|nu)(?=y)", "nu "), (r"ph", "f"),
    (r"sh|ch", "x"), (r"\b[jgy](?=[eiu])", "y"), (r"qu(?=[ei])|c(?=[aouklrt]|\b)|k", "k"), (r"c(?=[eiy])|z", "s"),
    (r"ck|kk", "k"), (r"\bgu(?=a)|\bhu(?=a)", "w"), (r"v", "b"), (r"h", ""), (r"ey\b|y\b|ie\b", "i"), (r"(.)\1", r"\1"),
)  # fmt: skip


@cache
def _names() -> dict[Phrase, str]:
    return {words(name): code for code, names in table("states")["states"].items() for name in names}


def state_codes() -> frozenset[str]:
    """Give every two-letter code that `parse_state` can return, without `OT`."""
    return frozenset(table("states")["states"])


def parse_state(text: str) -> Parsed[str]:
    """Give the postal code of the state in `text`, or `OT` for another country.

    Problems: `empty`, `ambiguous` (alternatives: the states named), `word_or_state`, `near_miss` and `by_sound`
    ("niu yersi") (to confirm), `unknown`.
    """
    tokens = core_words(text)
    if not tokens:
        return not_sure() if says_not_sure(text) else invalid("empty")
    named = _named(tokens)
    if not named:
        alone = _code_alone(compose(text).strip(" .!?,\n\t"))
        if alone is not None:
            return alone
        named = _codes_inside(text)
    if len(named) == 1:
        return ok(named[0])
    if named:
        lived = _moved_to(tokens, named) or _home_of(tokens, named)
        return ok(lived) if lived else invalid("ambiguous", named)
    if _SAYS_NEW.match(" ".join(tokens)) and (heard := _by_sound(tokens)).value is not None:
        return heard
    if has_phrase(tokens, phrases("states", "abroad")):
        return ok(ABROAD)
    return _otherwise(text, tokens)


def _moved_to(tokens: Phrase, named: tuple[str, ...]) -> str | None:
    """Give the last of two states where somebody moved there ("from Florida to Utah"), or None."""
    if len(named) != 2 or not has_phrase(tokens, phrases("states", "moved")):
        return None
    names = [(at, name) for name, code in _names().items() if code == named[-1]
             for at in range(len(tokens)) if tokens[at : at + len(name)] == name]  # fmt: skip
    leads = phrases("states", "moved_to")
    return named[-1] if any(tokens[at - len(lead) : at] == lead for at, _ in names for lead in leads if at) else None


def _home_of(tokens: Phrase, named: tuple[str, ...]) -> str | None:
    """Give the one state that is left of several where others are denied ("not regular virginia"), or that is home."""
    before = dict(_places(tokens))
    left = [code for code in named if not {"not", "no"} & set(before.get(code, ())[-2:])]
    if len(left) == 1:
        return left[0]
    home = [code for code in named if has_phrase(before.get(code, ())[-4:], phrases("states", "home"))]
    return home[0] if len(home) == 1 else None


def _city(tokens: Phrase) -> str | None:
    """Give the state of the one large city named, or None."""
    found = {
        code
        for code, names in table("states")["cities"].items()
        if has_phrase(tokens, tuple(words(name) for name in names))
    }
    return found.pop() if len(found) == 1 else None


def state_named(text: str) -> str | None:
    """Give the one state where a longer message says that somebody lives ("in Texas", "tx 26-27"), or None.

    Beside a school ("Ohio State", "my college in Texas") a state is no residence unless the message says so. Two
    letters that are also a word ("OK") name no state.
    """
    tokens = core_words(text)
    at_school = has_phrase(tokens, phrases("states", "schools")) and not has_phrase(tokens, phrases("states", "living"))
    if not tokens or at_school:
        return None
    everyday = set(table("states")["words_inside"])
    letters = re.findall(r"(?<![\w'])[A-Za-z]{2}(?![\w'])", compose(text))
    codes = (word.upper() for word in letters if word.lower() not in everyday and word.upper() in state_codes())
    found = dict.fromkeys((*_named(tokens), *codes))
    return next(iter(found)) if len(found) == 1 else None


def states_named(text: str) -> tuple[str, ...]:
    """Give every state that stands in `text` by its name, or by two letters that are no everyday word, in order."""
    return tuple(dict.fromkeys((*_named(core_words(text)), *_codes_inside(text))))


def state_alone(text: str) -> str | None:
    """Give the state when `text` is its name or code and nothing else; None for a code that is an everyday word."""
    if (named := _names().get(words(text))) is not None:
        return named
    alone = _code_alone(compose(text).strip(" .!?,\n\t"))
    everyday = text.strip().lower() in table("states")["words_inside"]
    return alone.value if alone is not None and alone.status == "ok" and (text.isupper() or not everyday) else None


def _named(tokens: Phrase) -> tuple[str, ...]:
    """Give the states whose names stand in the words, a longer name hiding those inside it."""
    return tuple(dict.fromkeys(code for code, _before in _places(tokens)))


def _places(tokens: Phrase) -> tuple[tuple[str, Phrase], ...]:
    """Give each state named, with the words before it back to the last one."""
    found: list[tuple[str, Phrase]] = []
    at = since = 0
    longest = max(len(name) for name in _names())
    while at < len(tokens):
        for size in range(min(longest, len(tokens) - at), 0, -1):
            code = _names().get(tokens[at : at + size])
            if code:
                found.append((code, tokens[since:at]))
                at += size - 1
                since = at + 1
                break
        at += 1
    return tuple(found)


def _code_alone(text: str) -> Parsed[str] | None:
    plain = re.sub(r"[.\s]", "", text)
    if len(plain) != 2 or plain.upper() not in state_codes():
        return None
    if plain.lower() in table("states")["greetings"] and not plain.isupper():
        return None
    if plain.lower() in table("states")["words_alone"] and not plain.isupper():
        return confirm(plain.upper(), "word_or_state")
    return ok(plain.upper())


def _codes_inside(text: str) -> tuple[str, ...]:
    shouted = text.isupper()
    found: dict[str, None] = {}
    for word in re.findall(r"(?<![\w'])[A-Za-z]{2}(?![\w'])", compose(text)):
        everyday = word.lower() in table("states")["words_inside"]
        if word.upper() in state_codes() and (not everyday or (word.isupper() and not shouted)):
            found[word.upper()] = None
    return tuple(found)


def _otherwise(text: str, tokens: Phrase) -> Parsed[str]:
    for word, codes in table("states")["shared"].items():
        if word in tokens:
            return invalid("ambiguous", tuple(codes))
    if says_not_sure(text):
        return not_sure()
    if city := _city(tokens):
        return confirm(city, "city")
    forms: dict[str, tuple[str, ...]] = {}
    for name, code in _names().items():
        forms[code] = (*forms.get(code, ()), " ".join(name))
    best = closest(tokens, forms, least=_LIKELY)
    if best is None:
        return _by_sound(tokens)
    if best.rivals:
        return invalid("ambiguous", (best.value, *best.rivals))
    return ok(best.value) if best.score >= _SURE else confirm(best.value, "near_miss")


def _by_sound(tokens: Phrase) -> Parsed[str]:
    """The state whose English name sounds like what a Spanish speaker wrote down."""
    forms: dict[str, tuple[str, ...]] = {}
    for name, code in _names().items():
        forms[code] = (*forms.get(code, ()), _sound(" ".join(name)))
    best = closest(tuple(_sound(" ".join(tokens)).split()), forms, least=_SOUNDS_LIKE)
    return invalid("unknown") if best is None or best.rivals else confirm(best.value, "by_sound")


def _sound(said: str) -> str:
    """Letters that Spanish and English write differently for one sound, written one way."""
    for pattern, sound in _SOUNDS:
        said = re.sub(pattern, sound, said)
    return said
