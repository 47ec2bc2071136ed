"""What a person sees while Aidline sets itself up: one line a step, with seconds that tick on a terminal."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

__all__ = ["Progress"]

_PLAIN_REMINDER = 60.0


class Progress:
    """Writes lines and steps to `stream`; to nothing if it is None. Threads may share it."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self._live = stream is not None and stream.isatty()
        self._lock = threading.Lock()

    def line(self, text: str) -> None:
        """One line, above whatever is ticking."""
        with self._lock:
            self._write(f"{self._wipe()}{text}\n")

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Show `title` and the seconds it takes while the block runs, then tick it off unless it raised."""
        started = time.monotonic()
        ended = threading.Event()
        entry = (title, started)
        if not self._live:
            self.line(f"{title} ...")
        ticker = threading.Thread(target=self._tick, args=(entry, ended), daemon=True, name="progress")
        ticker.start()
        mark = "✗"
        try:
            yield
            mark = "✓"
        finally:
            ended.set()
            ticker.join()
            self.line(f"{mark} {title} ({_spell(time.monotonic() - started)})")

    def _tick(self, entry: tuple[str, float], ended: threading.Event) -> None:
        title, started = entry
        while not ended.wait(1.0 if self._live else _PLAIN_REMINDER):
            spent = _spell(time.monotonic() - started)
            if not self._live:
                self.line(f"  still at it: {title} ({spent})")
                continue
            with self._lock:
                self._write(f"{self._wipe()}  {title} ... {spent}")

    def _wipe(self) -> str:
        return "\r\x1b[2K" if self._live else ""

    def _write(self, text: str) -> None:
        if self._stream is None:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            # A closed terminal must not take the processes down with it.
            self._stream = None


def _spell(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60:02d} s"
