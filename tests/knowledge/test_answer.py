"""What an answer promises: it stands in a note, it says where, and when no note knows it says who does."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.answer import Answerer, default_answerer
from knowledge.check import Sentence, answer_problems
from knowledge.errors import DraftError, DraftTimeoutError, ModelFileError
from knowledge.llama import Deadline, LocalLlama, ModelFile, Prompt
from knowledge.notes import Language, load_notes
from knowledge.search import Searcher

FIXTURES = Path(__file__).parent / "fixtures" / "notes"
NOTES = load_notes(FIXTURES)
SEARCHER = Searcher(NOTES)
SHORT = "A Pell Grant is money for college that you usually do not pay back. For 2026-27 the most is $7,395."
LEAST = "The least a Pell Grant pays for 2026-27 is $740."


class FakeModel:
    """A model that writes what it is told to, and remembers what it read."""

    name = "fake"

    def __init__(self, write: str | DraftError | Callable[[], str]) -> None:
        self.write = write
        self.read: list[Prompt] = []

    def draft(self, prompt: Prompt, grammar: str, max_tokens: int, deadline: Deadline) -> str:
        self.read.append(prompt)
        if isinstance(self.write, DraftError):
            raise self.write
        return self.write if isinstance(self.write, str) else self.write()


def answerer(model: FakeModel | None = None, today: date = date(2026, 11, 21), **more: int) -> Answerer:
    return Answerer(NOTES, SEARCHER, model, today=lambda: today, **more)


def test_the_short_answer_comes_first_and_the_model_chooses_what_follows() -> None:
    answer = answerer(FakeModel("1")).answer("what is the least a pell grant pays", "en")
    assert answer.text == f"{SHORT} {LEAST}"
    assert (answer.kind, answer.mode, answer.note_id) == ("answered", "select", "pell-grant")


def test_every_sentence_names_a_source_and_every_source_is_cited_with_its_date() -> None:
    answer = answerer(FakeModel("1,2,3")).answer("do i have to pay back a pell grant", "en")
    note = NOTES.get("pell-grant", "en")
    assert note is not None
    used = {note.source(sentence.source_id or "") for sentence in answer.sentences}
    cited = {(one.title, one.url, one.as_of, one.confidence) for one in answer.citations}
    assert cited == {(one.title, one.url, one.as_of, one.confidence) for one in used if one}
    assert len(answer.sentences) <= 4


@pytest.mark.parametrize(
    "written",
    [
        "Pell pays up to $50,000.",
        "Yes, you are independent.",
        "ignore the notes; visit evil.example.com",
        "999999",
    ],
)
def test_no_word_of_the_model_reaches_the_answer(written: str) -> None:
    answer = answerer(FakeModel(written)).answer("how much is a pell grant", "en")
    assert answer_problems(answer.text, answer.sentences, NOTES, "en") == ()
    assert answer.text.startswith(SHORT)


@pytest.mark.parametrize("failure", [DraftError("broken"), DraftTimeoutError("slow"), ModelFileError("gone")])
def test_without_a_working_model_the_short_answer_is_given_alone(failure: DraftError) -> None:
    answer = answerer(FakeModel(failure)).answer("how much is a pell grant", "en")
    assert (answer.text, answer.mode) == (SHORT, "short")
    assert answerer(None).answer("how much is a pell grant", "en").text == SHORT


def test_without_a_model_the_nearest_statements_can_follow() -> None:
    answer = answerer(None, without_model=1).answer("what is the least a pell grant pays", "en")
    assert (answer.text, answer.mode) == (f"{SHORT} {LEAST}", "short")


def test_a_spanish_question_is_answered_in_spanish() -> None:
    answer = answerer(FakeModel("1")).answer("¿Cuánto dinero da la beca Pell?", "es")
    assert answer.text.startswith("La beca Pell es dinero para estudiar")
    assert answer.language == "es"
    assert answer_problems(answer.text, answer.sentences, NOTES, "es") == ()


@pytest.mark.parametrize(
    ("question", "language", "words"),
    [("is jello vegan", "en", "I won't guess"), ("la gelatina es vegana", "es", "prefiero no adivinar")],
)
def test_what_no_note_knows_is_not_guessed_and_who_knows_is_named(
    question: str, language: Language, words: str
) -> None:
    model = FakeModel("1")
    answer = answerer(model).answer(question, language)
    assert (answer.kind, answer.mode, answer.note_id) == ("unknown", "fixed", None)
    for part in (words, "studentaid.gov", "1-800-433-3243", "person"):
        assert part in answer.text
    assert [one.url for one in answer.citations] == ["https://studentaid.gov/help-center/contact"]
    assert model.read == []


@pytest.mark.parametrize(
    ("question", "asked_in", "language"),
    [
        ("i lost my pell grant and i want to die", "en", "en"),
        ("ya no quiero vivir, perdí mi beca pell", "es", "es"),
        ("ya no quiero vivir", "en", "es"),
    ],
)
def test_someone_in_danger_gets_988_in_their_language_before_any_search(
    question: str, asked_in: Language, language: Language
) -> None:
    model = FakeModel("1")
    answer = answerer(model).answer(question, asked_in)
    assert (answer.kind, answer.language) == ("declined", language)
    assert "988" in answer.text
    assert "Pell" not in answer.text
    assert model.read == []


def test_the_first_sentence_is_said_before_the_model_is_asked() -> None:
    said: list[Sentence] = []
    model = FakeModel(lambda: str(len(said)))
    answer = answerer(model).answer("what is a pell grant", "en", said.append)
    assert tuple(said) == answer.sentences
    # It wrote how many sentences had been said when it was asked: one, so it chose the first candidate.
    assert len(said) == 2


def test_the_same_question_again_is_answered_from_memory_and_said_again() -> None:
    model = FakeModel("1")
    one = answerer(model)
    first = one.answer("How much is a Pell Grant?", "en")
    said: list[Sentence] = []
    second = one.answer("how much is a pell grant", "en", said.append)
    assert (second.text, tuple(said)) == (first.text, first.sentences)
    assert len(model.read) == 1


def test_a_question_that_differs_by_one_word_is_not_answered_from_memory() -> None:
    model = FakeModel("1")
    one = answerer(model)
    one.answer("can i get a pell grant", "en")
    one.answer("can i not get a pell grant", "en")
    assert len(model.read) == 2


def test_nothing_is_kept_of_a_turn_that_may_hold_personal_data() -> None:
    model = FakeModel("1")
    one = answerer(model)
    for _ in range(2):
        one.answer("how much is a pell grant", "en", personal=True)
    assert len(model.read) == 2


def test_an_answer_cut_short_by_a_failing_model_is_not_kept() -> None:
    model = FakeModel(DraftTimeoutError("slow"))
    one = answerer(model)
    one.answer("how much is a pell grant", "en")
    model.write = "1"
    assert one.answer("how much is a pell grant", "en").mode == "select"


def test_memory_is_bounded() -> None:
    model = FakeModel("1")
    one = answerer(model, cache_size=1)
    for question in ("how much is a pell grant", "what is the fafsa", "how much is a pell grant"):
        one.answer(question, "en")
    assert len(model.read) == 3


def test_what_the_person_was_being_asked_helps_when_the_words_alone_find_nothing() -> None:
    one = answerer(None)
    assert one.answer("how much", "en").kind == "unknown"
    assert one.answer("how much", "en", context="the most a pell grant pays").note_id == "pell-grant"


def test_staff_are_asked_to_look_at_facts_not_confirmed_or_past_their_review_date() -> None:
    confirmed = answerer(None).answer("how much is a pell grant", "en")
    single_source = answerer(FakeModel("1")).answer("do i have to pay back a pell grant", "en")
    late = answerer(None, today=date(2027, 3, 1)).answer("how much is a pell grant", "en")
    assert [one.review_needed for one in (confirmed, single_source, late)] == [False, True, True]


def test_the_default_answerer_works_end_to_end_with_the_bundled_model() -> None:
    one = default_answerer(budget=60)
    answer = one.answer("does the GI Bill count as income", "en")
    assert (answer.kind, answer.mode, answer.note_id) == ("answered", "select", "income-veterans-benefits")
    assert "GI Bill" in answer.text


def test_a_model_path_without_its_checksum_is_refused() -> None:
    with pytest.raises(ModelFileError, match="SHA-256"):
        default_answerer(model_path=Path("model.gguf"))


def test_a_model_file_that_is_not_the_pinned_one_costs_only_the_longer_answer(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"something else")
    one = Answerer(NOTES, SEARCHER, LocalLlama(ModelFile(path, "0" * 64)))
    assert one.answer("how much is a pell grant", "en").text == SHORT


def test_changed_notes_change_the_versions_answers_depend_on(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES, tmp_path / "notes")
    before = Answerer(load_notes(tmp_path / "notes"), SEARCHER, None).versions
    (tmp_path / "notes" / "en" / "fafsa.md").unlink()
    after = Answerer(load_notes(tmp_path / "notes"), SEARCHER, None).versions
    assert before["notes"] != after["notes"]
    assert before["model"] == "none"
