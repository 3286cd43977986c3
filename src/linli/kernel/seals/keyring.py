"""The keyring: a file outside the database, made on first use, one current key a purpose, old ones kept."""

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

PURPOSES = ("fields", "lookup", "audit", "owners", "slips", "webhooks", "rates", "parcels")


class KeysMissing(Exception):
    """The key file cannot be read or lacks a key that stored data names."""


@dataclass(frozen=True)
class Keyring:
    """``keys`` maps a key id to 32 bytes; ``current`` maps a purpose to the key id used for new seals."""

    keys: dict[str, bytes]
    current: dict[str, str]

    def key_for(self, purpose: str) -> tuple[str, bytes]:
        """The id and bytes of the key in use for ``purpose``. Raises KeysMissing."""
        key_id = self.current.get(purpose)
        if key_id is None:
            message = f"the key file holds no key for {purpose!r}"
            raise KeysMissing(message)
        return key_id, self.key(key_id)

    def key(self, key_id: str) -> bytes:
        """The bytes of a key, current or old. Raises KeysMissing."""
        try:
            return self.keys[key_id]
        except KeyError:
            message = f"the key file holds no key {key_id!r}"
            raise KeysMissing(message) from None


def _fresh() -> dict[str, dict[str, str]]:
    raw: dict[str, dict[str, str]] = {"keys": {}, "current": {}}
    for purpose in PURPOSES:
        _add(raw, purpose)
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


def _add(raw: dict[str, dict[str, str]], purpose: str) -> str:
    key_id = f"{purpose}-{secrets.token_hex(3)}"
    raw["keys"][key_id] = base64.b64encode(secrets.token_bytes(32)).decode("ascii")
    raw["current"][purpose] = key_id
    return key_id


def _add_missing(path: Path) -> None:
    """A newer version of the house may know purposes that an older key file has no key for."""
    with _alone(path):
        raw = json.loads(path.read_text(encoding="ascii"))
        for purpose in PURPOSES:
            if purpose not in raw["current"]:
                _add(raw, purpose)
        _write_over(path, raw)


def load(path: Path) -> Keyring:
    """Read the keyring at ``path``, making it on the first call. Raises KeysMissing."""
    try:
        if not path.exists():
            _write_once(path, json.dumps(_fresh(), indent=1))
        raw = json.loads(path.read_text(encoding="ascii"))
        if not set(PURPOSES) <= set(raw["current"]):
            _add_missing(path)
            raw = json.loads(path.read_text(encoding="ascii"))
    except (OSError, ValueError, KeyError) as error:
        message = f"the key file {path} cannot be read: {error}"
        raise KeysMissing(message) from error
    keys = {key_id: base64.b64decode(value) for key_id, value in raw["keys"].items()}
    return Keyring(keys=keys, current=dict(raw["current"]))


@lru_cache(maxsize=4)
def _loaded(path: str, changed: int) -> Keyring:
    return load(Path(path))


def current_keyring() -> Keyring:
    """The keyring of this district (``settings.LINLI_KEYS/linli.keys``)."""
    path = f"{settings.LINLI_KEYS}/linli.keys"
    try:
        changed = os.stat(path).st_mtime_ns  # noqa: PTH116  # asked for each sealed value: building a Path costs more
    except OSError:  # not there yet, or nothing that could be read: ``load`` makes it or says why
        load(Path(path))
        changed = os.stat(path).st_mtime_ns  # noqa: PTH116  # as above
    # the time of the last change is part of the cache's key: a running process sees a key that another one added
    return _loaded(path, changed)


def rotate(path: Path, purpose: str) -> str:
    """Add a new current key for ``purpose``, keeping the old one for what it sealed. Returns the new key id."""
    load(path)
    with _alone(path):
        raw = json.loads(path.read_text(encoding="ascii"))
        key_id = _add(raw, purpose)
        _write_over(path, raw)
    _loaded.cache_clear()
    return key_id
