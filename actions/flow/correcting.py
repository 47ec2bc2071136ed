"""Corrections: which earlier answer a person changes, and to what.

By its name ("change family size to 5"), by the value that was wrong ("64k, not 60"), or as the answer given last
("oops, 46,200"). A new value that does not fit the last answer looks for one that it fits; where several could be
meant, the person is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from actions.answers.choice import parse_choice
from actions.answers.correction import LAST, UNKNOWN, Correction, correction, without_lead_ins
from actions.answers.figures import Figure
from actions.answers.question import looks_like_question
from actions.answers.replacement import replacements, without_what_was_wrong
from actions.answers.tables import phrases, table
from actions.answers.text import fold, has_phrase, strip_trailing, words
from actions.flow import asking
from actions.flow.answering import ask_again, ask_next, confirm, pending_in, settle
from actions.flow.bare_values import only_figure, ratio, said_small, told_outright
from actions.flow.hearing import Reading, read
from actions.flow.model import Answers, Flow, FlowState, Heard, Outcome, Question, Say
from actions.flow.retelling import FREE_WORDS, Teller, figure_put_right, retold
from actions.flow.words import choices, name_words

__all__ = ["corrected"]

_LIKE_THE_LAST = 3
"""A figure up to so many times the last one, or as little of it, may well be meant for it."""
_MUCH_LIKE = 1.3
_LONGEST_BY_VALUE = 9
_SCHOOL_YEAR = re.compile(r"\b20\d\d\s?[-/]\s?(?:20)?\d\d\b")


@dataclass(frozen=True)
class _Turn:
    """What a correction is looked for in. `done` are the answered questions, the latest first."""

    flow: Flow
    answers: Answers
    state: FlowState
    heard: Heard
    plan: tuple[Question, ...]
    done: tuple[Question, ...]

    def reads(self, question: Question, text: str) -> Reading:
        said = replace(self.heard, text=text)
        return read(question, said, self.flow.reads(question, said, self.answers))

    def change(self, question: Question, reading: Reading, *, doubt: bool = False) -> Outcome | None:
        if reading.status == "needs_confirmation" or (doubt and reading.status == "ok"):
            return confirm(self.flow, self.answers, self.state, self.heard, question, reading)
        if reading.status != "ok":
            return None
        return settle(self.flow, self.answers, self.state, self.heard, question, reading.value, changed=True)

    def which(self, fitting: list[Question], text: str) -> Outcome:
        reading = self.reads(fitting[0], text)
        say = asking.which_to_change(fitting, reading.value if reading.status == "ok" else text, self.heard.language)
        return self.say(say)

    def say(self, say: Say) -> Outcome:
        return ask_again(self.flow, self.answers, self.state, self.heard, (say,), count=False)


def corrected(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, plan: tuple[Question, ...]
) -> Outcome | None:
    """What becomes of a message that changes an earlier answer; None for any other message."""
    done = tuple(
        q for q in reversed(plan) if not q.names and (answers.get(q.key) is not None or q.key in state.assumed)
    )
    if not done:
        return None
    turn = _Turn(flow, answers, state, heard, plan, done)
    if (sure := _retold(turn, at_least=2) or _replaced(turn)) is not None:
        return sure
    named = _named_or_last(turn)
    if named is not None and (named.state.confirm or any(value is not None for value in named.sets.values())):
        return named
    return _other_year(turn) or _retold(turn) or named or _people_counted(turn) or _by_value(turn)


def _retold(turn: _Turn, at_least: int = 1) -> Outcome | None:
    """ "no, family size is 5 and income 41,500": every answer that the message tells anew."""
    pending = pending_in(turn.plan, turn.answers, turn.state)
    reads = pending is not None and turn.reads(pending, turn.heard.text).status in {"ok", "needs_confirmation"}
    told = retold(Teller(turn.heard.text, turn.heard.language, turn.answers, turn.done, pending, reads, turn.reads))
    if len(told) < at_least:
        return _put_right(turn) if at_least == 1 else None
    if len(told) == 1:
        return turn.change(told[0].question, told[0].reading, doubt=told[0].doubt)
    sets = {one.question.key: one.reading.value for one in told}
    says = tuple(asking.changed(one.question, one.reading.value, turn.heard.language) for one in told)
    return ask_next(turn.flow, turn.answers, sets, turn.state.told(*sets), turn.heard, says)


def _put_right(turn: _Turn) -> Outcome | None:
    figure = figure_put_right(turn.heard.text)
    return _last(turn, figure) if figure is not None else None


def _named_or_last(turn: _Turn) -> Outcome | None:
    heard = turn.heard
    pending = pending_in(turn.plan, turn.answers, turn.state)
    asked = pending.settles if pending is not None else ()
    names = name_words((*(q.key for q in turn.done), *asked))
    found = correction(without_what_was_wrong(heard.text), names) or correction(heard.text, names)
    if found is None or found.name in asked:
        return None
    if found.name == UNKNOWN:
        return _of_something_unknown(turn)
    if found.name == LAST:
        return _last(turn, found.text)
    target = _meant(found, turn.done, heard)
    if target is None:
        return None
    if not found.text:
        state = turn.state.told(target.key)
        return ask_next(turn.flow, turn.answers, {target.key: None}, state, heard, ())
    return turn.change(target, turn.reads(target, found.text))


def _of_something_unknown(turn: _Turn) -> Outcome | None:
    """A change to something nobody answered: it may be what is asked just now; else how to name an answer."""
    pending = pending_in(turn.plan, turn.answers, turn.state)
    if pending is not None:
        forms = (form for said in name_words(pending.settles).values() for form in said)
        if pending.kind == "text" or has_phrase(words(turn.heard.text), map(words, forms)):
            return None
    return turn.say(asking.how_to_change(turn.plan, turn.heard.language))


def _people_counted(turn: _Turn) -> Outcome | None:
    """ "somos 5", said to a question that is not about how many."""
    pending = pending_in(turn.plan, turn.answers, turn.state)
    figure = only_figure(turn.heard.text)
    said = words(turn.heard.text)
    if figure is None or not said_small(figure) or len(said) > _LONGEST_BY_VALUE:
        return None
    family = next((q for q in turn.done if q.key == "family_size"), None)
    if family is None or (pending is not None and pending.kind in {"count", "text"}):
        return None
    if not has_phrase(said, phrases("corrections", "people")):
        return None
    return turn.change(family, turn.reads(family, turn.heard.text), doubt=True)


def _meant(found: Correction, done: tuple[Question, ...], heard: Heard) -> Question | None:
    """The answered question that a correction names; of several that fit, the one whose subject is named too."""
    fitting = [q for name in (found.name, *found.alternatives) for q in done if q.key == name]
    said = words(heard.text)
    named = (q for q in fitting if q.subject and has_phrase(said, (words(q.subject),)))
    return next(named, None) or next(iter(_of_whom(fitting, heard)), None)


def _of_whom(fitting: list[Question], heard: Heard) -> list[Question]:
    """Of several questions those about the parents, where the words name them; else all."""
    if not set(words(heard.text)) & set(table("corrections")["of_parents"]):
        return fitting
    return [q for q in fitting if "parent" in q.key] or fitting


def _replaced(turn: _Turn) -> Outcome | None:
    """ "64k, not 60": the answer that has the old value."""
    pending = pending_in(turn.plan, turn.answers, turn.state)
    told_anew = set(words(turn.heard.text)) & set(table("corrections")["changed_since"])
    for swap in replacements(turn.heard.text):
        free_text = pending is not None and pending.kind in FREE_WORDS
        if not swap.sure and (told_anew or (free_text and not any(_named_so(turn, q, swap.old) for q in turn.done))):
            continue  # "30k now, not 60k anymore": what was said before still holds
        matched = {q.key: _holds(turn, q, swap.old) for q in turn.done}
        best = min((how for how in matched.values() if how), default=0)
        fitting = [q for q in turn.done if best and matched[q.key] == best]
        fitting = [
            q for q in fitting if _as_new(turn, q, swap.new, matched[q.key]).status in {"ok", "needs_confirmation"}
        ]
        fitting = _named_among(_of_whom(fitting, turn.heard), turn.heard)
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


def _named_so(turn: _Turn, question: Question, old: str) -> bool:
    """Whether the old value is the very name on record ("not Fresno State")."""
    return question.kind in {"school", "name"} and _holds(turn, question, old) == 1


def _named_among(fitting: list[Question], heard: Heard) -> list[Question]:
    if len(fitting) < 2:
        return fitting
    said = words(heard.text)
    names = name_words(tuple(q.key for q in fitting))
    named = [q for q in fitting if has_phrase(said, tuple(words(form) for form in names[q.key]))]
    return named or fitting


def _holds(turn: _Turn, question: Question, old: str) -> int:
    """How well an answer is the one told: 1 just so, 2 in round thousands, 3 without the thousands ("60"); 0 not."""
    stored = turn.answers.get(question.key)
    if stored is None or question.kind in {"yes_no", "text"}:
        return 0
    if question.kind in {"money", "count"}:
        figure = only_figure(old)
        if figure is None or len(words(old)) > len(words(fold(old)[figure.start : figure.end])) + 2:
            return 0
        if figure.value == stored:
            return 1
        if question.kind == "count" or not isinstance(stored, int):
            return 0
        thousands = round(stored / 1000)
        if thousands and figure.scaled and figure.value == thousands * 1000:
            return 2
        return 3 if thousands and said_small(figure) and figure.value == thousands else 0
    if question.kind == "choice":
        told = parse_choice(old, choices(question.choices or question.key), word_for_word=True)
        return int(told.status == "ok" and told.value == stored)
    reading = turn.reads(question, old)
    return int(reading.status == "ok" and reading.value == stored)


def _as_new(turn: _Turn, question: Question, new: str, how: int) -> Reading:
    """The new value; said without its thousands like the old one, it is confirmed with them."""
    figure = only_figure(new)
    if how == 3 and figure is not None and said_small(figure):
        return Reading("needs_confirmation", int(figure.value * 1000), "unit_guess")
    return turn.reads(question, new)


def _last(turn: _Turn, text: str) -> Outcome | None:
    """A value without a name: for the last answer if it fits that, for another that it fits, or a question back."""
    figure = only_figure(text)
    if figure is not None and has_phrase(words(turn.heard.text), phrases("corrections", "people")):
        people = [q for q in turn.done if q.kind == "count" and not q.percent and q.key == "family_size"]
        return turn.change(people[0], turn.reads(people[0], text)) if people else None
    last = _last_answered(turn)
    if last is None:
        merged = any(turn.state.latest in q.names for q in turn.plan)
        return turn.say(asking.how_to_change(turn.plan, turn.heard.language)) if merged else None
    if figure is not None and last.kind == "money" and isinstance(held := turn.answers.get(last.key), int) and held:
        return _last_amount(turn, last, held, figure, text)
    if (changed := turn.change(last, turn.reads(last, text))) is not None:
        return changed
    others = [q for q in turn.done if q is not last and q.kind in {"money", "count", "state"}]
    fitting = [q for q in others if turn.reads(q, text).status == "ok" and _alike(turn, q, figure)]
    return _one_of(turn, fitting, text)


def _last_answered(turn: _Turn) -> Question | None:
    """The question answered last; None when it was one that settled several, and none of them can be told apart."""
    latest = turn.state.latest
    if latest is None or latest == turn.state.asked:
        return turn.done[0]
    return next((q for q in turn.done if q.key == latest), None)


def _last_amount(turn: _Turn, last: Question, held: int, figure: Figure, text: str) -> Outcome | None:
    """A figure after an amount: "64" after 60,000 means thousands, "5" something that is counted."""
    value = abs(int(figure.value))
    if said_small(figure) and abs(held) >= 1000:
        in_thousands = ratio(value * 1000, abs(held)) <= _LIKE_THE_LAST
        counted = [q for q in turn.done if q.kind == "count" and turn.reads(q, text).status == "ok"]
        if in_thousands:
            return turn.change(last, Reading("needs_confirmation", value * 1000, "unit_guess"))
        return _one_of(turn, counted, text) or turn.change(last, turn.reads(last, text), doubt=True)
    near = [q for q in turn.done if q is not last and _alike(turn, q, figure, _MUCH_LIKE)]
    if len(near) == 1 and ratio(value, abs(held)) > _LIKE_THE_LAST:
        return turn.change(near[0], turn.reads(near[0], text), doubt=True)
    return turn.change(last, turn.reads(last, text))


def _one_of(turn: _Turn, fitting: list[Question], text: str) -> Outcome | None:
    """Confirms the one answer that a value without a name can be for, or asks which of several."""
    if len(fitting) > 1:
        return turn.which(fitting, text)
    return turn.change(fitting[0], turn.reads(fitting[0], text), doubt=True) if fitting else None


def _alike(turn: _Turn, question: Question, figure: Figure | None, most: float = _LIKE_THE_LAST) -> bool:
    """Whether a new amount is near the one held; anything but an amount is always."""
    if question.kind != "money":
        return most == _LIKE_THE_LAST
    held = turn.answers.get(question.key)
    return bool(held) and isinstance(held, int) and figure is not None and ratio(int(figure.value), held) <= most


def _other_year(turn: _Turn) -> Outcome | None:
    """ "sorry, wrong form, I actually need this for 2027-28"."""
    year = next((q for q in turn.done if q.key == "award_year"), None)
    told = _SCHOOL_YEAR.search(turn.heard.text)
    pending = pending_in(turn.plan, turn.answers, turn.state)
    if year is None or told is None or (pending is not None and pending.kind in {"text", "year"}):
        return None
    _body, leads = without_lead_ins(turn.heard.text)
    doubted = {*leads, *words(turn.heard.text)} & {*table("corrections")["strong_lead_ins"], "actually", "wrong"}
    reading = turn.reads(year, told.group())
    other = reading.status == "ok" and reading.value != turn.answers.get("award_year")
    return turn.change(year, reading) if doubted and other else None


def _by_value(turn: _Turn) -> Outcome | None:
    """ "wait, indiana", "sorry my parents are divorced actually": words that only an earlier answer can be about."""
    body, leads = without_lead_ins(turn.heard.text)
    tokens = words(body)
    kept = tuple(word for word in strip_trailing(tokens, phrases("corrections", "trailing")) if word != "actually")
    strong = bool(set(leads) & set(table("corrections")["strong_lead_ins"])) or len(kept) < len(tokens)
    if not strong or not kept or len(kept) > _LONGEST_BY_VALUE or looks_like_question(body, turn.heard.language):
        return None
    pending = pending_in(turn.plan, turn.answers, turn.state)
    if pending is not None and turn.reads(pending, turn.heard.text).status != "invalid":
        return None
    said = " ".join(kept)
    told = {q.key: value for q in turn.done if (value := told_outright(q, said)) is not None}
    fitting = _of_whom(
        [q for q in turn.done if told.get(q.key, turn.answers.get(q.key)) != turn.answers.get(q.key)], turn.heard
    )
    if len(fitting) > 1:
        return turn.which(fitting, said)
    if not fitting:
        last = _last_answered(turn)
        again = turn.reads(last, said) if last is not None and last.kind not in {"text", "money", "count"} else None
        fits = again is not None and again.status == "ok" and again.value != turn.answers.get(last.key if last else "")
        return turn.change(last, again, doubt=True) if fits and last is not None and again is not None else None
    [target] = fitting
    plain = target.kind == "state" or "parent" in target.key
    return turn.change(target, Reading("ok", told[target.key]), doubt=not plain)
