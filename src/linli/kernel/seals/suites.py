"""The two families of ciphers a house may choose: AES-256-GCM with SHA-256, or the national SM4-GCM with SM3.

``LINLI_CRYPTO`` says which one *new* keys and seals are of ("aes" or "sm"). What is there stays readable: a token
begins with the mark of its family, and the id of a key of the second one says so ("fields-sm-3f09ac").
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hmac import HMAC
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NONCE_BYTES = 12
TAG_BYTES = 16
_OF_SM = "-sm-"


@dataclass(frozen=True)
class Suite:
    """A cipher and a keyed hash. Keys have 32 bytes; ``mac`` gives 64 hex digits; ``decrypt`` raises InvalidTag."""

    name: str
    mark: str
    encrypt: Callable[[bytes, bytes, bytes, bytes], bytes]
    decrypt: Callable[[bytes, bytes, bytes, bytes], bytes]
    mac: Callable[[bytes, bytes], str]


def _aes_encrypt(key: bytes, nonce: bytes, body: bytes, bound: bytes) -> bytes:
    return AESGCM(key).encrypt(nonce, body, bound)


def _aes_decrypt(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    return AESGCM(key).decrypt(nonce, sealed, bound)


def _sha256_mac(key: bytes, message: bytes) -> str:
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def _sm4_key(key: bytes) -> SM4:
    """SM4 takes 128 bits: they are derived, so that the key of a seal and the key of a hash never are one."""
    return SM4(bytes.fromhex(_sm3_mac(key, b"sm4-gcm"))[:16])


def _sm4_encrypt(key: bytes, nonce: bytes, body: bytes, bound: bytes) -> bytes:
    made = Cipher(_sm4_key(key), GCM(nonce)).encryptor()
    made.authenticate_additional_data(bound)
    return made.update(body) + made.finalize() + made.tag


def _sm4_decrypt(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    if len(sealed) < TAG_BYTES:
        raise InvalidTag
    made = Cipher(_sm4_key(key), GCM(nonce, sealed[-TAG_BYTES:])).decryptor()
    made.authenticate_additional_data(bound)
    return made.update(sealed[:-TAG_BYTES]) + made.finalize()


def _sm3_mac(key: bytes, message: bytes) -> str:
    made = HMAC(key, hashes.SM3())
    made.update(message)
    return made.finalize().hex()


AES = Suite("aes", "1", _aes_encrypt, _aes_decrypt, _sha256_mac)
SM = Suite("sm", "2", _sm4_encrypt, _sm4_decrypt, _sm3_mac)
SUITES = (AES, SM)


def chosen() -> Suite:
    """The family of new keys and seals. Raises ImproperlyConfigured for a name there is not."""
    for suite in SUITES:
        if suite.name == settings.LINLI_CRYPTO:
            return suite
    message = f"LINLI_CRYPTO is {settings.LINLI_CRYPTO!r}: give aes or sm"
    raise ImproperlyConfigured(message)


def suite_of(key_id: str) -> Suite:
    """The family a key of the keyring was made for."""
    return SM if _OF_SM in key_id else AES


def begin_of_id(purpose: str, suite: Suite) -> str:
    """How the id of a key begins."""
    return f"{purpose}{_OF_SM}" if suite is SM else f"{purpose}-"


def slot(purpose: str, suite: Suite) -> str:
    """Under which name the keyring notes the current key of a purpose: each family has one of its own."""
    return purpose if suite is AES else f"{suite.name}:{purpose}"


def marked(mark: str) -> Suite:
    """The family of a token's mark. Raises ValueError."""
    for suite in SUITES:
        if suite.mark == mark:
            return suite
    raise ValueError(mark)
