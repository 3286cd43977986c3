"""The keyring: a file outside the database, made on first use, one current key a purpose, old ones kept.

Where ``LINLI_KEY_SOURCE`` names a command or a key server, the keyring comes from there (:mod:`.sources`).
"""

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from linli.kernel.seals.suites import Suite, begin_of_id, chosen, slot

PURPOSES = ("fields", "lookup", "audit", "owners", "slips", "webhooks", "rates", "parcels")


class KeysMissing(Exception):
    """The key file or key server cannot be read, or lacks a key that stored data names."""


@dataclass(frozen=True)
class Keyring:
    """``keys`` maps a key id to 32 bytes; ``current`` maps a purpose (``sm:`` before it for the second family of
    ciphers) to the key id used for new seals.
    """

    keys: dict[str, bytes]
    current: dict[str, str]

    def key_for(self, purpose: str) -> tuple[str, bytes]:
        """The id and bytes of the key in use for ``purpose`` and the chosen ciphers. Raises KeysMissing."""
        key_id = self.current.get(slot(purpose, chosen()))
        if key_id is None:
            message = f"the keyring holds no key for {purpose!r}"
            raise KeysMissing(message)
        return key_id, self.key(key_id)

    def key(self, key_id: str) -> bytes:
        """The bytes of a key, current or old. Raises KeysMissing."""
        try:
            return self.keys[key_id]
        except KeyError:
            message = f"the keyring holds no key {key_id!r}"
            raise KeysMissing(message) from None


def missing(raw: dict[str, dict[str, str]], suite: Suite) -> list[str]:
    """The purposes for which a keyring, as it is written, holds no current key of a family."""
    return [purpose for purpose in PURPOSES if slot(purpose, suite) not in raw["current"]]


def ring_of(raw: dict[str, dict[str, str]]) -> Keyring:
    """A keyring as it is written, read. Raises ValueError, KeyError, TypeError for what is none."""
    keys = {key_id: base64.b64decode(value, validate=True) for key_id, value in raw["keys"].items()}
    if any(len(key) != 32 for key in keys.values()) or not set(raw["current"].values()) <= keys.keys():
        raise ValueError("a key does not have 32 bytes, or a current one is not among the keys")
    return Keyring(keys=keys, current=dict(raw["current"]))


def _fresh() -> dict[str, dict[str, str]]:
    raw: dict[str, dict[str, str]] = {"keys": {}, "current": {}}
    for purpose in PURPOSES:
        _add(raw, purpose, chosen())
    return raw


def _write_once(path: Path, content: str) -> None:
    """Put the whole file there at once, or leave the one another process put there first."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _write_over(path: Path, raw: dict[str, dict[str, str]]) -> None:
    """Replace the key file at once and whole."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(json.dumps(raw, indent=1))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process at a time changes the key file."""
    with path.with_name(f"{path.name}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _add(raw: dict[str, dict[str, str]], purpose: str, suite: Suite) -> str:
    key_id = f"{begin_of_id(purpose, suite)}{secrets.token_hex(3)}"
    raw["keys"][key_id] = base64.b64encode(secrets.token_bytes(32)).decode("ascii")
    raw["current"][slot(purpose, suite)] = key_id
    return key_id


def _add_missing(path: Path) -> None:
    """A newer version of the house may know purposes, or have chosen ciphers, that an older key file has no key for."""
    with _alone(path):
        raw = json.loads(path.read_text(encoding="ascii"))
        for purpose in missing(raw, chosen()):
            _add(raw, purpose, chosen())
        _write_over(path, raw)


def load(path: Path) -> Keyring:
    """Read the keyring at ``path``, making it on the first call. Raises KeysMissing."""
    try:
        if not path.exists():
            _write_once(path, json.dumps(_fresh(), indent=1))
        raw = json.loads(path.read_text(encoding="ascii"))
        if missing(raw, chosen()):
            _add_missing(path)
            raw = json.loads(path.read_text(encoding="ascii"))
        return ring_of(raw)
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"the key file {path} cannot be read: {error}"
        raise KeysMissing(message) from error


@lru_cache(maxsize=4)
def _loaded(path: str, changed: int, suite: str) -> Keyring:
    return load(Path(path))


def current_keyring(*, holding: str = "") -> Keyring:
    """The keyring of this district (``settings.LINLI_KEYS/linli.keys``, or of ``settings.LINLI_KEY_SOURCE``).

    ``holding``: the id of a key that is looked for; a key server is asked again where it was not known before.
    Raises KeysMissing.
    """
    if settings.LINLI_KEY_SOURCE:
        from linli.kernel.seals.sources import keyring_of  # a house with a key file never needs it

        return keyring_of(settings.LINLI_KEY_SOURCE, holding=holding)
    path = f"{settings.LINLI_KEYS}/linli.keys"
    try:
        changed = os.stat(path).st_mtime_ns  # noqa: PTH116  # asked for each sealed value: building a Path costs more
    except OSError:  # not there yet, or nothing that could be read: ``load`` makes it or says why
        load(Path(path))
        changed = os.stat(path).st_mtime_ns  # noqa: PTH116  # as above
    # the time of the last change is part of the cache's key: a running process sees a key that another one added
    return _loaded(path, changed, settings.LINLI_CRYPTO)


def rotate(path: Path, purpose: str) -> str:
    """Add a new current key for ``purpose``, keeping the old one for what it sealed. Returns the new key id."""
    load(path)
    with _alone(path):
        raw = json.loads(path.read_text(encoding="ascii"))
        key_id = _add(raw, purpose, chosen())
        _write_over(path, raw)
    _loaded.cache_clear()
    return key_id


def new_key(purpose: str) -> str:
    """As :func:`rotate`, wherever this house keeps its keys. Raises KeysMissing."""
    if settings.LINLI_KEY_SOURCE:
        from linli.kernel.seals.sources import add_key

        return add_key(settings.LINLI_KEY_SOURCE, purpose)
    return rotate(Path(settings.LINLI_KEYS) / "linli.keys", purpose)
