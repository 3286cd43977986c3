"""A small collector of syslog on the loopback: it reads RFC 5424 strictly, by UDP, by counted octets, by TLS."""

import re
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from linli.site.certificate import certificate

HEAD = re.compile(
    rb"<(?P<priority>0|[1-9]\d{0,2})>1 (?P<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)) "
    rb"(?P<host>[!-~]{1,255}) (?P<app>[!-~]{1,48}) (?P<process>[!-~]{1,128}) (?P<kind>[!-~]{1,32}) "
)
NAME = rb"(?:(?![=\]\"])[!-~]){1,32}"
PARAM = re.compile(rb" (?P<name>" + NAME + rb')="(?P<value>(?:\\["\\\]]|[^"\\\]])*)"')
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Message:
    """One message as it was read."""

    priority: int
    time: datetime
    host: str
    app: str
    data: dict[str, str]
    text: str
    element: str = ""


def read(raw: bytes) -> Message:
    """A message by the grammar of RFC 5424. Raises ValueError where it is not one."""
    head = HEAD.match(raw)
    if head is None or int(head["priority"]) > 191:
        raise ValueError(raw)
    element = re.compile(rb"\[(" + NAME + rb")").match(raw, head.end())
    if element is None:
        raise ValueError(raw)
    place, data = element.end(), {}
    while (param := PARAM.match(raw, place)) is not None:
        value = param["value"].decode("utf-8")
        data[param["name"].decode("ascii")] = re.sub(r'\\(["\\\]])', r"\1", value)
        place = param.end()
    if raw[place : place + 2] != b"] " or not raw.startswith(BOM, place + 2):
        raise ValueError(raw)
    text = raw[place + 2 + len(BOM) :].decode("utf-8")
    said = [head[name].decode("ascii") for name in ("time", "host", "app")]
    moment = datetime.fromisoformat(said[0])
    return Message(int(head["priority"]), moment, said[1], said[2], data, text, element[1].decode("ascii"))


def counted(stream: bytes) -> list[bytes]:
    """The whole messages of a stream that counts octets; a piece at its end is left out. Raises ValueError."""
    found, place = [], 0
    while place < len(stream):
        size = re.compile(rb"([1-9]\d{0,5}) ").match(stream, place)
        if size is None:
            raise ValueError(stream[place:])
        start = size.end()
        if start + int(size[1]) > len(stream):
            break
        found.append(stream[start : start + int(size[1])])
        place = start + int(size[1])
    return found


@dataclass
class Collector:
    """``way``: udp, tcp or tls. ``cut``: after so many octets the next line is broken off. ``raw``: what came."""

    way: str
    port: int = 0
    authority: str = ""
    cut: int = 0
    raw: list[bytes] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)

    def setting(self) -> dict[str, Any]:
        """``LINLI_SYSLOG`` of a house that sends here."""
        told = {"way": self.way, "host": "127.0.0.1", "port": self.port, "authority": self.authority}
        return told | {"certificate": "", "enterprise": "32473", "name": "house"}

    def read(self) -> list[Message]:
        """Every message that came, in the order of its coming."""
        return [read(one) for one in list(self.raw)]

    def numbers(self, chain: str) -> list[int]:
        """The numbers of a chain's rows in the order of their coming."""
        return [int(one.data["number"]) for one in self.read() if one.data["chain"] == chain]

    def _stream(self, line: socket.socket) -> None:
        stream, cut = b"", self.cut
        with line:
            while piece := line.recv(cut - len(stream) if cut else 65_536):
                stream += piece
                if cut and len(stream) >= cut:  # away without a word, with more on its way
                    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    self.cut = 0
                    break
            self.raw += counted(stream)
            if isinstance(line, ssl.SSLSocket) and not cut:
                with suppress(OSError):
                    line.unwrap()

    def _streams(self, door: socket.socket, context: ssl.SSLContext | None) -> None:
        while not self.done.is_set():
            with suppress(OSError):
                line, _who = door.accept()
                line.settimeout(10)
                self._stream(context.wrap_socket(line, server_side=True) if context else line)

    def _datagrams(self, door: socket.socket) -> None:
        while not self.done.is_set():
            with suppress(TimeoutError):
                self.raw.append(door.recv(65_536))


@contextmanager
def collecting(collector: Collector, folder: Path) -> Iterator[Collector]:
    """The collector while it stands, on its port, or on a free one the first time; a line is read to its end."""
    kind = socket.SOCK_DGRAM if collector.way == "udp" else socket.SOCK_STREAM
    context = None
    if collector.way == "tls":
        pair = certificate(folder, ["127.0.0.1"])
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(pair.certificate, pair.key)
        collector.authority = collector.authority or str(pair.certificate)
    with socket.socket(socket.AF_INET, kind) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", collector.port))
        door.settimeout(0.05)
        collector.port, collector.done = door.getsockname()[1], threading.Event()
        if kind == socket.SOCK_STREAM:
            door.listen(8)
        work, words = (
            (collector._datagrams, (door,)) if kind == socket.SOCK_DGRAM else (collector._streams, (door, context))
        )
        thread = threading.Thread(target=work, args=words, daemon=True)
        thread.start()
        try:
            yield collector
        finally:
            collector.done.set()
            thread.join(timeout=5)
