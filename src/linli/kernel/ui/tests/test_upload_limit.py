"""An upload that is too large: refused before it is read, or at the byte too many; never held in memory."""

import io
import socket
import tempfile
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from linli.kernel.files.accepting import LARGEST, MEGABYTE

pytestmark = [pytest.mark.sqlite_only, pytest.mark.django_db]
HEAD = b'--xx\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'
TAIL = b"\r\n--xx--\r\n"
SENTENCE = "未保存任何内容。单个文件不超过50 MB，表单文字约2 MB。"


class Body(io.RawIOBase):
    """A multipart body made while it is read, with one file of ``size`` bytes; counts what was taken."""

    def __init__(self, size: int) -> None:
        self.waiting = io.BytesIO(HEAD)
        self.left = size
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        found = self.waiting.read(size)
        if not found and self.left:
            found = bytes(min(size, self.left, 2**16))
            self.left -= len(found)
            if not self.left:
                self.waiting = io.BytesIO(TAIL)
        self.taken += len(found)
        return found


def post(body: io.RawIOBase, length: int) -> tuple[str, str]:
    """(status, page) for a POST whose body is ``body`` and which says that it is ``length`` bytes long."""
    request = RequestFactory().post("/feedback/").environ | {"wsgi.input": body, "CONTENT_LENGTH": str(length)}
    said: list[str] = []
    request["CONTENT_TYPE"] = "multipart/form-data; boundary=xx"
    answer = WSGIHandler()(request, lambda status, headers: said.append(status[:3]))
    page = b"".join(answer).decode()
    answer.close()
    return said[0][:3], page


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_it_reads_no_byte_of_a_request_that_says_it_is_too_large(spool: Path) -> None:
    body = Body(3 * LARGEST)
    status, page = post(body, 3 * LARGEST + len(HEAD + TAIL))
    assert (status, SENTENCE in page, body.taken) == ("413", True, 0)


def test_it_stops_at_the_byte_too_many_keeps_nothing_and_uses_little_memory(spool: Path) -> None:
    body = Body(LARGEST + MEGABYTE // 2)
    tracemalloc.start()
    status, page = post(body, LARGEST + MEGABYTE // 2 + len(HEAD + TAIL))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (status, SENTENCE in page, list(spool.iterdir())) == ("413", True, [])
    assert LARGEST < body.taken < LARGEST + MEGABYTE // 2
    assert peak < 8 * MEGABYTE


def test_it_takes_the_largest_file_that_is_taken(spool: Path) -> None:
    status, _page = post(Body(LARGEST), LARGEST + len(HEAD + TAIL))
    assert status == "403"  # read to its end, where the sign of the form is missed


def test_it_says_so_when_the_text_of_a_form_is_too_long() -> None:
    length = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1
    request = RequestFactory().post(
        "/feedback/", data=b"a=" + b"x" * length, content_type="application/x-www-form-urlencoded"
    )
    said: list[str] = []
    answer = WSGIHandler()(request.environ, lambda status, headers: said.append(status[:3]))
    assert (said, SENTENCE in b"".join(answer).decode()) == (["413"], True)
    answer.close()


class Quiet(WSGIRequestHandler):
    def log_request(self, *words: Any) -> None:
        """Says nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    """A real server on the loopback."""
    with make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_it_answers_somebody_who_still_sends(port: int) -> None:
    lines = [
        "POST /feedback/ HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Content-Length: {20 * LARGEST}",
        "Content-Type: multipart/form-data; boundary=xx", "", "",
    ]  # fmt: skip
    with socket.create_connection(("127.0.0.1", port), 20) as line:
        line.sendall("\r\n".join(lines).encode() + HEAD)
        answer = line.makefile("rb").read().decode()
    assert (answer.split(" ")[1], SENTENCE in answer) == ("413", True)
