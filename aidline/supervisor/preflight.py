"""Looks at the machine before anything is installed or started."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from aidline.errors import SetupError
from aidline.settings import PROJECT, Settings
from aidline.supervisor.environments import bot_is_current, find_uv, model_is_installed, needs_local_model
from aidline.supervisor.ports import check_port

__all__ = [
    "check_compiler",
    "check_disk",
    "check_ports",
    "check_python_310",
    "check_source",
    "check_uv",
    "preflight",
]

_GIB = 1024**3
_SETUP_GIB = 3.0
_RUN_GIB = 0.5


def preflight(settings: Settings) -> None:
    """Raises SetupError with the first thing that would keep Aidline from starting, and how to mend it."""
    check_source()
    check_ports(settings)
    check_disk(settings)
    check_uv()
    check_compiler(settings)
    check_python_310()


def check_source() -> None:
    """Raises SetupError unless Aidline runs from its source folder, which holds the bot."""
    if not (PROJECT / "bot/pyproject.toml").exists():
        raise SetupError(f"{PROJECT} does not hold the bot.", remedy="Run `uv run aidline up` in a clone of Aidline.")


def check_ports(settings: Settings) -> None:
    """Raises SetupError naming the port that is taken and its setting."""
    check_port(settings.host, settings.web_port, "AIDLINE_WEB_PORT")
    for port in settings.rasa_ports:
        check_port("127.0.0.1", port, "AIDLINE_RASA_PORT")
    check_port("127.0.0.1", settings.actions_port, "AIDLINE_ACTIONS_PORT")


def check_disk(settings: Settings) -> None:
    """Raises SetupError if too little is free: 3 GiB before the first set-up, half a GiB later."""
    everything = bot_is_current() and (model_is_installed() or not needs_local_model(settings))
    needed = _RUN_GIB if everything else _SETUP_GIB
    for folder in (PROJECT, settings.data_dir):
        free = shutil.disk_usage(_existing(folder)).free / _GIB
        if free < needed:
            raise SetupError(
                f"{folder} has {free:.1f} GB free; Aidline needs {needed:g} GB.", remedy="Free some space."
            )


def check_uv() -> None:
    """Raises SetupError if uv is needed and missing."""
    if find_uv() is None and not bot_is_current():
        raise SetupError("uv was not found.", remedy="Install it: https://docs.astral.sh/uv/")


def check_compiler(settings: Settings) -> None:
    """Raises SetupError if llama.cpp has to be compiled and the means are missing."""
    if not needs_local_model(settings) or model_is_installed():
        return
    compilers = [os.environ.get("CXX", ""), "c++", "g++", "clang++"]
    missing = []
    if not any(name and shutil.which(name) for name in compilers):
        missing.append("a C++ compiler")
    if shutil.which("cmake") is None:
        missing.append("cmake")
    if missing:
        mac = "Run `xcode-select --install` and `brew install cmake`"
        linux = "Install them, e.g. `sudo apt-get install build-essential cmake`"
        remedy = mac if sys.platform == "darwin" else linux
        raise SetupError(f"Compiling llama.cpp needs {' and '.join(missing)}.", remedy=f"{remedy}.")


def check_python_310() -> None:
    """Raises SetupError if the bot still needs Python 3.10 and uv can neither find nor fetch it."""
    uv = find_uv()
    if bot_is_current() or uv is None:
        return
    env = {name: value for name, value in os.environ.items() if name != "UV_PYTHON"}
    found = subprocess.run(
        [uv, "python", "find", "--no-project", "3.10"], capture_output=True, env=env, check=False, cwd=PROJECT
    )
    fetches = os.environ.get("UV_PYTHON_DOWNLOADS", "automatic") in {"automatic", "true", "1"}
    if found.returncode != 0 and not fetches:
        raise SetupError("Python 3.10, which the bot needs, was not found.", remedy="Run `uv python install 3.10`.")


def _existing(folder: Path) -> Path:
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
