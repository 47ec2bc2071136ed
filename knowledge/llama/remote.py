"""A model behind any server that speaks the OpenAI chat API: llama-server, vLLM and others."""

import json
from collections.abc import Callable, Iterator

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from knowledge.errors import DraftServerError, DraftTimeoutError
from knowledge.llama.drafter import Deadline, OnText, Prompt

_CONNECT_SECONDS = 2.0
_LATE = "The model server did not answer before the deadline."


class _Passing(Exception):
    """A failure that may be gone a moment later."""


class RemoteLlama:
    """Asks `base_url`/chat/completions, at most `attempts` times and never past the deadline.

    `base_url` ends with the API's version, as in http://127.0.0.1:8080/v1. `grammar` is sent as llama-server
    reads it; a server that ignores it may write more than was allowed, which callers must not trust.
    """

    def __init__(
        self,
        base_url: str,
        model: str,
        *,
        api_key: str | None = None,
        attempts: int = 2,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._model = model
        self._attempts = attempts
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._client = httpx.Client(base_url=base_url.rstrip("/") + "/", headers=headers, transport=transport)

    @property
    def name(self) -> str:
        """The model as its server calls it, and the server."""
        return f"{self._model}@{self._client.base_url.host}"

    def draft(self, prompt: Prompt, grammar: str, max_tokens: int, deadline: Deadline) -> str:
        """See `Drafter.draft`."""
        body = {**self._body(prompt, max_tokens), "grammar": grammar, "stream": False}
        return self._tried(lambda: self._ask(body, deadline))

    def write(self, prompt: Prompt, max_tokens: int, deadline: Deadline, on_text: OnText) -> None:
        """See `Writer.write`. Asked again only while nothing has been written."""
        body = {**self._body(prompt, max_tokens), "stream": True}
        self._tried(lambda: self._listen(body, deadline, on_text))

    def _body(self, prompt: Prompt, max_tokens: int) -> dict[str, object]:
        return {
            "model": self._model,
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ],
            "max_tokens": max_tokens,
            "temperature": 0,
        }

    def _tried[Result](self, ask: Callable[[], Result]) -> Result:
        retrying = Retrying(
            retry=retry_if_exception_type(_Passing),
            stop=stop_after_attempt(self._attempts),
            wait=wait_exponential_jitter(multiplier=0.05, max=0.5, jitter=0.1),
            reraise=True,
        )
        try:
            return retrying(ask)
        except _Passing as error:
            raise DraftServerError(str(error)) from error

    def close(self) -> None:
        """Close the connections to the server."""
        self._client.close()

    def _ask(self, body: dict[str, object], deadline: Deadline) -> str:
        try:
            response = self._client.post("chat/completions", json=body, timeout=_timeout(deadline))
        except httpx.TimeoutException as error:
            raise DraftTimeoutError(_LATE) from error
        except httpx.TransportError as error:
            raise _Passing(f"The model server could not be reached: {error}") from error
        _refuse_failed(response)
        try:
            text = response.json()["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError) as error:
            raise DraftServerError("The model server answered something that is not a completion.") from error
        if not isinstance(text, str):
            raise DraftServerError("The model server answered without any text.")
        return text

    def _listen(self, body: dict[str, object], deadline: Deadline, on_text: OnText) -> None:
        begun = False
        try:
            with self._client.stream("POST", "chat/completions", json=body, timeout=_timeout(deadline)) as response:
                _refuse_failed(response)
                for text in _texts(response):
                    if not deadline.left:
                        raise DraftTimeoutError(_LATE)
                    begun = True
                    on_text(text)
        except httpx.TimeoutException as error:
            raise DraftTimeoutError(_LATE) from error
        except httpx.TransportError as error:
            if begun:
                raise DraftServerError(f"The model server broke off: {error}") from error
            raise _Passing(f"The model server could not be reached: {error}") from error


def _timeout(deadline: Deadline) -> httpx.Timeout:
    left = deadline.left
    if not left:
        raise DraftTimeoutError(_LATE)
    return httpx.Timeout(left, connect=min(left, _CONNECT_SECONDS))


def _refuse_failed(response: httpx.Response) -> None:
    if response.status_code == 429 or response.status_code >= 500:
        raise _Passing(f"The model server answered with status {response.status_code}.")
    if response.status_code != 200:
        raise DraftServerError(f"The model server refused the request with status {response.status_code}.")


def _texts(response: httpx.Response) -> Iterator[str]:
    """The bits of text in a stream of server-sent events."""
    for line in response.iter_lines():
        data = line.removeprefix("data:").strip()
        if not line.startswith("data:") or data == "[DONE]":
            continue
        try:
            text = json.loads(data)["choices"][0]["delta"].get("content")
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise DraftServerError("The model server answered something that is not a completion.") from error
        if isinstance(text, str) and text:
            yield text
