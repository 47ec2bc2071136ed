"""Changes to an answer already given: "change family size to 5", "no, I meant 46,200", "cambie el ingreso a
30 mil".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from actions.answers.closeness import closest
from actions.answers.figures import find_figures
from actions.answers.question import looks_like_question
from actions.answers.tables import table
from actions.answers.text import compose, fold, words

LAST = "last"
"""The answer given last, when the person names none ("I meant 46,200")."""
UNKNOWN = "unknown"
"""Something was named, but none of the names known here."""

_LIKELY = 82.0
_PERIOD = r"(?:a|an|per|each|every|al|por|cada|/)\s*(?:month|mo|year|yr|week|hour|mes|ano|semana|hora)\b"
_A_PERIOD = re.compile(rf"^\s*(?:dollars |dolares )?{_PERIOD}")
"""How often an amount comes in, and no name of an answer ("2,300 a month")."""
_EVERY = re.compile(rf"(?<=\d)\s*(?:dollars |dolares )?{_PERIOD}")


@dataclass(frozen=True, slots=True)
class Correction:
    """A change asked for.

    `name` is a question's name, `last` or `unknown`; `text` is the new answer as typed, "" when none was
    given; `alternatives` are other names the words fit equally well (the given order decides which comes
    first).
    """

    name: str
    text: str
    alternatives: tuple[str, ...] = ()


@cache
def _any_of(*keys: str) -> str:
    entries = sorted({str(entry) for key in keys for entry in table("corrections")[key]}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(entry) for entry in entries) + ")"


def correction(text: str, names: Mapping[str, tuple[str, ...]]) -> Correction | None:
    """Give the change `text` asks for, or None when it asks for none.

    `names` maps each answered question to the words people use for it; on a tie the earlier one comes
    first, so give the answers most likely to be corrected (the latest) first.
    """
    typed = compose(text)
    body, leads = without_lead_ins(typed)
    found = _change(body, names) or _should_be(body, names) or _meant(body, names)
    if found is not None or not leads:
        return found
    if looks_like_question(body):
        return None
    return _led(body, leads, names)


def without_periods(text: str) -> str:
    """Give `text`, folded, without how often its amounts come in ("2,300 a month")."""
    return _EVERY.sub(" ", fold(text))


def without_lead_ins(text: str) -> tuple[str, tuple[str, ...]]:
    """Give the text after "wait", "no, sorry" and the like, and those words."""
    leads: list[str] = []
    shape = re.compile(rf"\s*({_any_of('lead_ins')})\b[\s,.:;!\-]*")
    while found := shape.match(fold(text)):
        leads.append(found.group(1))
        text = text[found.end() :]
    return text.strip(), tuple(leads)


def _change(text: str, names: Mapping[str, tuple[str, ...]]) -> Correction | None:
    folded = fold(text)
    opening = re.match(rf"(?:{_any_of('wishes')}\s+)*({_any_of('change_verbs')})\b\s*", folded)
    if opening is None:
        return None
    rest, rest_folded = text[opening.end() :], folded[opening.end() :]
    # The last "to" or "a" that leaves an answer behind it parts the name from the value.
    for parting in reversed(list(re.finditer(r"\s+(?:to|a|por|en|as|into|=|con)\s+|\s*[:=]\s*|\s*->\s*", rest_folded))):
        subject, value = rest[: parting.start()], rest[parting.end() :].strip()
        fits = _fits(subject, names)
        if fits and value:
            return Correction(fits[0], value, fits[1:])
    fits = _fits(rest, names)
    after = _after_name(rest, fits[0], names) if fits else ""
    value_left = any(rest_folded[f.start : f.end] not in names[fits[0]] for f in find_figures(rest)) if fits else False
    if fits and (after or not value_left):
        return Correction(fits[0], after, fits[1:])
    said = re.match(
        r"(?:it|that|eso|esto|lo|my (?:last )?answer|the last (?:one|answer)|"
        r"mi respuesta|la ultima(?: respuesta)?)?"
        r"\s*(?:^|\s)(?:to|a|por)\s+",
        rest_folded,
    )
    if said:
        return Correction(LAST, rest[said.end() :].strip())
    parted = re.search(r"\s+(?:to|a|por)\s+", rest_folded)
    sure_verb = opening.group(1) not in {"make", "set", "pon", "poner", "ponga", "switch", "fix"}
    return Correction(UNKNOWN, rest[parted.end() :].strip()) if parted and sure_verb else None


def _after_name(rest: str, name: str, names: Mapping[str, tuple[str, ...]]) -> str:
    """Give the value that follows a name with nothing between ("make family size 5")."""
    folded = fold(rest)
    ends = [found.end() for said in names[name] if (found := _locate(said, folded))]
    left = rest[max(ends) :].strip(" ,.:") if ends else ""
    return left if find_figures(left) else ""


def _should_be(text: str, names: Mapping[str, tuple[str, ...]]) -> Correction | None:
    folded = fold(text)
    parting = re.search(rf"\s*\b{_any_of('should_be')}\b\s*", folded)
    if parting:
        fits = _fits(text[: parting.start()], names)
        value = text[parting.end() :].strip()
        if fits and value:
            return Correction(fits[0], value, fits[1:])
        pronoun = re.fullmatch(r"(?:it|that|this|eso|esto|la respuesta)?", folded[: parting.start()].strip(" ,"))
        return Correction(LAST, value) if value and pronoun else None
    wrong = re.search(rf"\s*\b{_any_of('wrong')}\b", folded)
    if wrong and (fits := _fits(text[: wrong.start()], names)):
        value = text[wrong.end() :].strip(" ,.;")
        inner = re.match(rf"(?:it|its|it's)?\s*\b{_any_of('should_be', 'links')}?\b\s*", fold(value))
        return Correction(fits[0], value[inner.end() :] if inner and find_figures(value) else "", fits[1:])
    return None


def _meant(text: str, names: Mapping[str, tuple[str, ...]]) -> Correction | None:
    opening = re.match(rf"{_any_of('meant')}\b[\s,:]*", fold(text))
    if opening is None:
        return None
    value = text[opening.end() :].strip()
    if not value or looks_like_question(value):
        return None
    found = _named_value(value, names) or _value_for_name(value, names)
    return found or Correction(UNKNOWN if _for_something(value) else LAST, value)


def _led(text: str, leads: tuple[str, ...], names: Mapping[str, tuple[str, ...]]) -> Correction | None:
    """Read "wait, her agi was 46,200": a lead-in, a known name, a link and a value."""
    strong = bool(set(leads) & set(table("corrections")["strong_lead_ins"]))
    if set(leads) & set(table("corrections")["wrong_lead_ins"]) and not find_figures(text):
        wrong = _named_value(text, names)
        fits = (wrong.name,) if wrong else _fits(text, names)
        return wrong or (Correction(fits[0], "", fits[1:]) if fits else None)
    named = _named_value(text, names)
    if named is not None and (strong or _starts_with_figure(named.text)):
        return named
    last = bool(set(leads) & set(table("corrections")["last_lead_ins"]))
    bare = re.sub(rf"^(?:(?:it|that|this|eso)(?:'?s)?\s+)?(?:{_any_of('links')}\s+)?", "", fold(text))
    if strong and (told := _value_for_name(text[len(text) - len(bare) :], names)) is not None:
        return told
    if last and _starts_with_figure(bare):
        value = text[len(text) - len(bare) :]
        return Correction(UNKNOWN if _for_something(value) else LAST, value)
    return None


def _named_value(text: str, names: Mapping[str, tuple[str, ...]]) -> Correction | None:
    folded = fold(text)
    for link in reversed(list(re.finditer(rf"\s+{_any_of('links')}\s+|\s*[:=]\s*", folded))):
        fits = _fits(text[: link.start()], names)
        value = text[link.end() :].strip()
        if fits and value:
            return Correction(fits[0], value, fits[1:])
    return None


def _value_for_name(text: str, names: Mapping[str, tuple[str, ...]]) -> Correction | None:
    """Read "27 thousand for their savings" and "5 people in the family": the value first, then the name."""
    figures = find_figures(text)
    if len(figures) != 1 or not _starts_with_figure(text):
        return None
    after = _A_PERIOD.sub("", fold(text)[figures[0].end :])
    if not any(_locate(said, after) for forms in names.values() for said in forms):
        return None
    fits = _fits(after, names)
    return Correction(fits[0], text, fits[1:])


def _for_something(text: str) -> bool:
    """Whether a figure is said to be for something ("27 thousand for their savings")."""
    figures = find_figures(text)
    after = fold(text)[figures[-1].end :] if figures else ""
    whose = r"(?:the|my|our|his|her|their|el|la|los|las|mi|mis|su|sus)"
    period = rf"(?:{whose} )?(?:year|month|week|whole|all|both|20\d\d|ano|mes|semana|todo|now)\b"
    return re.match(rf"\s*(?:(?:for|para)|(?:in|on|de|en) {whose}) (?!{period})[a-z]", after) is not None


def _starts_with_figure(text: str) -> bool:
    figures = find_figures(text)
    if not figures:
        return False
    return len(words(fold(text)[: figures[0].start])) <= 2


def _locate(said: str, folded: str) -> re.Match[str] | None:
    pattern = r"[\s\-']+".join(re.escape(word) for word in words(said))
    return re.search(rf"(?<![a-z0-9]){pattern}(?![a-z0-9])", folded) if pattern else None


def _fits(subject: str, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Give the names whose longest word form stands in `subject`, else the one that is a clear near miss."""
    folded = fold(subject)
    sizes = {
        name: max(
            (len(words(said)) * 100 + len(said) for said in (*forms, name.replace("_", " ")) if _locate(said, folded)),
            default=0,
        )
        for name, forms in names.items()
    }
    best = max(sizes.values(), default=0)
    if best:
        return tuple(name for name, size in sizes.items() if size == best)
    near = closest(
        words(subject),
        {name: tuple(" ".join(words(form)) for form in forms) for name, forms in names.items()},
        least=_LIKELY,
    )
    return (near.value, *near.rivals) if near else ()
