"""Carrying messages to a collector of syslog: UDP (RFC 5426), TCP with counted octets (RFC 6587), TLS (RFC 5425).

Syslog knows no receipt. Over TCP and TLS a batch counts as taken when the other side has read it to its end and closed,
or, where it keeps the line open, when its machine has acknowledged every byte. UDP tells only that nobody listens.
"""

import socket
import ssl
from array import array
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

PATIENCE = 10.0
"""Seconds for each step: reaching, shaking hands, handing over, closing."""


class NotTaken(Exception):
    """The collector may not have everything: the batch must be sent again. Says why, for the operator."""


def hand_over(messages: Sequence[bytes], collector: Mapping[str, Any]) -> None:
    """Send a batch in its order over a line of its own; at most five times :data:`PATIENCE`. Raises NotTaken."""
    try:
        if collector["way"] == "udp":
            _by_datagrams(messages, collector)
        else:
            _by_stream(messages, collector)
    except OSError as error:
        raise NotTaken(f"{type(error).__name__}: {error}"[:300]) from error


def _by_datagrams(messages: Sequence[bytes], collector: Mapping[str, Any]) -> None:
    found = socket.getaddrinfo(collector["host"], collector["port"], type=socket.SOCK_DGRAM)
    family, kind, protocol, _name, address = found[0]
    with socket.socket(family, kind, protocol) as line:
        line.settimeout(PATIENCE)
        line.connect(address)
        for one in messages:
            line.send(one)
        line.setblocking(False)
        with suppress(BlockingIOError):
            line.recv(1)  # raises where a machine answered that nobody listens there


def _by_stream(messages: Sequence[bytes], collector: Mapping[str, Any]) -> None:
    counted = b"".join(b"%d %b" % (len(one), one) for one in messages)
    with socket.create_connection((collector["host"], collector["port"]), timeout=PATIENCE) as plain:
        if collector["way"] == "tcp":
            plain.sendall(counted)
            plain.shutdown(socket.SHUT_WR)
            _wait_until_read(plain)
            return
        with _trust(collector).wrap_socket(plain, server_hostname=collector["host"]) as sealed:
            sealed.sendall(counted)
            _wait_until_closed(sealed)


def _trust(collector: Mapping[str, Any]) -> ssl.SSLContext:
    """Who the collector must be: signed for its name, by the authority of the house or one the system trusts."""
    context = ssl.create_default_context(cafile=collector["authority"] or None)
    if collector["certificate"]:
        context.load_cert_chain(collector["certificate"])
    return context


def _wait_until_read(line: socket.socket) -> None:
    try:
        while line.recv(4096):
            pass
    except TimeoutError:
        if _unacknowledged(line):
            raise


def _wait_until_closed(sealed: ssl.SSLSocket) -> None:
    """Say that this was all and wait for the answer; who closes without one has read all the same."""
    try:
        sealed.unwrap()
    except ssl.SSLEOFError:
        return
    except TimeoutError:
        if _unacknowledged(sealed):
            raise


def _unacknowledged(line: socket.socket) -> int:
    """Bytes the other machine has not acknowledged; 0 where the system does not tell."""
    try:
        import fcntl
        import termios
    except ImportError:
        return 0
    left = array("i", [0])
    fcntl.ioctl(line.fileno(), termios.TIOCOUTQ, left)
    return left[0]
