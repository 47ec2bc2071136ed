"""Runs a command that takes a while (an installation, a training), with its output in a log."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from aidline.errors import SetupError
from aidline.supervisor.child import Child
from aidline.supervisor.folder import DataFolder

__all__ = ["Work"]


class Work:
    """Commands whose logs go to `folder`.

    `check` is called again and again while one runs; if it raises, the command is ended.
    """

    def __init__(self, folder: DataFolder, check: Callable[[], None] = lambda: None) -> None:
        self._folder = folder
        self._check = check
        # What `uv run` tells its child about its own environment would mislead a uv that serves another one.
        own = {"VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "UV_PYTHON", "PYTHONPATH", "PYTHONHOME"}
        self.env = {name: value for name, value in os.environ.items() if name not in own}

    def log(self, name: str) -> Path:
        """Where the output of commands logged as `name` goes."""
        return self._folder.log(name)

    def run(self, argv: Sequence[str], *, log: str, cwd: Path, what: str, env: Mapping[str, str] | None = None) -> None:
        """Run to the end.

        Raises SetupError if it fails, naming the log and its last words; what `check` raises.
        """
        path = self._folder.rotate_log(log)
        try:
            child = Child(argv, log=path, env=self.env if env is None else env, cwd=cwd)
        except OSError as error:
            raise SetupError(f"{what} could not begin: {error}.") from error
        try:
            while child.wait(0.2) is None:
                self._check()
        finally:
            child.end(5)
        if child.exit_code != 0:
            raise SetupError(f"{what} failed: {_last_words(path)}", remedy=f"Read {path}.")


def _last_words(path: Path) -> str:
    lines = [line.strip() for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
    last = next((line for line in reversed(lines) if line), "it said nothing")
    return last[:200].rstrip(".") + "."
