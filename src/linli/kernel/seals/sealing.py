"""Sealing text so that it opens only with the right key and in the right place.

AES-256-GCM with a random 96-bit nonce; the ``context`` ("people.person.phone:<id>") is bound as associated
data, so a sealed value copied into another row or column does not open. A token reads
``1.<key id>.<base64url(nonce + ciphertext)>``.
"""

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from linli.kernel.seals.keyring import current_keyring

NONCE_BYTES = 12


class Unreadable(Exception):
    """The token is damaged, was moved from its place, or its key was destroyed."""


def encrypt(key: bytes, key_id: str, text: str, context: str) -> str:
    """A token for ``text`` under ``key``; the key id and the context are both authenticated."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, text.encode("utf-8"), f"{key_id}|{context}".encode())
    return f"1.{key_id}.{base64.urlsafe_b64encode(nonce + sealed).decode('ascii')}"


def decrypt(key: bytes, token: str, context: str) -> str:
    """The text of a token. Raises Unreadable."""
    try:
        version, key_id, body = token.split(".")
        raw = base64.urlsafe_b64decode(body)
        if version != "1":
            raise ValueError(version)
        opened = AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], f"{key_id}|{context}".encode())
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
    return decrypt(current_keyring().key(key_id_of(token)), token, context)


def fingerprint(value: str, *, purpose: str = "lookup") -> str:
    """A keyed hash (HMAC-SHA256, 64 hex digits) by which an encrypted value can be found again."""
    _, key = current_keyring().key_for(purpose)
    return hmac.new(key, value.encode("utf-8"), hashlib.sha256).hexdigest()


def fingerprints(value: str, *, purpose: str = "lookup") -> tuple[str, ...]:
    """The keyed hashes of ``value`` under every key of ``purpose`` that is still held, the current one first."""
    ring = current_keyring()
    current, _ = ring.key_for(purpose)
    older = [key_id for key_id in ring.keys if key_id.startswith(f"{purpose}-") and key_id != current]
    text = value.encode("utf-8")
    return tuple(hmac.new(ring.key(one), text, hashlib.sha256).hexdigest() for one in (current, *older))


def sign(message: bytes, *, purpose: str, key_id: str = "") -> tuple[str, str]:
    """(key id, HMAC-SHA256 in hex) of ``message``; an earlier key is used where ``key_id`` names it."""
    ring = current_keyring()
    key_id, key = (key_id, ring.key(key_id)) if key_id else ring.key_for(purpose)
    return key_id, hmac.new(key, message, hashlib.sha256).hexdigest()
