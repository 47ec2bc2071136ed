"""Looks at each part of Aidline, and says how to mend what is wrong."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aidline.errors import AidlineError, ConfigError, RecordError, SetupError, UnavailableError
from aidline.settings import Settings
from aidline.storage.accounts import any_user
from aidline.storage.models import DeadLetter
from aidline.storage.redis import connect, redis_errors
from aidline.storage.secrets import Vault, load_or_make
from aidline.storage.sql import at_head, make_engine, session_factory
from aidline.supervisor.bot_model import fresh_model
from aidline.supervisor.carrier import check_twilio
from aidline.supervisor.environments import bot_is_current, find_uv, model_is_installed, needs_local_model
from aidline.supervisor.folder import DataFolder
from aidline.supervisor.preflight import check_compiler, check_disk, check_python_310, check_source
from aidline.supervisor.programs import ALIVE_KEY, RECORDS_ALIVE_KEY, absolute, answers_ok

__all__ = ["Check", "as_json", "examine"]

_START = "Start Aidline: `uv run aidline up`."


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, what was found, and how to mend it if it is not as it should be."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""

    def __str__(self) -> str:
        mark = "ok" if self.ok else "✗ "
        return f"{mark} {self.name}: {self.detail}" + (f" {self.remedy}" if self.remedy else "")


def examine(settings: Settings, only: Container[str] | None = None) -> tuple[Check, ...]:
    """Every check (or those named in `only`), in the order in which things need each other.

    Changes nothing; never raises.
    """
    settings = absolute(settings)
    chosen = ((name, look) for name, look in _CHECKS if only is None or name in only)
    return tuple(_look(name, partial(look, settings)) for name, look in chosen)


def as_json(report: Sequence[Check]) -> dict[str, Any]:
    """The report as plain data."""
    return {"ok": all(check.ok for check in report), "checks": [asdict(check) for check in report]}


def _look(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except AidlineError as error:
        return Check(name, False, str(error.args[0]), error.remedy)
    except Exception as error:  # whatever goes wrong is a finding, and the other checks go on
        return Check(name, False, f"{type(error).__name__}: {error}")


def _python(_settings: Settings) -> str:
    return f"{platform.python_version()} in {sys.prefix}"


def _uv(_settings: Settings) -> str:
    uv = find_uv()
    if uv is None:
        raise SetupError("uv was not found.", remedy="Install it: https://docs.astral.sh/uv/")
    return uv


def _source(_settings: Settings) -> str:
    check_source()
    return "the bot is here"


def _compiler(settings: Settings) -> str:
    check_compiler(settings)
    if model_is_installed():
        return "not needed, llama.cpp is installed"
    return "found" if needs_local_model(settings) else "not needed, the Llama is on a server"


def _disk(settings: Settings) -> str:
    check_disk(settings)
    return f"{shutil.disk_usage(settings.data_dir.anchor).free / 1024**3:.0f} GB free"


def _data_folder(settings: Settings) -> str:
    folder = settings.data_dir
    if not folder.exists():
        parent = next(path for path in folder.parents if path.exists())
        if os.access(parent, os.W_OK):
            return f"{folder} will be made at the first start"
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ConfigError(
            f"{folder} can't be written: {error.strerror}.",
            remedy="Give this user access to it, or set AIDLINE_DATA_DIR to another folder.",
        ) from error
    return str(folder)


def _secrets(settings: Settings) -> str:
    given = settings.secret_key is not None and settings.phone_key is not None
    if not given and not (settings.data_dir / "secrets.json").exists():
        return "will be made at the first start"
    Vault(load_or_make(settings).phone_key)
    return "from the settings" if given else f"in {settings.data_dir / 'secrets.json'}; back it up"


def _bot_packages(_settings: Settings) -> str:
    check_python_310()
    if not bot_is_current():
        raise SetupError("The bot's packages are missing or out of date.", remedy="`uv run aidline up` installs them.")
    return "as in bot/uv.lock"


def _bot_model(_settings: Settings) -> str:
    return fresh_model().name


def _llama(settings: Settings) -> str:
    from knowledge.llama import ModelFile, bundled_model

    if settings.llama_url:
        return f"{settings.llama_model_name} at {settings.llama_url}"
    if not model_is_installed():
        raise SetupError("llama.cpp or its model is not installed.", remedy="`uv run aidline up` installs both.")
    if settings.llama_model and not settings.llama_sha256:
        raise ConfigError(
            "AIDLINE_LLAMA_MODEL is set without its checksum.",
            remedy="Set AIDLINE_LLAMA_SHA256 to the SHA-256 of the file.",
        )
    chosen = settings.llama_model
    model = ModelFile(chosen, settings.llama_sha256 or "") if chosen else bundled_model()
    model.verify()
    return f"{model.path.name}, SHA-256 as pinned"


def _redis(settings: Settings) -> str:
    try:
        version = _ask_redis(settings, lambda client: client.info("server")["redis_version"])
    except UnavailableError as error:
        remedy = "Check AIDLINE_REDIS_URL." if settings.redis_url else _START
        raise UnavailableError("Redis does not answer.", remedy=remedy) from error
    return f"version {version}"


def _database(settings: Settings) -> str:
    if not at_head(settings.database):
        raise UnavailableError("The database is missing or has an old shape.", remedy=_START)
    return "newest shape"


def _dead_letters(settings: Settings) -> str:
    if not at_head(settings.database):
        raise UnavailableError("There is no database yet.", remedy=_START)
    newest = select(DeadLetter).order_by(DeadLetter.at.desc(), DeadLetter.id.desc()).limit(1)
    with _reading(settings) as session:
        letter = session.scalar(newest)
        count = session.scalar(select(func.count()).select_from(DeadLetter))
    if letter is None:
        return "every record was kept"
    raise RecordError(
        f"{count} {'record' if count == 1 else 'records'} could not be kept and lie aside; "
        f"the newest is a {letter.kind or 'record without a kind'} of {letter.at:%Y-%m-%d %H:%M} UTC ({letter.cause}).",
        remedy=f"Read {DataFolder(settings.data_dir).log('records')}, mend the cause, then put them back: "
        "`uv run aidline records retry`.",
    )


def _rasa(settings: Settings) -> str:
    answers = (
        _http(settings, "rasa" if number == 1 else f"rasa-{number}", "127.0.0.1", port, "/")
        for number, port in enumerate(settings.rasa_ports, 1)
    )
    return "; ".join(answers)


def _actions(settings: Settings) -> str:
    return _http(settings, "actions", "127.0.0.1", settings.actions_port, "/health")


def _worker(settings: Settings) -> str:
    return _alive(settings, "worker", ALIVE_KEY, "No worker takes turns.", "takes turns")


def _records(settings: Settings) -> str:
    missing = "Nothing keeps transcripts and sends texts; both wait."
    return _alive(settings, "records", RECORDS_ALIVE_KEY, missing, "transcripts are kept")


def _alive(settings: Settings, name: str, key: str, missing: str, found: str) -> str:
    try:
        alive = _ask_redis(settings, lambda client: client.exists(key))
    except UnavailableError:
        alive = False
    if not alive:
        raise UnavailableError(missing, remedy=_remedy(settings, name))
    return found


def _web(settings: Settings) -> str:
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104
    _http(settings, "web", host, settings.web_port, "/healthz")
    # This one takes a whole turn, from the page to the bot and back.
    if not answers_ok(host, settings.web_port, "/readyz", seconds=settings.turn_timeout + 5):
        raise UnavailableError(
            "The web server answers, but a turn does not come through.", remedy=_remedy(settings, "web")
        )
    return "a turn comes through"


def _staff(settings: Settings) -> str:
    if not at_head(settings.database):
        raise UnavailableError("No staff account: there is no database yet.", remedy=_START)
    with _reading(settings) as session:
        if any_user(session):
            return "there is one"
    raise ConfigError("Nobody can read hand-offs yet.", remedy="Add an account: `uv run aidline staff add-user NAME`.")


@contextmanager
def _reading(settings: Settings) -> Iterator[Session]:
    engine = make_engine(settings.database)
    try:
        with session_factory(engine)() as session:
            yield session
    finally:
        engine.dispose()


def _ask_redis(settings: Settings, question: Callable[[Any], Any]) -> Any:
    if not settings.redis_url and not (settings.data_dir / "redis.sock").exists():
        raise UnavailableError("Redis does not run.")
    client = connect(settings.redis, timeout=2)
    try:
        with redis_errors():
            return question(client)
    finally:
        client.close()


def _http(settings: Settings, name: str, host: str, port: int, path: str) -> str:
    if not answers_ok(host, port, path):
        raise UnavailableError(f"It does not answer at {host}:{port}.", remedy=_remedy(settings, name))
    return f"answers at {host}:{port}"


def _remedy(settings: Settings, name: str) -> str:
    folder = DataFolder(settings.data_dir)
    return f"Read {folder.log(name)}." if folder.running_file.exists() else _START


_CHECKS: tuple[tuple[str, Callable[[Settings], str]], ...] = (
    ("Python", _python),
    ("uv", _uv),
    ("source folder", _source),
    ("compiler", _compiler),
    ("disk", _disk),
    ("data folder", _data_folder),
    ("secrets", _secrets),
    ("bot packages", _bot_packages),
    ("bot model", _bot_model),
    ("Llama", _llama),
    ("Twilio", check_twilio),
    ("Redis", _redis),
    ("database", _database),
    ("rasa", _rasa),
    ("actions", _actions),
    ("worker", _worker),
    ("records", _records),
    ("dead letters", _dead_letters),
    ("web", _web),
    ("staff account", _staff),
)
