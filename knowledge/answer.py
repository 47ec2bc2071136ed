"""From a question to a checked, cited answer, or to "I don't know; here is who does"."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic

from knowledge.answer_cache import AnswerCache
from knowledge.boundaries import Boundary, boundaries, boundary, crossed, without_injection
from knowledge.check import Sentence, answer_problems
from knowledge.errors import DraftError, ModelFileError
from knowledge.follow_up import Before, FollowUp, follow_up, points
from knowledge.framing import in_one, unframed
from knowledge.library import library
from knowledge.llama import DEFAULT_THREADS, LocalLlama, ModelFile, RemoteLlama, bundled_model
from knowledge.llama.drafter import Deadline, Drafter, Writer
from knowledge.notes import Language, Note, Notes, Source
from knowledge.replying import Answer, Mode, OnSentence, cited, fixed, say_nothing, sources_of, unknown
from knowledge.search import Look, Searcher
from knowledge.search.clauses import clauses
from knowledge.search.text import normalise, says_little, terms, weak_terms
from knowledge.telling import CHOSEN, Teller
from knowledge.verdict import without_verdict

_log = logging.getLogger(__name__)

# Of the questions before, when one leans on another and that one on a third.
_REMEMBERED = 400
# A message is taken apart into several questions only if each is this near to a note of its own; an answer from a note
# that is less near may well be beside the point.
_SURE = 0.5
# A note this near says more of a question than what is said to all who ask something like it of the form's question.
_NEARER = 0.45
_NOT_TO_BE_ANSWERED = frozenset({"outside", "unsafe", "handoff"})
# A message this near to one note is one question, however many "and"s it holds.
_ONE_QUESTION = 0.65
_QUESTIONS = 3
# The most that a few words which ask nothing and name nothing of the field are near to a note.
_SAYS_LITTLE = 0.4
# The boundary that asks back what a person speaks of; in the middle of a form that is known.
_WHICH_QUESTION = "which-question"


class Answerer:
    """Answers free-text questions from notes, and only from notes, whatever the model does. Thread-safe."""

    def __init__(
        self,
        notes: Notes,
        searcher: Searcher,
        drafter: Drafter | None,
        *,
        writer: Writer | None = None,
        budget: float = 4.0,
        without_model: int = 0,
        cache_size: int = 512,
        today: Callable[[], date] = date.today,
    ) -> None:
        """`drafter` chooses statements; a `writer` composes answers, with choosing where nothing of that may be said.

        `without_model`: how many of the nearest statements follow the short answer when no model chose.
        """
        self._notes = notes
        self._searcher = searcher
        self._drafter = drafter
        self._teller = Teller(notes, drafter, writer, without_model)
        self._budget = budget
        self._cache: AnswerCache[Answer] = AnswerCache(cache_size)
        self._today = today

    @property
    def versions(self) -> dict[str, str]:
        """What answers depend on: notes, model and prompt."""
        return {"notes": self._notes.version, **self._teller.versions}

    @property
    def notes(self) -> Notes:
        """What it answers from."""
        return self._notes

    def warm(self) -> None:
        """Load what the first question would wait for; a model that cannot be loaded is only logged."""
        self._searcher.search("FAFSA", "en")
        if isinstance(self._drafter, LocalLlama):
            try:
                self._drafter.warm()
            except DraftError as error:
                _log.warning("The model is not available; answers will be short: %s", error)

    def nearness(self, text: str, language: Language) -> float:
        """How well a note answers `text` as a question: 0 (none does, or it must not be answered) to 1."""
        look = self._searcher.look(text, language)
        found = look.found()
        most = _SAYS_LITTLE if says_little(text, language) else 1.0
        return round(min(found[0].score, most), 3) if found and look.boundary is None else 0.0

    def answer(
        self,
        question: str,
        language: Language,
        on_sentence: OnSentence | None = None,
        *,
        context: str = "",
        before: Before | None = None,
        personal: bool = False,
        with_model: bool = True,
    ) -> Answer:
        """Answer `question` in `language`, calling `on_sentence` with each sentence once it is checked.

        `context` is what the person was being asked (a form's question), used when the words alone find
        nothing or only point at it; `before` is what the last answer was about. Set `personal` when the words may hold
        personal data: then nothing of this turn is kept. The model gets at most `budget` seconds; the first sentence
        does not wait for it.
        Without `with_model` the nearest statements follow at once (when many people wait).
        """
        started = monotonic()
        say = on_sentence or say_nothing
        found = crossed(question, context)
        if found and found[0].name == _WHICH_QUESTION and context.strip():
            if not self._pointed_at(question, language, context):
                return unknown(language, 0.0, started, say)
        elif found and not self._nearer_a_note(found[0], question, language, context):
            first_crossed, spoken = found
            in_danger = first_crossed.name == "crisis"
            first = fixed(first_crossed, (in_danger and spoken) or language, started, say)
            rest = without_injection(question) if first_crossed.name == "injection" else ""
            return self._and_then(first, rest, language, say) if rest else first
        leans = follow_up(question, language)
        if leans and leans.kind != "about":
            again = self._again(before, leans, started, say) if before else None
            return again or fixed(boundary("which-subject"), leans.language, started, say)
        leaning = before if leans else None
        key = (normalise(question), normalise(context), leaning, language, *self.versions.values(), self._today())
        kept = None if personal else self._cache.get(key)
        if kept:
            for sentence in kept.sentences:
                say(sentence)
            return replace(kept, seconds=monotonic() - started)
        answer, whole = self._found(question, language, context, leaning, with_model, started, say)
        if whole and not personal:
            self._cache.put(key, answer)
        return answer

    def _found(
        self,
        question: str,
        language: Language,
        context: str,
        before: Before | None,
        with_model: bool,
        started: float,
        say: OnSentence,
    ) -> tuple[Answer, bool]:
        """What the search finds, and whether it is all it could be."""
        if not before:
            question = self._plainly(question, language)
        asked = f"{before.question} {question}" if before else question
        if pointed := self._pointed_at(question, language, context):
            return self._from_notes(question, language, (pointed,), with_model, started, say)
        look = self._searcher.look(asked, language)
        if look.boundary and not before:
            if not context.strip() or not _only_alike(look):
                return fixed(look.boundary, language, started, say), True
            # In the middle of a form people ask about the form: hardly any of those that are merely like another
            # subject, or like something forbidden, is meant so.
            if look.ranked[0].score < _SURE:
                return unknown(language, look.ranked[0].score, started, say), True
        if not look.found() and context.strip():
            look = self._searcher.look(f"{question} {context}", language)
        sure = bool(look.ranked) and look.ranked[0].score >= _ONE_QUESTION
        several = () if before or sure else self._several(asked, language)
        if not several and not look.found():
            confidence = look.ranked[0].score if look.ranked else 0.0
            return unknown(language, confidence, started, say), True
        return self._from_notes(asked, language, several or (look,), with_model, started, say)

    def _plainly(self, question: str, language: Language) -> str:
        """What is asked without its frame and, where two languages are mixed, in this one; as it is if none finds."""
        bare = unframed(question, language)
        ways = dict.fromkeys((in_one(bare, language), bare))
        return next((one for one in ways if one != question and self._searcher.search(one, language)), question)

    def _nearer_a_note(self, crossed_one: Boundary, question: str, language: Language, context: str) -> bool:
        """Whether words of another subject, or of what a form asks, only stand in a question that a note answers."""
        if crossed_one.kind != "outside" and not crossed_one.in_forms:
            return False
        if weak_terms(language).issuperset(one for one in terms(question, language) if not one.isdecimal()):
            return False  # "what is 2 + 2" names nothing that a note could be about
        look = self._searcher.look(self._plainly(question, language), language)
        least = _NEARER if crossed_one.in_forms else _SURE if context.strip() else _ONE_QUESTION
        return look.boundary is None and bool(look.ranked) and look.ranked[0].score >= least

    def _pointed_at(self, question: str, language: Language, context: str) -> Look | None:
        """What is near a question that only points at what is being asked, None for one that names its subject."""
        if not context.strip():
            return None
        asks_of_it = (named := crossed(question)) is not None and named[0].name == _WHICH_QUESTION
        if not asks_of_it and not points(question, language):
            return None
        bare = asks_of_it or weak_terms(language).issuperset(terms(question, language))
        looks = (self._searcher.look(asked, language) for asked in (f"{question} {context}", *([context] * bare)))
        return next((look for look in looks if look.found() and not look.boundary), None)

    def _several(self, question: str, language: Language) -> tuple[Look, ...]:
        """What is near each of the questions in one message, when there are several with notes of their own."""
        found: dict[str, Look] = {}
        for clause in clauses(question, language):
            look = self._searcher.look(clause, language)
            if look.boundary is None and look.ranked and look.ranked[0].score >= _SURE:
                found.setdefault(look.ranked[0].note.id, look)
        return tuple(found.values())[:_QUESTIONS] if len(found) > 1 else ()

    def _and_then(self, first: Answer, rest: str, language: Language, say: OnSentence) -> Answer:
        """Planted orders refused, then the question that came with them answered, if a note knows."""
        if crossed(rest) or not self._searcher.search(rest, language):
            return first
        answer, _ = self._found(rest, language, "", None, True, monotonic(), say)
        return replace(
            answer,
            text=f"{first.text} {answer.text}",
            sentences=(*first.sentences, *answer.sentences),
            citations=tuple(dict.fromkeys((*first.citations, *answer.citations))),
            boundary=first.boundary,
            seconds=first.seconds + answer.seconds,
        )

    def _again(self, before: Before, leans: FollowUp, started: float, say: OnSentence) -> Answer | None:
        """The last answer in the language asked for, or what its note says beyond it; None when there is no more."""
        note = self._notes.get(before.note_id, leans.language) if before.note_id else None
        if note is None:
            return None
        said = [Sentence(one.text, note.id, one.source_id) for one in (note.short, *note.statements)]
        heard_before = {*before.said, *map(without_verdict, before.said)}
        new = [one for one in said if without_verdict(one.text) not in heard_before]
        left = said[: 1 + CHOSEN] if leans.kind == "again" else new
        if not left:
            return None
        answer = self._told(left[: 1 + CHOSEN], note, leans.language, "short", 1.0, (note,), started, say)
        heard = before.said if leans.kind == "more" else ()
        return answer and replace(answer, leads_to=_leads_to(before.question, answer, heard))

    def _from_notes(
        self,
        question: str,
        language: Language,
        looks: Sequence[Look],
        with_model: bool,
        started: float,
        say: OnSentence,
    ) -> tuple[Answer, bool]:
        """The answer, and whether it is all it could be (the model was not missing, busy or late)."""
        deadline = Deadline.after(self._budget)
        told = self._teller.tell(looks, question, language, deadline, say, with_model=with_model)
        best = looks[0].found()[0]
        notes = [hit.note for look in looks for hit in look.found()]
        answer = self._told(told.sentences, best.note, language, told.mode, best.score, notes, started, say_nothing)
        if answer is None:
            return unknown(language, best.score, started, say), False
        return replace(answer, leads_to=_leads_to(question, answer, ())), told.whole

    def _told(
        self,
        sentences: Sequence[Sentence],
        best: Note,
        language: Language,
        mode: Mode,
        confidence: float,
        notes: Sequence[Note],
        started: float,
        say: OnSentence,
    ) -> Answer | None:
        """The answer that these sentences make, None when they do not pass the last check together."""
        text = " ".join(sentence.text for sentence in sentences)
        if not sentences or answer_problems(text, sentences, self._notes, language):
            return None
        for sentence in sentences:
            say(sentence)
        sources = sources_of(sentences, notes)
        return Answer(
            kind="answered",
            text=text,
            sentences=tuple(sentences),
            citations=cited(sources),
            note_id=best.id,
            language=language,
            mode=mode,
            confidence=round(confidence, 3),
            seconds=monotonic() - started,
            review_needed=self._needs_review(sources, sentences, notes),
            weak=confidence < _SURE,
        )

    def _needs_review(self, sources: Iterable[Source], sentences: Sequence[Sentence], notes: Sequence[Note]) -> bool:
        used = {sentence.note_id for sentence in sentences}
        late = any(note.review_by < self._today() for note in notes if note.id in used)
        return late or any(source.confidence != "confirmed" for source in sources)


def default_answerer(
    *,
    own_notes: Path | None = None,
    model_path: Path | None = None,
    model_sha256: str | None = None,
    model_url: str | None = None,
    model_name: str = "default",
    model_api_key: str | None = None,
    use_model: bool = True,
    n_threads: int = DEFAULT_THREADS,
    budget: float = 4.0,
    without_model: int = 0,
    composes: bool = False,
) -> Answerer:
    """An `Answerer` over the project's notes, a school's own in `own_notes`, and the bundled model or another.

    A model server at `model_url` comes before a GGUF file at `model_path`, which needs its `model_sha256`.
    `composes`: the model writes sentences, which are checked one by one, instead of choosing statements only.
    Without a usable model answers are short, not missing. Raises `NoteError` for notes that break the format
    and `ModelFileError` for a model path without its SHA-256.
    """
    notes = library(own_notes)
    drafter: LocalLlama | RemoteLlama | None = None
    if not use_model:
        pass
    elif model_url:
        drafter = RemoteLlama(model_url, model_name, api_key=model_api_key)
    elif model_path:
        if not model_sha256:
            raise ModelFileError(f"{model_path} has no pinned SHA-256. Set it too: a GGUF file can carry code.")
        drafter = LocalLlama(ModelFile(model_path, model_sha256), n_threads=n_threads)
    else:
        try:
            drafter = LocalLlama(bundled_model(), n_threads=n_threads)
        except ModelFileError as error:
            _log.warning("Answers will be short: %s", error)
    searcher = Searcher(notes, boundaries())
    writer = drafter if composes else None
    return Answerer(notes, searcher, drafter, writer=writer, budget=budget, without_model=without_model)


def _only_alike(look: Look) -> bool:
    """Whether the boundary that is near need not be meant, in the middle of a form."""
    if look.boundary is None or look.boundary.name == _WHICH_QUESTION:
        return True
    return look.boundary.kind in _NOT_TO_BE_ANSWERED and look.boundary_score < _SURE


def _leads_to(question: str, answer: Answer, heard: Sequence[str]) -> Before:
    return Before(
        question=question[-_REMEMBERED:],
        note_id=answer.note_id,
        said=(*heard, *(text for one in answer.sentences for text in (one.restates or (one.text,)))),
    )
