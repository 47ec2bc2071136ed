"""What an answer is, and answers in words written beforehand."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic
from typing import Literal

from knowledge.boundaries import Boundary
from knowledge.check import Sentence
from knowledge.follow_up import Before
from knowledge.notes import Confidence, Language, Note, Source
from knowledge.replies import FixedSentence, fixed_replies

__all__ = ["Answer", "Citation", "Kind", "Mode", "OnSentence", "cited", "fixed", "say_nothing", "sources_of", "unknown"]

Kind = Literal["answered", "unknown", "declined", "handoff", "talk"]
Mode = Literal["compose", "select", "short", "fixed"]

_KINDS: dict[str, Kind] = {"unsafe": "declined", "outside": "declined", "handoff": "handoff", "talk": "talk"}
_OF_NEED = frozenset({"danger-at-home", "distress"})
"""Where to find help comes first; it does not say what was asked beside it."""


@dataclass(frozen=True)
class Citation:
    """A page behind an answer, the day it was last checked, and how sure we are of it."""

    title: str
    url: str
    as_of: date
    confidence: Confidence


@dataclass(frozen=True)
class Answer:
    """What Aidline says to a question, and what backs it.

    `kind` is `answered` from notes, `unknown` (no note; says who knows), `declined` (it may not or cannot be
    answered), `handoff` (a person is offered) or `talk` (a greeting, or a question back). `mode` is `compose` (the
    model restated statements, checked one by one), `select` (it chose some), `short` (the note's short answer and what
    is nearest to the question) or `fixed` (words written beforehand). `confidence` (0..1) is how well the best note
    matched, `weak` whether it may well miss what was asked; `seconds` how long it took. `review_needed` says that staff
    should look: a cited fact is not confirmed, or a note is past its review date. `boundary` names the fixed reply;
    `leads_to` is what a follow-up needs to know.
    """

    kind: Kind
    text: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    note_id: str | None
    language: Language
    mode: Mode
    confidence: float
    seconds: float
    review_needed: bool
    boundary: str | None = None
    leads_to: Before | None = None
    weak: bool = False


OnSentence = Callable[[Sentence], None]


def fixed(boundary: Boundary, language: Language, started: float, say: OnSentence) -> Answer:
    """The reply of a boundary. `started` is when the question came, on the monotonic clock."""
    written, kind = boundary.sentences[language], _KINDS[boundary.kind]
    answer = _written(written, boundary.sources, kind, language, started, say, boundary.name)
    return replace(answer, weak=boundary.kind == "outside" or boundary.name in _OF_NEED)


def unknown(language: Language, confidence: float, started: float, say: OnSentence) -> Answer:
    """What is said when no note knows: who does, and a person."""
    replies = fixed_replies()
    sentences = replies.sentences("unknown", language)
    answer = _written(sentences, replies.sources, "unknown", language, started, say, None)
    return replace(answer, confidence=round(confidence, 3), weak=True)


def _written(
    written: Sequence[FixedSentence],
    sources: Mapping[str, Source],
    kind: Kind,
    language: Language,
    started: float,
    say: OnSentence,
    name: str | None,
) -> Answer:
    """Words written beforehand; `name` is the boundary's."""
    sentences = tuple(Sentence(one.text, None, one.source) for one in written)
    for sentence in sentences:
        say(sentence)
    named = dict.fromkeys(sentence.source_id for sentence in sentences if sentence.source_id)
    return Answer(
        kind=kind,
        text=" ".join(sentence.text for sentence in sentences),
        sentences=sentences,
        citations=cited(sources[source_id] for source_id in named),
        note_id=None,
        language=language,
        mode="fixed",
        confidence=1.0,
        seconds=monotonic() - started,
        review_needed=False,
        boundary=name,
    )


def sources_of(sentences: Sequence[Sentence], notes: Sequence[Note]) -> tuple[Source, ...]:
    """The sources that the sentences cite, each once, in order."""
    by_id = {note.id: note for note in notes}
    found = (by_id[one.note_id].source(one.source_id or "") for one in sentences if one.note_id)
    return tuple(dict.fromkeys(source for source in found if source))


def cited(sources: Iterable[Source]) -> tuple[Citation, ...]:
    """The sources as they are shown, each once."""
    found = (Citation(source.title, source.url, source.as_of, source.confidence) for source in sources)
    return tuple(dict.fromkeys(found))


def say_nothing(_sentence: Sentence) -> None:
    """For whoever does not listen while an answer is made."""
