"""One HTTP request to a checked address: pinned, ten seconds in all, no redirect followed, answer cut."""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress

from linli.kernel.api.webhooks.addresses import Target

SECONDS = 10.0
ANSWER_BYTES = 2_000


class Unanswered(Exception):
    """Nobody answered properly in time; the text is short and fit for a page."""


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, whatever the name means by now."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS)
        self.target = target

    def connect(self) -> None:
        """Connect to the pinned address; with TLS, verify the certificate for the name."""
        plain = socket.create_connection((self.target.ip, self.target.port), SECONDS)
        if self.target.tls:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.target.host)
        else:
            self.sock = plain


def _hang_up(connection: _Pinned) -> None:
    sock = connection.sock
    if sock is not None:
        with suppress(OSError):  # closed in the same moment
            sock.shutdown(socket.SHUT_RDWR)


def post(target: Target, body: bytes, headers: Mapping[str, str]) -> int:
    """The status answered. Raises Unanswered when nothing proper came in ten seconds."""
    connection = _Pinned(target)
    clock = threading.Timer(SECONDS, _hang_up, (connection,))
    clock.daemon = True
    clock.start()
    try:
        connection.request("POST", target.path, body, dict(headers))
        response = connection.getresponse()
        response.read(ANSWER_BYTES)
    except (OSError, http.client.HTTPException) as error:
        raise Unanswered(type(error).__name__) from error
    else:
        return response.status
    finally:
        clock.cancel()
        connection.close()
