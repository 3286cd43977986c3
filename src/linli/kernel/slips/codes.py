"""The codes themselves: eight characters nobody mistakes for another, drawn by chance."""

import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 and O, 1, I and L."""
LENGTH = 8


def new_code() -> str:
    """A code from the system's own chance: 31**8, about 8.5 * 10**11 of them."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def show(code: str) -> str:
    """The code as it is printed: "ABCD-EFGH"."""
    return f"{code[:4]}-{code[4:]}"


def tidy(typed: str) -> str:
    """What was typed as a code: capitals, no spaces or dashes, full-width characters made plain."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in plain if sign.isalnum())
