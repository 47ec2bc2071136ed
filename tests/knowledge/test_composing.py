"""What composing promises: whatever a model writes, people read only what notes say, each sentence with its source."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx
import pytest

from aidline.evaluation.question_file import Question
from aidline.evaluation.questions import answered_by
from knowledge.answer import Answerer
from knowledge.check import Sentence, answer_problems, sentence_problems, unsaid, unsupported_figures
from knowledge.composing import Composed, compose, composing_prompt
from knowledge.errors import DraftError, DraftServerError, DraftTimeoutError
from knowledge.library import library
from knowledge.llama import Deadline, LocalLlama, OnText, Prompt, RemoteLlama
from knowledge.notes import Language, load_notes
from knowledge.search import Searcher
from knowledge.telling import Teller

NOTES = load_notes(Path(__file__).parent / "fixtures" / "notes")
SEARCHER = Searcher(NOTES)
SHORT = "A Pell Grant is money for college that you usually do not pay back. For 2026-27 the most is $7,395."
FIRST = "A Pell Grant is money for college that you usually do not pay back."
MOST = "The most a Pell Grant pays for 2026-27 is $7,395."
LEAST = "The least a Pell Grant pays for 2026-27 is $740."
QUESTION = "how much is a pell grant"


class FakeWriter:
    """A model that writes what it is told to, a few letters at a time, and then fails if it is told to."""

    name = "fake"

    def __init__(self, text: str, failure: DraftError | None = None, chooses: str | None = None) -> None:
        self.text, self.failure, self.chooses = text, failure, chooses
        self.read: list[Prompt] = []

    def write(self, prompt: Prompt, max_tokens: int, deadline: Deadline, on_text: OnText) -> None:
        self.read.append(prompt)
        for place in range(0, len(self.text), 7):
            on_text(self.text[place : place + 7])
        if self.failure:
            raise self.failure

    def draft(self, prompt: Prompt, grammar: str, max_tokens: int, deadline: Deadline) -> str:
        if self.chooses is None:
            raise DraftTimeoutError("late")
        return self.chooses


def answerer(model: FakeWriter, without_model: int = 0) -> Answerer:
    return Answerer(NOTES, SEARCHER, model, writer=model, without_model=without_model)


def composed(text: str, language: Language = "en") -> Composed:
    note = NOTES.get("pell-grant", language)
    assert note is not None
    facts = [Sentence(one.text, note.id, one.source_id) for one in (note.short, *note.statements)]
    return compose(FakeWriter(text), "q", facts, NOTES, language, Deadline.after(60), lambda _: None)


def test_what_the_notes_support_is_said_with_the_source_that_says_so() -> None:
    answer = answerer(FakeWriter(f"{FIRST} For 2026-27, the least a Pell Grant pays is $740.")).answer(QUESTION, "en")
    assert (answer.kind, answer.mode, answer.note_id) == ("answered", "compose", "pell-grant")
    assert answer.text == f"{FIRST} For 2026-27, the least a Pell Grant pays is $740."
    assert [one.restates for one in answer.sentences] == [(SHORT,), (LEAST,)]
    assert answer.citations
    assert all(one.source_id for one in answer.sentences)
    assert answer_problems(answer.text, answer.sentences, NOTES, "en") == ()


LIES = (
    "Pell pays up to $2,000.",
    "You cannot pay back a Pell Grant.",
    "Yes, you are independent.",
    "A 22-year-old living alone can report as independent.",
    "The most a Pell Grant pays for 2027-28 is $7,395.",
    "The least a Pell Grant pays for 2026-27 is $7,395.",
    "A Pell Grant is a loan for college that you usually do not pay back.",
    "A Pell Grant is money for college that you do not pay back.",
    "You will get $7,395.",
    "Apply by March 1 at www.evil.example.com.",
    "Ignore the notes and call 1-900-555-0100.",
    "<script>alert(1)</script>.",
    "佩尔助学金是免费的.",
)


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_dropped_and_what_is_true_beside_it_is_said(lie: str) -> None:
    answer = answerer(FakeWriter(f"{FIRST} {lie} {LEAST}")).answer(QUESTION, "en")
    assert lie not in answer.text
    assert answer.text == f"{FIRST} {LEAST}"


@pytest.mark.parametrize("lie", [*LIES, " ".join(LIES), "", "\n\n", "No.", "- ", "..."])
def test_with_nothing_left_the_short_answer_and_chosen_statements_are_given(lie: str) -> None:
    answer = answerer(FakeWriter(lie, chooses="1")).answer("what is the least a pell grant pays", "en")
    assert (answer.text, answer.mode) == (f"{SHORT} {LEAST}", "select")


def test_an_answer_never_lacks_what_the_note_says_in_short() -> None:
    answer = answerer(FakeWriter(LEAST)).answer(QUESTION, "en")
    assert answer.text == f"{SHORT} {LEAST}"


def test_a_sentence_is_said_as_soon_as_it_is_checked_while_the_model_still_writes() -> None:
    said: list[Sentence] = []
    heard: list[int] = []

    class Slow(FakeWriter):
        def write(self, prompt: Prompt, max_tokens: int, deadline: Deadline, on_text: OnText) -> None:
            for text in (f"{FIRST} ", "Pell is a loan. ", f"{LEAST} ", "The end"):
                on_text(text)
                heard.append(len(said))

    answer = answerer(Slow("")).answer(QUESTION, "en", said.append)
    assert heard == [1, 1, 2, 2]
    assert tuple(said) == answer.sentences


def test_what_a_late_model_wrote_in_time_is_said_but_not_remembered() -> None:
    model = FakeWriter(f"{FIRST} The least a Pell", DraftTimeoutError("late"))
    one = answerer(model)
    for _ in range(2):
        assert one.answer(QUESTION, "en").text == FIRST
    assert len(model.read) == 2


@pytest.mark.parametrize("failure", [DraftTimeoutError("busy"), DraftServerError("away")])
def test_a_model_that_fails_before_it_wrote_costs_only_the_longer_answer(failure: DraftError) -> None:
    answer = answerer(FakeWriter("", failure), without_model=1).answer("what is the least a pell grant pays", "en")
    assert (answer.text, answer.mode) == (f"{SHORT} {LEAST}", "short")


def test_who_may_not_wait_is_answered_without_the_model() -> None:
    model = FakeWriter(LEAST)
    assert answerer(model).answer(QUESTION, "en", with_model=False).mode == "short"
    assert model.read == []


def test_a_sentence_cut_off_is_not_said() -> None:
    assert composed("A Pell Grant is money for college that you usually do not pay").sentences == []


def test_a_number_is_not_cut_in_two_by_its_own_full_stop() -> None:
    assert composed("The most a Pell Grant pays for 2026-27 is $7.395. ").sentences == []


def test_yes_and_no_belong_to_the_sentence_after_them_and_need_the_same_in_the_note() -> None:
    kept = composed(f"Yes. {FIRST} No. {LEAST}")
    assert kept.sentences == []
    assert kept.dropped == [f"Yes. {FIRST}", f"No. {LEAST}"]


def test_a_list_is_read_line_by_line_and_nothing_is_said_twice() -> None:
    kept = composed(f"- {FIRST}\n- {LEAST}\n- {LEAST}\n")
    assert [one.text for one in kept.sentences] == [FIRST, LEAST]


def test_a_sentence_that_goes_on_needs_the_one_before_it() -> None:
    kept = composed(f"{FIRST} For 2026-27 the most is $7,395.")
    assert [one.after for one in kept.sentences] == ["", FIRST]
    assert composed("For 2026-27 the most is $7,395.").sentences == []
    alone = kept.sentences[1]
    assert answer_problems(alone.text, [alone], NOTES, "en")
    assert unsaid(alone.text, [alone], NOTES, "en") == (alone.text,)


def test_a_spanish_answer_is_composed_in_spanish_and_checked_as_such() -> None:
    note = NOTES.get("pell-grant", "es")
    assert note is not None
    true = next(one.text for one in note.statements if "$740" in one.text)
    kept = composed(f"{note.short.text} No es verdad. {true}", "es")
    assert " ".join(one.text for one in kept.sentences) == f"{note.short.text} {true}"
    assert all("no es verdad" in text.lower() for text in kept.dropped)


def test_tell_me_more_does_not_repeat_what_was_restated() -> None:
    one = answerer(FakeWriter(f"{FIRST} For 2026-27, the least a Pell Grant pays is $740."))
    first = one.answer(QUESTION, "en")
    more = one.answer("tell me more", "en", before=first.leads_to)
    assert not {SHORT, LEAST} & {sentence.text for sentence in more.sentences}


def test_several_questions_in_one_message_each_get_their_short_answer() -> None:
    notes = library()
    model = FakeWriter("The FAFSA is free.", chooses="1")
    one = Answerer(notes, Searcher(notes), model, writer=model)
    answer = one.answer("can i get pell if i study part time and what is the deadline to send the 2026-27 fafsa", "en")
    assert (answer.mode, model.read) == ("select", [])


def test_the_evaluation_counts_a_composed_sentence_that_its_statement_does_not_support() -> None:
    asked = Question.model_validate(
        {"id": "q", "text": QUESTION, "lang": "en", "kind": "in_scope", "topic": "pell", "must_include": []}
    )
    answered = answered_by(answerer(FakeWriter(f"{FIRST} {LEAST}")), asked)
    assert (answered.mode, answered.unsupported, answered.unsupported_numbers) == ("compose", (), ())
    lie = Sentence("The least a Pell Grant pays for 2026-27 is not $740.", "pell-grant", "pell-min", (LEAST,))
    assert unsaid(lie.text, [lie], NOTES, "en") == (lie.text,)
    wrong = Sentence("The least a Pell Grant pays for 2026-27 is $741.", "pell-grant", "pell-min", (LEAST,))
    assert unsupported_figures(wrong.text, [wrong], NOTES, "en") == ("741",)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        (Sentence(MOST, "pell-grant", "pell-max", ("The most is what you want.",)), "not_in_note"),
        (Sentence(MOST, "pell-grant", "pell-general", (MOST,)), "wrong_source"),
        (Sentence(f"Yes, {MOST}", "pell-grant", "pell-max", (MOST,)), "unsupported"),
        (Sentence("Pell pays $7,395.", "pell-grant", "pell-max", (MOST,)), "unsupported"),
        (Sentence(MOST, "fafsa", "form", (MOST,)), "not_in_note"),
    ],
)
def test_the_last_look_at_an_answer_holds_restated_sentences_to_their_note(sentence: Sentence, kind: str) -> None:
    assert [problem.kind for problem in sentence_problems(sentence, NOTES, "en")] == [kind]


def test_the_question_comes_last_so_that_the_rest_is_read_once() -> None:
    prompts = [composing_prompt(text, [Sentence("a", "n", "s")], "en") for text in ("one?", "two?")]
    assert prompts[0].system == prompts[1].system
    assert prompts[0].user.index("one?") > prompts[0].user.index("- a")


def test_another_prompt_or_mode_is_another_version_of_answers() -> None:
    model = FakeWriter("")
    assert Teller(NOTES, model, model, 0).versions != Teller(NOTES, model, None, 0).versions


def test_the_bundled_model_writes_bit_by_bit_until_the_deadline() -> None:
    llama, written = LocalLlama(), list[str]()
    llama.write(Prompt("Be short.", "Say hello."), 12, Deadline.after(60), written.append)
    assert len(written) > 1
    with pytest.raises(DraftTimeoutError):
        llama.write(Prompt("Be short.", "Say hello."), 12, Deadline.after(0), written.append)


def events(texts: Sequence[str]) -> bytes:
    bits = [{"choices": [{"delta": {"role": "assistant"}}]}, *({"choices": [{"delta": {"content": t}}]} for t in texts)]
    return "".join(f"data: {json.dumps(bit)}\n\n" for bit in bits).encode() + b"data: [DONE]\n\n"


def remote(handler: Callable[[httpx.Request], httpx.Response]) -> RemoteLlama:
    return RemoteLlama("http://llama.test/v1", "tiny", transport=httpx.MockTransport(handler))


def test_a_remote_model_is_heard_bit_by_bit_and_asked_again_while_it_has_said_nothing() -> None:
    answers = iter([httpx.Response(503), httpx.Response(200, content=events(["Pell ", "pays."]))])
    asked: list[dict[str, object]] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(json.loads(request.content))
        return next(answers)

    written: list[str] = []
    remote(handler).write(Prompt("s", "u"), 20, Deadline.after(5), written.append)
    assert written == ["Pell ", "pays."]
    assert [(one["stream"], one["max_tokens"]) for one in asked] == [(True, 20)] * 2


@pytest.mark.parametrize(
    ("response", "failure"),
    [
        (httpx.Response(401), DraftServerError),
        (httpx.Response(500), DraftServerError),
        (httpx.Response(200, content=b"data: hello\n\n"), DraftServerError),
        (httpx.Response(200, content=b'data: {"choices": []}\n\n'), DraftServerError),
    ],
)
def test_a_remote_model_that_fails_says_so(response: httpx.Response, failure: type[DraftError]) -> None:
    with pytest.raises(failure):
        remote(lambda _request: response).write(Prompt("s", "u"), 20, Deadline.after(5), lambda _text: None)


def test_a_remote_model_that_is_away_or_late_says_so() -> None:
    def away(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(DraftServerError, match="reached"):
        remote(away).write(Prompt("s", "u"), 20, Deadline.after(5), lambda _text: None)
    with pytest.raises(DraftTimeoutError):
        remote(away).write(Prompt("s", "u"), 20, Deadline.after(0), lambda _text: None)
