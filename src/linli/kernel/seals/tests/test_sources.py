"""Keys from a command and from a key server: a real program and a real server, asked as the guide says."""

import base64
import json
import secrets
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from linli.kernel.seals import KeysMissing, current_keyring, open_sealed, seal, sources
from linli.kernel.seals.keyring import PURPOSES, new_key
from linli.kernel.seals.sealing import key_id_of

TOKEN = "for-this-house-only"

PROGRAM = """
import base64, json, pathlib, secrets, sys
file = pathlib.Path(__file__).with_name("ring.json")
ring = json.loads(file.read_text()) if file.exists() else {"keys": {}, "current": {}}
if sys.argv[1] == "add":
    purpose, suite = sys.argv[2:]
    name = f"{purpose}-{'sm-' if suite == 'sm' else ''}{secrets.token_hex(3)}"
    ring["keys"][name] = base64.b64encode(secrets.token_bytes(32)).decode()
    ring["current"][purpose if suite == "aes" else f"sm:{purpose}"] = name
    file.write_text(json.dumps(ring))
print(json.dumps(ring))
"""


class KeyServer:
    """A key server as the guide describes one: GET gives the ring, POST makes a key, both with the token."""

    def __init__(self) -> None:
        self.ring: dict[str, dict[str, str]] = {"keys": {}, "current": {}}
        self.asked: list[str] = []
        self.answer: bytes | None = None
        """Said instead of the ring."""
        server = self

        class Handler(BaseHTTPRequestHandler):
            def _tell(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def _ask(self) -> None:
                server.asked.append(self.command)
                if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                    return self._tell(401, b"")
                if self.command == "POST":
                    server.make(**json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                return self._tell(200, server.answer or json.dumps(server.ring).encode())

            do_GET = do_POST = _ask  # the library's names

            def log_message(self, *_args: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}/keys"
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def make(self, purpose: str, suite: str) -> None:
        name = f"{purpose}-{'sm-' if suite == 'sm' else ''}{secrets.token_hex(3)}"
        self.ring["keys"][name] = base64.b64encode(secrets.token_bytes(32)).decode()
        self.ring["current"][purpose if suite == "aes" else f"sm:{purpose}"] = name

    def stop(self) -> None:
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server(settings: Any, tmp_path: Path) -> Iterator[KeyServer]:
    running = KeyServer()
    (tmp_path / "token").write_text(TOKEN)
    settings.LINLI_KEYS = tmp_path / "none"
    settings.LINLI_KEY_SOURCE = running.address
    settings.LINLI_KEY_TOKEN_FILE = str(tmp_path / "token")
    yield running
    running.stop()


def test_the_server_makes_the_keys_and_none_is_written_here(server: KeyServer, tmp_path: Path) -> None:
    token = seal("甲", context="c")
    assert open_sealed(token, context="c") == "甲"
    assert key_id_of(token) == server.ring["current"]["fields"]
    assert (sorted(server.ring["current"]), (tmp_path / "none").exists()) == (sorted(PURPOSES), False)


def test_the_ring_is_held_and_not_asked_for_at_each_seal(server: KeyServer) -> None:
    seal("甲", context="c")
    before = len(server.asked)
    for _time in range(20):
        open_sealed(seal("乙", context="c"), context="c")
    assert len(server.asked) == before


def test_a_key_made_by_another_process_is_asked_for(server: KeyServer, monkeypatch: pytest.MonkeyPatch) -> None:
    seal("甲", context="c")
    held = current_keyring()
    server.make("fields", "aes")
    monkeypatch.setattr(sources, "AGAIN_SECONDS", 0.0)
    assert current_keyring() == held
    assert server.ring["current"]["fields"] in current_keyring(holding=server.ring["current"]["fields"]).keys


def test_a_rotation_makes_a_new_key_there_and_what_is_sealed_opens(server: KeyServer) -> None:
    old = seal("甲", context="c")
    name = new_key("fields")
    assert (key_id_of(seal("乙", context="c")), open_sealed(old, context="c")) == (name, "甲")


def test_a_server_that_is_gone_stops_nothing_while_its_keys_are_held(
    server: KeyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = seal("甲", context="c")
    server.answer = b"<html>down for maintenance</html>"
    monkeypatch.setattr(sources, "FRESH_SECONDS", 0.0)
    assert open_sealed(token, context="c") == "甲"
    with pytest.raises(KeysMissing):
        new_key("fields")


@pytest.mark.parametrize(
    "answer",
    [
        b"nonsense",
        b"[]",
        b'{"keys": {}}',
        b'{"keys": {"fields-1": "AAAA"}, "current": {}}',
        b'{"keys": 1, "current": {}}',
    ],
)
def test_an_answer_that_is_no_keyring_is_said(server: KeyServer, answer: bytes) -> None:
    server.answer = answer
    with pytest.raises(KeysMissing):
        seal("甲", context="c")


def test_the_token_is_asked_for_and_never_told(server: KeyServer, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("wrong")
    with pytest.raises(KeysMissing) as refused:
        seal("甲", context="c")
    assert "wrong" not in str(refused.value)


def test_keys_do_not_travel_in_the_open(settings: Any) -> None:
    settings.LINLI_KEY_SOURCE = "http://keys.example.org/house"
    with pytest.raises(KeysMissing) as refused:
        seal("甲", context="c")
    assert str(refused.value).endswith("must be asked by https")


@pytest.mark.parametrize("suite", ["aes", "sm"])
def test_a_command_gives_the_keys(settings: Any, tmp_path: Path, suite: str) -> None:
    (tmp_path / "keys.py").write_text(PROGRAM)
    settings.LINLI_KEY_SOURCE = f"command:{sys.executable} -S -E {tmp_path / 'keys.py'}"
    settings.LINLI_CRYPTO = suite
    token = seal("甲", context="c")
    name = new_key("fields")
    assert (open_sealed(token, context="c"), key_id_of(seal("乙", context="c"))) == ("甲", name)


def test_a_command_that_fails_is_said_without_its_arguments(settings: Any) -> None:
    settings.LINLI_KEY_SOURCE = "command:/bin/false secret-argument"
    with pytest.raises(KeysMissing) as refused:
        seal("甲", context="c")
    assert str(refused.value) == "the key command /bin/false failed: CalledProcessError"
