"""An upgrade: what an earlier version kept in Redis is found under today's names, so nobody loses a form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aidline.errors import RedisUnavailable
from aidline.storage.redis import connect
from channels.gateway import keys
from channels.gateway.old_names import move_old_names
from channels.gateway.queue import Turns
from tests.channels.gateway.conftest import House

_OLD = {keys.PREFIX: "conv:", "{aidline}:phone:": "phone:", "{aidline}:": ""}


def as_earlier(client: Any) -> None:
    """Gives everything the names that it had before."""
    for name in client.keys("*"):
        new = next((old + name.removeprefix(tag) for tag, old in _OLD.items() if name.startswith(tag)), name)
        client.rename(name, new)


def test_a_conversation_goes_on_where_it_was(house: House) -> None:
    texting = house.gateway.conversations.of_phone("+15055550100")
    person = house.someone()
    house.send(person, "m1", "my income is 40000")
    house.answer("How many people live with you?")
    house.clock.advance(1)
    house.send(person, "m2", "four")
    seconds = house.client.ttl(keys.conversation(person.id))
    as_earlier(house.client)
    assert not house.client.exists(keys.conversation(person.id))

    assert move_old_names(house.client) > 0
    assert 0 < house.client.ttl(keys.conversation(person.id)) <= seconds
    assert house.shown(person) == ["my income is 40000", "How many people live with you?", "four"]
    assert house.send(person, "m2", "four") == "duplicate"
    assert house.answer("Thank you").text == "four"
    assert house.gateway.conversations.of_phone("+15055550100").id == texting.id
    records: Any = house.client.xrange(keys.RECORD)
    said = [json.loads(fields["data"])["text"] for _entry, fields in records]
    assert said[-1] == "Thank you"
    assert len(said) == 4


def test_a_turn_that_a_worker_had_taken_is_taken_over(house: House) -> None:
    person = house.someone()
    house.send(person, "m1")

    async def take(turns: Turns) -> None:
        assert await turns.claim()

    async def free(turns: Turns) -> int:
        return await turns.recover()

    house.work(take)
    as_earlier(house.client)
    move_old_names(house.client)
    house.clock.advance(60)
    assert house.work(free) == 1
    assert house.answer("hello").id == "m1"


def test_it_is_done_once_and_never_over_what_is_new(house: House) -> None:
    house.client.set("phone:x", "old")
    house.client.set(keys.person("x"), "new")
    house.client.set("phone:y", "kept")
    house.client.set("something else", "untouched")
    assert [move_old_names(house.client), move_old_names(house.client)] == [1, 0]
    assert house.client.get(keys.person("x")) == "new"
    assert house.client.get(keys.person("y")) == "kept"
    assert house.client.get("something else") == "untouched"


def test_texts_that_waited_to_be_sent_still_wait(house: House) -> None:
    house.client.rpush("tasks:texts", "t1")
    house.client.hset("tasks:texts.msgs", "t1", "…")
    assert move_old_names(house.client) == 2
    assert house.client.lrange("{tasks}:texts", 0, -1) == ["t1"]
    assert house.client.hget("{tasks}:texts.msgs", "t1") == "…"


def test_without_redis_it_says_so(tmp_path: Any) -> None:
    with pytest.raises(RedisUnavailable):
        move_old_names(connect(f"unix://{tmp_path / 'none.sock'}", timeout=1))
