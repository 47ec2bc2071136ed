"""Rasa's side, in the bot's own Python 3.10: TensorFlow's stand-in first, as the bot starts."""

import os
import sys
import warnings
from pathlib import Path

import pytest
from servers import SYSTEM, Server, embedded, folder

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bot"))

from engine.tensorflow_shim import install

os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
warnings.simplefilter("ignore")
install()


@pytest.fixture(scope="session", params=["embedded", "system"])
def any_redis(request):
    """A real Redis: the one people get with Aidline, and the system's where there is one."""
    binary = embedded() if request.param == "embedded" else SYSTEM
    if binary is None or not binary.exists():
        pytest.skip(f"There is no {request.param} Redis here: run `uv sync`, or install redis-server.")
    with folder() as path:
        server = Server(binary, path)
        yield server
        server.end()


@pytest.fixture
def redis_server(any_redis):
    """The same, with nothing in it."""
    any_redis.client().flushall()
    return any_redis


@pytest.fixture
def own_redis(tmp_path_factory):
    """A real Redis that a test may freeze, end and start again."""
    with folder() as path:
        server = Server(
            SYSTEM if SYSTEM.exists() else embedded(), path, options=("--appendonly", "yes", "--appendfsync", "always")
        )
        yield server
        server.end()
