"""One turn: what a person said goes to the bot, free questions go to the notes, and everything said comes back.

A turn always ends in words. If the bot fails, the person is told so and offered a person; the queue goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import structlog

from aidline.clock import Clock
from aidline.errors import BotUnavailable
from aidline.language import Language
from channels.gateway.bot import Bot
from channels.gateway.links import PLACE, Links
from channels.gateway.messages import Asks, Inbound, Outgoing, Row, Source
from channels.gateway.queue import EFFECTS, Effect
from channels.gateway.transcript import Taken
from channels.gateway.words import words
from knowledge.boundaries import crossed
from knowledge.follow_up import asks_again
from knowledge.replies import fixed_replies
from knowledge.safety import crisis

__all__ = [
    "ABOUT", "ASKED", "EXPLAINED", "OFFERED", "OFFER_PERSON", "Explained", "Explainer", "OnSentence", "Turn",
    "TurnDone", "offered_by",
]  # fmt: skip

log = structlog.get_logger()

OnSentence = Callable[[str], None]

OFFER_PERSON = "offer_person"
OFFERED = frozenset({
    OFFER_PERSON, "offer_next", "offer_full", "offer_reminder", "offer_worksheet", "flow", "language",
    "confirm_restart", "confirm_delete",
})  # fmt: skip
"""Questions outside every form. What was asked last goes along with the next turn, so that a bare yes finds it."""
_CARE = frozenset({"danger-at-home", "distress"})
"""Boundaries that tell of a need. In a form they are often the answer itself ("I have nowhere to live")."""
ASKED = "asked"
"""The private answers that the last question asks for; what is said to it stays out of the transcript."""
ABOUT = "about_what_was_asked"
"""Marks what there is to know of a form's question: said only after a weak answer (`actions.flow.asking.about`)."""
EXPLAINED = "explained"
"""What the last explanation was about, as the explainer wrote it down; the next turn may lean on it."""
_YES_NO = {
    "en": [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}],
    "es": [{"value": "yes", "label": "Sí"}, {"value": "no", "label": "No"}],
}


@dataclass(frozen=True)
class Explained:
    """An answer from the notes. `known` is False when they hold none, `declined` True for what is not to be answered.

    `weak` is True when it may well miss what was asked: no note was near, or what it was taken for is none of ours.
    `keeps` is what a follow-up ("tell me more") needs to know of it, for the explainer's own use.
    """

    text: str
    sources: tuple[Source, ...] = ()
    known: bool = True
    keeps: str = ""
    declined: bool = False
    weak: bool = False


class Explainer(Protocol):
    """Answers free questions from cited notes."""

    async def explain(
        self,
        question: str,
        language: Language,
        about: str | None,
        on_sentence: OnSentence | None,
        before: str | None = None,
    ) -> Explained:
        """The answer; never raises for lack of one.

        `about` is the question pending in a form, `before` what the last explanation kept.
        """
        ...

    async def near(self, question: str, language: Language) -> float:
        """How well a note answers the words: 0 (none does) to 1. Gives 0 when that cannot be told; never raises."""
        ...


@dataclass(frozen=True)
class TurnDone:
    """What a turn came to. `keeps` is what the conversation's next turn needs to know; "" for no longer.

    `taken` is what the person's message was taken as, which decides what a transcript keeps of it.
    """

    messages: tuple[Outgoing, ...]
    effects: tuple[Effect, ...] = field(default=())
    keeps: Mapping[str, str] = field(default_factory=dict)
    taken: Taken = field(default_factory=Taken)


def offered_by(asks: Asks | None) -> str:
    """What a bare yes or number in the next turn means: the name of the question, and the flows that it listed.

    "" for a question of a form, which knows itself what it asked.
    """
    if asks is None or asks.name not in OFFERED:
        return ""
    return " ".join([asks.name, *(choice.value for choice in asks.choices if asks.name == "flow")])


def _must_not_be_done(inbound: Inbound) -> bool:
    """Whether fixed words must answer before any flow hears of it: fraud, planted orders, other people's records.

    Secrets were cut out before, and the bot says so; in a form it then asks its question again.
    """
    found = None if inbound.problem else crossed(inbound.text)
    return found is not None and found[0].kind == "unsafe" and found[0].name not in _CARE


def _needs_care(inbound: Inbound) -> bool:
    """Whether someone tells of danger or need: care comes first, and what they said may still be an answer."""
    found = None if inbound.problem else crossed(inbound.text)
    return found is not None and found[0].name in _CARE


def _say_about(messages: list[Outgoing], told: Outgoing) -> None:
    """Adds what there is to know of the form's question, in one message however many parts it comes in."""
    start = words("about_what_was_asked", told.language)
    if messages and messages[-1].text.startswith(start):
        messages[-1] = messages[-1].model_copy(update={"text": f"{messages[-1].text} {told.text}"})
    else:
        messages.append(told.model_copy(update={"text": f"{start} {told.text}"}))


class Turn:
    """Does turns."""

    def __init__(self, bot: Bot, explainer: Explainer, clock: Clock, links: Links | None = None) -> None:
        self._bot, self._explainer, self._clock, self._links = bot, explainer, clock, links

    async def run(
        self,
        inbound: Inbound,
        *,
        fence: int | None = None,
        phone: str | None = None,
        offered: str | None = None,
        explained: str | None = None,
        on_sentence: OnSentence | None = None,
    ) -> TurnDone:
        """Everything to say in answer to `inbound`, in order.

        `fence` is the token of the claim: a turn with a smaller one than Rasa has seen is late and changes nothing.
        `offered` is what the last turn offered (a person), `explained` what the last explanation kept.
        """
        if (language := crisis(inbound.text)) is not None:
            return self._care(inbound.model_copy(update={"language": language}))
        metadata: dict[str, Any] = {
            "language": inbound.language,
            "today": self._clock.today().isoformat(),
            "problem": "unsafe" if _must_not_be_done(inbound) else inbound.problem,
            "phone": phone,
            "offered": offered,
            "fence": fence,
            "near": await self._explainer.near(inbound.text, inbound.language) or None,
        }
        try:
            replies = await self._bot.turn(
                inbound.conversation_id, inbound.text, channel=inbound.channel, message_id=inbound.id,
                metadata={name: value for name, value in metadata.items() if value is not None},
            )  # fmt: skip
        except BotUnavailable as error:
            log.error("a turn got no answer from the bot", conversation=inbound.conversation_id, cause=str(error))
            return TurnDone((self._message(inbound, 0, words("apology", inbound.language)),))
        messages, effects = [], []
        keeps: dict[str, str] = {}
        now = self._clock.now().isoformat()
        in_a_form = any(
            reply.custom["asks"].get("name") not in OFFERED for reply in replies if reply.custom.get("asks")
        )
        person_offered = weak = False
        for number, reply in enumerate(replies):
            if "explain" in reply.custom:
                answer = await self._answered(inbound, reply.custom["explain"], on_sentence, explained)
                person_offered = not in_a_form and answer is not None and not answer.known
                weak = answer is None or answer.weak
                messages.append(self._explained(inbound, number, answer, offer=person_offered))
                if answer:
                    keeps[EXPLAINED] = explained = answer.keeps
            elif reply.custom.get(ABOUT):
                if weak:
                    _say_about(messages, self._message(inbound, number, reply.text))
            elif not person_offered or (reply.custom.get("asks") or {}).get("name") != "flow":
                text = await self._with_link(inbound, reply.text) if reply.custom.get("hand_over") else reply.text
                messages.append(self._message(inbound, number, text, reply.custom))
            effects += [Effect(kind, {**reply.custom[kind], "at": now}) for kind in EFFECTS if reply.custom.get(kind)]
            if reply.custom.get("language") in _YES_NO:
                keeps["language"] = reply.custom["language"]
        if _needs_care(inbound) and not any({"explain", "care"} & reply.custom.keys() for reply in replies):
            care = await self._answered(inbound, {"question": inbound.text}, None, None)
            messages.insert(0, self._explained(inbound, len(replies), care, offer=False))
        if explained and EXPLAINED not in keeps and not in_a_form and asks_again(inbound.text, inbound.language):
            # "And in Spanish?" is a wish for the language and for the answer in it.
            again = await self._answered(inbound, {"question": inbound.text}, None, explained)
            messages.append(self._explained(inbound, len(replies), again, offer=False))
            keeps[EXPLAINED] = again.keeps if again else explained
        return TurnDone(tuple(messages), tuple(effects), keeps, Taken.of([reply.custom for reply in replies]))

    async def _with_link(self, inbound: Inbound, text: str) -> str:
        """`text` with the link that opens this conversation in a browser, which the bot knows nothing about."""
        return text.replace(PLACE, await self._links.make(inbound)) if self._links is not None else text

    def _care(self, inbound: Inbound) -> TurnDone:
        """Someone may want to die: that comes before any form, in words fixed beforehand."""
        replies = fixed_replies()
        sentences = replies.sentences("crisis", inbound.language)
        named = dict.fromkeys(sentence.source for sentence in sentences if sentence.source)
        cited = tuple(
            Source(title=source.title, url=source.url, as_of=str(source.as_of))
            for source in map(replies.sources.__getitem__, named)
        )
        text = " ".join(sentence.text for sentence in sentences)
        result = {"flow": "any", "end": "crisis_help", "values": {}, "answers": {}, "assumed": []}
        asks = {"name": OFFER_PERSON, "kind": "yes_no", "choices": _YES_NO[inbound.language]}
        custom = {"result": result, "asks": asks}
        return TurnDone((self._message(inbound, 0, text, custom, cited),), taken=Taken("open"))

    async def _answered(
        self, inbound: Inbound, request: Mapping[str, Any], on_sentence: OnSentence | None, before: str | None
    ) -> Explained | None:
        """The explainer's answer to the request's `question`, None when it failed."""
        try:
            return await self._explainer.explain(
                request["question"], inbound.language, request.get("about"), on_sentence, before
            )
        except Exception as error:
            # Whatever goes wrong in there, the form's question that follows must still reach the person.
            log.error("an explanation failed", conversation=inbound.conversation_id, cause=type(error).__name__)
            return None

    def _explained(self, inbound: Inbound, number: int, answer: Explained | None, *, offer: bool) -> Outgoing:
        if answer is None:
            return self._message(inbound, number, words("explain_failed", inbound.language))
        custom: dict[str, Any] = {}
        if offer:
            custom["asks"] = {"name": OFFER_PERSON, "kind": "yes_no", "choices": _YES_NO[inbound.language]}
        if answer.declined:
            custom["result"] = {"flow": "any", "end": "declined", "values": {}, "answers": {}, "assumed": []}
        return self._message(inbound, number, answer.text, custom, answer.sources)

    def _message(
        self,
        inbound: Inbound,
        number: int,
        text: str,
        custom: dict[str, Any] | None = None,
        sources: tuple[Source, ...] = (),
    ) -> Outgoing:
        custom = custom or {}
        sources = sources or tuple(Source.model_validate(source) for source in custom.get("sources") or ())
        language = custom["language"] if custom.get("language") in _YES_NO else inbound.language
        return Outgoing(
            id=f"{inbound.id}.{number + 1}", seq=0, at=self._clock.now(), language=language, text=text,
            asks=Asks.model_validate(custom["asks"]) if custom.get("asks") else None,
            result=custom.get("result"),
            rows=tuple(Row.model_validate(row) for row in custom.get("rows") or ()),
            sources=sources or tuple(Source.model_validate(one) for one in custom.get("sources") or ()),
        )  # fmt: skip
