"""The keyring: a file outside the database, made on first use, one current key a purpose, old ones kept."""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

PURPOSES = ("fields", "lookup", "audit", "owners", "slips", "webhooks")


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
    keys: dict[str, str] = {}
    current: dict[str, str] = {}
    for purpose in PURPOSES:
        key_id = f"{purpose}-{secrets.token_hex(3)}"
        keys[key_id] = base64.b64encode(secrets.token_bytes(32)).decode("ascii")
        current[purpose] = key_id
    return {"keys": keys, "current": current}


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


def load(path: Path) -> Keyring:
    """Read the keyring at ``path``, making it on the first call. Raises KeysMissing."""
    try:
        if not path.exists():
            _write_once(path, json.dumps(_fresh(), indent=1))
        raw = json.loads(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        message = f"the key file {path} cannot be read: {error}"
        raise KeysMissing(message) from error
    keys = {key_id: base64.b64decode(value) for key_id, value in raw["keys"].items()}
    return Keyring(keys=keys, current=dict(raw["current"]))


@lru_cache(maxsize=4)
def _loaded(path: Path, changed: int) -> Keyring:
    return load(path)


def current_keyring() -> Keyring:
    """The keyring of this district (``settings.LINLI_KEYS/linli.keys``)."""
    path = Path(settings.LINLI_KEYS) / "linli.keys"
    if not path.exists():
        load(path)
    # the time of the last change is part of the cache's key: a running process sees a key that another one added
    return _loaded(path, path.stat().st_mtime_ns)


def rotate(path: Path, purpose: str) -> str:
    """Add a new current key for ``purpose``, keeping the old one for what it sealed. Returns the new key id."""
    load(path)
    raw = json.loads(path.read_text(encoding="ascii"))
    key_id = f"{purpose}-{secrets.token_hex(3)}"
    raw["keys"][key_id] = base64.b64encode(secrets.token_bytes(32)).decode("ascii")
    raw["current"][purpose] = key_id
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(json.dumps(raw, indent=1))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _loaded.cache_clear()
    return key_id
