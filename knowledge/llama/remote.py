"""A model behind any server that speaks the OpenAI chat API: llama-server, vLLM and others."""

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from knowledge.errors import DraftServerError, DraftTimeoutError
from knowledge.llama.drafter import Deadline, Prompt

_CONNECT_SECONDS = 2.0


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
        body = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ],
            "grammar": grammar,
            "max_tokens": max_tokens,
            "temperature": 0,
            "stream": False,
        }
        retrying = Retrying(
            retry=retry_if_exception_type(_Passing),
            stop=stop_after_attempt(self._attempts),
            wait=wait_exponential_jitter(multiplier=0.05, max=0.5, jitter=0.1),
            reraise=True,
        )
        try:
            return str(retrying(self._ask, body, deadline))
        except _Passing as error:
            raise DraftServerError(str(error)) from error

    def close(self) -> None:
        """Close the connections to the server."""
        self._client.close()

    def _ask(self, body: dict[str, object], deadline: Deadline) -> str:
        left = deadline.left
        if not left:
            raise DraftTimeoutError("The model server did not answer before the deadline.")
        try:
            timeout = httpx.Timeout(left, connect=min(left, _CONNECT_SECONDS))
            response = self._client.post("chat/completions", json=body, timeout=timeout)
        except httpx.TimeoutException as error:
            raise DraftTimeoutError("The model server did not answer before the deadline.") from error
        except httpx.TransportError as error:
            raise _Passing(f"The model server could not be reached: {error}") from error
        if response.status_code == 429 or response.status_code >= 500:
            raise _Passing(f"The model server answered with status {response.status_code}.")
        if response.status_code != 200:
            raise DraftServerError(f"The model server refused the request with status {response.status_code}.")
        try:
            text = response.json()["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError) as error:
            raise DraftServerError("The model server answered something that is not a completion.") from error
        if not isinstance(text, str):
            raise DraftServerError("The model server answered without any text.")
        return text
