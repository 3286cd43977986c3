"""Sealing bytes that leave the house: under a key of their own, which the house knows anew and a passphrase opens.

The key of a parcel is derived from the keyring (purpose "parcels") and the parcel's name, so it is stored nowhere.
Bytes are sealed with GCM of the chosen family and a random 96-bit nonce, bound to a ``context``; scrypt makes a key of
a passphrase. What SM4 sealed begins with a tag of its own, so that parcels of both families open.
"""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag

from linli.kernel.seals.sealing import Unreadable, sign
from linli.kernel.seals.suites import AES, NONCE_BYTES, SM, SUITES, Suite, chosen

PURPOSE = "parcels"
SALT_BYTES = 16
TAGS = {"aes": b"", "sm": b"SM4\x00"}
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
    """``body`` sealed under ``key`` for one place, the family's tag and the nonce first."""
    suite, nonce = chosen(), secrets.token_bytes(NONCE_BYTES)
    return TAGS[suite.name] + nonce + suite.encrypt(key, nonce, body, context.encode("utf-8"))


def unlock(sealed: bytes, *, key: bytes, context: str) -> bytes:
    """What :func:`lock` sealed under the same key and context. Raises Unreadable."""
    for suite in (SM, AES):
        tag = TAGS[suite.name]
        if sealed.startswith(tag):  # a nonce of AES may begin like the tag: then its turn comes
            raw = sealed[len(tag) :]
            try:
                return suite.decrypt(key, raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode("utf-8"))
            except (ValueError, InvalidTag):
                continue
    message = f"sealed for another place, by another key, or damaged: {context}"
    raise Unreadable(message)


def _mac(suite: Suite, message: bytes, key: bytes) -> str:
    return suite.mac(bytes.fromhex(suite.mac(key, b"mac")), message)


def mac_of(message: bytes, *, key: bytes) -> str:
    """The chosen family's HMAC (hex) of ``message`` under a key derived from ``key``, which itself seals."""
    return _mac(chosen(), message, key)


def is_mac(given: str, message: bytes, *, key: bytes) -> bool:
    """Whether ``given`` is the mac of ``message`` by either family, compared in constant time."""
    found = [hmac.compare_digest(given.encode("utf-8"), _mac(suite, message, key).encode()) for suite in SUITES]
    return any(found)
