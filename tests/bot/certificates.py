"""A small https server on this machine, whose certificate ends in so many days."""

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = "127.0.0.1"


@asynccontextmanager
async def https_server(folder: Path, *, days: int) -> AsyncIterator[tuple[str, ssl.SSLContext]]:
    """Serve; give the address, and a context that trusts the certificate."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    _write(certificate, key, days=days)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate, key)
    server = await asyncio.start_server(lambda _, writer: writer.close(), HERE, 0, ssl=serving)
    try:
        port = server.sockets[0].getsockname()[1]
        yield f"https://{HERE}:{port}/telegram", ssl.create_default_context(cafile=str(certificate))
    finally:
        server.close()
        await server.wait_closed()


def _write(certificate: Path, key: Path, *, days: int) -> None:
    made, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HERE)])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(made.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=90))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HERE))]), critical=False
        )
        .sign(made, hashes.SHA256())
    )
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    key.write_bytes(made.private_bytes(serialization.Encoding.PEM, form, plain))
