"""Actions are asked with what they need, however long the dialogue; and a turn whose action fails is not half done."""

import asyncio
import json
import socket

import pytest
from aiohttp import web
from dialogues import form_turn, said, start, whole
from engine.action_requests import install, this_turn
from engine.turns import TurnFailed
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.utils.endpoints import EndpointConfig

DOMAIN = Domain.from_dict(
    {
        "slots": {
            name: {"type": "any", "mappings": [{"type": "custom"}]}
            for name in ("parent_agi", "flow_states", "language")
        },
        "forms": {"estimate_aid_form": {"required_slots": []}},
        "actions": ["action_menu"],
    }
)


@pytest.fixture(autouse=True)
def installed(monkeypatch):
    for name in ("_action_call_format", "run"):
        monkeypatch.setattr(RemoteAction, name, getattr(RemoteAction, name))
    install()
    install()


def dialogue(turns):
    return whole("c1", [*start(), *(e for n in range(turns) for e in form_turn(n)), said("the last one")], DOMAIN)


class Actions:
    """An action server that answers as it is told and remembers what it was asked."""

    def __init__(self):
        self.status, self.answer, self.asked = 200, {"events": [], "responses": []}, []

    async def open(self):
        app = web.Application()
        app.router.add_post("/webhook", self._asked)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        sock = socket.socket()
        sock.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{sock.getsockname()[1]}/webhook"
        await web.SockSite(self._runner, sock).start()

    async def _asked(self, request):
        self.asked.append(await request.json())
        return web.json_response(self.answer, status=self.status)

    async def close(self):
        await self._runner.cleanup()


@pytest.fixture
async def actions():
    server = Actions()
    await server.open()
    yield server
    await server.close()


async def run(url, tracker):
    endpoint = EndpointConfig(url, enable_selective_domain=True)
    words = TemplatedNaturalLanguageGenerator({})
    return await RemoteAction("action_menu", endpoint).run(CollectingOutputChannel(), words, tracker, DOMAIN)


async def test_a_long_dialogue_is_asked_about_as_briefly_as_a_short_one(actions):
    for turns in (3, 300):
        await run(actions.url, dialogue(turns))
    short, long = (len(json.dumps(asked)) for asked in actions.asked)
    assert long < 1.02 * short


async def test_an_action_gets_the_message_the_answers_and_the_form(actions):
    await run(actions.url, dialogue(9))
    [asked] = actions.asked
    tracker = asked["tracker"]
    assert asked["next_action"] == "action_menu"
    assert asked["sender_id"] == tracker["sender_id"] == "c1"
    assert tracker["latest_message"]["text"] == "the last one"
    assert tracker["latest_message"]["metadata"] == {"language": "es"}
    assert tracker["slots"]["parent_agi"] == 8000
    assert tracker["active_loop"]["name"] == "estimate_aid_form"
    assert [event["text"] for event in tracker["events"]] == ["the last one"]


def test_a_turns_events_are_those_since_its_message():
    turn = [said("now"), SlotSet("language", "es"), ActionExecuted("action_menu")]
    assert this_turn([*form_turn(1), *turn]) == turn
    assert this_turn(start()) == start()
    assert not any(isinstance(event, UserUttered) for event in this_turn(start()))


async def test_what_an_action_answers_becomes_events_as_ever(actions):
    actions.answer = {"events": [{"event": "slot", "name": "language", "value": "en"}], "responses": []}
    assert await run(actions.url, dialogue(1)) == [SlotSet("language", "en")]


async def test_an_action_may_reject(actions):
    actions.status, actions.answer = 400, {"action_name": "action_menu", "error": "not mine"}
    with pytest.raises(ActionExecutionRejection):
        await run(actions.url, dialogue(1))


async def test_a_server_that_is_away_ends_the_turn_which_may_be_tried_again(actions):
    await actions.close()
    with pytest.raises(TurnFailed) as failed:
        await run(actions.url, dialogue(1))
    assert failed.value.again


@pytest.mark.parametrize("status", [404, 500])
async def test_an_action_that_breaks_ends_the_turn_for_good(actions, status):
    actions.status = status
    with pytest.raises(TurnFailed) as failed:
        await run(actions.url, dialogue(1))
    assert not failed.value.again
    assert "the last one" not in str(failed.value)


async def test_an_answer_that_is_none_ends_the_turn_for_good(actions):
    actions.answer = {"events": "none", "responses": []}
    with pytest.raises(TurnFailed) as failed:
        await asyncio.wait_for(run(actions.url, dialogue(1)), 5)
    assert not failed.value.again
