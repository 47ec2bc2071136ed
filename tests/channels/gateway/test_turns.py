"""Turns: in order, one at a time for each conversation, done once however often a worker dies."""

from __future__ import annotations

import asyncio

from channels.gateway import keys
from channels.gateway.queue import LEASE_SECONDS, Claim, Turns
from tests.channels.gateway.conftest import House


async def claimed(turns: Turns) -> Claim:
    claim = await turns.claim()
    assert claim is not None, "nothing waits"
    return claim


def test_messages_are_answered_in_the_order_they_came(house: House) -> None:
    person = house.someone()
    for text in ("one", "two", "three"):
        house.send(person, text, text)
    assert [house.answer(f"re {n}").text for n in range(3)] == ["one", "two", "three"]
    assert house.shown(person) == ["one", "two", "three", "re 0", "re 1", "re 2"]


def test_numbers_in_a_conversation_have_no_gap(house: House) -> None:
    person = house.someone()
    house.send(person, "m1")
    house.answer("a", "b")
    house.send(person, "m2")
    assert [message.seq for message in house.gateway.recent(person.id)[0]] == [1, 2, 3, 4]


def test_one_conversation_never_has_two_turns_at_once(house: House) -> None:
    first, second = house.someone(), house.someone()
    house.send(first, "a1")
    house.send(first, "a2")
    house.clock.advance(1)
    house.send(second, "b1")

    async def two_workers(turns: Turns) -> None:
        one, other = await claimed(turns), await claimed(turns)
        assert {one.conversation_id, other.conversation_id} == {first.id, second.id}
        assert await turns.claim() is None
        assert await turns.complete(one, house.say(one.inbound, "done"))
        assert (await claimed(turns)).inbound.id == "a2"

    house.work(two_workers)


def test_the_one_who_has_waited_longest_comes_first(house: House) -> None:
    people = [house.someone() for _ in range(3)]
    for person in people:
        house.clock.advance(1)
        house.send(person, "m1")
    assert [house.answer("…").conversation_id for _ in people] == [person.id for person in people]


def test_nobody_waits_when_nothing_was_sent(house: House) -> None:
    async def look(turns: Turns) -> None:
        assert await turns.claim() is None

    house.work(look)


def test_a_message_sent_while_a_turn_runs_waits_for_its_own(house: House) -> None:
    person = house.someone()
    house.send(person, "m1", "first")

    async def story(turns: Turns) -> str:
        claim = await claimed(turns)
        await asyncio.to_thread(house.send, person, "m2", "second")
        assert await turns.claim() is None
        assert await turns.complete(claim, house.say(claim.inbound, "re first"))
        return (await claimed(turns)).inbound.text

    assert house.work(story) == "second"


def test_the_turn_of_a_dead_worker_is_done_by_another_and_the_late_one_is_refused(house: House) -> None:
    person = house.someone()
    house.send(person, "m1")

    async def story(turns: Turns) -> None:
        dead = await claimed(turns)
        assert await turns.recover() == 0
        house.clock.advance(LEASE_SECONDS + 1)
        assert await turns.recover() == 1
        alive = await claimed(turns)
        assert alive.inbound == dead.inbound
        assert await turns.complete(dead, house.say(dead.inbound, "late")) is False
        assert await turns.complete(alive, house.say(alive.inbound, "in time")) is True
        assert await turns.complete(alive, house.say(alive.inbound, "twice")) is False
        assert await turns.claim() is None

    house.work(story)
    assert house.shown(person) == ["hello", "in time"]


def test_a_worker_that_was_only_frozen_may_finish_while_nobody_took_over(house: House) -> None:
    person = house.someone()
    house.send(person, "m1")

    async def story(turns: Turns) -> None:
        claim = await claimed(turns)
        house.clock.advance(LEASE_SECONDS + 1)
        assert await turns.complete(claim, house.say(claim.inbound, "done")) is True
        assert await turns.recover() == 0

    house.work(story)
    assert house.shown(person) == ["hello", "done"]


def test_a_long_turn_that_is_extended_stays_with_its_worker(house: House) -> None:
    house.send(house.someone(), "m1")

    async def story(turns: Turns) -> None:
        claim = await claimed(turns)
        for _ in range(3):
            house.clock.advance(LEASE_SECONDS - 1)
            assert await turns.extend(claim) is True
        assert await turns.recover() == 0

    house.work(story)


def test_a_claim_that_was_lost_cannot_be_extended(house: House) -> None:
    house.send(house.someone(), "m1")

    async def story(turns: Turns) -> None:
        lost = await claimed(turns)
        house.clock.advance(LEASE_SECONDS + 1)
        await turns.recover()
        await claimed(turns)
        assert await turns.extend(lost) is False

    house.work(story)


def test_a_waiting_worker_is_woken_by_a_message(house: House) -> None:
    async def story(turns: Turns) -> None:
        waiting = asyncio.create_task(turns.wait(4.0))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        await asyncio.to_thread(house.send, house.someone(), "m1")
        await asyncio.wait_for(waiting, 2.0)
        assert await turns.claim() is not None

    house.work(story)


def test_a_burst_for_many_people_is_shared_by_workers_without_doing_any_twice(house: House) -> None:
    people = [house.someone() for _ in range(10)]
    for person in people:
        for n in range(3):
            house.send(person, f"m{n}", f"m{n}")

    async def worker(turns: Turns, done: list[tuple[str, str]]) -> None:
        while (claim := await turns.claim()) is not None:
            await asyncio.sleep(0)
            if await turns.complete(claim, house.say(claim.inbound, "re")):
                done.append((claim.conversation_id, claim.inbound.id))

    async def story(turns: Turns) -> list[tuple[str, str]]:
        done: list[tuple[str, str]] = []
        while len(done) < 30:
            await asyncio.gather(*(worker(turns, done) for _ in range(4)))
        return done

    done = house.work(story)
    assert len(done) == len(set(done)) == 30
    for person in people:
        assert [one for who, one in done if who == person.id] == ["m0", "m1", "m2"]


def test_what_the_next_turn_needs_to_know_is_kept_in_the_step_that_ends_the_turn(house: House) -> None:
    person = house.someone()
    house.send(person, "m1")

    async def late_and_in_time(turns: Turns) -> None:
        late = await claimed(turns)
        house.clock.advance(LEASE_SECONDS + 1)
        await turns.recover()
        again = await claimed(turns)
        assert not await turns.complete(late, house.say(late.inbound, "x"), keeps={"offered": "late", "rest": "r"})
        assert await turns.complete(again, house.say(again.inbound, "y"), keeps={"offered": "in time", "rest": ""})

    house.work(late_and_in_time)
    kept = house.client.hgetall(keys.conversation(person.id))
    assert kept["offered"] == "in time"
    assert "rest" not in kept
