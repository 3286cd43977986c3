"""A browser as cheap as can be: one connection a request, cookies and forms kept, at an address of the loopback."""

import asyncio
import re
import secrets
from dataclasses import dataclass, field
from urllib.parse import urlencode

PATIENCE = 60.0
"""Seconds after which an answer is given up."""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Lost(Exception):
    """No answer came: the connection was refused, cut, or nothing was heard in time."""


@dataclass(frozen=True)
class Answer:
    """What the site said."""

    status: int
    location: str
    text: str


@dataclass
class Browser:
    """Somebody's browser: who it speaks to, from which address, and the cookies it holds."""

    port: int
    origin: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str) -> Answer:
        """Open a page. Raises Lost."""
        return await self._ask("GET", path, b"")

    async def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form. Raises Lost."""
        return await self._ask("POST", path, urlencode(fields).encode())

    async def _ask(self, method: str, path: str, body: bytes) -> Answer:
        try:
            async with asyncio.timeout(PATIENCE):
                return self._read(await self._exchange(self._head(method, path, body) + body))
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as error:
            raise Lost(repr(error)) from error

    def _head(self, method: str, path: str, body: bytes) -> bytes:
        lines = [f"{method} {path} HTTP/1.0", f"Host: 127.0.0.1:{self.port}", "Accept-Language: zh-CN"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    async def _exchange(self, sent: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(self.origin, 0))
        try:
            writer.write(sent)
            return await reader.read(-1)
        finally:
            writer.close()

    def _read(self, said: bytes) -> Answer:
        """Take the answer apart and keep its cookies. Raises ValueError for half an answer."""
        head, gap, body = said.partition(b"\r\n\r\n")
        if not gap:
            raise ValueError("the connection ended before the answer")
        first, *lines = head.decode("latin-1").split("\r\n")
        location, length = "", None
        for line in lines:
            name, _colon, value = line.partition(":")
            told = name.lower()
            if told == "set-cookie":
                self._keep(value.strip())
            elif told == "location":
                location = value.strip()
            elif told == "content-length":
                length = int(value)
        if length is not None and len(body) < length:
            raise ValueError("the connection ended within the answer")
        return Answer(int(first.split(" ", 2)[1]), location, body.decode("utf-8", "replace"))

    def _keep(self, cookie: str) -> None:
        name, _equals, value = cookie.partition(";")[0].partition("=")
        if value and value != '""':
            self.cookies[name] = value
        else:
            self.cookies.pop(name, None)


def form_of(page: str) -> dict[str, str]:
    """What every form carries: the token against forgery, and the key by which it is done once."""
    found = TOKEN.search(page)
    return {"csrfmiddlewaretoken": found[1] if found else "", "_once": secrets.token_hex(12)}
