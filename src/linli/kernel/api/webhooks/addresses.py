"""Where a message may go: https to a public host, looked up once and held to the address found.

``LINLI_WEBHOOKS_TO_PRIVATE`` lets a house tell systems in its own network, also by http.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

CARRYING_IPV4 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
"""Networks whose addresses stand for IPv4 ones, private ones too."""


class Forbidden(Exception):
    """The address may not be told; the text says why, for the page of deliveries."""


@dataclass(frozen=True)
class Target:
    """A checked address: ``ip`` is the one to connect to, ``host`` the name to ask and verify."""

    host: str
    ip: str
    port: int
    tls: bool
    path: str


def private_allowed() -> bool:
    """Whether this house tells systems in its own network."""
    return bool(getattr(settings, "LINLI_WEBHOOKS_TO_PRIVATE", False))


def is_public(text: str) -> bool:
    """Whether an IP address is one of the open internet, seen through what may wrap it."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None:
            return is_public(str(inner))
        if address.is_site_local or any(address in network for network in CARRYING_IPV4):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Forbidden("the host is not known") from error
    return [str(entry[4][0]) for entry in found]


def shape_of(url: str) -> tuple[str, int, bool, str]:
    """(host, port, tls, path) of ``url`` without looking it up. Raises Forbidden."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Forbidden("not an address") from error
    schemes = ("https", "http") if private_allowed() else ("https",)
    if parts.scheme not in schemes or not parts.hostname or "@" in parts.netloc or not url.isascii():
        raise Forbidden("only https without a user name")
    if any(character <= " " or character == "\x7f" for character in url):
        raise Forbidden("not an address")
    tls = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.hostname, port or (443 if tls else 80), tls, path


def target_of(url: str) -> Target:
    """The place to connect to, looked up once. Raises Forbidden where any of its addresses is not public."""
    host, port, tls, path = shape_of(url)
    addresses = _resolved(host, port)
    if not private_allowed() and not all(is_public(address) for address in addresses):
        raise Forbidden("the host is in a private network")
    return Target(host, addresses[0], port, tls, path)
