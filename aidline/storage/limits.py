"""Counters of rate limits in Aidline's Redis, whatever its kind."""

from __future__ import annotations

from typing import Any

import redis
from limits.storage import RedisStorage

__all__ = ["RedisCounters"]


class RedisCounters(RedisStorage):
    """A storage of `limits` that counts through a client of `aidline.storage.redis`, and raises what the client raises.

    For fixed windows: each counter is one key, so a cluster can spread them.
    """

    # Left alone, the library makes a client of its own, which knows neither our patience nor Sentinels nor clusters.
    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        super().__init__("redis://")

    def initialize_storage(self, _uri: str) -> None:
        """Uses the client that was given."""
        self.storage: Any = self._client
        super().initialize_storage(_uri)
