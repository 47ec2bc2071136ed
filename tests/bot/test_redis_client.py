"""The bot reaches Redis wherever it is, tells soon when it is away, and comes back by itself."""

import asyncio
import signal
import time
from types import SimpleNamespace

import pytest
import redis
from dialogues import form_turn
from engine.event_broker import TurnEvents
from engine.redis_client import RedisDoor, RedisUnavailable, Script
from engine.turns import TurnDone, TurnFailed
from rasa.shared.core.events import UserUttered
from servers import SYSTEM, Server, folder, free_port
from test_tracker_store import answers, live, made, turn

QUICK = {"answer_seconds": 0.3, "total_seconds": 0.5}


@pytest.mark.parametrize(
    "address",
    ["http://host", "redis+sentinel://host:1", "redis+sentinel://host:1/master/x", "redis+cluster://", "host:6379", ""],
)
def test_an_address_that_is_none_is_told_at_the_start_with_the_right_form(address):
    with pytest.raises(ValueError, match=r"redis://host:6379/0"):
        RedisDoor(address)


def test_an_address_that_is_wrong_is_told_without_its_password():
    with pytest.raises(ValueError, match="name of the master") as told:
        RedisDoor("redis+sentinel://user:secret@host:1")
    assert "secret" not in str(told.value)


async def test_a_script_runs_on_a_server_that_never_saw_it(redis_server):
    door, script = RedisDoor(redis_server.url), Script("read_dialogue")
    for _ in range(2):
        redis_server.client().script_flush()
        assert await door.run(script, ["a", "b", "c"], ["", 1, ""]) == ["read", 0, 0, "", []]
    await door.close()


async def test_an_absent_redis_is_told_within_its_time(tmp_path):
    door, began = RedisDoor(f"unix://{tmp_path}/nothing.sock", **QUICK), time.monotonic()
    with pytest.raises(RedisUnavailable):
        await door.do("PING")
    assert time.monotonic() - began < 2


async def test_a_frozen_redis_fails_the_turn_within_its_time_and_loses_nothing(own_redis, caplog):
    store = made(own_redis)
    store._redis = RedisDoor(own_redis.url, **QUICK)
    before = await live(store, range(12))
    own_redis.process.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    try:
        with pytest.raises(TurnFailed):
            await live(store, [12])
    finally:
        own_redis.process.send_signal(signal.SIGCONT)
    assert time.monotonic() - began < 2
    assert answers(await store.retrieve("c1")) == answers(before)
    assert "answer" not in caplog.text
    await live(store, [12])
    assert (await store.retrieve("c1")).get_slot("parent_agi") == 12_000
    await store.close()


async def test_a_turn_saved_by_a_redis_that_froze_in_between_is_found_when_it_is_sent_again(own_redis):
    """The save reached Redis, its answer reached nobody: the message gets its replies, and is not done twice."""
    store = made(own_redis)
    store._redis = RedisDoor(own_redis.url, **QUICK)
    await live(store, range(3))
    with turn("m3"):
        tracker = await store.retrieve("c1")
        tracker.update_with_events(form_turn(3), None)
        own_redis.process.send_signal(signal.SIGSTOP)
        try:
            with pytest.raises(TurnFailed):
                await store.save(tracker)
        finally:
            own_redis.process.send_signal(signal.SIGCONT)
        with pytest.raises(TurnDone) as done:
            await store.retrieve("c1")
    assert [reply["text"] for reply in done.value.replies] == ["question 3"]
    assert sum(isinstance(event, UserUttered) for event in await store.history("c1")) == 4
    await store.close()


async def test_a_redis_that_was_restarted_is_found_again_with_every_turn(own_redis):
    store = made(own_redis)
    before = await live(store, range(20))
    own_redis.end()
    own_redis.start()
    assert answers(await store.retrieve("c1")) == answers(before)
    assert (await live(store, [20])).active_loop_name == "estimate_aid_form"
    await store.close()


async def test_a_turn_waits_a_moment_for_a_redis_that_is_just_starting(own_redis):
    store = made(own_redis)
    await live(store, range(2))
    own_redis.end()
    starting = asyncio.get_running_loop().run_in_executor(None, lambda: (time.sleep(0.3), own_redis.start()))
    assert (await live(store, [2])).get_slot("parent_agi") == 2000
    await starting
    await store.close()


async def test_a_full_redis_fails_the_turn_and_leaves_the_dialogue_whole(own_redis):
    store, client = made(own_redis), own_redis.client()
    before = await live(store, range(9))
    client.config_set("maxmemory", "1")
    with pytest.raises(TurnFailed):
        await live(store, [9])
    client.config_set("maxmemory", "0")
    assert answers(await store.retrieve("c1")) == answers(before)
    assert client.llen("tracker:{c1}:turns") == 9
    await store.close()


def redis7(name):
    if not SYSTEM.exists():
        pytest.fail(f"{name} needs redis-server: `apt-get install redis-server`.")
    return SYSTEM


@pytest.fixture
def sentinel():
    """A master, its replica, and one Sentinel that watches them."""
    binary = redis7("Sentinel")
    with folder() as path:
        master = Server(binary, path / "master", port=free_port(), options=("--repl-diskless-sync-delay", "0"))
        replica = Server(
            binary, path / "replica", port=free_port(), options=("--replicaof", "127.0.0.1", str(master.port))
        )
        (path / "watch").mkdir()
        (path / "watch" / "sentinel.conf").write_text(
            f"sentinel monitor aid 127.0.0.1 {master.port} 1\nsentinel down-after-milliseconds aid 500\n"
            "sentinel failover-timeout aid 3000\n"
        )
        watch = SentinelServer(binary, path / "watch")
        until(lambda: replica.client().info("replication")["master_link_status"] == "up")
        until(lambda: watch.client().execute_command("SENTINEL REPLICAS", "aid"))
        yield watch, master, replica
        for server in (watch, replica, master):
            server.end()


class SentinelServer(Server):
    """A Sentinel, which takes its settings from a file."""

    def __init__(self, binary, folder):
        port = free_port()
        super().__init__(binary, folder, port=port, kind=(str(folder / "sentinel.conf"), "--sentinel"))


def until(holds, seconds=10):
    late = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < late, "it took too long"
        time.sleep(0.05)


async def test_dialogues_go_on_after_sentinel_chose_another_master(sentinel):
    watch, master, replica = sentinel
    store = made(SimpleNamespace(url=f"redis+sentinel://127.0.0.1:{watch.port}/aid/0"))
    before = await live(store, range(12))
    until(lambda: replica.client().llen("tracker:{c1}:turns") == 12)
    master.end()
    for _ in range(60):
        try:
            tracker = await live(store, [12])
            break
        except TurnFailed:
            await asyncio.sleep(0.1)
    assert tracker.get_slot("parent_agi") == 12_000
    assert tracker.active_loop_name == before.active_loop_name
    assert replica.client().llen("tracker:{c1}:turns") == 13
    assert list(await store.keys()) == ["c1"]
    await store.close()


@pytest.fixture
def cluster():
    """Three masters that share the slots."""
    binary = redis7("Cluster")
    with folder() as path:
        options = {"cluster-enabled": "yes", "appendonly": "yes", "appendfsync": "always",
                   "cluster-node-timeout": "1000", "cluster-require-full-coverage": "no"}  # fmt: skip
        given = [part for name, value in options.items() for part in (f"--{name}", value)]
        nodes = [Server(binary, path / str(n), port=free_port_with_bus(), options=given) for n in range(3)]
        for number, node in enumerate(nodes):
            node.client().execute_command("CLUSTER", "ADDSLOTSRANGE", number * 5462, min(number * 5462 + 5461, 16383))
            node.client().execute_command("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
            node.client().execute_command("CLUSTER", "MEET", "127.0.0.1", nodes[0].port)
        until(lambda: all("cluster_state:ok" in raw_info(node) for node in nodes))
        until(lambda: all("cluster_known_nodes:3" in raw_info(node) for node in nodes))
        yield nodes
        for node in nodes:
            node.end()


def raw_info(node):
    return str(node.client().execute_command("CLUSTER INFO")).replace("': '", ":").replace("'", "")


def free_port_with_bus():
    """A port whose cluster bus, 10,000 above, is a port too."""
    while (port := free_port()) > 55_000:
        pass
    return port


async def test_dialogues_spread_over_a_cluster_and_every_person_keeps_theirs(cluster):
    url = f"redis+cluster://127.0.0.1:{cluster[1].port}"
    store = made(SimpleNamespace(url=url), event_broker=TurnEvents())
    people = [f"person-{n}" for n in range(12)]
    for person in people:
        await live(store, range(10), person)
    assert [(await store.retrieve(person)).get_slot("parent_agi") for person in people] == [9000] * 12
    assert list(await store.keys()) == sorted(people)
    held = [len(node.client().keys("tracker:*:head")) for node in cluster]
    assert sum(held) == 12
    assert min(held) > 0
    with turn("m9", "person-3"), pytest.raises(TurnDone):
        await store.retrieve("person-3")
    await store.close()
    assert len([entry for node in cluster for entry in stream(node)]) == 120
    assert not any(node.client().keys("*unsent") for node in cluster)


def stream(node):
    try:
        return node.client().xrange("{aidline}:events")
    except redis.RedisError:
        return []


async def test_a_cluster_node_that_was_away_is_found_again(cluster):
    url = f"redis+cluster://127.0.0.1:{cluster[0].port}"
    store = made(SimpleNamespace(url=url))
    store._redis = RedisDoor(url, total_seconds=1.0)
    await live(store, range(3), "person-1")
    home = next(node for node in cluster if node.client().keys("tracker:{person-1}:head"))
    home.end()
    with pytest.raises(TurnFailed):
        await live(store, [3], "person-1")
    home.start()
    for _ in range(60):
        try:
            tracker = await live(store, [3], "person-1")
            break
        except TurnFailed:
            await asyncio.sleep(0.1)
    assert tracker.get_slot("parent_agi") == 3000
    assert sum(isinstance(e, UserUttered) for e in await store.history("person-1")) == 4
    await store.close()


async def test_while_the_stream_of_events_is_away_turns_go_on_and_events_wait(cluster):
    address = SimpleNamespace(url=f"redis+cluster://127.0.0.1:{cluster[0].port}")
    store, watcher = made(address, event_broker=TurnEvents()), cluster[0].client()
    away, home = (node_of(cluster, watcher.execute_command("CLUSTER", "KEYSLOT", name)) for name in ("aidline", "c1"))
    person = "c1" if home is not away else "person-0"
    store._redis = RedisDoor(address.url, total_seconds=1.0)
    await live(store, range(2), person)
    await asyncio.gather(*store._sending)
    away.end()
    began = time.monotonic()
    await live(store, [2], person)
    assert time.monotonic() - began < 1
    await asyncio.gather(*store._sending)
    away.start()
    until(lambda: "cluster_state:ok" in raw_info(away))
    await live(store, [3], person)
    await store.close()
    assert [entry["message"] for _id, entry in stream(away)] == ["m0", "m1", "m2", "m3"]


def node_of(nodes, slot):
    return nodes[min(slot // 5462, 2)]
