"""A small OpenID provider on loopback: knows one person, signs id tokens, and can be told to lie.

Discovery, authorization (it consents at once), token (checks client, secret, code, address and PKCE), keys.
"""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from linli.site.settings.identity import providers

CLIENT, SECRET = "linli", "only-for-the-test"


def new_key() -> rsa.RSAPrivateKey:
    """A key to sign with."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class IdentityProvider:
    """What the provider knows and does; ``claims`` overrides those of the token, ``signed_by`` its key."""

    address: str = ""
    subject: str = "person-1"
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    signed_by: rsa.RSAPrivateKey | None = None
    claims: dict[str, Any] = field(default_factory=dict)
    without_token: bool = False
    refuses: bool = False
    nonsense: dict[str, Any] = field(default_factory=dict)
    """What is said at a path instead of the truth: text as it is, anything else as JSON."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def settings(self, **more: str) -> dict[str, Any]:
        """``SOCIALACCOUNT_PROVIDERS`` of a house that trusts this provider; ``more`` is its environment beside."""
        named = {"LINLI_OIDC_SERVER": self.address, "LINLI_OIDC_CLIENT": CLIENT, "LINLI_OIDC_SECRET": SECRET}
        return providers(named | more, loopback=True)

    def discovery(self) -> dict[str, Any]:
        """What is found under /.well-known/."""
        places = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        found = {f"{name}_endpoint": f"{self.address}/{path}" for name, path in places.items()}
        methods = ["client_secret_post"]
        return {"issuer": self.address, "jwks_uri": f"{self.address}/keys", **found} | {
            "token_endpoint_auth_methods_supported": methods
        }

    def keys(self) -> dict[str, Any]:
        """The public half, as a key set."""
        shown = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [shown | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def consent(self, asked: dict[str, str]) -> str:
        """The address the browser goes back to."""
        if self.refuses:
            return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, said: dict[str, str]) -> dict[str, Any] | None:
        """The answer to a code, once; None where client, secret, code, address or verifier are wrong."""
        asked = self.codes.pop(said.get("code", ""), None)
        digest = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        right = asked and asked["redirect_uri"] == said.get("redirect_uri") and asked["code_challenge"] == challenge
        if not asked or not right or (said.get("client_id"), said.get("client_secret")) != (CLIENT, SECRET):
            return None
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "sub": self.subject, "iat": now, "exp": now + 60}
        claims |= {"nonce": asked["nonce"], **self.claims}
        claims = {name: value for name, value in claims.items() if value is not None}
        signed = jwt.encode(claims, self.signed_by or self.key, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": "opaque", "token_type": "Bearer"} | ({} if self.without_token else {"id_token": signed})


def _handler(provider: IdentityProvider) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        """The provider's addresses."""

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path in provider.nonsense:
                self._say(provider.nonsense[address.path])
                return
            if address.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.consent(dict(parse_qsl(address.query))))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            found = {"/keys": provider.keys, "/.well-known/openid-configuration": provider.discovery}
            self._say(found[address.path]() if address.path in found else None)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            right = provider.token(dict(parse_qsl(body))) if self.path == "/token" else None
            self._say(provider.nonsense.get(self.path, right))

        def _say(self, answer: Any) -> None:
            said = {"error": "invalid_request"} if answer is None else answer
            body = (said if isinstance(said, str) else json.dumps(said)).encode()
            self.send_response(400 if answer is None else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None:
            """Keep quiet."""

    return Door


@contextmanager
def identity_provider() -> Iterator[IdentityProvider]:
    """A running provider on a free port of this machine."""
    provider = IdentityProvider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
