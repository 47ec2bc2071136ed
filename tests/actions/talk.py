"""A person talking to a flow: what they say goes in, what they are asked and told comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from actions.flow.engine import open_flow, take_turn
from actions.flow.model import Flow, FlowState, Heard, Outcome
from actions.flow.words import choice_labels

__all__ = ["TODAY", "Talk"]

TODAY = date(2026, 11, 21)
_YES_NO = {"en": {"yes": "yes", "no": "no"}, "es": {"yes": "sí", "no": "no"}}


@dataclass
class Talk:
    """One conversation with a flow, without Rasa."""

    flow: Flow
    language: str = "en"
    answers: dict[str, Any] = field(default_factory=dict)
    state: FlowState = field(default_factory=FlowState)
    history: list[Outcome] = field(default_factory=list)
    context: dict[str, Any] = field(default_factory=dict)
    today: date = TODAY

    def open(self, text: str = "estimate my aid") -> Outcome:
        return self._take(open_flow(self.flow, self.answers, self.state, self._heard(text)))

    def come_back(self, text: str) -> Outcome:
        """Something said after the result: the flow is opened once more, as Rasa does it."""
        assert self.last.status == "done"
        self.state = replace(self.state, asked=None)
        return self.open(text)

    def say(self, text: str, **heard: Any) -> Outcome:
        return self._take(take_turn(self.flow, self.answers, self.state, self._heard(text, **heard)))

    def _heard(self, text: str, **heard: Any) -> Heard:
        given: dict[str, Any] = {
            "conversation_id": "c1",
            "message_id": f"m{len(self.history)}",
            **self.context,
            **heard,
        }
        return Heard(text=text, language=self.language, today=self.today, **given)

    def _take(self, outcome: Outcome) -> Outcome:
        self.history.append(outcome)
        self.answers = {n: v for n, v in {**self.answers, **outcome.sets}.items() if v is not None}
        ended = outcome.status == "done"
        self.state = replace(outcome.state, asked=None, suspended=None) if ended else outcome.state
        return outcome

    @property
    def last(self) -> Outcome:
        return self.history[-1]

    @property
    def responses(self) -> list[str | None]:
        """The responses of the last turn, in order."""
        return [say.response for say in self.last.says]

    @property
    def asks(self) -> dict[str, Any]:
        """What the last turn asked."""
        found = [say.custom["asks"] for say in self.last.says if "asks" in say.custom]
        assert found, f"nothing was asked: {self.responses}"
        asks: dict[str, Any] = found[-1]
        return asks

    @property
    def asked(self) -> str:
        """The name of what the last turn asked; for a merged question, its first name."""
        asks = self.asks
        return str(asks["name"] if "name" in asks else asks["names"][0])

    @property
    def result(self) -> dict[str, Any]:
        found = [say.custom["result"] for say in self.last.says if "result" in say.custom]
        assert len(found) == 1, f"{len(found)} results: {self.responses}"
        result: dict[str, Any] = found[0]
        return result

    def written(self, value: Any) -> str:
        """A canonical answer to what was asked, as this person types it."""
        asks = self.asks
        if asks["kind"] == "yes_no":
            return _YES_NO[self.language][str(value)]
        if asks["kind"] == "money":
            return f"{value:,}"
        labels = {choice["value"]: choice["label"] for choice in asks.get("choices", ())}
        return str(labels.get(str(value), value))

    def answer_until(self, stop: str, said: Mapping[str, Any]) -> None:
        """Answers what is asked until `stop` is; what `said` does not hold is answered the usual way."""
        while self.last.status == "asking" and self.asked != stop:
            self.say(self.written(self.usual(said)))
        assert self.last.status == "asking", f"{stop} was never asked"

    def answer_all(self, said: Mapping[str, Any]) -> list[str]:
        """Answers everything until the flow ends. Gives the names asked, in order."""
        asked = []
        while self.last.status == "asking":
            asked.append(self.asked)
            assert len(asked) < 120, f"the flow does not end: {asked[-5:]}"
            self.say(self.written(self.usual(said)))
        return asked

    def usual(self, said: Mapping[str, Any]) -> Any:
        name, asks = self.asked, self.asks
        if "names" in asks and asks["kind"] == "choice":
            return next((one for one in asks["names"] if said.get(one) == "yes"), "none of these")
        if name in said:
            return said[name]
        if name in {"confirm_summary", "confirm_value"}:
            return "yes"
        if asks["kind"] == "choice":
            return asks["choices"][0]["value"]
        usual = {"money": 0, "yes_no": "no", "state": "OH", "count": 0, "text": "evenings", "year": "2027-28"}
        return usual[asks["kind"]]


def labels(key: str, language: str) -> dict[str, str]:
    """The choices of a question as a page shows them, by value."""
    return {choice["value"]: choice["label"] for choice in choice_labels(key, language)}
