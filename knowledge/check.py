"""The last look at an answer before anyone reads it: does every sentence stand in a note?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from knowledge.boundaries import boundaries
from knowledge.notes import Language, Note, Notes, Statement
from knowledge.replies import fixed_replies
from knowledge.support import opening, supports
from knowledge.verdict import without_verdict

_URL = re.compile(r"(?:https?://|www\.)\S+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:gov|org|com|edu|net)\b(?:/\S*)?", re.I)
# A sentence may rest on one statement, or on two that follow each other.
_NEIGHBOURS = 2
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*%?")


@dataclass(frozen=True)
class Sentence:
    """Words of an answer, and the note and source that back them; both None when they state no fact.

    `restates` are the statements (one, or two neighbours) that a model put into other words, `after` the sentence right
    before it where this one goes on with the same statement; both empty for a sentence that is the note's own.
    """

    text: str
    note_id: str | None
    source_id: str | None
    restates: tuple[str, ...] = ()
    after: str = ""


@dataclass(frozen=True)
class Problem:
    """Why a sentence may not be said, and the words at fault."""

    kind: Literal[
        "no_note", "not_in_note", "wrong_source", "unsupported_number", "unsupported_url", "unsaid", "unsupported"
    ]
    words: str


def sentence_problems(sentence: Sentence, notes: Notes, language: Language) -> tuple[Problem, ...]:
    """What stands against saying `sentence`; empty when its note says it, word for word or as `restates` has it."""
    note = notes.get(sentence.note_id, language) if sentence.note_id else None
    if note is None:
        return (Problem("no_note", sentence.note_id or ""),)
    if sentence.restates:
        return _restated_problems(sentence, note)
    same = [said for said in _said(note) if _says(said, sentence.text)]
    if not same:
        return (Problem("not_in_note", sentence.text),)
    cited = [said for said in same if said.source_id == sentence.source_id]
    if not cited or note.source(sentence.source_id or "") is None:
        return (Problem("wrong_source", sentence.source_id or ""),)
    return unsupported(sentence.text, [cited[0].text])


def answer_problems(text: str, sentences: Sequence[Sentence], notes: Notes, language: Language) -> tuple[Problem, ...]:
    """What stands against a whole answer: bad sentences, words beside them, or stray numbers or URLs."""
    found = [problem for sentence in sentences for problem in sentence_problems(sentence, notes, language)]
    found += [Problem("unsupported", sentence.text) for sentence in _torn(sentences)]
    rest = text
    for sentence in sentences:
        rest = rest.replace(sentence.text, " ", 1)
    if rest.strip():
        found.append(Problem("unsaid", rest.strip()))
    cited = [
        said.text
        for sentence in sentences
        if (note := notes.get(sentence.note_id or "", language))
        for said in _said(note)
        if said.source_id == sentence.source_id and (_says(said, sentence.text) or said.text in sentence.restates)
    ]
    return (*found, *unsupported(text, cited))


def _restated_problems(sentence: Sentence, note: Note) -> tuple[Problem, ...]:
    stated = [one for one in _said(note) if one.text in sentence.restates]
    places = [_said(note).index(one) for one in stated]
    if tuple(one.text for one in stated) != sentence.restates or places[-1] - places[0] >= _NEIGHBOURS:
        return (Problem("not_in_note", sentence.text),)
    if any(one.source_id != sentence.source_id for one in stated) or note.source(sentence.source_id or "") is None:
        return (Problem("wrong_source", sentence.source_id or ""),)
    if opening(sentence.text, note.language) and stated[0] is not note.short:
        return (Problem("unsupported", sentence.text),)
    if not supports(sentence.restates, f"{sentence.after} {sentence.text}".strip(), note.language):
        return (Problem("unsupported", sentence.text),)
    return unsupported(sentence.text, sentence.restates)


def unsupported(text: str, statements: Sequence[str]) -> tuple[Problem, ...]:
    """The numbers (amounts, dates, percentages) and URLs of `text` that stand in none of `statements`."""
    urls, numbers = _facts(text)
    known = [_facts(statement) for statement in statements]
    known_urls = {url for found, _ in known for url in found}
    known_numbers = {number for _, found in known for number in found}
    return (
        *(Problem("unsupported_url", url) for url in urls if url not in known_urls),
        *(Problem("unsupported_number", number) for number in numbers if number not in known_numbers),
    )


def unsaid(text: str, sentences: Sequence[Sentence], notes: Notes, language: Language) -> tuple[str, ...]:
    """What an answer says that stands word for word in no note and in no reply written beforehand."""
    fixed = _fixed(language)
    found = [
        sentence.text
        for sentence in sentences
        if not (
            sentence.text in fixed if sentence.note_id is None else not sentence_problems(sentence, notes, language)
        )
    ]
    found += [sentence.text for sentence in _torn(sentences)]
    rest = text
    for sentence in sentences:
        rest = rest.replace(sentence.text, " ", 1)
    return (*found, *((rest.strip(),) if rest.strip() else ()))


def unsupported_figures(text: str, sentences: Sequence[Sentence], notes: Notes, language: Language) -> tuple[str, ...]:
    """The numbers and addresses of an answer that neither its notes nor a reply written beforehand hold."""
    noted = [notes.get(sentence.note_id, language) for sentence in sentences if sentence.note_id]
    known = [said.text for note in noted if note for said in _said(note)]
    fixed = [sentence.text for sentence in sentences if sentence.note_id is None and sentence.text in _fixed(language)]
    return tuple(problem.words for problem in unsupported(text, [*known, *fixed]))


@cache
def _fixed(language: Language) -> frozenset[str]:
    written = [one.text for boundary in boundaries() for one in boundary.sentences[language]]
    return frozenset((*written, *(one.text for one in fixed_replies().sentences("unknown", language))))


def _torn(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Those that go on from a sentence which does not stand before them."""
    before = ["", *(sentence.text for sentence in sentences)]
    return [one for one, last in zip(sentences, before, strict=False) if one.after not in ("", last)]


def _said(note: Note) -> tuple[Statement, ...]:
    return (note.short, *note.statements)


def _says(said: Statement, text: str) -> bool:
    """Whether `text` is the statement, with or without the yes or no it begins with."""
    return text in (said.text, without_verdict(said.text))


def _facts(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    urls = tuple(url.rstrip(".,;:)").lower() for url in _URL.findall(text))
    numbers = tuple(number.replace(",", "") for number in _NUMBER.findall(_URL.sub(" ", text)))
    return urls, numbers
