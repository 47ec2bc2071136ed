"""The gateway as the channels' own tests use it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import redis

from aidline.settings import Settings
from aidline.storage.secrets import Vault
from channels.gateway.gateway import Gateway
from tests.fakes import FakeClock

MakeSettings = Callable[..., Settings]


@pytest.fixture
def gateway(
    store: redis.Redis, vault: Vault, clock: FakeClock, empty_redis: str, settings_for: MakeSettings
) -> Gateway:
    return Gateway(store, vault, clock, settings_for(redis_url=empty_redis, queue_limit=3))
