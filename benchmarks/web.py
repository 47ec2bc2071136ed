"""How soon a person on the web is answered: turns of a form, and explanations, through the whole gateway.

    uv run python benchmarks/web.py [--quick] [--url http://127.0.0.1:8000]

Starts a stack of its own unless `--url` names one that runs. A turn is timed from the moment a message is posted until
its last reply is on the event stream, which is open before, as on the chat page. Prints JSON; the exit status is 0
only when every goal holds. `--quick` takes under 50 s.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from uuid import uuid4

import httpx

from aidline.supervisor import Progress, launch
from benchmarks.common import finish, goal, machine, note, own_settings, spread

FORM_TURN_MS = 60.0
"""Goal for the middle form turn of one person alone."""

CROWD = 16
_PATIENCE = 60.0
_TURNS_AT_MOST = 40

START = "Estimate my aid"
"""A wish that is no question: a question is answered from the notes before the form begins."""
ANSWERS: Mapping[str, str] = {
    "award_year": "2026-27",
    "depth": "the quick one",
    "born_before_cutoff": "no",
    "student_marital_status": "single",
    "any_dependency_reason": "none of those",
    "parent_marital_status": "divorced",
    "family_size": "3",
    "state_for_poverty": "Texas",
    "parent_filer_class": "yes",
    "parent_agi": "about 60k",
    "confirm_value": "yes",
    "confirm_summary": "looks right",
}
OTHERWISE: Mapping[str, str] = {"yes_no": "no", "money": "0", "count": "3", "state": "Texas", "text": "nothing more"}

QUESTIONS: tuple[str, ...] = (
    "what does untaxed income mean on the form",
    "when is the last day to send the fafsa for 2026-27",
    "do i have to pay back a pell grant",
    "how much can a freshman borrow in direct loans",
    "who counts as a contributor",
    "does our house count as an asset",
    "what papers do they want for verification",
    "why would an sai be negative",
    "¿qué pasa si mis papás no tienen seguro social?",
    "¿cuánto cuesta llenar la fafsa?",
)


@dataclass
class Turn:
    """What one message brought: milliseconds to the first words and to the last reply, and that reply."""

    first_ms: float
    last_ms: float
    last: dict[str, Any]
    words: list[str] = field(default_factory=list)


class Person:
    """Someone on the chat page: one conversation, its event stream open."""

    def __init__(self, client: httpx.AsyncClient, token: str, lines: AsyncIterator[str]) -> None:
        self._client, self._lines = client, lines
        self._headers = {"Authorization": f"Bearer {token}"}

    async def say(self, text: str) -> Turn:
        """Send `text` and read the stream up to the reply that ends the turn."""
        message_id = uuid4().hex
        began = perf_counter()
        posting = asyncio.create_task(self._post(message_id, text))
        turn = await asyncio.wait_for(self._replies(message_id, began), _PATIENCE)
        await posting
        return turn

    async def _post(self, message_id: str, text: str) -> None:
        body = {"client_id": message_id, "text": text}
        answer = await self._client.post("/api/v1/messages", json=body, headers=self._headers)
        answer.raise_for_status()

    async def _replies(self, message_id: str, began: float) -> Turn:
        first: float | None = None
        words: list[str] = []
        async for kind, data in _events(self._lines):
            if kind == "partial" and data["turn"] == message_id:
                words.append(data["text"])
            elif kind != "message" or not data["id"].startswith(f"{message_id}."):
                continue
            now = (perf_counter() - began) * 1000
            first = now if first is None else first
            # A form's turn ends with what it asks or its result; a bare explanation is one message.
            if kind == "message" and (data.get("asks") or data.get("result") or data.get("sources")):
                return Turn(first, now, data, words)
        raise RuntimeError("The event stream ended before the reply.")


async def _events(lines: AsyncIterator[str]) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    kind = ""
    async for line in lines:
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield kind, json.loads(line.removeprefix("data: "))


@asynccontextmanager
async def a_person(client: httpx.AsyncClient) -> AsyncIterator[Person]:
    """A fresh conversation. Waits when the server says that too many were started from here."""
    while True:
        # A token in the header, however empty, keeps the client's cookie jar out of it: every person is someone else.
        answer = await client.post("/api/v1/conversations", json={}, headers={"Authorization": "Bearer"})
        if answer.status_code != 429:
            break
        note(f"Waiting {answer.headers['Retry-After']} s: the limit on new conversations from one address.")
        await asyncio.sleep(int(answer.headers["Retry-After"]))
    opened = answer.raise_for_status().json()
    headers = {"Authorization": f"Bearer {opened['token']}"}
    address = f"/api/v1/events?after={opened['cursor']}"
    async with client.stream("GET", address, headers=headers, timeout=httpx.Timeout(10, read=None)) as stream:
        stream.raise_for_status()
        yield Person(client, opened["token"], aiter(stream.aiter_lines()))


def answer_to(asks: Mapping[str, Any]) -> str:
    """What our student answers to a question."""
    known = ANSWERS.get(str(asks.get("name")))
    if known is None and asks["kind"] == "choice":
        return str(asks["choices"][0]["label"])
    return known or OTHERWISE[asks["kind"]]


async def quick_estimate(person: Person) -> tuple[list[float], bool]:
    """One student's whole quick estimate: milliseconds of each turn, and whether it came to its result."""
    took: list[float] = []
    text = START
    for _ in range(_TURNS_AT_MOST):
        turn = await person.say(text)
        took.append(turn.last_ms)
        if turn.last.get("result"):
            return took, turn.last["result"]["end"] == "estimate_shown"
        text = answer_to(turn.last["asks"])
    return took, False


async def forms(client: httpx.AsyncClient, at_once: int, rounds: int) -> dict[str, Any]:
    """`rounds` times `at_once` students, each in a fresh conversation; their turns in milliseconds."""
    turns: list[float] = []
    finished, seconds = 0, 0.0
    for _ in range(rounds):
        async with AsyncExitStack() as everybody:
            people = [await everybody.enter_async_context(a_person(client)) for _ in range(at_once)]
            began = perf_counter()
            walked = await asyncio.gather(*(quick_estimate(person) for person in people))
            seconds += perf_counter() - began
        turns += [ms for took, _ in walked for ms in took]
        finished += sum(done for _, done in walked)
    return {
        "conversations": rounds * at_once, "at_once": at_once, "finished": finished, "turn_ms": spread(turns),
        "turns_per_second": round(len(turns) / seconds, 1),
    }  # fmt: skip


async def explanations(client: httpx.AsyncClient, questions: Sequence[str]) -> list[dict[str, Any]]:
    """Each question once, asked by one person: milliseconds to the first sentence and to the end."""
    asked = []
    async with a_person(client) as person:
        for question in questions:
            turn = await person.say(question)
            asked.append(
                {
                    "question": question, "first_ms": round(turn.first_ms, 1), "last_ms": round(turn.last_ms, 1),
                    "sentences_streamed": len(turn.words), "text": turn.last["text"],
                    "sources": [source["url"] for source in turn.last.get("sources", ())],
                }
            )  # fmt: skip
    return asked


async def bot_alone(rasa_port: int) -> dict[str, Any]:
    """The same estimate told to the dialogue manager directly: what a turn costs before the gateway's part."""
    took: list[float] = []
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{rasa_port}", timeout=_PATIENCE) as client:
        for _ in range(3):
            sender, text = uuid4().hex, START
            for _turn in range(_TURNS_AT_MOST):
                metadata = {"language": "en", "channel": "web", "message_id": uuid4().hex}
                body = {"sender": sender, "message": text, "channel": "web", "metadata": metadata}
                began = perf_counter()
                answer = await client.post("/webhooks/aidline/turn", json=body)
                took.append((perf_counter() - began) * 1000)
                said = [reply["custom"] for reply in answer.raise_for_status().json()["replies"]]
                if any("result" in one for one in said):
                    break
                text = answer_to(next(one["asks"] for one in reversed(said) if one.get("asks")))
    return {"turn_ms": spread(took)}


async def measure(url: str, *, quick: bool, rasa_port: int | None) -> dict[str, Any]:
    """Everything, one after the other, so that nothing disturbs what is timed."""
    limits = httpx.Limits(max_connections=4 * CROWD, max_keepalive_connections=4 * CROWD)
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=_PATIENCE) as client:
        note("The first conversation, not counted ...")
        first = await forms(client, 1, 1)
        note("One conversation at a time ...")
        alone = await forms(client, 1, 4 if quick else 9)
        note(f"{CROWD} conversations at a time ...")
        crowd = await forms(client, CROWD, 1 if quick else 3)
        note("Explanations ...")
        explained = await explanations(client, QUESTIONS[::2] if quick else QUESTIONS)
    return {
        "first_conversation": first,
        "form_at_1": alone,
        f"form_at_{CROWD}": crowd,
        "bot_alone": await bot_alone(rasa_port) if rasa_port else None,
        "explanations": {
            "first_words_ms": spread([one["first_ms"] for one in explained]),
            "whole_ms": spread([one["last_ms"] for one in explained]),
            "questions": explained,
        },
    }


def with_own_stack(run: Callable[[str, int | None], dict[str, Any]]) -> dict[str, Any]:
    """`run` against a stack started for it, and ended afterwards."""
    with own_settings() as settings:
        stack = launch(settings, Progress(sys.stderr))
        try:
            return run(settings.site, settings.rasa_port)
        finally:
            stack.stop()


def main() -> int:
    """Run, print the report, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer conversations and questions")
    parser.add_argument("--url", help="address of a running Aidline; its answer cache may know the questions")
    options = parser.parse_args()
    told = machine()
    began = perf_counter()

    def run(url: str, rasa_port: int | None) -> dict[str, Any]:
        return asyncio.run(measure(url, quick=options.quick, rasa_port=rasa_port))

    measured = run(options.url.rstrip("/"), None) if options.url else with_own_stack(run)
    walks = [measured[name] for name in ("first_conversation", "form_at_1", f"form_at_{CROWD}")]
    unfinished = sum(walk["conversations"] - walk["finished"] for walk in walks)
    unsourced = sum(not one["sources"] for one in measured["explanations"]["questions"])
    goals = [
        goal("form turn through the gateway at 1 conversation, p50", measured["form_at_1"]["turn_ms"]["p50"],
             FORM_TURN_MS, "ms"),
        goal("conversations without their estimate", unfinished, 1, "count"),
        goal("questions answered without a source", unsourced, 1, "count"),
    ]  # fmt: skip
    seconds = round(perf_counter() - began, 1)
    head = {"benchmark": "web", "quick": options.quick, "url": options.url or "own stack", **told}
    return finish({**head, **measured, "seconds": seconds}, goals)


if __name__ == "__main__":
    sys.exit(main())
