"""Dialogues in Redis: every turn is kept once and whole, and a long one costs no more than a short one."""

import asyncio
import json

import pytest
from dialogues import form_turn, said, start, whole
from engine.event_broker import TurnEvents
from engine.input_channel import TurnOutput
from engine.segments import events_in, read_segment, replies_in, write_segment
from engine.tracker_store import KEPT_TURNS, KNOWN_MESSAGES, AppendOnlyTrackerStore
from engine.turns import Turn, TurnDone, TurnFailed, TurnLate, TurnRefused, taking
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, AllSlotsReset, Restarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

DOMAIN = Domain.from_dict(
    {
        "slots": {
            name: {"type": "any", "mappings": [{"type": "custom"}]}
            for name in ("family_size", "parent_agi", "flow_states", "requested_slot", "dialogue_deleted")
        }
        | {"language": {"type": "any", "initial_value": "en", "mappings": [{"type": "custom"}]}},
        "forms": {"estimate_aid_form": {"required_slots": []}},
        "responses": {"utter_q": [{"text": "?"}]},
    }
)
WORDS = [{"text": "question", "custom": {}, "response": "utter_ask"}]


def made(server, **settings):
    """A store as a Rasa process has it."""
    return AppendOnlyTrackerStore(DOMAIN, server.url, 3600, **settings)


@pytest.fixture
async def store(redis_server):
    opened = made(redis_server, event_broker=TurnEvents())
    yield opened
    await opened.close()


@pytest.fixture
async def other(redis_server):
    """The store of a second Rasa process."""
    opened = made(redis_server, event_broker=TurnEvents())
    yield opened
    await opened.close()


def turn(message_id, sender="c1", fence=None, replies=WORDS):
    return taking(Turn(sender, message_id, fence, list(replies)))


async def read(store, sender="c1"):
    """The dialogue, as Rasa gets it: new if there was none."""
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    if not tracker.events:
        tracker.update_with_events(start(), DOMAIN)
    return tracker


async def live(store, numbers, sender="c1"):
    """Turns of a form, as a Rasa process does them. Gives the last dialogue."""
    for n in numbers:
        with turn(f"m{n}", sender):
            tracker = await read(store, sender)
            tracker.update_with_events(form_turn(n), DOMAIN)
            await store.save(tracker)
    return tracker


def answers(tracker):
    return tracker.current_slot_values(), tracker.active_loop_name, tracker.latest_action_name


async def test_a_dialogue_goes_on_where_it_was(store):
    for turns in (1, KEPT_TURNS, 2 * KEPT_TURNS + 1, 40):
        tracker = await live(store, range(turns), f"p{turns}")
        back = await store.retrieve(f"p{turns}")
        assert answers(back) == answers(tracker)
        assert back.active_loop_name == "estimate_aid_form"
        assert back.get_slot("parent_agi") == 1000 * (turns - 1)


async def test_nobody_known_has_no_dialogue(store):
    assert await store.retrieve("nobody") is None
    assert await store.history("nobody") == []
    assert await store.retrieve_full_tracker("nobody") is None


async def test_turn_one_thousand_reads_and_writes_no_more_than_turn_twenty(redis_server, store):
    client = redis_server.client()

    async def cost(first):
        """Bytes to and from Redis for the turns from one checkpoint to the next."""
        client.config_resetstat()
        await live(store, range(first, first + KEPT_TURNS + 1))
        stats = client.info("stats")
        return stats["total_net_input_bytes"], stats["total_net_output_bytes"]

    await live(store, range(20))
    young = await cost(100)
    await live(store, range(200, 200 + 975))
    old = await cost(2000)
    assert client.llen("tracker:{c1}:turns") > 1000
    assert old[0] < 1.05 * young[0]
    assert old[1] < 1.05 * young[1]


async def test_every_event_ever_can_be_read_in_order_also_across_a_new_start(store):
    every = []
    for n in range(30):
        with turn(f"m{n}"):
            tracker = await read(store)
            new = list(tracker.events) if n == 0 else []
            events = form_turn(n)
            if n in (10, 20):
                events[-1:-1] = [AllSlotsReset() if n == 10 else Restarted()]
            tracker.update_with_events(events, DOMAIN)
            await store.save(tracker)
            every += [*new, *events]
    found = await store.history("c1")
    assert [event.as_dict() for event in found if not isinstance(event, UserUttered)] == [
        event.as_dict() for event in every if not isinstance(event, UserUttered)
    ]
    assert [(e.text, e.intent_name, e.message_id) for e in found if isinstance(e, UserUttered)] == [
        (f"answer {n}", "inform", f"m{n}") for n in range(30)
    ]
    assert len((await store.retrieve_full_tracker("c1")).events) == len(every)


async def test_what_is_shared_by_all_events_is_stored_once_and_comes_back(redis_server, store):
    with turn("m0"):
        tracker = await read(store)
        tracker.model_id, tracker.assistant_id = "a-model", "aidline"
        tracker.update_with_events(form_turn(0), DOMAIN)
        await store.save(tracker)
    [line] = redis_server.client().lrange("tracker:{c1}:turns", 0, -1)
    assert line.count("a-model") == 1
    assert all(e.metadata["model_id"] == "a-model" for e in (await store.history("c1"))[3:])
    [heard] = [e for e in events_in(read_segment(line)) if isinstance(e, UserUttered)]
    assert heard.parse_data["metadata"] == {"language": "es"}
    assert heard.parse_data["text"] == heard.text == "answer 0"


async def test_words_in_any_script_come_back(store):
    with turn("m"):
        tracker = await read(store)
        tracker.update_with_events([said("¿cuánto? ñandú 年 👍"), ActionExecuted("action_listen")], DOMAIN)
        await store.save(tracker)
    assert (await store.retrieve("c1")).latest_message.text == "¿cuánto? ñandú 年 👍"


async def test_a_message_sent_twice_is_done_once_and_says_the_same(store):
    await live(store, range(3))
    before = await store.history("c1")
    with turn("m2"), pytest.raises(TurnDone) as done:
        await store.retrieve("c1")
    assert done.value.replies == [{"text": "question 2", "custom": {"asks": {"name": "q2"}}, "response": "utter_ask"}]
    assert await store.history("c1") == before


async def test_a_message_is_known_again_for_many_turns(store):
    await live(store, range(40))
    for n in (39, 40 - KEPT_TURNS, 40 - 2 * KEPT_TURNS, 40 - KNOWN_MESSAGES):
        with turn(f"m{n}"), pytest.raises(TurnDone) as done:
            await store.retrieve("c1")
        assert done.value.replies[0]["text"] == f"question {n}"
    with turn("of another person"):
        assert (await store.retrieve("c1")).get_slot("parent_agi") == 39_000


async def both_do(store, other, first, second):
    """Two processes read the same dialogue; `first` saves before `second`."""
    trackers = []
    for one, message in ((store, first), (other, second)):
        with turn(message):
            tracker = await read(one)
            tracker.update_with_events(form_turn(7 if message == second else 6), DOMAIN)
            trackers.append(tracker)
    with turn(first):
        await store.save(trackers[0])
    with turn(second):
        await other.save(trackers[1])


@pytest.mark.parametrize("turns", [0, 3, 2 * KEPT_TURNS])
async def test_of_two_processes_doing_one_turn_one_wins_and_both_say_the_same(store, other, turns):
    if turns:
        await live(store, range(100, 100 + turns))
    with pytest.raises(TurnDone) as done:
        await both_do(store, other, "same", "same")
    assert [reply["text"] for reply in done.value.replies] == ["question 7"]
    assert sum(isinstance(e, UserUttered) for e in await store.history("c1")) == turns + 1


async def test_a_turn_that_was_overtaken_by_another_is_refused_and_changes_nothing(redis_server, store, other):
    await live(store, range(5))
    with pytest.raises(TurnRefused):
        await both_do(store, other, "first", "second")
    assert [e.message_id for e in await store.history("c1") if isinstance(e, UserUttered)][-1] == "m6"
    assert (await other.retrieve("c1")).get_slot("parent_agi") == 6000
    assert [e["message"] for _id, e in redis_server.client().xrange("{aidline}:events")] == [
        "m0", "m1", "m2", "m3", "m4", "first"
    ]  # fmt: skip


async def test_a_worker_whose_claim_was_taken_over_can_no_longer_read_or_save(store, other):
    with turn("m1", fence=7):
        slow = await read(other)
        slow.update_with_events(form_turn(1), DOMAIN)
    with turn("m0", fence=8):
        tracker = await read(store)
        tracker.update_with_events(form_turn(0), DOMAIN)
        await store.save(tracker)
    with turn("m1", fence=7):
        with pytest.raises(TurnLate):
            await other.retrieve("c1")
        tracker.update_with_events(form_turn(1), DOMAIN)
        with pytest.raises(TurnLate):
            await store.save(tracker)
    with turn("m0", fence=7), pytest.raises(TurnDone):
        await other.retrieve("c1")
    assert (await store.retrieve("c1")).get_slot("parent_agi") == 0


async def test_a_count_of_claims_that_began_anew_locks_nobody_out(redis_server, store):
    with turn("m0", fence=5000):
        tracker = await read(store)
        tracker.update_with_events(form_turn(0), DOMAIN)
        await store.save(tracker)
    redis_server.client().hincrby("tracker:{c1}:head", "fence_at", -300)
    with turn("m1", fence=1):
        tracker = await read(store)
        tracker.update_with_events(form_turn(1), DOMAIN)
        await store.save(tracker)
    assert (await store.retrieve("c1")).get_slot("parent_agi") == 1000


async def test_a_turn_in_which_nothing_was_said_is_not_kept(store):
    await live(store, range(2))
    with turn("m2", replies=[]):
        tracker = await read(store)
        tracker.update_with_events(form_turn(2), DOMAIN)
        await store.save(tracker)
    assert (await store.retrieve("c1")).get_slot("parent_agi") == 1000


async def test_a_turn_that_broke_off_does_not_silence_the_next_ones(store):
    with turn("m0"):
        tracker = await read(store)
        tracker.update_with_events([said("and now?"), ActionExecuted("action_explain")], DOMAIN)
        await store.save(tracker)
    assert (await store.retrieve("c1")).latest_action_name == "action_listen"


async def test_a_dialogue_can_be_saved_again_by_who_saved_it(store):
    tracker = await live(store, range(1))
    with turn("m1"):
        tracker.update_with_events(form_turn(1), DOMAIN)
        await store.save(tracker)
    assert (await store.retrieve("c1")).get_slot("parent_agi") == 1000


async def test_a_dialogue_is_forgotten_after_the_session_and_not_before(redis_server, store):
    await live(store, range(1))
    client = redis_server.client()
    for part in ("head", "turns", "ids"):
        client.expire(f"tracker:{{c1}}:{part}", 5)
    await live(store, range(1, 2))
    assert all(3500 < client.ttl(f"tracker:{{c1}}:{part}") <= 3600 for part in ("head", "turns", "ids"))


@pytest.mark.parametrize("lost", ["head", "turns", "ids"])
async def test_half_of_a_dialogue_still_serves(redis_server, store, lost):
    await live(store, range(30))
    redis_server.client().delete(f"tracker:{{c1}}:{lost}")
    tracker = await live(store, range(100, 103))
    assert tracker.get_slot("parent_agi") == 102_000
    assert tracker.active_loop_name == "estimate_aid_form"
    back = await store.retrieve("c1")
    assert answers(back) == answers(tracker)


async def test_people_with_a_dialogue_are_listed_whatever_their_names(redis_server, store):
    names = ["c1", "with:colon", "with{brace}", "}{", "50%7D", "ñ"]
    for name in names:
        await live(store, range(2), name)
    redis_server.client().set("tracker:old", json.dumps({"name": "old", "events": []}))
    assert list(await store.keys()) == sorted([*names, "old"])
    assert [(await store.retrieve(name)).get_slot("parent_agi") for name in names] == [1000] * len(names)


async def test_a_dialogue_of_the_store_before_goes_on_and_is_moved_over(redis_server, store, other):
    events = [*start(), *(event for n in range(8) for event in form_turn(n))]
    old = json.dumps({"name": "c1", "events": [event.as_dict() for event in events]})
    redis_server.client().set("tracker:c1", old)
    both = await asyncio.gather(store.retrieve("c1"), other.retrieve("c1"))
    assert [answers(tracker) for tracker in both] == 2 * [answers(whole("c1", events, DOMAIN))]
    assert redis_server.client().exists("tracker:c1") == 0
    tracker = await live(store, [8])
    assert tracker.active_loop_name == "estimate_aid_form"
    assert sum(isinstance(event, UserUttered) for event in await store.history("c1")) == 9


async def test_what_was_understood_is_published_once_without_words_or_answers(redis_server, store, other):
    await live(store, [5])
    with pytest.raises(TurnDone):
        await both_do(store, other, "same", "same")
    entries = [fields for _id, fields in redis_server.client().xrange("{aidline}:events")]
    assert [(e["conversation"], e["message"]) for e in entries] == [("c1", "m5"), ("c1", "same")]
    assert json.loads(entries[0]["data"]) == {
        "intent": "inform", "confidence": 0.9, "actions": ["action_session_start", "estimate_aid_form"],
        "slots": ["flow_states", "parent_agi"],
    }  # fmt: skip
    assert [words for words in ("answer", "question", "5000") if words in str(entries)] == []


def test_an_event_alone_is_not_published():
    with pytest.raises(TypeError, match="with the turn"):
        TurnEvents().publish({"event": "user", "text": "my words"})


async def test_a_dialogue_that_cannot_be_read_is_never_taken_for_a_new_one(redis_server, store):
    """Rasa's own wrapper gives None for a failed read and keeps failed saves in memory: either forks the dialogue."""
    await live(store, range(12))
    wrapped = FailSafeTrackerStore(made(redis_server))
    await wrapped._tracker_store.close()
    client = redis_server.client()
    client.rename("tracker:{c1}:turns", "aside")
    client.set("tracker:{c1}:turns", "not a list")
    with turn("m12"):
        with pytest.raises(TurnFailed):
            await wrapped.get_or_create_tracker("c1", append_action_listen=False)
        stranger = DialogueStateTracker("c1", DOMAIN.slots)
        stranger.update_with_events(form_turn(12), DOMAIN)
        with pytest.raises(TurnFailed):
            await wrapped.save(stranger)
    assert wrapped._fallback_tracker_store is None
    client.delete("tracker:{c1}:turns")
    client.rename("aside", "tracker:{c1}:turns")
    with turn("m12"), pytest.raises(TurnRefused):
        await wrapped.save(stranger)
    assert (await store.retrieve("c1")).get_slot("parent_agi") == 11_000
    await wrapped._tracker_store.close()


async def test_a_turn_that_is_no_json_fails_the_turn_and_tells_no_words(redis_server, store, caplog):
    await live(store, range(2))
    redis_server.client().lset("tracker:{c1}:turns", 0, '{"my words')
    with turn("m2"), pytest.raises(TurnFailed):
        await store.retrieve("c1")
    assert "my words" not in caplog.text


def test_replies_are_what_the_channel_gave():
    out, events = TurnOutput("web"), form_turn(3)
    asyncio.run(out.send_response("c1", events[-2].message()))
    assert replies_in(read_segment(write_segment(events, "m3"))) == out.messages


async def test_many_at_once_over_two_processes_lose_nothing(store, other):
    """Four messages of one person at the same time, again and again, each done by whoever gets to it."""

    async def do(one, message):
        while True:
            try:
                with turn(message):
                    tracker = await read(one)
                    tracker.update_with_events([said(message, message_id=message), *form_turn(1)[1:]], DOMAIN)
                    await asyncio.sleep(0)
                    await one.save(tracker)
                return
            except TurnRefused:
                continue
            except TurnDone:
                return

    for number in range(25):
        four = [f"{number}-{k}" for k in range(4)]
        await asyncio.gather(*(do((store, other)[k % 2], message) for k, message in enumerate(four)))
    heard = [e.message_id for e in await store.history("c1") if isinstance(e, UserUttered)]
    assert sorted(heard) == sorted(f"{n}-{k}" for n in range(25) for k in range(4))
    assert [int(m.split("-")[0]) for m in heard] == sorted(int(m.split("-")[0]) for m in heard)


async def test_slots_and_events_can_be_looked_at_while_nobody_talks(store):
    await live(store, range(3))
    tracker = await store.retrieve_full_tracker("c1")
    assert tracker.get_slot("parent_agi") == 2000
    assert sum(isinstance(event, SlotSet) for event in tracker.events) == 6


@pytest.mark.parametrize("turns", [1, 2 * KEPT_TURNS + 3])
async def test_a_dialogue_that_is_deleted_begins_anew_and_keeps_no_word_of_before(redis_server, store, other, turns):
    await live(store, range(turns))
    with turn("gone"):
        tracker = await read(store)
        tracker.update_with_events(
            [UserUttered("yes", {"name": "affirm", "confidence": 1.0}), AllSlotsReset(), SlotSet("language", "es"),
             SlotSet("dialogue_deleted", "gone"), ActionExecuted("action_listen")],
            DOMAIN,
        )  # fmt: skip
        await store.save(tracker)
    client = redis_server.client()
    [kept] = client.lrange("tracker:{c1}:turns", 0, -1)
    assert "family_size" not in kept
    assert not client.hexists("tracker:{c1}:head", "checkpoint")
    back = await other.retrieve("c1")
    assert back.get_slot("parent_agi") is None
    assert back.get_slot("language") == "es"
    after = await live(other, range(100, 100 + 2 * KEPT_TURNS + 3))
    assert answers(await store.retrieve("c1")) == answers(after)


async def test_a_deletion_sent_twice_is_done_once(store):
    await live(store, range(2))
    with turn("gone"):
        tracker = await read(store)
        tracker.update_with_events([SlotSet("dialogue_deleted", "gone")], DOMAIN)
        await store.save(tracker)
    with turn("gone"), pytest.raises(TurnDone):
        await store.retrieve("c1")
