"""One real stack for all journeys: every process that `aidline up` starts, on its own ports and data folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from aidline.settings import Settings
from aidline.storage.secrets import load_or_make
from aidline.storage.sql import migrate
from aidline.supervisor import Stack
from aidline.supervisor.bot_model import fresh_model
from aidline.supervisor.launch import prepare
from aidline.supervisor.programs import DATABASE, Program, aidline_programs, redis_answers
from channels.web.app import simulator_token
from tests.journeys.people import Phone, Student, eventually
from tests.redis_servers import system_redis

HERE = Path(__file__).parent
PRODUCTION = os.environ.get("AIDLINE_TESTS_ON") == "production"
MakeStudent = Callable[..., Student]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
# After a crash a program stays away this long, so that a test can look at the stack without it.
AWAY_SECONDS = 6.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Only the test itself is timed: the start of the stack, which may have to train the bot, has its own deadlines.
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.timeout(180, func_only=True))


@pytest.fixture(scope="session")
def kept_in(request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    """Where the stack keeps things: in its own folder, or (production) in a Redis 7 and a PostgreSQL of their own."""
    if not PRODUCTION:
        yield {}
        return
    folder = Path(tempfile.mkdtemp(prefix="aid-redis-"))
    yield {"redis_url": f"unix://{folder / 'redis.sock'}", "database_url": request.getfixturevalue("postgres")}
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def settings(request: pytest.FixtureRequest, kept_in: dict[str, Any]) -> Iterator[Settings]:
    """Settings of the journeys' stack: nothing from the environment or from .env."""
    folder = Path(tempfile.mkdtemp(prefix="aid-journeys-"))
    with pytest.MonkeyPatch.context() as environment:
        for name in [name for name in os.environ if name.startswith("AIDLINE_")]:
            environment.delenv(name)
        yield Settings(  # type: ignore[call-arg]
            _env_file=None,
            **kept_in,
            data_dir=folder,
            web_port=18000,
            rasa_port=18005,
            rasa_processes=2,
            actions_port=18055,
            clock_file=folder / "clock",
            # Behind a proxy, so that each person can come from an address of their own, as people do.
            public_url="http://127.0.0.1:18000",
            # Generous, because the machine that runs the tests may be busy with something else.
            turn_timeout=30,
            turn_patience=60,
            # One test sends as fast as it can.
            messages_per_minute=100_000,
            explain_timeout=60,
        )
    if request.session.testsfailed:
        print(f"\nLogs of the journeys' stack: {folder / 'logs'}")  # noqa: T201
    else:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def stack(settings: Settings) -> Iterator[Stack]:
    """The running stack."""
    stack = Stack(
        settings,
        programs=lambda: (*_redis_7(settings), *aidline_programs(settings, fresh_model())),
        tasks={DATABASE: lambda: migrate(settings.database)},
        pauses=(AWAY_SECONDS,),
    )
    prepare(stack)
    stack.start()
    yield stack
    stack.stop()


def _redis_7(settings: Settings) -> Iterator[Program]:
    """The Redis of production, looked after like the stack's other programs so that tests can kill it."""
    if settings.redis_url is None:
        return
    socket = Path(settings.redis_url.removeprefix("unix://"))
    binary = system_redis()
    assert binary, "No Redis server here. On Debian: apt-get install redis-server."
    options = (
        "--port", "0", "--unixsocket", str(socket), "--dir", str(socket.parent), "--appendonly", "yes",
        "--appendfsync", "always", "--maxmemory-policy", "noeviction", "--save", "",
    )  # fmt: skip
    yield Program("redis", (binary, *options), ready=partial(redis_answers, settings.redis_url), stop_seconds=20)


@pytest.fixture(scope="session")
def site(stack: Stack) -> str:
    """The address of the web site."""
    return stack.settings.site


@pytest.fixture(scope="session")
def numbers() -> Iterator[int]:
    """A number of its own for each person."""
    return count(1)


@pytest.fixture(scope="module")
def make_student(site: str, numbers: Iterator[int]) -> Iterator[MakeStudent]:
    """People who have just opened a conversation."""
    made: list[Student] = []

    def make(language: str | None = None) -> Student:
        made.append(Student(site, address(next(numbers)), language))
        return made[-1]

    yield make
    for student in made:
        student.close()


@pytest.fixture
def student(make_student: MakeStudent) -> Student:
    """Someone who has just opened a conversation."""
    return make_student()


def address(number: int) -> str:
    """An address on the internet that documentation may use (RFC 3849)."""
    return f"2001:db8::{number:x}"


@pytest.fixture
def make_phone(site: str, settings: Settings, numbers: Iterator[int]) -> Iterator[Callable[[], Phone]]:
    """Phones, each with a number that nobody has used."""
    token = simulator_token(load_or_make(settings).secret_key)
    made: list[Phone] = []

    def make() -> Phone:
        made.append(Phone(site, f"+1505555{next(numbers):04}", token))
        return made[-1]

    yield make
    for phone in made:
        phone.close()


@pytest.fixture
def phone(make_phone: Callable[[], Phone]) -> Phone:
    """A phone that has never texted."""
    return make_phone()


@pytest.fixture
def whole(stack: Stack) -> Iterator[Stack]:
    """The stack for a test that breaks it: mended again afterwards."""
    yield stack
    for name in stack.pids().keys() | {"redis", "actions", "rasa", "rasa-2", "worker", "records", "web"}:
        stack.await_ready(name)
    eventually(lambda: readiness(stack.settings.site)[0] == 200, "the stack ready again")


def readiness(site: str) -> tuple[int, dict[str, str]]:
    """What /readyz says: its status and each part."""
    answer = httpx.get(f"{site}/readyz", timeout=30)
    return answer.status_code, answer.json()["parts"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.fail("No Chromium here. On Debian: apt-get install chromium; elsewhere set CHROMIUM to its path.")
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def make_page(site: str, browser: Browser, numbers: Iterator[int]) -> Iterator[Callable[..., Page]]:
    """Browser windows, each a person of its own. A script error or a broken content policy fails the test."""
    contexts = []
    wrong: list[str] = []

    def make(locale: str = "en-US") -> Page:
        own = {"X-Forwarded-For": address(next(numbers))}
        context = browser.new_context(base_url=site, locale=locale, extra_http_headers=own)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
        return page

    yield make
    for context in contexts:
        context.close()
    assert wrong == []
