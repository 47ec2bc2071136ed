"""Names and labels people read and use: choices, names of questions, ways to speak of a person.

The words themselves are data (`actions/words/`), in both languages; choices and names have a file for each flow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from actions.answers.choice import Choice
from actions.answers.text import words

__all__ = [
    "PERSON_PREFIXES",
    "any_of",
    "begins_like_a_question_about_aid",
    "choice_labels",
    "choices",
    "depth_in_opening",
    "examples",
    "flow_wished_for",
    "has_choices",
    "label",
    "name_words",
    "named_in_opening",
    "people",
    "phrase",
    "result_words",
    "show",
    "show_date",
    "told",
    "wants_an_estimate",
]

_UNCLEAR = "unclear"
"""The value under which `told` lists phrases that hold one of the others and mean something else."""
_NUMBER = re.compile(r"_(\d)$")
"""Names that come more than once end with their number; their words stand once."""

PERSON_PREFIXES = ("student_spouse_", "other_parent_", "student_", "parent_")


@cache
def _data(name: str) -> Any:
    """One file of words, or all files of a folder together. Raises ValueError when two of them hold the same key."""
    place = files("actions.words")
    if place.joinpath(f"{name}.yml").is_file():
        return yaml.safe_load(place.joinpath(f"{name}.yml").read_text(encoding="utf-8"))
    found: dict[str, Any] = {}
    for file in sorted(place.joinpath(name).iterdir(), key=lambda one: one.name):
        held = yaml.safe_load(file.read_text(encoding="utf-8"))
        if twice := held.keys() & found.keys():
            raise ValueError(f"actions/words/{name}/{file.name} repeats {sorted(twice)}. Keep each in one file.")
        found.update(held)
    return found


@cache
def choices(key: str) -> tuple[Choice, ...]:
    """The choices of a question, as the parser takes them."""
    return tuple(
        Choice(
            str(entry["value"]),
            (str(entry["en"]), str(entry["es"])),
            tuple(str(w) for w in entry.get("words", ())),
            tuple(str(w) for w in entry.get("general", ())),
            tuple(str(value) for value in entry.get("kinds", ())),
            tuple(str(w) for w in entry.get("likely", ())),
        )
        for entry in _data("choices")[key]
    )


def depth_in_opening(text: str) -> str | None:
    """The depth that a first message names ("the full one", "calculo completo"), or None."""
    named = named_in_opening("depth", text)
    return named.pop() if len(named) == 1 else None


def named_in_opening(key: str, text: str) -> set[str]:
    """The values of `key` that a first message names, by the phrases of `opening.yml`.

    Phrases that hold one of the words and mean something else ("full time" names no depth) are set aside first.
    """
    said = " ".join(words(text))
    entry = _data("opening")[key]
    for other in entry.get("not", ()):
        said = said.replace(" ".join(words(other)), " ")
    return {
        value
        for value, phrases in entry.items()
        for phrase in phrases
        if value != "not" and re.search(rf"\b{re.escape(' '.join(words(phrase)))}\b", said)
    }


def told(name: str, text: str) -> str | None:
    """The value of `name` that these words tell in passing ("she raised me"), None when they tell none or several.

    A phrase inside a longer one that was found does not count ("a vet" in "not a vet").
    """
    said = " ".join(words(text))
    found: list[tuple[int, int, str]] = []
    for value, listed in _data("told")[name].items():
        for phrase in listed:
            pattern = rf"\b{re.escape(' '.join(words(str(phrase))))}\b"
            found += [(*one.span(), str(value)) for one in re.finditer(pattern, said)]
    values = {
        value
        for start, end, value in found
        if not any(a <= start and end <= b and (a, b) != (start, end) for a, b, _other in found)
    }
    return values.pop() if len(values) == 1 and values != {_UNCLEAR} else None


def any_of(name: str, key: str) -> str:
    """The phrases of a list as one pattern on folded text, longest first."""
    listed = sorted((str(one) for one in _data(name)[key]), key=len, reverse=True)
    return "|".join(re.escape(one) for one in listed)


def phrase(name: str, key: str, language: str) -> str:
    """A phrase of a table of words, in the person's language."""
    return str(_data(name)[key][language])


def begins_like_a_question_about_aid(text: str) -> bool:
    """Whether a message asks about aid ("why is ...", "what is ...") rather than for an estimate of it."""
    said = words(text)

    def begins(kind: str) -> bool:
        return any(said[: len(begin)] == begin for begin in map(words, _data("opening")[kind]))

    return begins("no_estimate") and not begins("estimate_all_the_same")


def wants_an_estimate(text: str) -> bool:
    """Whether a message asks for an estimate in words that mean nothing else ("the quick estimate, i'm 19")."""
    said = f" {' '.join(words(text))} "
    named = any(f" {' '.join(words(phrase))} " in said for phrase in _data("opening")["estimate"])
    return named and not begins_like_a_question_about_aid(text)


def flow_wished_for(text: str) -> str | None:
    """The flow that a message asks for in words that mean nothing else ("which parent do i put"), None for others."""
    said = f" {' '.join(words(text))} "
    named = {
        flow
        for flow, wishes in _data("opening")["wishes"].items()
        for wish in wishes
        if f" {' '.join(words(wish))} " in said
    }
    return named.pop() if len(named) == 1 else None


def examples(key: str) -> Mapping[str, tuple[str, ...]]:
    """How people put the answers to a question: value -> examples. Empty for a question without any.

    A question may name another whose examples are its own as well.
    """
    entry = _data("examples").get(key, {})
    if isinstance(entry, str):
        return examples(entry)
    return {str(value): tuple(str(one) for one in listed) for value, listed in entry.items()}


def has_choices(key: str) -> bool:
    """Whether there is a closed list of answers under this name."""
    return key in _data("choices")


def result_words(name: str) -> Mapping[str, Any]:
    """The words of one subject's result, such as "offers": `words/<name>.yml`."""
    found: Mapping[str, Any] = _data(name)
    return found


def choice_labels(key: str, language: str) -> list[dict[str, str]]:
    """The choices of a question as a page shows them."""
    return [{"value": str(entry["value"]), "label": str(entry[language])} for entry in _data("choices")[key]]


def people(role: str | None, language: str) -> Mapping[str, str]:
    """How to speak of the person a question is about."""
    return _data("people")[role][language] if role else {}


def _entry(name: str) -> tuple[Mapping[str, Any], str | None]:
    names = _data("names")
    if name in names:
        return names[name], None
    if (numbered := _NUMBER.sub("", name)) in names:
        return names[numbered], None
    for prefix in PERSON_PREFIXES:
        if name.startswith(prefix) and name.removeprefix(prefix) in names:
            return names[name.removeprefix(prefix)], prefix.rstrip("_")
    return {"en": name.replace("_", " "), "es": name.replace("_", " "), "words": []}, None


def label(name: str, language: str, role: str | None = None, params: Mapping[str, str] = MappingProxyType({})) -> str:
    """What a question is called in a summary or a correction.

    `params` fill its blanks; an entry's own `blanks` say what stands there when they don't.
    """
    entry, person = _entry(name)
    number = {"number": found.group(1)} if (found := _NUMBER.search(name)) else {}
    blanks = {blank: str(text[language]).format_map(number) for blank, text in entry.get("blanks", {}).items()}
    fills = {"whose": "", "de_quien": "", **number, **blanks, **people(role or person, language), **params}
    text = str(entry[language]).format_map(fills)
    return text[:1].upper() + text[1:]


def name_words(names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """For each of `names`, how people refer to it when they correct an answer."""
    return {name: tuple(str(w) for w in entry.get("words", ())) for name in names for entry, _person in [_entry(name)]}


def show_date(iso: str, language: str) -> str:
    """A day or a month as people read it: August 15, 2026; agosto de 2026."""
    year, month, *day = (int(part) for part in iso.split("-"))
    name = str(_data("months")[language][month - 1])
    if language == "es":
        return f"{day[0]} de {name} de {year}" if day else f"{name} de {year}"
    return f"{name} {day[0]}, {year}" if day else f"{name} {year}"


def show(value: Any, kind: str, language: str, choices_key: str | None = None) -> str:
    """A canonical value as people read it: $41,850, 75%, a choice's label."""
    if value is None:
        return "no sé" if language == "es" else "not sure"
    if choices_key:
        return next((c["label"] for c in choice_labels(choices_key, language) if c["value"] == str(value)), str(value))
    if kind == "yes_no":
        return {"yes": {"en": "Yes", "es": "Sí"}, "no": {"en": "No", "es": "No"}}[str(value)][language]
    if kind in {"date", "birth_date"}:
        return show_date(str(value), language)
    if kind == "rate":
        return f"{value}%"
    if kind == "money":
        return f"-${-int(value):,}" if int(value) < 0 else f"${int(value):,}"
    return str(value)
