"""What `aidline up` installs and trains, with a stand-in for uv and for the bot's Python."""

from __future__ import annotations

import io
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from aidline.errors import SetupError
from aidline.settings import Settings
from aidline.supervisor import Cancelled, Progress
from aidline.supervisor.bot_model import ensure_model, fresh_model, model_path
from aidline.supervisor.environments import bot_is_current, ensure_environments
from aidline.supervisor.folder import DataFolder
from aidline.supervisor.preflight import check_compiler, check_ports, check_python_310
from aidline.supervisor.work import Work

# Writes down how it was called, and does what uv or a training would do to the folder.
STAND_IN = """#!{python}
import os, pathlib, sys
bot = pathlib.Path({bot!r})
with (bot / "calls").open("a") as calls:
    calls.write(" ".join(sys.argv[1:]) + "\\n")
(bot / "virtual_env").write_text(os.environ.get("VIRTUAL_ENV", ""))
if "--offline" in sys.argv and os.environ.get("STAND_IN_HAS_NO_CACHE"):
    sys.exit("not in the cache")
if os.environ.get("STAND_IN_FAILS"):
    sys.exit("no room left")
if "sync" in sys.argv:
    (bot / ".venv/bin").mkdir(parents=True, exist_ok=True)
    (bot / ".venv/bin/python").touch()
if "train" in sys.argv:
    out = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
    out.mkdir(parents=True, exist_ok=True)
    (out / (sys.argv[sys.argv.index("--fixed-model-name") + 1] + ".tar.gz")).write_text("a model")
if "slow" in sys.argv:
    import time
    time.sleep(600)
"""


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    """A bot's folder with its sources, beside a config.yml."""
    folder = tmp_path / "bot"
    for path in ("domain/shared.yml", "data/nlu/one.yml", "engine/__init__.py", "uv.lock", "../config.yml"):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path, encoding="utf-8")
    return folder


@pytest.fixture
def stand_in(bot: Path) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(STAND_IN.format(python=sys.executable, bot=str(bot)), encoding="utf-8")
        path.chmod(0o755)
        return path

    return make


@pytest.fixture
def work(data_dir: Path) -> Work:
    return Work(DataFolder(data_dir))


def calls(bot: Path) -> list[str]:
    file = bot / "calls"
    return file.read_text().splitlines() if file.exists() else []


@pytest.fixture
def trainable(bot: Path, stand_in: Callable[[Path], Path]) -> Path:
    stand_in(bot / ".venv/bin/python")
    return bot


def test_the_bot_is_trained_once_and_then_reused(trainable: Path, work: Work) -> None:
    first = ensure_model(work, Progress(None), trainable)
    assert first.read_text() == "a model"
    assert ensure_model(work, Progress(None), trainable) == first == fresh_model(trainable)
    assert len(calls(trainable)) == 1


@pytest.mark.parametrize(
    "changed", ["../config.yml", "domain/shared.yml", "data/nlu/new.yml", "engine/shim.py", "uv.lock"]
)
def test_a_change_to_what_it_learns_from_trains_it_again(trainable: Path, work: Work, changed: str) -> None:
    before = ensure_model(work, Progress(None), trainable)
    (trainable / changed).write_text("something new", encoding="utf-8")
    with pytest.raises(SetupError, match="not been trained since it changed"):
        fresh_model(trainable)
    assert ensure_model(work, Progress(None), trainable) != before


def test_bytecode_and_credentials_do_not_count_as_changes(trainable: Path) -> None:
    before = model_path(trainable)
    (trainable / "engine/__pycache__").mkdir()
    (trainable / "engine/__pycache__/x.pyc").write_bytes(b"x")
    (trainable / "endpoints.yml").write_text("url: elsewhere", encoding="utf-8")
    assert model_path(trainable) == before


def test_moving_text_from_one_file_to_another_counts_as_a_change(trainable: Path) -> None:
    (trainable / "data/a.yml").write_text("onetwo", encoding="utf-8")
    (trainable / "data/b.yml").write_text("", encoding="utf-8")
    before = model_path(trainable)
    (trainable / "data/a.yml").write_text("one", encoding="utf-8")
    (trainable / "data/b.yml").write_text("two", encoding="utf-8")
    assert model_path(trainable) != before


def test_the_newest_two_models_stay(trainable: Path, work: Work) -> None:
    made = []
    for number in range(4):
        (trainable / "domain/shared.yml").write_text(str(number), encoding="utf-8")
        made.append(ensure_model(work, Progress(None), trainable))
        os.utime(made[-1], (number, number))
    assert sorted((trainable / "models").glob("*.tar.gz")) == sorted(made[-2:])


def test_a_training_that_fails_names_its_log_and_gives_no_model(
    trainable: Path, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = Work(DataFolder(work.log("x").parent.parent))
    failing.env["STAND_IN_FAILS"] = "1"
    with pytest.raises(SetupError, match=r"Training the bot failed: no room left\. Read .*train\.log"):
        ensure_model(failing, Progress(None), trainable)
    assert list((trainable / "models").iterdir()) == []


def test_the_bots_packages_are_installed_when_missing_or_changed_and_else_left_alone(
    bot: Path,
    settings: Settings,
    work: Work,
    stand_in: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("UV", str(stand_in(bot.parent / "uv")))
    remote = settings.model_copy(update={"llama_url": "http://localhost:1/v1"})
    assert not bot_is_current(bot)
    ensure_environments(remote, work, Progress(None), bot)
    assert bot_is_current(bot)
    ensure_environments(remote, work, Progress(None), bot)
    assert calls(bot) == [f"sync --frozen --project {bot} --offline"]
    (bot / "uv.lock").write_text("newer", encoding="utf-8")
    assert not bot_is_current(bot)
    ensure_environments(remote, work, Progress(None), bot)
    assert len(calls(bot)) == 2


def test_what_is_not_in_uvs_cache_is_fetched(
    bot: Path,
    settings: Settings,
    stand_in: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("UV", str(stand_in(bot.parent / "uv")))
    monkeypatch.setenv("STAND_IN_HAS_NO_CACHE", "1")
    work = Work(DataFolder(settings.data_dir))
    ensure_environments(settings.model_copy(update={"llama_url": "http://localhost:1/v1"}), work, Progress(None), bot)
    assert calls(bot) == [f"sync --frozen --project {bot} --offline", f"sync --frozen --project {bot}"]
    assert bot_is_current(bot)


def test_uv_is_not_misled_by_the_environment_it_runs_in(
    bot: Path,
    settings: Settings,
    stand_in: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch,
    data_dir: Path,
) -> None:
    monkeypatch.setenv("UV", str(stand_in(bot.parent / "uv")))
    monkeypatch.setenv("VIRTUAL_ENV", "/another/one")
    remote = settings.model_copy(update={"llama_url": "http://localhost:1/v1"})
    ensure_environments(remote, Work(DataFolder(data_dir)), Progress(None), bot)
    assert (bot / "virtual_env").read_text() == ""


def test_an_installation_that_fails_says_why_and_is_tried_again_next_time(
    bot: Path,
    settings: Settings,
    work: Work,
    stand_in: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("UV", str(stand_in(bot.parent / "uv")))
    work.env["STAND_IN_FAILS"] = "1"
    remote = settings.model_copy(update={"llama_url": "http://localhost:1/v1"})
    with pytest.raises(SetupError, match=r"no room left.*setup-bot.log"):
        ensure_environments(remote, work, Progress(None), bot)
    assert not bot_is_current(bot)


def test_ctrl_c_ends_an_installation(bot: Path, stand_in: Callable[[Path], Path], data_dir: Path) -> None:
    def interrupt() -> None:
        if calls(bot):
            raise Cancelled

    work = Work(DataFolder(data_dir), interrupt)
    with pytest.raises(Cancelled):
        work.run([str(stand_in(bot.parent / "uv")), "slow"], log="x", cwd=bot, what="Waiting")


def test_a_missing_compiler_is_named_with_the_way_to_get_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CXX", raising=False)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])  # where llama.cpp is not installed
    without = {name: module for name, module in sys.modules.items() if name.split(".")[0] != "llama_cpp"}
    monkeypatch.setattr(sys, "modules", without)
    with pytest.raises(SetupError, match=r"a C\+\+ compiler and cmake.*(apt-get|brew)"):
        check_compiler(settings)


def test_no_compiler_is_asked_for_when_a_server_runs_the_llama(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    check_compiler(settings.model_copy(update={"llama_url": "http://localhost:1/v1"}))


def test_each_port_is_looked_at_under_its_own_setting(settings: Settings, free_ports: tuple[int, int, int]) -> None:
    fields = ("web_port", "rasa_port", "actions_port")
    free = settings.model_copy(update=dict(zip(fields, free_ports, strict=True)))
    check_ports(free)
    for field, port in zip(fields, free_ports, strict=True):
        with socket.socket() as other:
            other.bind(("127.0.0.1", port))
            other.listen()
            with pytest.raises(SetupError, match=f"Port {port} .*AIDLINE_{field.upper()}="):
                check_ports(free)


def test_python_for_the_bot_can_be_found_on_this_machine() -> None:
    check_python_310()


def test_on_a_plain_stream_each_step_is_two_lines_without_control_characters() -> None:
    out = io.StringIO()
    with Progress(out).step("Training the bot"):
        pass
    assert out.getvalue() == "Training the bot ...\n✓ Training the bot (0 s)\n"


def test_a_step_that_fails_is_not_ticked_off() -> None:
    out = io.StringIO()
    with pytest.raises(SetupError), Progress(out).step("Training the bot"):
        raise SetupError("no")
    assert "✗ Training the bot" in out.getvalue()


def test_on_a_terminal_the_seconds_tick_on_one_line() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    with Progress(out).step("Compiling"):
        while "Compiling ..." not in out.getvalue():
            pass
    assert out.getvalue().count("\n") == 1
    assert out.getvalue().startswith("\r\x1b[2K  Compiling ... 1 s")
    assert out.getvalue().endswith("✓ Compiling (1 s)\n")
