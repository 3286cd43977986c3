"""Sealing bytes that leave the house: under a key of their own, which the house knows anew and a passphrase opens.

The key of a parcel is derived from the keyring (purpose "parcels") and the parcel's name, so it is stored nowhere.
Bytes are sealed with AES-256-GCM and a random 96-bit nonce, bound to a ``context``; scrypt makes a key of a passphrase.
"""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from linli.kernel.seals.sealing import NONCE_BYTES, Unreadable, sign

PURPOSE = "parcels"
SALT_BYTES = 16
COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 2**26, "dklen": 32}
"""What one guess at a passphrase costs: 32 MB and about a tenth of a second."""


def parcel_key(name: str, *, key_id: str = "") -> tuple[str, bytes]:
    """(id of the keyring's key, the 32 bytes of the parcel's key); ``key_id``: an earlier one. Raises KeysMissing."""
    key_id, digest = sign(f"parcel:{name}".encode(), purpose=PURPOSE, key_id=key_id)
    return key_id, bytes.fromhex(digest)


def key_from(passphrase: str, salt: bytes) -> bytes:
    """The 32 bytes of the key a passphrase stands for."""
    return hashlib.scrypt(passphrase.encode("utf-8"), salt=salt, **COST)


def lock(body: bytes, *, key: bytes, context: str) -> bytes:
    """``body`` sealed under ``key`` for one place, nonce first."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, body, context.encode("utf-8"))


def unlock(sealed: bytes, *, key: bytes, context: str) -> bytes:
    """What :func:`lock` sealed under the same key and context. Raises Unreadable."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode("utf-8"))
    except (ValueError, InvalidTag) as error:
        message = f"sealed for another place, by another key, or damaged: {context}"
        raise Unreadable(message) from error


def mac_of(message: bytes, *, key: bytes) -> str:
    """HMAC-SHA256 (hex) of ``message`` under a key derived from ``key``, which itself seals."""
    own = hmac.new(key, b"mac", hashlib.sha256).digest()
    return hmac.new(own, message, hashlib.sha256).hexdigest()


def is_mac(given: str, message: bytes, *, key: bytes) -> bool:
    """Whether ``given`` is the mac of ``message``, compared in constant time."""
    return hmac.compare_digest(given.encode("utf-8"), mac_of(message, key=key).encode("ascii"))
