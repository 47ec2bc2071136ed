from __future__ import annotations

import asyncio
import os
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from aidline.errors import ConfigError, RedisUnavailable
from aidline.settings import Settings
from aidline.storage.redis import connect, connect_async, redis_errors
from aidline.supervisor import Stack
from aidline.supervisor.programs import aidline_programs


def redis_stack(settings: Settings) -> Stack:
    return Stack(settings, programs=lambda: aidline_programs(settings, Path("none"))[:1], pauses=(0.05,))


def test_values_come_back_as_text(redis_client: Any) -> None:
    redis_client.set("name", "Peña")
    assert redis_client.get("name") == "Peña"


def test_async_code_gets_the_same(redis_url: str) -> None:
    async def use() -> object:
        client = connect_async(redis_url)
        try:
            with redis_errors():
                await client.set("name", "Peña")
                return await client.get("name")
        finally:
            await client.aclose()

    assert asyncio.run(use()) == "Peña"


def test_no_redis_is_said_in_words_of_ours(tmp_path: Path) -> None:
    client = connect(f"unix://{tmp_path / 'none.sock'}", timeout=1)
    with pytest.raises(RedisUnavailable, match="Redis does not answer"), redis_errors():
        client.get("x")


def test_no_redis_is_said_to_async_code_too(tmp_path: Path) -> None:
    async def use() -> None:
        client = connect_async(f"unix://{tmp_path / 'none.sock'}", timeout=1)
        try:
            with redis_errors():
                await client.get("x")
        finally:
            await client.aclose()

    with pytest.raises(RedisUnavailable):
        asyncio.run(use())


def test_a_wrong_command_is_not_called_an_outage(redis_client: Any) -> None:
    redis_client.set("word", "x")
    with pytest.raises(Exception, match="not an integer") as caught, redis_errors():
        redis_client.incr("word")
    assert not isinstance(caught.value, RedisUnavailable)


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("", "redis://host:6379/0"),
        ("localhost:6379", "redis://host:6379/0"),
        ("http://x", "redis+sentinel://"),
        ("redis+somehow://:hush@x", "redis+cluster://"),
        ("redis+sentinel://:hush@x:26379", "/name-of-the-master"),
        ("redis+sentinel://:hush@x:26379/name/zero", "/name-of-the-master[/0]"),
        ("redis+sentinel://:hush@,y:26379/name", "host1:26379,host2:26379"),
        ("redis+cluster://:hush@x:seven", "host1:7000,host2:7001"),
        ("redis+cluster://:hush@x:7000/2", "host1:7000,host2:7001"),
        ("redis+cluster://:hush@x:7000?socket_timeout=soon", "host1:7000,host2:7001"),
    ],
)
def test_a_wrong_address_names_its_setting_and_the_right_form_and_no_password(url: str, right: str) -> None:
    for make in (connect, connect_async):
        with pytest.raises(ConfigError, match="AIDLINE_REDIS_URL") as caught:
            make(url)
        assert right in caught.value.remedy
        assert "hush" not in str(caught.value)


def test_a_frozen_redis_is_reported_and_a_write_whose_answer_was_lost_happens_once(
    settings: Settings,
) -> None:
    stack = redis_stack(settings)
    stack.start()
    try:
        client = connect(settings.redis, timeout=0.3)
        client.set("count", 0)
        pid = stack.pids()["redis"]
        os.kill(pid, signal.SIGSTOP)
        try:
            with pytest.raises(RedisUnavailable), redis_errors():
                client.incr("count")
        finally:
            os.kill(pid, signal.SIGCONT)
        assert client.get("count") == "1"
        client.close()
    finally:
        stack.stop()


def test_a_client_outlives_a_crash_of_redis_and_finds_its_data(settings: Settings) -> None:
    stack = redis_stack(settings)
    stack.start()
    try:
        client = connect(settings.redis)
        client.set("kept", "yes")
        # Redis syncs its log every second; WAITAOF does not exist in version 6, a rewrite does the same.
        client.bgrewriteaof()
        while client.info("persistence")["aof_rewrite_in_progress"]:
            pass
        stack.kill("redis")
        assert client.get("kept") == "yes"
        client.close()
    finally:
        stack.stop()


def test_what_was_stored_is_there_after_stop_and_start(settings: Settings) -> None:
    for expected in (None, "first"):
        stack = redis_stack(settings)
        stack.start()
        try:
            client = connect(settings.redis)
            assert client.get("written") == expected
            client.set("written", "first")
            client.close()
        finally:
            stack.stop()
    assert not (settings.data_dir / "redis.sock").exists()


def test_only_this_user_can_open_the_socket(redis_url: str, settings: Settings) -> None:
    assert (settings.data_dir / "redis.sock").stat().st_mode & 0o077 == 0


def test_threads_can_share_a_client(redis_client: Any) -> None:
    def add() -> None:
        for _ in range(50):
            redis_client.incr("n")

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert redis_client.get("n") == "400"
