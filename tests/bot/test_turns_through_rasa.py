"""Whole turns through Rasa itself, over two processes' worth of it: done once, in order, and never half."""

import asyncio
import json
import logging
import signal

import pytest
import structlog
from engine.event_broker import TurnEvents
from engine.input_channel import AidlineInput
from engine.redis_client import RedisDoor
from engine.tracker_store import AppendOnlyTrackerStore
from rasa.core.agent import Agent
from rasa.model_training import train
from rasa.shared.core.events import ActionExecuted, UserUttered

CONFIG = """
recipe: default.v1
assistant_id: test
language: en
pipeline: [{name: WhitespaceTokenizer}, {name: KeywordIntentClassifier}]
policies: [{name: RulePolicy}]
"""
DOMAIN = """
version: "3.1"
session_config: {session_expiration_time: 0}
intents: [hello, empty]
responses:
  utter_hello: [{text: "Good day", custom: {asks: {name: first}}}]
  utter_more: [{text: "How can I help?"}]
"""
DATA = """
version: "3.1"
nlu:
- {intent: hello, examples: "- hello\\n- hi\\n"}
- {intent: empty, examples: "- nothing\\n- none\\n"}
rules:
- {rule: hello, steps: [{intent: hello}, {action: utter_hello}, {action: utter_more}]}
- {rule: nothing, steps: [{intent: empty}, {action: action_listen}]}
"""
SAID = ["Good day", "How can I help?"]


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    folder = tmp_path_factory.mktemp("model")
    for name, text in (("config", CONFIG), ("domain", DOMAIN), ("data", DATA)):
        (folder / f"{name}.yml").write_text(text)
    return train(
        str(folder / "domain.yml"), str(folder / "config.yml"), [str(folder / "data.yml")], output=str(folder)
    ).model


class Process:
    """What one Rasa process does with a message, but for the HTTP around it."""

    def __init__(self, model, server, **quick):
        self.store = AppendOnlyTrackerStore(None, server.url, 3600, event_broker=TurnEvents())
        self.store._redis = RedisDoor(server.url, **quick)
        self.agent = Agent.load(model, tracker_store=self.store)
        self._door = AidlineInput()

    async def say(self, text, message_id, sender="c1", **metadata):
        body = {"sender": sender, "message": text, "message_id": message_id, "metadata": metadata}
        return await self._door.take(self.agent.handle_message, body)

    async def messages(self, sender="c1"):
        return [event.message_id for event in await self.store.history(sender) if isinstance(event, UserUttered)]


@pytest.fixture
async def two(model, redis_server):
    processes = [Process(model, redis_server) for _ in range(2)]
    yield processes
    for process in processes:
        await process.store.close()


def texts(answer):
    status, body = answer
    assert status == 200, answer
    return [reply["text"] for reply in body["replies"]]


async def test_a_message_sent_twice_to_any_process_is_done_once_and_answered_the_same(two):
    first, second = two
    answer = await first.say("hello", "m1")
    assert texts(answer) == SAID
    assert await second.say("hello", "m1") == answer == await first.say("hello", "m1")
    assert await first.messages() == ["m1"]


async def test_the_same_message_at_once_in_two_processes_is_done_once_and_answered_the_same(two):
    for number in range(10):
        one, other = await asyncio.gather(*(process.say("hello", f"m{number}") for process in two))
        assert one == other
        assert texts(one) == SAID
    assert await two[0].messages() == [f"m{number}" for number in range(10)]


async def test_four_messages_at_once_over_two_processes_are_all_answered_and_all_kept_whole(two):
    for number in range(10):
        four = [two[k % 2].say("hello", f"{number}-{k}") for k in range(4)]
        assert [texts(answer) for answer in await asyncio.gather(*four)] == [SAID] * 4
    heard = await two[0].messages()
    assert sorted(heard) == sorted(f"{n}-{k}" for n in range(10) for k in range(4))
    actions = [e.action_name for e in await two[0].store.history("c1") if isinstance(e, ActionExecuted)]
    assert actions[:2] == ["action_session_start", "action_listen"]
    assert actions[2:] == ["utter_hello", "utter_more", "action_listen"] * 40


async def test_a_worker_whose_claim_was_taken_over_is_told(two):
    first, second = two
    assert texts(await first.say("hello", "m1", fence=5)) == SAID
    assert await second.say("hello", "m0", fence=4) == (409, {"error": "TurnLate"})
    assert await first.messages() == ["m1"]


async def test_a_message_that_nothing_is_said_to_changes_nothing(two):
    await two[0].say("hello", "m1")
    assert texts(await two[0].say("nothing", "m2")) == []
    assert await two[0].messages() == ["m1"]


async def test_an_event_is_published_for_each_turn_and_no_other(two, redis_server):
    for message in ("m1", "m1", "m2"):
        await two[0].say("hello", message)
    entries = [fields for _id, fields in redis_server.client().xrange("{aidline}:events")]
    assert [entry["message"] for entry in entries] == ["m1", "m2"]
    assert json.loads(entries[1]["data"]) == {
        "intent": "hello", "confidence": 1.0, "actions": ["utter_hello", "utter_more"], "slots": []
    }  # fmt: skip
    assert "Good day" not in str(entries)


async def test_a_probe_without_an_id_is_done_each_time_and_leaves_no_event(two, redis_server):
    for _ in range(2):
        assert texts(await two[0].say("hello", None, "readyz")) == SAID
    assert redis_server.client().llen("tracker:{readyz}:turns") == 2
    assert redis_server.client().exists("{aidline}:events") == 0


async def test_a_telephone_number_that_comes_with_a_message_is_not_kept(two, redis_server):
    for number in range(12):
        await two[0].say("hello", f"m{number}", phone="+14045550123", language="es")
    client = redis_server.client()
    kept = [*client.lrange("tracker:{c1}:turns", 0, -1), str(client.hgetall("tracker:{c1}:head"))]
    assert [text for text in kept if "5550123" in text] == []
    assert sum('"language":"es"' in text for text in kept) == 13


async def test_while_redis_is_frozen_the_turn_fails_in_its_time_and_nothing_is_lost_or_forked(model, own_redis, caplog):
    process = Process(model, own_redis, answer_seconds=0.3, total_seconds=0.5)
    await process.say("hello", "m1")
    own_redis.process.send_signal(signal.SIGSTOP)
    try:
        status, body = await asyncio.wait_for(process.say("hello", "m2"), 3)
    finally:
        own_redis.process.send_signal(signal.SIGCONT)
    assert (status, body) == (503, {"error": "TimeoutError"})
    assert process.agent.tracker_store._fallback_tracker_store is None
    assert "hello" not in caplog.text
    assert texts(await process.say("hello", "m2")) == SAID
    assert await process.messages() == ["m1", "m2"]
    await process.store.close()


async def test_a_dialogue_goes_on_after_every_process_and_redis_were_ended(model, own_redis):
    before = Process(model, own_redis)
    for number in range(12):
        await before.say("hello", f"m{number}")
    own_redis.end()
    own_redis.start()
    after = Process(model, own_redis)
    assert texts(await after.say("hello", "m11")) == SAID
    assert texts(await after.say("hello", "m12")) == SAID
    assert await after.messages() == [f"m{number}" for number in range(13)]
    for process in (before, after):
        await process.store.close()
