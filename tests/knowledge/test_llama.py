"""What a model promises: only the pinned file, only within the grammar, never past the deadline."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import httpx
import pytest

from knowledge.errors import DraftError, DraftServerError, DraftTimeoutError, ModelFileError
from knowledge.llama import Deadline, LocalLlama, ModelFile, Prompt, RemoteLlama, bundled_model
from knowledge.selection import select, selection_grammar, selection_prompt

PROMPT = Prompt("Reply with numbers.", "1. The FAFSA is free.\n2. Pell pays $7,395.\nQuestion: is it free?")
GRAMMAR = selection_grammar(2, 2)


@pytest.fixture(scope="module")
def llama() -> LocalLlama:
    return LocalLlama()


def test_the_bundled_model_is_the_pinned_file() -> None:
    bundled_model().verify()


def test_the_model_stays_within_the_grammar_and_repeats_itself_exactly(llama: LocalLlama) -> None:
    drafts = {llama.draft(PROMPT, GRAMMAR, 6, Deadline.after(60)) for _ in range(2)}
    assert len(drafts) == 1
    assert set(drafts.pop()) <= set("12,")


def test_a_passed_deadline_is_an_error_and_the_next_draft_is_whole(llama: LocalLlama) -> None:
    before = llama.draft(PROMPT, GRAMMAR, 6, Deadline.after(60))
    with pytest.raises(DraftTimeoutError):
        llama.draft(PROMPT, GRAMMAR, 6, Deadline.after(0))
    assert llama.draft(PROMPT, GRAMMAR, 6, Deadline.after(60)) == before


def test_questions_asked_at_once_each_get_their_own_draft(llama: LocalLlama) -> None:
    drafts: list[str] = []

    def ask(count: int) -> None:
        prompt = selection_prompt("is it free?", ["The FAFSA is free."] * count)
        drafts.append(llama.draft(prompt, f'root ::= "{count}"', 4, Deadline.after(60)))

    threads = [Thread(target=ask, args=(count,)) for count in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(drafts) == ["1", "2", "3", "4"]


def test_a_prompt_too_long_for_the_model_is_an_error_not_a_crash(llama: LocalLlama) -> None:
    with pytest.raises(DraftError, match="tokens"):
        llama.draft(Prompt("", "money " * 5000), GRAMMAR, 6, Deadline.after(60))


def test_a_grammar_that_is_none_is_an_error_not_a_crash(llama: LocalLlama) -> None:
    with pytest.raises(DraftError):
        llama.draft(PROMPT, "this is not GBNF", 6, Deadline.after(60))


def test_a_changed_model_file_is_not_loaded(tmp_path: Path) -> None:
    changed = tmp_path / "model.gguf"
    shutil.copy(bundled_model().path, changed)
    with changed.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x00" if file.read(1) != b"\x00" else b"\x01")
    model = LocalLlama(ModelFile(changed, bundled_model().sha256))
    with pytest.raises(ModelFileError, match="was not loaded"):
        model.draft(PROMPT, GRAMMAR, 6, Deadline.after(60))


def test_a_missing_model_file_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=r"nothing\.gguf"):
        LocalLlama(ModelFile(tmp_path / "nothing.gguf", "0" * 64)).warm()


def test_a_pinned_file_that_is_no_model_is_an_error_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "words.gguf"
    path.write_bytes(b"not a model")
    with pytest.raises(DraftError, match="could not be loaded"):
        LocalLlama(ModelFile(path, hashlib.sha256(b"not a model").hexdigest())).warm()


Handler = Callable[[httpx.Request], httpx.Response]


def remote(handler: Handler, attempts: int = 2) -> RemoteLlama:
    transport = httpx.MockTransport(handler)
    return RemoteLlama("http://llama.test/v1", "tiny", api_key="k", attempts=attempts, transport=transport)


def said(text: object) -> httpx.Response:
    return httpx.Response(200, json={"choices": [{"message": {"content": text}}]})


def test_a_remote_model_is_asked_with_the_prompt_and_the_grammar() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return said("2,1")

    assert remote(handler).draft(PROMPT, GRAMMAR, 6, Deadline.after(5)) == "2,1"
    body = json.loads(seen[0].content)
    assert str(seen[0].url) == "http://llama.test/v1/chat/completions"
    assert seen[0].headers["authorization"] == "Bearer k"
    assert [message["content"] for message in body["messages"]] == [PROMPT.system, PROMPT.user]
    assert (body["grammar"], body["max_tokens"], body["model"]) == (GRAMMAR, 6, "tiny")


def test_a_remote_failure_is_tried_once_more() -> None:
    answers = iter([httpx.Response(503), said("1")])
    assert remote(lambda _request: next(answers)).draft(PROMPT, GRAMMAR, 6, Deadline.after(5)) == "1"


def test_a_remote_model_that_keeps_failing_is_given_up() -> None:
    asked: list[int] = []

    def handler(_request: httpx.Request) -> httpx.Response:
        asked.append(1)
        return httpx.Response(500)

    with pytest.raises(DraftServerError, match="500"):
        remote(handler).draft(PROMPT, GRAMMAR, 6, Deadline.after(5))
    assert len(asked) == 2


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(401),
        httpx.Response(200, text="hello"),
        httpx.Response(200, json={}),
        httpx.Response(200, json=[]),
        said(None),
    ],
)
def test_a_remote_answer_that_is_no_completion_is_an_error(response: httpx.Response) -> None:
    with pytest.raises(DraftServerError):
        remote(lambda _request: response).draft(PROMPT, GRAMMAR, 6, Deadline.after(5))


def test_an_unreachable_or_slow_server_is_an_error() -> None:
    def unreachable(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    def slow(_request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow")

    with pytest.raises(DraftServerError, match="reached"):
        remote(unreachable).draft(PROMPT, GRAMMAR, 6, Deadline.after(5))
    with pytest.raises(DraftTimeoutError):
        remote(slow).draft(PROMPT, GRAMMAR, 6, Deadline.after(5))
    with pytest.raises(DraftTimeoutError):
        remote(lambda _request: said("1")).draft(PROMPT, GRAMMAR, 6, Deadline.after(0))


class Says:
    """A model that always writes the same."""

    name = "says"

    def __init__(self, text: str) -> None:
        self.text = text

    def draft(self, prompt: Prompt, grammar: str, max_tokens: int, deadline: Deadline) -> str:
        return self.text


@pytest.mark.parametrize(
    ("written", "chosen"),
    [
        ("2,1", (1, 0)),
        ("3", (2,)),
        ("1,1,2", (0, 1)),
        ("7, 2", (1,)),
        ("Facts 3 and 1, because Pell pays 50000", (2, 0)),
        ("1,2,3,1", (0, 1)),
    ],
)
def test_only_numbers_of_the_candidates_come_out_of_a_choice(written: str, chosen: tuple[int, ...]) -> None:
    places = select(Says(written), "q", ["a", "b", "c"], 2, Deadline.after(5))
    assert places == chosen[:2]


@pytest.mark.parametrize("written", ["", "none of them", "9", "0", "12345"])
def test_a_model_that_chooses_nothing_has_failed(written: str) -> None:
    with pytest.raises(DraftError):
        select(Says(written), "q", ["a", "b", "c"], 2, Deadline.after(5))


def test_the_question_comes_last_so_that_the_rest_is_read_once() -> None:
    prompts = [selection_prompt(question, ["a", "b"]) for question in ("one?", "two?")]
    assert prompts[0].system == prompts[1].system
    assert prompts[0].user.split("one?")[0] == prompts[1].user.split("two?")[0]


@pytest.mark.parametrize("count", [0, 10])
def test_more_candidates_than_digits_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="candidates"):
        selection_grammar(count, 3)
