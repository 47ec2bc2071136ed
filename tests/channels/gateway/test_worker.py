"""The worker between queue and bot: what is sent is answered, streamed and offered again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest

from aidline.errors import BotUnavailable, StaleClaim
from aidline.storage.redis import connect_async
from channels.gateway import keys
from channels.gateway.bot import Reply
from channels.gateway.conversations import Conversation
from channels.gateway.queue import Turns
from channels.gateway.turn import Explained, Turn
from channels.worker import Worker
from tests.channels.gateway.conftest import SESSION, House
from tests.fakes import FakeBot, FakeExplainer


def serve(house: House, bot: FakeBot, people: Iterable[Conversation], explainer: FakeExplainer | None = None) -> None:
    """Lets a worker serve until nobody waits any more."""

    async def until_done() -> None:
        client = connect_async(house.url)
        turns = Turns(client, house.clock, session_seconds=SESSION)
        turn = Turn(bot, explainer or FakeExplainer(), house.clock)
        worker = Worker(client, house.gateway.conversations, turns, turn, house.clock)
        serving = [asyncio.create_task(worker.serve()) for _ in range(2)]
        try:
            async with asyncio.timeout(10):
                while any(house.client.llen(keys.inbox(person.id)) for person in people):
                    await asyncio.sleep(0.02)
        finally:
            for task in serving:
                task.cancel()
            await asyncio.gather(*serving, return_exceptions=True)
            await client.aclose()

    asyncio.run(until_done())


def test_a_message_is_answered(house: House) -> None:
    person = house.someone()
    house.send(person, "m1", "hello")
    serve(house, FakeBot(), [person])
    assert house.shown(person) == ["hello", "You said: hello"]


def test_people_are_answered_each_in_their_order(house: House) -> None:
    people = [house.someone() for _ in range(4)]
    for person in people:
        for n in range(3):
            house.send(person, f"m{n}", f"line {n}")
    serve(house, FakeBot(), people)
    for person in people:
        assert house.shown(person)[3:] == [f"You said: line {n}" for n in range(3)]


def test_a_bot_that_fails_once_does_not_stop_the_queue(house: House) -> None:
    person = house.someone()
    house.send(person, "m1", "one")
    house.send(person, "m2", "two")
    serve(house, FakeBot([BotUnavailable("down")]), [person])
    shown = house.shown(person)
    assert len(shown) == 4
    assert "sorry" in shown[2].casefold()
    assert shown[3] == "You said: two"


def test_a_turn_that_went_to_another_worker_is_dropped_and_says_nothing(house: House) -> None:
    person = house.someone()
    house.send(person, "m1", "hello")
    bot = FakeBot([StaleClaim("taken over")])

    async def until_asked() -> None:
        client = connect_async(house.url)
        turns = Turns(client, house.clock, session_seconds=SESSION)
        worker = Worker(
            client, house.gateway.conversations, turns, Turn(bot, FakeExplainer(), house.clock), house.clock
        )
        serving = asyncio.create_task(worker.serve())
        async with asyncio.timeout(10):
            while not bot.heard:
                await asyncio.sleep(0.02)
            await asyncio.sleep(0.1)
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        await client.aclose()

    asyncio.run(until_asked())
    assert house.shown(person) == ["hello"]
    assert house.client.llen(keys.inbox(person.id)) == 1, "it waits for the worker that took it over"


def test_an_explanation_is_shown_sentence_by_sentence_and_whole(house: House) -> None:
    person = house.someone()
    house.send(person, "m1", "is it free?")
    bot = FakeBot([[Reply("", {"explain": {"question": "is it free?"}})]])
    serve(house, bot, [person], FakeExplainer(Explained("It is free. Always")))
    events = list(house.gateway.events(person.id, "0-0", wait_ms=1))
    assert [(event.kind, event.data["text"]) for event in events if event.kind == "partial"] == [
        ("partial", "It is free"), ("partial", "Always"),
    ]  # fmt: skip
    assert {event.data["turn"] for event in events if event.kind == "partial"} == {"m1"}
    assert house.shown(person)[-1] == "It is free. Always"


def test_what_was_offered_is_told_to_the_bot_once(house: House) -> None:
    person = house.someone()
    for n, text in enumerate(("who wins?", "yes", "thanks")):
        house.send(person, f"m{n}", text)
    bot = FakeBot([[Reply("", {"explain": {"question": "who wins?"}})]])
    serve(house, bot, [person], FakeExplainer(Explained("I do not know.", known=False)))
    assert [heard.get("offered") or None for heard in bot.heard] == [None, "offer_person", None]


def test_a_phone_gets_one_text_a_turn(house: House) -> None:
    person = house.gateway.conversations.of_phone("+15055550123")
    house.send(person, "m1", "hello there, how are you?")
    question = Reply("Your AGI?", {"asks": {"name": "parent_agi", "kind": "money"}})
    serve(house, FakeBot([[Reply("One."), Reply("Two."), question]]), [person])
    assert house.shown(person)[1:] == ["One.\n\nTwo.\n\nYour AGI?"]


def test_the_bot_is_told_the_phone_that_texts(house: House) -> None:
    person = house.gateway.conversations.of_phone("+15055550123")
    house.send(person, "m1", "hello there, how are you?")
    bot = FakeBot()
    serve(house, bot, [person])
    assert bot.heard[0]["phone"] == "+15055550123"


@pytest.mark.parametrize("text", ["STOP", "stop", "Stop.", "ALTO"])
def test_after_a_stop_no_text_is_sent_until_start(house: House, text: str) -> None:
    person = house.gateway.conversations.of_phone("+15055550123")
    bot = FakeBot()
    for n, said in enumerate((text, "hello?")):
        house.send(person, f"m{n}", said)
    serve(house, bot, [person])
    assert bot.heard == []
    assert len([m for m in house.gateway.recent(person.id)[0] if m.sender == "aidline"]) == 1
    house.send(person, "m3", "START")
    house.send(person, "m4", "hello again to you")
    serve(house, bot, [person])
    assert [heard["text"] for heard in bot.heard] == ["hello again to you"]


def test_after_more_a_number_still_picks_from_the_list_before_it(house: House) -> None:
    person = house.gateway.conversations.of_phone("+15055550123")
    choices = [{"value": "borrowing", "label": "Loans"}, {"value": "menu", "label": "Something else"}]
    listed = Reply("Pick one:", {"asks": {"name": "flow", "kind": "choice", "choices": choices}})
    bot = FakeBot([[Reply("A long answer. " * 60), listed]])
    for n, said in enumerate(("what is grad plus", "MORE", "1")):
        house.send(person, f"m{n}", said)
    serve(house, bot, [person])
    assert [heard["text"] for heard in bot.heard] == ["what is grad plus", "1"]
    assert bot.heard[-1]["offered"] == "flow borrowing menu"


def test_more_brings_the_rest_of_a_long_text_and_then_says_that_was_all(house: House) -> None:
    person = house.gateway.conversations.of_phone("+15055550123")
    long = " ".join(f"Sentence number {n} is here." for n in range(30))
    for n, said in enumerate(("tell me everything about it", "MORE", "more please", "más")):
        house.send(person, f"m{n}", said) if n < 3 else None
    serve(house, FakeBot([[Reply(long)]]), [person])
    house.send(person, "m9", "MORE")
    serve(house, FakeBot(), [person])
    told = " ".join(m.text for m in house.gateway.recent(person.id)[0] if m.sender == "aidline")
    assert all(f"Sentence number {n} is here." in told for n in range(30))
    assert "everything" in told.split("Sentence number 29 is here.")[1]
