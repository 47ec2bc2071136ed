"""A GGUF model in this process, through llama-cpp-python."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from knowledge.errors import DraftError, DraftTimeoutError
from knowledge.llama.drafter import Deadline, OnText, Prompt
from knowledge.llama.model_file import ModelFile, bundled_model

if TYPE_CHECKING:
    from llama_cpp import Llama, StoppingCriteriaList
    from llama_cpp.llama_chat_format import Jinja2ChatFormatter

# Prompt tokens read between two looks at the clock: about 0.3 s of the bundled model on one core.
_STEP = 64

# One, because llama.cpp threads wait for each other at every step: with two other processes busy on two cores, two
# threads read 13 to 74 tokens a second and one read 185 to 200. On an idle machine two read twice as fast as one.
DEFAULT_THREADS = 1


class LocalLlama:
    """One model and one context, used by one caller at a time; others wait, but never past their deadline.

    The file is verified and loaded at the first draft (0.6 s for the bundled model) or by `warm`. A file that
    is missing or not the pinned one raises `ModelFileError` at each draft and is never opened. The beginning
    that a prompt shares with the one before it is not read again.
    """

    def __init__(self, model: ModelFile | None = None, *, n_threads: int = DEFAULT_THREADS, n_ctx: int = 2048) -> None:
        self._model = model or bundled_model()
        self._n_threads = n_threads
        self._n_ctx = n_ctx
        self._lock = Lock()
        self._llama: Llama | None = None
        self._template: Jinja2ChatFormatter | None = None
        self._held: list[int] = []

    @property
    def name(self) -> str:
        """File name and the start of its SHA-256."""
        return f"{self._model.path.name}@{self._model.sha256[:12]}"

    def warm(self) -> None:
        """Verify and load the model now rather than at the first draft. Raises `ModelFileError`."""
        with self._lock:
            self._load()

    def count_tokens(self, prompt: Prompt) -> int:
        """How many tokens the model reads for that prompt, its chat template's own included."""
        with self._lock:
            return len(self._tokens(*self._load(), prompt))

    def draft(self, prompt: Prompt, grammar: str, max_tokens: int, deadline: Deadline) -> str:
        """See `Drafter.draft`. The most likely text, so the same prompt gives the same draft."""
        with self._read(prompt, max_tokens, deadline, grammar) as (llama, tokens):
            from llama_cpp import LlamaGrammar

            answered = llama.create_completion(
                tokens,
                grammar=LlamaGrammar.from_string(grammar, verbose=False),
                max_tokens=max_tokens,
                temperature=0.0,
                stopping_criteria=_until(deadline),
            )
        _in_time(deadline)
        return str(cast(dict[str, Any], answered)["choices"][0]["text"])

    def write(self, prompt: Prompt, max_tokens: int, deadline: Deadline, on_text: OnText) -> None:
        """See `Writer.write`. The most likely text, as with `draft`."""
        with self._read(prompt, max_tokens, deadline) as (llama, tokens):
            written = llama.create_completion(
                tokens, max_tokens=max_tokens, temperature=0.0, stopping_criteria=_until(deadline), stream=True
            )
            for bit in cast(Iterator[dict[str, Any]], written):
                on_text(str(bit["choices"][0]["text"]))
        _in_time(deadline)

    @contextmanager
    def _read(
        self, prompt: Prompt, max_tokens: int, deadline: Deadline, grammar: str | None = None
    ) -> "Iterator[tuple[Llama, list[int]]]":
        """The model, this caller's alone, with most of the prompt read. Whatever fails is a `DraftError`."""
        if not self._lock.acquire(timeout=deadline.left):
            raise DraftTimeoutError("The model was busy with other questions until the deadline.")
        try:
            llama, template = self._load()
            tokens = self._tokens(llama, template, prompt)
            if len(tokens) + max_tokens > self._n_ctx:
                raise DraftError(f"The prompt has {len(tokens)} tokens; {self._n_ctx - max_tokens} is the most.")
            if grammar is not None:
                _refuse_unreadable(llama, grammar)
            already = _shared(self._held, tokens)
            self._held = []
            try:
                # llama.cpp cannot be interrupted while it reads, so it reads in steps with the clock in between.
                for end in range(already + _STEP, len(tokens), _STEP):
                    _in_time(deadline)
                    next(iter(llama.generate(tokens[:end], temp=0.0)))
                _in_time(deadline)
                yield llama, tokens
            except (RuntimeError, ValueError) as error:
                llama.reset()
                raise DraftError(f"The model failed: {error}") from error
            self._held = tokens
        finally:
            self._lock.release()

    def _tokens(self, llama: "Llama", template: "Jinja2ChatFormatter", prompt: Prompt) -> list[int]:
        written = template(
            messages=[
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ]
        )
        return list(llama.tokenize(written.prompt.encode(), add_bos=not written.added_special, special=True))

    def _load(self) -> "tuple[Llama, Jinja2ChatFormatter]":
        if self._llama is None or self._template is None:
            self._model.verify()
            from llama_cpp import Llama
            from llama_cpp.llama_chat_format import Jinja2ChatFormatter

            try:
                llama = Llama(
                    str(self._model.path),
                    n_ctx=self._n_ctx,
                    n_threads=self._n_threads,
                    n_threads_batch=self._n_threads,
                    verbose=False,
                )
                self._template = Jinja2ChatFormatter(
                    template=llama.metadata["tokenizer.chat_template"],
                    eos_token=llama.detokenize([llama.token_eos()], special=True).decode(),
                    bos_token=llama.detokenize([llama.token_bos()], special=True).decode(),
                )
            except KeyError as error:
                raise DraftError(f"{self._model.path} has no chat template. Use an instruct model.") from error
            except (RuntimeError, ValueError) as error:
                raise DraftError(f"The model file {self._model.path} could not be loaded: {error}") from error
            self._llama = llama
        return self._llama, self._template


def _shared(one: list[int], other: list[int]) -> int:
    """How many tokens both begin with."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _refuse_unreadable(llama: "Llama", grammar: str) -> None:
    """Raise `DraftError` for a grammar that is not GBNF: llama.cpp would crash the process on it."""
    import llama_cpp

    vocabulary = llama_cpp.llama_model_get_vocab(llama.model)
    sampler = llama_cpp.llama_sampler_init_grammar(vocabulary, grammar.encode(), b"root")
    if not sampler:
        raise DraftError("The grammar is not GBNF that llama.cpp can read.")
    llama_cpp.llama_sampler_free(sampler)


def _until(deadline: Deadline) -> "StoppingCriteriaList":
    """Ends the writing once the deadline has passed."""
    from llama_cpp import StoppingCriteriaList

    return StoppingCriteriaList([lambda _tokens, _scores: not deadline.left])


def _in_time(deadline: Deadline) -> None:
    if not deadline.left:
        raise DraftTimeoutError("The model was too slow to answer before the deadline.")
