"""A small server on loopback that signs people in as CAS, WeCom, DingTalk and an Official Account document it.

It knows one person, checks what the house says (client, secret, token, address, ticket or code, once), and can be told
to lie, to be busy or to have lost the person.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from linli.site.settings.identity import providers
from linli.site.settings.messages import messages

SECRET = "only-for-the-test"
CAS = "http://www.yale.edu/tp/cas"
SUCCESS = (
    f'<cas:serviceResponse xmlns:cas="{CAS}"><cas:authenticationSuccess><cas:user>{{subject}}</cas:user>'
    "<cas:attributes><cas:gh>{number}</cas:gh></cas:attributes></cas:authenticationSuccess></cas:serviceResponse>"
)
FAILURE = (
    f'<cas:serviceResponse xmlns:cas="{CAS}"><cas:authenticationFailure code="INVALID_TICKET">no'
    "</cas:authenticationFailure></cas:serviceResponse>"
)


@dataclass
class Identities:
    """``says``: at this path, this instead of the truth; ``gone``: members the services no longer know."""

    address: str = ""
    subject: str = "zhang.san"
    number: str = "3301"
    says: dict[str, Any] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    given: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a house that trusts these services."""
        ways = {"WECOM_CORP": "ww1", "WECOM_AGENT": "7", "DINGTALK_KEY": "ding1", "DINGTALK_AGENT": "9"}
        ways |= {
            "OFFICIAL_APP": "wx1",
            "OFFICIAL_TEMPLATE": "t",
            "OFFICIAL_TITLE_FIELD": "a",
            "OFFICIAL_TIME_FIELD": "b",
        }
        ways |= {f"{way}_SECRET": SECRET for way in ("WECOM", "DINGTALK", "OFFICIAL")}
        places = ("WECOM_ADDRESS", "WECOM_FRONT", "DINGTALK_ADDRESS", "DINGTALK_FRONT", "DINGTALK_API")
        ways |= dict.fromkeys((*places, "OFFICIAL_ADDRESS", "CAS_SERVER"), self.address)
        ways |= {"WECOM_SIGN_IN": "1", "DINGTALK_SIGN_IN": "1", "CAS_STAFF_NUMBER": "gh"}
        return {f"LINLI_{name}": value for name, value in ways.items()} | more

    def trust(self, settings: Any, **more: str) -> None:
        """Let the house under test trust these services."""
        environment = self.environment(**more)
        settings.LINLI_MESSAGES = messages(environment, loopback=True)
        settings.SOCIALACCOUNT_PROVIDERS = providers(environment, loopback=True)
        for app in settings.SOCIALACCOUNT_PROVIDERS["elsewhere"]["APPS"]:
            app["settings"] |= {"inside": self.address}

    def _ticket(self, purpose: str) -> str:
        ticket = f"T-{len(self.given)}"
        self.given[ticket] = purpose
        return ticket

    def _used(self, ticket: str, purpose: str) -> bool:
        """Whether it was given for this; it is worth nothing afterwards."""
        right = self.given.get(ticket) == purpose
        self.given[ticket] = "used"
        return right

    def front(self, path: str, query: dict[str, str]) -> str | None:
        """The address a browser is sent back to; None where this is no page for browsers."""
        if path == "/login":
            service = query["service"]
            return f"{service}&ticket={self._ticket(service)}"
        sort = {"/wwlogin/sso/login": "wecom", "/oauth2/auth": "dingtalk", "/connect/oauth2/authorize": "inside"}.get(
            path
        )
        client = query.get("appid") or query.get("client_id")
        if sort is None or client not in ("ww1", "ding1", "wx1"):
            return None
        code = {"authCode" if sort == "dingtalk" else "code": self._ticket(client or ""), "state": query["state"]}
        return f"{query['redirect_uri']}?{urlencode(code)}"

    def back(self, path: str, said: dict[str, str], shown: str) -> Any:
        """The answer to the house: JSON, or CAS's XML as text."""
        if path == "/p3/serviceValidate":
            right = self._used(said["ticket"], said["service"])
            return SUCCESS.format(subject=self.subject, number=self.number) if right else FAILURE
        tokens = {"/cgi-bin/gettoken": ("corpid", "corpsecret", "ww1"), "/gettoken": ("appkey", "appsecret", "ding1")}
        if path in tokens:
            name, secret, client = tokens[path]
            right = (said[name], said[secret]) == (client, SECRET)
            return {"errcode": 0, "access_token": f"for-{client}", "expires_in": 7200} if right else {"errcode": 40001}
        return self._member(path, said, shown)

    def _member(self, path: str, said: dict[str, str], shown: str) -> Any:
        token, ding = said.get("access_token"), {"clientId": "ding1", "clientSecret": SECRET}
        if path == "/cgi-bin/auth/getuserinfo" and token == "for-ww1":
            right = self._used(said["code"], "ww1")
            return {"errcode": 0, "userid": self.subject} if right else {"errcode": 40029}
        if path == "/cgi-bin/user/get" and token == "for-ww1":
            lost = said["userid"] in self.gone
            return {"errcode": 60111} if lost else {"errcode": 0, "userid": said["userid"], "status": 1}
        if path == "/v1.0/oauth2/userAccessToken" and ding.items() <= said.items():
            return {"accessToken": "of-person"} if self._used(said["code"], "ding1") else {"code": "invalid"}
        if path == "/v1.0/contact/users/me" and shown == "of-person":
            return {"nick": "张三", "unionId": "union-1"}
        if path == "/topapi/user/getbyunionid" and (token, said["unionid"]) == ("for-ding1", "union-1"):
            return {"errcode": 0, "result": {"contact_type": 0, "userid": self.subject}}
        if path == "/topapi/v2/user/get" and token == "for-ding1":
            lost = said["userid"] in self.gone
            return {"errcode": 60121} if lost else {"errcode": 0, "result": {"userid": said["userid"]}}
        if path == "/sns/oauth2/access_token" and (said["appid"], said["secret"]) == ("wx1", SECRET):
            return {"openid": self.subject} if self._used(said["code"], "wx1") else {"errcode": 40029}
        return {"errcode": 404}


def _handler(known: Identities) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        """The services' addresses."""

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = dict(parse_qsl(parts.query))
            known.asked.append(parts.path)
            front = known.front(parts.path, query)
            if front is None:
                self._answer(parts.path, query)
                return
            self.send_response(302)
            self.send_header("Location", quote(front, safe=":/?&=%"))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_POST(self) -> None:
            parts = urlsplit(self.path)
            known.asked.append(parts.path)
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._answer(parts.path, dict(parse_qsl(parts.query)) | said)

        def _answer(self, path: str, said: dict[str, str]) -> None:
            shown = self.headers.get("x-acs-dingtalk-access-token", "")
            told = known.says.get(path)
            if isinstance(told, int):
                self.send_error(told)
                return
            found = known.back(path, said, shown) if told is None else told
            body = (found if isinstance(found, str) else json.dumps(found)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None:
            """Keep quiet."""

    return Door


@contextmanager
def identities() -> Iterator[Identities]:
    """A running server on a free port of this machine."""
    known = Identities()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(known))
    known.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
