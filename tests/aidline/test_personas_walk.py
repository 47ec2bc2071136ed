"""Someone who answers at random finds what must not happen, and walks the same way twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from aidline.evaluation.conversations.talk import Door, Reply, Silence
from aidline.evaluation.conversations.walker import Walk, walk
from aidline.evaluation.conversations.walking import report_of_walk, walk_as_text

type Bot = Callable[[str], Mapping[str, Any]]


@dataclass
class Town:
    """Every door leads to the same bot."""

    bot: Bot
    heard: list[str] = field(default_factory=list)

    def open(self, channel: str) -> Door:
        return self

    def enter(self, link: str) -> tuple[Door, Reply]:
        raise Silence("no links here")

    def say(self, text: str) -> Reply:
        self.heard.append(text)
        return Reply.of([self.bot(text)], 0.0)

    def close(self) -> None:
        pass


def asking(text: str, kind: str = "money", *choices: str) -> dict[str, Any]:
    listed = [{"value": value, "label": value} for value in choices]
    return {"text": text, "asks": {"name": "income_now", "kind": kind, "choices": listed}}


def numbered() -> Bot:
    """A bot that never says the same twice."""
    told = iter(range(10_000))
    return lambda _text: asking(f"{next(told)}?")


def walked(bot: Bot, turns: int = 80, seed: str = "1") -> Walk:
    return walk(Town(bot), turns, seed, ["Sorry, something failed."])


def kinds(found: Walk) -> set[str]:
    return {fault.kind for fault in found.faults}


def test_a_bot_that_goes_on_has_no_faults() -> None:
    found = walked(numbered())
    assert (found.turns, kinds(found)) == (80, set())


def test_the_same_seed_walks_the_same_way_and_another_another() -> None:
    ways = []
    for seed in ("1", "1", "2"):
        town = Town(numbered())
        walk(town, 60, seed)
        ways.append(town.heard)
    assert ways[0] == ways[1] != ways[2]


def begins(then: Mapping[str, Any]) -> Bot:
    """Asks something first, then says `then`."""
    state = {"asked": False}

    def bot(_text: str) -> Mapping[str, Any]:
        state["asked"] = not state["asked"]
        return asking("How much?") if state["asked"] else then

    return bot


@pytest.mark.parametrize(
    ("bot", "kind"),
    [
        (begins({"text": "I see."}), "dead_end"),
        (lambda _text: asking("How much?"), "stuck"),
        (lambda _text: asking("Sorry, something failed. How much?"), "apology"),
        (lambda _text: asking("What I assumed: . How much?"), "blank"),
        (lambda _text: asking("Dear {name}, say skip."), "blank"),
        (lambda _text: asking("Yes or no? Or skip.", "yes_no", "yes", "no"), "refused"),
    ],
)
def test_what_must_not_happen_is_found(bot: Bot, kind: str) -> None:
    assert kind in kinds(walked(bot))


def test_a_way_out_makes_a_prompt_that_comes_again_bearable() -> None:
    assert kinds(walked(lambda _text: asking("How much? Or say skip."))) == set()


def test_a_question_that_was_recorded_as_an_answer_is_found() -> None:
    heard: list[str] = []

    def bot(text: str) -> Mapping[str, Any]:
        heard.append(text)
        if len(heard) % 12:
            return asking(f"{len(heard)}?")
        answers = {"school_name": next((one for one in reversed(heard) if "FAFSA" in one), "State")}
        return {"text": "Done.", "result": {"flow": "appeal", "end": "appeal_recorded", "answers": answers}}

    found = walked(bot, 400)
    assert kinds(found) == {"misplaced"}
    assert found.ended["appeal: appeal_recorded"] > 10


def test_silence_ends_a_conversation_not_the_walk() -> None:
    def bot(_text: str) -> Mapping[str, Any]:
        raise Silence("no reply within 90 s")

    found = walked(bot, 5)
    assert (found.turns, found.conversations, kinds(found)) == (5, 5, {"silence"})


def test_a_flow_that_does_not_begin_is_listed_and_is_no_fault() -> None:
    found = walked(lambda _text: {"text": "The FAFSA is a form."}, 30)
    assert kinds(found) == set()
    assert sum(found.not_started.values()) > 5


def test_the_report_adds_up_what_several_people_found() -> None:
    report = report_of_walk([walked(numbered()), walked(begins({"text": "I see."}))], seed=1, site="x", seconds=1.0)
    assert report["counts"]["turns"] == 160
    broken = [goal["name"] for goal in report["goals"] if not goal["holds"]]
    assert broken == ["turns that lead nowhere"]
    assert "dead_end: nothing is asked" in walk_as_text(report)
    assert "> " in walk_as_text(report)
