"""From a question to a checked, cited answer, or to "I don't know; here is who does"."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Literal

from knowledge.answer_cache import AnswerCache
from knowledge.check import Sentence, answer_problems, sentence_problems
from knowledge.errors import DraftError, ModelFileError
from knowledge.llama import DEFAULT_THREADS, Deadline, Drafter, LocalLlama, ModelFile, RemoteLlama, bundled_model
from knowledge.notes import Confidence, Language, Note, Notes, Source, load_notes
from knowledge.replies import ReplyName, fixed_replies
from knowledge.safety import crisis
from knowledge.search import Hit, Searcher
from knowledge.search.text import normalise, says_again
from knowledge.selection import PROMPT_VERSION, select

_log = logging.getLogger(__name__)

Kind = Literal["answered", "unknown", "declined"]
Mode = Literal["select", "short", "none"]

_CHOSEN = 3
_CANDIDATES = 6
# A second note adds statements only if it matches nearly as well as the first.
_NEARLY = 0.9
_ARTICLES = Path(__file__).parent / "articles"


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

    `kind` is `answered` from notes, `unknown` (no note; says who knows), or `declined` (care comes first).
    `mode` is `select` (the model chose statements), `short` (the note's short answer alone) or `none` (no
    note). `confidence` (0..1) is how well the best note matched; `seconds` how long it took. `review_needed`
    says that staff should look: a cited fact is not confirmed, or a note is past its review date.
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


OnSentence = Callable[[Sentence], None]


class Answerer:
    """Answers free-text questions from notes, and only from notes, whatever the model does. Thread-safe."""

    def __init__(
        self,
        notes: Notes,
        searcher: Searcher,
        drafter: Drafter | None,
        *,
        budget: float = 4.0,
        without_model: int = 0,
        cache_size: int = 512,
        today: Callable[[], date] = date.today,
    ) -> None:
        """`without_model`: how many of the nearest statements follow the short answer when no model chose."""
        self._notes = notes
        self._searcher = searcher
        self._drafter = drafter
        self._budget = budget
        self._without_model = without_model
        self._cache: AnswerCache[Answer] = AnswerCache(cache_size)
        self._today = today

    @property
    def versions(self) -> dict[str, str]:
        """What answers depend on: notes, model and prompt."""
        model = self._drafter.name if self._drafter else "none"
        return {"notes": self._notes.version, "model": model, "prompt": str(PROMPT_VERSION)}

    def warm(self) -> None:
        """Load what the first question would wait for; a model that cannot be loaded is only logged."""
        self._searcher.search("FAFSA", "en")
        if isinstance(self._drafter, LocalLlama):
            try:
                self._drafter.warm()
            except DraftError as error:
                _log.warning("The model is not available; answers will be short: %s", error)

    def answer(
        self,
        question: str,
        language: Language,
        on_sentence: OnSentence | None = None,
        *,
        context: str = "",
        personal: bool = False,
    ) -> Answer:
        """Answer `question` in `language`, calling `on_sentence` with each sentence once it is checked.

        `context` is what the person was being asked (a form's question), used when the words alone find
        nothing. Set `personal` when the words may hold personal data: then nothing of this turn is kept. The
        model gets at most `budget` seconds; the first sentence does not wait for it.
        """
        started = monotonic()
        say = on_sentence or _say_nothing
        in_crisis = crisis(question)
        if in_crisis:
            return _fixed("crisis", in_crisis, confidence=0.0, started=started, say=say)
        key = (normalise(question), normalise(context), language, *self.versions.values(), self._today())
        kept = None if personal else self._cache.get(key)
        if kept:
            for sentence in kept.sentences:
                say(sentence)
            return replace(kept, seconds=monotonic() - started)
        hits = self._searcher.search(question, language)
        if not hits and context.strip():
            hits = self._searcher.search(f"{question} {context}", language)
        if not hits:
            best = self._searcher.ranked(question, language)
            confidence = best[0].score if best else 0.0
            return _fixed("unknown", language, confidence=confidence, started=started, say=say)
        answer, whole = self._from_notes(question, language, hits, started, say)
        if whole and not personal:
            self._cache.put(key, answer)
        return answer

    def _from_notes(
        self, question: str, language: Language, hits: Sequence[Hit], started: float, say: OnSentence
    ) -> tuple[Answer, bool]:
        """The answer, and whether it is all it could be (the model was not missing, busy or late)."""
        best = hits[0]
        sentences: list[Sentence] = []

        def add(sentence: Sentence) -> None:
            problems = sentence_problems(sentence, self._notes, language)
            if problems:
                _log.error("A sentence of note %s failed the check: %s", sentence.note_id, problems)
                return
            sentences.append(sentence)
            say(sentence)

        add(Sentence(best.note.short.text, best.note.id, best.note.short.source_id))
        mode: Mode = "short"
        candidates = self._candidates(question, hits)
        chosen = candidates[: self._without_model]
        whole = self._drafter is None or not candidates
        if self._drafter and candidates:
            try:
                texts = [candidate.text for candidate in candidates]
                places = select(self._drafter, question, texts, _CHOSEN, Deadline.after(self._budget))
                chosen = tuple(candidates[place] for place in places)
                mode, whole = "select", True
            except DraftError as error:
                _log.warning("Note %s was used without the model: %s", best.note.id, error)
        for sentence in chosen:
            add(sentence)
        text = " ".join(sentence.text for sentence in sentences)
        if not sentences or answer_problems(text, sentences, self._notes, language):
            return _fixed("unknown", language, confidence=best.score, started=started, say=say), False
        sources = _sources(sentences, [hit.note for hit in hits])
        answer = Answer(
            kind="answered",
            text=text,
            sentences=tuple(sentences),
            citations=_citations(sources),
            note_id=best.note.id,
            language=language,
            mode=mode,
            confidence=round(best.score, 3),
            seconds=monotonic() - started,
            review_needed=self._needs_review(sources, sentences, hits),
        )
        return answer, whole

    def _candidates(self, question: str, hits: Sequence[Hit]) -> tuple[Sentence, ...]:
        """What the model may choose from, nearest to the question first, less what the short answer says."""
        short = hits[0].note.short.text
        near = [hit for hit in hits if hit.score >= _NEARLY * hits[0].score]
        return tuple(
            Sentence(statement.text, note.id, statement.source_id)
            for note, statement in self._searcher.statements(question, near, _CANDIDATES)
            if not says_again(statement.text, short, note.language)
        )

    def _needs_review(self, sources: Iterable[Source], sentences: Sequence[Sentence], hits: Sequence[Hit]) -> bool:
        used = {sentence.note_id for sentence in sentences}
        late = any(hit.note.review_by < self._today() for hit in hits if hit.note.id in used)
        return late or any(source.confidence != "confirmed" for source in sources)


def default_answerer(
    *,
    notes_dir: Path | None = None,
    model_path: Path | None = None,
    model_sha256: str | None = None,
    model_url: str | None = None,
    model_name: str = "default",
    model_api_key: str | None = None,
    use_model: bool = True,
    n_threads: int = DEFAULT_THREADS,
    budget: float = 4.0,
    without_model: int = 0,
) -> Answerer:
    """An `Answerer` over the project's notes and the bundled model, or those given.

    A model server at `model_url` comes before a GGUF file at `model_path`, which needs its `model_sha256`.
    Without a usable model answers are short, not missing. Raises `NoteError` for notes that break the format
    and `ModelFileError` for a model path without its SHA-256.
    """
    notes = load_notes(notes_dir or _ARTICLES)
    drafter: Drafter | None = None
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
    return Answerer(notes, Searcher(notes), drafter, budget=budget, without_model=without_model)


def _say_nothing(_sentence: Sentence) -> None:
    return None


def _fixed(name: ReplyName, language: Language, *, confidence: float, started: float, say: OnSentence) -> Answer:
    replies = fixed_replies()
    sentences = tuple(Sentence(one.text, None, one.source) for one in replies.sentences(name, language))
    for sentence in sentences:
        say(sentence)
    cited = dict.fromkeys(sentence.source_id for sentence in sentences if sentence.source_id)
    return Answer(
        kind="declined" if name == "crisis" else "unknown",
        text=" ".join(sentence.text for sentence in sentences),
        sentences=sentences,
        citations=_citations(replies.sources[source_id] for source_id in cited),
        note_id=None,
        language=language,
        mode="none",
        confidence=round(confidence, 3),
        seconds=monotonic() - started,
        review_needed=False,
    )


def _sources(sentences: Sequence[Sentence], notes: Sequence[Note]) -> tuple[Source, ...]:
    by_id = {note.id: note for note in notes}
    found = (by_id[one.note_id].source(one.source_id or "") for one in sentences if one.note_id)
    return tuple(dict.fromkeys(source for source in found if source))


def _citations(sources: Iterable[Source]) -> tuple[Citation, ...]:
    cited = (Citation(source.title, source.url, source.as_of, source.confidence) for source in sources)
    return tuple(dict.fromkeys(cited))
