"""One message in, everything said in that turn out; and nobody can type one of Rasa's commands."""

import asyncio
import logging
import socket
import threading

import aiohttp
import pytest
from engine.input_channel import AidlineInput, TurnOutput, plain
from engine.turns import TurnDone, TurnFailed, TurnLate, TurnRefused, turn_of
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.core.constants import EXTERNAL_MESSAGE_PREFIX, USER_INTENT_SESSION_START
from sanic import Sanic

BODY = {"sender": "c1", "message": "hello", "channel": "web", "message_id": "m1", "metadata": {"language": "es"}}


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("/restart", "restart"),
        ("//session_start", "session_start"),
        ('  /inform{"agi": 1}', 'inform{"agi": 1}'),
        ("EXTERNAL: reminder", "reminder"),
        ("/EXTERNAL:/x", "x"),
        ("\n\t/start", "start"),
        ("\u00a0/stop", "stop"),
        ("hello / there", "hello / there"),
        ("1/2", "1/2"),
        ("mañana / tarde", "mañana / tarde"),
        ("external affairs", "external affairs"),
        ("👍", "👍"),
        ("", ""),
        ("///", ""),
    ],
)
def test_no_message_can_begin_like_a_command(typed, understood):
    assert plain(typed) == understood
    assert not plain(typed).startswith((INTENT_MESSAGE_PREFIX, EXTERNAL_MESSAGE_PREFIX, "/"))


def test_rasas_own_way_to_start_a_session_is_only_words():
    assert plain(f"/{USER_INTENT_SESSION_START}") == USER_INTENT_SESSION_START


class Door:
    """The channel on a loopback port; `answer` plays Rasa's processor."""

    answer = None
    address = ""

    async def open(self):
        app = Sanic("bot-test", configure_logging=False)
        app.blueprint(AidlineInput().blueprint(self._asked), url_prefix="/webhooks/aidline")
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{listening.getsockname()[1]}/webhooks/aidline"
        server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
        await server.startup()
        await server.start_serving()
        return server

    async def _asked(self, message):
        await self.answer(message)

    async def post(self, body):
        """One turn: its status and what came back."""
        async with aiohttp.ClientSession() as client, client.post(f"{self.address}/turn", json=body) as answered:
            return answered.status, await answered.json()


@pytest.fixture(scope="module")
def door():
    """Sanic can start only one app in a process, so the door stays open in a thread of its own."""
    opened, loop = Door(), asyncio.new_event_loop()
    server = loop.run_until_complete(opened.open())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield opened
    loop.call_soon_threadsafe(server.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)


@pytest.fixture
def turn(door):
    async def take(answer, body=BODY):
        door.answer = answer
        return await door.post(body)

    return take


async def test_words_and_data_of_a_message_stay_together_and_in_order(turn):
    async def says(message):
        out = message.output_channel
        await out.send_response(
            message.sender_id, {"text": "One", "custom": {"rows": [1]}, "utter_action": "utter_so_far"}
        )
        await out.send_response(message.sender_id, {"custom": {"explain": {"question": "?"}}})

    status, body = await turn(says)
    assert status == 200
    assert body["replies"] == [
        {"text": "One", "custom": {"rows": [1]}, "response": "utter_so_far"},
        {"text": "", "custom": {"explain": {"question": "?"}}, "response": None},
    ]


async def test_rasa_gets_the_message_as_it_was_sent_with_what_the_gateway_knows(turn):
    heard = []

    async def listens(message):
        heard.append(message)

    await turn(listens, {**BODY, "message": "/hello ñandú"})
    [message] = heard
    assert (message.text, message.sender_id, message.message_id) == ("hello ñandú", "c1", "m1")
    assert message.metadata == {"language": "es"}
    assert message.input_channel == "aidline"


@pytest.mark.parametrize("channel", ["web", "sms"])
async def test_words_can_differ_by_the_persons_channel(turn, channel):
    heard = []

    async def listens(message):
        heard.append(message.output_channel.name())

    await turn(listens, {**BODY, "channel": channel})
    assert heard == [channel] == [TurnOutput(channel).name()]


async def test_a_turn_that_fails_is_said_to_have_failed(turn, caplog):
    async def fails(message):
        raise RuntimeError("secret words of the person")

    with caplog.at_level(logging.ERROR):
        assert await turn(fails, {**BODY, "message": "my words"}) == (503, {"error": "RuntimeError"})
    assert "my words" not in caplog.text
    assert "secret words" not in caplog.text


async def test_a_turn_whose_dialogue_was_not_saved_is_said_to_have_failed(turn):
    async def answers_but_cannot_save(message):
        await message.output_channel.send_response(message.sender_id, {"text": "Fine!"})
        raise TurnFailed("ConnectionError")

    assert await turn(answers_but_cannot_save) == (503, {"error": "ConnectionError"})


@pytest.mark.parametrize(("again", "status"), [(True, 503), (False, 424)])
async def test_a_worker_is_told_whether_sending_the_message_again_may_help(turn, again, status):
    async def fails(message):
        raise TurnFailed("action_menu", again=again)

    assert await turn(fails) == (status, {"error": "action_menu"})


async def test_a_message_that_was_answered_before_gets_the_same_replies(turn):
    replies = [{"text": "As I said", "custom": {"rows": [1]}, "response": "utter_menu"}]

    async def knows_it(message):
        await message.output_channel.send_response(message.sender_id, {"text": "something else"})
        raise TurnDone(replies)

    assert await turn(knows_it) == (200, {"replies": replies})


async def test_a_worker_that_lost_its_claim_is_told_to_let_go(turn):
    async def is_late(message):
        raise TurnLate()

    assert await turn(is_late) == (409, {"error": "TurnLate"})


async def test_a_turn_that_was_overtaken_is_done_again_and_says_only_what_the_last_try_said(turn):
    tries = []

    async def overtaken_twice(message):
        tries.append(turn_of("c1").message_id)
        await message.output_channel.send_response(message.sender_id, {"text": f"try {len(tries)}"})
        if len(tries) < 3:
            raise TurnRefused()

    status, body = await turn(overtaken_twice)
    assert (status, [reply["text"] for reply in body["replies"]]) == (200, ["try 3"])
    assert tries == ["m1"] * 3


async def test_a_turn_that_is_always_overtaken_ends_some_day(turn):
    async def overtaken(message):
        raise TurnRefused()

    assert await turn(overtaken) == (503, {"error": "TurnRefused"})


async def test_each_turn_knows_its_message_and_its_claim_and_nobody_elses(door):
    seen = {}

    async def looks(message):
        await asyncio.sleep(0.01)
        seen[message.sender_id] = turn_of(message.sender_id)
        seen["nobody"] = turn_of("somebody else")
        assert "fence" not in message.metadata

    door.answer = looks
    await asyncio.gather(
        *(
            door.post({**BODY, "sender": s, "message_id": f"of {s}", "metadata": {"fence": n}})
            for n, s in enumerate("ab")
        )
    )
    assert [(seen[s].message_id, seen[s].fence) for s in "ab"] == [("of a", 0), ("of b", 1)]
    assert seen["nobody"] is None
    assert turn_of("a") is None


async def test_one_person_is_answered_one_message_after_the_other_and_people_do_not_wait_for_each_other(door):
    now, most = {}, {}

    async def counts(message):
        who = message.sender_id
        for name in (who, "all"):
            now[name] = now.get(name, 0) + 1
            most[name] = max(most.get(name, 0), now[name])
        await asyncio.sleep(0.02)
        for name in (who, "all"):
            now[name] -= 1

    door.answer = counts
    await asyncio.gather(*(door.post({**BODY, "sender": s, "message_id": str(n)}) for n in range(4) for s in "ab"))
    assert (most["a"], most["b"], most["all"]) == (1, 1, 2)


async def test_a_turn_that_failed_holds_up_no_later_one(turn):
    async def fails(message):
        raise TurnFailed("TimeoutError")

    async def answers(message):
        await message.output_channel.send_response(message.sender_id, {"text": "Fine!"})

    assert (await turn(fails))[0] == 503
    assert (await turn(answers))[0] == 200


async def test_a_message_without_an_id_is_a_turn_like_others_that_nobody_can_send_again(turn):
    heard = []

    async def looks(message):
        heard.append((message.text, turn_of("c1").message_id))

    for _ in range(2):
        await turn(looks, {key: value for key, value in BODY.items() if key != "message_id"})
    assert heard == [("hello", "")] * 2


@pytest.mark.parametrize("body", [{}, {"sender": "c1"}, {"message": "x"}, {"sender": "", "message": "x"},
                                  {"sender": 5, "message": "x"}, {"sender": "c1", "message": None}])  # fmt: skip
async def test_a_call_without_a_person_or_a_message_is_refused(turn, body):
    async def never(message):
        raise AssertionError("must not run")

    assert (await turn(never, body))[0] == 400


async def test_the_channel_says_that_it_is_there(door):
    async with aiohttp.ClientSession() as client, client.get(f"{door.address}/") as answered:
        assert await answered.json() == {"status": "ok"}
