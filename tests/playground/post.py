"""A mail server of the test's own, and the playground's kinds of notices."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from linli.kernel.notices import NoticeKind, declare_kind
from linli.kernel.scope import nobody

NEWS = declare_kind(NoticeKind("playground.errand.news", "Errand news"))
DUTY = declare_kind(NoticeKind("playground.errand.duty", "Errand duty", may_switch_off=nobody))


class _Talk(socketserver.StreamRequestHandler):
    """Just enough SMTP. ``server.mood`` says how it behaves; it keeps the messages it was given."""

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode("ascii") + b"\r\n")
        self.wfile.flush()

    def _take(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.decode("utf-8"))
        self.server.taken.append("".join(lines))
        if self.server.mood == "silent":
            self.server.heard.set()
            self.server.let_go.wait(60)
            return
        if self.server.mood == "hangs up":
            self.connection.close()
            return
        self._say("250 taken")

    def handle(self) -> None:
        self._say("220 test")
        answers = {"refuses": "550 no such box", "busy": "451 try later"}
        while line := self.rfile.readline().decode("ascii").strip().upper():
            if line == "DATA":
                self._take()
                if self.server.mood in {"silent", "hangs up"}:
                    return
            elif line.startswith("RCPT"):
                self._say(answers.get(self.server.mood, "250 fine"))
            elif line == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")


class MailServer(socketserver.ThreadingTCPServer):
    """``taken`` are the messages received in full; ``mood``: friendly, busy, refuses, silent, hangs up."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.taken: list[str] = []
        self.mood = "friendly"
        self.heard = threading.Event()
        self.let_go = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed is no trouble."""


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A running mail server, stopped at the end."""
    server = MailServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
