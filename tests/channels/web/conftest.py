"""The whole web application on a real Redis and an empty database, with browsers and programs at it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from aidline.settings import Settings
from channels.web.app import create_app
from tests.fakes import FakeClock


@pytest.fixture
def app_with(
    empty_redis: str, settings_for: Callable[..., Settings], clock: FakeClock, records: sessionmaker[Session]
) -> Callable[..., Flask]:
    """The application for these settings; the tables are there."""

    def make(**values: Any) -> Flask:
        return create_app(settings_for(**({"redis_url": empty_redis} | values)), clock)

    return make


@pytest.fixture
def app(app_with: Callable[..., Flask]) -> Flask:
    return app_with()


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A browser: it keeps its cookie."""
    return app.test_client()


@pytest.fixture
def program(app: Flask) -> FlaskClient:
    """A program: it keeps no cookie and sends a token."""
    return app.test_client(use_cookies=False)


@pytest.fixture
def free_port_number() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
