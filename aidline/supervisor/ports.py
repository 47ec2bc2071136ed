"""Is a port free?"""

from __future__ import annotations

import errno
import socket

from aidline.errors import ConfigError, SetupError

__all__ = ["check_port"]


def check_port(host: str, port: int | None, setting: str) -> None:
    """Return if `port` can be listened on at `host`; None needs no port.

    Raises SetupError naming the port and the setting that changes it, ConfigError if `host` is not an
    address of this computer.
    """
    if port is None:
        return
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # Ports of connections that just closed are free for servers, which set this too.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SetupError(
                f"Port {port} is used by another program.",
                remedy=f"End that program, or choose another port: {setting}={_another(port)}.",
            ) from error
        if error.errno == errno.EACCES:
            raise SetupError(
                f"This user may not listen on port {port}.", remedy=f"Choose one above 1023 with {setting}."
            ) from error
        raise ConfigError(
            f"{host} is not an address of this computer ({error}).",
            remedy="Set AIDLINE_HOST to 127.0.0.1, or to 0.0.0.0 for all networks.",
        ) from error


def _another(port: int) -> int:
    return port + 1000 if port + 1000 <= 65_535 else port - 1000
