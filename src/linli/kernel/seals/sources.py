"""A keyring kept elsewhere: a command of the house, or its key server (docs/operate/privacy.md has the protocol).

Both give the keyring as JSON, ``{"keys": {id: base64 of 32 bytes}, "current": {purpose: id}}``, and make a key when
asked. A ring is held in memory for ``FRESH_SECONDS`` and never written anywhere; while the source does not answer, the
house goes on with the ring it holds.
"""

import json
import logging
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from linli.kernel.seals.keyring import Keyring, KeysMissing, missing, ring_of
from linli.kernel.seals.suites import chosen, slot

logger = logging.getLogger(__name__)

FRESH_SECONDS = 30.0
AGAIN_SECONDS = 1.0
"""After so long a key that was not in the ring is asked for again, or a source that did not answer."""
WAIT_SECONDS = 10.0
COMMAND = "command:"
LARGEST = 2**20
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class _Held:
    ring: Keyring
    at: float
    suite: str


_held: dict[str, _Held] = {}
_one_at_a_time = Lock()


def keyring_of(source: str, *, holding: str = "") -> Keyring:
    """The ring of a source, at most ``FRESH_SECONDS`` old; asked for anew where it lacks ``holding``.

    Raises KeysMissing when the source does not answer and none is held.
    """
    held = _held.get(source)
    if held is not None and _serves(held, holding):
        return held.ring
    with _one_at_a_time:
        held = _held.get(source)
        if held is not None and _serves(held, holding):
            return held.ring
        return _asked(source, held)


def _serves(held: _Held, holding: str) -> bool:
    known = not holding or holding in held.ring.keys
    age = monotonic() - held.at
    return held.suite == settings.LINLI_CRYPTO and age < (FRESH_SECONDS if known else AGAIN_SECONDS)


def _asked(source: str, held: _Held | None) -> Keyring:
    try:
        raw = _read(source)
        for purpose in missing(raw, chosen()):
            raw = _made(source, purpose)
        ring = ring_of(raw)
    except KeysMissing as error:
        if held is None or held.suite != settings.LINLI_CRYPTO:
            raise
        logger.warning("%s; going on with the keys held", error)
        ring = held.ring
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"the key source {named(source)} gave no keyring: {type(error).__name__}"
        if held is None:
            raise KeysMissing(message) from error
        logger.warning("%s; going on with the keys held", message)
        ring = held.ring
    _held[source] = _Held(ring, monotonic(), settings.LINLI_CRYPTO)
    return ring


def add_key(source: str, purpose: str) -> str:
    """Have a source make a new current key for ``purpose``; returns its id. Raises KeysMissing."""
    with _one_at_a_time:
        before = ring_of(_read(source))
        try:
            ring = ring_of(_made(source, purpose))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"the key source {named(source)} gave no keyring: {type(error).__name__}"
            raise KeysMissing(message) from error
        name = slot(purpose, chosen())
        if ring.current.get(name) == before.current.get(name) or not before.keys.keys() <= ring.keys.keys():
            message = f"the key source {named(source)} made no new key for {purpose!r}, or dropped an old one"
            raise KeysMissing(message)
        _held[source] = _Held(ring, monotonic(), settings.LINLI_CRYPTO)
        return ring.current[name]


def named(source: str) -> str:
    """A source as a message may name it: without the arguments of a command or the query of an address."""
    if source.startswith(COMMAND):
        return shlex.split(source.removeprefix(COMMAND))[0]
    parts = urlsplit(source)
    return f"{parts.scheme}://{parts.hostname}{parts.path}"


def _read(source: str) -> dict[str, Any]:
    return _by_command(source, "read") if source.startswith(COMMAND) else _by_http(source, None)


def _made(source: str, purpose: str) -> dict[str, Any]:
    if source.startswith(COMMAND):
        return _by_command(source, "add", purpose, chosen().name)
    return _by_http(source, {"purpose": purpose, "suite": chosen().name})


def _by_command(source: str, *words: str) -> dict[str, Any]:
    """What the command prints. No shell is asked."""
    try:
        told = subprocess.run(  # noqa: S603  # the operator names the program in the house's environment
            [*shlex.split(source.removeprefix(COMMAND)), *words],
            capture_output=True, timeout=WAIT_SECONDS, check=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        message = f"the key command {named(source)} failed: {type(error).__name__}"
        raise KeysMissing(message) from error
    return _json(source, told.stdout)


def _by_http(source: str, asked: Mapping[str, str] | None) -> dict[str, Any]:
    import httpx

    parts = urlsplit(source)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        message = f"the key server {named(source)} must be asked by https"
        raise KeysMissing(message)
    headers = {"Accept": "application/json"}
    try:
        if settings.LINLI_KEY_TOKEN_FILE:
            token = Path(settings.LINLI_KEY_TOKEN_FILE).read_text(encoding="ascii").strip()
            headers["Authorization"] = f"Bearer {token}"
        answer = httpx.request(
            "GET" if asked is None else "POST", source, json=asked, headers=headers,
            timeout=WAIT_SECONDS, trust_env=False, follow_redirects=False,
        )  # fmt: skip
        answer.raise_for_status()
    except (OSError, ValueError, httpx.HTTPError) as error:
        message = f"the key server {named(source)} did not answer as it should: {type(error).__name__}"
        raise KeysMissing(message) from error
    return _json(source, answer.content)


def _json(source: str, body: bytes) -> dict[str, Any]:
    try:
        raw = json.loads(body) if len(body) <= LARGEST else None
    except ValueError:
        raw = None
    if not isinstance(raw, dict):
        message = f"the key source {named(source)} gave no keyring"
        raise KeysMissing(message)
    return raw
