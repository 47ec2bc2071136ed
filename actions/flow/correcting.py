"""Corrections: which earlier answer a person changes, and to what.

By its name ("change family size to 5"), by the value that was wrong ("64k, not 60"), or as the answer given last
("oops, 46,200"). A new value that does not fit the last answer looks for one that it fits; where several could be
meant, the person is asked.
"""

from __future__ import annotations

import re
from dataclasses import replace

from actions.answers.correction import LAST, UNKNOWN, Correction, correction, without_lead_ins
from actions.answers.figures import Figure
from actions.answers.question import looks_like_question
from actions.answers.replacement import without_what_was_wrong
from actions.answers.tables import phrases, table
from actions.answers.text import has_phrase, strip_trailing, words
from actions.flow import asking
from actions.flow.answering import ask_next, confirm
from actions.flow.at_the_end import asked_for_at_the_end, put_at_the_end, taken_out
from actions.flow.bare_values import only_figure, ratio, said_small, told_outright
from actions.flow.correction_turn import Turn, last_answered, names_of, of_whom, speaks_of
from actions.flow.hearing import Reading
from actions.flow.lone_figure import figure_put_right
from actions.flow.model import Answers, Flow, FlowState, Heard, Outcome, Question
from actions.flow.putting_right import puts_right
from actions.flow.replacing import replaced
from actions.flow.retelling import FREE_WORDS, Retold, Teller, retold
from actions.flow.volunteered import asked_for_both, volunteered
from actions.flow.words import name_words

__all__ = ["corrected"]

_LIKE_THE_LAST = 3
"""A figure up to so many times the last one, or as little of it, may well be meant for it."""
_MUCH_LIKE = 1.3
_LONGEST_BY_VALUE = 9
_SCHOOL_YEAR = re.compile(r"\b20\d\d\s?[-/]\s?(?:20)?\d\d\b")
_SHORT_YEAR = re.compile(r"\b2\d\s?[-/]\s?2\d\b")
"""A school year without its century; where a figure is asked for, it is a range."""
_FIGURES = frozenset({"money", "count", "rate", "date"})


def corrected(
    flow: Flow, answers: Answers, state: FlowState, heard: Heard, plan: tuple[Question, ...]
) -> Outcome | None:
    """What becomes of a message that changes an earlier answer; None for any other message."""
    done = tuple(
        q for q in reversed(plan) if not q.names and (answers.get(q.key) is not None or q.key in state.assumed)
    )
    if not done:
        return None
    turn = Turn(flow, answers, state, heard, plan, done)
    if (both := asked_for_both(turn)) is not None:
        return both
    told = _told_anew(turn)
    if (sure := (_changed_all(turn, told) if len(told) > 1 else None) or replaced(turn)) is not None:
        return sure
    if (asked_for := put_at_the_end(turn) or taken_out(turn)) is not None:
        return asked_for
    named = _named_or_last(turn)
    if named is not None and (named.state.confirm or any(value is not None for value in named.sets.values())):
        return named
    return (
        _other_year(turn)
        or _retold(turn, told)
        or named
        or _people_counted(turn)
        or _by_value(turn)
        or volunteered(turn)
    )


def _told_anew(turn: Turn) -> tuple[Retold, ...]:
    """ "no, family size is 5 and income 41,500": every answer that the message tells anew."""
    pending, heard = turn.pending, turn.heard
    if pending is not None and turn.flow.hears(pending, heard, turn.answers) and not puts_right(heard.text):
        return ()  # a whole letter told in one message is the answer
    reads = pending is not None and _would_answer(turn, pending)
    return retold(Teller(turn.heard.text, turn.heard.language, turn.answers, turn.done, pending, reads, turn.reads))


def _would_answer(turn: Turn, pending: Question) -> bool:
    """Whether the message could be the answer to what is asked; of a choice only when it is surely one."""
    status = turn.reads(pending, turn.heard.text).status
    return status == "ok" or (status == "needs_confirmation" and pending.kind != "choice")


def _changed_all(turn: Turn, told: tuple[Retold, ...]) -> Outcome:
    """Every sure change at once; the first that is not sure is asked back."""
    sure = [one for one in told if not one.doubt and one.reading.status == "ok"]
    sets = {one.question.key: one.reading.value for one in sure}
    says = tuple(asking.changed(one.question, one.reading.value, turn.heard.language) for one in sure)
    now, state = {**turn.answers, **sets}, turn.state.told(*sets)
    unsure = next((one for one in told if one not in sure), None)
    if unsure is None:
        return ask_next(turn.flow, turn.answers, sets, state, turn.heard, says)
    asked = confirm(turn.flow, now, state, turn.heard, unsure.question, unsure.reading)
    return replace(asked, says=(*says, *asked.says), sets=sets)


def _retold(turn: Turn, told: tuple[Retold, ...]) -> Outcome | None:
    """The one answer that is told anew, or the one a lone figure puts right."""
    if told:
        return turn.change(told[0].question, told[0].reading, doubt=told[0].doubt)
    return _put_right(turn)


def _put_right(turn: Turn) -> Outcome | None:
    pending = turn.pending
    figure = figure_put_right(turn.heard.text, no_answer=pending is not None and pending.kind in FREE_WORDS)
    return _last(turn, figure) if figure is not None else None


def _named_or_last(turn: Turn) -> Outcome | None:
    heard = turn.heard
    pending = turn.pending
    asked = pending.settles if pending is not None else ()
    names = {**names_of(turn.done), **name_words(asked)}
    found = (
        correction(without_what_was_wrong(heard.text), names)
        or correction(heard.text, names)
        or correction(asked_for_at_the_end(heard.text), names)
    )
    if found is None or found.name in asked:
        return None
    if found.name == UNKNOWN:
        return _of_something_unknown(turn)
    if found.name == LAST:
        return _last(turn, found.text)
    target = _meant(found, turn)
    if target is None:
        return None
    if not found.text:
        state = turn.state.told(target.key)
        return ask_next(turn.flow, turn.answers, {target.key: None}, state, heard, ())
    return turn.change(target, turn.reads(target, found.text))


def _of_something_unknown(turn: Turn) -> Outcome | None:
    """A change to something nobody answered: it may be what is asked just now; else how to name an answer."""
    pending = turn.pending
    if pending is not None:
        forms = (form for said in name_words(pending.settles).values() for form in said)
        if pending.kind == "text" or has_phrase(words(turn.heard.text), map(words, forms)):
            return None
    return turn.say(asking.how_to_change(turn.plan, turn.heard.language))


def _people_counted(turn: Turn) -> Outcome | None:
    """ "somos 5", said to a question that is not about how many."""
    pending = turn.pending
    figure = only_figure(turn.heard.text)
    said = words(turn.heard.text)
    if figure is None or not said_small(figure) or len(said) > _LONGEST_BY_VALUE:
        return None
    if set(said) & set(table("corrections")["at_work"]):
        return None
    family = next((q for q in turn.done if q.key == "family_size"), None)
    if family is None or (pending is not None and pending.kind in {"count", "text"}):
        return None
    if not has_phrase(said, phrases("corrections", "people")):
        return None
    reading = turn.reads(family, turn.heard.text)
    if reading.value == turn.answers.get(family.key):
        return None  # "California, there are 5 of us" tells nothing new
    changed = turn.change(family, reading, doubt=True)
    place = turn.reads(pending, turn.heard.text) if pending is not None and pending.kind == "state" else None
    if changed is None or pending is None or place is None or place.status != "ok":
        return changed
    return replace(changed, sets={**changed.sets, pending.key: place.value})


def _meant(found: Correction, turn: Turn) -> Question | None:
    """The answered question that a correction names; of several that fit, the one whose subject is named too."""
    fitting = [q for name in (found.name, *found.alternatives) for q in turn.done if q.key == name]
    said = words(turn.heard.text)
    named = (q for q in fitting if q.subject and speaks_of(said, q.subject))
    return next(named, None) or next(iter(of_whom(fitting, said, turn.answers)), None)


def _last(turn: Turn, text: str) -> Outcome | None:
    """A value without a name: for the last answer if it fits that, for another that it fits, or a question back."""
    figure = only_figure(text)
    if figure is not None and has_phrase(words(turn.heard.text), phrases("corrections", "people")):
        people = [q for q in turn.done if q.kind == "count" and not q.percent and q.key == "family_size"]
        return turn.change(people[0], turn.reads(people[0], text)) if people else None
    last = last_answered(turn)
    if last is None:
        merged = any(turn.state.latest in q.names for q in turn.plan)
        return turn.say(asking.how_to_change(turn.plan, turn.heard.language)) if merged else None
    if figure is not None and last.kind == "money" and isinstance(held := turn.answers.get(last.key), int) and held:
        return _last_amount(turn, last, held, figure, text)
    if turn.pending is None and last.kind == "money":
        near = [q for q in turn.done if q is not last and q.kind == "money" and _alike(turn, q, figure)]
        if near:  # "it's 36k" at the summary, after a line of 0: it is meant for an amount like it
            return _one_of(turn, near, text)
    if (changed := turn.change(last, turn.reads(last, text))) is not None:
        return changed
    others = [q for q in turn.done if q is not last and q.kind in {"money", "count", "state"}]
    fitting = [q for q in others if turn.reads(q, text).status == "ok" and _alike(turn, q, figure)]
    return _one_of(turn, fitting, text)


def _last_amount(turn: Turn, last: Question, held: int, figure: Figure, text: str) -> Outcome | None:
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


def _one_of(turn: Turn, fitting: list[Question], text: str) -> Outcome | None:
    """Confirms the one answer that a value without a name can be for, or asks which of several."""
    if len(fitting) > 1:
        return turn.which(fitting, text)
    return turn.change(fitting[0], turn.reads(fitting[0], text), doubt=True) if fitting else None


def _alike(turn: Turn, question: Question, figure: Figure | None, most: float = _LIKE_THE_LAST) -> bool:
    """Whether a new amount is near the one held; anything but an amount is always."""
    if question.kind != "money":
        return most == _LIKE_THE_LAST
    held = turn.answers.get(question.key)
    return bool(held) and isinstance(held, int) and figure is not None and ratio(int(figure.value), held) <= most


def _other_year(turn: Turn) -> Outcome | None:
    """ "sorry, wrong form, I actually need this for 2027-28"."""
    year = next((q for q in turn.done if q.key == "award_year"), None)
    pending = turn.pending
    told = _SCHOOL_YEAR.search(turn.heard.text)
    if told is None and (pending is None or pending.kind not in _FIGURES):
        told = _SHORT_YEAR.search(turn.heard.text)
    if year is None or told is None or (pending is not None and pending.kind in {"text", "year"}):
        return None
    _body, leads = without_lead_ins(turn.heard.text)
    doubted = {*leads, *words(turn.heard.text)} & {*table("corrections")["strong_lead_ins"], "actually", "wrong"}
    reading = turn.reads(year, told.group())
    other = reading.status == "ok" and reading.value != turn.answers.get("award_year")
    return turn.change(year, reading) if doubted and other else None


def _by_value(turn: Turn) -> Outcome | None:
    """ "wait, indiana", "sorry my parents are divorced actually": words that only an earlier answer can be about."""
    body, leads = without_lead_ins(turn.heard.text)
    tokens = words(body)
    kept = tuple(word for word in strip_trailing(tokens, phrases("corrections", "trailing")) if word != "actually")
    strong = bool(set(leads) & set(table("corrections")["strong_lead_ins"])) or len(kept) < len(tokens)
    if not strong or not kept or len(kept) > _LONGEST_BY_VALUE or looks_like_question(body, turn.heard.language):
        return None
    pending = turn.pending
    if pending is not None and turn.reads(pending, turn.heard.text).status != "invalid":
        return None
    said = " ".join(kept)
    told = {q.key: value for q in turn.done if (value := told_outright(q, said)) is not None}
    fitting = of_whom(
        [q for q in turn.done if told.get(q.key, turn.answers.get(q.key)) != turn.answers.get(q.key)],
        words(turn.heard.text),
        turn.answers,
    )
    if len(fitting) > 1:
        return turn.which(fitting, said)
    if not fitting:
        last = last_answered(turn)
        again = turn.reads(last, said) if last is not None and last.kind not in {"text", "money", "count"} else None
        fits = again is not None and again.status == "ok" and again.value != turn.answers.get(last.key if last else "")
        return turn.change(last, again, doubt=True) if fits and last is not None and again is not None else None
    [target] = fitting
    plain = target.kind == "state" or "parent" in target.key
    return turn.change(target, Reading("ok", told[target.key]), doubt=not plain)
