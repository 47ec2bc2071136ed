"""A phone number, an e-mail address, a person's name."""

from __future__ import annotations

import re

import phonenumbers

from actions.answers.parsed import Parsed, confirm, invalid, not_sure, ok
from actions.answers.question import looks_like_question
from actions.answers.replies import core_words, says_not_sure
from actions.answers.spelled_phone import digits_told
from actions.answers.tables import phrases
from actions.answers.text import compose, fold, starts_with, words

_EMAIL = re.compile(
    r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,24}(?![A-Za-z0-9@])", re.ASCII
)
_LONGEST_NAME = 80
_MOST_WORDS = 7
_AREA_NUMBER = re.compile(r"(?<![\d,$])(?:\+?1[ .-]?)?\(?(\d{3})\)?[ .-]{0,2}(\d{3})[ .-]?(\d{4})(?![\d,])", re.ASCII)


def parse_phone(text: str, *, own: str | None = None, region: str = "US") -> Parsed[str]:
    """Give the phone number in `text` as E.164 ("+15055550147"), US unless a country code is typed.

    "this number" gives `own`, the number the person writes from (E.164), where there is one. One with an area code
    that nobody has been given, as far as we know, needs confirmation (`unassigned`). Problems: `empty`,
    `no_own_number`, `none` (declined), `too_short`, `too_long`, `ambiguous`, `not_a_phone`.
    """
    if not text.strip():
        return invalid("empty")
    found = tuple(
        dict.fromkeys(
            phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            for match in phonenumbers.PhoneNumberMatcher(compose(text), region, phonenumbers.Leniency.VALID)
        )
    )
    if len(found) == 1:
        return ok(found[0])
    if found:
        return invalid("ambiguous", found)
    if (number := _told_in_words(text, region)) is not None:
        return ok(number)
    if len(unassigned := _AREA_NUMBER.findall(compose(text))) == 1:
        # New area codes come faster than lists of them; whoever mistyped one sees it.
        return confirm(f"+1{''.join(unassigned[0])}", "unassigned")
    digits = sum(char.isdigit() for char in text)
    if digits >= 4:
        return invalid("too_short" if digits < 10 else "too_long" if digits > 15 else "not_a_phone")
    tokens = core_words(text)
    here = phrases("contact", "this_number")
    if starts_with(tokens, here) or starts_with(words(text), here):
        return ok(own) if own else invalid("no_own_number")
    if tokens in phrases("contact", "none"):
        return invalid("none")
    return not_sure() if says_not_sure(text) else invalid("not_a_phone")


def _told_in_words(text: str, region: str) -> str | None:
    """The number told digit by digit, when it is one that there can be."""
    if (told := digits_told(text)) is None:
        return None
    number = phonenumbers.parse(told, region)
    valid = phonenumbers.is_valid_number(number)
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)) if valid else None


def parse_email(text: str) -> Parsed[str]:
    """Give the e-mail address in `text`, its domain in lower case.

    "I have none" is `ok` with value None and problem `none`. Problems: `empty`, `ambiguous`, `not_an_email`.
    """
    if not text.strip():
        return invalid("empty")
    found = tuple(dict.fromkeys(_tidy(match) for match in _EMAIL.findall(compose(text)) if ".." not in match))
    if len(found) == 1:
        return ok(found[0])
    if found:
        return invalid("ambiguous", found)
    tokens = core_words(text)
    if "@" not in text and starts_with(tokens, phrases("contact", "none")):
        return not_sure() if says_not_sure(text) else Parsed(None, "ok", "none")
    return not_sure() if says_not_sure(text) else invalid("not_an_email")


def _tidy(address: str) -> str:
    box, _, domain = address.partition("@")
    return f"{box.strip('.')}@{domain.lower()}"


def parse_name(text: str) -> Parsed[str]:
    """Give a person's name as typed, without "my name is"; capitals are added when there are none.

    A phone number or an e-mail address beside it is left aside. Problems: `empty`, `question`, `digits`, `too_long`,
    `not_a_name`.
    """
    text = _without_ways(text)
    name = _without_lead_in(" ".join(compose(text).split()))
    if not name:
        return invalid("not_a_name" if text.strip() else "empty")
    if words(text) in phrases("contact", "not_a_name") or words(name) in phrases("contact", "not_a_name"):
        return not_sure() if says_not_sure(text) else invalid("not_a_name")
    if says_not_sure(text):
        return not_sure()
    if "?" in text or "\u00bf" in text or looks_like_question(text):
        return invalid("question")
    if any(char.isdigit() for char in name):
        return invalid("digits")
    if len(name) > _LONGEST_NAME or len(name.split()) > _MOST_WORDS:
        return invalid("too_long")
    if not any(char.isalpha() for char in name) or re.search(r"[@<>{}\[\]/\\|=_*#$%^~]", name):
        return invalid("not_a_name")
    return ok(_capitals(name))


def _without_ways(text: str) -> str:
    """The text without a phone number and an e-mail address, and without the words that announce them."""
    rest = _EMAIL.sub(" ", compose(text))
    for match in reversed(list(phonenumbers.PhoneNumberMatcher(rest, "US", phonenumbers.Leniency.VALID))):
        rest = f"{rest[: match.start]} {rest[match.end :]}"
    if rest == compose(text):
        return text
    announced = "|".join(_loose(" ".join(phrase)) for phrase in phrases("contact", "way_words"))
    shape = re.compile(rf"(?:[\s,.;:-]+|^)(?:{announced})\b[\W_]*")
    while found := shape.search(fold(rest)):
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    return rest.strip() or text


def _without_lead_in(text: str) -> str:
    for key, pattern in (
        ("name_lead_ins", r"^[\W_]*(?:{})\b[\s,.:!]*"),
        ("name_stops", r"[\s,.!]*\b(?:{})[\W_]*$"),
    ):
        said = "|".join(_loose(" ".join(phrase)) for phrase in phrases("contact", key))
        shape = re.compile(pattern.format(said))
        for _ in range(4):
            if not (found := shape.search(fold(text))):
                break
            text = text[: found.start()] + text[found.end() :]
    return text.strip(' ,.;:!?"()-')


def _loose(phrase: str) -> str:
    """Let "im" and "names" be typed with an apostrophe."""
    return phrase.replace("im", "i'?m").replace("names", "name'?s").replace("its", "it'?s")


def _capitals(name: str) -> str:
    if name != name.lower() and name != name.upper():
        return name
    if name == name.upper() and len(name) <= 3:
        return name
    small = {phrase[0] for phrase in phrases("contact", "small_words")}
    parts = name.lower().split(" ")
    return " ".join(
        part if index and fold(part) in small else re.sub(r"(^|[-'.])(\w)", lambda hit: hit[1] + hit[2].upper(), part)
        for index, part in enumerate(parts)
    )
