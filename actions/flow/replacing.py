"""One value in place of another ("64k, not 60"): the answer that has the old value is the one that changes."""

from __future__ import annotations

from dataclasses import replace

from actions.answers.choice import parse_choice
from actions.answers.date_change import Lean, changed_date, names_month, tells_of
from actions.answers.replacement import replacements
from actions.answers.tables import table
from actions.answers.text import fold, has_phrase, words
from actions.answers.yes_no import parse_shown_yes_no
from actions.flow.bare_values import only_figure, said_small
from actions.flow.correction_turn import Turn, names_of, of_whom
from actions.flow.hearing import Reading
from actions.flow.model import Heard, Outcome, Question
from actions.flow.putting_right import asks_for_a_change
from actions.flow.retelling import FREE_WORDS
from actions.flow.words import choices

__all__ = ["replaced"]

_SHORT = 12
_DATES = frozenset({"date", "birth_date"})


def replaced(turn: Turn) -> Outcome | None:
    """ "64k, not 60": the answer that has the old value."""
    pending = turn.pending
    asked_for = asks_for_a_change(turn.heard.text)
    for found in replacements(turn.heard.text):
        swap = replace(found, sure=found.sure or asked_for)
        told_anew = set(words(f"{swap.new} {swap.old}")) & set(table("corrections")["changed_since"])
        free_text = pending is not None and pending.kind in FREE_WORDS
        if not swap.sure and (told_anew or free_text) and (last := _of_the_last(turn, swap.old)) is not None:
            return turn.change(last, _as_new(turn, last, swap.new, _holds(turn, last, swap.old)), doubt=True)
        matched = {q.key: _holds(turn, q, swap.old) for q in turn.done}
        amount = any(matched[q.key] for q in turn.done if q.kind == "money")
        if not swap.sure and told_anew and (amount or not any(matched.values())):
            continue  # "30k now, not 60k anymore": what was said before still holds
        if not swap.sure and free_text and not any(_named_so(turn, q, swap.old) for q in turn.done):
            continue
        best = min((how for how in matched.values() if how), default=0)
        fitting = [q for q in turn.done if best and matched[q.key] == best]
        read = {q.key: _as_new(turn, q, swap.new, matched[q.key]) for q in fitting}
        fitting = [
            q
            for q in fitting
            if (read[q.key].status == "ok" or (q.kind != "choice" and read[q.key].status == "needs_confirmation"))
            and read[q.key].value != turn.answers.get(q.key)
        ]
        fitting = _named_among(of_whom(fitting, words(turn.heard.text), turn.answers), turn.heard)
        closed = [
            q
            for q in fitting
            if q.kind in {"choice", "name", "school"} and not (free_text and _named_so(turn, q, swap.old))
        ]
        if (
            closed
            and not swap.sure
            and pending is not None
            and turn.reads(pending, turn.heard.text).status != "invalid"
        ):
            continue
        if len(fitting) > 1:
            return turn.which(fitting, swap.new)
        if fitting:
            [target] = fitting
            return turn.change(target, _as_new(turn, target, swap.new, matched[target.key]))
    return None


def _of_the_last(turn: Turn, old: str) -> Question | None:
    """The amount given last, when a short message says that it was wrong ("she says it's 31k, not 29")."""
    last = next((q for q in turn.done if q.key == turn.state.latest and q.kind == "money"), None)
    short = len(words(turn.heard.text)) <= _SHORT
    return last if last is not None and short and _holds(turn, last, old) else None


def _named_so(turn: Turn, question: Question, old: str) -> bool:
    """Whether the old value is the very name on record ("not Fresno State")."""
    return question.kind in {"school", "name"} and _holds(turn, question, old) == 1


def _named_among(fitting: list[Question], heard: Heard) -> list[Question]:
    if len(fitting) < 2:
        return fitting
    said = words(heard.text)
    names = names_of(fitting)
    named = [q for q in fitting if has_phrase(said, tuple(words(form) for form in names[q.key]))]
    return named or fitting


def _holds(turn: Turn, question: Question, old: str) -> int:
    """How well an answer is the one told: 1 just so, 2 in round thousands, 3 without the thousands ("60"); 0 not."""
    stored = turn.answers.get(question.key)
    if stored is None or question.kind == "text":
        return 0
    if question.kind == "yes_no":
        return int(question.key == turn.state.latest and parse_shown_yes_no(old).value == stored)
    if question.kind in {"money", "count"}:
        figure = only_figure(old)
        if question.kind == "money" and _same_digits(old, stored):
            return 2
        if figure is None or len(words(old)) > len(words(fold(old)[figure.start : figure.end])) + 2:
            return 0
        if figure.value == stored:
            return 1
        if question.kind == "count" or not isinstance(stored, int):
            return 0
        if figure.value * 12 == stored and set(words(turn.heard.text)) & set(table("corrections")["a_month"]):
            return 2
        thousands = round(stored / 1000)
        if thousands and figure.scaled and figure.value == thousands * 1000:
            return 2
        return 3 if thousands and said_small(figure) and figure.value == thousands else 0
    if question.kind == "choice":
        told = parse_choice(old, choices(question.choices or question.key), word_for_word=True)
        return int(told.status == "ok" and told.value == stored)
    if question.kind in _DATES and tells_of(str(stored), old, today=turn.heard.today):
        return 1
    if question.kind == "year" and names_month(old):
        return 0  # the month is of the day that something happened
    reading = turn.reads(question, old)
    return int(reading.status == "ok" and reading.value == stored)


def _same_digits(old: str, stored: object) -> bool:
    """Whether an amount is told by its leading digits, set apart as they are spoken ("47 5" for 47,500)."""
    told = old.split()
    spoken = len(told) > 1 and all(part.isdecimal() for part in told)
    return spoken and "".join(told).rstrip("0") == str(stored).rstrip("0")


def _as_new(turn: Turn, question: Question, new: str, how: int) -> Reading:
    """The new value; said without its thousands like the old one, it is confirmed with them."""
    figure = only_figure(new)
    if how == 3 and figure is not None and said_small(figure):
        return Reading("needs_confirmation", int(figure.value * 1000), "unit_guess")
    return turn.reads(question, _dated(turn, question, new) or new)


def _dated(turn: Turn, question: Question, new: str) -> str | None:
    """The date on record with what `new` tells of one in its place."""
    if question.kind not in _DATES:
        return None
    lean: Lean = None if question.kind == "birth_date" else "future" if question.ahead else "past"
    return changed_date(str(turn.answers.get(question.key)), new, today=turn.heard.today, lean=lean)
