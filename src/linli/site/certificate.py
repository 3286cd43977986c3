"""A certificate of the site's own, for ``linli up --tls``: a browser asks once whether to trust it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

YEARS = 2
RENEW = timedelta(days=30)


@dataclass(frozen=True)
class Pair:
    """Where the certificate and its key lie."""

    certificate: Path
    key: Path


def _names(names: Sequence[str]) -> list[x509.GeneralName]:
    general: list[x509.GeneralName] = [x509.DNSName("localhost")]
    for name in dict.fromkeys(names):
        try:
            general.append(x509.IPAddress(ip_address(name)))
        except ValueError:
            general.append(x509.DNSName(name))
    return general


def _still_good(path: Path, names: Sequence[str], now: datetime) -> bool:
    if not path.exists():
        return False
    held = x509.load_pem_x509_certificate(path.read_bytes())
    if held.not_valid_after_utc - RENEW < now:
        return False
    known = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = {str(address) for address in known.get_values_for_type(x509.IPAddress)}
    return set(names) <= addresses | set(known.get_values_for_type(x509.DNSName))


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def certificate(folder: Path, names: Sequence[str], *, now: datetime | None = None) -> Pair:
    """The pair in ``folder``, made anew where it is missing, nearly over or lacks one of ``names``."""
    now = now or datetime.now(UTC)
    pair = Pair(folder / "site.crt", folder / "site.key")
    if pair.key.exists() and _still_good(pair.certificate, names, now):
        return pair
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Linli")])
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.SubjectAlternativeName(_names(names)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(pair.key, secret)
    _write(pair.certificate, made.public_bytes(serialization.Encoding.PEM))
    return pair


def served_certificate() -> Path | None:
    """The certificate visitors are shown, as far as this machine knows: ``LINLI_CERTIFICATE``, else our own."""
    from django.conf import settings

    if settings.LINLI_CERTIFICATE:
        return Path(settings.LINLI_CERTIFICATE)
    own = Path(settings.LINLI_HOME) / "tls" / "site.crt"
    return own if own.exists() else None


def end_of(path: Path | None) -> datetime | None:
    """When the certificate ends; None where there is none, or it cannot be read as one."""
    try:
        return x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc if path else None
    except (OSError, ValueError):
        return None
