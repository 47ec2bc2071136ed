"""Dialogues are kept short and whole: what was answered and which form is open never gets lost."""

import asyncio
import json

import fakeredis
import pytest
import redis
from engine.tracker_store import KEPT_TURNS, BoundedRedisTrackerStore, bounded, saving_failed, watch_saving
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

DOMAIN = Domain.from_dict(
    {
        "slots": {
            name: {"type": "any", "mappings": [{"type": "custom"}]}
            for name in ("family_size", "parent_agi", "flow_states", "requested_slot")
        }
        | {
            "language": {
                "type": "categorical",
                "values": ["en", "es"],
                "initial_value": "en",
                "mappings": [{"type": "custom"}],
            }
        },
        "forms": {"estimate_aid_form": {"required_slots": []}},
        "responses": {"utter_q": [{"text": "?"}]},
    }
)


def conversation(turns, *, loop="estimate_aid_form"):
    """A dialogue of `turns` turns; each sets a slot, the first opens the form."""
    tracker = DialogueStateTracker("c1", DOMAIN.slots)
    tracker.update(ActionExecuted("action_session_start"), DOMAIN)
    tracker.update(SessionStarted(), DOMAIN)
    tracker.update(ActionExecuted("action_listen"), DOMAIN)
    for n in range(turns):
        tracker.update(UserUttered(f"answer {n}", {"name": "inform", "confidence": 1.0}, []), DOMAIN)
        if n == 0:
            tracker.update(SlotSet("language", "es"), DOMAIN)
            tracker.update(ActiveLoop(loop), DOMAIN)
            tracker.update(SlotSet("family_size", 4), DOMAIN)
        tracker.update(SlotSet("parent_agi", 1000 * n), DOMAIN)
        tracker.update(SlotSet("flow_states", {"estimate_aid": {"asked": f"q{n}"}}), DOMAIN)
        tracker.update(BotUttered(f"question {n}"), DOMAIN)
        tracker.update(ActionExecuted("action_listen"), DOMAIN)
    return tracker


def replayed(events):
    return DialogueStateTracker.from_events("c1", events, slots=DOMAIN.slots)


def texts(events):
    return [event.text for event in events if isinstance(event, UserUttered)]


@pytest.mark.parametrize("turns", [0, 1, KEPT_TURNS, 2 * KEPT_TURNS])
def test_a_short_dialogue_is_kept_as_it_is(turns):
    tracker = conversation(turns)
    assert bounded(list(tracker.events), tracker) == list(tracker.events)


@pytest.mark.parametrize("turns", [2 * KEPT_TURNS + 1, 40, 200])
def test_a_long_dialogue_is_cut_and_comes_back_with_the_same_answers_and_form(turns):
    tracker = conversation(turns)
    events = bounded(list(tracker.events), tracker)
    assert len(texts(events)) == KEPT_TURNS
    assert texts(events)[-1] == f"answer {turns - 1}"
    back = replayed(events)
    assert back.current_slot_values() == tracker.current_slot_values()
    assert back.active_loop_name == tracker.active_loop_name == "estimate_aid_form"
    assert back.latest_message.text == tracker.latest_message.text
    assert back.latest_action_name == "action_listen"


def test_a_dialogue_without_a_form_comes_back_without_one():
    tracker = conversation(40)
    tracker.update(ActiveLoop(None), DOMAIN)
    tracker.update(ActionExecuted("action_listen"), DOMAIN)
    assert replayed(bounded(list(tracker.events), tracker)).active_loop_name is None


def test_an_answer_taken_back_stays_taken_back():
    tracker = conversation(5)
    tracker.update(SlotSet("family_size", None), DOMAIN)
    for n in range(30):
        tracker.update(UserUttered(f"more {n}"), DOMAIN)
        tracker.update(ActionExecuted("action_listen"), DOMAIN)
    assert replayed(bounded(list(tracker.events), tracker)).get_slot("family_size") is None


def test_cutting_again_and_again_never_grows_and_never_forgets():
    tracker, longest = conversation(1), 0
    for n in range(100):
        tracker.update(UserUttered(f"more {n}"), DOMAIN)
        tracker.update(SlotSet("parent_agi", n), DOMAIN)
        tracker.update(ActionExecuted("action_listen"), DOMAIN)
        tracker = replayed(bounded(list(tracker.events), tracker))
        longest = max(longest, len(tracker.events))
    assert longest < 100
    assert tracker.get_slot("family_size") == 4
    assert tracker.get_slot("parent_agi") == 99
    assert tracker.get_slot("language") == "es"
    assert tracker.active_loop_name == "estimate_aid_form"


def test_what_was_cut_does_not_look_younger_than_what_follows():
    tracker = conversation(40)
    events = bounded(list(tracker.events), tracker)
    moments = [event.timestamp for event in events]
    assert moments == sorted(moments)


@pytest.fixture
def store():
    made = BoundedRedisTrackerStore(DOMAIN, "redis://localhost:1/0", session_seconds=3600)
    made._redis = fakeredis.FakeRedis(decode_responses=True)
    return made


async def test_a_dialogue_comes_back_as_it_was_saved(store):
    tracker = conversation(30)
    await store.save(tracker)
    back = await store.retrieve("c1")
    assert back.current_slot_values() == tracker.current_slot_values()
    assert back.active_loop_name == tracker.active_loop_name
    assert back.latest_message.text == "answer 29"


async def test_a_long_dialogue_takes_no_more_room_than_a_short_one(store):
    sizes = []
    for turns in (20, 200):
        await store.save(conversation(turns))
        sizes.append(len(store._redis.get("tracker:c1")))
    assert sizes[1] < 1.2 * sizes[0]


async def test_a_dialogue_is_forgotten_after_the_session_and_not_before(store):
    await store.save(conversation(1))
    assert 0 < store._redis.ttl("tracker:c1") <= 3600


async def test_nobody_known_has_no_dialogue(store):
    assert await store.retrieve("nobody") is None


async def test_people_with_a_dialogue_are_listed(store):
    await store.save(conversation(1))
    assert list(await store.keys()) == ["c1"]


async def test_words_in_any_script_come_back(store):
    tracker = conversation(1)
    tracker.update(UserUttered("¿cuánto? ñandú 年 👍"), DOMAIN)
    await store.save(tracker)
    assert (await store.retrieve("c1")).latest_message.text == "¿cuánto? ñandú 年 👍"
    assert json.loads(BoundedRedisTrackerStore.serialise_tracker(tracker))["name"] == "c1"


async def test_a_dialogue_that_cannot_be_saved_or_read_is_noticed(store):
    server = fakeredis.FakeServer()
    server.connected = False
    store._redis = fakeredis.FakeRedis(server=server)
    for does in (lambda: store.save(conversation(1)), lambda: store.retrieve("c1")):
        watch_saving()
        with pytest.raises(redis.ConnectionError):
            await does()
        assert saving_failed() == "ConnectionError"


async def test_nothing_failed_until_something_did():
    watch_saving()
    await asyncio.sleep(0)
    assert saving_failed() is None


async def test_a_turn_that_broke_off_does_not_silence_the_next_ones(store):
    tracker = conversation(1)
    tracker.update(UserUttered("and now?", {"name": "inform", "confidence": 1.0}, []), DOMAIN)
    tracker.update(ActionExecuted("action_explain"), DOMAIN)
    await store.save(tracker)
    assert (await store.retrieve("c1")).latest_action_name == "action_listen"
