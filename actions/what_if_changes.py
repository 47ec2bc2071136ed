"""Which answers a "what if" changes: "what if my mom earned 20k less?" -> {"parent_agi": ..., ...}."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from actions.answers.choice import Choice
from actions.answers.figures import Figure, find_figures
from actions.answers.money import parse_money
from actions.answers.state import parse_state
from actions.answers.text import compose, fold, words
from actions.estimate_hearing import FULL_TIME_CREDITS, credits_in
from actions.flow.model import Answers, Heard
from actions.flow.words import choices
from knowledge.award_years import available
from knowledge.sai.inputs import TWO_PEOPLE

__all__ = ["about_amounts", "changes_in", "said_in", "what_if_words", "years_in"]

_YEARS = re.compile(r"(?<!\d)(?:20)?(\d{2})\s?(?:-|/|to|a|al)\s?(?:20)?(\d{2})(?!\d)")
_CLAUSES = re.compile(r"\s*(?:[;,](?!\d{3})|\band\b|\by(?! si\b)\b|\bplus\b)\s*")
_NO_RETURN = ("nonfiler", "foreign_nonfiler", None)
_LARGEST_SHARE = 100


@cache
def what_if_words() -> Mapping[str, Any]:
    """The words of `actions/words/what_if.yml`."""
    content: dict[str, Any] = yaml.safe_load(files("actions.words").joinpath("what_if.yml").read_text(encoding="utf-8"))
    return content


def said_in(text: str, kind: str) -> bool:
    """Whether one of the phrases listed under `kind` stands in `text`."""
    return _has(text, what_if_words()[kind])


def years_in(heard: Heard) -> list[str]:
    """The award years with tables that a message names ("26-27"), in order."""
    named = (f"20{a}-{b}" for a, b in _YEARS.findall(fold(heard.text)) if int(b) == (int(a) + 1) % 100)
    return [year for year in dict.fromkeys(named) if year in available()]


def changes_in(heard: Heard, base: Answers, given: Answers) -> dict[str, Any]:
    """The answers that differ in what `heard` supposes, by canonical name; {} when that is not certain.

    `base` are the answers completed with what is assumed, `given` those the person gave. `dependency` stands for
    being independent for a reason not named.
    """
    found: dict[str, Any] = {}
    field, supposed = "", _supposed(heard.text)
    for clause in (part for part in _CLAUSES.split(supposed) if part.strip()):
        change, field = _one(heard, clause, {**base, **found}, given, field)
        found |= change
    return {name: value for name, value in found.items() if value != base.get(name)}


def _supposed(text: str) -> str:
    """What follows "if": before it stands what is asked ("would I get more if ...")."""
    found = re.search(r"\b(?:if|si)\b", fold(text))
    after = compose(text)[found.end() :] if found else ""
    if not after.strip(" ?"):
        return text
    asks = re.search(str(what_if_words()["asked_after"]), fold(after))
    return after[: asks.start()] if asks and asks.start() else after


def about_amounts(heard: Heard) -> bool:
    """Whether a message names an amount and what it is about, though not in a way that can be worked out."""
    shares = said_in(heard.text, "half") or said_in(heard.text, "double")
    figures = [f for f in find_figures(heard.text, heard.language) if not f.article]
    return bool(_field(heard.text)) and (shares or bool(figures))


def _one(heard: Heard, clause: str, base: Answers, given: Answers, before: str) -> tuple[dict[str, Any], str]:
    if status := _status(clause, base):
        return status, before
    if study := _study(clause):
        return study, before
    if size := _family(heard, clause, base):
        return size, before
    if said_in(clause, "moves") and (state := parse_state(clause)).status == "ok":
        return {"state_for_poverty": state.value}, before
    field = _field(clause) or before
    return (_money(heard, clause, field, base, given), field) if field else ({}, before)


def _status(clause: str, base: Answers) -> dict[str, Any]:
    folded, listed = fold(clause), what_if_words()
    for value in ("independent", "dependent"):
        if any(re.search(pattern, folded) for pattern in listed["dependency"][value]):
            return {} if _dependent(base) == (value == "dependent") else {"dependency": value}
    if any(re.search(pattern, folded) for pattern in listed["married"]):
        married = base.get("student_marital_status") in TWO_PEOPLE
        return {} if married else {"student_marital_status": "married", **_grown(base, 1)}
    for name, patterns in listed["statuses"].items():
        if name == "supports_children" and not _dependent(base):
            continue  # the family grows, which is another change
        if any(re.search(pattern, folded) for pattern in patterns):
            return {name: "yes"} if base.get(name) != "yes" else {}
    return {}


def _grown(base: Answers, more: int) -> dict[str, Any]:
    """An independent student's family, larger by `more`; a dependent student's is the parents' and says nothing."""
    size = base.get("family_size")
    return {} if _dependent(base) or size is None else {"family_size": size + more}


def _study(clause: str) -> dict[str, Any]:
    taken = credits_in(clause)
    if taken is not None:
        full = next(_named(clause, choices("enrollment")), None)
        return {
            "credits_enrolled": taken,
            "credits_full_time": FULL_TIME_CREDITS,
            **({"enrollment": full} if full else {}),
        }
    levels = list(dict.fromkeys(_named(clause, choices("enrollment"))))
    works = _has(clause, ("work", "job", "worked", "trabaj", "trabajara", "trabajo"))
    if not levels or works:
        return {}
    return {"enrollment": levels[0], "credits_enrolled": None, "credits_full_time": None}


def _named(clause: str, listed: tuple[Choice, ...]) -> Iterator[str]:
    """The choices named in the clause by words of two letters or more that mean little else, longest first."""
    said = f" {' '.join(words(clause))} "
    forms = (
        (len(form), choice.value)
        for choice in listed
        for form in (" ".join(words(one)) for one in (*choice.labels, *choice.words))
        if f" {form} " in said and ("time" in form or "tiempo" in form or "than" in form or "menos de" in form)
    )
    return (value for _size, value in sorted(forms, reverse=True))


def _family(heard: Heard, clause: str, base: Answers) -> dict[str, Any]:
    size = base.get("family_size")
    if size is None or not said_in(clause, "family") or _field(clause):
        return {}
    figures = [f for f in find_figures(clause, heard.language) if not (f.article or f.scaled or f.marked)]
    if len(figures) == 1 and figures[0].value < 30:
        number = int(figures[0].value)
        if said_in(clause, "more"):
            return {"family_size": size + number}
        if said_in(clause, "less"):
            return {"family_size": max(size - number, 1)}
        return {"family_size": number} if not _has(clause, ("kids", "children", "hijos", "kid", "hijo")) else {}
    return {"family_size": size + 1} if not figures and said_in(clause, "one_more") else {}


def _field(clause: str) -> str:
    """What an amount is about; the longest words that name one win."""
    said = f" {' '.join(words(clause))} "
    sizes = {
        field: max((len(form) for form in forms if f" {form} " in said), default=0)
        for field, forms in what_if_words()["fields"].items()
    }
    best = max(sizes.values())
    return next(field for field, size in sizes.items() if size == best) if best else ""


def _money(heard: Heard, clause: str, field: str, base: Answers, given: Answers) -> dict[str, Any]:
    if field in {"cost_of_attendance", "other_grants"}:
        return _changed({field: base.get(field)}, clause, heard)
    who = _who(clause, base)
    if field != "income":
        return _changed({f"{who}_{field}": base.get(f"{who}_{field}")}, clause, heard)
    return _income(who, clause, heard, base, given)


def _income(who: str, clause: str, heard: Heard, base: Answers, given: Answers) -> dict[str, Any]:
    """Adjusted gross income, and the earnings that change with it; on a joint return the amount stands on the first."""
    first = "parent" if who in {"parent", "other_parent"} else "student"
    second = {"parent": "other_parent", "student": "student_spouse"}[first]
    on_one_return = base.get(f"{first}_filing_status") == "married_joint"
    if on_one_return and _has(clause, what_if_words()["people"]["one_parent"]) and not _by_how_much(clause, heard):
        return {}  # what one of two people earns is not on a joint return
    holder = first if who == second and on_one_return else who
    now = base.get(f"{holder}_agi") if base.get(f"{holder}_filer_class") not in _NO_RETURN else None
    changed = _changed({f"{holder}_agi": now}, clause, heard)
    if not changed:
        return {}
    value = changed[f"{holder}_agi"]
    files: dict[str, Any] = {} if now is not None else {f"{holder}_filer_class": "us_filer"}
    if given.get(f"{holder}_earned_income") is None:
        return {**changed, **files} if now is not None else {**changed, **files, f"{holder}_earned_income": value}
    earners = [who, second if who == first else first] if on_one_return else [holder]
    return {**changed, **files, **_earnings(earners, value - (now or 0), base)}


def _earnings(earners: list[str], step: int, base: Answers) -> dict[str, Any]:
    """Who earns how much after `step`: the first who can bear it alone, else one after the other down to 0."""
    earned = {f"{earner}_earned_income": int(base.get(f"{earner}_earned_income") or 0) for earner in earners}
    for name, amount in earned.items():
        if amount + step >= 0:
            return {name: amount + step}
    changed = {}
    for name, amount in earned.items():
        taken = min(amount, -step)
        changed[name], step = amount - taken, step + taken
    return changed


def _by_how_much(clause: str, heard: Heard) -> bool:
    """Whether the clause says a difference in dollars, which holds whoever of two people it is about."""
    figures = [f for f in find_figures(clause, heard.language) if not f.article]
    differs = said_in(clause, "less") != said_in(clause, "more")
    return len(figures) == 1 and not figures[0].percent and differs and not _ends_at(clause)


def _who(clause: str, base: Answers) -> str:
    people = what_if_words()["people"]
    deciding = "parent" if _dependent(base) else "student"
    asks_for_a_child = base.get("asking_as") == "parent"
    if _has(clause, people["child"]):
        return "student"
    if _has(clause, people["spouse"]):
        return "other_parent" if asks_for_a_child and deciding == "parent" else "student_spouse"
    if any(_has(clause, people[kind]) for kind in ("one_parent", "parents", "we")):
        return deciding
    if _has(clause, people["own"]):
        return deciding if asks_for_a_child else "student"
    return deciding


def _changed(now: Mapping[str, Any], clause: str, heard: Heard) -> dict[str, Any]:
    """The one amount in `now` as the clause has it: less, more, a share of it, or a new value."""
    [(name, amount)] = now.items()
    lower, higher = said_in(clause, "less"), said_in(clause, "more")
    figures = [f for f in find_figures(clause, heard.language) if not f.article]
    if not figures:
        if said_in(clause, "half") and amount:
            return {name: round(amount / 2)}
        return {name: amount * 2} if said_in(clause, "double") and amount else {}
    if len(figures) > 1:
        return {}
    step = _step(figures[0], clause, heard, amount or 0)
    if step is None:
        return {}
    if lower == higher or _ends_at(clause):
        return {name: step} if not figures[0].percent else {}
    if amount is None:
        return {name: step} if higher else {}
    return {name: max(amount - step, min(amount, 0)) if lower else amount + step}


def _step(figure: Figure, clause: str, heard: Heard, amount: int) -> int | None:
    if figure.percent:
        return round(amount * figure.value / 100) if 0 < figure.value <= _LARGEST_SHARE else None
    return parse_money(clause, language=heard.language).value


def _ends_at(clause: str) -> bool:
    return any(re.search(pattern, fold(clause)) for pattern in what_if_words()["ends_at"])


def _dependent(base: Answers) -> bool:
    return base.get("parent_marital_status") is not None


def _has(text: str, phrases: Any) -> bool:
    said = f" {' '.join(words(text))} "
    return any(f" {phrase} " in said for phrase in phrases)
