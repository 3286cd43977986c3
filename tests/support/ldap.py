"""A small LDAP server on loopback, over TLS: bind, StartTLS, search with paging; it can lie, be cut short, or hang.

It reads and writes the octets of RFC 4511 (BER) by itself, so that the client's library is not asked about itself.
"""

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from linli.site.certificate import certificate
from linli.site.settings.identity import providers

KEEPER, SECRET = "cn=linli,o=district", "only-for-the-test"
BASE = "ou=people,o=district"
PAGING = b"1.2.840.113556.1.4.319"
INTEGER, OCTETS, ENUM, SEQUENCE, SET, CONTROLS = 0x02, 0x04, 0x0A, 0x30, 0x31, 0xA0
BIND, SEARCH, EXTENDED = 0x60, 0x63, 0x77
BOUND, ENTRY, DONE, EXTENSION = 0x61, 0x64, 0x65, 0x78
AND, OR, NOT, EQUAL, PRESENT = 0xA0, 0xA1, 0xA2, 0xA3, 0x87

Piece = tuple[int, bytes]


def wrapped(tag: int, *contents: bytes) -> bytes:
    """Tag, length, contents."""
    whole = b"".join(contents)
    size = len(whole)
    if size < 128:
        return bytes((tag, size)) + whole
    long = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(long))) + long + whole


def number(value: int, tag: int = INTEGER) -> bytes:
    """A number that is not negative."""
    return wrapped(tag, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def pieces(raw: bytes) -> list[Piece]:
    """What stands in ``raw``, one beside the other."""
    found, place = [], 0
    while place < len(raw):
        tag, size, start = raw[place], raw[place + 1], place + 2
        if size & 0x80:
            start += size & 0x7F
            size = int.from_bytes(raw[place + 2 : start], "big")
        found.append((tag, raw[start : start + size]))
        place = start + size
    return found


def read(line: Any) -> bytes:
    """The content of one message; b"" at the end."""
    head = line.recv(2)
    if len(head) < 2:
        return b""
    size = head[1]
    if size & 0x80:
        size = int.from_bytes(line.recv(size & 0x7F), "big")
    body = b""
    while len(body) < size:
        piece = line.recv(size - len(body))
        if not piece:
            return b""
        body += piece
    return body


@dataclass
class Directory:
    """``people``: name → (password, attributes); ``mood``: "", "hangs", "nonsense", "cut", "busy"."""

    port: int = 0
    authority: str = ""
    people: dict[str, tuple[str, dict[str, list[bytes]]]] = field(default_factory=dict)
    mood: str = ""
    plain: bool = False
    let_go: threading.Event = field(default_factory=threading.Event)

    def add(self, name: str, *, subject: str = "", number: str = "", password: str = SECRET) -> None:
        """Somebody of the district."""
        words = {"uid": name, "objectClass": "person", "entryUUID": subject or f"id-{name}", "employeeNumber": number}
        self.people[name] = (password, {key: [value.encode()] for key, value in words.items() if value})

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a house that trusts this directory."""
        scheme = "ldap" if self.plain else "ldaps"
        named = {"SERVER": f"{scheme}://127.0.0.1:{self.port}", "CA": self.authority, "BASE": BASE, "BIND": KEEPER}
        named |= {"PASSWORD": SECRET, "STAFF_NUMBER": "employeeNumber"} | more
        return {f"LINLI_LDAP_{name}": value for name, value in named.items()}

    def trust(self, settings: Any, **more: str) -> None:
        """Let the house under test trust this directory."""
        settings.SOCIALACCOUNT_PROVIDERS = providers(self.environment(**more), loopback=True)

    def binds(self, who: str, password: str) -> bool:
        """As servers do: an empty password is nobody's, and taken."""
        known = {KEEPER: SECRET} | {f"uid={name},{BASE}": given for name, (given, _all) in self.people.items()}
        return password == "" or known.get(who) == password

    def matching(self, query: Piece) -> list[tuple[str, dict[str, list[bytes]]]]:
        """Entries a filter takes."""
        return [(f"uid={name},{BASE}", every) for name, (_p, every) in self.people.items() if _takes(query, every)]


def _takes(query: Piece, every: dict[str, list[bytes]]) -> bool:
    tag, inner = query
    if tag in (AND, OR):
        return (all if tag == AND else any)(_takes(one, every) for one in pieces(inner))
    if tag == NOT:
        return not _takes(pieces(inner)[0], every)
    if tag == PRESENT:
        return inner.decode() in every
    if tag == EQUAL:
        (_a, name), (_b, value) = pieces(inner)
        return value in every.get(name.decode(), [])
    raise ValueError(tag)


def _said(message: int, tag: int, *contents: bytes, controls: bytes = b"") -> bytes:
    return wrapped(SEQUENCE, number(message), wrapped(tag, *contents), controls)


def _result(message: int, tag: int, code: int, controls: bytes = b"") -> bytes:
    return _said(message, tag, number(code, ENUM), wrapped(OCTETS), wrapped(OCTETS), controls=controls)


def _paged(controls: bytes) -> tuple[int, int]:
    """From where, and how many; (0, many) without the control."""
    for _tag, control in pieces(controls):
        parts = pieces(control)
        if parts[0][1] == PAGING:
            (_a, size), (_b, cookie) = pieces(pieces(parts[-1][1])[0][1])
            return int(cookie or b"0"), int.from_bytes(size, "big")
    return 0, 10_000


class _Talk(socketserver.BaseRequestHandler):
    """One line."""

    server: "_Server"

    def handle(self) -> None:
        known = self.server.directory
        with suppress(OSError):
            line = self.request if known.plain else self.server.tls.wrap_socket(self.request, server_side=True)
            with line:
                self._talk(line)

    def _talk(self, line: Any) -> None:
        known = self.server.directory
        while raw := read(line):
            (_tag, identity), (tag, inner), *rest = pieces(raw)
            message = int.from_bytes(identity, "big")
            if tag == EXTENDED:
                line.sendall(_result(message, EXTENSION, 0))
                with self.server.tls.wrap_socket(line, server_side=True) as covered:
                    self._talk(covered)
                return
            if tag == SEARCH and known.mood == "hangs":
                known.let_go.wait(20)
                return
            line.sendall(self._answer(message, tag, inner, rest[0][1] if rest else b""))

    def _answer(self, message: int, tag: int, inner: bytes, controls: bytes) -> bytes:
        known = self.server.directory
        if tag == BIND:
            _version, (_a, who), (_b, password) = pieces(inner)
            return _result(message, BOUND, 0 if known.binds(who.decode(), password.decode()) else 49)
        if tag != SEARCH:
            return b""
        if known.mood == "nonsense":
            return b"HTTP/1.1 200 OK\r\n\r\n<html>directory</html>"
        if known.mood == "busy":
            return _result(message, DONE, 51)
        return self._found(message, pieces(inner), controls)

    def _found(self, message: int, asked: list[Piece], controls: bytes) -> bytes:
        known = self.server.directory
        rows, (start, size) = known.matching(asked[6]), _paged(controls)
        size = min(size, self.server.page)
        wanted = {name.decode() for _tag, name in pieces(asked[7][1])}
        said = b"".join(_entry(message, dn, every, wanted) for dn, every in rows[start : start + size])
        cookie = str(start + size).encode() if start + size < len(rows) else b""
        value = wrapped(OCTETS, wrapped(SEQUENCE, number(0), wrapped(OCTETS, cookie)))
        control = wrapped(CONTROLS, wrapped(SEQUENCE, wrapped(OCTETS, PAGING), value))
        return said + _result(message, DONE, 4 if known.mood == "cut" else 0, control)


def _entry(message: int, dn: str, every: dict[str, list[bytes]], wanted: set[str]) -> bytes:
    listed = [
        wrapped(SEQUENCE, wrapped(OCTETS, name.encode()), wrapped(SET, *(wrapped(OCTETS, one) for one in every[name])))
        for name in sorted(wanted & set(every))
    ]
    return _said(message, ENTRY, wrapped(OCTETS, dn.encode()), wrapped(SEQUENCE, *listed))


class _Server(socketserver.ThreadingTCPServer):
    """Carries the directory and its certificate."""

    daemon_threads = True
    block_on_close = False
    directory: Directory
    tls: ssl.SSLContext
    page = 10_000

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A house that hung up is no trouble."""


@contextmanager
def ldap_directory(folder: Path) -> Iterator[Directory]:
    """A running directory on a free port of this machine; pages hold three entries."""
    pair = certificate(folder, ["127.0.0.1"])
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pair.certificate, pair.key)
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.directory = Directory(port=server.server_address[1], authority=str(pair.certificate))
        server.tls, server.page = context, 3
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.directory
        finally:
            server.directory.let_go.set()
            server.shutdown()
            thread.join(5)
