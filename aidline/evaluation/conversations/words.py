"""What a persona says to a question: their own words, a choice, or what everybody says to questions that steer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from aidline.evaluation.conversations.names import control
from aidline.evaluation.conversations.persona import Persona
from aidline.evaluation.conversations.talk import Asks

__all__ = ["Words"]

_ALSO = {"state": "state_for_poverty", "state_for_poverty": "state"}
"""Two names of what people would answer the same way."""
_NOT_OTHERWISE = frozenset({"cost_of_attendance"})
_YES_NO = {"en": {"yes": "yes", "no": "no"}, "es": {"yes": "sí", "no": "no"}}
_FULL = ("full", "complet")
_NOT_SURE = {"en": "not sure", "es": "no sé"}


class Words:
    """One persona's answers, of which corrections replace some while they talk."""

    def __init__(self, persona: Persona) -> None:
        self._persona = persona
        self._answers: dict[str, tuple[str, ...]] = dict(persona.answers)
        self._tried: Counter[str] = Counter()
        self._schools = 0

    def answer(self, asks: Asks) -> str:
        """What is said to this question now; a question that comes back gets the next of the listed texts."""
        if "offer_more" in asks.names and "offer_more" not in self._answers:
            return self._steered(asks, "yes" if f"offer_school_{self._schools + 1}" in self._answers else "no")
        self._schools += any(name.startswith("offer_school_") for name in asks.names)
        listed = dict.fromkeys(self._styled(asks, text) for text in self._listed(asks.names))
        if listed:
            return "; ".join(listed)
        for name in asks.names:
            if (says := control(name)) is not None:
                return self._steered(asks, self._decided(says))
        persona = self._persona
        if not _NOT_OTHERWISE & set(asks.names) and asks.kind in persona.otherwise:
            return self._styled(asks, persona.otherwise[asks.kind])  # type: ignore[index]
        return persona.unknown or _NOT_SURE[persona.speaks]

    def correct(self, sets: Mapping[str, Any]) -> None:
        """From now on these are the persona's answers."""
        self._answers |= {name: (str(value),) for name, value in sets.items()}

    def _listed(self, names: Iterable[str]) -> Iterable[str]:
        for asked in names:
            name = asked if asked in self._answers else _ALSO.get(asked, asked)
            if (texts := self._answers.get(name)) is not None:
                yield texts[min(self._tried[name], len(texts) - 1)]
                self._tried[name] += 1

    def _decided(self, says: str) -> str:
        persona = self._persona
        match says:
            case "flow":
                return persona.flow
            case "offer_full":
                return "yes" if self._wants_full() else "no"
            case "if_menu":
                return "yes" if persona.flow == "menu" else "no"
        return says

    def _wants_full(self) -> bool:
        expected = self._persona.expect.values.get("depth")
        if expected is not None:
            return bool(expected.holds("full") and not expected.holds("quick"))
        return any(word in text.casefold() for text in self._answers.get("depth", ()) for word in _FULL)

    def _steered(self, asks: Asks, value: str) -> str:
        if self._persona.style != "typed":
            return self._styled(asks, value)
        return _YES_NO[self._persona.speaks].get(value, value)

    def _styled(self, asks: Asks, text: str) -> str:
        """The text, or in style `numbers` the place of the choice that it names."""
        if self._persona.style == "numbers":
            for place, (value, _label) in enumerate(asks.choices, 1):
                if value == text:
                    return str(place)
        return text
