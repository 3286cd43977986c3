"""One question to a language model of the house: to this machine, a private network or a host the house named.

The protocol is the one OpenAI documents for chat completions, which local servers speak too. Off unless
``LINLI_LANGUAGE_ENDPOINT`` is set; what is asked comes masked from whoever calls.
"""

import ipaddress
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal

SECONDS = 20.0
"""How long an answer may take as a whole; a small model without a graphics card needs some seconds."""
LARGEST, REASON = 200_000, 60
"""Bytes of an answer that are read, characters of a reason that are kept."""
NEAR = tuple(
    ipaddress.ip_network(one)
    for one in ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)
ORDER = (
    'You sort reports of residents into categories. Answer with one JSON object {"code": ..., "reason": ...}: '
    "the code of the one category that fits best, and at most twenty Chinese characters why. Categories:\n"
)


class Unanswered(Exception):
    """Nothing proper came in time."""


@dataclass(frozen=True)
class Endpoint:
    """Where is asked, which model, and the key the server wants, if any."""

    address: str
    model: str
    key: str = ""


@dataclass(frozen=True)
class Named:
    """The category a language model named, and why in its words."""

    code: str
    reason: str


def endpoint() -> Endpoint | None:
    """What is set; None where nothing is. Raises Refusal for an address that is far and was not named."""
    address = str(settings.LINLI_LANGUAGE_ENDPOINT).strip().rstrip("/")
    if not address:
        return None
    try:
        parts = urlsplit(address)
        allowed = parts.scheme in ("http", "https") and "@" not in parts.netloc and is_near(parts.hostname or "")
    except ValueError:
        allowed = False
    if not allowed:
        raise Refusal(
            _(
                "LINLI_LANGUAGE_ENDPOINT is neither on this machine nor in a private network. "
                "Name its host in LINLI_LANGUAGE_HOSTS if what residents write may go there."
            ),
            code="far-away",
        )
    return Endpoint(address, str(settings.LINLI_LANGUAGE_MODEL) or "default", str(settings.LINLI_LANGUAGE_KEY))


def is_near(host: str) -> bool:
    """Whether a host is this machine, an address of a private network, or named by the house; no name is looked up."""
    if host == "localhost" or (host and host in settings.LINLI_LANGUAGE_HOSTS):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return any(address in network for network in NEAR)


def ask(where: Endpoint, text: str, categories: Mapping[str, str]) -> Named | None:
    """What the model names for ``text``, of ``categories`` (code → name); None where it names none of them.

    Raises Unanswered where nobody answers, answers with an error, or takes longer than ``SECONDS`` in all.
    """
    listed = ORDER + "\n".join(f"{code} {name}" for code, name in categories.items())
    asked = {
        "model": where.model,
        "temperature": 0,
        "max_tokens": 200,
        "response_format": {"type": "json_object"},
        "messages": [{"role": "system", "content": listed}, {"role": "user", "content": text}],
    }
    return _said(_posted(where, asked), categories)


def _posted(where: Endpoint, asked: dict[str, Any]) -> bytes:
    """The answer's first bytes. No proxy of the environment, no redirect."""
    import httpx

    ends, body = time.monotonic() + SECONDS, b""
    headers = {"Authorization": f"Bearer {where.key}"} if where.key else {}
    try:
        with (
            httpx.Client(timeout=SECONDS, trust_env=False, follow_redirects=False) as client,
            client.stream("POST", f"{where.address}/chat/completions", json=asked, headers=headers) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise Unanswered(str(answer.status_code))
            for part in answer.iter_bytes():
                body += part
                if time.monotonic() > ends:
                    raise Unanswered("slow")
                if len(body) > LARGEST:
                    break
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unanswered(type(error).__name__) from error
    return body[:LARGEST]


def _said(body: bytes, categories: Mapping[str, str]) -> Named | None:
    try:
        told: Any = json.loads(json.loads(body)["choices"][0]["message"]["content"])
        code, reason = str(told["code"]), str(told.get("reason") or "")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return None
    return Named(code, " ".join(reason.split())[:REASON]) if code in categories else None
