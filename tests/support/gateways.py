"""A small server on loopback that speaks as the message services document it: WeCom, DingTalk, Official Account, SMS.

It checks secrets, tokens and signatures by itself, knows repeats where the services say they do, and can be told to
hang, to be busy, to answer nonsense or a code.
"""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

SECRET = "only-for-the-test"
SECONDS = 0.4
"""How long the house waits for this server."""


@dataclass
class Gateway:
    """``taken``: messages that will reach a telephone; ``mood``: friendly, silent, busy, nonsense, or a code."""

    address: str = ""
    mood: str | int = "friendly"
    taken: list[dict[str, Any]] = field(default_factory=list)
    asked: int = 0
    tokens: int = 0
    known: set[str] = field(default_factory=set)
    let_go: threading.Event = field(default_factory=threading.Event)

    def ways(self, templates: str = "", **sms: Any) -> dict[str, dict[str, Any]]:
        """``LINLI_MESSAGES`` of a house that uses this server for everything, SMS only with ``templates``."""
        base = {"address": self.address, "secret": SECRET, "seconds": SECONDS}
        found = {
            "wecom": base | {"corp": "ww1", "agent": "1000002"},
            "dingtalk": base | {"key": "ding1", "agent": "77"},
            "official": base | {"app": "wx1", "template": "T-9", "title_field": "thing1", "time_field": "time2"},
        }
        from datetime import time

        short = base | {"gateway": "aliyun", "key": "LTAI", "signature": "临湖街道", "templates": templates}
        short |= {"hours": (time(0), time(0)), "a_day": 3, **sms}
        return found | ({"sms": short} if templates else {})

    def take(self, message: dict[str, Any], number: str = "") -> bool:
        """Keep a message; a repeat by its ``number`` is kept once. Whether an answer follows."""
        self.asked += 1
        if self.mood in ("friendly", "silent", "nonsense") and not (number and number in self.known):
            self.known.add(number)
            self.taken.append(message)
        return self.mood != "silent"

    def token(self, *, right: bool) -> dict[str, Any]:
        """A new token for the right secret."""
        if not right:
            return {"errcode": 40001, "errmsg": "invalid credential"}
        self.tokens += 1
        return {"errcode": 0, "access_token": f"token-{self.tokens}", "expires_in": 7200}

    def coded(self, said: str | None, **receipt: Any) -> dict[str, Any]:
        """What WeCom, DingTalk and the Official Account answer to a message."""
        if said != f"token-{self.tokens}":
            return {"errcode": 42001, "errmsg": "access_token expired"}
        code = {"busy": -1}.get(str(self.mood), self.mood if isinstance(self.mood, int) else 0)
        return {"errcode": code, "errmsg": "", **receipt}


def _aliyun_is_right(form: dict[str, str]) -> bool:
    given = form.pop("Signature", "")
    pairs = [f"{quote(name, safe='~')}={quote(form[name], safe='~')}" for name in sorted(form)]
    text = "POST&%2F&" + quote("&".join(pairs), safe="~")
    right = hmac.new(f"{SECRET}&".encode(), text.encode(), hashlib.sha1)
    return hmac.compare_digest(given, base64.b64encode(right.digest()).decode())


def _signed_is_right(headers: Any, body: bytes) -> bool:
    names = ("Linli-Key", "Linli-Time", "Linli-Nonce", "Idempotency-Key")
    text = "\n".join([*(headers[name] for name in names), hashlib.sha256(body).hexdigest()])
    right = hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(headers["Linli-Signature"], right)


class _Talk(BaseHTTPRequestHandler):
    """The addresses of all services."""

    server: "_Server"

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, body: bytes) -> None:
        gateway = self.server.gateway
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        found = self._token(parts.path, query, body)
        if found is None:
            found = self._message(parts.path, query, body)
        if found is None:
            gateway.let_go.wait(20)
            return
        self._say(found)

    def _token(self, path: str, query: dict[str, str], body: bytes) -> dict[str, Any] | None:
        gateway = self.server.gateway
        if path == "/cgi-bin/gettoken":
            return gateway.token(right=(query["corpid"], query["corpsecret"]) == ("ww1", SECRET))
        if path == "/gettoken":
            return gateway.token(right=(query["appkey"], query["appsecret"]) == ("ding1", SECRET))
        if path == "/cgi-bin/stable_token":
            said = json.loads(body)
            return gateway.token(right=(said["appid"], said["secret"]) == ("wx1", SECRET))
        return None

    def _message(self, path: str, query: dict[str, str], body: bytes) -> dict[str, Any] | None:
        gateway = self.server.gateway
        if path == "/":
            return self._aliyun(dict(parse_qsl(body.decode())))
        if path == "/sms":
            return self._signed(body)
        said, token = json.loads(body), query.get("access_token")
        if token != f"token-{gateway.tokens}":
            return gateway.coded(token)
        if path == "/cgi-bin/message/send":
            number = f"{said['touser']} {said['text']['content']}" if said.get("enable_duplicate_check") else ""
            return gateway.coded(token, msgid="m-1") if gateway.take(said, number) else None
        if path == "/topapi/message/corpconversation/asyncsend_v2":
            return gateway.coded(token, task_id=256) if gateway.take(said) else None
        if path == "/cgi-bin/message/template/send":
            return gateway.coded(token, msgid=9) if gateway.take(said, said.get("client_msg_id", "")) else None
        return {"errcode": 404}

    def _aliyun(self, form: dict[str, str]) -> dict[str, Any] | None:
        gateway = self.server.gateway
        if not _aliyun_is_right(form):
            return {"Code": "SignatureDoesNotMatch", "RequestId": "1"}
        if not gateway.take(form):
            return None
        return {
            "Code": {"busy": "isv.BUSINESS_LIMIT_CONTROL", "friendly": "OK"}.get(str(gateway.mood), gateway.mood)
        } | {"BizId": "b-1"}

    def _signed(self, body: bytes) -> dict[str, Any] | None:
        gateway = self.server.gateway
        if not _signed_is_right(self.headers, body):
            return {"code": "signature"}
        if not gateway.take(json.loads(body), self.headers["Idempotency-Key"]):
            return None
        return {"code": {"busy": "later", "friendly": "ok"}.get(str(gateway.mood), gateway.mood), "id": "s-1"}

    def _say(self, answer: dict[str, Any]) -> None:
        nonsense = self.server.gateway.mood == "nonsense"
        body = b"<html>gateway</html>" if nonsense else json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: Any) -> None:
        """Keep quiet."""


class _Server(ThreadingHTTPServer):
    """Carries the gateway to its handlers; does not wait for those that hang."""

    daemon_threads = True
    block_on_close = False
    gateway: Gateway

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A house that hung up is no trouble."""


@contextmanager
def message_gateway() -> Iterator[Gateway]:
    """A running server on a free port of this machine."""
    server = _Server(("127.0.0.1", 0), _Talk)
    server.gateway = Gateway(address=f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.gateway
    finally:
        server.gateway.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
