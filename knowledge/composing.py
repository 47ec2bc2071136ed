"""Letting a model write an answer in its own words, and letting through only what a statement of the notes supports."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.check import Sentence, sentence_problems
from knowledge.errors import DraftError
from knowledge.llama.drafter import Deadline, Prompt, Writer
from knowledge.notes import Language, Notes
from knowledge.search.searcher import said
from knowledge.search.text import says_again
from knowledge.support import opening

__all__ = ["COMPOSE_VERSION", "Composed", "compose", "composing_prompt"]

# Part of the cache key of answers: raise it whenever the words or the layout of the prompt change.
COMPOSE_VERSION = 1
_FACTS = 7
_TOKENS = 160
_SENTENCES = 4

_SYSTEM: dict[Language, str] = {
    "en": (
        "You answer questions about US financial aid for college from a list of facts. Pick the one to three facts "
        "that answer the question best, and write them out again in plain English, in the same words. You may leave "
        'off the end of a fact. Keep every number, name, condition, "not", "if" and "only". Never mix two facts in one '
        "sentence. Add nothing."
    ),
    "es": (
        "Usted contesta preguntas sobre ayuda económica para la universidad en Estados Unidos a partir de una lista "
        "de datos. Elija de uno a tres datos que mejor contesten la pregunta y escríbalos otra vez en español, con las "
        'mismas palabras. Puede dejar fuera el final de un dato. Conserve cada número, nombre, condición, "no", "si" y '
        '"solo". Nunca mezcle dos datos en una oración. No agregue nada.'
    ),
}
_LAYOUT: dict[Language, str] = {
    "en": "Facts:\n{facts}\n\nQuestion: {question}\nAnswer:",
    "es": "Datos:\n{facts}\n\nPregunta: {question}\nRespuesta:",
}
# "U.S. citizen" and "EE. UU." go on.
_END = re.compile(r"(?<!\b[A-Z]\.)(?<!\bEE\.)(?<!\bUU\.)(?<=[.!?])[\"”)]*(?:\s+|$)|\n+")
_BULLET = re.compile(r"^\s*(?:[-*•]\s+)?")


class Composed:
    """What a model wrote: the `sentences` that came through, those that were `dropped`, and whether it is `whole`."""

    def __init__(self) -> None:
        self.sentences: list[Sentence] = []
        self.dropped: list[str] = []
        self.whole = False


def compose(
    writer: Writer,
    question: str,
    facts: Sequence[Sentence],
    notes: Notes,
    language: Language,
    deadline: Deadline,
    say: Callable[[Sentence], None],
) -> Composed:
    """Up to four sentences that `writer` wrote and `facts` support, each given to `say` as soon as it is checked.

    `facts` are statements of notes, word for word, the short answer of the best note first: no answer lacks it, so it
    goes first, as it stands, unless the model begins with it. Never raises: what failed or came late is not there.
    """
    composed = Composed()
    check = _Check(facts[:_FACTS], notes, language)
    waiting = ""

    def take(text: str) -> None:
        nonlocal waiting
        waiting += text
        while found := _END.search(waiting, _opened(waiting, language)):
            # A full stop at the very end may be the middle of a number or an address.
            if found.end() == len(waiting) and not waiting[-1].isspace():
                break
            read(waiting[: found.end()])
            waiting = waiting[found.end() :]

    def read(written: str) -> None:
        text = " ".join(_BULLET.sub("", written).split())
        if not text or len(composed.sentences) >= _SENTENCES:
            return
        let_through = check.sentences(text)
        if not let_through:
            composed.dropped.append(text)
        for sentence in let_through:
            composed.sentences.append(sentence)
            say(sentence)

    try:
        writer.write(composing_prompt(question, facts[:_FACTS], language), _TOKENS, deadline, take)
        composed.whole = True
    except DraftError:
        return composed
    if waiting.rstrip().endswith((".", "!")):
        read(waiting)
    return composed


def composing_prompt(question: str, facts: Sequence[Sentence], language: Language) -> Prompt:
    """Standing words first, then the facts, the question last, so what stays the same is not read again."""
    listed = "\n".join(f"- {fact.text}" for fact in facts)
    return Prompt(_SYSTEM[language], _LAYOUT[language].format(facts=listed, question=question))


class _Check:
    """What may be said of `facts`, one sentence after the other."""

    def __init__(self, facts: Sequence[Sentence], notes: Notes, language: Language) -> None:
        self._facts = facts
        self._backings = [*((fact,) for fact in facts), *_neighbours(facts, notes, language)]
        self._notes = notes
        self._language = language
        self._said: list[Sentence] = []

    def sentences(self, text: str) -> tuple[Sentence, ...]:
        """`text` as a sentence with its source, the short answer before it where it must be; empty if unsupported."""
        if not self._said and opening(text, self._language) is not None:
            backings: Sequence[tuple[Sentence, ...]] = [self._backings[0]]
        else:
            backings = self._backings
        found = next(self._supported(text, backings), None)
        if found is None or says_again(text, [one.text for one in self._said], self._language):
            return ()
        short = self._facts[0]
        first = () if self._said or short.text in found.restates else (short,)
        if first and says_again(text, [short.text], self._language):
            return ()
        self._said += [*first, found]
        return (*first, found)

    def _supported(self, text: str, backings: Sequence[tuple[Sentence, ...]]) -> Iterator[Sentence]:
        last = self._said[-1] if self._said else None
        if last and opening(text, self._language) is not None:
            return
        for backing in backings:
            statements = tuple(one.text for one in backing)
            alone = Sentence(text, backing[0].note_id, backing[0].source_id, statements)
            going_on = replace(alone, after=last.text) if last and last.restates == statements else alone
            yield from (
                one
                for one in dict.fromkeys((alone, going_on))
                if not sentence_problems(one, self._notes, self._language)
            )


def _neighbours(facts: Sequence[Sentence], notes: Notes, language: Language) -> Iterator[tuple[Sentence, ...]]:
    """Two statements that follow each other in their note, rest on the same source and are both among the facts."""
    given = {(fact.note_id, fact.text): fact for fact in facts}
    for note_id in dict.fromkeys(fact.note_id for fact in facts):
        note = notes.get(note_id or "", language)
        for one, other in pairwise(said(note)) if note else ():
            first, second = given.get((note_id, one.text)), given.get((note_id, other.text))
            if first and second and first.source_id == second.source_id:
                yield first, second


def _opened(waiting: str, language: Language) -> int:
    """Where to look for the end of a sentence: "No." alone is none, it belongs to what follows."""
    found = re.match(r"\s*(?P<word>[^\s.,;:!]+(?: [^\s.,;:!]+)?)[.!]\s*", waiting)
    return found.end() if found and opening(found[0] + " .", language) else 0
