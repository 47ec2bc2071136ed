"""One of a closed list of choices, as people name it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from actions.answers.closeness import closest
from actions.answers.parsed import Parsed, confirm, invalid, not_sure, ok
from actions.answers.positions import find_position
from actions.answers.replies import core_words, says_not_sure
from actions.answers.slips import mend
from actions.answers.spots import find_spots, form_of, single
from actions.answers.tables import Phrase, phrases
from actions.answers.text import fold, has_phrase, squash, words
from actions.answers.yes_no import parse_yes_no

SURE = 84.0
LIKELY = 74.0
LONGEST_WISH = 14
"""Words of a message that asks for one of the choices; a longer one may ask something about it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: its canonical `value`, its `labels` as shown (any language), and further `words` that
    mean it.

    `general` words mean it too, unless one of `kinds` is named as well: "yes" is a U.S. return, "yes, in Puerto Rico"
    is not. With a yes (or a no) among them, any way to say yes (or no) counts where nothing else is understood.
    `likely` words speak for it without saying it ("I have a boyfriend", never married): it is to be confirmed.
    A word may join parts that may stand apart ("divorced+apart") and may end with a star ("file*").
    """

    value: str
    labels: tuple[str, ...]
    words: tuple[str, ...] = ()
    general: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Match:
    value: str
    spots: frozenset[int]
    negated: str = ""
    general: bool = False
    likely: bool = False


def parse_choice(text: str, choices: Sequence[Choice], *, word_for_word: bool = False) -> Parsed[str]:
    """Give the value of the one choice that `text` names: by value, position, label, synonym or near miss.

    The longest phrase wins ("never married" over "married") and a negated one ("not married") is set aside.
    `word_for_word`: only what is named in just these words counts, for texts that may be about something else.
    Problems: `empty`, `ambiguous` (alternatives: the values named), `out_of_range`, `near_miss` (to confirm),
    `negation` (to confirm: the only choice left, or the only one named), `likely` (to confirm: words that only speak
    for it), `unknown`.
    """
    stripped = text.strip()
    if not stripped:
        return invalid("empty")
    if exact := _exact(stripped, choices):
        return ok(exact)
    matches = _matches(text, choices, forgiving=not word_for_word)
    if any(match.likely for match in matches):
        hinted = {match.value for match in matches if match.likely and not match.negated}
        matches = [match for match in matches if not match.likely]
        if not matches and len(hinted) == 1 and not word_for_word:
            return confirm(hinted.pop(), "likely")
    unsure = says_not_sure(text)
    if unsure and matches and _only_no(text, matches):
        return not_sure()
    named = _without_general(tuple(match for match in matches if not match.negated), choices)
    if len(named) == 1:
        return ok(named[0])
    if word_for_word:
        return invalid("ambiguous" if named else "unknown", named)
    position = find_position(text, len(choices))
    if position is not None and not named:
        return ok(choices[position - 1].value) if position else invalid("out_of_range")
    if len(named) > 1:
        return not_sure("ambiguous") if unsure else invalid("ambiguous", named)
    if matches:
        out = {match.value for match in matches}
        better = _near(text, [choice for choice in choices if choice.value not in out])
        return better if better and better.status == "ok" else _all_negated(matches, choices)
    if (plain := _plainly(text, choices)) is not None:
        return plain
    near = _near(text, choices)
    if near is not None and not (unsure and near.status != "ok"):
        return near
    return not_sure() if unsure else invalid("unknown")


def choice_named(text: str, choices: Sequence[Choice]) -> str | None:
    """Give the one choice that a longer message names in so many words; None for none, several or a negated one."""
    found = [match for match in _matches(text, choices) if not match.likely]
    # "Never gave consent" holds "consent" after a "never": that is no second, turned-around choice.
    matches = [match for match in found if not any(match.spots < other.spots and not other.negated for other in found)]
    named = {match.value for match in matches}
    return named.pop() if len(named) == 1 and not any(match.negated for match in matches) else None


def named_and_denied(text: str, choices: Sequence[Choice]) -> tuple[frozenset[str], frozenset[str]]:
    """Give the choices that `text` names in so many words, and those it names only to turn them down ("not single").

    Words that say no more than yes or no ("nope", "neither") name none, nor do those that only hint at one.
    """
    found = _matches(text, tuple(_in_own_words(choice) for choice in choices))
    certain = [match for match in found if not match.likely]
    named = frozenset(match.value for match in certain if not match.negated)
    return named, frozenset(match.value for match in certain if match.negated) - named


@cache
def _in_own_words(choice: Choice) -> Choice:
    def telling(said: Sequence[str]) -> tuple[str, ...]:
        return tuple(one for one in said if not set(words(one)) <= single("says_little"))

    general = tuple(one for one in telling(choice.general) if len(words(one)) > 1)
    return replace(choice, words=telling(choice.words), general=general)


def wished_choice(text: str, choices: Sequence[Choice]) -> str | None:
    """Give the one choice that a short message asks for ("can we do it on zoom?"), None when it asks anything else."""
    tokens = core_words(text)
    if not has_phrase(tokens, phrases("questions", "wishes")) or len(tokens) > LONGEST_WISH:
        return None
    return choice_named(text, choices)


def is_choice(text: str, choices: Sequence[Choice]) -> bool:
    """Tell whether `text` is one of the choices as it is offered or listed, and nothing else."""
    return _exact(text.strip(), choices) is not None


def _without_general(matches: Sequence[_Match], choices: Sequence[Choice]) -> tuple[str, ...]:
    """Give the values named, without one that is named only in general beside one of its kinds."""
    named = tuple(dict.fromkeys(match.value for match in matches))
    certain = {match.value for match in matches if not match.general}
    kinds = {choice.value: choice.kinds for choice in choices}
    return tuple(value for value in named if value in certain or not set(kinds[value]) & set(named))


def _plainly(text: str, choices: Sequence[Choice]) -> Parsed[str] | None:
    """Give the choice that a plain yes or no in any words stands for, in a list that takes one."""
    said = parse_yes_no(text)
    meant = [choice.value for choice in choices if said.status == "ok" and said.value in choice.general]
    return ok(meant[0]) if len(meant) == 1 else None


def _exact(text: str, choices: Sequence[Choice]) -> str | None:
    said = squash(text.replace("_", " "))
    hits = set()
    for choice in choices:
        if said and said in _exact_forms(choice):
            hits.add(choice.value)
    return hits.pop() if len(hits) == 1 else None


def _matches(text: str, choices: Sequence[Choice], *, forgiving: bool = False) -> list[_Match]:
    """Give the phrases found, without those that lie inside a longer one; `forgiving`, misspelt ones too."""
    tokens, breaks = _tokens_and_breaks(text)
    if forgiving:
        tokens = mend(tokens, _vocabulary(tuple(choices)))
    said = frozenset(tokens)
    found: list[tuple[int, int, _Match]] = []
    for choice in choices:
        general, likely = _general_and_likely(choice)
        for form, needed in _forms(choice).items():
            if not needed <= said:
                continue
            for spots in find_spots(tokens, form):
                negated = _negator(tokens, breaks, min(spots), form)
                found.append(
                    (
                        len(spots),
                        sum(len(tokens[spot]) for spot in spots),
                        _Match(choice.value, spots, negated, form in general, form in likely),
                    )
                )
    found.sort(key=lambda entry: (-entry[0], -entry[1]))
    kept: list[_Match] = []
    for _, _, match in found:
        if not any(match.spots <= other.spots and match.value != other.value for other in kept) or any(
            match.spots == other.spots for other in kept
        ):
            kept.append(match)
    return kept


@cache
def _vocabulary(choices: tuple[Choice, ...]) -> frozenset[str]:
    return frozenset(word for choice in choices for form in _forms(choice) for part in form for word in part)


def _only_no(text: str, matches: list[_Match]) -> bool:
    """Tell "no sé" and "no idea" from a no: nothing but that word speaks for a choice."""
    tokens, _breaks = _tokens_and_breaks(text)
    return all(match.negated or {tokens[spot] for spot in match.spots} == {"no"} for match in matches)


def _tokens_and_breaks(text: str) -> tuple[Phrase, frozenset[int]]:
    """Give the words and the places before which a comma or stop stands."""
    tokens: list[str] = []
    breaks: set[int] = set()
    for part in re.split(r"[,.;:!?\n]+", fold(text.replace("_", " "))):
        breaks.add(len(tokens))
        tokens.extend(words(part))
    return tuple(tokens), frozenset(breaks)


@cache
def _forms(choice: Choice) -> Mapping[tuple[Phrase, ...], frozenset[str]]:
    """Give the phrases of a choice, each with the whole words that a text must hold for it."""
    forms: dict[tuple[Phrase, ...], frozenset[str]] = {}
    # A value of two letters is a code; inside a sentence it is a word ("en la tarde").
    value = () if len(choice.value) <= 2 and choice.value.isalpha() else (choice.value.replace("_", " "),)
    for said in (*value, *choice.labels, *choice.words, *choice.general, *choice.likely):
        parts = form_of(said)
        if all(parts):
            forms[parts] = frozenset(word for part in parts for word in part if not word.endswith("*"))
    return forms


@cache
def _general_and_likely(choice: Choice) -> tuple[frozenset[tuple[Phrase, ...]], frozenset[tuple[Phrase, ...]]]:
    return frozenset(map(form_of, choice.general)), frozenset(map(form_of, choice.likely))


@cache
def _exact_forms(choice: Choice) -> frozenset[str]:
    forms = (choice.value.replace("_", " "), *choice.labels, *choice.words, *choice.general)
    return frozenset(map(squash, forms))


def _negator(tokens: Phrase, breaks: frozenset[int], at: int, form: tuple[Phrase, ...]) -> str:
    """Give the word within two places before a phrase, in the same clause, that turns it around; or ""."""
    if form[0][0] in single("negators") or form[0][0] == "no":
        return ""
    for place in range(at - 1, max(at - 4, -1), -1):
        if place + 1 in breaks:
            return ""
        word = tokens[place]
        if word in single("doubts"):
            return ""
        if word in single("negators"):
            return word
        if word == "no":
            return "no" if tokens[place + 1] in single("verbs_after_no") else "bare no"
    return ""


def _all_negated(matches: list[_Match], choices: Sequence[Choice]) -> Parsed[str]:
    out = {match.value for match in matches}
    if len(out) == 1 and all(match.negated == "bare no" for match in matches):
        return confirm(matches[0].value, "negation")
    left = tuple(choice.value for choice in choices if choice.value not in out)
    return confirm(left[0], "negation") if len(left) == 1 else invalid("ambiguous", left)


def _near(text: str, choices: Sequence[Choice]) -> Parsed[str] | None:
    tokens = core_words(text.replace("_", " "))
    forms = {
        choice.value: tuple(
            " ".join(parts[0]) for parts in _forms(choice) if len(parts) == 1 and "*" not in parts[0][-1]
        )
        for choice in choices
    }
    best = closest(tokens, forms, least=LIKELY)
    if best is None or _turned_around(tokens, best.form):
        return None
    if best.rivals:
        return invalid("ambiguous", (best.value, *best.rivals))
    hints = {words(hint) for choice in choices if choice.value == best.value for hint in choice.likely}
    if words(best.form) in hints:
        return confirm(best.value, "likely")
    return ok(best.value) if best.score >= SURE else confirm(best.value, "near_miss")


def _turned_around(tokens: Phrase, form: str) -> bool:
    return bool(single("negators") & set(tokens)) and not (single("negators") | {"no"}) & set(form.split())
