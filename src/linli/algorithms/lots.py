"""Lots anybody can draw again: by the digest of "seed:number", smallest first (``printf 'seed:7' | sha256sum``)."""

from hashlib import sha256


def lot_of(seed: str, number: object) -> str:
    """The lot of a number under a seed everybody heard: the SHA-256 of "seed:number" in hexadecimal."""
    return sha256(f"{seed}:{number}".encode()).hexdigest()
