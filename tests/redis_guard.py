"""What keeps strangers out of a Redis of the tests: a password, and TLS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

__all__ = ["Guard"]


@dataclass(frozen=True)
class Guard:
    """A password, and TLS with a certificate of this test's own; `folder` holds it."""

    folder: Path
    password: str = "open, sesame/@:"

    @property
    def certificate(self) -> Path:
        return self.folder / "cert.pem"

    def __post_init__(self) -> None:
        self.folder.mkdir()
        key = ec.generate_private_key(ec.SECP256R1())
        name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")]), datetime.now(UTC)
        made = (
            x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(hours=1))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        pem, nothing = serialization.Encoding.PEM, serialization.NoEncryption()
        self.certificate.write_bytes(made.public_bytes(pem))
        (self.folder / "key.pem").write_bytes(
            key.private_bytes(pem, serialization.PrivateFormat.PKCS8, nothing)
        )  # fmt: skip

    def options(self, port: int) -> tuple[str, ...]:
        """Of the server."""
        given = {
            "port": "0", "tls-port": str(port), "tls-cert-file": str(self.certificate),
            "tls-key-file": str(self.folder / "key.pem"), "tls-ca-cert-file": str(self.certificate),
            "tls-auth-clients": "no", "tls-replication": "yes", "tls-cluster": "yes",
            "requirepass": self.password, "masterauth": self.password,
        }  # fmt: skip
        return tuple(part for name, value in given.items() for part in (f"--{name}", value))

    def access(self) -> dict[str, Any]:
        """Of a client."""
        return {"ssl": True, "ssl_ca_certs": str(self.certificate), "password": self.password}
