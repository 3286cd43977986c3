"""Sealing text so that it opens only with the right key and in the right place.

GCM of the chosen family (AES-256 or SM4, :mod:`linli.kernel.seals.suites`) with a random 96-bit nonce; the
``context`` ("people.person.phone:<id>") is bound as associated data, so a sealed value copied into another row or
column does not open. A token reads ``<mark of the family>.<key id>.<base64url(nonce + ciphertext)>``.
"""

import base64
import secrets

from cryptography.exceptions import InvalidTag

from linli.kernel.seals.keyring import PURPOSES, current_keyring
from linli.kernel.seals.suites import NONCE_BYTES, chosen, marked, suite_of


class Unreadable(Exception):
    """The token is damaged, was moved from its place, or its key was destroyed."""


def encrypt(key: bytes, key_id: str, text: str, context: str) -> str:
    """A token for ``text`` under ``key``; the key id and the context are both authenticated."""
    suite = suite_of(key_id) if key_id.split("-", maxsplit=1)[0] in PURPOSES else chosen()
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = suite.encrypt(key, nonce, text.encode("utf-8"), f"{key_id}|{context}".encode())
    return f"{suite.mark}.{key_id}.{base64.urlsafe_b64encode(nonce + sealed).decode('ascii')}"


def decrypt(key: bytes, token: str, context: str) -> str:
    """The text of a token of either family. Raises Unreadable."""
    try:
        mark, key_id, body = token.split(".")
        raw = base64.urlsafe_b64decode(body)
        bound = f"{key_id}|{context}".encode()
        opened = marked(mark).decrypt(key, raw[:NONCE_BYTES], raw[NONCE_BYTES:], bound)
    except (ValueError, InvalidTag) as error:
        message = f"sealed for another place, or damaged: {context}"
        raise Unreadable(message) from error
    return opened.decode("utf-8")


def key_id_of(token: str) -> str:
    """The id of the key a token names. Raises Unreadable."""
    parts = token.split(".")
    if len(parts) != 3:
        raise Unreadable("not a sealed value")
    return parts[1]


def seal(text: str, *, context: str, purpose: str = "fields") -> str:
    """Seal ``text`` with the current key of ``purpose``, bound to ``context``. Raises KeysMissing."""
    key_id, key = current_keyring().key_for(purpose)
    return encrypt(key, key_id, text, context)


def open_sealed(token: str, *, context: str) -> str:
    """Open what :func:`seal` sealed under the same context. Raises Unreadable, KeysMissing."""
    key_id = key_id_of(token)
    return decrypt(current_keyring(holding=key_id).key(key_id), token, context)


def fingerprint(value: str, *, purpose: str = "lookup") -> str:
    """A keyed hash (HMAC of the key's family, 64 hex digits) by which an encrypted value can be found again."""
    key_id, key = current_keyring().key_for(purpose)
    return suite_of(key_id).mac(key, value.encode("utf-8"))


def fingerprints(value: str, *, purpose: str = "lookup") -> tuple[str, ...]:
    """The keyed hashes of ``value`` under every key of ``purpose`` that is still held, the current one first."""
    ring = current_keyring()
    current, _ = ring.key_for(purpose)
    older = [key_id for key_id in ring.keys if key_id.startswith(f"{purpose}-") and key_id != current]
    text = value.encode("utf-8")
    return tuple(suite_of(one).mac(ring.key(one), text) for one in (current, *older))


def sign(message: bytes, *, purpose: str, key_id: str = "") -> tuple[str, str]:
    """(key id, its family's HMAC in hex) of ``message``; an earlier key is used where ``key_id`` names it."""
    ring = current_keyring(holding=key_id)
    key_id, key = (key_id, ring.key(key_id)) if key_id else ring.key_for(purpose)
    return key_id, suite_of(key_id).mac(key, message)
