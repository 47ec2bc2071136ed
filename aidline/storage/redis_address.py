"""Addresses of Redis: one server, a master behind Sentinels, or a cluster."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

from redis.connection import parse_url

from aidline.errors import ConfigError

__all__ = ["Address", "read_address"]

_SETTING = "AIDLINE_REDIS_URL"
_SENTINEL_FORM = "redis+sentinel://[user:password@]host1:26379,host2:26379/name-of-the-master[/0]"
_CLUSTER_FORM = "redis+cluster://[user:password@]host1:7000,host2:7001"
_FORMS = (
    f"Use redis://host:6379/0, unix:///path/to/redis.sock, {_SENTINEL_FORM} or {_CLUSTER_FORM} (rediss... for TLS)."
)


@dataclass(frozen=True)
class Address:
    """Where Redis is.

    `url` is as given. `nodes` are Sentinels or startup nodes of a cluster, empty for one server. `master` is the name
    that the Sentinels watch. `options` are arguments of a connection to Redis (user, password, database, TLS), and
    `sentinel_options` those of a connection to a Sentinel.
    """

    kind: Literal["server", "sentinel", "cluster"]
    url: str = field(repr=False)
    tls: bool
    nodes: tuple[tuple[str, int], ...] = ()
    master: str = ""
    options: dict[str, Any] = field(default_factory=dict, repr=False)
    sentinel_options: dict[str, Any] = field(default_factory=dict, repr=False)


def read_address(url: str) -> Address:
    """What `url` says. Raises ConfigError that shows the right form, and never a password."""
    parts = urlsplit(url)
    if parts.scheme in {"redis", "rediss", "unix"}:
        return Address("server", url, tls=parts.scheme == "rediss")
    base, _, kind = parts.scheme.partition("+")
    if base not in {"redis", "rediss"} or kind not in {"sentinel", "cluster"}:
        raise ConfigError(
            f"{_SETTING} begins with {parts.scheme or 'nothing'}:, which is not an address of Redis.", remedy=_FORMS
        )
    return _sentinel(url, base, parts) if kind == "sentinel" else _cluster(url, base, parts)


def _sentinel(url: str, base: str, parts: SplitResult) -> Address:
    master, _, database = parts.path.strip("/").partition("/")
    if not master or (database and not database.isdigit()):
        raise ConfigError(
            f"{_SETTING} must name the master that the Sentinels watch"
            + (", and then the number of the database." if master else "."),
            remedy=f"Use {_SENTINEL_FORM}.",
        )
    query = parse_qs(parts.query)
    own = {name: query.pop(f"sentinel_{name}")[0] for name in ("username", "password") if f"sentinel_{name}" in query}
    options = _options(base, parts, query, int(database or 0), _SENTINEL_FORM)
    encryption = {name: value for name, value in options.items() if name.startswith("ssl")}
    return Address(
        "sentinel",
        url,
        tls=base == "rediss",
        nodes=_nodes(parts, 26379, _SENTINEL_FORM),
        master=master,
        options=options,
        sentinel_options={**encryption, **own},
    )


def _cluster(url: str, base: str, parts: SplitResult) -> Address:
    if parts.path.strip("/") not in {"", "0"}:
        raise ConfigError(f"A Redis Cluster has no other database than 0 ({_SETTING}).", remedy=f"Use {_CLUSTER_FORM}.")
    options = _options(base, parts, parse_qs(parts.query), 0, _CLUSTER_FORM)
    del options["db"]
    return Address(
        "cluster", url, tls=base == "rediss", nodes=_nodes(parts, 6379, _CLUSTER_FORM), options=options
    )  # fmt: skip


def _options(base: str, parts: SplitResult, query: dict[str, list[str]], database: int, form: str) -> dict[str, Any]:
    user = parts.netloc.rpartition("@")[0]
    plain = f"{base}://{user}{'@' if user else ''}h/{database}?{urlencode(query, doseq=True)}"
    try:
        options: dict[str, Any] = parse_url(plain)  # type: ignore[no-untyped-call]
    except ValueError as error:
        raise ConfigError(f"{_SETTING} can't be read: {error}", remedy=f"Use {form}.") from None
    for name in ("host", "connection_class"):
        options.pop(name, None)
    return options


def _nodes(parts: SplitResult, port: int, form: str) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []
    for place in parts.netloc.rpartition("@")[2].split(","):
        try:
            one = urlsplit(f"//{place}")
            host, given = one.hostname, one.port
        except ValueError:
            host, given = None, None
        if not host:
            raise ConfigError(f"{place or 'An empty place'} in {_SETTING} is not host:port.", remedy=f"Use {form}.")
        found.append((host, port if given is None else given))
    return tuple(found)
