"""One question to another house's system: few seconds in all, no redirect, the answer cut, troubles named.

Before the request has left, silence means "certainly not sent"; afterwards it means "nobody knows".
"""

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext_lazy as _

from linli.kernel.notices.ways import NeverArrives, Silent, TryLater, Unclear

SECONDS = 8.0
ANSWER_BYTES = 64_000
BUSY = (429, 502, 503)
"""Answers of a server that has not taken the message."""


@dataclass(frozen=True)
class Question:
    """Where to ask and what: ``body`` is sent as it is, ``seconds`` is all the time there is."""

    url: str
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] | None = None
    seconds: float = SECONDS


def address(base: str, path: str, **query: str) -> str:
    """``base`` with a path and a query behind it."""
    return f"{base.rstrip('/')}{path}" + (f"?{urlencode(query)}" if query else "")


def as_json(content: Any) -> bytes:
    """What is sent as JSON, in UTF-8."""
    return json.dumps(content, ensure_ascii=False).encode()


def _connection(question: Question) -> http.client.HTTPConnection:
    parts = urlsplit(question.url)
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, parts.port, timeout=question.seconds, context=context)
    return http.client.HTTPConnection(host, parts.port, timeout=question.seconds)


def _hang_up(connection: http.client.HTTPConnection) -> None:
    sock = connection.sock
    if sock is not None:
        with suppress(OSError):  # closed in the same moment
            sock.shutdown(socket.SHUT_RDWR)


def _exchanged(connection: http.client.HTTPConnection, question: Question) -> tuple[int, bytes]:
    parts = urlsplit(question.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(question.method, path, question.body or None, dict(question.headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.read(ANSWER_BYTES)
    except (OSError, http.client.HTTPException) as error:
        raise Unclear(_("The message service fell silent after it had the message.")) from error


def _read(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Unclear(_("The message service answered with something that cannot be read."))
    return found


def exchange(question: Question) -> tuple[int, bytes]:
    """Status and content of the answer, whatever they are. Raises Silent, Unclear."""
    connection = _connection(question)
    clock = threading.Timer(question.seconds, _hang_up, (connection,))
    clock.daemon = True
    clock.start()
    try:
        try:
            connection.connect()
        except OSError as error:
            raise Silent(_("The message service cannot be reached.")) from error
        return _exchanged(connection, question)
    finally:
        clock.cancel()
        connection.close()


def ask(question: Question) -> dict[str, Any]:
    """The answer, a JSON object. Raises Silent, TryLater, NeverArrives, Unclear."""
    status, content = exchange(question)
    if status in BUSY:
        raise TryLater(_("The message service is busy."))
    if 300 <= status < 400 or status in (401, 403, 404, 405):
        raise NeverArrives(_("The message service refuses this house (%(code)s).") % {"code": status})
    return _read(content)
