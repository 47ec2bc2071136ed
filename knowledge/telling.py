"""What is said from the notes that were found: their short answers, and what a model makes of their statements."""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.check import Sentence, sentence_problems
from knowledge.composing import COMPOSE_VERSION, compose
from knowledge.errors import DraftError
from knowledge.llama import Deadline, Drafter, Writer
from knowledge.notes import Language, Notes
from knowledge.replying import Mode, OnSentence
from knowledge.search import Hit, Look
from knowledge.search.text import says_again
from knowledge.selection import PROMPT_VERSION, select
from knowledge.verdict import fits, without_verdict

__all__ = ["CHOSEN", "Teller", "Told", "candidates"]

_log = logging.getLogger(__name__)

CHOSEN = 4
"""How many statements follow the short answer at most."""
_CANDIDATES = 8
# Another note adds what it says only if it matches nearly as well as the first.
_NEARLY = 0.8
# The short answer of another note may answer another yes-or-no question.
_ANSWERS_ITS_OWN = re.compile(r"(?:yes|no|sí|it depends|depende)\b", re.I)


@dataclass(frozen=True)
class Told:
    """Sentences that were said, how they came about, and whether they are all there could be (no model was late)."""

    sentences: tuple[Sentence, ...]
    mode: Mode
    whole: bool


class Teller:
    """Says what notes say about a question. A `drafter` chooses among their statements; a `writer` may restate them."""

    def __init__(self, notes: Notes, drafter: Drafter | None, writer: Writer | None, without_model: int) -> None:
        """`without_model`: how many of the nearest statements follow the short answer when no model chose."""
        self._notes = notes
        self._drafter = drafter
        self._writer = writer
        self._without_model = without_model

    @property
    def versions(self) -> dict[str, str]:
        """Model and prompt."""
        model = self._drafter or self._writer
        prompt = f"{PROMPT_VERSION}, compose {COMPOSE_VERSION}" if self._writer else str(PROMPT_VERSION)
        return {"model": model.name if model else "none", "prompt": prompt}

    def tell(
        self,
        looks: Sequence[Look],
        question: str,
        language: Language,
        deadline: Deadline,
        say: OnSentence,
        *,
        with_model: bool = True,
    ) -> Told:
        """What the first note of each of `looks` answers in short, and what is near the question beside it.

        Each sentence goes to `say` once it is checked. The short answer does not wait for a model unless one composes;
        of several questions in one message each gets its own short answer, so there nothing is composed.
        """
        shorts = [_short(look.found()[0], question) for look in looks]
        near = candidates(looks)
        if with_model and self._writer and len(looks) == 1:
            facts = (*shorts, *near)
            composed = compose(self._writer, question, facts, self._notes, language, deadline, say)
            if composed.sentences:
                return Told(tuple(composed.sentences), "compose", composed.whole)
            _log.info("Nothing that the model wrote on note %s was supported.", shorts[0].note_id)
        told = self._said(shorts, language, say)
        chosen = near[: self._without_model]
        mode: Mode = "short"
        whole = not near or (self._drafter is None and self._writer is None)
        if with_model and self._drafter and near:
            try:
                texts = [candidate.text for candidate in near]
                places = select(self._drafter, question, texts, CHOSEN, deadline)
                chosen, mode, whole = tuple(near[place] for place in places), "select", True
            except DraftError as error:
                _log.warning("Note %s was used without the model: %s", shorts[0].note_id, error)
        return Told((*told, *self._said(chosen, language, say)), mode, whole)

    def _said(self, sentences: Sequence[Sentence], language: Language, say: OnSentence) -> tuple[Sentence, ...]:
        """Those of the sentences that pass the check, each said."""
        passed = []
        for sentence in sentences:
            problems = sentence_problems(sentence, self._notes, language)
            if problems:
                _log.error("A sentence of note %s failed the check: %s", sentence.note_id, problems)
                continue
            passed.append(sentence)
            say(sentence)
        return tuple(passed)


def _short(hit: Hit, question: str) -> Sentence:
    """The note's short answer; its yes or no only where that answers this question."""
    short = hit.note.short
    text = short.text if fits(question, hit.note) else without_verdict(short.text)
    return Sentence(text, hit.note.id, short.source_id)


def candidates(looks: Sequence[Look]) -> tuple[Sentence, ...]:
    """What may follow the short answers, nearest to the question first, less what was said in other words."""
    told = [look.found()[0].note.short.text for look in looks]
    found: list[Sentence] = []
    for look in looks:
        hits = look.found() if len(looks) == 1 else look.found(1)
        close = [hit for hit in hits if hit.score >= _NEARLY * hits[0].score]
        for note, statement in look.statements(close, 3 * _CANDIDATES):
            aside = statement is note.short and _ANSWERS_ITS_OWN.match(statement.text)
            if aside or says_again(statement.text, told, note.language):
                continue
            told.append(statement.text)
            found.append(Sentence(statement.text, note.id, statement.source_id))
            if len(looks) > 1:
                break
    return tuple(found[:_CANDIDATES])
