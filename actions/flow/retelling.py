"""What a message tells anew about earlier answers, clause by clause ("no, family size is 5 and income 41,500").

A clause counts when it names an answer, or can only mean one, and holds a value other than the one on record. How much
more it takes depends on what is asked just now: words that could answer that are the answer, unless they say that
something is being put right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from actions.answers.choice import parse_choice
from actions.answers.contact import parse_email, parse_phone
from actions.answers.correction import without_lead_ins, without_periods
from actions.answers.figures import Figure, find_figures
from actions.answers.parsed import Parsed
from actions.answers.question import looks_like_question
from actions.answers.replacement import without_what_was_wrong
from actions.answers.state import parse_state
from actions.answers.tables import phrases
from actions.answers.text import compose, has_phrase, words
from actions.flow.bare_values import said_small
from actions.flow.correction_turn import names_of, of_whom, speaks_of
from actions.flow.family_counted import counts_people, of_us, one_left_out
from actions.flow.hearing import Reading
from actions.flow.model import Answers, Question
from actions.flow.putting_right import begins_anew, puts_right
from actions.flow.words import choices, result_words

__all__ = ["FREE_WORDS", "PARTED", "PEOPLE", "Retold", "Teller", "retold"]

PARTED = re.compile(
    r"[.;!\n]+(?=\s|$)|\?|(?:(?<=mal)|(?<=cosas)|(?<=cositas)|(?<=things)|(?<=wrong)|(?<=here)|(?<=aqui)):\s|,(?!\d{3})"
    r"|\s(?:and|y|e|but|pero|so|o sea|osea|because|porque|cuz|bc)\s",
    re.I,
)
_A_ZERO = re.compile(
    r"\b(?:a|an extra|one|un|el) (?:zero|cero)(?: (?:de m[aá]s|too many|too much|extra))?\b", re.IGNORECASE
)
"""What was left out or typed too often ("I forgot a zero"), and no amount."""
_PAPER = re.compile(r"\b(?:line|l[ií]nea|box|casilla|form|forma)\s+\d+[a-z]?\b|\bw-?2\b", re.IGNORECASE)
"""Where on a paper an amount stands, and no amount."""
_LONGEST_ASIDE = 3
"""Words of a question at the end that only asks to go on ("redo it?")."""
FREE_WORDS = frozenset({"text", "school"})
"""Kinds of question that nearly any words answer."""
_SHAPED = frozenset({"email", "phone", "state", "date"})
"""What is known by its looks."""
PEOPLE = frozenset(
    {"mother", "father", "mother_only", "father_only", "both", "student", "parent", "spouse", "grandparent", "other"}
)
"""Choices whose words stand in any story ("my mom has ..."): they need the name of their question."""
_COUNTED = frozenset({"money", "count", "rate"})
_DATED = frozenset({"date", "birth_date", "birth_year"})
_ENOUGH, _NEARLY = 3, 2
_ONE_WORD = 100


@dataclass(frozen=True)
class Retold:
    """A new value for an answered question; `doubt`: it should be asked back first."""

    question: Question
    reading: Reading
    doubt: bool


@dataclass(frozen=True)
class Teller:
    """What is on record when the message comes. `pending` is None at the summary and after the result."""

    text: str
    language: str
    answers: Answers
    done: tuple[Question, ...]
    pending: Question | None
    pending_reads: bool
    reads: Callable[[Question, str], Reading]


@dataclass(frozen=True)
class _Clause:
    text: str
    named: tuple[Question, ...]
    carried: bool = False
    in_full: bool = False
    """Named by more than one word ("income now")."""


def retold(teller: Teller) -> tuple[Retold, ...]:
    """Every answer that the message tells anew, each once, with its last value."""
    body, leads = without_lead_ins(compose(teller.text))
    body = _A_ZERO.sub(" ", body)
    clauses = tuple(_clauses(teller, body))
    if not clauses:
        return ()
    cue = puts_right(teller.text, leads)
    found: dict[str, Retold] = {}
    for clause in clauses:
        told = _told_in(teller, clause, body) or _told_in(teller, replace(clause, named=()), body)
        for question, new, named in told:
            weight = _weight(teller, question, replace(clause, named=named), words(body), cue=cue)
            if clause.carried and question.key in found and not begins_anew(without_lead_ins(clause.text)[1]):
                continue  # "the balance is 23 thousand, I had paid 7"
            if weight >= _NEARLY:
                found[question.key] = Retold(question, new, weight < _ENOUGH)
    sure = tuple(one for one in found.values() if not one.doubt)
    if sure and teller.pending is None:
        return tuple(found.values())
    meant = of_whom([one.question for one in found.values() if one.doubt], words(body), teller.answers, own=True)
    if sure:
        return tuple(one for one in found.values() if not one.doubt or (cue and one.question.kind in _SHAPED))
    return tuple(found[q.key] for q in meant) if len(meant) == 1 else ()


def _told_in(teller: Teller, clause: _Clause, body: str) -> list[tuple[Question, Reading, tuple[Question, ...]]]:
    """The answers a clause tells anew: those it names, or those that only its words can be about."""
    about = clause.named or teller.done
    read = ((question, _new_value(teller, question, clause, body)) for question in about)
    return [(question, new, clause.named) for question, new in read if new is not None]


def _clauses(teller: Teller, body: str) -> Iterator[_Clause]:
    """The clauses, each with the answers it names; a clause that names none goes on about the one before."""
    before: tuple[Question, ...] = ()
    start = 0
    ends = [*((part.start(), part.end(), part.group()) for part in PARTED.finditer(body)), (len(body), len(body), "")]
    for end, after, mark in ends:
        text, start = body[start:end].strip(), after
        may_i = has_phrase(words(text), phrases("corrections", "may_i"))
        asks = not may_i and (mark == "?" or looks_like_question(text, teller.language))
        if asks and len(words(text)) > _LONGEST_ASIDE:
            return
        if not text or asks:
            continue
        named, size = _named(teller, text, body)
        yield _Clause(text, named or before, carried=not named, in_full=size > 2 * _ONE_WORD)
        before = named or before


def _named(teller: Teller, text: str, body: str) -> tuple[tuple[Question, ...], int]:
    """The one answered question that a clause names by the longest name; none where the open one is named as well."""
    said = words(without_periods(text))
    asked = (teller.pending,) if teller.pending is not None else ()
    known = (*teller.done, *asked)
    forms = names_of(known)
    sizes = {q.key: _longest(said, forms[q.key]) for q in known}
    if counts_people(text, said) or one_left_out(text, words(body)):
        sizes = {key: max(size, 2 * _ONE_WORD) if key == "family_size" else size for key, size in sizes.items()}
    best = max(sizes.values(), default=0)
    fitting = [q for q in known if best and sizes[q.key] == best]
    of_it = [q for q in fitting if q.subject and speaks_of(words(body), q.subject)] or of_whom(
        fitting, said, teller.answers, own=True
    )
    if len(of_it) != 1 or of_it[0] in asked:
        return (), 0
    return tuple(of_it), best


def _longest(said: tuple[str, ...], forms: tuple[str, ...]) -> int:
    found = has_phrase(said, (words(form) for form in forms))
    return len(" ".join(found)) + _ONE_WORD * len(found) if found else 0


def _new_value(teller: Teller, question: Question, clause: _Clause, body: str) -> Reading | None:
    """The value a clause holds for a question, where it is another one than that on record."""
    read = _value(teller, question, clause, body)
    if read is None or read.status not in {"ok", "needs_confirmation"} or read.value is None:
        return None
    return read if read.value != teller.answers.get(question.key) else None


def _value(teller: Teller, question: Question, clause: _Clause, body: str) -> Reading | None:
    named, text = bool(clause.named), without_what_was_wrong(clause.text)
    match question.kind:
        case "email":
            return _found(parse_email(text))
        case "phone":
            return _found(parse_phone(text))
        case "choice" | "year":
            named = named and not clause.carried
            return _chosen(question, without_what_was_wrong(body), named=named) or _chosen(question, text, named=named)
        case "state":
            return _placed(text)
        case "date" | "birth_date" if not named:
            return teller.reads(question, text) if _names_a_month(text) else None
        case kind if not named:
            return None
        case "yes_no":
            return teller.reads(question, text)
        case kind if kind in _COUNTED or kind in _DATED:
            text = _PAPER.sub(" ", text.replace(question.subject, " ") if question.subject.isdecimal() else text)
            figures = _not_held(find_figures(text, teller.language), teller.answers.get(question.key))
            alone = len(figures) == 1 and kind in _COUNTED and len(find_figures(text, teller.language)) > 1
            told = text[figures[0].start : figures[0].end] if alone else text
            return teller.reads(question, told) if figures else None
        case _:
            return None


def _not_held(figures: Sequence[Figure], held: object) -> tuple[Figure, ...]:
    """The figures of a clause without the one on record ("it is 14 thousand, I heard forty")."""
    if not isinstance(held, int) or len(figures) < 2:
        return tuple(figures)
    return tuple(one for one in figures if held not in {one.value, one.value * 1000 if said_small(one) else None})


def _found(parsed: Parsed[str]) -> Reading | None:
    return Reading("ok", parsed.value) if parsed.status == "ok" and parsed.value else None


def _chosen(question: Question, text: str, *, named: bool) -> Reading | None:
    """The choice that a clause names in so many words; of an answer that is not named, only in words of its own."""
    listed = choices(question.choices or question.key)
    told = parse_choice(text, listed, word_for_word=True)
    if told.status != "ok":
        return None
    if not named and told.value in PEOPLE:
        return None
    plain = {form for one in listed if one.value == told.value for form in one.general}
    if not named and words(text) in {words(form) for form in plain}:
        return None
    return Reading("ok", told.value)


def _names_a_month(text: str) -> bool:
    return bool(_month_names() & set(words(text)))


@cache
def _month_names() -> frozenset[str]:
    return frozenset(word for listed in result_words("months").values() for name in listed for word in words(name))


def _placed(text: str) -> Reading | None:
    """A state by its full name; two letters inside a sentence are mostly a word."""
    state = parse_state(text)
    spelled = state.value is not None and state.value.lower() not in words(text)
    return Reading("ok", state.value) if state.status == "ok" and spelled else None


def _weight(teller: Teller, question: Question, clause: _Clause, said: tuple[str, ...], *, cue: bool) -> int:
    """How much speaks for a change: its name, that something is put right, and that nothing else is answered by it."""
    named, pending = bool(clause.named), teller.pending
    if named and pending is not None and _of_another_school(question, pending, said):
        return _ENOUGH
    if question.key == "family_size" and pending is not None and pending.kind == "money" and of_us(clause.text):
        return _ENOUGH
    if pending is not None and pending.kind in FREE_WORDS:
        return _NEARLY if clause.in_full or (cue and (named or question.kind in _SHAPED)) else 0
    if pending is not None and teller.pending_reads:
        if cue and pending.kind == "yes_no" and question.kind in _SHAPED:
            return _ENOUGH
        if named and clause.in_full and words(clause.text) == said and _begins_with(question, said):
            return _NEARLY  # "income before is 58,900", asked for the income now
        stated = pending.kind == "yes_no" and question.kind == "choice"
        return _NEARLY if cue and (named or stated or question.kind in _SHAPED) else 0
    if pending is None and question.kind in _SHAPED:
        return _NEARLY + (named or cue)
    return 2 * named + cue + 1


def _begins_with(question: Question, said: tuple[str, ...]) -> bool:
    """Whether the name of an amount comes first."""
    forms = (words(form) for form in names_of((question,))[question.key])
    return question.kind == "money" and any(said[: len(form)] == form for form in forms)


def _of_another_school(question: Question, pending: Question, said: tuple[str, ...]) -> bool:
    """Whether a school is named, and not the one that is asked about."""
    if question.subject == pending.subject or not speaks_of(said, question.subject):
        return False
    return not speaks_of(said, pending.subject)
