"""The trained dialogue model: named after what it was trained from, so that a change trains a new one."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aidline.errors import SetupError
from aidline.supervisor.bot_lessons import LESSONS, write_lessons
from aidline.supervisor.bot_lessons import SOURCES as LESSON_SOURCES
from aidline.supervisor.programs import BOT
from aidline.supervisor.progress import Progress
from aidline.supervisor.work import Work

__all__ = ["ensure_model", "fresh_model", "model_path", "model_sources", "train_command"]

_SOURCES = ("../config.yml", "uv.lock", "domain", "data", "engine", "vectors")
_SKIP = {"__pycache__", ".pytest_cache"}
_KEEP = 2


def model_sources(bot: Path = BOT) -> list[Path]:
    """Every file that decides what a training gives, sorted."""
    found: list[Path] = []
    for path in (*(Path(os.path.normpath(bot / source)) for source in _SOURCES), *LESSON_SOURCES):
        inside = path.rglob("*") if path.is_dir() else [path]
        found += [p for p in inside if p.is_file() and not _SKIP & set(p.parts)]
    return sorted(found)


def model_path(bot: Path = BOT) -> Path:
    """Where the model trained from the present sources is, or would be."""
    digest = hashlib.sha256()
    for path in model_sources(bot):
        content = path.read_bytes()
        name = os.path.relpath(path, bot).replace(os.sep, "/")
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return bot / "models" / f"aidline-{digest.hexdigest()[:12]}.tar.gz"


def fresh_model(bot: Path = BOT) -> Path:
    """The model trained from the present sources. Raises SetupError if there is none."""
    path = model_path(bot)
    if not path.exists():
        raise SetupError("The bot has not been trained since it changed.", remedy="Run `uv run aidline up`.")
    return path


def train_command(bot: Path, out: str, name: str) -> list[str]:
    """What trains, to be run in the folder `bot`."""
    python = str(bot / ".venv/bin/python")
    sources = ["--config", "../config.yml", "--domain", "domain", "--data", "data"]
    return [python, "-m", "engine", "train", *sources, "--out", out, "--fixed-model-name", name]


def ensure_model(work: Work, progress: Progress, bot: Path = BOT) -> Path:
    """The model of the present sources, trained now if need be. The newest two stay.

    Raises SetupError naming the log if the training fails.
    """
    path = model_path(bot)
    if path.exists():
        os.utime(path)
        progress.line("✓ The bot is trained")
    else:
        name = path.name.removesuffix(".tar.gz")
        path.parent.mkdir(exist_ok=True)
        # Trained aside and moved, so that a training cut short leaves no half model under a good name, and two
        # at the same time don't get in each other's way.
        aside = Path(tempfile.mkdtemp(dir=path.parent, prefix=".training-"))
        with progress.step("Training the bot, about a minute"), _removed_at_end(aside):
            lessons = aside / "lessons.json"
            write_lessons(lessons)
            work.run(
                train_command(bot, str(aside.relative_to(bot)), name),
                log="train",
                cwd=bot,
                env=work.env | {"RASA_TELEMETRY_ENABLED": "false", "OPENBLAS_NUM_THREADS": "1", LESSONS: str(lessons)},
                what="Training the bot",
            )
            trained = aside / path.name
            if not trained.exists():
                raise SetupError("Training the bot gave no model.", remedy=f"Read {work.log('train')}.")
            trained.replace(path)
    _drop_old(path)
    return path


@contextmanager
def _removed_at_end(folder: Path) -> Iterator[None]:
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _drop_old(current: Path) -> None:
    others = [p for p in current.parent.glob("aidline-*.tar.gz") if p != current]
    others.sort(key=lambda p: p.stat().st_mtime, reverse=True)
    for path in others[_KEEP - 1 :]:
        path.unlink(missing_ok=True)
